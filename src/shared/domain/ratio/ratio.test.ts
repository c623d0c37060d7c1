import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOf, monthOf, wallToInstant, weekOf } from '../time.ts';
import { DEFAULT_POLICY, PRESET_60_40, type RatioPolicy, type Unit } from '../types.ts';
import { applyChange, type Change, changeOfFix, checkPlacement, evaluate, judgeBatch, orderUnits, placeOf, type RatioContext, repair, sendCheck, stripFor, suggestFixes, weightsOf } from './index.ts';

const zone = 'Europe/Madrid';
const now = wallToInstant('2026-11-23T07:00', zone);
const at = (wall: string): number => wallToInstant(wall, zone);
const unit = (id: string, wall: string, tier: string): Unit => ({ id, dueAt: at(wall), tier, state: 'scheduled' });
const contextOf = (units: Unit[], policy: RatioPolicy = DEFAULT_POLICY): RatioContext => ({ policy, zone, now, units, plannedByDay: {} });

/** The rule worked out the slow way, straight from DOMAIN §2. */
function bruteForce(policy: RatioPolicy, units: readonly Unit[]): boolean {
  const { weights, total } = weightsOf(policy);
  const ordered = orderUnits(units);
  for (const [tier, weight] of weights) {
    if (tier === policy.base) continue;
    for (let i = 0; i + total <= ordered.length; i += 1) {
      if (ordered.slice(i, i + total).filter((each) => each.tier === tier).length > weight + 1) return false;
    }
    for (const day of new Set(ordered.map((each) => dayOf(placeOf(each), zone)))) {
      const week = weekOf(day);
      const inWeek = ordered.filter((each) => {
        const found = dayOf(placeOf(each), zone);
        return found >= week.start && found <= week.end;
      });
      const start = inWeek.length < 2 * total ? monthOf(day).start : week.start;
      const sofar = ordered.filter((each) => {
        const found = dayOf(placeOf(each), zone);
        return found >= start && found <= day;
      });
      if (sofar.filter((each) => each.tier === tier).length > Math.ceil((sofar.length * weight) / total)) return false;
    }
  }
  return true;
}

const tierArb = fc.constantFrom('free', 'free', 'premium', 'status');
const timeArb = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 47 })).map(([day, slot]) => at(`${addDays('2026-11-23', day)}T08:00`) + slot * 900_000);

describe('the rule', () => {
  it('refuses one premium more than the share, with fixes that hold', () => {
    const units = Array.from({ length: 11 }, (_, i) => unit(`f${i}`, `2026-11-24T${String(8 + i).padStart(2, '0')}:00`, 'free'));
    for (let i = 0; i < 5; i += 1) units.push(unit(`p${i}`, `2026-11-24T${String(9 + i * 2).padStart(2, '0')}:30`, 'premium'));
    const context = contextOf(units);
    expect(evaluate(context)).toEqual([]);
    const change: Change = { kind: 'add', unit: unit('new', '2026-11-24T16:00', 'premium') };
    const { ok } = checkPlacement(context, change);
    expect(ok).toBe(false);
    const fixes = suggestFixes(context, change);
    expect(fixes.map((fix) => fix.kind)).toContain('takePlace');
    for (const fix of fixes) {
      const other = changeOfFix(context, change, fix);
      if (other && fix.kind !== 'override') expect(checkPlacement(context, other).ok).toBe(true);
    }
  });
  it('never ends in a broken plan by accepted commands (brute force)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(DEFAULT_POLICY, PRESET_60_40),
        fc.array(fc.oneof(fc.record({ op: fc.constant('add' as const), at: timeArb, tier: tierArb }), fc.record({ op: fc.constant('move' as const), at: timeArb, pick: fc.nat(60) }), fc.record({ op: fc.constant('retier' as const), tier: tierArb, pick: fc.nat(60) })), { minLength: 20, maxLength: 70 }),
        (policy, steps) => {
          let units: Unit[] = [];
          steps.forEach((step, index) => {
            const picked = step.op === 'add' ? undefined : units[step.pick % Math.max(1, units.length)];
            const change: Change | null =
              step.op === 'add' ? { kind: 'add', unit: { id: `u${index}`, dueAt: step.at, tier: policy.tiers.some((tier) => tier.key === step.tier) ? step.tier : 'free', state: 'scheduled' } }
              : !picked ? null
              : step.op === 'move' ? { kind: 'move', id: picked.id, dueAt: step.at }
              : policy.tiers.some((tier) => tier.key === step.tier) ? { kind: 'retier', id: picked.id, tier: step.tier } : null;
            if (!change) return;
            const context = contextOf(units, policy);
            if (checkPlacement(context, change).ok) units = applyChange(units, change);
            expect(bruteForce(policy, units)).toBe(true);
          });
        },
      ),
      { numRuns: 60 },
    );
  });
  it('offers only fixes that are accepted when taken', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: timeArb, tier: tierArb }), { minLength: 15, maxLength: 50 }), timeArb, (rows, target) => {
        let units: Unit[] = [];
        rows.forEach((row, index) => {
          const change: Change = { kind: 'add', unit: { id: `u${index}`, dueAt: row.at, tier: row.tier, state: 'scheduled' } };
          if (checkPlacement(contextOf(units), change).ok) units = applyChange(units, change);
        });
        const context = contextOf(units);
        const change: Change = { kind: 'add', unit: { id: 'new', dueAt: target, tier: 'premium', state: 'scheduled' } };
        if (checkPlacement(context, change).ok) return;
        for (const fix of suggestFixes(context, change)) {
          const other = changeOfFix(context, change, fix);
          if (other && fix.kind !== 'override') expect(checkPlacement(context, other).ok).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });
  it('repairs any plan, always ends, and what is left keeps the rule', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: timeArb, tier: tierArb }), { maxLength: 50 }), (rows) => {
        const units: Unit[] = rows.map((row, index) => ({ id: `u${index}`, dueAt: row.at, tier: row.tier, state: 'scheduled' }));
        const plan = repair(contextOf(units));
        let after: Unit[] = units;
        for (const { a, b } of plan.exchanges) after = applyChange(after, { kind: 'exchange', a, b });
        for (const id of plan.toTray) after = applyChange(after, { kind: 'remove', id });
        expect(bruteForce(DEFAULT_POLICY, after)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
  it('judges a batch as a whole and leaves the latest premium rows out', () => {
    const rows = [
      ...Array.from({ length: 10 }, (_, i) => unit(`f${i}`, `2026-11-25T${String(8 + i).padStart(2, '0')}:00`, 'free')),
      ...Array.from({ length: 7 }, (_, i) => unit(`p${i}`, `2026-11-25T${String(8 + i).padStart(2, '0')}:30`, 'premium')),
    ];
    const { left } = judgeBatch(contextOf([]), rows);
    expect(left.length).toBeGreaterThan(0);
    expect(left.every((each) => each.id.startsWith('p'))).toBe(true);
    const kept = rows.filter((row) => !left.some((each) => each.id === row.id));
    expect(bruteForce(DEFAULT_POLICY, kept)).toBe(true);
    expect(left[0]?.id).toBe('p6');
  });
  it('holds or exchanges at send time what would break it', () => {
    const sent = Array.from({ length: 14 }, (_, i): Unit => ({ id: `s${i}`, dueAt: now - (20 - i) * 3_600_000, sentAt: now - (20 - i) * 3_600_000, tier: i < 5 ? 'premium' : 'free', state: 'posted' }));
    const breaking: Unit = { id: 'x', dueAt: now, tier: 'premium', state: 'scheduled' };
    expect(sendCheck(contextOf([...sent, breaking]), 'x').result).toBe('hold');
  });
  it('says room, not violation, when there is less premium than allowed', () => {
    const context = contextOf([unit('a', '2026-11-24T09:00', 'free')]);
    const strip = stripFor(context, '2026-11-24');
    expect(strip.broken).toEqual([]);
    expect(strip.day.find((each) => each.tier === 'premium')).toMatchObject({ count: 0, allowed: 1 });
  });
});
