import { AppError } from '../../../../shared/contract/errors.ts';
import { freeTimes } from '../../../../shared/domain/freeTimes.ts';
import { freeSlots, instantToWall } from '../../../../shared/domain/time.ts';
import { buildIndex, checkPlacement, type Edit, editOf, editOfFix, type Fix, fixesFor, isSent, type RatioIndex, type RatioPlan, type TakenFix, type Violation, violations } from '../../../../shared/domain/ratio/index.ts';
import type { WeekTemplate } from '../../../../shared/domain/template.ts';
import { FOREIGN } from '../../../../shared/domain/types.ts';
import type { CoreDeps } from '../../feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { PublicationsRepository, StoredPublication } from '../publishing/repository.ts';
import { ratioPlan } from './context.ts';
import type { TemplatesRepository } from './repository.ts';

export type Judged = { result: 'go'; edit: Edit; warnings: Violation[]; overridden: boolean } | { result: 'refused'; violations: Violation[]; fixes: Fix[] };

/** The rule as the commands meet it: judge an edit, then carry out exactly that edit. */
export class PlanningService {
  private readonly deps: CoreDeps;
  private readonly publications: PublicationsRepository;
  private readonly templates: TemplatesRepository;
  constructor(deps: CoreDeps, publications: PublicationsRepository, templates: TemplatesRepository) {
    this.deps = deps;
    this.publications = publications;
    this.templates = templates;
  }
  template(accountId: string): WeekTemplate | null {
    return this.templates.get(accountId);
  }
  plan(account: StoredAccount): RatioPlan {
    return ratioPlan(this.deps.db, this.publications, this.template(account.id), account, this.deps.ports.clock.now());
  }
  index(account: StoredAccount): RatioIndex {
    return buildIndex(this.plan(account));
  }

  /** Is the edit allowed, with the fix or the exception it came with? Throws AppError for a fix or reason that does not stand. */
  judge(index: RatioIndex, wanted: Edit, more: { fix?: TakenFix | undefined; overrideReason?: string | undefined }): Judged {
    let edit = wanted;
    if (more.fix && more.fix.kind !== 'override') {
      const other = editOfFix(index, wanted, more.fix);
      if (!other) throw new AppError('bad_input', { path: 'fix', detail: more.fix.kind });
      edit = other;
    }
    const { ok, refused, violations: broken } = checkPlacement(index, edit);
    if (ok || !refused) return { result: 'go', edit, warnings: broken, overridden: false };
    if (more.overrideReason !== undefined || more.fix?.kind === 'override') {
      if ((more.overrideReason?.trim() ?? '').length < 3) throw new AppError('override_needs_reason');
      const [subject, ...others] = edit.insert;
      return { result: 'go', edit: subject ? { ...edit, insert: [{ ...subject, overridden: true }, ...others] } : edit, warnings: broken, overridden: true };
    }
    return { result: 'refused', violations: broken, fixes: fixesFor(index, edit) };
  }

  /** Ids of our publications that an edit would touch. */
  touches(edit: Edit): string[] {
    return [...new Set([...edit.remove, ...edit.insert.map((unit) => unit.id)])].filter((id) => !id.startsWith(FOREIGN));
  }

  /**
   * Writes the difference an edit makes, in the caller's transaction: new times, tiers, what goes to the tray.
   * Answers the changed publications.
   */
  carryOut(index: RatioIndex, edit: Edit, overrideReason: string | null): StoredPublication[] {
    const now = this.deps.ports.clock.now();
    const kept = new Set(edit.insert.map((unit) => unit.id));
    const changed: StoredPublication[] = [];
    for (const id of this.touches(edit)) {
      if (kept.has(id) || !index.byId.has(id)) continue;
      changed.push(this.publications.apply(id, { type: 'unschedule' }, { wall: null, dueAt: null, place: null, overrideReason: null, reason: null }, now));
    }
    for (const unit of edit.insert) {
      const old = index.byId.get(unit.id)?.unit ?? null;
      const timed = !old || old.dueAt !== unit.dueAt || old.order !== unit.order || old.state !== unit.state;
      const tiered = !old || old.tier !== unit.tier;
      const excepted = (old?.overridden ?? false) !== (unit.overridden ?? false);
      if (!timed && !tiered && !excepted) continue;
      const stored = this.publications.need(unit.id);
      const override = unit.overridden ? (overrideReason ?? stored.overrideReason) : null;
      if (timed) {
        const wall = instantToWall(unit.dueAt, stored.zone);
        changed.push(this.publications.apply(unit.id, { type: 'schedule' }, { wall, dueAt: unit.dueAt, place: unit.order ?? null, tier: unit.tier, overrideReason: override, reason: null, late: false }, now));
      } else changed.push(this.publications.edit(unit.id, { tier: unit.tier, overrideReason: override }, now));
    }
    return changed;
  }

  /** What breaks when a unit goes away: said, never refused (DOMAIN §2). */
  breaksWithout(index: RatioIndex, id: string): Violation[] {
    return checkPlacement(index, editOf(index, { kind: 'remove', id })).violations;
  }
  /** What is broken and could still be mended. */
  broken(index: RatioIndex): Violation[] {
    return violations(index).filter((each) => each.blocking);
  }

  /**
   * Free times for a post of a tier, in order, from now on: the template's empty slots of that tier; every 15 min from 08:00 to
   * 20:00 without a template, or where the template has no slot of the tier (DOMAIN §4). `taken` are more instants in use.
   */
  *freeTimes(index: RatioIndex, template: WeekTemplate | null, tier: string, days: number, taken: ReadonlySet<number> = new Set()): Generator<{ wall: string; at: number }> {
    const { zone, now } = index.plan;
    const used = new Set([...taken, ...index.units.filter((unit) => !isSent(unit)).map((unit) => unit.dueAt)]);
    for (const { at } of freeTimes({ template, tier, zone, now, taken: used, days })) yield { wall: instantToWall(at, zone), at };
  }
  /** Free times for what stands outside the ratio: no slot of a tier is looked for, only a quarter in which nothing of the account is planned. */
  freeQuarters(index: RatioIndex, accountId: string, days: number): Generator<{ wall: string; at: number }> {
    const { zone, now } = index.plan;
    const taken = new Set(this.publications.list({ accountId, states: ['scheduled', 'retry_wait'], from: now }).flatMap((each) => each.dueAt ?? []));
    return freeSlots(now, zone, taken, days);
  }
}
