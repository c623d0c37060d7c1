import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../ports.ts';

const MAX_BYTES = 2 * 1024 * 1024;
const HIDDEN = /(token|secret|password|passphrase|authorization|cookie)/i;

/** A header or a field with its value inside a text, such as an answer that repeats what it was asked. */
const QUOTED = /\b(bearer|basic)(\s+)[\w.~+/=-]{8,}|\b(\w*(?:token|secret|signature|consumer_key|verifier|passphrase|password))(\\*["']?\s*[=:]\s*\\*["']?)[\w.~+/=%-]{8,}/gi;
const hide = (line: string): string => line.replace(QUOTED, (_, scheme?: string, space?: string, name?: string, mark?: string) => `${scheme ?? name ?? ''}${space ?? mark ?? ''}[hidden]`);

/** The profile's log file, turned over at 2 MB. Fields whose name speaks of a secret are never written, nor such values within a text. */
export function fileLog(profile: string, echo: ((line: string) => void) | null): Log {
  const path = join(profile, 'parrilla.log');
  const write = (level: string, message: string, fields: Record<string, unknown> = {}): void => {
    const safe = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, HIDDEN.test(key) ? '[hidden]' : value]));
    const line = hide(`${new Date().toISOString()} ${level} ${message} ${JSON.stringify(safe)}\n`);
    try {
      if (existsSync(path) && statSync(path).size > MAX_BYTES) renameSync(path, `${path}.1`);
      appendFileSync(path, line, { mode: 0o600 });
    } catch {
      // A full disk must not stop the program for the sake of its log; errors still reach the terminal below.
    }
    if (level === 'error') echo?.(line);
  };
  return {
    info: (message, fields) => write('info', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  };
}
