import type { TierKey, Unit } from '../types.ts';
import { addDays, dayOf, dayRange } from '../time.ts';
import { applyChange, checkPlacement } from './check.ts';
import { evaluate, type Finding, isSent, loadsByDay, orderUnits, periodOf, placeOf, type RatioContext, runningTotals, type Violation, weightsOf } from './evaluate.ts';

export interface Repair {
  exchanges: { a: string; b: string }[];
  toTray: string[];
}

const openOver = (findings: readonly Finding[]): number => findings.reduce((sum, each) => sum + (each.open ? each.violation.over : 0), 0);
const movable = (context: RatioContext, unit: Unit): boolean => !isSent(unit) && unit.state === 'scheduled' && !unit.overridden && unit.dueAt > context.now;

/** Unsent units of the broken tier that a violation counts, latest first. */
function offenders(context: RatioContext, units: readonly Unit[], violation: Violation): Unit[] {
  const inside =
    violation.part === 'spread'
      ? (unit: Unit) => violation.unitIds.includes(unit.id)
      : (unit: Unit) => {
          const day = dayOf(placeOf(unit), context.zone);
          return day >= violation.period.start && day <= violation.day;
        };
  return units.filter((unit) => unit.tier === violation.tier && movable(context, unit) && inside(unit)).sort((a, b) => b.dueAt - a.dueAt);
}

/**
 * What mends a broken plan: exchanges with base posts while they help, else the latest offenders to the tray (DOMAIN §2).
 * Ends always: each exchange lowers what is over, each removal leaves one unit fewer.
 */
export function repair(context: RatioContext): Repair {
  const result: Repair = { exchanges: [], toTray: [] };
  let units = [...context.units];
  for (;;) {
    const findings = evaluate({ ...context, units }).filter((finding) => finding.open);
    const over = openOver(findings);
    const broken = findings.find((finding) => offenders(context, units, finding.violation).length > 0);
    if (!broken) return result;
    const candidates = offenders(context, units, broken.violation);
    let mended = false;
    for (const offender of candidates.slice(0, 3)) {
      const bases = units
        .filter((unit) => unit.tier === context.policy.base && movable(context, unit) && !unit.tied)
        .sort((a, b) => Math.abs(a.dueAt - offender.dueAt) - Math.abs(b.dueAt - offender.dueAt))
        .slice(0, 30);
      for (const base of bases) {
        const next = applyChange(units, { kind: 'exchange', a: offender.id, b: base.id });
        if (openOver(evaluate({ ...context, units: next })) < over) {
          units = next;
          result.exchanges.push({ a: offender.id, b: base.id });
          mended = true;
          break;
        }
      }
      if (mended) break;
    }
    if (mended) continue;
    const last = candidates[0];
    if (!last) return result;
    units = units.filter((unit) => unit !== last);
    result.toTray.push(last.id);
  }
}

/** Judges rows as one batch: which must stay out so that the rest keeps the rule, latest non-base first (DOMAIN §2). */
export function judgeBatch(context: RatioContext, rows: readonly Unit[]): { left: { id: string; violation: Violation }[] } {
  const left: { id: string; violation: Violation }[] = [];
  let kept = [...rows];
  for (;;) {
    const { violations } = checkPlacement(context, { kind: 'many', changes: kept.map((unit) => ({ kind: 'add', unit })) });
    // One pass takes out what surely must go: what a day is over by, and one of each window that shares nothing with another.
    const gone = new Map<Unit, Violation>();
    const touched = new Set<string>();
    for (const violation of violations) {
      const where = violation.part === 'totals' ? [`totals ${violation.tier}`] : violation.unitIds.map((id) => `${violation.tier} ${id}`);
      if (where.some((each) => touched.has(each))) continue;
      for (const each of where) touched.add(each);
      const free = offenders(context, kept, violation).filter((unit) => !gone.has(unit));
      for (const unit of free.slice(0, violation.part === 'totals' ? violation.over : 1)) gone.set(unit, violation);
    }
    if (gone.size === 0) return { left };
    for (const [unit, violation] of gone) left.push({ id: unit.id, violation });
    kept = kept.filter((unit) => !gone.has(unit));
  }
}

export type SendCheck = { result: 'send' } | { result: 'exchange'; withId: string } | { result: 'hold'; violations: Violation[] };

/** At send time: the trailing W-1 sent units with this one, and today's sent and still scheduled, with what is really there (DOMAIN §2). */
export function sendCheck(full: RatioContext, id: string): SendCheck {
  const context: RatioContext = { ...full, plannedByDay: {} };
  const unit = context.units.find((each) => each.id === id);
  if (!unit || unit.overridden || unit.tier === context.policy.base) return { result: 'send' };
  const violations = sendViolations(context, unit);
  if (violations.length === 0) return { result: 'send' };
  if (!unit.tied) {
    const today = dayRange(dayOf(context.now, context.zone), context.zone);
    const bases = orderUnits(context.units).filter(
      (each) => each.tier === context.policy.base && each.state === 'scheduled' && !each.tied && each.dueAt > unit.dueAt && each.dueAt < today.end,
    );
    for (const base of bases) {
      const units = applyChange(context.units, { kind: 'exchange', a: unit.id, b: base.id });
      const exchanged = units.find((each) => each.id === base.id);
      if (exchanged && checkPlacement(context, { kind: 'exchange', a: unit.id, b: base.id }).ok) return { result: 'exchange', withId: base.id };
    }
  }
  return { result: 'hold', violations };
}

function sendViolations(context: RatioContext, unit: Unit): Violation[] {
  const { weights, total } = weightsOf(context.policy);
  const weight = weights.get(unit.tier) ?? 0;
  const found: Violation[] = [];
  const sent = orderUnits(context.units).filter((each) => isSent(each) && each.id !== unit.id);
  const window = [...sent.slice(-(total - 1)), unit];
  const count = window.filter((each) => each.tier === unit.tier).length;
  const first = window[0];
  if (window.length === total && first && count > weight + 1) {
    found.push({ part: 'spread', unitIds: window.map((each) => each.id), from: placeOf(first), to: unit.dueAt, tier: unit.tier, count, allowed: weight + 1, over: count - weight - 1 });
  }
  const today = dayOf(context.now, context.zone);
  found.push(...evaluate(context).map((each) => each.violation).filter((violation) => violation.part === 'totals' && violation.day === today && violation.tier === unit.tier));
  return found;
}

export interface TierShare {
  tier: TierKey;
  count: number;
  /** Most that the rule allows here now; null for the base, which may have all. */
  allowed: number | null;
}
export interface Strip {
  /** Last W units sent. */
  lastSent: TierShare[];
  /** The day's units, sent and to come; `allowed` after what the period has used. */
  day: TierShare[];
  /** What is broken and still holds unsent units. */
  broken: Violation[];
  /** "Tomorrow: n of the tier need base more base posts." */
  tomorrow: { tier: TierKey; count: number; missingBase: number }[];
}

/** The numbers of the ratio strip for a day (DOMAIN §2, UX). */
export function stripFor(context: RatioContext, day: string): Strip {
  const { weights, total } = weightsOf(context.policy);
  const ordered = orderUnits(context.units);
  const loads = loadsByDay(context, ordered);
  const last = ordered.filter(isSent).slice(-total);
  const period = periodOf(context, loads, day);
  const sum = runningTotals(context, loads, period.start, day);
  const base = context.policy.base;
  const tiers = context.policy.tiers.map((tier) => tier.key);
  const next = addDays(day, 1);
  const nextPeriod = periodOf(context, loads, next);
  const nextSum = runningTotals({ ...context, plannedByDay: {} }, loads, nextPeriod.start, next);
  return {
    lastSent: tiers.map((tier) => ({ tier, count: last.filter((unit) => unit.tier === tier).length, allowed: tier === base ? null : (weights.get(tier) ?? 0) })),
    day: tiers.map((tier) => {
      const count = loads.get(day)?.byTier.get(tier) ?? 0;
      const allowed = Math.ceil((sum.n * (weights.get(tier) ?? 0)) / total) - ((sum.byTier.get(tier) ?? 0) - count);
      return { tier, count, allowed: tier === base ? null : Math.max(0, allowed) };
    }),
    broken: evaluate(context).filter((finding) => finding.open).map((finding) => finding.violation),
    tomorrow: tiers.flatMap((tier) => {
      const weight = weights.get(tier) ?? 0;
      const count = nextSum.byTier.get(tier) ?? 0;
      if (tier === base || !loads.get(next)?.byTier.get(tier) || count <= Math.ceil((nextSum.n * weight) / total)) return [];
      // ceil(N * w / W) >= count holds first at N = floor((count - 1) * W / w) + 1.
      return [{ tier, count: loads.get(next)?.byTier.get(tier) ?? 0, missingBase: Math.floor(((count - 1) * total) / weight) + 1 - nextSum.n }];
    }),
  };
}
