import { readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { LibraryItem } from '../../src/shared/contract/library.ts';
import type { Feed } from '../../src/shared/contract/sources.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { type FeedServer, rss, startFeedServer } from '../support/feedServer.ts';
import { ManualClock } from '../support/manualClock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Tuesday. */
const START = Date.UTC(2026, 10, 24, 9, 0);
const SITE = 'https://cuentaclara.example.com';
let web: FeedServer;
let core: TestCore;
let clock: ManualClock;
let account: Account;
beforeEach(async () => {
  clock = new ManualClock(START);
  web = await startFeedServer();
  // The server that stands in for X on this computer may give feeds; no other place here may.
  core = await startCore({ clock, apiOrigin: 'cable', cable: () => Promise.resolve(web) });
  account = await core.call('accounts.addPractice', {});
});
afterEach(async () => {
  await core.stop().catch(() => {});
  await web.close();
});
const defaults = { theme: 'Artículos de la semana', tier: 'free' };
const preview = (path: string) => core.call('sources.preview', { accountId: account.id, url: path.startsWith('http') ? path : `${web.url}${path}`, ...defaults });
const add = (path: string, commandId?: string) => core.call('sources.add', { accountId: account.id, url: `${web.url}${path}`, ...defaults }, commandId);
const feeds = async (): Promise<Feed[]> => (await core.call('sources.list', { accountId: account.id })).feeds;
const items = async (): Promise<LibraryItem[]> => (await core.call('library.list', { accountId: account.id })).toSorted((a, b) => a.title.localeCompare(b.title));
const titles = async (): Promise<string[]> => (await items()).map((each) => each.title);
const undo = (undoId: string) => core.call('undo.apply', { undoId });
async function later(ms: number): Promise<void> {
  clock.jumpWall(ms);
  await core.app.tick();
  await core.app.idle();
}
const one = { title: 'Cierre contable', link: `${SITE}/articulos/cierre?utm_source=rss`, guid: 'g1', date: 'Mon, 23 Nov 2026 23:30:00 GMT', summary: '&lt;p&gt;Veinte &lt;b&gt;puntos&lt;/b&gt; &amp;amp; uno&lt;/p&gt;' };
const two = { title: 'Guía del IVA', link: `${SITE}/premium/iva`, guid: 'g2' };

describe('a feed', () => {
  it('is seen before it is taken, brings items with tier, theme and day, and is gone again with one undo', async () => {
    web.on('/feed', rss('Web, artículos', [one, two]));
    expect(await preview('/feed')).toEqual({
      url: `${web.url}/feed`, title: 'Web, artículos', entries: 2, fresh: 2,
      shown: [
        { title: 'Cierre contable', url: one.link, publishedOn: '2026-11-24', theme: defaults.theme, tier: 'free', verdict: 'new' },
        { title: 'Guía del IVA', url: two.link, publishedOn: null, theme: defaults.theme, tier: 'premium', verdict: 'new' },
      ],
    });
    expect(await feeds()).toEqual([]);
    const done = await add('/feed', 'add-1');
    expect(done).toMatchObject({ added: 2, feed: { title: 'Web, artículos', fresh: 2, items: 2, error: null, readAt: START } });
    // Sent again, as after a lost answer, it is carried out once.
    expect(await add('/feed', 'add-1')).toEqual(done);
    expect(await items()).toMatchObject([
      { title: 'Cierre contable', url: one.link, summary: 'Veinte puntos & uno', publishedOn: '2026-11-24', tier: 'free', source: { kind: 'feed', name: 'Web, artículos' } },
      { title: 'Guía del IVA', tier: 'premium', theme: defaults.theme },
    ]);
    await expect(add('/feed')).rejects.toMatchObject({ data: { code: 'feed_known' } });
    await undo(done.undoId);
    expect([await feeds(), await items()]).toEqual([[], []]);
    // Nothing of it is remembered: it may come again.
    expect(await add('/feed')).toMatchObject({ added: 2 });
  });

  it('is read each hour, told what was there last time, and never brings twice what it brought', async () => {
    let body = rss('Web', [one]);
    web.on('/feed', (request, response) => {
      const etag = `"${body.length}"`;
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
      else response.writeHead(200, { etag, 'last-modified': 'Tue, 24 Nov 2026 08:00:00 GMT' }).end(body);
    });
    await add('/feed');
    await later(2 * HOUR);
    expect(web.asked.at(-1)?.headers).toMatchObject({ 'if-none-match': `"${body.length}"`, 'if-modified-since': 'Tue, 24 Nov 2026 08:00:00 GMT' });
    expect(await feeds()).toMatchObject([{ readAt: START + 2 * HOUR, fresh: 0, items: 1 }]);
    // The same GUID under another address, the same address under another GUID and title, a GUID twice, and one that is new.
    body = rss('Web', [{ ...one, link: `${SITE}/otra` }, { ...one, guid: 'g9', title: 'Otro título' }, two, { ...two, title: 'Repetida' }]);
    await core.restart();
    await later(2 * HOUR);
    expect(await titles()).toEqual(['Cierre contable', 'Guía del IVA']);
    expect(await feeds()).toMatchObject([{ fresh: 1, items: 2 }]);
  });

  it('overwrites no item: it fills what that left open; and what was removed stays away, also from another feed', async () => {
    const saved = await core.call('library.save', { accountId: account.id, title: 'Mi título', url: `${SITE}/articulos/cierre`, summary: '', theme: 'Mío', tier: 'premium', publishedOn: null, expiresOn: null, evergreen: true, restDays: 30, notes: 'mía', variants: [{ text: 'Mi texto' }] });
    web.on('/feed', rss('Web', [one, two]));
    web.on('/todo', rss('Todo', [{ ...two, guid: 'otro' }]));
    expect((await preview('/feed')).shown.map((each) => [each.verdict, each.tier])).toEqual([['same', 'premium'], ['new', 'premium']]);
    const { feed } = await add('/feed');
    expect((await items())[1]).toMatchObject({ title: 'Mi título', theme: 'Mío', tier: 'premium', notes: 'mía', source: { kind: 'hand' }, summary: 'Veinte puntos & uno', publishedOn: '2026-11-24', variants: [{ text: 'Mi texto' }] });
    await core.call('library.remove', { ids: (await items()).map((each) => each.id) });
    expect(await core.call('sources.read', { id: feed.id })).toMatchObject({ added: 0, feed: { items: 0 } });
    expect((await preview('/todo')).shown.map((each) => each.verdict)).toEqual(['gone']);
    expect(await add('/todo')).toMatchObject({ added: 0 });
    expect(await items()).toEqual([]);
    expect(saved.result).toBe('saved');
  });

  it('leaves its items when it is removed, comes back with undo, and knows when it is added again what it brought', async () => {
    web.on('/feed', rss('Web', [one]));
    const { feed } = await add('/feed');
    const { undoId } = await core.call('sources.remove', { id: feed.id });
    expect([await feeds(), await titles()]).toEqual([[], ['Cierre contable']]);
    await later(3 * HOUR);
    expect(web.asked).toHaveLength(1);
    await undo(undoId);
    expect(await feeds()).toMatchObject([{ id: feed.id }]);
    const named = await core.call('sources.save', { id: feed.id, title: 'Mi web', theme: 'Noticias', tier: 'premium' });
    expect((await items())[0]?.source).toEqual({ kind: 'feed', name: 'Mi web' });
    web.on('/feed', rss('Web', [one, { title: 'Nueva', link: `${SITE}/nueva`, guid: 'n' }]));
    expect(await core.call('sources.read', { id: feed.id })).toMatchObject({ added: 1 });
    expect((await items())[1]).toMatchObject({ title: 'Nueva', theme: 'Noticias', tier: 'premium', source: { name: 'Mi web' } });
    await undo(named.undoId);
    expect(await feeds()).toMatchObject([{ title: 'Web', theme: defaults.theme, tier: 'free' }]);
    await core.call('library.remove', { ids: (await items()).map((each) => each.id) });
    await core.call('sources.remove', { id: feed.id });
    expect(await add('/feed')).toMatchObject({ added: 0, feed: { id: feed.id } });
  });

  it('that cannot be read says why and when it is tried again, rests longer each time, and keeps what it brought', async () => {
    web.on('/feed', rss('Web', [one]));
    const { feed } = await add('/feed');
    web.on('/feed', (_request, response) => response.writeHead(503).end());
    const waits: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      const { feed: after } = await core.call('sources.read', { id: feed.id });
      expect(after).toMatchObject({ error: { code: 'feed_unreachable', params: { detail: '503' } }, readAt: START, items: 1 });
      waits.push(after.nextAt - clock.now());
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(24 * HOUR);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(5 * MINUTE);
    for (const [path, answer, code] of [
      ['/gone', (_: unknown, response: { writeHead(status: number): { end(): void } }) => response.writeHead(410).end(), 'feed_missing'],
      ['/page', '<html><body>Hola</body></html>', 'feed_invalid'],
      ['/cut', '<rss version="2.0"><channel><title>x', 'feed_invalid'],
    ] as const) {
      web.on(path, answer as string);
      await expect(preview(path), path).rejects.toMatchObject({ data: { code } });
    }
    web.on('/feed', rss('Web', [one]));
    expect((await core.call('sources.read', { id: feed.id })).feed).toMatchObject({ error: null, readAt: clock.now() });
    // A clock that ran a year ahead when it was noted puts nothing off.
    core.app.db.run('UPDATE feeds SET next_at = :at', { at: clock.now() + 365 * 24 * HOUR });
    await later(2 * MINUTE);
    expect(await feeds()).toMatchObject([{ error: null, readAt: clock.now() }]);
    const dead = await startFeedServer();
    await dead.close();
    // Nobody listens: it is not what was trusted, and not asked either.
    await expect(preview(`${dead.url}/feed`)).rejects.toMatchObject({ data: { code: 'feed_refused' } });
    await web.close();
    for (let i = 0; i < 8; i += 1) {
      const { feed: after } = await core.call('sources.read', { id: feed.id });
      expect(after.error).toEqual({ code: 'feed_unreachable', params: { detail: 'ECONNREFUSED' } });
      expect(after.nextAt - clock.now()).toBeLessThanOrEqual(2 * HOUR);
    }
  });

  it('is found from the page that names it, in whichever letters and kind', async () => {
    web.on('/', (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html><head><link rel="stylesheet" href="/x"><link rel="alternate" type="application/atom+xml" href="/atom?a=1&amp;b=2"></head></html>'));
    web.on('/atom?a=1&b=2', (_request, response) => response.writeHead(200, { 'content-type': 'application/atom+xml' }).end(Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Asesoría</title><entry><id>urn:1</id><title type="html">&lt;i&gt;Año&lt;/i&gt; nuevo</title><link href="/relativa"/><updated>2026-11-24T10:00:00Z</updated><content type="html">Más</content></entry></feed>`, 'latin1')));
    web.on('/json', JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'J', items: [{ id: '1', url: `${SITE}/j`, title: 'Jota', content_html: '<p>x</p>', date_published: '2026-11-24T00:30:00+01:00' }] }));
    expect(await preview('/')).toMatchObject({ url: `${web.url}/atom?a=1&b=2`, title: 'Asesoría', shown: [{ title: 'Año nuevo', url: `${web.url}/relativa`, publishedOn: '2026-11-24' }] });
    expect((await preview('/json')).shown).toMatchObject([{ title: 'Jota', publishedOn: '2026-11-24' }]);
  });
});

describe('a hostile feed', () => {
  it('leads nowhere but to the public internet, directly or by a redirect, and only by https', async () => {
    const inside = await startFeedServer();
    inside.on('/secret', rss('Dentro', [one]));
    web.on('/away', (_request, response) => response.writeHead(302, { location: `${inside.url}/secret` }).end());
    web.on('/loop', (_request, response) => response.writeHead(302, { location: '/loop' }).end());
    web.on('/page', '<html><head><link rel="alternate" type="application/rss+xml" href="http://169.254.169.254/feed"></head></html>');
    for (const url of [`${web.url}/away`, `${web.url}/page`, 'https://127.0.0.1/feed', 'https://[::1]/feed', 'https://10.0.0.1/feed', 'http://10.0.0.1/feed', 'https://u:p@example.com/feed', 'file:///etc/passwd', 'feed:http://127.0.0.1/x']) {
      await expect(preview(url), url).rejects.toMatchObject({ data: { code: 'feed_refused' } });
    }
    await expect(preview('/loop')).rejects.toMatchObject({ data: { code: 'feed_unreachable' } });
    expect(inside.asked).toEqual([]);
    await inside.close();
  });

  it('is not read beyond its size, however it says it', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    web.on('/said', (_request, response) => response.writeHead(200, { 'content-length': '999999999' }).write('x'));
    let sent = 0;
    web.on('/endless', (_request, response) => {
      const more = (): void => { while (!response.destroyed && sent < 200 && response.write(piece)) sent += 1; };
      response.on('drain', more).on('error', () => undefined);
      more();
    });
    for (const path of ['/said', '/endless']) await expect(preview(path), path).rejects.toMatchObject({ data: { code: 'feed_too_large' } });
    expect(sent).toBeLessThan(60);
  });

  it('brings text and nothing else: no markup, no scripts, no turned directions; and no bomb goes off', async () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "${'lol'.repeat(20)}">${'bcdefghij'.split('').map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}]>`;
    web.on('/outside', `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title></channel></rss>`);
    await expect(preview('/outside')).rejects.toMatchObject({ data: { code: 'feed_invalid' } });
    web.on('/feed', `<?xml version="1.0"?>${bomb}<rss version="2.0"><channel><title>Malo &j;</title>
      <item><title><![CDATA[<script>alert(1)</script>Hola <img src=x onerror=alert(1)> a\u202eodos\u0007]]></title><link>javascript:alert(1)</link><guid isPermaLink="false">1</guid><description>&j;</description></item>
      <item><title>&amp;lt;b&amp;gt; se queda</title><link>${SITE}/x</link><guid isPermaLink="false">2</guid></item>
      <item><title></title></item>${'<item><title>Muchas</title></item>'.repeat(3)}</channel></rss>`);
    const before = Date.now();
    const { feed } = await add('/feed');
    expect(Date.now() - before).toBeLessThan(2000);
    const found = await items();
    expect(found.map((each) => [each.title, each.url])).toEqual([['<b> se queda', `${SITE}/x`], ['Hola aodos', null], ['Muchas', null]].sort((a, b) => String(a[0]).localeCompare(String(b[0]))));
    expect(JSON.stringify([feed, found])).not.toMatch(/lollol|script|\u202e|\\u0007/u);
    web.on('/deep', `<rss version="2.0"><channel>${'<a>'.repeat(300_000)}`);
    await expect(preview('/deep')).rejects.toMatchObject({ data: { code: 'feed_invalid' } });
    web.on('/many', rss('Muchas', Array.from({ length: 500 }, (_, i) => ({ title: `N ${i}`, link: `${SITE}/n/${i}` }))));
    expect(await preview('/many')).toMatchObject({ entries: 200, fresh: 200 });
  });

  it('is taken whole or not at all, and one that is on its way when the program ends is read again', async () => {
    web.on('/feed', rss('Web', [one, two]));
    core.app.db.raw.exec("CREATE TEMP TRIGGER ends BEFORE INSERT ON feed_entries WHEN new.key LIKE '%iva%' BEGIN SELECT raise(ABORT, 'the disk ends here'); END");
    await expect(add('/feed')).rejects.toThrow('the disk ends here');
    expect([await feeds(), await items()]).toEqual([[], []]);
    await core.restart();
    const { feed } = await add('/feed');
    let hangs: (() => void) | undefined;
    const begun = new Promise<void>((resolve) => { hangs = resolve; });
    web.on('/feed', (_request, response) => { response.writeHead(200).write('<rss version="2.0"><channel>'); hangs?.(); });
    const reading = core.call('sources.read', { id: feed.id }).catch((cause: unknown) => cause);
    await begun;
    await core.restart();
    expect(await reading).toMatchObject({ data: { code: 'cancelled' } });
    expect(await feeds()).toMatchObject([{ error: null, items: 2 }]);
    web.on('/feed', rss('Web', [one, two]));
    await later(2 * HOUR);
    expect(await titles()).toEqual(['Cierre contable', 'Guía del IVA']);
  });
});

describe('web statistics', () => {
  const page = (title: string, path: string): Promise<unknown> => core.call('library.save', { accountId: account.id, title, url: `${SITE}${path}`, summary: '', theme: 'Artículos', tier: 'free', publishedOn: null, expiresOn: null, evergreen: true, restDays: 30, notes: '', variants: [] });
  const ga4 = (...rows: string[]): string => ['# Cuenta: Cuenta Clara', '# Fecha de inicio: 20261117', '# Fecha de finalización: 20261123', 'Ruta de la página y clase de la pantalla,Vistas,Usuarios activos', ...rows].join('\n');
  const plain = (...rows: string[]): string => ['página;vistas;fecha', ...rows].join('\n');
  const input = (content: string) => ({ accountId: account.id, name: 'web.csv', content, host: null, dateOrder: 'auto' as const });
  const read = (content: string) => core.call('sources.statsImport', input(content));
  const clicks = async (): Promise<Record<string, number | null>> => Object.fromEntries((await items()).map((each) => [each.title, each.clicks]));
  beforeEach(async () => {
    await page('Cierre', '/articulos/cierre');
    await page('IVA', '/premium/iva/');
    await page('Nóminas', '/articulos/nominas?edicion=2');
  });

  it('are seen row by row, matched by address to items, and give their clicks and their last week', async () => {
    const file = ga4('/articulos/cierre/,"1.234,0",800', '/articulos/cierre?utm_source=x,66,60', '/premium/iva,30,20', '/articulos/nominas?edicion=2,31,3', '/aviso-legal,9,9', '(not set),3,3', '/premium/iva,muchas,1', ',1342,863');
    const seen = await core.call('sources.statsPreview', input(file));
    expect(seen).toMatchObject({ host: 'cuentaclara.example.com', hosts: ['cuentaclara.example.com'], span: { from: '2026-11-17', to: '2026-11-23' }, items: 3, unmatched: 1, skipped: 2, views: 1361, replaced: 0, total: 7 });
    expect(seen.rows.map((row) => [row.page, row.views, row.title, row.reason?.code ?? null])).toEqual([
      ['/articulos/cierre/', 1234, 'Cierre', null], ['/articulos/cierre?utm_source=x', 66, 'Cierre', null], ['/premium/iva', 30, 'IVA', null], ['/articulos/nominas?edicion=2', 31, 'Nóminas', null],
      ['/aviso-legal', 9, null, 'unmatched'], ['(not set)', 3, null, 'bad_page'], ['/premium/iva', null, null, 'bad_views'],
    ]);
    expect(await clicks()).toEqual({ Cierre: null, IVA: null, Nóminas: null });
    const { undoId } = await read(file);
    expect(await clicks()).toEqual({ Cierre: 1300, IVA: 30, Nóminas: 31 });
    const found = await items();
    expect(found[0]?.z7).toBeGreaterThan(1);
    expect(found[1]?.z7).toBeLessThan(0);
    expect((await core.call('sources.list', { accountId: account.id })).stats).toEqual({ from: '2026-11-17', to: '2026-11-23', pages: 3 });
    // A week later it was not last week any more.
    clock.jumpWall(8 * 24 * HOUR);
    expect((await items()).map((each) => [each.clicks, each.z7])).toEqual([[1300, null], [30, null], [31, null]]);
    await undo(undoId);
    expect(await clicks()).toEqual({ Cierre: null, IVA: null, Nóminas: null });
  });

  it('of days that were read before take their place, whatever the file, and come back with undo', async () => {
    await read(plain(`${SITE}/articulos/cierre;10;20/11/2026`, `www.cuentaclara.example.com/articulos/cierre;5;21/11/2026`, `/premium/iva;7;2026-11-21`));
    expect(await clicks()).toEqual({ Cierre: 15, IVA: 7, Nóminas: null });
    await read(plain('/articulos/cierre;6;21/11/2026', '/articulos/cierre;1;22/11/2026'));
    await read(plain('/articulos/cierre;6;21/11/2026', '/articulos/cierre;1;22/11/2026'));
    expect(await clicks()).toEqual({ Cierre: 17, IVA: 7, Nóminas: null });
    const whole = await core.call('sources.statsPreview', input(ga4('/articulos/cierre,100,1')));
    expect(whole).toMatchObject({ items: 1, replaced: 1 });
    const { undoId } = await read(ga4('/articulos/cierre,100,1'));
    expect(await clicks()).toEqual({ Cierre: 100, IVA: 7, Nóminas: null });
    await undo(undoId);
    expect(await clicks()).toEqual({ Cierre: 17, IVA: 7, Nóminas: null });
  });

  it('that say no page or no day are refused with the reason, and one of no item brings nothing', async () => {
    for (const [content, code] of [['título;tema\na;b', 'stats_unknown'], ['página;vistas\n/a;3', 'stats_undated'], [plain('/otra;3;20/11/2026'), 'not_found'], [plain('/articulos/cierre;3;20/11/2027'), 'not_found']] as const) await expect(read(content), content).rejects.toMatchObject({ data: { code } });
    expect((await core.call('sources.list', { accountId: account.id })).stats).toBeNull();
  });
});

describe("X's archive", () => {
  const tweet = (text: string, page: string | null, more: object = {}): object => ({ tweet: { full_text: page === null ? text : `${text} https://t.co/a`, created_at: 'Tue Nov 24 10:00:00 +0000 2026', entities: { urls: page === null ? [] : [{ url: 'https://t.co/a', expanded_url: page }] }, ...more } });
  const script = (posts: readonly object[]): string => `window.YTD.tweets.part0 = ${JSON.stringify(posts)}`;
  async function send(text: string, headers: Record<string, string> = {}): Promise<{ token: string; code?: string; posts: number; owner: unknown }> {
    const answer = await core.app.sidePath.handle({ method: 'POST', path: '/archive', headers, body: (async function* whole() { for (let at = 0; at < text.length; at += 65_536) yield Buffer.from(text.slice(at, at + 65_536)); })() });
    return JSON.parse(String(answer.body)) as never;
  }
  const mine = async (): Promise<{ 'x-owner-id': string; 'x-owner-name': string }> => ({ 'x-owner-id': String(core.app.db.get('SELECT remote_id FROM accounts WHERE id = :id', { id: account.id })?.['remote_id']), 'x-owner-name': account.username });
  const left = (): string[] => readdirSync(core.ports.paths.profile).filter((name) => name.startsWith('archive-'));

  it('is counted before it is taken; own posts with a link become items with their texts, gone again with one undo', async () => {
    await core.call('library.save', { accountId: account.id, title: 'Mía', url: `${SITE}/mia`, summary: '', theme: '', tier: 'free', publishedOn: null, expiresOn: null, evergreen: true, restDays: 30, notes: '', variants: [{ text: 'Lo dicho' }] });
    const { token, owner } = await send(script([
      tweet('Guía del IVA', `${SITE}/premium/iva`), tweet('El IVA, otra vez', `${SITE}/premium/iva?utm_source=x`), tweet('Sin enlace', null), tweet('RT @otra: algo', `${SITE}/x`), tweet('@otra mira', `${SITE}/y`, { in_reply_to_status_id_str: '7' }), tweet('Más de lo mío', `${SITE}/mia`),
    ]), await mine());
    const input = { accountId: account.id, token, theme: 'Archivo', tier: 'free' };
    expect(owner).toMatchObject({ username: account.username });
    expect(await core.call('sources.archivePreview', input)).toMatchObject({ posts: 6, reposts: 1, replies: 1, plain: 1, unread: 0, pages: 2, fresh: 1, same: 1, texts: 3, full: 0 });
    const { added, changed, undoId } = await core.call('sources.archiveImport', { ...input, mine: false });
    expect([added, changed]).toEqual([1, 1]);
    expect(await items()).toMatchObject([
      { title: 'Guía del IVA', url: `${SITE}/premium/iva`, tier: 'premium', theme: 'Archivo', source: { kind: 'archive', name: '' }, variants: [{ text: `Guía del IVA ${SITE}/premium/iva` }, { text: `El IVA, otra vez ${SITE}/premium/iva?utm_source=x` }] },
      { title: 'Mía', source: { kind: 'hand' }, variants: [{ text: 'Lo dicho' }, { text: `Más de lo mío ${SITE}/mia` }] },
    ]);
    // The same archive brings nothing more.
    const again = await send(script([tweet('Guía del IVA', `${SITE}/premium/iva`), tweet('Más de lo mío', `${SITE}/mia`)]), await mine());
    expect(await core.call('sources.archivePreview', { ...input, token: again.token })).toMatchObject({ pages: 2, fresh: 0, same: 0, texts: 0 });
    await expect(core.call('sources.archiveImport', { ...input, token: again.token, mine: false })).rejects.toMatchObject({ data: { code: 'not_found' } });
    await undo(undoId);
    expect(await items()).toMatchObject([{ title: 'Mía', variants: [{ text: 'Lo dicho' }] }]);
  });

  it('of another account is refused, one that does not say whose it is asks, and nothing of it stays on the disk', async () => {
    const file = script([tweet('Guía', `${SITE}/guia`)]);
    const other = await send(file, { 'x-owner-id': '999', 'x-owner-name': 'otra' });
    const input = { accountId: account.id, theme: '', tier: 'free' };
    await expect(core.call('sources.archivePreview', { ...input, token: other.token })).rejects.toMatchObject({ data: { code: 'archive_other', params: { owner: 'otra' } } });
    const unsaid = await send(file, { 'x-owner-id': 'no; es' });
    await expect(core.call('sources.archiveImport', { ...input, token: unsaid.token, mine: false })).rejects.toMatchObject({ data: { code: 'archive_unsure' } });
    await expect(core.call('sources.archivePreview', { ...input, token: other.token })).rejects.toMatchObject({ data: { code: 'archive_gone' } });
    for (const none of ['', 'PK\u0003\u0004', '{"a":1}', 'window.YTD.tweets.part0 = [ ]']) expect((await send(none)).code, none).toBe('archive_unreadable');
    expect(await core.call('sources.archiveImport', { ...input, token: unsaid.token, mine: true })).toMatchObject({ added: 1 });
    expect(left()).toEqual([]);
    await core.restart();
    await expect(core.call('sources.archivePreview', { ...input, token: unsaid.token })).rejects.toMatchObject({ data: { code: 'archive_gone' } });
  });

  it('of sixty thousand posts is read while the program goes on, and what came of one that was cut is swept away', async () => {
    const posts = Array.from({ length: 60_000 }, (_, i) => tweet(`Texto ${i}`, i % 10 === 0 ? `${SITE}/n/${i}` : null));
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const text = script(posts);
    last = performance.now();
    longest = 0;
    expect(await send(text, await mine())).toMatchObject({ posts: 60_000 });
    clearInterval(beat);
    expect(longest).toBeLessThan(500);
    await core.restart(() => writeFileSync(`${core.ports.paths.profile}/archive-abc.part`, 'x'));
    expect(left()).toEqual([]);
  });
});
