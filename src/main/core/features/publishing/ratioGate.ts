import { applyEdit, checkAtSend, type RatioIndex, type Violation } from '../../../../shared/domain/ratio/index.ts';
import { dayOf } from '../../../../shared/domain/time.ts';
import type { CoreDeps } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { ActivityService } from '../activity/feature.ts';
import { unitOf } from '../planning/context.ts';
import type { PlanningService } from '../planning/service.ts';
import { graceEndOf } from './grace.ts';
import type { PublicationsRepository, Reason, StoredPublication } from './repository.ts';
import type { PublishingService } from './service.ts';

/** Written in the history of a post that changed places at its send time: it does so once. */
const EXCHANGED = 'exchangedAtSend';

/** The last check before a create (RATIO 11): exchanges once with a base post of the day, waits for the day's last base time, else holds. */
export class RatioGate {
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly planning: PlanningService;
  private readonly publishing: PublishingService;
  private readonly accounts: AccountsService;
  private readonly activity: ActivityService;
  /** The plan changed since what waits for the ratio was looked at. */
  private planChanged = true;
  constructor(deps: CoreDeps, services: { repository: PublicationsRepository; planning: PlanningService; publishing: PublishingService; accounts: AccountsService; activity: ActivityService }) {
    this.deps = deps;
    this.repository = services.repository;
    this.planning = services.planning;
    this.publishing = services.publishing;
    this.accounts = services.accounts;
    this.activity = services.activity;
    deps.bus.subscribe((frame) => {
      if (frame.name === 'plan.changed' || frame.name === 'publication.changed' || frame.name === 'publication.deleted') this.planChanged = true;
    });
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }
  /** The plan with this one in its place, as if it still waited there. */
  private withPlanned(index: RatioIndex, row: StoredPublication, account: StoredAccount): RatioIndex | null {
    const unit = unitOf({ ...row, state: 'scheduled' }, account);
    return unit && applyEdit(index, { remove: [row.id], insert: [unit] });
  }

  /** True when it may go; else it has been exchanged, held or left to wait. `row` is being sent, its create not begun. */
  lets(row: StoredPublication, account: StoredAccount): boolean {
    // A base post never breaks the rule (DOMAIN §2), so only the others are checked against the whole plan.
    if (account.policy.mode !== 'enforce' || !row.counts || row.sentAt !== null || row.tier === account.policy.base) return true;
    const index = this.withPlanned(this.planning.index(account), row, account);
    if (!index) return true;
    const check = checkAtSend(index, row.id, { exchanged: this.repository.hasNote(row.id, EXCHANGED) });
    if (check.result === 'send') return true;
    if (check.result === 'exchange') {
      const { undoId } = this.deps.db.tx(() => {
        this.repository.apply(row.id, { type: 'exchange' }, { reason: null }, this.now());
        this.repository.note(row.id, EXCHANGED, this.now());
        return this.publishing.exchange(account, this.planning.index(account), row.id, check.withId);
      });
      this.activity.add({ accountId: account.id, level: 'info', code: 'send_exchanged', params: { username: account.username, text: row.text.slice(0, 60), id: row.id, withId: check.withId, undoId } }, true);
      return false;
    }
    const reason = this.reasonOf(check.violations, account);
    if (check.result === 'hold') {
      this.publishing.changed([this.repository.apply(row.id, { type: 'hold', reason: 'ratio' }, { heldReason: 'ratio', reason }, this.now())]);
      this.activity.add({ accountId: account.id, level: 'warning', code: 'held', params: { id: row.id, username: account.username, text: row.text.slice(0, 60), why: 'ratio' } }, true);
    } else this.publishing.changed([this.repository.apply(row.id, { type: 'wait' }, { reason, nextTryAt: check.until }, this.now())]);
    return false;
  }
  private reasonOf(violations: readonly Violation[], account: StoredAccount): Reason {
    const first = violations[0];
    return { code: 'ratio', params: first ? { tier: first.tier, part: first.part, count: first.count, allowed: first.allowed, day: first.part === 'totals' ? first.day : dayOf(this.now(), account.zone) } : {} };
  }

  /** Posts that wait for the ratio, or are held for it. */
  private waiting(): StoredPublication[] {
    return [...this.repository.inState('retry_wait').filter((row) => row.reason?.code === 'ratio'), ...this.repository.inState('held').filter((row) => row.heldReason === 'ratio')];
  }
  /** Is there something to look at since the plan changed? */
  wanted(): boolean {
    if (this.planChanged) this.planChanged = this.waiting().length > 0;
    return this.planChanged;
  }
  /** The plan changed: what waits goes on as soon as the ratio lets it, within its grace (RATIO 11, PUBLISHING 14). */
  lookAgain(now: number): void {
    if (!this.planChanged) return;
    this.planChanged = false;
    const accounts = new Map(this.accounts.list().map((account) => [account.id, account]));
    const indexes = new Map<string, RatioIndex>();
    for (const row of this.waiting()) {
      const account = accounts.get(row.accountId);
      if (!account || now > graceEndOf(row, account, now)) continue;
      const would = this.withPlanned(indexes.get(account.id) ?? this.planning.index(account), row, account);
      if (!would || checkAtSend(would, row.id, { exchanged: true }).result !== 'send') continue;
      indexes.set(account.id, would);
      this.publishing.changed([row.state === 'held' ? this.repository.apply(row.id, { type: 'release' }, { reason: null, late: true }, now) : this.repository.edit(row.id, { nextTryAt: now }, now)]);
    }
  }
}
