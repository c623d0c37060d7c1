import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { root, startHost } from '../support/host.ts';
import { tempProfile } from '../support/memoryPorts.ts';

const entry = join(root, 'out', 'main', 'node.js');
const run = (...args: string[]) => spawnSync(process.execPath, [entry, '--browser', '--no-open', ...args], { encoding: 'utf8', timeout: 30_000, env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '', DBUS_SESSION_BUS_ADDRESS: 'disabled:' } });

describe('starting badly says what, what was kept and what next', () => {
  it('wrong flags', () => {
    for (const [args, words] of [
      [['--nope'], /--nope/], [['--port', 'abc'], /--port wants a number/], [['--x-api', 'https://api.x.com'], /this computer only/], [['--x-api', 'http://10.0.0.5:80'], /this computer only/], [['--x-api', 'rubbish'], /--x-api wants an address/],
    ] as const) {
      const result = run(...args);
      expect(result.status).toBe(1);
      expect(result.stderr).toMatch(words);
      expect(result.stderr).not.toContain('    at ');
    }
    expect(run('--help').stdout).toContain('--x-api URL');
  });
  it('a port in use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const result = run('--port', String(port), '--profile', tempProfile());
    server.close();
    expect(result.status).toBe(1);
    expect(result.stderr).toContain(`Port ${port} is in use`);
  });
  it('a folder that cannot be one', () => {
    const file = join(tempProfile(), 'a-file');
    writeFileSync(file, '');
    const result = run('--profile', join(file, 'inside'));
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('cannot be written');
  });
  it('a profile that is open already names its holder; after SIGKILL it is free', async () => {
    const host = await startHost();
    const second = run('--profile', host.profile);
    expect(second.status).toBe(1);
    expect(second.stderr).toContain(String(host.process.pid));
    await host.stop('SIGKILL');
    const third = await startHost({ profile: host.profile });
    await third.stop();
  });
  it.each([
    ['a file that is no database', (path: string) => writeFileSync(path, 'this is not a database, but it is long enough to be read as one '.repeat(100)), 'damaged'],
    ['a newer database', (path: string) => { const db = new Database(path); db.pragma('user_version = 9990'); db.close(); }, 'newer version'],
  ])('%s opens a page that says so and is left as it was', async (_, make, words) => {
    const profile = tempProfile();
    mkdirSync(profile, { recursive: true });
    const path = join(profile, 'parrilla.db');
    make(path);
    const before = readFileSync(path);
    const host = await startHost({ profile });
    const entered = await fetch(host.url, { redirect: 'manual' });
    const page = await fetch(new URL('/', host.url), { headers: { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' } });
    expect(page.status).toBe(503);
    expect(await page.text()).toContain(words);
    expect(host.output()).toContain(words);
    await host.stop();
    expect(readFileSync(path).equals(before)).toBe(true);
  });
  it('keeps no key or token in its files', async () => {
    const host = await startHost({ args: ['--practice'] });
    await host.stop();
    const text = readdirSync(host.profile).filter((name) => /\.(db|log|json)$|wal|browser/.test(name) && name !== 'practice-world.json').map((name) => readFileSync(join(host.profile, name), 'latin1')).join('\n');
    const token = new URL(host.url).searchParams.get('t') ?? '?';
    expect(text).not.toContain(token);
    expect(text).not.toContain('practice-app-secret');
    chmodSync(host.profile, 0o700);
  });
});
