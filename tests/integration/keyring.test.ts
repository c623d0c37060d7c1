import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { HostFrame } from '../../src/shared/contract/frames.ts';
import { PROTOCOL_VERSION } from '../../src/shared/contract/frames.ts';
import { type InputOf, type MethodName, methods, type OutputOf } from '../../src/shared/contract/index.ts';
import { keysOf } from '../../src/sandbox/oauth1.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { root } from '../support/host.ts';
import { tempProfile } from '../support/memoryPorts.ts';

const there = process.platform === 'linux' && ['dbus-run-session', 'gnome-keyring-daemon'].every((name) => spawnSync('which', [name]).status === 0);

/** The Node host in a desktop session of its own: a bus and, unlocked or locked, a keychain. */
async function session(home: string, profile: string, api: string, keychain: 'unlocked' | 'locked'): Promise<{ call: <M extends MethodName>(method: M, input: InputOf<M>) => Promise<OutputOf<M>>; stop(): Promise<void> }> {
  const host = `exec "${process.execPath}" "${join(root, 'out', 'main', 'node.js')}" --browser --no-open --profile "${profile}" --x-api "${api}"`;
  // Unlocked with a password it knows; locked, it is started anew without one, so that its collection stays shut.
  const keyring = keychain === 'unlocked' ? 'printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1;' : 'gnome-keyring-daemon --start --components=secrets </dev/null >/dev/null 2>&1;';
  const { DISPLAY: _, WAYLAND_DISPLAY: __, DBUS_SESSION_BUS_ADDRESS: ___, ...rest } = process.env;
  const child: ChildProcess = spawn('dbus-run-session', ['--', 'bash', '-c', `${keyring} ${host}`], { env: { ...rest, HOME: home, XDG_RUNTIME_DIR: join(home, 'run'), XDG_DATA_HOME: join(home, 'data'), LANG: 'en_GB.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (data: Buffer): void => {
      output += data.toString('utf8');
      const link = /Parrilla is ready: (\S+)/.exec(output)?.[1];
      if (link) resolve(link);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`ended with ${code ?? 'a signal'}: ${output}`)));
  });
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const { origin, host: address } = new URL(url);
  const socket = new WebSocket(`ws://${address}/ws`, { headers: { cookie, origin } });
  const waiting = new Map<string, (frame: HostFrame) => void>();
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString('utf8')) as HostFrame;
    if ('id' in frame) waiting.get(frame.id)?.(frame);
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.send(JSON.stringify({ t: 'hello', protocol: PROTOCOL_VERSION }));
  let n = 0;
  return {
    async call(method, input) {
      const id = `k${(n += 1)}`;
      const frame = await new Promise<HostFrame>((resolve) => {
        waiting.set(id, resolve);
        socket.send(JSON.stringify({ t: 'request', id, method, input, ...(methods[method].kind === 'command' ? { commandId: `command-${id}-${Date.now()}` } : {}) }));
      });
      if (frame.t !== 'response') throw new Error(JSON.stringify(frame));
      return frame.output as OutputOf<typeof method>;
    },
    async stop() {
      socket.close();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      // The bus, the keychain and the host are one group.
      try {
        process.kill(-(child.pid ?? 0), 'SIGTERM');
      } catch {
        // It has ended.
      }
      await gone;
      spawnSync('pkill', ['-KILL', '-g', String(child.pid)]);
    },
  };
}
function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

describe.runIf(there)('the keychain of a real desktop session', () => {
  let sandbox: Sandbox;
  let home: string;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, pace: 0 });
    home = mkdtempSync(join(tmpdir(), 'parrilla-home-'));
    for (const name of ['run', 'data']) mkdirSync(join(home, name), { mode: 0o700 });
  });
  afterAll(async () => {
    await sandbox.close();
    rmSync(home, { recursive: true, force: true });
  });
  it('keeps the profile\'s key: tokens are read after a restart, with no passphrase and in no file; locked, it says so and asks', async () => {
    const profile = tempProfile();
    const keys = keysOf(sandbox.world.users[0]!, sandbox.world.seed);
    const first = await session(home, profile, sandbox.url, 'unlocked');
    try {
      expect(await first.call('secrets.status', {})).toEqual({ backend: 'keychain', locked: false, keychainAvailable: true });
      await first.call('accounts.connectOAuth1', keys);
    } finally {
      await first.stop();
    }
    const again = await session(home, profile, sandbox.url, 'unlocked');
    try {
      expect(await again.call('accounts.list', {})).toMatchObject([{ username: 'CuentaClara', state: 'connected' }]);
    } finally {
      await again.stop();
    }
    for (const path of files(profile)) {
      const content = readFileSync(path, 'latin1');
      for (const secret of [keys.appSecret, keys.accessSecret, keys.accessToken]) expect(content.includes(secret), path).toBe(false);
    }
    const locked = await session(home, profile, sandbox.url, 'locked');
    try {
      expect(await locked.call('secrets.status', {})).toMatchObject({ backend: 'keychain', locked: true, keychainAvailable: false });
      expect((await locked.call('accounts.list', {}))[0]?.state).toBe('locked');
      await expect(locked.call('secrets.unlock', { how: 'keychain' })).rejects.toThrow('keychain_locked');
    } finally {
      await locked.stop();
    }
    // Nothing was lost by that: unlocked again, it is as it was.
    const unlocked = await session(home, profile, sandbox.url, 'unlocked');
    try {
      expect(await unlocked.call('accounts.list', {})).toMatchObject([{ state: 'connected' }]);
    } finally {
      await unlocked.stop();
    }
  });
});
