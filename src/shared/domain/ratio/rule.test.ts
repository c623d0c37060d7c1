import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excessOf, rises } from '../../../../tests/support/bruteRatio.ts';
import { addDays, dayOf, daysBetween, wallToInstant } from '../time.ts';
import { DEFAULT_POLICY, PRESET_60_40, type RatioPolicy, type TierDef, type Unit } from '../types.ts';
import { applyEdit, bandFor, buildIndex, type Change, checkPlacement, type Edit, editOf, type RatioIndex, type RatioPlan } from './index.ts';
import { dayName, dayNumber, Days, minutesOf } from './days.ts';
import { takePlaceOf } from './edit.ts';

const zone = 'Europe/Madrid';
const FIRST = '2026-11-19';
/** A Friday in the middle: days before are over, the days after have not begun. */
const START = wallToInstant('2026-11-27T09:40', zone);
const days = daysBetween('2026-11-02', '2027-01-24');
const tier = (key: string, weight: number): TierDef => ({ key, name: { es: key, en: key }, letter: { es: 'X', en: 'X' }, color: 'teal', weight, graceMs: 0, tiedToTime: false });
const policyOf = (...weights: number[]): RatioPolicy => ({ tiers: weights.map((weight, i) => tier(`t${i}`, weight)), base: 't0', mode: 'enforce' });
const POLICIES: RatioPolicy[] = [DEFAULT_POLICY, PRESET_60_40, policyOf(1, 1), policyOf(6, 3, 2, 1), policyOf(2, 5), policyOf(5, 1, 1)];
const TEMPLATES: ((day: string) => readonly string[])[] = [
  () => [],
  () => ['08:00', '10:30', '12:00', '17:15', '19:00'],
  (day) => (Date.parse(day) % (3 * 86_400_000) === 0 ? [] : ['09:00', '09:15', '09:30', '09:45', '10:00', '13:00']),
];

const timeArb = fc.tuple(fc.constantFrom(8, 8, 9, 9, 10, 12, 17), fc.integer({ min: 0, max: 39 })).map(([day, slot]) => wallToInstant(`${addDays(FIRST, day)}T08:00`, zone) + slot * 900_000);
const pick = fc.nat(200);
const commandArb = fc.oneof(
  { weight: 5, arbitrary: fc.record({ op: fc.constant('add' as const), at: timeArb, tier: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('move' as const), at: timeArb, a: pick }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('exchange' as const), a: pick, b: pick }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('takePlace' as const), a: pick, b: pick }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('retier' as const), a: pick, tier: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('override' as const), at: timeArb, tier: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('remove' as const), a: pick }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('later' as const), hours: fc.integer({ min: 1, max: 20 }) }) },
);
type Command = typeof commandArb extends fc.Arbitrary<infer T> ? T : never;

/** A third of the picked tiers are the base: fewer than a real plan has, so that much is refused. */
const tierOf = (policy: RatioPolicy, n: number): string => (n % 3 === 0 ? policy.base : (policy.tiers[n % policy.tiers.length]?.key ?? policy.base));

function editFor(index: RatioIndex, command: Command, id: string): { edit: Edit; judged: boolean } | null {
  const loose = index.units.filter((unit) => unit.state === 'scheduled' && unit.dueAt > index.plan.now);
  const one = (n: number): Unit | undefined => loose[n % Math.max(1, loose.length)];
  const { policy, now } = index.plan;
  const of = (change: Change, judged = true): { edit: Edit; judged: boolean } => ({ edit: editOf(index, change), judged });
  switch (command.op) {
    case 'add':
      return command.at <= now ? null : of({ kind: 'add', unit: { id, dueAt: command.at, tier: tierOf(policy, command.tier), state: 'scheduled' } });
    case 'override':
      return command.at <= now ? null : of({ kind: 'add', unit: { id, dueAt: command.at, tier: tierOf(policy, command.tier), state: 'scheduled', overridden: true } }, false);
    case 'move': {
      const unit = one(command.a);
      return unit && command.at > now ? of({ kind: 'move', id: unit.id, dueAt: command.at }) : null;
    }
    case 'retier': {
      const unit = one(command.a);
      return unit ? of({ kind: 'retier', id: unit.id, tier: tierOf(policy, command.tier) }) : null;
    }
    case 'exchange': {
      const [a, b] = [one(command.a), one(command.b)];
      return a && b && a !== b ? of({ kind: 'exchange', a: a.id, b: b.id }) : null;
    }
    case 'takePlace': {
      const [a, b] = [one(command.a), one(command.b)];
      return a && b && a !== b ? { edit: takePlaceOf(a, b), judged: true } : null;
    }
    case 'remove': {
      const unit = one(command.a);
      return unit ? of({ kind: 'remove', id: unit.id }, false) : null;
    }
    default:
      return null;
  }
}
/** Time goes by: what was due has gone out, some of it minutes late. */
function later(plan: RatioPlan, hours: number): RatioPlan {
  const now = plan.now + hours * 3_600_000;
  return { ...plan, now, units: plan.units.map((unit) => (unit.state === 'scheduled' && unit.dueAt <= now ? { ...unit, state: 'posted', sentAt: unit.dueAt + (unit.dueAt % 7) * 60_000 } : unit)) };
}

describe('the checker against every run and every day', () => {
  it('accepts a command exactly when nothing rises, whatever came before', () => {
    let judged = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...POLICIES), fc.constantFrom(...TEMPLATES), fc.constantFrom('week' as const, 'month' as const), fc.array(fc.tuple(timeArb, fc.nat(9)), { minLength: 0, maxLength: 60, size: 'max' }), fc.array(commandArb, { minLength: 30, maxLength: 60, size: 'max' }), (policy, templateOf, period, rows, commands) => {
        // It starts from whatever is there, broken or not.
        const units = rows.map(([dueAt, n], i): Unit => ({ id: `s${i}`, dueAt, tier: tierOf(policy, n), state: 'scheduled', ...(n === 8 ? { overridden: true } : {}) }));
        let plan: RatioPlan = { policy, zone, now: START, units, period, templateOf };
        let index = buildIndex(plan);
        commands.forEach((command, n) => {
          if (command.op === 'later') {
            plan = later({ ...plan, units: index.units }, command.hours);
            index = buildIndex(plan);
            return;
          }
          const made = editFor(index, command, `u${String(n).padStart(3, '0')}`);
          if (!made) return;
          const { ok, violations } = checkPlacement(index, made.edit);
          const after = applyEdit(index, made.edit);
          const found = rises(excessOf(index.plan, days), excessOf(after.plan, days));
          expect({ ok, found: found.slice(0, 3) }).toEqual({ ok: found.length === 0, found: found.slice(0, 3) });
          judged += 1;
          if (!ok) {
            refused += 1;
            expect(violations.every((each) => each.over > 0)).toBe(true);
          }
          if (ok || !made.judged) index = after;
        });
        // Many edits later the index is what it would be, built anew.
        const anew = buildIndex(index.plan, index.calendar.startOf(index.coveredTo));
        expect(index.places.map((place) => [place.time, place.key, place.tier])).toEqual(anew.places.map((place) => [place.time, place.key, place.tier]));
        expect([...index.days].sort(([a], [b]) => a - b)).toEqual([...anew.days].sort(([a], [b]) => a - b));
      }),
      { numRuns: 130, seed: 20261125, endOnFailure: true },
    );
    expect(judged).toBeGreaterThan(1000);
    expect(refused).toBeGreaterThan(300);
  });

  it('answers a band as it answers one time after another', () => {
    fc.assert(
      fc.property(fc.constantFrom(...POLICIES), fc.constantFrom(...TEMPLATES), fc.array(fc.record({ at: timeArb, tier: fc.nat(9) }), { minLength: 10, maxLength: 60 }), fc.array(timeArb, { minLength: 10, maxLength: 30 }), fc.nat(60), (policy, templateOf, rows, times, which) => {
        const units = rows.map((row, i): Unit => ({ id: `u${i}`, dueAt: row.at, tier: tierOf(policy, row.tier), state: 'scheduled' }));
        const index = buildIndex({ policy, zone, now: START, units, templateOf });
        const unit = units[which % units.length]!;
        const band = bandFor(index, unit, times);
        times.forEach((at, i) => expect(band[i]).toEqual({ at, ...checkPlacement(index, editOf(index, { kind: 'move', id: unit.id, dueAt: at })) }));
      }),
      { numRuns: 25, seed: 20261125, endOnFailure: true },
    );
  });
});

describe('days', () => {
  it.each(['Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Beirut', 'Pacific/Chatham'])('are those of the calendar, all year, in %s', (where) => {
    const known = new Days(where);
    for (let n = dayNumber('2026-01-01'); n < dayNumber('2027-02-01'); n += 1) {
      const day = dayName(n);
      const start = wallToInstant(`${day}T00:00`, where);
      expect(known.startOf(n)).toBe(start);
      for (const time of ['00:00', '02:30', '03:00', '23:45']) expect(known.at(n, minutesOf(time))).toBe(wallToInstant(`${day}T${time}`, where));
      for (const at of [start - 1, start, start + 5 * 3_600_000]) expect(dayName(known.numberOf(at))).toBe(dayOf(at, where));
    }
  });
  it('has a template fill a day on which the clocks change', () => {
    const sunday = '2027-03-28';
    const templateOf = (): string[] => ['01:30', '02:30', '03:30', '08:00'];
    const index = buildIndex({ policy: DEFAULT_POLICY, zone, now: wallToInstant('2027-03-27T12:00', zone), units: [], templateOf });
    // 02:30 does not exist and is 03:30, whose slot it is then.
    expect(index.places.filter((place) => dayName(place.day) === sunday).map((place) => place.time)).toEqual(['01:30', '03:30', '08:00'].map((time) => wallToInstant(`${sunday}T${time}`, zone)));
  });
});
