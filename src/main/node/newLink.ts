import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import { profileHolder } from '../core/db/lock.ts';
import { UsageError } from './args.ts';
import { Links } from './links.ts';

const ANSWER_MS = 5000;

/** Where the running host wrote its port. */
export const portFileOf = (profile: string): string => join(profile, 'browser-port');
export const lockFileOf = (profile: string): string => join(profile, 'profile.lock');
export const systemCode = (cause: unknown): string => (cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause));

function portOf(profile: string): number | null {
  try {
    const port = Number(readFileSync(portFileOf(profile), 'utf8').trim());
    return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : null;
  } catch {
    return null;
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS) });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}

/**
 * Another one-time link for the host that runs with this profile. A killed host leaves its port file behind, so the lock
 * and the port are asked. Throws UsageError in words, or AppError `profile_unwritable`.
 */
export async function newLink(profile: string, lang: 'es' | 'en'): Promise<string> {
  const words = (es: string, en: string): UsageError => new UsageError(lang === 'es' ? es : en);
  const holder = profileHolder(lockFileOf(profile));
  if (!holder) throw words('Parrilla no está abierta con este perfil: ejecuta npm start.', 'Parrilla is not running with this profile: run npm start.');
  const who = holder.pid > 0 ? holder.pid : '?';
  if (holder.host === 'electron') {
    throw words(`Parrilla ya está abierta en su propia ventana (proceso ${who}): no hace falta enlace.`, `Parrilla is already open in a window of its own (process ${who}): no link is needed.`);
  }
  const port = portOf(profile);
  if (port === null) {
    throw words(
      `Parrilla está abierta (proceso ${who}), pero no se sabe en qué puerto. Pulsa Intro en su terminal, o ciérrala y ejecuta npm start.`,
      `Parrilla is running (process ${who}), but its port is not known. Press Enter in its terminal, or close it and run npm start.`,
    );
  }
  if (!(await answers(port))) {
    throw words(`Parrilla (proceso ${who}) no responde en el puerto ${port}. Ciérrala y ejecuta npm start.`, `Parrilla (process ${who}) does not answer at port ${port}. Close it and run npm start.`);
  }
  const links: Links = new Links(profile, (cause) => {
    throw new AppError('profile_unwritable', { path: links.path, detail: systemCode(cause) }, { cause });
  });
  return `http://127.0.0.1:${port}/?t=${links.issue()}`;
}
