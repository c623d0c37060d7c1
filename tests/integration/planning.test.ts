import { afterEach, describe, expect, it } from 'vitest';
import { PublicationsRepository } from '../../src/main/core/features/publishing/repository.ts';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { buildIndex, checkPlacement, violations } from '../../src/shared/domain/ratio/index.ts';
import { presetWeek, slotsOn, templateRule, type TemplateSlot } from '../../src/shared/domain/template.ts';
import { addDays, dayOf, dayRange, instantToWall, wallToInstant } from '../../src/shared/domain/time.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

const MINUTE = 60_000;
/** A Tuesday. */
const START = Date.UTC(2026, 10, 24, 9, 0);
let core: TestCore;
let clock: ManualClock;
let account: Account;
let today: string;
afterEach(async () => {
  await core?.stop();
});

async function begin(): Promise<void> {
  clock = new ManualClock(START);
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
  // The practice account's own past would count: here the plan is all there is.
  for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
  await core.app.idle();
  core.app.db.run('DELETE FROM source_posts');
  today = dayOf(START, account.zone);
}
async function pass<T>(check: () => Promise<T | null | false>, most = 20 * MINUTE, step = 5000): Promise<T> {
  for (let gone = 0; gone <= most; gone += step) {
    const found = await check();
    if (found) return found;
    await clock.advance(step);
    await new Promise((resolve) => setTimeout(resolve, 12));
  }
  throw new Error('it never came');
}
let n = 0;
async function draft(tier: string, text = `Entrada ${(n += 1)}`): Promise<Publication> {
  const saved = await core.call('publications.save', { accountId: account.id, text, tier, tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  return saved.publication;
}
const place = async (tier: string, wall: string | 'nextFree') => core.call('publications.place', { id: (await draft(tier)).id, at: wall === 'nextFree' ? 'nextFree' : { wall } });
const state = (id: string): Promise<Publication> => core.call('publications.get', { id });
const inState = (id: string, wanted: Publication['state']) => async (): Promise<Publication | null> => {
  const found = await state(id);
  return found.state === wanted ? found : null;
};
/** Straight into the plan, past the rule. */
function put(tier: string, dueAt: number, sent = false): string {
  const made = new PublicationsRepository(core.app.db, 'test').create({ accountId: account.id, text: `Puesta ${(n += 1)}`, tier, tierReason: null, zone: account.zone, wall: instantToWall(dueAt, account.zone), dueAt, state: 'scheduled' }, clock.now());
  if (sent) core.app.db.run("UPDATE publications SET state = 'posted', sent_at = due_at WHERE id = :id", { id: made.id });
  return made.id;
}
const week = (day: TemplateSlot[]): TemplateSlot[][] => Array.from({ length: 7 }, () => day);
const index = async () => {
  const context = await core.call('planning.context', { accountId: account.id });
  return buildIndex({ ...context, ...templateRule(context.template) });
};
const said = (code: string): Record<string, unknown>[] => core.events.filter((event) => event.name === 'notice.raised' && (event.payload as { code: string }).code === code).map((event) => (event.payload as { params: Record<string, unknown> }).params);

describe('a day template', () => {
  it('is kept, checked, counted, taken back', async () => {
    await begin();
    expect(await core.call('planning.template', { accountId: account.id })).toMatchObject({ template: null, check: { ok: true, slots: 0 } });
    const saved = await core.call('planning.setTemplate', { accountId: account.id, template: { days: presetWeek('es') } });
    expect(saved).toMatchObject({ template: { period: 'week' }, check: { ok: true, slots: 315, perWeek: { free: 210, premium: 84, status: 21 } } });
    expect(core.events.some((event) => event.name === 'plan.changed')).toBe(true);
    await core.restart();
    const { template } = await core.call('planning.template', { accountId: account.id });
    expect(template?.days[6]?.[0]).toEqual({ time: '08:00', theme: 'Reseñas de investigación', tier: 'free' });
    // Today has begun: its empty slots do not count. Tomorrow's do.
    const plan = await index();
    expect(plan.places.filter((each) => each.unit === null && dayOf(each.time, account.zone) === today)).toHaveLength(0);
    expect(plan.places.filter((each) => each.unit === null && dayOf(each.time, account.zone) === addDays(today, 1))).toHaveLength(45);
    const bad = await core.call('planning.setTemplate', { accountId: account.id, template: { days: week([{ time: '12:00', theme: 'Solo', tier: 'premium' }, { time: '09:00', theme: 'Solo', tier: 'premium' }]) } });
    expect(bad.template).toMatchObject({ period: 'month', days: expect.arrayContaining([[expect.objectContaining({ time: '09:00' }), expect.objectContaining({ time: '12:00' })]]) });
    expect(bad.check.ok).toBe(false);
    expect(bad.check.breaks[0]).toMatchObject({ week: 1, weekday: 1, tier: 'premium' });
    await core.call('undo.apply', { undoId: bad.undoId });
    expect((await core.call('planning.template', { accountId: account.id })).check.slots).toBe(315);
    await expect(core.call('planning.setTemplate', { accountId: account.id, template: { days: week([{ time: '09:00', theme: '', tier: 'free' }, { time: '09:00', theme: '', tier: 'free' }]) } })).rejects.toMatchObject({ data: { code: 'bad_input' } });
  });

  it('lets premium be placed before the free posts around it; next free takes the slot of its tier', async () => {
    await begin();
    const tomorrow = addDays(today, 1);
    const slots = presetWeek('es')[0]!;
    const premium = slots.filter((slot) => slot.tier === 'premium');
    expect((await place('premium', `${tomorrow}T${premium[0]!.time}`)).result).toBe('placed');
    expect((await place('premium', `${tomorrow}T${premium[1]!.time}`)).result).toBe('refused');
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: presetWeek('es') } });
    for (const slot of premium.slice(1)) expect((await place('premium', `${tomorrow}T${slot.time}`)).result).toBe('placed');
    // Off the slots each is one more: of 46 thirteen are allowed, of 47 no more than that.
    expect((await place('premium', `${tomorrow}T19:10`)).result).toBe('placed');
    const refused = await place('premium', `${tomorrow}T19:20`);
    expect(refused).toMatchObject({ result: 'refused', violations: expect.arrayContaining([expect.objectContaining({ part: 'totals', day: tomorrow, count: 14, allowed: 13, over: 1 })]) });
    const next = await place('status', 'nextFree');
    if (next.result !== 'placed') throw new Error('refused');
    expect(slotsOn({ days: presetWeek('es') }, dayOf(next.publication.dueAt ?? 0, account.zone)).find((slot) => slot.time === next.publication.wall?.slice(11))?.tier).toBe('status');
    // What the window reckons with is what the core does.
    const plan = await index();
    expect(checkPlacement(plan, { remove: [], insert: [{ id: 'x', dueAt: wallToInstant(`${tomorrow}T19:20`, account.zone), tier: 'premium', state: 'scheduled' }] }).ok).toBe(false);
    expect(violations(plan)).toEqual([]);
  });

  it('judges a batch with its empty slots: rows without a time take slots of their tier', async () => {
    await begin();
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: presetWeek('es') } });
    const rows = ['texto;tipo;hora', ...Array.from({ length: 20 }, (_, i) => `Gratis ${i};gratis;`), ...Array.from({ length: 12 }, (_, i) => `De pago ${i};prémium;`), 'Otra;prémium;25/11/2026 19:20', 'Dos;prémium;25/11/2026 19:25'];
    const input = { accountId: account.id, format: 'csv' as const, content: rows.join('\n'), to: 'calendar' as const, defaultTier: 'free', dateOrder: 'auto' as const };
    const done = await core.call('publications.bulkCommit', input);
    const slots = presetWeek('es')[0]!;
    for (const row of done.rows.filter((each) => each.verdict === 'ok' && !each.wall?.includes('T19:2'))) expect(slots.find((slot) => slot.time === row.wall?.slice(11))?.tier).toBe(row.tier);
    expect(done.scheduled + done.drafts).toBe(34);
    expect(violations(await index())).toEqual([]);
    for (const row of done.rows.filter((each) => each.verdict === 'draft')) expect(row).toMatchObject({ tier: 'premium', reason: { code: 'ratio' } });
  });

  it('fills the template\'s free slots from the drafts: each of its tier, judged as a batch, with the reason of what stays, and one undo', async () => {
    await begin();
    const tomorrow = addDays(today, 1);
    const input = { accountId: account.id, from: today, to: tomorrow, leave: [] };
    expect(await core.call('planning.fillPreview', input)).toEqual({ rows: [], unfilled: [], left: [], slots: 0, free: [], usd: 0 });
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: week([{ time: '09:00', theme: 'Artículos', tier: 'free' }, { time: '12:00', theme: 'De pago', tier: 'premium' }, { time: '13:00', theme: 'Noticias', tier: 'free' }]) } });
    // It is ten o'clock: nine is past, and one at noon is taken.
    put('free', wallToInstant(`${today}T12:00`, account.zone));
    const one = await draft('free');
    await clock.advance(1);
    const [two, long, paid] = [await draft('free'), await draft('free', 'x'.repeat(300)), await draft('premium')];
    const bulk = await core.call('publications.bulkCommit', { accountId: account.id, format: 'lines', content: `${tomorrow} 12:50 Quiere mañana a la una\n${addDays(today, 5)} 10:00 Otro día`, to: 'tray', defaultTier: 'free', dateOrder: 'auto' });
    const preview = await core.call('planning.fillPreview', input);
    expect(preview.slots).toBe(4);
    expect(preview.rows.map((row) => [row.text, row.wall, row.theme])).toEqual([[one.text, `${today}T13:00`, 'Noticias'], [two.text, `${tomorrow}T09:00`, 'Artículos'], [paid.text, `${tomorrow}T12:00`, 'De pago'], ['Quiere mañana a la una', `${tomorrow}T13:00`, 'Noticias']]);
    expect(preview.left.map((each) => [each.text.slice(0, 8), each.reason.code])).toEqual(expect.arrayContaining([['Otro día', 'other_day'], ['xxxxxxxx', 'too_long']]));
    expect([preview.left.length, preview.free, preview.usd]).toEqual([2, [], expect.closeTo(0.06)]);
    expect((await state(one.id)).state).toBe('draft');
    const without = await core.call('planning.fillPreview', { ...input, leave: [one.id, paid.id] });
    expect(without.rows[0]).toMatchObject({ text: two.text, wall: `${today}T13:00` });
    expect(without.free).toEqual([{ day: tomorrow, tier: 'free', count: 1 }, { day: tomorrow, tier: 'premium', count: 1 }]);
    const done = await core.call('planning.fill', input);
    expect(done).toMatchObject({ placed: 4, left: 2 });
    expect(await state(paid.id)).toMatchObject({ state: 'scheduled', wall: `${tomorrow}T12:00` });
    expect(violations(await index())).toEqual([]);
    expect((await core.call('planning.fillPreview', input)).slots).toBe(0);
    await core.call('undo.apply', { undoId: done.undoId });
    for (const each of [one, two, long, paid]) expect((await state(each.id)).state).toBe('draft');
    expect((await core.call('planning.fillPreview', input)).rows).toEqual(preview.rows);
    expect(bulk.drafts).toBe(2);
    await expect(core.call('planning.fill', { ...input, from: tomorrow, to: today })).rejects.toMatchObject({ data: { code: 'not_found' } });
  });

  it('leaves out of a filling what the rule does not take', async () => {
    await begin();
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: week(Array.from({ length: 8 }, (_, i) => ({ time: `1${i}:00`, theme: '', tier: 'premium' }))) } });
    for (let i = 0; i < 8; i += 1) await draft('premium');
    const tomorrow = addDays(today, 1);
    const preview = await core.call('planning.fillPreview', { accountId: account.id, from: tomorrow, to: tomorrow, leave: [] });
    expect(preview.rows.length).toBeGreaterThan(0);
    expect(preview.rows.length + preview.left.length).toBe(8);
    for (const each of preview.left) expect(each.reason).toMatchObject({ code: 'ratio', params: { tier: 'premium' } });
    await core.call('planning.fill', { accountId: account.id, from: tomorrow, to: tomorrow, leave: [] });
    expect(violations(await index())).toEqual([]);
  });

  it('stops counting at midnight: what breaks is said, and the repair mends it', async () => {
    await begin();
    await core.call('planning.setTemplate', { accountId: account.id, template: { days: presetWeek('es') } });
    const tomorrow = addDays(today, 1);
    for (const slot of presetWeek('es')[0]!.filter((each) => each.tier === 'premium').slice(0, 4)) expect((await place('premium', `${tomorrow}T${slot.time}`)).result).toBe('placed');
    expect((await core.call('planning.repairPreview', { accountId: account.id }))).toEqual({ exchanges: [], toTray: [] });
    const midnight = dayRange(tomorrow, account.zone).start;
    await clock.advance(midnight - clock.now() - 1000);
    expect(said('plan_broken')).toEqual([]);
    await clock.advance(3000);
    await core.app.idle();
    expect(said('plan_broken')).toEqual([expect.objectContaining({ tier: 'premium', username: account.username })]);
    const preview = await core.call('planning.repairPreview', { accountId: account.id });
    // Two of four would be allowed; but two of two are not.
    expect(preview.toTray).toHaveLength(3);
    const repaired = await core.call('planning.repair', { accountId: account.id });
    expect(violations(await index())).toEqual([]);
    for (const id of preview.toTray) expect((await state(id)).state).toBe('draft');
    await core.call('undo.apply', { undoId: repaired.undoId });
    expect((await state(preview.toTray[0]!)).state).toBe('scheduled');
    // Said once a day, also after a restart.
    await core.restart();
    await core.app.idle();
    expect(said('plan_broken')).toHaveLength(1);
  });
});

describe('a plan in hand', () => {
  it('exchanges posts of the same minute place for place', async () => {
    await begin();
    const at = wallToInstant(`${addDays(today, 1)}T10:00`, account.zone);
    const ids = [put('free', at), put('free', at), put('free', at)].sort();
    for (let i = 0; i < 4; i += 1) put('free', at + (i + 1) * 60 * MINUTE);
    const premium = put('premium', at + 30 * MINUTE);
    const moved = await core.call('publications.place', { id: premium, at: { wall: instantToWall(at, account.zone) }, fix: { kind: 'exchange', withId: ids[1]! } });
    expect(moved.result).toBe('placed');
    const order = (await index()).places.filter((each) => each.time === at).map((each) => each.unit?.id);
    expect(order).toEqual([ids[0], premium, ids[2]]);
    await core.restart();
    expect((await index()).places.filter((each) => each.time === at).map((each) => each.unit?.id)).toEqual(order);
    if (moved.result === 'placed') expect(moved.alsoChanged.map((each) => each.id)).toEqual([ids[1]]);
  });

  it('spreads a day evenly with one undo, or leaves it', async () => {
    await begin();
    const day = addDays(today, 1);
    const at = (i: number): number => wallToInstant(`${day}T09:00`, account.zone) + i * 15 * MINUTE;
    const ids = Array.from({ length: 14 }, (_, i) => put(i < 4 ? 'premium' : 'free', at(i)));
    const done = await core.call('planning.spreadEvenly', { accountId: account.id, day });
    if (done.result !== 'changed') throw new Error(done.result);
    expect(done.changed).toBeGreaterThan(2);
    const tiers = (await index()).places.map((each) => each.unit?.tier);
    expect(tiers.slice(0, 4)).not.toEqual(['premium', 'premium', 'premium', 'premium']);
    expect(await core.call('planning.spreadEvenly', { accountId: account.id, day })).toEqual({ result: 'same' });
    await core.call('undo.apply', { undoId: done.undoId });
    expect((await state(ids[0]!)).dueAt).toBe(at(0));
  });
});

describe('at send time', () => {
  it('a post that comes too thick exchanges with the next base post of the day, once, and says so', async () => {
    await begin();
    // Last week's, so that the week's totals are free of them; sent a while ago.
    for (let i = 0; i < 14; i += 1) {
      const id = put(i < 5 ? 'premium' : 'free', START - 8 * 86_400_000 + i * MINUTE, true);
      core.app.db.run('UPDATE publications SET sent_at = :at WHERE id = :id', { id, at: START - (20 - i) * 10 * MINUTE });
    }
    const premium = put('premium', START + 2 * MINUTE);
    const base = put('free', START + 30 * MINUTE);
    await core.app.tick();
    const exchanged = await pass(async () => ((await state(premium)).dueAt === START + 30 * MINUTE ? state(premium) : null));
    expect(exchanged.state).toBe('scheduled');
    expect(said('send_exchanged')).toEqual([expect.objectContaining({ id: premium, withId: base, undoId: expect.any(String) })]);
    await pass(inState(base, 'posted'));
    await pass(inState(premium, 'posted'), 40 * MINUTE);
    expect(said('send_exchanged')).toHaveLength(1);
  });

  it('totals wait for the last base time of the day, then it is held, and goes out within its grace when the plan allows it', async () => {
    await begin();
    put('premium', START - 60 * MINUTE, true);
    const premium = put('premium', START + 2 * MINUTE);
    const base = put('free', START + 20 * MINUTE);
    await core.app.tick();
    const waiting = await pass(inState(premium, 'retry_wait'));
    expect(waiting.reason).toMatchObject({ code: 'ratio', params: { part: 'totals', count: 2, allowed: 1 } });
    await pass(inState(base, 'posted'), 30 * MINUTE);
    const held = await pass(inState(premium, 'held'));
    expect([held.heldReason, held.reason?.code]).toEqual(['ratio', 'ratio']);
    expect((await place('free', instantToWall(clock.now() + 60 * MINUTE, account.zone))).result).toBe('placed');
    await clock.advance(2 * MINUTE);
    const sent = await pass(inState(premium, 'posted'));
    expect(sent.late).toBe(true);
  });

  it('what the plan never allows is missed when its grace is over', async () => {
    await begin();
    put('premium', START - 60 * MINUTE, true);
    const premium = put('premium', START + 2 * MINUTE);
    await core.app.tick();
    await pass(inState(premium, 'held'));
    const missed = await pass(inState(premium, 'missed'), 150 * MINUTE, MINUTE);
    expect(missed.reason?.code).toBe('ratio');
    expect(clock.now() - (missed.dueAt ?? 0)).toBeGreaterThanOrEqual(120 * MINUTE);
  });
});

describe('rows of one minute', () => {
  it('are planned in the order of their file, which is the order that was judged', async () => {
    await begin();
    const tiers = [...Array<string>(5).fill('premium'), ...Array<string>(10).fill('free'), 'premium'];
    const day = addDays(today, 1);
    const rows = [...tiers.map((tier, i) => `A la vez ${i},${tier},${day} 10:00`), ...Array.from({ length: 20 }, (_, i) => `Después ${i},free,${day} ${String(12 + Math.floor(i / 4))}:${String((i % 4) * 15).padStart(2, '0')}`)];
    const done = await core.call('publications.bulkCommit', { accountId: account.id, format: 'csv', content: ['text,tier,time', ...rows].join('\n'), to: 'calendar', defaultTier: 'free', dateOrder: 'auto' });
    expect(done).toMatchObject({ scheduled: 36, drafts: 0 });
    const plan = await index();
    expect(violations(plan)).toEqual([]);
    const at = wallToInstant(`${day}T10:00`, account.zone);
    expect(plan.units.filter((unit) => unit.dueAt === at).map((unit) => unit.tier)).toEqual(tiers);
  });
});
