import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/main/core/db/open.ts';
import type { CoreDeps } from '../../src/main/core/feature.ts';
import { createImages } from '../../src/main/core/features/images/service.ts';
import { requestTokens } from '../../src/main/core/network/x/oauth2.ts';
import { createXSession } from '../../src/main/core/network/x/session.ts';
import type { Account } from '../../src/shared/contract/accounts.ts';
import { AppError } from '../../src/shared/contract/errors.ts';
import type { MethodName } from '../../src/shared/contract/index.ts';
import { PRESET_60_40 } from '../../src/shared/domain/types.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { picturePng } from '../../src/sandbox/png.ts';
import { startCore, type TestCore, until } from '../support/core.ts';
import { silentLog, testPorts } from '../support/memoryPorts.ts';
import { mp4 } from '../support/mp4.ts';
import { systemClock } from './x-support.ts';

const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024));

let core: TestCore;
let account: Account;
afterEach(async () => {
  await core?.stop();
});
async function begin(): Promise<void> {
  core = await startCore();
  account = await core.call('accounts.addPractice', {});
}
const save = async (text: string, tier = 'free') => {
  const saved = await core.call('publications.save', { accountId: account.id, text, tier, tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  return saved;
};
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'no error';
  } catch (cause) {
    return (cause as { data?: { code: string } }).data?.code ?? String(cause);
  }
};
const soon = (minutes: number): string => instantToWall(Date.now() + minutes * 60_000, account.zone);

describe('what a hasty or hostile client may do', () => {
  it('gets a typed answer to dates, ids and sizes that make no sense, and loses nothing', async () => {
    await begin();
    const { publication } = await save('Fechas raras');
    const place = (wall: string) => codeOf(core.call('publications.place', { id: publication.id, at: { wall } }));
    expect(await place('2026-02-31T10:00')).toBe('bad_input');
    expect(await place('0001-01-01T00:00')).toBe('time_in_past');
    expect(await place('2026-13-01T10:00')).toBe('bad_input');
    expect(await place('2027-03-28T02:30')).toBe('no error');
    expect((await core.call('publications.get', { id: publication.id })).wall).toBe('2027-03-28T03:30');
    expect(await place('9999-12-31T23:59')).toBe('bad_input');
    expect(await codeOf(core.call('columns.page', { columnId: 'x', limit: 50 }))).toBe('not_found');
    const column = (await core.call('columns.list', {}))[0]!;
    expect(await codeOf(core.call('columns.page', { columnId: column.id, limit: 50, before: "1'; DROP TABLE posts" }))).toBe('bad_input');
    expect(await codeOf(core.call('columns.page', { columnId: column.id, limit: 50, before: '9999999999999999999' }))).toMatch(/no error|bad_input/);
    expect(await codeOf(core.call('accounts.changeZone', { accountId: account.id, zone: 'Marte/Olimpo', keep: 'clock' }))).toBe('bad_input');
    expect(await codeOf(core.call('settings.set', { dayStartHour: 20, dayEndHour: 8 }))).toBe('bad_input');
    expect(await codeOf(core.call('mutes.add', { term: 'ruido', accountId: null, until: 1e308 }))).toBe('bad_input');
    expect(await codeOf(core.call('columns.add', { accountId: 'nobody', source: { kind: 'home' } }))).toBe('not_found');
    expect(await codeOf(core.call('publications.decide', { id: publication.id, decision: 'wasPosted' }))).toBe('state_refused');
    expect((await core.call('publications.get', { id: publication.id })).text).toBe('Fechas raras');
  });
  it('gets a typed answer to every value outside reason, wherever it stands: never an unexpected failure', async () => {
    await begin();
    const { publication } = await save('Valores');
    await core.call('publications.place', { id: publication.id, at: { wall: soon(300) } });
    const column = (await core.call('columns.list', {}))[0]!;
    const accountId = account.id;
    const id = publication.id;
    const draft = { accountId, text: 'x', tier: 'free', tierReason: null, media: [] };
    const asked: [MethodName, object][] = [
      ['publications.list', { accountId, from: 0, to: 5, limit: 3 }], ['publications.get', { id }], ['publications.attempts', { id }], ['publications.blackBox', { id }],
      ['planning.context', { accountId }], ['planning.template', { accountId }], ['planning.spreadEvenly', { accountId, day: '2026-02-03' }],
      ['publications.place', { id, at: { wall: '2026-02-03T10:00' } }], ['publications.place', { id, at: { wall: soon(400) }, fix: { kind: 'later', dueAt: Date.now() + 500_000 } }],
      ['publications.place', { id, at: { wall: soon(400) }, fix: { kind: 'addBase', n: 1, day: '2026-02-03' } }], ['publications.place', { id, at: { wall: soon(400) }, fix: { kind: 'exchange', withId: id } }],
      ['publications.save', { ...draft, id, baseRevision: 1 }], ['publications.save', { ...draft, poll: { options: ['a', 'b'], minutes: 60 } }], ['publications.save', { ...draft, kind: 'reply', target: { id: '77', username: 'a' } }],
      ['publications.decide', { id, decision: 'toDraft', remoteUrl: 'https://x.com/a/status/1' }], ['publications.decideMany', { ids: [id], decision: 'toDraft' }],
      ['publications.bulkPreview', { accountId, format: 'csv', content: 'a,free,2027-02-03 10:00', to: 'calendar', defaultTier: 'free', dateOrder: 'auto' }],
      ['columns.page', { columnId: column.id, before: '5', limit: 5 }], ['columns.move', { columnId: column.id, toIndex: 0 }], ['columns.update', { columnId: column.id, width: 300 }], ['columns.markSeen', { columnId: column.id, postId: '5' }],
      ['columns.add', { accountId, source: { kind: 'search', query: 'a' } }], ['columns.fillGap', { columnId: column.id, gapId: 'x' }],
      ['accounts.update', { accountId, capUsd: 5, urlRules: [{ pattern: 'a', tier: 'free' }] }], ['accounts.zonePreview', { accountId, zone: 'Europe/Madrid' }], ['accounts.changeZone', { accountId, zone: 'Europe/Madrid', keep: 'clock' }], ['accounts.oauth2Paste', { flowId: 'x', url: 'y' }],
      ['money.month', { accountId }], ['settings.set', { zone: 'Europe/Madrid', dayStartHour: 8, dayEndHour: 20 }], ['scheduler.offHours', { zone: 'Europe/Madrid' }], ['activity.list', { limit: 5 }], ['undo.apply', { undoId: 'x' }],
      ['planning.setTemplate', { accountId, template: { days: Array.from({ length: 7 }, () => [{ time: '08:00', theme: 't', tier: 'free' }]) } }],
    ];
    const numbers = [1e308, -1e308, Number.MAX_SAFE_INTEGER, 2 ** 60, -1, 0.5, 253_370_764_799_999, 253_402_300_799_999];
    const words = ['', '9999-99-99', '2026-02-31', '9999-12-31', '0000-01-01', '2026-13-45T99:99', '9999-12-31T23:59', '0000-01-01T00:00', '-009999-01-01T00:00', '2026-02-03T24:00', '\0', '\ud800', 'á'.repeat(70_000), '__proto__', 'Etc/GMT+99'];
    /** Every copy of a value with one leaf changed. */
    function* changed(value: unknown): Generator<unknown> {
      if (typeof value === 'number') yield* numbers;
      else if (typeof value === 'string') yield* words;
      else if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
          for (const other of changed(inner)) yield Array.isArray(value) ? value.map((each: unknown, i) => (String(i) === key ? other : each)) : { ...value, [key]: other };
        }
      }
    }
    const failed: string[] = [];
    for (const [method, input] of asked) {
      for (const other of changed(input)) {
        try {
          await core.app.router.call(method, other, { commandId: randomUUID() });
        } catch (cause) {
          if (!(cause instanceof AppError)) failed.push(`${method} ${JSON.stringify(other).slice(0, 200)}: ${String(cause).slice(0, 200)}`);
        }
      }
    }
    expect(failed).toEqual([]);
    expect(await codeOf(core.call('publications.list', { from: 1e308 }))).toBe('bad_input');
    for (const day of ['9999-99-99', '2026-02-31', '2026-02-3', '9999-12-31']) expect(await codeOf(core.call('planning.spreadEvenly', { accountId, day }))).toBe('bad_input');
    for (const wall of ['2026-13-45T99:99', '2026-02-30T10:00', '2026-02-03T24:00']) expect(await codeOf(core.call('publications.place', { id, at: { wall } }))).toBe('bad_input');
  });
  it('may send the same wish many times at once', async () => {
    await begin();
    const { publication } = await save('Carreras');
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => core.call('publications.place', { id: publication.id, at: { wall: soon(60) } }, id)));
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    const places = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => core.call('publications.place', { id: publication.id, at: { wall: soon(60 + i) } })));
    expect(places.every((each) => each.status === 'fulfilled')).toBe(true);
    const saves = await Promise.allSettled(Array.from({ length: 10 }, (_, i) => core.call('publications.save', { id: publication.id, accountId: account.id, text: `v${i}`, tier: 'free', tierReason: null, media: [], baseRevision: 22 })));
    expect(saves.filter((each) => each.status === 'fulfilled').length).toBeLessThanOrEqual(1);
    expect(await core.call('publications.list', {})).toHaveLength(1);
  });
  it('may undo in any order: what changed since stays', async () => {
    await begin();
    const made = await save('Deshacer');
    const { id } = made.publication;
    const placed = await core.call('publications.place', { id, at: { wall: soon(90) } });
    if (placed.result !== 'placed') throw new Error('refused');
    expect(await codeOf(core.call('undo.apply', { undoId: made.undoId }))).toBe('undo_gone');
    const sent = await core.call('publications.sendNow', { id });
    if (sent.result !== 'placed') throw new Error('refused');
    expect(await codeOf(core.call('undo.apply', { undoId: placed.undoId }))).toBe('undo_gone');
    await until(async () => (await core.call('publications.get', { id })).state === 'posted', 20_000);
    expect(await codeOf(core.call('undo.apply', { undoId: sent.undoId }))).toBe('undo_gone');
    expect(await codeOf(core.call('publications.delete', { id }))).toBe('state_refused');
    expect(await codeOf(core.call('publications.place', { id, at: 'nextFree' }))).toBe('state_refused');
    expect(await codeOf(core.call('publications.unschedule', { id }))).toBe('state_refused');
    const other = await save('Borrar');
    const gone = await core.call('publications.delete', { id: other.publication.id });
    await core.call('undo.apply', { undoId: gone.undoId });
    expect((await core.call('publications.get', { id: other.publication.id })).text).toBe('Borrar');
  });
  it('may remove the account while its post is being sent: nothing spins, nothing doubles', async () => {
    await begin();
    const { publication } = await save('Me voy');
    await core.control('POST', 'faults', { match: { method: 'POST', path: '/2/tweets' }, kind: 'delay', ms: 1500 });
    await core.call('publications.sendNow', { id: publication.id });
    await until(async () => (await core.call('publications.get', { id: publication.id })).state === 'sending', 20_000);
    await core.call('accounts.remove', { accountId: account.id });
    const after = await until(async () => {
      const found = await core.call('publications.get', { id: publication.id });
      return found.state === 'sending' ? null : found;
    });
    expect(['posted', 'needs_review', 'unknown']).toContain(after.state);
    expect((await core.control<{ text: string }[]>('GET', 'created')).filter((each) => each.text === 'Me voy')).toHaveLength(1);
    expect(await core.call('accounts.list', {})).toEqual([]);
  });
  it('may change the policy under drafts of a tier that is gone: they can still be edited', async () => {
    await begin();
    const { publication } = await save('Al momento', 'status');
    await core.call('accounts.update', { accountId: account.id, policy: PRESET_60_40 });
    const edited = await core.call('publications.save', { id: publication.id, accountId: account.id, text: 'Al momento, corregida', tier: 'status', tierReason: null, media: [] });
    expect(edited.result).toBe('placed');
    expect(await codeOf(core.call('publications.save', { accountId: account.id, text: 'x', tier: 'status', tierReason: null, media: [] }))).toBe('bad_input');
  });
  it('may attach pictures and films that X would refuse: they are refused at once, and nothing of them is kept', async () => {
    await begin();
    const add = async (bytes: Uint8Array, type: string): Promise<{ code?: string; params?: unknown; width?: number }> => {
      const answer = await core.app.sidePath.handle({ method: 'POST', path: '/media', headers: { 'content-type': type }, body: (async function* () { await Promise.resolve(); yield bytes; })() });
      return JSON.parse(String(answer.body)) as { code?: string };
    };
    const png = picturePng(2);
    const sized = (width: number, height: number): Uint8Array => {
      const bytes = Buffer.from(png);
      bytes.writeUInt32BE(width, 16);
      bytes.writeUInt32BE(height, 20);
      return bytes;
    };
    expect((await add(png, 'image/png')).width).toBeGreaterThan(0);
    expect((await add(sized(8192, 8192), 'image/png')).width).toBe(8192);
    for (const bytes of [sized(0, 0), sized(0, 100), png.subarray(0, png.length - 1), png.subarray(0, 40), Buffer.from('GIF89a'), Buffer.from([0xff, 0xd8, 0xff, 0xe0])]) {
      expect(await add(bytes, 'application/octet-stream')).toMatchObject({ code: 'media_unsupported' });
    }
    for (const bytes of [sized(8193, 10), sized(0xffff_ffff, 0xffff_ffff)]) expect(await add(bytes, 'image/png')).toMatchObject({ code: 'media_too_large', params: { maxSide: 8192 } });
    const film = mp4(20_000, 5000);
    expect((await add(film, 'video/mp4')).code).toBeUndefined();
    expect(await add(film.subarray(0, 10_000), 'video/mp4')).toMatchObject({ code: 'media_unsupported' });
    expect(readdirSync(core.ports.paths.media)).toHaveLength(3);
  });
  it('may write what nobody can see: it is no text, alone, in a thread, in a poll or in a file', async () => {
    await begin();
    const unseen = '\u200b\ufeff\u2060\ufe0f\u3164';
    const { publication } = await save(unseen);
    expect(await codeOf(core.call('publications.place', { id: publication.id, at: { wall: soon(60) } }))).toBe('text_empty');
    expect(await codeOf(core.call('publications.sendNow', { id: publication.id }))).toBe('text_empty');
    const thread = await core.call('publications.save', { accountId: account.id, text: 'Uno', tier: 'free', tierReason: null, media: [], parts: [{ text: unseen, media: [] }] });
    if (thread.result !== 'placed') throw new Error('refused');
    expect(await codeOf(core.call('publications.sendNow', { id: thread.publication.id }))).toBe('text_empty');
    const poll = await core.call('publications.save', { accountId: account.id, text: '¿Sí?', tier: 'free', tierReason: null, media: [], poll: { options: ['Sí', unseen], minutes: 60 } });
    if (poll.result !== 'placed') throw new Error('refused');
    expect(await codeOf(core.call('publications.sendNow', { id: poll.publication.id }))).toBe('poll_invalid');
    const file = await core.call('publications.bulkPreview', { accountId: account.id, format: 'csv', content: `texto\n${unseen}x\n\u2060\u200b\n`, to: 'tray', defaultTier: 'free', dateOrder: 'auto' });
    expect(file.rows.map((row) => row.verdict)).toEqual(['ok', 'skipped']);
  });
  it('may import a file of another program: instants are instants, and columns that are not understood are named', async () => {
    await begin();
    const bulk = (content: string) => core.call('publications.bulkPreview', { accountId: account.id, format: 'csv', content, to: 'tray', defaultTier: 'free', dateOrder: 'auto' });
    const year = new Date().getUTCFullYear() + 1;
    const seen = await bulk(`Texto,Campaña, Fecha ,Hora,URL corta\nA,x,${year}-01-24T09:30Z,10:00,\nB,y,${year}-01-24T09:30+05:00,,\nC,z,${year}-01-24T09:30,,`);
    expect(seen.rows.map((row) => row.wall)).toEqual([`${year}-01-24T10:30`, `${year}-01-24T05:30`, `${year}-01-24T09:30`]);
    expect(seen.unknownColumns).toEqual(['Campaña', 'Hora', 'URL corta']);
    const other = await bulk('Copy;Tipo\nHola;premium');
    expect([other.rows.map((row) => [row.text, row.tier]), other.unknownColumns]).toEqual([[['Hola', 'premium']], []]);
    expect((await bulk('Hola,premium\nAdiós,gratis')).rows.map((row) => row.text)).toEqual(['Hola', 'Adiós']);
    expect((await core.call('publications.bulkPreview', { accountId: account.id, format: 'lines', content: 'una\notra', to: 'tray', defaultTier: 'free', dateOrder: 'auto' })).unknownColumns).toEqual([]);
  });
  it('may import what is no CSV', async () => {
    await begin();
    const bulk = (content: string) => core.call('publications.bulkPreview', { accountId: account.id, format: 'csv', content, to: 'calendar', defaultTier: 'free', dateOrder: 'auto' });
    expect(await codeOf(bulk('text,tier\n"sin cerrar,free\n'))).toBe('csv_unreadable');
    expect((await bulk('\uFEFFtexto\ttipo\n=HYPERLINK("http://x")\tgratis')).rows[0]).toMatchObject({ text: '=HYPERLINK("http://x")', tier: 'free' });
    expect((await bulk('')).rows).toEqual([]);
    expect(await codeOf(bulk(Array.from({ length: 2001 }, (_, i) => `fila ${i}`).join('\n')))).toBe('batch_too_large');
    const many = await bulk(Array.from({ length: 2000 }, (_, i) => `fila ${i},${i % 2 ? 'premium' : 'free'}`).join('\n'));
    expect(many.ok + many.drafts).toBe(2000);
  });
});

describe('answers without measure', () => {
  /** A gigabyte in a few pages: members of one gzip file, one after the other. */
  const bomb = Buffer.concat(Array.from({ length: 16 }, () => packed));
  const endless = Buffer.alloc(256 * 1024, ' ');
  let server: Server;
  let origin = '';
  let kind: 'bomb' | 'endless' = 'bomb';
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      response.on('error', () => {});
      response.writeHead(200, { 'content-type': 'application/json', ...(kind === 'bomb' ? { 'content-encoding': 'gzip' } : {}) });
      if (kind === 'bomb') return void response.end(bomb);
      const more = (): void => {
        while (!response.destroyed && response.write(endless));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  it.each(['bomb', 'endless'] as const)('%s: a typed failure, and no more memory than a long page', async (what) => {
    kind = what;
    const used = (): number => {
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };
    const before = used();
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, used())), 5);
    const session = createXSession({
      origin, credentials: { auth: 'oauth1', appKey: 'a', appSecret: 'b', accessToken: 'c', accessSecret: 'd' }, maxWeighted: 280, clock: systemClock, log: silentLog,
      hooks: { saveCredentials: () => Promise.resolve(), onBucket() {}, onBilled() {} },
    });
    expect(await session.read({ source: { kind: 'home' }, userId: '1', limit: 10 })).toMatchObject({ ok: false });
    expect(await session.publish({ text: 'x', mediaIds: [], replyToId: null, poll: null, summoned: false })).toMatchObject({ ok: false, failure: { kind: 'ambiguous' } });
    expect(await requestTokens(origin, { clientId: 'c', clientSecret: null }, { refreshToken: 'r' }, 0)).toMatchObject({ ok: false, refused: false });
    const ports = testPorts({ apiOrigin: origin });
    const db = openDatabase({ path: ports.paths.database, log: silentLog, now: 1 });
    const images = createImages({ db, ports } as CoreDeps, () => Promise.resolve(null));
    const stored = images.register('/picture', origin, 'x');
    expect(await images.load(images.path(stored)?.slice(5) ?? '')).toBeNull();
    expect(readdirSync(ports.paths.images)).toEqual([]);
    db.close();
    clearInterval(watch);
    expect((most - before) / 2 ** 20).toBeLessThan(200);
  });
});
