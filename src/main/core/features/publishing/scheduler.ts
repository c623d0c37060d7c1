import { z } from 'zod';
import { dayOf } from '../../../../shared/domain/time.ts';
import { applyEdit, checkAtSend, type RatioIndex, type Violation } from '../../../../shared/domain/ratio/index.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Job, Jump } from '../../jobs/wakeLoop.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { ActivityService } from '../activity/feature.ts';
import { unitOf } from '../planning/context.ts';
import type { PlanningService } from '../planning/service.ts';
import type { AttemptsRepository } from './attempts.ts';
import type { Reconciler } from './reconcile.ts';
import type { PublicationsRepository, Reason, StoredPublication } from './repository.ts';
import type { Sender } from './sender.ts';
import type { PublishingService } from './service.ts';

/** Up to this after its time a post is on time: the wake loop's longest wait and a slow answer, ms. */
const ON_TIME_MS = 90_000;
/** Late ones go out this far apart, and never this near to one that is on time (DOMAIN §4), ms. */
const LATE_GAP_MS = 5 * 60_000;
const NEAR_MS = 2 * 60_000;
/** A disk that takes nothing is tried again after this, ms. */
const DISK_RETRY_MS = 5_000;
/** Written in the history of a post that changed places at its send time: it does so once. */
const EXCHANGED = 'exchangedAtSend';
/** A clock further off than this from the network's is not trusted, ms. */
const CLOCK_OFF_MS = 2 * 60_000;

const q = defineStatements('scheduler', {
  get: "SELECT value FROM settings WHERE key = 'pause'",
  put: "INSERT INTO settings (key, value) VALUES ('pause', :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
});
const pauseSchema = z.object({ reason: z.string(), since: z.number() }).nullable();

/** Looks at what is due and decides what happens to it (DOMAIN §4, ARCHITECTURE §7). Sending itself is the sender's. */
export class Scheduler implements Job {
  readonly name = 'publishing';
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly planning: PlanningService;
  private readonly publishing: PublishingService;
  private readonly accounts: AccountsService;
  private readonly sender: Sender;
  private readonly attempts: AttemptsRepository;
  private readonly reconciler: Reconciler;
  private readonly activity: ActivityService;
  private readonly tickedAt: () => number | null;
  private lastLateAt = 0;
  private ranAt = 0;
  /** Late posts wait their turn until then, epoch ms. */
  private lateTurnAt: number | null = null;
  /** The plan changed since what waits for the ratio was looked at. */
  private planChanged = true;
  /** True while this computer's clock is known to run ahead of the network's. */
  private clockAhead = false;
  constructor(
    deps: CoreDeps,
    services: { repository: PublicationsRepository; planning: PlanningService; publishing: PublishingService; accounts: AccountsService; sender: Sender; attempts: AttemptsRepository; reconciler: Reconciler; activity: ActivityService; lastTickAt: () => number | null },
  ) {
    this.deps = deps;
    this.repository = services.repository;
    this.planning = services.planning;
    this.publishing = services.publishing;
    this.accounts = services.accounts;
    this.sender = services.sender;
    this.attempts = services.attempts;
    this.reconciler = services.reconciler;
    this.activity = services.activity;
    this.tickedAt = services.lastTickAt;
    deps.bus.subscribe((frame) => {
      if (frame.name === 'plan.changed' || frame.name === 'publication.changed' || frame.name === 'publication.deleted') this.planChanged = true;
    });
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }
  lastTickAt(): number | null {
    return this.tickedAt();
  }

  pausedBy(): { reason: string; since: number } | null {
    const row = this.deps.db.get(q.get);
    if (!row) return null;
    const parsed = pauseSchema.safeParse(JSON.parse(String(row['value'])));
    return parsed.success ? parsed.data : null;
  }
  pause(reason: string): void {
    this.deps.db.run(q.put, { value: JSON.stringify({ reason, since: this.now() }) });
    this.activity.add({ accountId: null, level: 'warning', code: 'paused', params: { reason } }, false);
    this.deps.bus.emit('scheduler.changed', {});
  }
  /** What passed its time stays `paused` until the user chooses, post by post. */
  resume(): void {
    this.deps.db.run(q.put, { value: 'null' });
    this.release('budget', null);
    this.activity.add({ accountId: null, level: 'info', code: 'resumed', params: {} }, false);
    this.deps.bus.emit('scheduler.changed', {});
  }

  /** What held them is gone: those still within their grace are planned again by themselves, the others wait for the user (DOMAIN §2, §4). */
  release(reason: 'auth' | 'budget', accountId: string | null): void {
    const now = this.now();
    const accounts = new Map(this.accounts.list().map((account) => [account.id, account]));
    const rows = this.repository.inState('held').filter((row) => {
      const account = accounts.get(row.accountId);
      return row.heldReason === reason && (accountId === null || row.accountId === accountId) && account !== undefined && now - (row.dueAt ?? 0) <= this.graceOf(row, account);
    });
    this.publishing.changed(rows.map((row) => this.repository.apply(row.id, { type: 'release' }, { reason: null }, now)));
  }

  /** Before the first tick: what was being sent when the program ended (DOMAIN §4). */
  recover(): void {
    for (const row of this.repository.inState('sending')) {
      const open = this.attempts.list(row.id).filter((attempt) => attempt.endedAt === null);
      this.deps.db.tx(() => {
        for (const attempt of open) this.attempts.end(attempt.id, { outcome: 'interrupted', status: null, errorCode: 'app_closed', nextLookAt: this.now() + 10_000 }, this.now());
        const midThread = open.length === 0 && row.sentAt !== null;
        this.repository.apply(row.id, { type: open.length > 0 ? 'bootWithAttempt' : midThread ? 'bootMidThread' : 'bootWithoutAttempt' }, midThread ? { nextTryAt: this.now() } : {}, this.now());
      });
    }
  }

  nextDue(): number | null {
    if (this.sender.waiting) return this.ranAt + DISK_RETRY_MS;
    if (this.planChanged && !this.pausedBy()) {
      this.planChanged = this.waitingForRatio().length > 0;
      if (this.planChanged) return this.now();
    }
    const planned = this.repository.nextDue();
    const ends = this.heldEnds();
    const next = ends === null ? planned : Math.min(ends, planned ?? Infinity);
    // While a late post waits its turn, the turn is what is next, unless something is due on time before it.
    if (this.lateTurnAt === null || next === null) return next;
    const upcoming = this.repository.upcoming(this.now() + 1, Number.MAX_SAFE_INTEGER)[0] ?? Infinity;
    return Math.min(this.lateTurnAt, upcoming);
  }

  /** After a jump that sleep does not explain, the network's own clock is asked first. */
  async onJump(jump: Jump): Promise<void> {
    if (jump.kind !== 'forward') {
      this.clockAhead = false;
      return;
    }
    const account = this.accounts.list().find((each) => each.network === 'practice' || each.origin === this.deps.ports.apiOrigin);
    let server: number | null = null;
    try {
      if (account) server = await (await this.accounts.sessions.get(account.id)).session.serverTime();
    } catch (cause) {
      this.deps.ports.log.info('the network\'s clock could not be asked', { cause: String(cause) });
    }
    this.clockAhead = server === null ? jump.ms > CLOCK_OFF_MS : this.now() - server > CLOCK_OFF_MS;
    if (!this.clockAhead) return;
    const due = this.repository.due(this.now()).filter((row) => row.state === 'scheduled');
    for (const row of due) this.miss(row, { code: 'clock_jump', params: { minutes: Math.round(jump.ms / 60_000) } }, false);
    if (due.length > 0) this.activity.add({ accountId: null, level: 'warning', code: 'clock_jump', params: { count: due.length, minutes: Math.round(jump.ms / 60_000) } }, true);
    // What became due was moved to the tray; from here on the new time is the one the user lives in.
    this.clockAhead = false;
  }

  async run(now: number): Promise<void> {
    this.ranAt = now;
    this.lateTurnAt = null;
    // Nothing new is sent while an outcome waits for the disk.
    if (!this.sender.settle()) return;
    this.missHeld(now);
    this.lookAgain(now);
    if (this.pausedBy()) this.parkDue(now);
    else await this.sendDue(now);
    await this.reconciler.run(this.now());
  }

  /** When the next held post passes its grace, epoch ms. */
  private heldEnds(): number | null {
    const held = this.repository.inState('held');
    if (held.length === 0) return null;
    const accounts = new Map(this.accounts.list().map((account) => [account.id, account]));
    const ends = held.flatMap((row) => {
      const account = accounts.get(row.accountId);
      return account && row.dueAt !== null ? [row.dueAt + Math.max(this.graceOf(row, account), ON_TIME_MS) + 1] : [];
    });
    return ends.length === 0 ? null : Math.min(...ends);
  }
  /** Held ones go on by themselves only within their grace; after it they are missed, for the reason that held them (DOMAIN §2). */
  private missHeld(now: number): void {
    const accounts = new Map(this.accounts.list().map((account) => [account.id, account]));
    for (const row of this.repository.inState('held')) {
      const account = accounts.get(row.accountId);
      if (account && row.dueAt !== null && now - row.dueAt > Math.max(this.graceOf(row, account), ON_TIME_MS)) this.miss(row, row.reason ?? { code: 'grace_over', params: {} }, true);
    }
  }

  private parkDue(now: number): void {
    const rows = this.repository.due(now).map((row) => this.repository.apply(row.id, row.sentAt === null ? { type: 'pausePassed' } : { type: 'partFailed' }, { reason: row.sentAt === null ? null : { code: 'paused_thread', params: {} } }, now));
    this.publishing.changed(rows);
  }

  private graceOf(row: StoredPublication, account: StoredAccount): number {
    return account.policy.tiers.find((tier) => tier.key === row.tier)?.graceMs ?? 0;
  }

  private async sendDue(now: number): Promise<void> {
    const accounts = new Map(this.accounts.list().map((account) => [account.id, account]));
    const due = this.repository.due(now);
    const ready: { row: StoredPublication; account: StoredAccount; late: boolean }[] = [];
    for (const row of due) {
      const account = accounts.get(row.accountId);
      const lateness = now - (row.dueAt ?? now);
      if (!account) this.miss(row, { code: 'refused', params: {} }, true);
      else if (row.state === 'retry_wait' && lateness > this.graceOf(row, account)) this.miss(row, row.reason ?? { code: 'grace_over', params: {} }, true);
      else if (lateness > Math.max(this.graceOf(row, account), ON_TIME_MS)) this.miss(row, { code: 'app_closed', params: {} }, true);
      else ready.push({ row, account, late: (row.state === 'scheduled' || row.reason?.code === 'ratio') && lateness > ON_TIME_MS });
    }
    const onTime = ready.filter((each) => !each.late);
    // Accounts do not wait for one another; within one the order is kept.
    const perAccount = new Map<string, typeof onTime>();
    for (const each of onTime) perAccount.set(each.account.id, [...(perAccount.get(each.account.id) ?? []), each]);
    await Promise.all([...perAccount.values()].map(async (list) => {
      for (const each of list) await this.sendOne(each.row.id, each.account, false);
    }));
    const late = ready.filter((each) => each.late);
    if (late.length > 0) await this.sendLate(late);
  }

  /** In order, five minutes apart, never near one that is on time; whose turn comes after its grace is missed (DOMAIN §4). */
  private async sendLate(late: { row: StoredPublication; account: StoredAccount }[]): Promise<void> {
    const now = this.now();
    let turn = Math.max(now, this.lastLateAt === 0 ? now : this.lastLateAt + LATE_GAP_MS);
    const near = this.repository.upcoming(now - ON_TIME_MS, now + 24 * 3_600_000);
    const clear = (): void => {
      for (let moved = true; moved; ) {
        moved = false;
        for (const at of near) {
          if (Math.abs(at - turn) < NEAR_MS && !late.some((each) => each.row.dueAt === at)) {
            turn = at + NEAR_MS;
            moved = true;
          }
        }
      }
    };
    for (const { row, account } of late) {
      clear();
      if (turn > (row.dueAt ?? 0) + this.graceOf(row, account)) {
        this.miss(row, { code: 'grace_over', params: {} }, true);
        continue;
      }
      if (turn > now) {
        this.lateTurnAt = turn;
        return;
      }
      this.lastLateAt = now;
      await this.sendOne(row.id, account, true);
      turn = now + LATE_GAP_MS;
    }
  }

  private async sendOne(id: string, account: StoredAccount, late: boolean): Promise<void> {
    const row = this.repository.find(id);
    // It may have been taken back, or exchanged away, while another was being sent.
    if (!row || (row.state !== 'scheduled' && row.state !== 'retry_wait') || (row.dueAt ?? Infinity) > this.now()) return;
    if (this.pausedBy()) return;
    try {
      this.publishing.checkSendable(row, account);
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      this.hold(row, account, 'style', { code: cause.code === 'text_empty' ? 'empty' : cause.code === 'text_too_long' ? 'too_long' : 'content', params: cause.data.params });
      return;
    }
    // A base post never breaks the rule (DOMAIN §2), so only the others are checked against the whole plan.
    if (account.policy.mode === 'enforce' && row.counts && row.tier !== account.policy.base && (row.state === 'scheduled' || row.reason?.code === 'ratio') && !this.ratioHolds(row, account)) return;
    await this.sender.send(row, account, late);
  }

  /** The send check (RATIO 11): exchanges once with a base post of the day, waits for the day's last base time, else holds. */
  private ratioHolds(row: StoredPublication, account: StoredAccount): boolean {
    const index = this.planning.index(account);
    const check = checkAtSend(index, row.id, { exchanged: this.repository.hasNote(row.id, EXCHANGED) });
    if (check.result === 'send') return true;
    if (check.result === 'exchange') {
      const { undoId } = this.deps.db.tx(() => {
        this.repository.note(row.id, EXCHANGED, this.now());
        return this.publishing.exchange(account, index, row.id, check.withId);
      });
      this.activity.add({ accountId: account.id, level: 'info', code: 'send_exchanged', params: { username: account.username, text: row.text.slice(0, 60), id: row.id, withId: check.withId, undoId } }, true);
      return false;
    }
    const reason = this.ratioReason(check.violations, account);
    if (check.result === 'hold') this.hold(row, account, 'ratio', reason);
    else this.publishing.changed([this.repository.apply(row.id, { type: 'wait' }, { reason, nextTryAt: check.until }, this.now())]);
    return false;
  }
  private ratioReason(violations: readonly Violation[], account: StoredAccount): Reason {
    const first = violations[0];
    return { code: 'ratio', params: first ? { tier: first.tier, part: first.part, count: first.count, allowed: first.allowed, day: first.part === 'totals' ? first.day : dayOf(this.now(), account.zone) } : {} };
  }

  /** Posts that wait for the ratio, or are held for it. */
  private waitingForRatio(): StoredPublication[] {
    return [...this.repository.inState('retry_wait').filter((row) => row.reason?.code === 'ratio'), ...this.repository.inState('held').filter((row) => row.heldReason === 'ratio')];
  }
  /** The plan changed: what waits goes on as soon as the ratio lets it, within its grace (RATIO 11, PUBLISHING 14). */
  private lookAgain(now: number): void {
    if (!this.planChanged) return;
    this.planChanged = false;
    const accounts = new Map(this.accounts.list().map((account) => [account.id, account]));
    const indexes = new Map<string, RatioIndex>();
    for (const row of this.waitingForRatio()) {
      const account = accounts.get(row.accountId);
      if (!account || now - (row.dueAt ?? 0) > this.graceOf(row, account)) continue;
      const index = indexes.get(account.id) ?? this.planning.index(account);
      indexes.set(account.id, index);
      // A held post is no unit: it is looked at as it would be.
      const unit = unitOf({ ...row, state: 'scheduled' }, account);
      if (!unit) continue;
      const would = applyEdit(index, { remove: [row.id], insert: [unit] });
      if (checkAtSend(would, row.id, { exchanged: true }).result !== 'send') continue;
      indexes.set(account.id, would);
      this.publishing.changed([row.state === 'held' ? this.repository.apply(row.id, { type: 'release' }, { reason: null }, now) : this.repository.edit(row.id, { nextTryAt: now }, now)]);
    }
  }

  private hold(row: StoredPublication, account: StoredAccount, why: 'ratio' | 'style', reason: Reason): void {
    const held = this.repository.apply(row.id, { type: 'hold', reason: why }, { heldReason: why, reason }, this.now());
    this.activity.add({ accountId: account.id, level: 'warning', code: 'held', params: { username: account.username, text: row.text.slice(0, 60), why } }, true);
    this.publishing.changed([held]);
  }
  private miss(row: StoredPublication, reason: Reason, say: boolean): void {
    const missed = this.repository.apply(row.id, { type: row.sentAt === null ? 'graceOver' : 'partFailed' }, { reason }, this.now());
    this.activity.add({ accountId: row.accountId, level: 'warning', code: 'missed', params: { text: row.text.slice(0, 60), why: reason?.code ?? '' } }, say);
    this.publishing.changed([missed]);
  }
}
