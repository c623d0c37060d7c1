import type { Unit } from '../types.ts';
import { dayOf, freeSlots } from '../time.ts';
import { applyChange, type Change, checkPlacement, narrow } from './check.ts';
import { isSent, type RatioContext } from './evaluate.ts';

export type Fix =
  | { kind: 'exchange'; withId: string }
  | { kind: 'takePlace'; ofId: string }
  | { kind: 'earlier'; dueAt: number }
  | { kind: 'later'; dueAt: number }
  | { kind: 'none'; direction: 'earlier' | 'later' | 'both' }
  | { kind: 'addBase'; n: number; day: string }
  | { kind: 'retier'; tier: string }
  | { kind: 'override' };

/** How far a nearest allowed time is looked for, days. */
const LOOK_DAYS = 14;
const MAX_BASE = 15;

/** The unit a refused change speaks of, as it would be. */
function subject(context: RatioContext, change: Change): Unit | null {
  if (change.kind === 'add') return change.unit;
  if (change.kind === 'move' || change.kind === 'retier') return applyChange(context.units, change).find((unit) => unit.id === change.id) ?? null;
  return null;
}

/** The changes a fix stands for, in place of the refused one. Null for those that say something or need a reason. */
export function changeOfFix(context: RatioContext, change: Change, fix: Fix): Change | null {
  const unit = subject(context, change);
  if (!unit) return null;
  const at = (dueAt: number): Change => (change.kind === 'add' ? { kind: 'add', unit: { ...unit, dueAt } } : { kind: 'move', id: unit.id, dueAt });
  switch (fix.kind) {
    case 'exchange':
      return change.kind === 'move' ? { kind: 'exchange', a: unit.id, b: fix.withId } : null;
    case 'takePlace': {
      const other = context.units.find((each) => each.id === fix.ofId);
      return other ? { kind: 'many', changes: [{ kind: 'remove', id: other.id }, at(other.dueAt)] } : null;
    }
    case 'earlier':
    case 'later':
      return at(fix.dueAt);
    case 'retier':
      return change.kind === 'add'
        ? { kind: 'add', unit: { ...unit, tier: fix.tier } }
        : { kind: 'many', changes: [{ kind: 'retier', id: unit.id, tier: fix.tier }, ...(change.kind === 'move' ? [change] : [])] };
    case 'override':
      return { kind: 'many', changes: [change, { kind: 'override', id: unit.id }] };
    case 'none':
    case 'addBase':
      return null;
    default:
      return fix satisfies never;
  }
}

/** What can be done instead of a refused change; each was run through the checker (DOMAIN §2). */
export function suggestFixes(full: RatioContext, change: Change): Fix[] {
  const unit = subject(full, change);
  if (!unit) return [];
  const context = narrow(full, [unit.dueAt, ...full.units.filter((each) => each.id === unit.id).map((each) => each.dueAt)]);
  const holds = (fix: Fix): boolean => {
    const other = changeOfFix(context, change, fix);
    return other !== null && checkPlacement(context, other).ok;
  };
  const fixes: Fix[] = [];
  const offer = (fix: Fix): boolean => {
    const good = holds(fix);
    if (good) fixes.push(fix);
    return good;
  };
  const sameTier = context.units
    .filter((each) => each.id !== unit.id && each.tier === unit.tier && each.state === 'scheduled' && !isSent(each) && each.dueAt > context.now)
    .sort((a, b) => Math.abs(a.dueAt - unit.dueAt) - Math.abs(b.dueAt - unit.dueAt));
  if (change.kind === 'move') for (const other of sameTier.slice(0, 5)) if (offer({ kind: 'exchange', withId: other.id })) break;
  for (const other of sameTier.slice(0, 5)) if (offer({ kind: 'takePlace', ofId: other.id })) break;
  fixes.push(...nearestTimes(context, change, unit));
  const day = dayOf(unit.dueAt, context.zone);
  const n = change.kind === 'retier' ? null : missingBase(context, change, unit);
  if (n !== null) fixes.push({ kind: 'addBase', n, day });
  for (const tier of context.policy.tiers) if (tier.key !== unit.tier && offer({ kind: 'retier', tier: tier.key })) break;
  fixes.push({ kind: 'override' });
  return fixes;
}

function nearestTimes(context: RatioContext, change: Change, unit: Unit): Fix[] {
  if (change.kind === 'retier') return [];
  const taken = new Set(context.units.filter((each) => each.id !== unit.id).map((each) => each.dueAt));
  const make = (dueAt: number): Change => (change.kind === 'add' ? { kind: 'add', unit: { ...unit, dueAt } } : { kind: 'move', id: unit.id, dueAt });
  const free = (dueAt: number): boolean => checkPlacement(context, make(dueAt)).ok;
  let later: number | null = null;
  for (const slot of freeSlots(Math.max(unit.dueAt, context.now), context.zone, taken, LOOK_DAYS)) {
    if (free(slot.at)) {
      later = slot.at;
      break;
    }
  }
  let earlier: number | null = null;
  const before = [...freeSlots(Math.max(context.now, unit.dueAt - LOOK_DAYS * 86_400_000), context.zone, taken, LOOK_DAYS + 1)].filter((slot) => slot.at < unit.dueAt);
  for (const slot of before.reverse()) {
    if (free(slot.at)) {
      earlier = slot.at;
      break;
    }
  }
  const fixes: Fix[] = [];
  if (earlier !== null) fixes.push({ kind: 'earlier', dueAt: earlier });
  if (later !== null) fixes.push({ kind: 'later', dueAt: later });
  if (earlier === null || later === null) fixes.push({ kind: 'none', direction: earlier === null && later === null ? 'both' : earlier === null ? 'earlier' : 'later' });
  return fixes;
}

/** The fewest base posts, a minute apart just before it (or after, when that is past), that make room for the unit; null when 15 do not. */
function missingBase(context: RatioContext, change: Change, unit: Unit): number | null {
  const extra: Change[] = [];
  for (let n = 1; n <= MAX_BASE; n += 1) {
    const at = unit.dueAt - n * 60_000 > context.now ? unit.dueAt - n * 60_000 : unit.dueAt + n * 60_000;
    extra.push({ kind: 'add', unit: { id: `\u0000base${n}`, dueAt: at, tier: context.policy.base, state: 'scheduled' } });
    if (checkPlacement(context, { kind: 'many', changes: [...extra, change] }).ok) return n;
  }
  return null;
}
