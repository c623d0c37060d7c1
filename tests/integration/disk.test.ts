import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HostFrame, PROTOCOL_VERSION } from '../../src/shared/contract/frames.ts';
import type { CommandName } from '../../src/shared/contract/index.ts';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { picturePng } from '../../src/sandbox/png.ts';
import { startCore, type TestCore, until } from '../support/core.ts';
import { root, startHost } from '../support/host.ts';
import { ManualClock } from '../support/manualClock.ts';

const MINUTE = 60_000;
let core: TestCore;
let clock: ManualClock;
let account: Account;
let post: Publication;
beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
  for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
  const saved = await core.call('publications.save', { accountId: account.id, text: 'Con el disco lleno', tier: 'free', tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  const placed = await core.call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(clock.now() + 2 * MINUTE, account.zone) } });
  if (placed.result !== 'placed') throw new Error('refused');
  post = placed.publication;
});
afterEach(() => core.stop());
async function run(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 10_000) {
    await clock.advance(10_000);
    await Promise.race([core.app.idle(), new Promise((resolve) => setTimeout(resolve, 60))]);
  }
}
const created = async (): Promise<number> => (await core.control<{ text: string }[]>('GET', 'created')).filter((each) => each.text === post.text).length;
const state = async (): Promise<string> => (await core.call('publications.get', { id: post.id })).state;
/** From this point on the database takes nothing: `query_only` as for a read-only file, a page limit as for a full disk. */
function breakAt(point: string, how: 'readOnly' | 'full'): void {
  core.ports.point = (name) => {
    if (name !== point) return;
    delete core.ports.point;
    if (how === 'readOnly') core.app.db.raw.pragma('query_only = ON');
    else core.app.db.raw.pragma(`max_page_count = ${String(core.app.db.raw.pragma('page_count', { simple: true }))}`);
  };
}
function mend(): void {
  core.app.db.raw.pragma('query_only = OFF');
  core.app.db.raw.pragma('max_page_count = 1073741823');
}

describe('a disk that takes nothing', () => {
  it.each(['claim.before', 'claimed', 'begin.before'])('at %s: nothing is sent whose intent is not on the disk, and it goes out once it is', async (point) => {
    breakAt(point, 'readOnly');
    await run(6 * MINUTE);
    expect(await created()).toBe(0);
    mend();
    await run(5 * MINUTE);
    expect(await created()).toBe(1);
    expect(await state()).toBe('posted');
  });
  it('after X has accepted: the outcome is kept and written as soon as it can be; nothing else is sent before', async () => {
    const second = await core.call('publications.save', { accountId: account.id, text: 'La siguiente', tier: 'free', tierReason: null, media: [] });
    if (second.result !== 'placed') throw new Error('refused');
    await core.call('publications.place', { id: second.publication.id, at: { wall: instantToWall(clock.now() + 3 * MINUTE, account.zone) } });
    breakAt('request.answered', 'readOnly');
    await run(5 * MINUTE);
    expect(await created()).toBe(1);
    expect((await core.control<{ text: string }[]>('GET', 'created')).some((each) => each.text === 'La siguiente')).toBe(false);
    mend();
    await run(8 * MINUTE);
    expect(await state()).toBe('posted');
    expect(await created()).toBe(1);
    expect((await core.call('publications.get', { id: second.publication.id })).state).toBe('posted');
  });
  it('after X has accepted, and then the program ends: it is found on X at the next start', async () => {
    breakAt('request.answered', 'readOnly');
    await run(3 * MINUTE);
    mend();
    // The program dies with the outcome in its memory only: the row says `sending`, its attempt is open.
    core.app.db.raw.prepare("UPDATE publications SET state = 'sending' WHERE id = ?").run(post.id);
    await core.restart();
    expect(['unknown', 'posted']).toContain(await state());
    await run(3 * MINUTE);
    expect(await state()).toBe('posted');
    expect(await created()).toBe(1);
  });
  it('that is full: the same, with the room that was kept for it given back', async () => {
    breakAt('request.answered', 'full');
    await run(4 * MINUTE);
    mend();
    await run(4 * MINUTE);
    expect(await created()).toBe(1);
    expect(await state()).toBe('posted');
  });
});

describe('reading while the disk takes nothing', () => {
  it('a look whose failure cannot even be noted ends nothing, is not made again at once, and the column is read once it can be', async () => {
    const { id } = await core.call('columns.add', { accountId: account.id, source: { kind: 'search', query: 'feria' } });
    const readAt = async (): Promise<number> => (await core.call('columns.list', {})).find((each) => each.id === id)?.refreshedAt ?? 0;
    const looks = async (): Promise<number> => (await core.control<{ path: string }[]>('GET', 'requests')).filter((each) => each.path.includes('/search/')).length;
    await run(30_000);
    expect(await readAt()).toBeGreaterThan(0);
    const [read, looked] = [await readAt(), await looks()];
    core.app.db.raw.pragma('query_only = ON');
    await run(5 * MINUTE);
    const tried = (await looks()) - looked;
    expect(tried).toBeGreaterThan(1);
    expect(tried).toBeLessThanOrEqual(31);
    expect(await readAt()).toBe(read);
    mend();
    await run(MINUTE);
    expect(await readAt()).toBeGreaterThan(read + 4 * MINUTE);
  });
});

describe('commands while the disk takes nothing', () => {
  const refuse = (how: 'readOnly' | 'full'): void => {
    if (how === 'readOnly') core.app.db.raw.pragma('query_only = ON');
    else core.app.db.raw.pragma(`max_page_count = ${String(core.app.db.raw.pragma('page_count', { simple: true }))}`);
  };
  const draft = (text: string) => ({ accountId: account.id, text, tier: 'free', tierReason: null, media: [] });
  const answerOf = (method: CommandName, input: object): Promise<HostFrame> =>
    new Promise((resolve) => core.app.router.connection(resolve).receive({ t: 'request', id: '1', method, input, commandId: randomUUID() }));

  it.each(['readOnly', 'full'] as const)('%s: each says so, changes nothing, and works again once it can', async (how) => {
    refuse(how);
    const long = 'x'.repeat(90_000);
    for (const [method, input] of [['publications.save', draft(long)], ['publications.save', { ...draft(long), id: post.id }], ['scheduler.pause', { reason: 'y'.repeat(200) }], ['columns.add', { accountId: account.id, source: { kind: 'search', query: 'z'.repeat(500) } }]] as [CommandName, object][]) {
      const answer = await answerOf(method, input);
      // A small row still finds room in a page that is there.
      if (how === 'full' && !method.startsWith('publications')) continue;
      expect(answer, method).toMatchObject({ t: 'failure', error: { code: 'profile_unwritable', retry: 'later' } });
    }
    expect((await core.call('publications.list', {})).map((each) => each.text)).toEqual([post.text]);
    mend();
    expect(await answerOf('publications.save', draft(long))).toMatchObject({ t: 'response' });
    expect(await core.call('publications.list', {})).toHaveLength(2);
  });
  it('a picture that has no room in the database leaves no file behind', async () => {
    const add = () => core.app.sidePath.handle({ method: 'POST', path: '/media', headers: { 'content-type': 'image/png' }, body: (async function* () { await Promise.resolve(); yield picturePng(1); })() });
    refuse('readOnly');
    expect(JSON.parse(String((await add()).body))).toMatchObject({ code: 'profile_unwritable' });
    expect(readdirSync(core.ports.paths.media)).toEqual([]);
    mend();
    expect((await add()).status).toBe(200);
    expect(readdirSync(core.ports.paths.media)).toHaveLength(1);
  });
  it('a command whose receipt finds no room is not done either: resent when there is, it is done once', async () => {
    const id = randomUUID();
    const stop = core.app.bus.subscribe((frame) => {
      if (frame.name === 'publication.changed') refuse('readOnly');
    });
    const all = async (): Promise<number> => (await core.call('publications.list', {})).filter((each) => each.text === 'Una sola vez').length;
    await expect(core.call('publications.save', draft('Una sola vez'), id)).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
    stop();
    expect(await all()).toBe(0);
    mend();
    const first = await core.call('publications.save', draft('Una sola vez'), id);
    expect(await core.call('publications.save', draft('Una sola vez'), id)).toEqual(first);
    await core.restart();
    expect(await core.call('publications.save', draft('Una sola vez'), id)).toEqual(first);
    expect(await all()).toBe(1);
  });
});

describe.skipIf(process.platform === 'win32')('a host that may write only so much', () => {
  it('answers what it cannot keep as such, goes on, and has at the next start all that it took', async () => {
    const first = await startHost();
    await first.stop();
    const args = [join(root, 'out', 'main', 'node.js'), '--browser', '--no-open', '--profile', first.profile];
    // In units of 1024 bytes: no file grows beyond a megabyte.
    const child = spawn('bash', ['-c', 'ulimit -f 1024; exec "$@"', 'bash', process.execPath, ...args], { env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:', LANG: 'en_GB.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString('utf8')));
    const url = await until(() => /ready: (\S+)/.exec(output)?.[1], 20_000);
    const { origin } = new URL(url);
    const link = await fetch(url, { redirect: 'manual' }).catch((cause: unknown) => { throw new Error(`the host does not answer (exit ${String(child.exitCode)}, signal ${String(child.signalCode)}): ${output}`, { cause }); });
    const cookie = link.headers.get('set-cookie')?.split(';')[0] ?? '';
    const client = await connect(origin, cookie);
    const made = await client.ask('accounts.addPractice', {});
    if (made.t !== 'response') throw new Error(JSON.stringify(made));
    const practice = made.output as Account;
    const kept: string[] = [];
    let refused: HostFrame | null = null;
    for (let i = 0; i < 40 && !refused; i += 1) {
      const text = `${i} ${'x'.repeat(80_000)}`;
      const answer = await client.ask('publications.save', { accountId: practice.id, text, tier: 'free', tierReason: null, media: [] });
      if (answer.t === 'response') kept.push(text);
      else refused = answer;
    }
    expect(kept.length).toBeGreaterThan(0);
    expect(refused).toMatchObject({ t: 'failure', error: { code: 'profile_unwritable' } });
    const media = await fetch(`${origin}/media`, { method: 'POST', headers: { cookie, origin, 'content-type': 'image/png' }, body: Buffer.alloc(2_000_000, 1) });
    expect([media.status, await media.json()]).toMatchObject([400, { code: 'profile_unwritable' }]);
    expect(await client.ask('publications.list', {})).toMatchObject({ t: 'response' });
    client.close();
    child.kill('SIGTERM');
    await ended;
    const again = await startHost({ profile: first.profile });
    const entered = (await fetch(again.url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';
    const next = await connect(new URL(again.url).origin, entered);
    const list = await next.ask('publications.list', {});
    expect(list.t === 'response' ? (list.output as Publication[]).map((each) => each.text).toSorted() : list).toEqual(kept.toSorted());
    next.close();
    expect(await again.stop()).toBe(0);
  });
});

async function connect(origin: string, cookie: string): Promise<{ ask(method: string, input: object): Promise<HostFrame>; close(): void }> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, { headers: { cookie, origin } });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map<string, (frame: HostFrame) => void>();
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as HostFrame;
    if (frame.t === 'response' || frame.t === 'failure') waiting.get(frame.id)?.(frame);
  });
  socket.send(JSON.stringify({ t: 'hello', protocol: PROTOCOL_VERSION }));
  return {
    ask: (method, input) => new Promise((resolve) => {
      const id = randomUUID();
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ t: 'request', id, method, input, commandId: id }));
    }),
    close: () => socket.terminate(),
  };
}
