import type { TierKey, Unit } from '../types.ts';
import { evaluate, type Finding, type RatioContext, type Violation } from './evaluate.ts';

/** One change of a plan. `many` is judged as a whole: only its end must hold. */
export type Change =
  | { kind: 'add'; unit: Unit }
  | { kind: 'move'; id: string; dueAt: number }
  | { kind: 'retier'; id: string; tier: TierKey }
  | { kind: 'exchange'; a: string; b: string }
  | { kind: 'remove'; id: string }
  | { kind: 'override'; id: string }
  | { kind: 'many'; changes: Change[] };

/** The units after a change; an unknown id leaves them as they are. */
export function applyChange(units: readonly Unit[], change: Change): Unit[] {
  switch (change.kind) {
    case 'add':
      return [...units.filter((unit) => unit.id !== change.unit.id), change.unit];
    case 'move':
      return units.map((unit) => (unit.id === change.id ? { ...unit, dueAt: change.dueAt, overridden: false } : unit));
    case 'retier':
      return units.map((unit) => (unit.id === change.id ? { ...unit, tier: change.tier } : unit));
    case 'override':
      return units.map((unit) => (unit.id === change.id ? { ...unit, overridden: true } : unit));
    case 'exchange': {
      const a = units.find((unit) => unit.id === change.a);
      const b = units.find((unit) => unit.id === change.b);
      if (!a || !b) return [...units];
      return units.map((unit) => (unit === a ? { ...a, dueAt: b.dueAt } : unit === b ? { ...b, dueAt: a.dueAt } : unit));
    }
    case 'remove':
      return units.filter((unit) => unit.id !== change.id);
    case 'many': {
      // A batch of thousands of new units is one concatenation, not as many copies of the plan.
      const added = change.changes.flatMap((each) => (each.kind === 'add' ? [each.unit] : []));
      if (added.length === change.changes.length && new Set(added.map((unit) => unit.id)).size === added.length) {
        const ids = new Set(added.map((unit) => unit.id));
        return [...units.filter((unit) => !ids.has(unit.id)), ...added];
      }
      return change.changes.reduce<Unit[]>((found, each) => applyChange(found, each), [...units]);
    }
    default:
      return change satisfies never;
  }
}

/** What a plan already breaks, remembered so that a change is blamed only for what it makes. */
class Before {
  private readonly totals = new Map<string, number>();
  private readonly starts = new Map<string, number>();
  private readonly ends = new Map<string, number>();
  constructor(findings: readonly Finding[]) {
    for (const { violation } of findings) {
      if (violation.part === 'totals') this.totals.set(`${violation.tier} ${violation.day}`, violation.over);
      else {
        this.starts.set(`${violation.tier} ${violation.unitIds[0] ?? ''}`, violation.over);
        this.ends.set(`${violation.tier} ${violation.unitIds.at(-1) ?? ''}`, violation.over);
      }
    }
  }
  /** The same day, or the window from or to the same unit, was as bad before. */
  had(violation: Violation): boolean {
    if (violation.part === 'totals') return (this.totals.get(`${violation.tier} ${violation.day}`) ?? 0) >= violation.over;
    const start = this.starts.get(`${violation.tier} ${violation.unitIds[0] ?? ''}`) ?? 0;
    const end = this.ends.get(`${violation.tier} ${violation.unitIds.at(-1) ?? ''}`) ?? 0;
    return Math.max(start, end) >= violation.over;
  }
}
/** A drag checks many places against one plan: its own state is worked out once. */
const remembered = new WeakMap<RatioContext, Before>();
function before(context: RatioContext): Before {
  let found = remembered.get(context);
  if (!found) remembered.set(context, (found = new Before(evaluate(context))));
  return found;
}

export interface Placement {
  /** The change breaks nothing that was not as broken before. */
  ok: boolean;
  /** New or worse, in a day or window that holds a unit not yet sent. */
  violations: Violation[];
}

/** Would this change break the rule, or make a break worse (DOMAIN §2)? Removing is the caller's to allow: it is never refused. */
export function checkPlacement(context: RatioContext, change: Change): Placement {
  const known = before(context);
  const units = applyChange(context.units, change);
  const violations = evaluate({ ...context, units })
    .filter((finding) => finding.open && !known.had(finding.violation))
    .map((finding) => finding.violation);
  return { ok: violations.length === 0, violations };
}

/** Which of these times the change could take, for showing while dragging. */
export function allowedTimes(context: RatioContext, id: string, make: (dueAt: number) => Change, times: readonly number[]): Set<number> {
  const narrowed = narrow(context, [...times, ...context.units.filter((unit) => unit.id === id).map((unit) => unit.dueAt)]);
  return new Set(times.filter((time) => checkPlacement(narrowed, make(time)).ok));
}

/** Longest period (a month) on both sides, and the windows that reach over its ends, ms. */
const REACH = 63 * 86_400_000;
/** The part of a plan that these times can touch: what lies further off cannot change. */
export function narrow(context: RatioContext, times: readonly number[]): RatioContext {
  if (context.units.length < 200) return context;
  const from = Math.min(...times) - REACH;
  const to = Math.max(...times) + REACH;
  return { ...context, units: context.units.filter((unit) => unit.dueAt >= from && unit.dueAt <= to) };
}
