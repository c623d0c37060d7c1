import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '../../src/main/core/jobs/systemClock.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { Clock, Log, Ports, SecretStore } from '../../src/main/core/ports.ts';

/** A keychain in memory: the outermost edge, mocked. */
export function memorySecrets(): SecretStore & { values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    available: () => Promise.resolve(true),
    get: (name) => Promise.resolve(values.get(name) ?? null),
    set: (name, value) => {
      values.set(name, value);
      return Promise.resolve();
    },
    delete: (name) => {
      values.delete(name);
      return Promise.resolve();
    },
  };
}

/** A keychain that outlives the process: the key in a file of the test's own profile. */
export function fileSecrets(profile: string): SecretStore {
  const path = join(profile, 'test-keychain.json');
  const read = (): Record<string, string> => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {});
  const put = (values: Record<string, string>): Promise<void> => {
    writeFileSync(path, JSON.stringify(values));
    return Promise.resolve();
  };
  return {
    available: () => Promise.resolve(true),
    get: (name) => Promise.resolve(read()[name] ?? null),
    set: (name, value) => put({ ...read(), [name]: value }),
    delete: (name) => put(Object.fromEntries(Object.entries(read()).filter(([key]) => key !== name))),
  };
}

export const silentLog: Log = { info() {}, warn() {}, error() {} };

/** Log that keeps its lines, for tests that look for what must not be there. */
export function keepingLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const add = (message: string, fields?: Record<string, unknown>): void => void lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  return { lines, info: add, warn: add, error: add };
}

export function tempProfile(): string {
  return mkdtempSync(join(tmpdir(), 'parrilla-test-'));
}

/** Ports over a real folder with a chosen clock; `practiceUrl` is a running sandbox. */
export function testPorts(options: { profile?: string; clock?: Clock; practiceUrl?: string; apiOrigin?: string; log?: Log; secrets?: SecretStore } = {}): Ports {
  const profile = options.profile ?? tempProfile();
  const paths = {
    profile, database: join(profile, 'parrilla.db'), media: join(profile, 'media'), images: join(profile, 'images'), practiceWorld: join(profile, 'practice-world.json'),
  };
  mkdirSync(paths.media, { recursive: true });
  mkdirSync(paths.images, { recursive: true });
  return {
    clock: options.clock ?? systemClock,
    random: systemRandom,
    secrets: options.secrets ?? memorySecrets(),
    notifier: { notify() {} },
    power: { on: () => () => {} },
    shell: { openExternal: () => Promise.resolve(false) },
    paths,
    practice: {
      ensure: () => (options.practiceUrl ? Promise.resolve({ url: options.practiceUrl }) : Promise.reject(new Error('no sandbox in this test'))),
      rehearsal: async () => {
        const sandbox = await startSandbox({ port: 0, pace: 0 });
        return { url: sandbox.url, stop: () => sandbox.close() };
      },
      stop: () => Promise.resolve(),
    },
    fetch: globalThis.fetch,
    log: options.log ?? silentLog,
    capabilities: { host: 'node', notifications: 'none', tray: false, autostart: false, fileDialogs: false, powerEvents: false },
    apiOrigin: options.apiOrigin ?? 'https://api.x.com',
    version: '0.0.0-test',
    zone: 'Europe/Madrid',
    systemLang: 'es',
  };
}
