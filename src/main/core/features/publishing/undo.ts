import { AppError } from '../../../../shared/contract/errors.ts';
import { checkPlacement, type RatioIndex } from '../../../../shared/domain/ratio/index.ts';
import type { CoreDeps } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import { unitOf } from '../planning/context.ts';
import type { PlanningService } from '../planning/service.ts';
import type { Content, PublicationsRepository, StoredPublication } from './repository.ts';

/** A publication as it was, for taking something back. */
export interface Snapshot {
  before: StoredPublication;
  content: Content;
}
type Row = Snapshot & { revision: number };

/** Puts back what a command changed. An undo obeys the rule like any change, and plans nothing into the past. */
export class UndoPublishing {
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly planning: PlanningService;
  private readonly accounts: AccountsService;
  private readonly changed: (rows: readonly StoredPublication[]) => void;
  constructor(deps: CoreDeps, services: { repository: PublicationsRepository; planning: PlanningService; accounts: AccountsService; changed: (rows: readonly StoredPublication[]) => void }) {
    this.deps = deps;
    this.repository = services.repository;
    this.planning = services.planning;
    this.accounts = services.accounts;
    this.changed = services.changed;
  }

  /**
   * An undo of these rows, called after they changed. `toTray`: what can no longer stand where it stood becomes a draft with the
   * reason, else the undo is refused and everything stays as it is.
   * Its step throws AppError `undo_gone` when something happened to a row since, `undo_past`, `undo_ratio`.
   */
  of(label: string, snapshots: readonly Snapshot[], toTray = false): string {
    const rows: Row[] = snapshots.map((each) => ({ ...each, revision: this.repository.revisionOf(each.before.id) ?? each.before.revision + 1 }));
    const others = this.othersThen(rows);
    return this.deps.undo.register(label, () => {
      const now = this.deps.ports.clock.now();
      const put = rows.map((row) => ({ ...row, before: this.standing(row.before, now, toTray) }));
      this.repository.restore(this.byRule(put, others, toTray), now);
      this.changed(rows.map((each) => this.repository.find(each.before.id)).filter((row) => row !== null));
      for (const accountId of new Set(rows.map((each) => each.before.accountId))) this.deps.bus.emit('plan.changed', { accountId });
    });
  }

  private draft(row: StoredPublication, code: string): StoredPublication {
    return { ...row, state: 'draft', heldReason: null, wall: null, dueAt: null, place: null, nextTryAt: null, overrideReason: null, manual: false, reason: { code, params: row.wall === null ? {} : { wall: row.wall } } };
  }
  /** A planned time that has passed since is none to go back to. */
  private standing(row: StoredPublication, now: number, toTray: boolean): StoredPublication {
    if (row.state !== 'scheduled' || (row.dueAt ?? now) > now) return row;
    if (!toTray) throw new AppError('undo_past', { wall: row.wall ?? '' });
    return this.draft(row, 'undo_past');
  }
  private byRule(rows: Row[], others: ReadonlyMap<string, string>, toTray: boolean): Row[] {
    let kept = rows;
    for (const account of this.accountsOf(rows)) {
      const index = this.planning.index(account);
      const mine = new Set(kept.map((each) => each.before.id));
      // Nothing else moved: this is the plan as it stood, and it goes back to it whatever it was.
      if (others.get(account.id) === signature(index, mine)) continue;
      const ofAccount = kept.filter((each) => each.before.accountId === account.id);
      const insert = ofAccount.flatMap((each) => (each.before.deletedAt === null ? (unitOf(each.before, account) ?? []) : []));
      const { ok, refused } = checkPlacement(index, { remove: ofAccount.map((each) => each.before.id).filter((id) => index.byId.has(id)), insert: insert.filter((unit) => unit.state === 'scheduled' || unit.state === 'retry_wait') });
      if (ok || !refused) continue;
      if (!toTray) throw new AppError('undo_ratio');
      kept = kept.map((each) => (each.before.accountId === account.id && (each.before.state === 'scheduled' || each.before.state === 'retry_wait') ? { ...each, before: this.draft(each.before, 'undo_ratio') } : each));
    }
    return kept;
  }
  /** What stood around these rows, per account whose plan they touch. */
  private othersThen(rows: readonly Row[]): Map<string, string> {
    const mine = new Set(rows.map((each) => each.before.id));
    return new Map(this.accountsOf(rows).map((account) => [account.id, signature(this.planning.index(account), mine)]));
  }
  /** Accounts with a row whose place in the plan would be another after the undo. */
  private accountsOf(rows: readonly Row[]): StoredAccount[] {
    const touched = new Set(
      rows.flatMap(({ before }) => {
        if (before.state !== 'scheduled' && before.state !== 'retry_wait') return [];
        const now = this.repository.find(before.id);
        return now && now.state === before.state && now.dueAt === before.dueAt && now.tier === before.tier && now.place === before.place && (now.overrideReason === null) === (before.overrideReason === null) ? [] : [before.accountId];
      }),
    );
    return this.accounts.list().filter((account) => touched.has(account.id) && account.policy.mode === 'enforce');
  }
}

function signature(index: RatioIndex, without: ReadonlySet<string>): string {
  return index.units.filter((unit) => !without.has(unit.id)).map((unit) => `${unit.id} ${unit.dueAt} ${unit.tier} ${unit.order ?? ''}`).join('\n');
}
