import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { picturePng } from '../../src/sandbox/png.ts';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { InputOf } from '../../src/shared/contract/index.ts';
import type { LibraryItem } from '../../src/shared/contract/library.ts';
import { type AttachedMedia, attachedMediaSchema } from '../../src/shared/contract/publications.ts';
import { addDays, dayOf } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { mp4 } from '../support/mp4.ts';

const START = Date.UTC(2026, 10, 24, 9, 0);
/** One pixel, ISO 89a. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
let core: TestCore;
let account: Account;
afterEach(async () => {
  await core?.stop();
});
async function begin(): Promise<void> {
  core = await startCore({ clock: new ManualClock(START) });
  account = await core.call('accounts.addPractice', {});
}
async function file(bytes: Uint8Array, type = 'image/png'): Promise<AttachedMedia> {
  const answer = await core.app.sidePath.handle({ method: 'POST', path: '/media', headers: { 'content-type': type }, body: (async function* () { await Promise.resolve(); yield bytes; })() });
  return attachedMediaSchema.parse(JSON.parse(String(answer.body)));
}
type Save = InputOf<'library.save'>;
const fields = { url: null, summary: '', theme: 'Artículos', tier: 'free', publishedOn: null, expiresOn: null, evergreen: true, restDays: 30, notes: '', variants: [] };
async function save(title: string, more: Partial<Save> = {}): Promise<{ item: LibraryItem; undoId: string }> {
  const saved = await core.call('library.save', { ...fields, title, accountId: account.id, ...more });
  if (saved.result !== 'saved') throw new Error('the same address');
  return saved;
}
const item = async (id: string): Promise<LibraryItem> => (await core.call('library.item', { id })).item;
const told = (media: readonly AttachedMedia[]): [string, string][] => media.map(({ id, alt }) => [id, alt]);
const files = (): string[] => readdirSync(core.ports.paths.media).sort();

describe('pictures of an item', () => {
  it('are kept in their order with their descriptions, over a restart, an undo and what says nothing of them', async () => {
    await begin();
    const [one, two] = [await file(picturePng(1)), await file(picturePng(2))];
    const made = await save('Cierre contable', { media: [{ id: two.id, alt: 'Barras' }, { id: one.id, alt: '' }] });
    expect(told(made.item.media)).toEqual([[two.id, 'Barras'], [one.id, '']]);
    expect(made.item.media[0]).toMatchObject({ mime: 'image/png', src: `/media/${two.id}` });
    await core.restart();
    const { id } = made.item;
    // A change that names none leaves them; one that was begun on an older state changes nothing.
    expect(told((await save('Otro título', { id, baseRevision: 1 })).item.media)).toHaveLength(2);
    await expect(save('Tarde', { id, baseRevision: 1, media: [] })).rejects.toMatchObject({ code: 'conflict' });
    const without = await save('Otro título', { id, media: [] });
    expect(without.item.media).toEqual([]);
    await core.call('undo.apply', { undoId: without.undoId });
    expect(told((await item(id)).media)).toEqual([[two.id, 'Barras'], [one.id, '']]);
    const removed = await core.call('library.remove', { ids: [id] });
    await core.call('undo.apply', { undoId: removed.undoId });
    expect(told((await core.call('library.list', { accountId: account.id }))[0]?.media ?? [])).toHaveLength(2);
    const film = await file(mp4(50_000, 2000), 'video/mp4');
    const gif = await file(GIF, 'image/gif');
    await expect(save('Vídeo', { media: [{ id: film.id, alt: '' }] })).rejects.toMatchObject({ code: 'media_unsupported' });
    await expect(save('GIF', { media: [{ id: gif.id, alt: '' }, { id: one.id, alt: '' }] })).rejects.toMatchObject({ code: 'item_gif_alone' });
    await expect(save('Nada', { media: [{ id: 'no-hay', alt: '' }] })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('go along with a draft, with what Fill plans and at its price, and come with a post that is kept', async () => {
    await begin();
    const one = await file(picturePng(1));
    const { item: made } = await save('Cierre contable', { media: [{ id: one.id, alt: 'Barras que suben' }] });
    const { publication } = await core.call('library.compose', { id: made.id, variantId: null });
    expect(told(publication.media)).toEqual([[one.id, 'Barras que suben']]);
    await core.call('publications.delete', { id: publication.id });
    const tomorrow = addDays(dayOf(START, account.zone), 1);
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: Array.from({ length: 7 }, () => [{ time: '09:00', theme: 'Artículos', tier: 'free' }]) } });
    const ask = { accountId: account.id, from: tomorrow, to: tomorrow, leave: [], library: true };
    const preview = await core.call('planning.fillPreview', ask);
    expect(preview.rows.map((row) => row.id)).toEqual([made.id]);
    await core.call('planning.fill', ask);
    const [planned] = await core.call('publications.list', { accountId: account.id, states: ['scheduled'] });
    expect(told(planned?.media ?? [])).toEqual([[one.id, 'Barras que suben']]);
    expect(preview.usd).toBe(planned?.usd);
    const written = await core.call('publications.save', { accountId: account.id, text: 'Con su imagen', tier: 'free', tierReason: null, media: [{ id: one.id, alt: 'Otra vez' }] });
    if (written.result !== 'placed') throw new Error('refused');
    expect(told((await core.call('library.keep', { publicationId: written.publication.id })).item.media)).toEqual([[one.id, 'Otra vez']]);
  });

  it('go with their account, but for those that a draft has', async () => {
    await begin();
    const [mine, shared] = [await file(picturePng(1)), await file(picturePng(2))];
    const { item: made } = await save('Cierre contable', { media: [{ id: mine.id, alt: '' }] });
    const { item: other } = await save('Otra', { media: [{ id: shared.id, alt: '' }] });
    await core.call('library.compose', { id: other.id, variantId: null });
    await core.call('library.remove', { ids: [made.id] });
    expect(files()).toEqual([mine.id, shared.id].sort());
    await core.call('accounts.remove', { accountId: account.id });
    await expect.poll(files).toEqual([shared.id]);
    expect(core.app.db.all('SELECT id FROM media')).toEqual([{ id: shared.id }]);
  });
});
