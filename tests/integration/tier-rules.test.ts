import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { InputOf } from '../../src/shared/contract/index.ts';
import type { Placed, Publication } from '../../src/shared/contract/publications.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore, until } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { settle } from '../support/reading.ts';

const HOUR = 3_600_000;
let core: TestCore;
let clock: ManualClock;
let account: Account;
beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
});
afterEach(() => core.stop());

const placed = (answer: Placed): Publication => {
  if (answer.result !== 'placed') throw new Error('refused');
  return answer.publication;
};
const save = (more: Partial<InputOf<'publications.save'>>): Promise<Placed> => core.call('publications.save', { accountId: account.id, text: '', tier: 'free', tierReason: null, media: [], ...more });
const at = (inMs: number): { wall: string } => ({ wall: instantToWall(clock.now() + inMs, account.zone) });
async function plan(inMs: number, more: Partial<InputOf<'publications.save'>>): Promise<Publication> {
  return placed(await core.call('publications.place', { id: placed(await save(more)).id, at: at(inMs) }));
}
async function posted(more: Partial<InputOf<'publications.save'>>): Promise<Publication> {
  const { id } = placed(await save(more));
  await core.call('publications.sendNow', { id });
  return until(async () => {
    await clock.advance(1000);
    await settle(core);
    const found = await core.call('publications.get', { id });
    return found.state === 'posted' ? found : null;
  });
}

describe('a repost of an own post', () => {
  it('counts as what it repeats, whatever is saved or asked for later', async () => {
    const own = await posted({ text: 'Para suscriptores', tier: 'premium' });
    const target = { id: own.remoteId ?? '', username: account.username };
    const made = placed(await save({ kind: 'repost', target, tier: 'free' }));
    expect([made.counts, made.tier]).toEqual([true, 'premium']);
    expect(placed(await save({ id: made.id, tier: 'free', via: 'handoff' }))).toMatchObject({ tier: 'premium', via: 'handoff' });
    await core.call('publications.place', { id: made.id, at: at(2 * HOUR) });
    expect(placed(await save({ id: made.id, tier: 'status' })).tier).toBe('premium');
    // Too many premium posts around it: of the ways out, another tier is none.
    for (let i = 0; i < 3; i += 1) await core.call('publications.place', { id: placed(await save({ text: `Prémium ${i}`, tier: 'premium' })).id, at: at((3 + i) * HOUR) });
    const again = placed(await save({ kind: 'repost', target, tier: 'free' }));
    const answer = await core.call('publications.place', { id: again.id, at: at(7 * HOUR) });
    if (answer.result !== 'refused') throw new Error('placed');
    expect(answer.fixes.map((fix) => fix.kind)).not.toContain('retier');
    await expect(core.call('publications.place', { id: again.id, at: at(7 * HOUR), fix: { kind: 'retier', tier: 'free' } })).rejects.toMatchObject({ data: { code: 'bad_input' } });
  });
});

describe('a repost of somebody else\'s post', () => {
  const target = { id: '1234567890123456789', username: 'otra' };
  it('is outside the ratio: the next free time is a quarter of its own, whatever slots the plan has for the tier it was saved with', async () => {
    // One slot a day, in the evening, for the tier that its row happens to name.
    const day = [{ time: '18:00', theme: '', tier: 'free' }];
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: [day, day, day, day, day, day, day] } });
    const next = async (more: Partial<InputOf<'publications.save'>>): Promise<string | null> => placed(await core.call('publications.place', { id: placed(await save(more)).id, at: 'nextFree' })).wall;
    const outside = placed(await save({ kind: 'repost', target }));
    expect(outside.counts).toBe(false);
    expect(placed(await core.call('publications.place', { id: outside.id, at: 'nextFree' })).wall).toBe('2026-11-24T10:15');
    // The next one does not land on it.
    expect(await next({ kind: 'repost', target: { id: '1234567890123456788', username: 'otra' } })).toBe('2026-11-24T10:30');
    expect(await next({ text: 'Una entrada' })).toBe('2026-11-24T18:00');
    expect(await core.call('scheduler.status', {})).toMatchObject({ late: 0, nextDue: { id: outside.id } });
  });
});

describe('what is late', () => {
  it('is counted, and never named as what comes next', async () => {
    const late = await plan(HOUR, { text: 'A su hora no salió' });
    const coming = await plan(9 * HOUR, { text: 'Lo que viene' });
    expect(await core.call('scheduler.status', {})).toMatchObject({ late: 0, nextDue: { id: late.id } });
    // Its time passes while nothing looks at it.
    await core.app.stop();
    clock.jumpWall(2 * HOUR);
    const { createApp } = await import('../../src/main/core/app.ts');
    core.app = await createApp(core.ports);
    expect(await core.call('scheduler.status', {})).toMatchObject({ late: 1, nextDue: { id: coming.id } });
    clock.jumpWall(9 * HOUR);
    expect(await core.call('scheduler.status', {})).toMatchObject({ late: 2, nextDue: null });
  });
});

describe('a link that says another tier', () => {
  const PAID = 'Guía completa: https://cuentaclara.example.com/suscriptores/guia';
  beforeEach(async () => {
    account = await core.call('accounts.update', { accountId: account.id, urlRules: [{ pattern: 'cuentaclara.example.com/suscriptores/*', tier: 'premium' }, { pattern: 'cuentaclara.example.com/*', tier: 'free' }] });
  });
  it('needs a reason when it comes into a planned post, in any of its parts, and when it goes', async () => {
    const post = await plan(2 * HOUR, { text: 'Sin enlace', tier: 'status' });
    const keep = (more: Partial<InputOf<'publications.save'>>): Promise<Placed> => save({ id: post.id, text: 'Sin enlace', tier: 'status', ...more });
    const wanted = { data: { code: 'tier_needs_reason', params: { proposed: 'premium', tier: 'status' } } };
    await expect(keep({ text: PAID })).rejects.toMatchObject(wanted);
    await expect(keep({ parts: [{ text: PAID, media: [] }] })).rejects.toMatchObject(wanted);
    await expect(keep({ text: PAID, tierReason: ' \u200b' })).rejects.toMatchObject(wanted);
    expect((await core.call('publications.get', { id: post.id })).text).toBe('Sin enlace');
    expect(placed(await keep({ text: PAID, tierReason: 'Hoy está abierta' })).tierReason).toBe('Hoy está abierta');
    // The reason is taken away, or the link that fitted becomes another.
    await expect(keep({ text: PAID })).rejects.toMatchObject(wanted);
    expect(placed(await keep({ text: PAID, tier: 'premium' })).tier).toBe('premium');
    await expect(keep({ text: 'Gratis: https://cuentaclara.example.com/iva', tier: 'premium' })).rejects.toMatchObject({ data: { code: 'tier_needs_reason', params: { proposed: 'free', tier: 'premium' } } });
  });
  it('lets a draft be written as it is, and asks when it is placed', async () => {
    const draft = placed(await save({ text: PAID, tier: 'free' }));
    expect(draft.state).toBe('draft');
    for (const place of [core.call('publications.place', { id: draft.id, at: at(HOUR) }), core.call('publications.place', { id: draft.id, at: 'nextFree' }), core.call('publications.sendNow', { id: draft.id })]) await expect(place).rejects.toMatchObject({ data: { code: 'tier_needs_reason' } });
  });
  it('does not ask anew of what was planned before the rules said so', async () => {
    const post = await plan(2 * HOUR, { text: 'Lee https://otra.example.com/nota', tier: 'free' });
    account = await core.call('accounts.update', { accountId: account.id, urlRules: [{ pattern: 'otra.example.com/*', tier: 'premium' }] });
    expect(placed(await save({ id: post.id, text: 'Lee esto: https://otra.example.com/nota', tier: 'free' })).text).toContain('esto');
  });
  it('is no way out of a refusal by another tier', async () => {
    for (let i = 0; i < 5; i += 1) await plan((1 + i) * HOUR, { text: `Prémium ${i}`, tier: 'premium' }).catch(() => null);
    const answer = await core.call('publications.place', { id: placed(await save({ text: PAID, tier: 'premium' })).id, at: at(3 * HOUR) });
    if (answer.result !== 'refused') throw new Error('placed');
    expect(answer.fixes.map((fix) => fix.kind)).not.toContain('retier');
  });
  it('leaves a row of a paste as a draft with the reason', async () => {
    const content = `tier,text,date\nstatus,"${PAID}",2026-11-25 10:00\n`;
    const { rows } = await core.call('publications.bulkPreview', { accountId: account.id, format: 'csv', content, to: 'calendar', defaultTier: 'free', dateOrder: 'auto' });
    expect(rows.map((row) => [row.verdict, row.reason?.code])).toEqual([['draft', 'tier_contradicts']]);
  });
});

describe('a link to what is in the library', () => {
  const ADDRESS = 'https://cuentaclara.example.com/suscriptores/guia';
  const item = (more: Partial<InputOf<'library.save'>> = {}) => core.call('library.save', {
    accountId: account.id, title: 'Guía completa', url: ADDRESS, summary: '', theme: '', tier: 'status', publishedOn: null, expiresOn: null, evergreen: false, restDays: 30, notes: '', variants: [], ...more,
  });
  beforeEach(async () => {
    account = await core.call('accounts.update', { accountId: account.id, urlRules: [{ pattern: 'cuentaclara.example.com/suscriptores/*', tier: 'premium' }] });
  });
  it('has the tier of the item before that of a rule, however the address is written', async () => {
    const saved = await item();
    const draft = placed(await save({ text: `Lee ${ADDRESS.replace('cuentaclara', 'CuentaClara')}?utm_source=x#arriba`, tier: 'premium' }));
    await expect(core.call('publications.place', { id: draft.id, at: at(HOUR) })).rejects.toMatchObject({ data: { code: 'tier_needs_reason', params: { proposed: 'status', tier: 'premium' } } });
    expect(placed(await core.call('publications.place', { id: placed(await save({ text: `Lee ${ADDRESS}`, tier: 'status' })).id, at: at(HOUR) })).tier).toBe('status');
    const { rows } = await core.call('publications.bulkPreview', { accountId: account.id, format: 'lines', content: `Otra vez ${ADDRESS}`, to: 'tray', defaultTier: 'free', dateOrder: 'auto' });
    expect(rows.map((row) => row.tier)).toEqual(['status']);
    // Out of the library it says nothing more.
    await core.call('library.remove', { ids: [saved.item.id] });
    await expect(core.call('publications.place', { id: placed(await save({ text: `Y ${ADDRESS}`, tier: 'status' })).id, at: at(2 * HOUR) })).rejects.toMatchObject({ data: { code: 'tier_needs_reason', params: { proposed: 'premium' } } });
  });
  it('is what the composer is told, as far as the account has the tier', async () => {
    await item();
    const ask = (accountId: string) => core.call('library.tiers', { accountId, addresses: [ADDRESS, 'https://nadie.example.com/'] });
    expect(await ask(account.id)).toEqual([{ address: ADDRESS, tier: 'status' }]);
    await expect(ask('nobody')).rejects.toMatchObject({ data: { code: 'not_found' } });
    // A tier that the account's policy no longer has says nothing.
    const { policy } = account;
    account = await core.call('accounts.update', { accountId: account.id, policy: { ...policy, tiers: policy.tiers.filter((tier) => tier.key !== 'status') } });
    expect(await ask(account.id)).toEqual([]);
  });
});
