import { afterEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { InputOf, OutputOf } from '../../src/shared/contract/index.ts';
import type { LibraryItem } from '../../src/shared/contract/library.ts';
import { addDays, dayOf } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

/** A Tuesday. */
const START = Date.UTC(2026, 10, 24, 9, 0);
type Save = InputOf<'planning.saveCampaign'>;
type Item = InputOf<'library.save'>;
let core: TestCore;
let account: Account;
let today: string;
afterEach(async () => {
  await core?.stop();
});

/** Without a language the practice account has nothing of its own yet. */
async function begin(lang?: 'es'): Promise<void> {
  core = await startCore({ clock: new ManualClock(START) });
  account = await core.call('accounts.addPractice', {});
  if (lang) await core.call('settings.set', { lang });
  today = dayOf(START, account.zone);
}
const items = (): Promise<LibraryItem[]> => core.call('library.list', { accountId: account.id });
async function keep(title: string, more: Partial<Item>): Promise<LibraryItem> {
  const saved = await core.call('library.save', { accountId: account.id, title, url: null, summary: '', theme: 'Artículos de la semana', tier: 'free', publishedOn: null, expiresOn: null, evergreen: true, restDays: 1, notes: '', variants: [], ...more });
  if (saved.result !== 'saved') throw new Error('the same address');
  return saved.item;
}
const campaigns = (): Promise<OutputOf<'planning.campaigns'>> => core.call('planning.campaigns', { accountId: account.id });
const season = (more: Partial<Save> = {}): Save => ({ accountId: account.id, name: ' cierre 2026 ', theme: 'articulos DE la semana', from: today, to: addDays(today, 9), weight: 2, ...more });
const undo = (undoId: string): Promise<unknown> => core.call('undo.apply', { undoId });

describe('campaigns', () => {
  it('are kept, changed and taken out, each with its undo, over a restart too', async () => {
    await begin();
    const { campaign, undoId: first } = await core.call('planning.saveCampaign', season());
    expect(campaign).toMatchObject({ name: 'cierre 2026', theme: 'articulos DE la semana', from: today, weight: 2 });
    expect(core.events.some((event) => event.name === 'campaigns.changed')).toBe(true);
    const changed = await core.call('planning.saveCampaign', season({ id: campaign.id, weight: 1.5, to: today }));
    expect(await campaigns()).toEqual([{ ...campaign, weight: 1.5, to: today }]);
    // What changed since is not undone over it.
    await expect(undo(first)).rejects.toMatchObject({ data: { code: 'undo_gone' } });
    await undo(changed.undoId);
    expect(await campaigns()).toEqual([campaign]);
    const { undoId } = await core.call('planning.removeCampaign', { id: campaign.id });
    expect(await campaigns()).toEqual([]);
    await expect(core.call('planning.saveCampaign', season({ id: campaign.id }))).rejects.toMatchObject({ data: { code: 'not_found' } });
    await undo(undoId);
    await core.restart();
    expect(await campaigns()).toEqual([campaign]);
    const another = await core.call('planning.saveCampaign', season({ name: 'antes', from: addDays(today, -3) }));
    expect((await campaigns()).map((each) => each.name)).toEqual(['antes', 'cierre 2026']);
    await undo(another.undoId);
    expect(await campaigns()).toEqual([campaign]);
  });
  it('are refused with days that are none, an end before the start, more than a leap year, a weight out of bounds or no words', async () => {
    await begin();
    const bad: Partial<Save>[] = [{ from: '2026-02-30' }, { to: addDays(today, -1) }, { to: addDays(today, 366) }, { weight: 1 }, { weight: 5.1 }, { name: ' ' }, { theme: '' }, { name: 'n'.repeat(61) }];
    for (const more of bad) await expect(core.call('planning.saveCampaign', season(more)), JSON.stringify(more)).rejects.toMatchObject({ data: { code: 'bad_input' } });
    expect(await campaigns()).toEqual([]);
    expect((await core.call('planning.saveCampaign', season({ to: addDays(today, 365), weight: 1.1 }))).campaign.weight).toBe(1.1);
  });
  it('of the practice account is one of a theme that its library has, once, and goes with it', async () => {
    await begin('es');
    const [own] = await campaigns();
    expect(own).toMatchObject({ name: 'cierre 4T 2026', from: today, to: addDays(today, 9), weight: 2 });
    expect((await items()).map((item) => item.theme)).toContain(own?.theme);
    await core.call('planning.removeCampaign', { id: own?.id ?? '' });
    await core.restart();
    expect(await campaigns()).toEqual([]);
    await core.call('accounts.remove', { accountId: account.id });
    expect(core.app.db.get('SELECT count(*) AS n FROM campaigns')).toEqual({ n: 0 });
    await core.call('settings.set', { lang: 'en' });
    account = await core.call('accounts.addPractice', {});
    expect(await campaigns()).toMatchObject([{ name: 'Q4 2026 close', theme: 'Articles of the week' }]);
  });
  it('put what is of their theme first where a slot takes any theme, on their days only, and say so', async () => {
    await begin();
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: Array.from({ length: 7 }, () => [{ time: '12:00', theme: '', tier: 'free' }]) } });
    const fresh = await keep('Del día', { theme: 'Cursos', publishedOn: addDays(today, -6), variants: [{ text: 'Plazas libres' }] });
    const ours = await keep('Cierre contable', { variants: [{ text: 'Veinte comprobaciones' }] });
    const on = async (day: string) => (await core.call('planning.fillPreview', { accountId: account.id, from: day, to: day, leave: [], library: true })).rows[0];
    const day = addDays(today, 1);
    expect(await on(day)).toMatchObject({ id: fresh.id, item: { campaign: null, score: { campaign: 0 } } });
    await core.call('planning.saveCampaign', season({ weight: 3 }));
    const inside = await on(day);
    expect(inside).toMatchObject({ id: ours.id, item: { campaign: { name: 'cierre 2026', inside: true }, score: { campaign: 2 } } });
    const { total, ...terms } = inside?.item?.score ?? { total: 0 };
    expect(Math.round(total * 100)).toBe(Object.values(terms).reduce((sum, each) => sum + Math.round(each * 100), 0));
    expect(inside?.item?.rivals[0]?.id).toBe(fresh.id);
    // A label takes what has its words in the title.
    const label = await core.call('planning.saveCampaign', season({ name: 'plazas', theme: 'dia', weight: 5 }));
    expect(await on(day)).toMatchObject({ id: fresh.id, item: { campaign: { name: 'plazas', inside: true }, score: { campaign: 4 } } });
    await undo(label.undoId);
    // Who is put there by hand is told what it is outside of.
    const byHand = await core.call('planning.fillPreview', { accountId: account.id, from: day, to: day, leave: [], library: true, picks: [{ wall: `${day}T12:00`, itemId: fresh.id }] });
    expect(byHand.rows[0]?.item).toMatchObject({ campaign: { name: 'cierre 2026', inside: false }, score: { campaign: 0 } });
    expect(await on(addDays(today, 10))).toMatchObject({ id: fresh.id, item: { campaign: null } });
  });
});
