import { afterEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import { NO_STYLE } from '../../src/shared/domain/houseStyle.ts';
import { NO_TAGGING } from '../../src/shared/domain/linkTagging.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

const MINUTE = 60_000;
let core: TestCore;
let clock: ManualClock;
let account: Account;
afterEach(() => core.stop());
async function begin(): Promise<void> {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
}
async function run(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 10_000) {
    await clock.advance(10_000);
    await Promise.race([core.app.idle(), new Promise((resolve) => setTimeout(resolve, 40))]);
  }
}
async function draft(text: string): Promise<string> {
  const saved = await core.call('publications.save', { accountId: account.id, text, tier: 'free', tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  return saved.publication.id;
}
const place = (id: string, inMs: number) => core.call('publications.place', { id, at: { wall: instantToWall(clock.now() + inMs, account.zone) } });
const onNetwork = async (text: string): Promise<number> => (await core.control<{ text: string }[]>('GET', 'created')).filter((each) => each.text === text).length;

describe('the house style of an account', () => {
  it('keeps what it stops from being planned, and what was planned before it from going out until it is mended', async () => {
    await begin();
    const planned = await draft('Un chollo para tu cierre');
    expect((await place(planned, 3 * MINUTE)).result).toBe('placed');
    await core.call('accounts.update', { accountId: account.id, style: { ...NO_STYLE, banned: ['chollo'], stops: true } });
    const later = await draft('Otro CHOLLO');
    await expect(place(later, 10 * MINUTE)).rejects.toMatchObject({ data: { code: 'style_refused', params: { context: 'banned', word: 'chollo' } } });
    expect((await core.call('publications.get', { id: later })).state).toBe('draft');
    await run(5 * MINUTE);
    expect(await core.call('publications.get', { id: planned })).toMatchObject({ state: 'held', heldReason: 'style', reason: { code: 'house_style', params: { context: 'banned', word: 'chollo' } } });
    expect(await onNetwork('Un chollo para tu cierre')).toBe(0);
  });
  it('lets everything go where it only warns, and is kept over a restart', async () => {
    await begin();
    await core.call('accounts.update', { accountId: account.id, style: { ...NO_STYLE, signature: '^MB', signatureOn: 'all' } });
    const id = await draft('Sin firma');
    await place(id, 2 * MINUTE);
    await run(4 * MINUTE);
    expect((await core.call('publications.get', { id })).state).toBe('posted');
    expect((await core.call('accounts.list', {}))[0]?.style).toEqual({ ...NO_STYLE, signature: '^MB', signatureOn: 'all' });
  });
});

describe('tagged links', () => {
  it('stand in what is written from the library, which knows its page again', async () => {
    await begin();
    await core.call('accounts.update', { accountId: account.id, tagging: { ...NO_TAGGING, on: true, hosts: ['cuentaclara.example.com'] } });
    const saved = await core.call('library.save', {
      accountId: account.id, title: 'Cierre contable', url: 'https://cuentaclara.example.com/articulos/cierre', summary: '', theme: 'Artículos de la semana', tier: 'free', publishedOn: null, expiresOn: null,
      evergreen: false, restDays: 30, notes: '', variants: [{ text: 'El cierre, por partes' }],
    });
    if (saved.result !== 'saved') throw new Error('known already');
    const { item } = saved;
    const { publication } = await core.call('library.compose', { id: item.id, variantId: null });
    expect(publication.text).toBe('El cierre, por partes https://cuentaclara.example.com/articulos/cierre?utm_source=x&utm_medium=social&utm_campaign=articulos-de-la-semana');
    expect((await core.call('publications.place', { id: publication.id, at: 'nextFree' })).result).toBe('placed');
    const { shares } = await core.call('library.item', { id: item.id });
    expect(shares.map((each) => each.publicationId)).toContain(publication.id);
    // The tier is the item's, whatever stands behind its address.
    expect(publication.tier).toBe(item.tier);
  });
});
