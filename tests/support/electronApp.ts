import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { root } from './host.ts';
import { tempProfile } from './memoryPorts.ts';

const LAUNCH_MS = 30_000;
const LAUNCHES = 3;
const CLOSE_MS = 15_000;

/** A window that never comes (seen once in some fifty starts on a busy machine) is given up and asked for again, and said so. */
async function launched(options: NonNullable<Parameters<typeof _electron.launch>[0]>): Promise<{ app: ElectronApplication; page: Page }> {
  for (let round = 1; ; round += 1) {
    let app: ElectronApplication | null = null;
    try {
      app = await _electron.launch({ ...options, timeout: LAUNCH_MS });
      return { app, page: await app.firstWindow({ timeout: LAUNCH_MS }) };
    } catch (cause) {
      app?.process().kill('SIGKILL');
      if (round === LAUNCHES) throw cause;
      process.stderr.write(`Electron did not open its window (start ${round} of ${LAUNCHES}): ${cause instanceof Error ? cause.message.slice(0, 2000) : String(cause)}\n`);
    }
  }
}

/** Quits the app; one that does not end is ended, and said so. */
export async function closeElectron(app: ElectronApplication): Promise<void> {
  const child = app.process();
  const timer = setTimeout(() => {
    process.stderr.write('Electron did not end within 15 s of being closed; it was ended.\n');
    child.kill('SIGKILL');
  }, CLOSE_MS);
  await app.close().catch(() => {});
  clearTimeout(timer);
}

/** How the built app is started in the runtime that `npm run electron:runtime` found or made. */
export function electronCommand(profile: string, flags: string[] = []): { command: string; args: string[]; env: Record<string, string> } {
  const runtime = JSON.parse(readFileSync(join(root, '.cache', 'electron-runtime', 'runtime.json'), 'utf8')) as { executable: string; nativeBinding: string | null };
  return {
    command: runtime.executable, args: ['--no-sandbox', root, '--profile', profile, ...flags],
    // No session bus: no key of a test lands in a real keychain.
    env: { ...(process.env as Record<string, string>), DBUS_SESSION_BUS_ADDRESS: 'disabled:', TZ: 'Europe/Madrid', ...(runtime.nativeBinding ? { PARRILLA_NATIVE_BINDING: runtime.nativeBinding } : {}) },
  };
}

export async function openElectron(profile = tempProfile(), flags: string[] = []): Promise<{ app: ElectronApplication; page: Page; profile: string }> {
  const { command, args, env } = electronCommand(profile, flags);
  return { ...(await launched({ executablePath: command, args, env })), profile };
}
