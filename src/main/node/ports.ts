import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileLog } from '../core/adapters/fileLog.ts';
import { keyringStore } from '../core/adapters/keyring.ts';
import { type ChildHandle, practiceProcess } from '../core/adapters/practiceProcess.ts';
import { systemClock, systemRandom } from '../core/jobs/systemClock.ts';
import type { Paths, Ports } from '../core/ports.ts';

/** The sandbox network: the built file beside this one, else the source it is built from. */
function sandboxEntry(here: string): string {
  const built = join(here, 'sandbox.js');
  return existsSync(built) ? built : join(here, '..', '..', 'sandbox', 'main.ts');
}

function child(entry: string): (args: string[]) => ChildHandle {
  return (args) => {
    const process_ = spawn(process.execPath, [entry, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    process_.stdin.on('error', () => {});
    return {
      onStdout: (listener) => void process_.stdout.on('data', (data: Buffer) => listener(data.toString('utf8'))),
      onStderr: (listener) => void process_.stderr.on('data', (data: Buffer) => listener(data.toString('utf8'))),
      onExit: (listener) => {
        process_.once('exit', listener);
        process_.once('error', () => listener(1));
      },
      end: () => process_.stdin.end(),
    };
  };
}

/** The Node host's adapters of core's ports. */
export async function nodePorts(options: { paths: Paths; apiOrigin: string; version: string; here: string; lang: 'es' | 'en' }): Promise<Ports> {
  const log = fileLog(options.paths.profile, (line) => process.stderr.write(line));
  return {
    clock: systemClock,
    random: systemRandom,
    secrets: await keyringStore(process.platform),
    // The window shows notices itself; a browser page may not notify for a program.
    notifier: { notify() {} },
    power: { on: () => () => {} },
    shell: { openExternal: () => Promise.resolve(false) },
    paths: options.paths,
    practice: practiceProcess(child(sandboxEntry(options.here)), options.paths.practiceWorld, log),
    fetch: globalThis.fetch,
    log,
    capabilities: { host: 'node', notifications: 'none', tray: false, autostart: false, fileDialogs: false, powerEvents: false },
    apiOrigin: options.apiOrigin,
    version: options.version,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    systemLang: options.lang,
  };
}
