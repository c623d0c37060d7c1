import { afterEach, describe, expect, it } from 'vitest';
import { PublicationsRepository } from '../../src/main/core/features/publishing/repository.ts';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { InputOf } from '../../src/shared/contract/index.ts';
import type { LibraryItem } from '../../src/shared/contract/library.ts';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { buildIndex, violations } from '../../src/shared/domain/ratio/index.ts';
import { presetWeek, templateRule } from '../../src/shared/domain/template.ts';
import { addDays, dayOf, instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** A Tuesday. */
const START = Date.UTC(2026, 10, 24, 9, 0);
const SITE = 'https://cuentaclara.example.com';
let core: TestCore;
let clock: ManualClock;
let account: Account;
let today: string;
afterEach(async () => {
  await core?.stop();
});

async function begin(options: { items?: boolean } = {}): Promise<void> {
  clock = new ManualClock(START);
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
  // The practice account's own past would count: here the plan is all there is.
  for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
  await core.app.idle();
  core.app.db.run('DELETE FROM source_posts');
  // Its items are in the language of the interface, and wait for it.
  expect(await core.call('library.list', { accountId: account.id })).toEqual([]);
  if (options.items) await core.call('settings.set', { lang: 'es' });
  today = dayOf(START, account.zone);
}
const fields = { summary: '', theme: 'Artículos de la semana', tier: 'free', publishedOn: null, expiresOn: null, evergreen: true, restDays: 30, notes: '' };
type Save = InputOf<'library.save'>;
async function save(title: string, more: Partial<Save> = {}): Promise<LibraryItem> {
  const saved = await core.call('library.save', { ...fields, title, url: null, variants: [], accountId: account.id, ...more });
  if (saved.result !== 'saved') throw new Error('the same address');
  return saved.item;
}
const list = (): Promise<LibraryItem[]> => core.call('library.list', { accountId: account.id });
const input = (item: LibraryItem, more: Partial<Save> = {}): Save => {
  const { title, url, summary, theme, tier, publishedOn, expiresOn, evergreen, restDays, notes, id, accountId, variants, revision } = item;
  return { title, url, summary, theme, tier, publishedOn, expiresOn, evergreen, restDays, notes, id, accountId, variants, baseRevision: revision, ...more };
};
async function write(text: string, tier = 'free'): Promise<Publication> {
  const saved = await core.call('publications.save', { accountId: account.id, text, tier, tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  return saved.publication;
}
const undo = (undoId: string) => core.call('undo.apply', { undoId });
async function pass<T>(check: () => Promise<T | null | false | undefined>, most = 20 * MINUTE, step = 5000): Promise<T> {
  for (let gone = 0; gone <= most; gone += step) {
    const found = await check();
    if (found) return found;
    await clock.advance(step);
    await new Promise((resolve) => setTimeout(resolve, 12));
  }
  throw new Error('it never came');
}

describe('items', () => {
  it('are kept with their texts, changed, taken out and brought back, over a restart too', async () => {
    await begin();
    const first = await save('Cierre contable', { url: `${SITE}/articulos/cierre`, variants: [{ text: 'Veinte comprobaciones' }, { text: 'La 14 ahorra disgustos' }] });
    expect(first).toMatchObject({ source: { kind: 'hand' }, shares: 0, lastSharedAt: null, views: null, z7: null, revision: 1 });
    expect(core.events.some((event) => event.name === 'library.changed')).toBe(true);
    // The same page under another spelling is the same item.
    expect(await core.call('library.save', { ...fields, title: 'Otra vez', url: 'HTTPS://CuentaClara.example.com/articulos/cierre?utm_source=x#y', variants: [], accountId: account.id })).toEqual({ result: 'same', item: first });
    await clock.advance(MINUTE);
    const kept = first.variants.slice(1);
    const changed = await core.call('library.save', input(first, { title: 'Cierre, otra vez', variants: [...kept, { text: 'Nueva' }] }));
    if (changed.result !== 'saved') throw new Error('same');
    expect(changed.item).toMatchObject({ title: 'Cierre, otra vez', revision: 2, variants: [kept[0], { text: 'Nueva' }] });
    await expect(core.call('library.save', input(first, { title: 'Tarde' }))).rejects.toMatchObject({ data: { code: 'conflict' } });
    await expect(core.call('library.save', input(changed.item, { tier: 'gold' }))).rejects.toMatchObject({ data: { code: 'bad_input' } });
    await undo(changed.undoId);
    expect((await core.call('library.item', { id: first.id })).item).toMatchObject({ title: 'Cierre contable', variants: first.variants });
    const removed = await core.call('library.remove', { ids: [first.id] });
    expect([removed.removed, await list()]).toEqual([1, []]);
    await expect(core.call('library.item', { id: first.id })).rejects.toMatchObject({ data: { code: 'not_found' } });
    // Its address is free meanwhile: who took it keeps it.
    const other = await save('Otra', { url: `${SITE}/articulos/cierre` });
    await expect(undo(removed.undoId)).rejects.toMatchObject({ data: { code: 'undo_gone' } });
    await core.call('library.remove', { ids: [other.id] });
    await undo(removed.undoId);
    await core.restart();
    expect(await list()).toMatchObject([{ id: first.id, title: 'Cierre contable', variants: first.variants }]);
  });
  it('of the practice account are there once its language is chosen, once, in the interface\'s language, and go with it', async () => {
    await begin({ items: true });
    const found = await list();
    expect(found.length).toBeGreaterThanOrEqual(60);
    expect(new Set(found.map((item) => item.theme)).size).toBe(5);
    expect(found.every((item) => item.url?.startsWith(`${SITE}/`) && (item.publishedOn ?? '') <= today)).toBe(true);
    await core.call('library.remove', { ids: found.map((item) => item.id) });
    await core.restart();
    expect(await list()).toEqual([]);
    await core.call('accounts.remove', { accountId: account.id });
    expect(core.app.db.get('SELECT (SELECT count(*) FROM items) + (SELECT count(*) FROM item_variants) + (SELECT count(*) FROM item_posts) AS n')).toEqual({ n: 0 });
    await core.call('settings.set', { lang: 'en' });
    account = await core.call('accounts.addPractice', {});
    expect((await list()).map((item) => item.theme)).toContain('Articles of the week');
  });
});

describe('shares', () => {
  it('are own posts that were written elsewhere too, with their figures, once they were read', async () => {
    clock = new ManualClock(START);
    core = await startCore({ clock });
    await core.call('settings.set', { lang: 'es' });
    account = await core.call('accounts.addPractice', {});
    const known = async (): Promise<LibraryItem | undefined> => (await list()).find((item) => item.url?.endsWith('/premium/cierre-en-nueve-tardes') && item.shares > 0);
    const item = await pass(known, MINUTE);
    expect(item).toMatchObject({ shares: 1, nextDueAt: null });
    expect(item.views).toBeGreaterThan(0);
    expect(item.lastSharedAt).toBeLessThan(START);
    const { shares } = await core.call('library.item', { id: item.id });
    expect(shares).toMatchObject([{ publicationId: null, state: 'posted', at: item.lastSharedAt, views: item.views }]);
    expect(shares[0]?.url).toMatch(/^https:\/\/x\.com\/i\/status\/\d+$/);
    // It rests: nothing that was shared by hand is shared again at once.
    const day = addDays(today = dayOf(START, account.zone), 1);
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: Array.from({ length: 7 }, () => [{ time: '12:00', theme: '', tier: 'premium' }]) } });
    const { rows } = await core.call('planning.fillPreview', { accountId: account.id, from: day, to: day, leave: [], library: true });
    expect(rows.map((row) => row.id)).not.toContain(item.id);
  });
  it('are what is written from an item, what carries its address, and copies; its texts take turns', async () => {
    await begin();
    const early = await write(`Antes de la biblioteca: ${SITE}/articulos/cierre?utm_campaign=x`);
    const item = await save('Cierre contable', { url: `${SITE}/articulos/cierre`, variants: [{ text: 'Uno' }, { text: 'Dos' }] });
    const made = await core.call('library.compose', { id: item.id, variantId: null });
    expect(made.publication).toMatchObject({ state: 'draft', text: `Uno ${SITE}/articulos/cierre`, tier: 'free' });
    // Drafts are no shares.
    expect((await core.call('library.item', { id: item.id })).shares).toEqual([]);
    for (const [n, id] of [early.id, made.publication.id].entries()) await core.call('publications.place', { id, at: { wall: `${addDays(today, 1)}T1${n}:00` } });
    const planned = await core.call('library.item', { id: item.id });
    expect(planned.shares.map((share) => [share.publicationId, share.state])).toEqual([[made.publication.id, 'scheduled'], [early.id, 'scheduled']]);
    expect(planned.item).toMatchObject({ shares: 0, nextDueAt: planned.shares[1]?.at });
    expect((await core.call('library.compose', { id: item.id, variantId: null })).publication.text).toBe(`Dos ${SITE}/articulos/cierre`);
    expect((await core.call('library.compose', { id: item.id, variantId: item.variants[0]?.id ?? '' })).publication.text).toBe(`Uno ${SITE}/articulos/cierre`);
    // A copy is a share though its item has no address to be known by.
    const bare = await save('Consultorio', { variants: [{ text: 'Abrimos el consultorio' }] });
    const draft = await core.call('library.compose', { id: bare.id, variantId: null });
    const copy = await core.call('publications.copy', { id: draft.publication.id });
    await core.call('publications.place', { id: copy.id, at: { wall: `${addDays(today, 1)}T12:00` } });
    expect((await core.call('library.item', { id: bare.id })).shares).toMatchObject([{ publicationId: copy.id }]);
    await undo(draft.undoId);
    await expect(core.call('publications.get', { id: draft.publication.id })).rejects.toMatchObject({ data: { code: 'not_found' } });
    // Another address in the text, another item's share; the link gone, no share of one that was found by it.
    await core.call('publications.save', { id: early.id, accountId: account.id, text: 'Sin enlace', tier: 'free', tierReason: null, media: [] });
    expect((await core.call('library.item', { id: item.id })).shares).toHaveLength(1);
    const moved = await core.call('library.save', input((await core.call('library.item', { id: bare.id })).item, { url: `${SITE}/articulos/otra` }));
    if (moved.result !== 'saved') throw new Error('same');
    await core.call('publications.save', { id: early.id, accountId: account.id, text: `Ahora otra ${SITE}/articulos/otra`, tier: 'free', tierReason: null, media: [] });
    expect((await core.call('library.item', { id: bare.id })).shares).toHaveLength(2);
    await undo(moved.undoId);
    expect((await core.call('library.item', { id: bare.id })).shares).toHaveLength(1);
  });
  it('have the tier that their item says, whatever a rule says of its link (DOMAIN §2)', async () => {
    await begin();
    const item = await save('De pago', { url: `${SITE}/premium/guia` });
    const { publication } = await core.call('library.compose', { id: item.id, variantId: null });
    expect(publication.tier).toBe('free');
    expect(await core.call('publications.place', { id: publication.id, at: 'nextFree' })).toMatchObject({ result: 'placed', publication: { tier: 'free', tierReason: null } });
  });
  it('count once sent, with what the network says of them', async () => {
    await begin();
    // By the column alone: what is read at an age of a day is tests/integration/measurement.test.ts.
    await core.call('settings.set', { metrics: false });
    const item = await save('Cierre contable', { url: `${SITE}/articulos/cierre` });
    for (let n = 0; n < 3; n += 1) {
      const made = await core.call('library.compose', { id: item.id, variantId: null });
      await core.call('publications.save', { id: made.publication.id, accountId: account.id, text: `${n}: ${made.publication.text}`, tier: 'free', tierReason: null, media: [] });
      await core.call('publications.place', { id: made.publication.id, at: { wall: instantToWall(START + (n + 1) * 10 * MINUTE, account.zone) } });
    }
    const sent = await pass(async () => {
      const found = await core.call('library.item', { id: item.id });
      return found.item.shares === 3 && found;
    }, 90 * MINUTE, MINUTE);
    expect(sent.item).toMatchObject({ nextDueAt: null, views: null, z7: null });
    expect(sent.item.lastSharedAt).toBe(sent.shares[0]?.at);
    await clock.advance(DAY);
    await core.call('columns.add', { accountId: account.id, source: { kind: 'own' } });
    const read = await pass(async () => {
      const found = await core.call('library.item', { id: item.id });
      return found.item.views !== null && found;
    });
    expect(read.shares.every((share) => (share.views ?? -1) >= (share.interactions ?? 0))).toBe(true);
    expect(read.item.views).toBe(read.shares.reduce((sum, share) => sum + (share.views ?? 0), 0));
    // The mean of all there are is the middle.
    expect(read.item.z7).toBeCloseTo(0, 6);
    await core.restart();
    expect((await list())[0]).toMatchObject({ shares: 3, views: read.item.views });
  });
  it('make an item of a post, or another text of the one that has its address', async () => {
    await begin();
    const post = await write('Cuánto cuesta cumplir\ncuentaclara.example.com/resenas/cumplir');
    const kept = await core.call('library.keep', { publicationId: post.id });
    expect(kept.item).toMatchObject({ title: 'Cuánto cuesta cumplir', url: `${SITE}/resenas/cumplir`, tier: 'free', source: { kind: 'post' }, variants: [{ text: post.text }] });
    const again = await core.call('library.keep', { publicationId: (await write(`Otra forma de decirlo ${SITE}/resenas/cumplir`)).id });
    expect(again.item).toMatchObject({ id: kept.item.id, variants: [{ text: post.text }, { text: `Otra forma de decirlo ${SITE}/resenas/cumplir` }] });
    await undo(again.undoId);
    expect((await list()).flatMap((item) => item.variants.map((each) => each.text))).toEqual([post.text]);
    const other = await core.call('library.keep', { publicationId: (await write('Sin enlace, y sin más')).id });
    expect(other.item).toMatchObject({ title: 'Sin enlace, y sin más', url: null });
    await undo(other.undoId);
    expect(await list()).toHaveLength(1);
  });
});

describe('a file of items', () => {
  const ask = (content: string, more: Partial<InputOf<'library.import'>> = {}): InputOf<'library.import'> => ({ accountId: account.id, name: 'web.csv', content, dateOrder: 'auto', defaultTier: 'free', defaultTheme: 'Sin tema', ...more });
  it('is previewed, brought in with one undo, and brings what is known up to date', async () => {
    await begin();
    const known = await save('Título viejo', { url: `${SITE}/articulos/cierre`, variants: [{ text: 'Viejo' }] });
    const post = await write(`Ya dicho ${SITE}/premium/guia`, 'premium');
    await core.call('publications.place', { id: post.id, at: { wall: `${addDays(today, 1)}T12:00` } });
    const file = ask([
      'Título;Enlace;Tema;Tipo;Publicado;Caduca;Texto;Autora',
      `Cierre;${SITE}/articulos/cierre?utm_source=csv;;;24/11/2026;;Nuevo texto;Ana`,
      `Guía;${SITE}/premium/guia;Enlaces prémium;;2026-11-20;31/12/2026;Uno;Ana`,
      `;${SITE}/premium/guia;;;;;Dos;Luis`,
      'Sin enlace;;;al momento;;;"Dos líneas\nde texto";',
      `Mal tipo;${SITE}/a;;oro;;;;`, `Mala fecha;${SITE}/b;;;31/02/2026;;;`, 'Mala dirección;javascript:alert(1);;;;;;', ';;;;;;;Ana',
    ].join('\r\n'));
    const preview = await core.call('library.importPreview', file);
    expect(preview).toMatchObject({ fresh: 2, same: 1, skipped: 4, unknownColumns: ['Autora'] });
    expect(preview.rows.map((row) => [row.verdict, row.reason?.code ?? null])).toEqual([
      ['same', null], ['new', null], ['new', 'merged'], ['new', null], ['skipped', 'bad_tier'], ['skipped', 'bad_date'], ['skipped', 'bad_url'], ['skipped', 'empty'],
    ]);
    expect(preview.rows[0]).toMatchObject({ itemId: known.id, title: 'Cierre', publishedOn: '2026-11-24', theme: fields.theme, tier: 'free' });
    expect(await list()).toHaveLength(1);
    const done = await core.call('library.import', file);
    expect(done).toMatchObject({ added: 2, changed: 1, skipped: 4 });
    const items = await list();
    expect(items.find((item) => item.id === known.id)).toMatchObject({ title: 'Cierre', variants: [{ text: 'Viejo' }, { text: 'Nuevo texto' }] });
    expect(items.find((item) => item.title === 'Guía')).toMatchObject({ tier: 'premium', expiresOn: '2026-12-31', variants: [{ text: 'Uno' }, { text: 'Dos' }], source: { kind: 'csv', name: 'web.csv' } });
    expect(items.find((item) => item.title === 'Guía')?.nextDueAt).not.toBeNull();
    expect(items.find((item) => item.title === 'Sin enlace')).toMatchObject({ tier: 'status', theme: 'Sin tema', variants: [{ text: 'Dos líneas\nde texto' }] });
    // Once more: nothing comes twice, and what is as it was is not changed.
    expect(await core.call('library.import', file)).toMatchObject({ added: 0, changed: 0 });
    await undo(done.undoId);
    expect(await list()).toMatchObject([{ id: known.id, title: 'Título viejo', variants: [{ text: 'Viejo' }] }]);
  });
  it('that is hostile is refused or taken for what it says', async () => {
    await begin();
    const rows = (n: number): string => ['title,url', ...Array.from({ length: n }, (_, i) => `Artículo ${i},${SITE}/n/${i}`)].join('\n');
    await expect(core.call('library.importPreview', ask(rows(10_000)))).rejects.toMatchObject({ data: { code: 'batch_too_large', params: { rows: 10_000, max: 5000 } } });
    // Saved in another encoding: letters are lost, and nothing is made of the rest.
    expect((await core.call('library.importPreview', ask(`title,url\nT\ufffdtulo,${SITE}/a\nBien,${SITE}/b`))).rows.map((row) => row.reason?.code ?? row.verdict)).toEqual(['encoding', 'new']);
    // UTF-16 read as bytes.
    const wide = `\u00ff\u00fe${[...`title,url\nAncho,${SITE}/ancho`].map((letter) => `${letter}\0`).join('')}`;
    expect((await core.call('library.importPreview', ask(wide))).rows).toMatchObject([{ title: 'Ancho', url: `${SITE}/ancho`, verdict: 'new' }]);
    const odd = await core.call('library.import', ask(`title,url\n"=HYPERLINK(""http://malo.example"")",${SITE}/f\n@SUM(A1),=1+1\nNulo\0s,${SITE}/nulos\n${'x'.repeat(300)},${SITE}/largo`));
    expect(odd).toMatchObject({ added: 2, skipped: 2 });
    expect((await list()).map((item) => item.title).sort()).toEqual(['=HYPERLINK("http://malo.example")', 'Nulos']);
    await expect(core.call('library.importPreview', ask('title,url\n"sin cerrar'))).rejects.toMatchObject({ data: { code: 'csv_unreadable' } });
    await expect(core.call('library.import', ask(''))).rejects.toMatchObject({ data: { code: 'not_found' } });
    // Room for 5000: what comes after is said.
    await core.call('library.import', ask(rows(4999)));
    expect((await core.call('library.importPreview', ask(`title,url\nMás,${SITE}/mas\nYa,${SITE}/n/1`))).rows.map((row) => row.reason?.code ?? row.verdict)).toEqual(['full', 'same']);
    await expect(save('Una más')).rejects.toMatchObject({ data: { code: 'library_full' } });
  });
});

describe('filling from the library', () => {
  const tomorrow = (): string => addDays(today, 1);
  it('puts drafts first, then items, each with its reasons; carries out what it shows; and one undo takes it back', async () => {
    await begin({ items: true });
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: presetWeek('es') } });
    const mine = await write('Un borrador mío');
    const asked = { accountId: account.id, from: tomorrow(), to: tomorrow(), leave: [], library: true, seed: 7 };
    const preview = await core.call('planning.fillPreview', asked);
    expect(preview.rows[0]).toMatchObject({ id: mine.id, item: null });
    expect(preview.rows.length).toBeGreaterThan(30);
    expect(preview.rows.length + preview.unfilled.length).toBe(45);
    expect(await core.call('planning.fillPreview', asked)).toEqual(preview);
    const items = new Map((await list()).map((item) => [item.id, item]));
    for (const row of preview.rows) if (row.item) expect([items.get(row.id)?.theme, items.get(row.id)?.tier]).toEqual([row.theme, row.tier]);
    for (const each of preview.unfilled) expect(each.reason.code).toMatch(/^(no_item|used|resting|similar|unfit|ratio)$/);
    // By hand: another item here, nothing there; what is not wanted stays out.
    const [one, two, three] = preview.rows.filter((row) => row.item !== null);
    const rival = one?.item?.rivals[0];
    if (!one || !two || !three || !rival) throw new Error('too few');
    const byHand = { ...asked, leave: [three.id], picks: [{ wall: one.wall, itemId: rival.id }, { wall: two.wall, itemId: null }, { wall: `${today}T03:00`, itemId: rival.id }] };
    const settled = await core.call('planning.fillPreview', byHand);
    expect(settled.rows.find((row) => row.wall === one.wall)?.id).toBe(rival.id);
    expect(settled.unfilled.find((each) => each.wall === two.wall)?.reason.code).toBe('by_hand');
    expect(settled.rows.some((row) => row.id === three.id)).toBe(false);
    expect(settled.left).toContainEqual({ id: three.id, text: three.item?.title, tier: three.tier, reason: { code: 'left_out', params: {} } });
    const count = (): number => Number(core.app.db.get('SELECT count(*) AS n FROM publications WHERE deleted_at IS NULL')?.['n']);
    // Stopped midway, nothing of it is there.
    core.app.db.run(`CREATE TEMP TRIGGER stop BEFORE INSERT ON item_posts WHEN (SELECT count(*) FROM item_posts) = 20 BEGIN SELECT RAISE(ABORT, 'stopped'); END`);
    await expect(core.call('planning.fill', byHand)).rejects.toMatchObject({ message: expect.stringContaining('stopped') as string });
    core.app.db.run('DROP TRIGGER stop');
    expect([count(), (await core.call('publications.get', { id: mine.id })).state]).toEqual([1, 'draft']);
    const done = await core.call('planning.fill', byHand);
    expect([done.placed, count()]).toEqual([settled.rows.length, settled.rows.length]);
    expect((await core.call('library.item', { id: rival.id })).shares).toMatchObject([{ state: 'scheduled' }]);
    const context = await core.call('planning.context', { accountId: account.id });
    expect(violations(buildIndex({ ...context, ...templateRule(context.template) })).filter((each) => each.blocking)).toEqual([]);
    // What stands is not filled again, and what is planned rests.
    const rest = await core.call('planning.fillPreview', { ...asked, from: addDays(tomorrow(), 1), to: addDays(tomorrow(), 1) });
    expect(rest.rows.some((row) => row.id === rival.id)).toBe(false);
    expect(rest.unfilled.some((each) => each.reason.code === 'resting')).toBe(true);
    await undo(done.undoId);
    expect([count(), (await core.call('publications.get', { id: mine.id })).state]).toEqual([1, 'draft']);
    expect((await core.call('library.item', { id: rival.id })).item.nextDueAt).toBeNull();
    await core.restart();
    expect(count()).toBe(1);
    expect(await core.call('planning.fillPreview', asked)).toEqual(preview);
  });
  it('takes out what leaned on base posts that are missing, and says so', async () => {
    await begin();
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: presetWeek('es') } });
    for (let n = 0; n < 6; n += 1) await save(`De pago ${'abcdef'[n]?.repeat(9)}`, { tier: 'premium', theme: 'enlaces premium' });
    const preview = await core.call('planning.fillPreview', { accountId: account.id, from: tomorrow(), to: tomorrow(), leave: [], library: true });
    // Alone, one premium post fits.
    expect(preview.rows.length).toBeLessThan(3);
    const out = preview.unfilled.filter((each) => each.reason.code === 'ratio');
    expect(out.length).toBe(6 - preview.rows.length);
    expect(out[0]).toMatchObject({ tier: 'premium', theme: 'Enlaces prémium', reason: { params: { tier: 'premium' } } });
    expect(preview.unfilled.filter((each) => each.tier === 'free').every((each) => each.reason.code === 'no_item')).toBe(true);
  });
  it('answers for a full week of 315 slots, 1,200 items and 5,000 posts while one looks on', async () => {
    await begin();
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: presetWeek('es') } });
    const themes = ['Reseñas de investigación', 'Artículos de la semana', 'Noticias y opiniones', 'Enlaces prémium', 'Productos, actos y servicios'];
    const rows = Array.from({ length: 1200 }, (_, i) => {
      const theme = themes[i % 5];
      const tier = i % 5 < 3 ? 'free' : i % 5 === 3 || i % 2 === 0 ? 'premium' : 'status';
      return `Artículo número ${i} sobre ${(i * 7919).toString(36)} y ${(i * 104_729).toString(36)},${SITE}/${tier === 'premium' ? 'premium' : 'hoy'}/${i},"${theme}",${tier},${addDays(today, -(i % 60))},,Texto ${i}: ${(i * 15_485_863).toString(36)} con ${(i * 32_452_843).toString(36)} y lo demás`;
    });
    await core.call('library.import', { accountId: account.id, name: 'x.csv', content: ['title,url,theme,tier,published,expires,text', ...rows].join('\n'), dateOrder: 'auto', defaultTier: 'free', defaultTheme: '' });
    core.app.db.run('UPDATE items SET evergreen = 1');
    const items = await list();
    const repository = new PublicationsRepository(core.app.db, 'test');
    const origin = String(core.app.db.get('SELECT origin FROM accounts')?.['origin']);
    core.app.db.tx(() => {
      for (let n = 0; n < 5000; n += 1) {
        const at = START - DAY - n * 20 * MINUTE;
        const item = items[n % items.length];
        const { id } = repository.create({ accountId: account.id, text: `Entrada ${n} ${item?.url ?? ''}`, tier: 'free', tierReason: null, zone: account.zone, wall: instantToWall(at, account.zone), dueAt: at, state: 'scheduled' }, at);
        core.app.db.run("UPDATE publications SET state = 'posted', sent_at = due_at, remote_id = :remote WHERE id = :id", { id, remote: String(10_000 + n) });
        if (item) core.app.db.run('INSERT OR REPLACE INTO item_posts (publication_id, item_id, by_link) VALUES (:id, :itemId, 1)', { id, itemId: item.id });
        core.app.db.run("INSERT INTO posts (origin, id, author_id, created_at, text, payload, edited, fetched_at) VALUES (:origin, :remote, '1', :at, '', :payload, 0, :at)", {
          origin, remote: String(10_000 + n), at, payload: JSON.stringify({ entities: [], media: [], poll: null, metrics: { reposts: n % 7, replies: n % 3, likes: n % 50, quotes: 0, views: (n * 37) % 5000 } }),
        });
      }
    });
    core.app.db.run('UPDATE items SET rest_days = 5');
    const asked = { accountId: account.id, from: tomorrow(), to: addDays(today, 7), leave: [], library: true };
    const took: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const start = performance.now();
      const preview = await core.call('planning.fillPreview', { ...asked, seed: n });
      took.push(performance.now() - start);
      expect(preview.slots).toBe(315);
      expect(preview.rows.length).toBeGreaterThan(200);
    }
    if (process.env['FILL_TIMES']) process.stdout.write(`fill: ${took.map((ms) => ms.toFixed(0)).join(', ')} ms; list: ${await (async () => { const start = performance.now(); await list(); return (performance.now() - start).toFixed(0); })()} ms\n`);
    // Ten times what is aimed at: a machine under load fails no test.
    expect(Math.min(...took)).toBeLessThan(3000);
  }, 60_000);
});
