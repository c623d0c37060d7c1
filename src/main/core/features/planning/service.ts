import { AppError } from '../../../../shared/contract/errors.ts';
import { instantToWall } from '../../../../shared/domain/time.ts';
import { applyChange, type Change, checkPlacement, changeOfFix, evaluate, type Fix, type RatioContext, suggestFixes, type Violation } from '../../../../shared/domain/ratio/index.ts';
import type { CoreDeps } from '../../feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { PublicationsRepository, StoredPublication } from '../publishing/repository.ts';
import { FOREIGN, ratioContext } from './context.ts';

export type Judged = { result: 'go'; change: Change; warnings: Violation[]; overridden: boolean } | { result: 'refused'; violations: Violation[]; fixes: Fix[] };

/** The rule as the commands meet it: judge a change, then carry out exactly that change. */
export class PlanningService {
  private readonly deps: CoreDeps;
  private readonly publications: PublicationsRepository;
  constructor(deps: CoreDeps, publications: PublicationsRepository) {
    this.deps = deps;
    this.publications = publications;
  }
  context(account: StoredAccount): RatioContext {
    return ratioContext(this.deps.db, this.publications, account, this.deps.ports.clock.now());
  }

  /** Is the change allowed, with the fix or the override it came with? Throws AppError for a fix or reason that does not stand. */
  judge(context: RatioContext, wanted: Change, unitId: string, more: { fix?: Fix | undefined; overrideReason?: string | undefined }): Judged {
    let change = wanted;
    if (more.fix && more.fix.kind !== 'override') {
      const other = changeOfFix(context, wanted, more.fix);
      if (!other) throw new AppError('bad_input', { path: 'fix', detail: more.fix.kind });
      change = other;
    }
    const { mode } = context.policy;
    if (mode === 'off') return { result: 'go', change, warnings: [], overridden: false };
    const { ok, violations } = checkPlacement(context, change);
    if (ok) return { result: 'go', change, warnings: [], overridden: false };
    if (mode === 'warn') return { result: 'go', change, warnings: violations, overridden: false };
    if (more.overrideReason !== undefined || more.fix?.kind === 'override') {
      const reason = more.overrideReason?.trim() ?? '';
      if (reason.length < 3) throw new AppError('override_needs_reason');
      return { result: 'go', change: { kind: 'many', changes: [change, { kind: 'override', id: unitId }] }, warnings: violations, overridden: true };
    }
    return { result: 'refused', violations, fixes: suggestFixes(context, change) };
  }

  /** Ids of our publications that a change would touch. */
  touches(context: RatioContext, change: Change): string[] {
    const before = new Set(context.units);
    const after = new Set(applyChange(context.units, change));
    const ids = [...context.units.filter((unit) => !after.has(unit)), ...[...after].filter((unit) => !before.has(unit))].map((unit) => unit.id);
    return [...new Set(ids)].filter((id) => !id.startsWith(FOREIGN));
  }

  /**
   * Writes the difference a change makes, in the caller's transaction: new times, tiers, what goes to the tray.
   * Answers the changed publications.
   */
  carryOut(context: RatioContext, change: Change, overrideReason: string | null): StoredPublication[] {
    const now = this.deps.ports.clock.now();
    const before = new Map(context.units.map((unit) => [unit.id, unit]));
    const after = applyChange(context.units, change);
    const kept = new Set(after.map((unit) => unit.id));
    const changed: StoredPublication[] = [];
    for (const id of before.keys()) {
      if (kept.has(id) || id.startsWith(FOREIGN)) continue;
      changed.push(this.publications.apply(id, { type: 'unschedule' }, { wall: null, dueAt: null, overrideReason: null, reason: null }, now));
    }
    for (const unit of after) {
      const old = before.get(unit.id);
      const timed = !old || old.dueAt !== unit.dueAt || old.state !== unit.state;
      const tiered = !old || old.tier !== unit.tier;
      const excepted = (old?.overridden ?? false) !== (unit.overridden ?? false);
      if (!timed && !tiered && !excepted) continue;
      const stored = this.publications.need(unit.id);
      const override = unit.overridden ? (overrideReason ?? stored.overrideReason) : null;
      if (timed) {
        const wall = instantToWall(unit.dueAt, stored.zone);
        changed.push(this.publications.apply(unit.id, { type: 'schedule' }, { wall, dueAt: unit.dueAt, tier: unit.tier, overrideReason: override, reason: null, late: false }, now));
      } else changed.push(this.publications.edit(unit.id, { tier: unit.tier, overrideReason: override }, now));
    }
    return changed;
  }

  /** What breaks when a unit goes away: said, never refused (DOMAIN §2). */
  breaksWithout(context: RatioContext, id: string): Violation[] {
    if (context.policy.mode === 'off') return [];
    return checkPlacement(context, { kind: 'remove', id }).violations;
  }
  openViolations(context: RatioContext): Violation[] {
    return context.policy.mode === 'off' ? [] : evaluate(context).filter((finding) => finding.open).map((finding) => finding.violation);
  }
}
