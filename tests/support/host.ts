import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { tempProfile } from './memoryPorts.ts';

export const root = join(import.meta.dirname, '..', '..');
export interface Host {
  url: string;
  profile: string;
  process: ChildProcess;
  output: () => string;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Runs the built Node host as its users do, on a profile of its own. Rejects with what it printed when it ends before it is ready. */
export function startHost(options: { profile?: string; args?: string[]; env?: Record<string, string> } = {}): Promise<Host> {
  const profile = options.profile ?? tempProfile();
  // No session bus: the tests choose how keys are kept, and no key of a test lands in a real keychain.
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:', LANG: 'en_GB.UTF-8', TZ: 'Europe/Madrid', ...options.env };
  const child = spawn(process.execPath, [join(root, 'out', 'main', 'node.js'), '--browser', '--no-open', '--profile', profile, ...(options.args ?? [])], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString('utf8');
      const match = /Parrilla is ready: (\S+)/.exec(output);
      if (match?.[1]) {
        resolve({
          url: match[1], profile, process: child, output: () => output,
          async stop(signal = 'SIGTERM') {
            child.kill(signal);
            return exited;
          },
        });
      }
    });
    child.stderr.on('data', (data: Buffer) => {
      output += data.toString('utf8');
    });
    void exited.then((code) => reject(new Error(`the host ended with ${code ?? 'a signal'}: ${output}`)));
  });
}
