import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excessOf, over, rises, weigh } from '../../../../tests/support/bruteRatio.ts';
import { addDays, daysBetween, wallToInstant } from '../time.ts';
import { DEFAULT_POLICY, PRESET_60_40, type RatioPolicy, type TierDef, type Unit } from '../types.ts';
import { presetDay, presetWeek, templateRule } from '../template.ts';
import { admitBatch, applyEdit, buildIndex, chairman, checkAtSend, checkPlacement, checkTemplate, type Edit, editOf, editOfFix, fixesFor, normalise, periodFor, repair, spreadEvenly, stripFor, violations, worstOfUnit } from './index.ts';

const zone = 'Europe/Madrid';
const MONDAY = '2026-11-23';
const now = wallToInstant(`${MONDAY}T07:00`, zone);
const days = daysBetween('2026-11-02', '2027-01-24');
const at = (wall: string): number => wallToInstant(wall, zone);
const unit = (id: string, wall: string, tier: string): Unit => ({ id, dueAt: at(wall), tier, state: 'scheduled' });
const tier = (key: string, weight: number): TierDef => ({ key, name: { es: key, en: key }, letter: { es: 'X', en: 'X' }, color: 'teal', weight, graceMs: 0, tiedToTime: false });
const policyOf = (...weights: number[]): RatioPolicy => ({ tiers: weights.map((weight, i) => tier(`t${i}`, weight)), base: 't0', mode: 'enforce' });
const POLICIES: RatioPolicy[] = [DEFAULT_POLICY, PRESET_60_40, policyOf(1, 1), policyOf(6, 3, 2, 1), policyOf(5, 1, 1)];
const tierAt = (policy: RatioPolicy, n: number): string => policy.tiers[n % policy.tiers.length]?.key ?? policy.base;
const slotTime = (day: number, slot: number): number => at(`${addDays(MONDAY, day)}T08:00`) + slot * 900_000;
const rowsArb = (most: number) => fc.array(fc.record({ day: fc.nat(4), slot: fc.nat(40), tier: fc.nat(30), flag: fc.nat(11) }), { minLength: 8, maxLength: most, size: 'max' });
const build = (policy: RatioPolicy, units: readonly Unit[], template: readonly string[] = []) => buildIndex({ policy, zone, now, units, templateOf: () => template });
const insert = (...units: Unit[]): Edit => ({ remove: [], insert: units });

describe('fixes', () => {
  it('are each accepted when taken', () => {
    let taken = 0;
    const kinds = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...POLICIES), fc.constantFrom([], ['08:00', '11:00', '16:00']), rowsArb(45), fc.record({ day: fc.nat(4), slot: fc.nat(40), tier: fc.nat(30), which: fc.nat(80), kind: fc.nat(2) }), (policy, template, rows, wanted) => {
        let index = build(policy, [], template);
        rows.forEach((row, i) => {
          const edit = insert({ id: `u${i}`, dueAt: slotTime(row.day, row.slot), tier: tierAt(policy, row.tier), state: 'scheduled', ...(row.flag === 0 ? { tied: true } : row.flag === 1 ? { overridden: true } : {}) });
          if (row.flag === 1 || checkPlacement(index, edit).ok) index = applyEdit(index, edit);
        });
        const subject = index.units[wanted.which % Math.max(1, index.units.length)];
        const dueAt = slotTime(wanted.day, wanted.slot);
        const other = tierAt(policy, wanted.tier);
        const change = wanted.kind === 0 || !subject ? insert({ id: 'new', dueAt, tier: other, state: 'scheduled' }) : wanted.kind === 1 ? editOf(index, { kind: 'move', id: subject.id, dueAt }) : editOf(index, { kind: 'retier', id: subject.id, tier: other });
        if (checkPlacement(index, change).ok) return;
        const fixes = fixesFor(index, change);
        expect(fixes.at(-1)?.kind).toBe('override');
        for (const fix of fixes) {
          kinds.add(fix.kind);
          const edit = editOfFix(index, change, fix);
          if (fix.kind === 'addBase') {
            const more = Array.from({ length: fix.n }, (_, i): Unit => ({ id: `b${i}`, order: '!', dueAt: Math.max(now + 1, at(`${fix.day}T00:00`)), tier: policy.base, state: 'scheduled' }));
            // Where they lean on a day's totals, any time of the day serves.
            if (checkPlacement(index, change).violations.every((each) => each.part === 'totals' && each.day === fix.day)) expect(checkPlacement(index, { ...change, insert: [...change.insert, ...more] }).ok).toBe(true);
          }
          if (!edit) {
            expect(['none', 'addBase', 'override']).toContain(fix.kind);
            continue;
          }
          taken += 1;
          expect(checkPlacement(index, edit).ok).toBe(true);
          expect(rises(excessOf(index.plan, days), excessOf(applyEdit(index, edit).plan, days))).toEqual([]);
        }
      }),
      { numRuns: 400, seed: 20261125, endOnFailure: true },
    );
    expect(taken).toBeGreaterThan(100);
    for (const kind of ['exchange', 'takePlace', 'earlier', 'later', 'none', 'addBase', 'retier', 'override']) expect(kinds, kind).toContain(kind);
  });
  it('exchange the whole place, order among equal times included', () => {
    const units = [unit('a', `${MONDAY}T09:00`, 'free'), unit('b', `${MONDAY}T09:00`, 'free'), unit('c', `${MONDAY}T09:00`, 'free'), unit('z', `${MONDAY}T10:00`, 'premium')];
    const index = build(DEFAULT_POLICY, units);
    const after = applyEdit(index, editOf(index, { kind: 'exchange', a: 'b', b: 'z' }));
    expect(after.places.map((place) => place.unit?.id).filter((id) => id !== undefined)).toEqual(['a', 'z', 'c', 'b']);
  });
  it('an exception uses up its tier until it is repaid', () => {
    let index = build(DEFAULT_POLICY, [unit('p1', `${MONDAY}T09:00`, 'premium')]);
    const second = insert(unit('p2', `${MONDAY}T10:00`, 'premium'));
    expect(checkPlacement(index, second)).toMatchObject({ ok: false, refused: true, violations: [{ part: 'totals', day: MONDAY, tier: 'premium', count: 2, allowed: 1, over: 1 }] });
    expect(fixesFor(index, second).at(-1)).toEqual({ kind: 'override', tier: 'premium', repaid: 2 });
    index = applyEdit(index, insert({ ...unit('p2', `${MONDAY}T10:00`, 'premium'), overridden: true }));
    expect(checkPlacement(index, insert(unit('p3', `${MONDAY}T12:00`, 'premium'))).ok).toBe(false);
    for (let i = 0; i < 2; i += 1) index = applyEdit(index, insert(unit(`f${i}`, `${MONDAY}T11:0${i}`, 'free')));
    expect(violations(index)).toEqual([]);
    // Moved, it is a new addition: its reason was for its old time.
    expect(editOf(index, { kind: 'move', id: 'p2', dueAt: at(`${MONDAY}T13:00`) }).insert[0]?.overridden).toBeUndefined();
  });
  it('says of warn and off what they are', () => {
    const rows = [unit('p1', `${MONDAY}T09:00`, 'premium')];
    const second = insert(unit('p2', `${MONDAY}T10:00`, 'premium'));
    expect(checkPlacement(build({ ...DEFAULT_POLICY, mode: 'warn' }, rows), second)).toMatchObject({ ok: false, refused: false });
    expect(checkPlacement(build({ ...DEFAULT_POLICY, mode: 'off' }, rows), second)).toEqual({ ok: true, refused: false, violations: [] });
    expect(checkAtSend(build({ ...DEFAULT_POLICY, mode: 'warn' }, [...rows, ...second.insert]), 'p2').result).toBe('send');
  });
});

describe('repair', () => {
  it('always ends, and leaves nothing broken that could still be mended', () => {
    fc.assert(
      fc.property(fc.constantFrom(...POLICIES), fc.constantFrom([], ['08:00', '11:00', '16:00']), rowsArb(60), (policy, template, rows) => {
        const units = rows.map((row, i): Unit => ({ id: `u${i}`, dueAt: slotTime(row.day, row.slot), tier: tierAt(policy, row.tier), state: row.flag === 2 ? 'retry_wait' : 'scheduled', ...(row.flag === 0 ? { tied: true } : {}) }));
        const index = build(policy, units, template);
        const plan = repair(index);
        let after = index;
        for (const pair of plan.exchanges) after = applyEdit(after, editOf(after, { kind: 'exchange', ...pair }));
        for (const id of plan.toTray) after = applyEdit(after, editOf(after, { kind: 'remove', id }));
        expect(over(excessOf(after.plan, days))).toEqual([]);
        expect(applyEdit(index, plan.edit).places.map((place) => [place.time, place.unit?.id])).toEqual(after.places.map((place) => [place.time, place.unit?.id]));
        expect(repair(after)).toEqual({ exchanges: [], toTray: [], edit: { remove: [], insert: [] } });
      }),
      { numRuns: 250, seed: 20261125, endOnFailure: true },
    );
  });
  it('leaves what has gone out and what has an exception', () => {
    const sent = Array.from({ length: 3 }, (_, i): Unit => ({ ...unit(`s${i}`, `${MONDAY}T0${i}:30`, 'premium'), state: 'posted', sentAt: at(`${MONDAY}T0${i}:30`) }));
    const index = build(DEFAULT_POLICY, [...sent, { ...unit('x', `${MONDAY}T12:00`, 'premium'), overridden: true }, unit('p', `${MONDAY}T13:00`, 'premium')]);
    expect(repair(index).toTray).toEqual(['p']);
    expect(violations(applyEdit(index, repair(index).edit)).every((each) => !each.blocking)).toBe(true);
  });
});

describe('a batch', () => {
  /** Fewest rows that must stay out, by trying all subsets. */
  function fewest(index: ReturnType<typeof build>, rows: readonly Unit[]): number {
    for (let size = 0; ; size += 1) {
      for (let mask = 0; mask < 1 << rows.length; mask += 1) {
        const kept = rows.filter((_, i) => !(mask & (1 << i)));
        if (rows.length - kept.length === size && checkPlacement(index, insert(...kept)).ok) return size;
      }
    }
  }
  it('leaves out the fewest rows (all subsets tried) of a plan that held; nowhere a row that could have stayed; and what stays raises nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...POLICIES), fc.constantFrom([], ['08:00', '11:00']), fc.array(fc.record({ day: fc.nat(2), slot: fc.nat(12), tier: fc.nat(30) }), { maxLength: 14 }), fc.array(fc.record({ day: fc.nat(2), slot: fc.nat(12), tier: fc.nat(30) }), { minLength: 2, maxLength: 8 }), (policy, template, there, wanted) => {
        const make = (id: string) => (row: { day: number; slot: number; tier: number }, i: number): Unit => ({ id: `${id}${i}`, dueAt: slotTime(row.day, row.slot), tier: tierAt(policy, row.tier), state: 'scheduled' });
        const index = build(policy, there.map(make('u')), template);
        const rows = wanted.map(make('row'));
        const { left } = admitBatch(index, rows);
        const out = new Set(left.map((each) => each.id));
        const kept = rows.filter((row) => !out.has(row.id));
        expect(rises(excessOf(index.plan, days), excessOf({ ...index.plan, units: [...index.units, ...kept] }, days))).toEqual([]);
        expect(left.every((each) => rows.find((row) => row.id === each.id)?.tier === each.violation.tier)).toBe(true);
        if (template.length === 0 && violations(index).length === 0) expect(left.length).toBe(fewest(index, rows));
        const after = applyEdit(index, insert(...kept));
        for (const row of rows) if (out.has(row.id)) expect(checkPlacement(after, insert(row)).ok, row.id).toBe(false);
      }),
      { numRuns: 1000, seed: 20261125, endOnFailure: true },
    );
  });
  it('judges 2,000 rows at once', () => {
    const rows = Array.from({ length: 2000 }, (_, i): Unit => ({ id: `row${String(i).padStart(4, '0')}`, dueAt: now + (i + 1) * 20 * 60_000, tier: ['free', 'premium', 'status'][i % 3]!, state: 'scheduled' }));
    const began = performance.now();
    const { left } = admitBatch(build(DEFAULT_POLICY, []), rows);
    expect(performance.now() - began).toBeLessThan(2000);
    const out = new Set(left.map((each) => each.id));
    expect(violations(build(DEFAULT_POLICY, rows.filter((row) => !out.has(row.id))))).toEqual([]);
    expect(rows.length - left.length).toBeGreaterThan(900);
  });
});

describe('the template', () => {
  const rule = templateRule({ period: 'week', days: presetWeek('es') });
  it('is the preset of 45: 30:12:3 from 08:00 to 19:00, and holds', () => {
    const day = presetDay('en');
    expect([day.length, day[0]?.time, day.at(-1)?.time]).toEqual([45, '08:00', '19:00']);
    const count = (by: 'theme' | 'tier'): Record<string, number> => Object.fromEntries([...new Set(day.map((slot) => slot[by]))].map((each) => [each, day.filter((slot) => slot[by] === each).length]));
    expect(count('tier')).toEqual({ free: 30, premium: 12, status: 3 });
    expect(count('theme')).toEqual({ 'Research reviews': 10, 'Articles of the week': 10, 'Premium links': 10, 'News and opinions': 10, 'Products, events and services': 5 });
    expect(checkTemplate(DEFAULT_POLICY, presetWeek('es'))).toEqual({ ok: true, slots: 315, perWeek: { free: 210, premium: 84, status: 21 }, breaks: [] });
  });
  it('is checked as its sequence repeated: 30:10:5 exceeds status, and so does a good sum in a bad order', () => {
    const order = ['free', 'free', 'premium', 'free', 'free', 'status', 'free', 'free', 'premium'];
    const five = Array.from({ length: 45 }, (_, i) => ({ time: `${String(8 + Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')}`, tier: order[i % 9]! }));
    const check = checkTemplate(DEFAULT_POLICY, Array.from({ length: 7 }, () => five));
    expect(check.ok).toBe(false);
    expect(check.breaks.some((each) => each.part === 'totals' && each.tier === 'status' && each.weekday === 1 && each.count === 5 && each.allowed === 3)).toBe(true);
    const lumped = Array.from({ length: 7 }, () => presetDay('es').map((slot, i) => ({ time: slot.time, tier: i < 12 ? 'premium' : i < 15 ? 'status' : 'free' })));
    expect(checkTemplate(DEFAULT_POLICY, lumped).breaks[0]).toMatchObject({ part: 'spread', tier: 'premium', weekday: 1, time: '09:15', count: 6, allowed: 5 });
  });
  it('counts by four weeks when it has fewer than 2W slots a week', () => {
    const sparse = Array.from({ length: 7 }, (_, i) => (i < 4 ? [{ time: '10:00', tier: i === 1 ? 'premium' : 'free' }] : []));
    expect(periodFor(DEFAULT_POLICY, sparse)).toBe('month');
    expect(periodFor(DEFAULT_POLICY, presetWeek('es'))).toBe('week');
    expect(checkTemplate(DEFAULT_POLICY, sparse).ok).toBe(true);
    expect(checkTemplate(DEFAULT_POLICY, [])).toMatchObject({ ok: true, slots: 0 });
  });
  it.each(['front', 'back', 'random'])('lets a full week of 45 a day be filled from the %s with nothing refused', (way) => {
    const slots = Array.from({ length: 7 }, (_, d) => presetDay('es').map((slot, i) => unit(`${d}-${i}`, `${addDays(MONDAY, d + 1)}T${slot.time}`, slot.tier))).flat();
    const order = way === 'front' ? slots : way === 'back' ? slots.toReversed() : slots.map((each, i) => ({ each, key: (i * 7919) % 10_007 })).sort((a, b) => a.key - b.key).map(({ each }) => each);
    let index = buildIndex({ policy: DEFAULT_POLICY, zone, now, units: [], ...rule });
    let refused = 0;
    for (const each of order) {
      if (checkPlacement(index, insert(each)).ok) index = applyEdit(index, insert(each));
      else refused += 1;
    }
    expect(refused).toBe(0);
  });
  it('stops counting at midnight: what leaned on it is said the day before, and mended after', () => {
    const units = presetDay('es').filter((slot) => slot.tier === 'premium').slice(0, 6).map((slot, i) => unit(`p${i}`, `${addDays(MONDAY, 1)}T${slot.time}`, slot.tier));
    const plan = { policy: DEFAULT_POLICY, zone, now, units, ...rule };
    expect(violations(buildIndex(plan))).toEqual([]);
    // 6 premium need N with ceil(N * 4 / 15) >= 6: 19; there are 6, and of 6 two are allowed.
    expect(stripFor(buildIndex(plan), MONDAY).tomorrow).toEqual([{ day: addDays(MONDAY, 1), tier: 'premium', count: 6, missingBase: 13, held: 4 }]);
    const after = buildIndex({ ...plan, now: at(`${addDays(MONDAY, 1)}T00:00`) });
    expect(violations(after)).toContainEqual(expect.objectContaining({ part: 'totals', count: 6, allowed: 2, blocking: true }));
    expect(violations(applyEdit(after, repair(after).edit))).toEqual([]);
  });
});

describe('chairman', () => {
  it('keeps every prefix near its share and repeats every W', () => {
    for (const policy of [...POLICIES, policyOf(7, 5, 3, 2, 1, 1), policyOf(1, 9)]) {
      const { weight, total } = weigh(policy);
      const k = policy.tiers.length;
      const sequence = chairman(policy, 3 * total);
      sequence.forEach((each, i) => expect(each).toBe(sequence[i % total]));
      for (let n = 1; n <= sequence.length; n += 1) {
        for (const [key, w] of weight) {
          const count = sequence.slice(0, n).filter((each) => each === key).length;
          expect(Math.abs(count - (n * w) / total)).toBeLessThanOrEqual(1 - 1 / (2 * k - 2) + 1e-9);
        }
      }
    }
  });
  it('joined to history keeps both parts, day after day', () => {
    fc.assert(
      fc.property(fc.constantFrom(...POLICIES), fc.array(fc.nat(30), { minLength: 4, maxLength: 7 }), (policy, sizes) => {
        const units: Unit[] = [];
        sizes.forEach((size, d) => {
          const period = Object.fromEntries(policy.tiers.map((each) => [each.key, units.filter((other) => other.tier === each.key).length]));
          chairman(policy, size, { trailing: units.map((each) => each.tier), period }).forEach((key, i) => units.push({ id: `${d}-${String(i).padStart(2, '0')}`, dueAt: slotTime(d, i), tier: key, state: 'scheduled' }));
        });
        expect(over(excessOf({ policy, zone, now, units }, days))).toEqual([]);
      }),
      { numRuns: 60, seed: 20261125, endOnFailure: true },
    );
  });
  it('divides weights by what they share', () => {
    expect(normalise([60, 40])).toEqual({ weights: [3, 2], total: 5 });
    expect(normalise([10, 4, 1])).toEqual({ weights: [10, 4, 1], total: 15 });
  });
});

describe('spread evenly', () => {
  it('only does what the checker passes, keeps times and counts, and leaves what is tied', () => {
    fc.assert(
      fc.property(fc.constantFrom(...POLICIES), rowsArb(40), (policy, rows) => {
        const units = rows.map((row, i): Unit => ({ id: `u${i}`, dueAt: slotTime(1, row.slot), tier: tierAt(policy, row.tier), state: 'scheduled', ...(row.flag < 2 ? { tied: true } : {}) }));
        const index = build(policy, units);
        const done = spreadEvenly(index, addDays(MONDAY, 1));
        if (done.result !== 'changed') return;
        const after = applyEdit(index, done.edit);
        expect(rises(excessOf(index.plan, days), excessOf(after.plan, days))).toEqual([]);
        expect(after.places.map((place) => place.time)).toEqual(index.places.map((place) => place.time));
        expect(after.units.map((each) => each.tier).sort()).toEqual(units.map((each) => each.tier).sort());
        for (const each of units) if (each.tied) expect(after.byId.get(each.id)?.time).toBe(each.dueAt);
      }),
      { numRuns: 200, seed: 20261125, endOnFailure: true },
    );
  });
  it('mends a lumped day, and then has nothing to do', () => {
    const units = Array.from({ length: 15 }, (_, i) => unit(`u${String(i).padStart(2, '0')}`, `${MONDAY}T${String(8 + Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')}`, i < 4 ? 'premium' : i < 14 ? 'free' : 'status'));
    const index = build(DEFAULT_POLICY, units);
    const done = spreadEvenly(index, MONDAY);
    if (done.result !== 'changed') throw new Error(done.result);
    const after = applyEdit(index, done.edit);
    expect(after.places.slice(0, 15).map((place) => DEFAULT_POLICY.tiers[place.tier]?.key)).toEqual(chairman(DEFAULT_POLICY, 15));
    expect(spreadEvenly(after, MONDAY)).toEqual({ result: 'same' });
  });
});

describe('at send time', () => {
  const sent = (n: number, premium: number): Unit[] => Array.from({ length: n }, (_, i): Unit => ({ id: `s${i}`, dueAt: now - (n - i) * 3_600_000, sentAt: now - (n - i) * 3_600_000, tier: i < premium ? 'premium' : 'free', state: 'posted' }));
  const due: Unit = { id: 'x', dueAt: now, tier: 'premium', state: 'scheduled' };
  const base = (id: string, wall: string, more: Partial<Unit> = {}): Unit => ({ ...unit(id, wall, 'free'), ...more });
  const enough = Array.from({ length: 12 }, (_, i) => base(`e${i}`, `${MONDAY}T${10 + i}:00`, { tied: true }));
  it('exchanges a post that comes too thick with the next base post of the day that is free to move, once', () => {
    const units = [...sent(14, 5).map((each) => ({ ...each, dueAt: each.dueAt - 7 * 86_400_000 })), due, ...enough, base('next', `${MONDAY}T08:00`), base('tied', `${MONDAY}T07:30`, { tied: true })];
    const index = build(DEFAULT_POLICY, units);
    expect(checkAtSend(index, 'x')).toEqual({ result: 'exchange', withId: 'next' });
    expect(checkAtSend(index, 'x', { exchanged: true })).toMatchObject({ result: 'hold', violations: [{ part: 'spread', count: 6, allowed: 5 }] });
    expect(checkAtSend(build(DEFAULT_POLICY, units.map((each) => (each.id === 'x' ? { ...each, tied: true } : each))), 'x').result).toBe('hold');
    expect(checkAtSend(build(DEFAULT_POLICY, units.map((each) => (each.id === 'x' ? { ...each, overridden: true } : each))), 'x').result).toBe('send');
  });
  it('waits for totals until the last base time of the day, then holds; later posts wait for earlier ones', () => {
    const later = unit('y', `${MONDAY}T12:00`, 'premium');
    const units = [due, later, base('f', `${MONDAY}T18:00`)];
    expect(checkAtSend(build(DEFAULT_POLICY, units), 'x').result).toBe('send');
    const noon = { policy: DEFAULT_POLICY, zone, now: later.dueAt, units: [{ ...due, state: 'posted' as const, sentAt: due.dueAt }, later, base('f', `${MONDAY}T18:00`)] };
    expect(checkAtSend(buildIndex(noon), 'y')).toMatchObject({ result: 'wait', until: at(`${MONDAY}T18:00`), violations: [{ part: 'totals', count: 2, allowed: 1 }] });
    expect(checkAtSend(buildIndex({ ...noon, units: noon.units.slice(0, 2) }), 'y').result).toBe('hold');
    const filled = [...noon.units, base('g', `${MONDAY}T17:00`)];
    expect(checkAtSend(buildIndex({ ...noon, units: filled }), 'y').result).toBe('send');
  });
  it('keeps the due day for totals: Sunday 23:55 sent on Monday is Sunday\'s', () => {
    const sunday = '2026-11-22T23:55';
    const units = [{ ...unit('late', sunday, 'premium'), state: 'posted' as const, sentAt: at(`${MONDAY}T00:05`) }];
    const index = build(DEFAULT_POLICY, units);
    expect(checkPlacement(index, insert(unit('p', `${MONDAY}T09:00`, 'premium'))).ok).toBe(true);
    expect(stripFor(index, MONDAY).day.find((each) => each.tier === 'premium')).toEqual({ tier: 'premium', count: 0, allowed: 0 });
  });
});

describe('the strip', () => {
  it('lists the last sent in order, the day against its limits, and the fullest run', () => {
    const sent = Array.from({ length: 20 }, (_, i): Unit => ({ id: `s${i}`, dueAt: now - (20 - i) * 600_000, sentAt: now - (20 - i) * 600_000, tier: i % 5 === 4 ? 'premium' : i === 12 ? 'unclassified' : 'free', state: 'posted' }));
    const index = build(DEFAULT_POLICY, [...sent, unit('p', `${MONDAY}T09:00`, 'premium')]);
    const strip = stripFor(index, MONDAY);
    expect(strip.last.map((each) => each.id)).toEqual(sent.slice(-15).map((each) => each.id));
    expect(strip.last.map((each) => each.tier).filter((each) => each !== 'free' && each !== 'premium')).toEqual([]);
    expect(strip.lastSent).toEqual([{ tier: 'free', count: 12, allowed: null }, { tier: 'premium', count: 3, allowed: 4 }, { tier: 'status', count: 0, allowed: 1 }]);
    expect(strip.day).toEqual([{ tier: 'free', count: 16, allowed: null }, { tier: 'premium', count: 5, allowed: 6 }, { tier: 'status', count: 0, allowed: 2 }]);
    expect(strip.broken).toEqual([]);
    expect(strip.worst).toMatchObject({ tier: 'premium', count: 4, allowed: 5 });
    expect(worstOfUnit(index, 'p')).toMatchObject({ tier: 'premium', to: at(`${MONDAY}T09:00`) });
    expect(worstOfUnit(index, 'p')?.squares).toHaveLength(15);
  });
});
