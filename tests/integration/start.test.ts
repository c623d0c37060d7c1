import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
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
  it.runIf(process.platform === 'linux')('a folder in a place that takes none: words, and no waiting for ever', () => {
    const result = run('--profile', '/proc/parrilla');
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
  it.each([['browser-port', 'the port'], ['browser-access.json', 'the links']])('a folder named %s: it goes on with a link and says what that costs', async (name) => {
    const profile = tempProfile();
    mkdirSync(join(profile, name));
    const host = await startHost({ profile });
    expect(host.output()).toContain(`${join(profile, name)} cannot be written (EISDIR)`);
    const entered = await fetch(host.url, { redirect: 'manual' });
    expect(entered.status).toBe(303);
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await fetch(new URL('/', host.url), { headers: { cookie } })).status).toBe(200);
    expect((await fetch(host.url, { redirect: 'manual' })).status).toBe(403);
    expect(run('--new-link', '--profile', profile)).toMatchObject({ status: 1, stdout: '', stderr: expect.not.stringContaining('    at ') as string });
    expect(await host.stop()).toBe(0);
  });
  it.each(['profile.lock', 'parrilla.db'])('a folder named %s: words with the next step', async (name) => {
    const profile = tempProfile();
    mkdirSync(join(profile, name));
    const result = name === 'parrilla.db' ? null : run('--profile', profile);
    const host = result ? null : await startHost({ profile });
    const said = result?.stderr ?? host?.output() ?? '';
    await host?.stop();
    expect(result?.status ?? 1).toBe(1);
    expect(said).toContain(join(profile, name));
    expect(said).toContain('move away what has that name');
    expect(said).not.toContain('    at ');
  });
  it('rubbish where the lock belongs keeps nobody out, and lets nobody in twice', async () => {
    const profile = tempProfile();
    writeFileSync(join(profile, 'profile.lock'), 'no lock at all '.repeat(500));
    mkdirSync(join(profile, 'profile.lock.holder'));
    const host = await startHost({ profile });
    const second = run('--profile', profile);
    expect(second.status).toBe(1);
    expect(second.stderr).toContain('already open');
    expect(second.stderr).not.toContain('    at ');
    await host.stop();
  });
  it('pages of the database that are damaged, met once it listens: a link to a page that says so', async () => {
    const first = await startHost();
    await first.stop();
    const path = join(first.profile, 'parrilla.db');
    const db = new Database(path);
    const pages = db.prepare("SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'publications' AND rootpage > 0").pluck().all() as number[];
    const size = db.pragma('page_size', { simple: true }) as number;
    db.close();
    const file = openSync(path, 'r+');
    for (const page of pages) writeSync(file, Buffer.alloc(size, 0xee), 0, size, (page - 1) * size);
    closeSync(file);
    const host = await startHost({ profile: first.profile });
    const entered = await fetch(host.url, { redirect: 'manual' });
    const page = await fetch(new URL('/', host.url), { headers: { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' } });
    expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('The database is damaged')]);
    await host.stop();
  });
  it('another link: for the program that runs, never for one that was killed', async () => {
    const profile = tempProfile();
    expect(run('--new-link', '--profile', join(profile, 'none'))).toMatchObject({ status: 1, stdout: '' });
    expect(existsSync(join(profile, 'none'))).toBe(false);
    const host = await startHost({ profile });
    const link = run('--new-link', '--profile', profile).stdout.trim();
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303);
    await host.stop('SIGKILL');
    const after = run('--new-link', '--profile', profile);
    expect(after).toMatchObject({ status: 1, stdout: '' });
    expect(after.stderr).toContain('not running');
  });
  it('a newer database opens a page that says so and is left as it was', async () => {
    const profile = tempProfile();
    mkdirSync(profile, { recursive: true });
    const path = join(profile, 'parrilla.db');
    const db = new Database(path);
    db.pragma('user_version = 9990');
    db.close();
    const before = readFileSync(path);
    const host = await startHost({ profile });
    const entered = await fetch(host.url, { redirect: 'manual' });
    const page = await fetch(new URL('/', host.url), { headers: { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' } });
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('newer version');
    expect(host.output()).toContain('newer version');
    await host.stop();
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(profile).filter((name) => name.startsWith('parrilla') && name.includes('.db'))).toEqual(['parrilla.db']);
  });
  it.each([
    ['a file that is no database', (path: string) => writeFileSync(path, 'this is not a database, but it is long enough to be read as one '.repeat(100))],
    ['a database that was emptied', (path: string) => { writeFileSync(path, ''); writeFileSync(join(dirname(path), 'reserve.bin'), 'room'); }],
  ])('%s is put aside: the program comes up and the terminal says so', async (_, make) => {
    const profile = tempProfile();
    const path = join(profile, 'parrilla.db');
    make(path);
    const before = readFileSync(path);
    const host = await startHost({ profile });
    const entered = await fetch(host.url, { redirect: 'manual' });
    const page = await fetch(new URL('/', host.url), { headers: { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' } });
    expect(page.status).toBe(200);
    await host.stop();
    const kept = readdirSync(profile).find((name) => /^parrilla-lost-.*\.db$/.test(name)) ?? '';
    expect(readFileSync(join(profile, kept)).equals(before)).toBe(true);
    expect(host.output()).toContain(kept);
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
