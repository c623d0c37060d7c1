import { byTurn, decideDue, LATE_GAP_MS, mayRelease, nextLate, ON_TIME_MS, REPLY_GAP_MS } from '../../../../shared/domain/publicationTime.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Job, Jump } from '../../jobs/wakeLoop.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { ActivityService } from '../activity/feature.ts';
import type { AttemptsRepository } from './attempts.ts';
import type { ClockTrust } from './clockTrust.ts';
import type { Durable } from './durable.ts';
import type { Durations } from './durations.ts';
import { graceEndOf } from './grace.ts';
import type { Pause } from './pause.ts';
import type { QueueStops } from './queueStops.ts';
import type { RatioGate } from './ratioGate.ts';
import type { Reconciler } from './reconcile.ts';
import { recover } from './recovery.ts';
import type { PublicationsRepository, Reason, StoredPublication } from './repository.ts';
import type { Sender } from './sender.ts';
import { type PublishingService, SEND_NOW_MS } from './service.ts';

/** What was looked at and could not go yet is looked at again after this, ms. */
const AGAIN_MS = 5_000;
/** Late ones are said this long before the first of them goes: the wake-up tray is there first (PUBLISHING 12), ms. */
const TRAY_FIRST_MS = 10_000;
/** Longest wait that a stored instant may mean after a start, ms. */
const LONGEST_RETRY_MS = 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

interface Due {
  row: StoredPublication;
  account: StoredAccount;
  end: number;
}
export interface SchedulerServices {
  repository: PublicationsRepository;
  attempts: AttemptsRepository;
  publishing: PublishingService;
  accounts: AccountsService;
  sender: Sender;
  durable: Durable;
  durations: Durations;
  reconciler: Reconciler;
  ratio: RatioGate;
  pause: Pause;
  stops: QueueStops;
  clockTrust: ClockTrust;
  activity: ActivityService;
  /** What waits for the network is kept here until it is let go. */
  outboxHeld: () => boolean;
  /** An earlier repost of this post is being taken back right now. */
  undoingRepost: (accountId: string, postId: string) => boolean;
  lastTickAt: () => number | null;
}

/** Looks at what is due and decides what happens to it (PUBLISHING). Sending itself is the sender's. */
export class Scheduler implements Job {
  readonly name = 'publishing';
  private readonly deps: CoreDeps;
  private readonly on: SchedulerServices;
  private readonly repository: PublicationsRepository;
  /** Wall and monotonic time of the last look at what is due. */
  private looked: { wall: number; mono: number } | null = null;
  /** When the last late post of each account went, monotonic ms. */
  private readonly lastLate = new Map<string, number>();
  /** When the last answer that had waited went out, by account, monotonic ms. */
  private readonly lastReply = new Map<string, number>();
  /** What waits its turn goes then, monotonic ms. */
  private turnAt: number | null = null;
  /** Since when late ones are known to the user, monotonic ms; null when there are none. */
  private saidAt: number | null = null;
  private silenceSaid = false;
  constructor(deps: CoreDeps, services: SchedulerServices) {
    this.deps = deps;
    this.on = services;
    this.repository = services.repository;
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }
  private mono(): number {
    return this.deps.ports.clock.monotonic();
  }
  lastTickAt(): number | null {
    return this.on.lastTickAt();
  }
  /** Accounts whose queue stands still. */
  stopped(): ReturnType<QueueStops['list']> {
    return this.on.stops.list();
  }

  pausedBy(): { reason: string; since: number } | null {
    return this.on.pause.by();
  }
  pause(reason: string): void {
    this.on.publishing.changed(this.on.pause.begin(reason));
  }
  /** What passed its time stays `paused` until the user chooses, post by post. */
  resume(): void {
    this.on.pause.end();
    this.release('budget', null);
  }
  /** What held them is gone: those still within their grace are planned again by themselves, the others wait for the user (PUBLISHING 14). */
  release(reason: 'auth' | 'budget', accountId: string | null): void {
    if (reason === 'budget') this.on.stops.lift(accountId);
    const now = this.now();
    const rows = this.held().filter(({ row, end }) => row.heldReason === reason && (accountId === null || row.accountId === accountId) && mayRelease(now, end));
    this.on.publishing.changed(rows.map(({ row }) => this.repository.apply(row.id, { type: 'release' }, { reason: null, late: (row.dueAt ?? now) <= now }, now)));
  }

  /** Before the first tick. */
  recover(): void {
    recover(this.deps, this.on);
    const now = this.now();
    if (this.repository.due(now).length > 0 || this.repository.inState('held').some((row) => (row.dueAt ?? Infinity) <= now)) this.on.clockTrust.doubt();
  }
  /** The open request is waited for, no other begins. */
  stop(): void {
    this.on.sender.stop();
  }

  nextDue(): number | null {
    const now = this.now();
    const looked = this.looked;
    if (this.on.durable.waiting) return (looked?.wall ?? 0) + AGAIN_MS;
    const paused = this.pausedBy() !== null;
    if (!paused && this.on.ratio.wanted()) return now;
    const waits: number[] = [];
    const after = (ms: number | null): void => void (ms !== null && waits.push(ms));
    const turn = this.turnAt === null ? null : Math.max(0, this.turnAt - this.mono());
    for (const row of this.repository.due(now)) {
      const left = row.nextTryAt === null || row.state === 'scheduled' ? this.dueIn(row, now) : paused ? 0 : this.retryLeft(row);
      const since = looked === null ? Infinity : this.mono() - looked.mono;
      // Seen before and still here: it waits its turn, or for the clock to be believed.
      if (left > 0) after(left);
      else if (since > -left) after(0);
      else after(turn ?? Math.max(0, AGAIN_MS - since));
    }
    const planned = this.repository.nextPlanned(now);
    after(planned === null ? null : planned - now);
    after(turn);
    after(this.on.reconciler.nextIn());
    after(this.on.clockTrust.askIn());
    for (const { row, end } of this.held()) after(this.mayGoOn(row) ? 0 : Math.max(0, end + 1 - now));
    return waits.length === 0 ? null : now + Math.min(...waits);
  }
  /** Ms until its time. What is sent now waits its seconds out, whatever the wall clock says meanwhile (PUBLISHING 9). */
  private dueIn(row: StoredPublication, now: number): number {
    const dueAt = row.dueAt ?? now;
    return row.manual && row.state === 'scheduled' ? this.on.durations.left(`send:${row.id}`, dueAt, SEND_NOW_MS) : dueAt - now;
  }
  private retryLeft(row: StoredPublication): number {
    return this.on.durations.left(`retry:${row.id}`, row.nextTryAt ?? this.now(), LONGEST_RETRY_MS);
  }

  /** After a jump that sleep does not explain, the network's own clock is asked first. */
  async onJump(jump: Jump): Promise<void> {
    if (jump.kind === 'slept') return;
    const { clockTrust } = this.on;
    clockTrust.doubt();
    const answer = await clockTrust.ask();
    if (jump.kind !== 'forward' || answer !== 'off') return;
    const now = this.now();
    const due = this.repository.due(now).filter((row) => row.state === 'scheduled' && row.sentAt === null && (row.dueAt ?? 0) > now - jump.ms && (row.dueAt ?? 0) <= now);
    const minutes = Math.round(jump.ms / 60_000);
    for (const row of due) this.leave(row, 'jump', { code: 'clock_jump', params: { minutes } }, false);
    if (due.length > 0) this.on.activity.add({ accountId: null, level: 'warning', code: 'clock_jump', params: { count: due.length, minutes } }, true);
  }

  async run(now: number): Promise<void> {
    this.looked = { wall: now, mono: this.mono() };
    this.turnAt = null;
    // Nothing new is sent while an outcome waits for the disk.
    if (!this.on.durable.settle()) return;
    for (const { row, end } of this.held()) {
      if (!mayRelease(now, end)) this.leave(row, 'graceOver', row.kind === 'reply' && row.heldReason !== 'media' ? { code: 'reply_review', params: {} } : (row.reason ?? { code: 'grace_over', params: {} }), true);
      else if (this.mayGoOn(row)) this.on.publishing.changed([this.repository.apply(row.id, { type: 'release' }, { reason: null, late: true }, now)]);
    }
    if (!this.pausedBy()) this.on.ratio.lookAgain(now);
    if (!this.on.clockTrust.sure && (await this.on.clockTrust.ask()) === 'sure') this.believeAgain();
    await this.sendDue(this.now());
    await this.on.reconciler.run();
  }

  private held(): Due[] {
    const accounts = new Map(this.on.accounts.list().map((account) => [account.id, account]));
    return this.repository.inState('held').flatMap((row) => {
      const account = accounts.get(row.accountId);
      return account && row.dueAt !== null ? [{ row, account, end: graceEndOf(row, account, this.now()) }] : [];
    });
  }
  /** The network said that the money was used up, and since then it took a post. */
  private mayGoOn(row: StoredPublication): boolean {
    return row.heldReason === 'budget' && row.reason?.code === 'budget' && !this.on.stops.has(row.accountId);
  }

  private async sendDue(now: number): Promise<void> {
    const accounts = new Map(this.on.accounts.list().map((account) => [account.id, account]));
    const paused = this.pausedBy() !== null;
    const clockSure = this.on.clockTrust.sure;
    const onTime = new Map<string, Due[]>();
    const late = new Map<string, Due[]>();
    let waits = 0;
    for (const row of this.repository.due(now)) {
      const account = accounts.get(row.accountId);
      if (!account) {
        this.leave(row, 'graceOver', { code: 'refused', params: {} }, true);
        continue;
      }
      // What waits is paused at once; else it waits its time out.
      if (!paused && row.nextTryAt !== null && row.state !== 'scheduled' && this.retryLeft(row) > 0) continue;
      if (row.state === 'scheduled' && this.dueIn(row, now) > 0) continue;
      const end = graceEndOf(row, account, now);
      const state = row.state === 'scheduled' ? 'scheduled' : row.state === 'partial' ? 'partial' : 'retry_wait';
      const decision = decideDue({ state, now, dueAt: row.dueAt ?? now, end, released: row.late, mid: row.sentAt !== null, manual: row.manual, paused, clockSure });
      if (decision === 'pause') this.on.publishing.changed([this.on.pause.park(row, now)]);
      else if (decision === 'miss') this.leave(row, 'graceOver', this.missedReason(row), true);
      else if (decision === 'wait') waits += 1;
      else if (this.keptBack(row)) continue;
      else (decision === 'send' ? onTime : late).set(account.id, [...((decision === 'send' ? onTime : late).get(account.id) ?? []), { row, account, end }]);
    }
    if (waits > 0) this.sayDoubt(waits);
    // Accounts do not wait for one another; within one the order is kept, and one create is in flight.
    await Promise.all([...onTime.values()].map(async (list) => {
      for (const each of list) await this.sendOne(each);
    }));
    if (late.size === 0) {
      if (waits === 0) this.saidAt = null;
    } else if (this.trayShown([...late.values()].flat())) await Promise.all([...late.values()].map(async (list) => {
      await this.sendLateReply(list.filter(({ row }) => row.kind === 'reply'));
      await this.sendLate(list.filter(({ row }) => row.kind !== 'reply'));
    }));
  }
  /** The outbox is held: what waits in it stays, and its grace runs. A repost lets the undo of an earlier one end first, so that the newer wish is what stands. */
  private keptBack(row: StoredPublication): boolean {
    if (row.kind === 'repost' && this.on.undoingRepost(row.accountId, row.targetId ?? '')) return true;
    return row.state === 'retry_wait' && !row.manual && this.on.outboxHeld();
  }
  private missedReason(row: StoredPublication): NonNullable<Reason> {
    if (row.kind === 'reply') return { code: 'reply_review', params: {} };
    if (row.state === 'scheduled') return row.sentAt === null ? { code: 'app_closed', params: {} } : { code: 'grace_over', params: {} };
    if (row.reason?.code === 'will_be_missed') return { code: 'rate_limited', params: row.reason.params };
    return row.reason ?? { code: 'grace_over', params: {} };
  }
  /** The clock is not believed and nobody says what time it is: said once. */
  private sayDoubt(count: number): void {
    this.turnAt = this.mono() + (this.on.clockTrust.askIn() ?? AGAIN_MS);
    if (this.silenceSaid) return;
    this.silenceSaid = true;
    this.on.activity.add({ accountId: null, level: 'warning', code: 'clock_unsure', params: { count } }, true);
  }
  /** The network says that the clock is right: the doubt is no longer a problem to look at. */
  private believeAgain(): void {
    this.silenceSaid = false;
    if (this.on.activity.settle('clock_unsure')) this.on.activity.add({ accountId: null, level: 'info', code: 'clock_sure', params: {} }, true);
  }
  /** Are the late ones known to the user for long enough? */
  private trayShown(late: readonly Due[]): boolean {
    const mono = this.mono();
    // A short wait for the network is not worth a tray.
    const many = late.some(({ row }) => row.state === 'scheduled' && !row.late);
    if (this.saidAt === null && many) this.on.activity.add({ accountId: null, level: 'info', code: 'late_waiting', params: { count: late.length } }, true);
    this.saidAt ??= many ? mono : mono - TRAY_FIRST_MS;
    const left = this.saidAt + TRAY_FIRST_MS - mono;
    if (left <= 0) return true;
    this.turnAt = mono + left;
    return false;
  }

  /** One answer that waited, in their order; the next one a few seconds later. */
  private async sendLateReply(list: readonly Due[]): Promise<void> {
    const due = list.toSorted((a, b) => byTurn(a.row, b.row))[0];
    if (!due) return;
    const left = (this.lastReply.get(due.account.id) ?? -Infinity) + REPLY_GAP_MS - this.mono();
    if (left <= 0) {
      this.lastReply.set(due.account.id, this.mono());
      await this.sendOne(due);
    }
    if (left > 0 || list.length > 1) this.turnAt = Math.min(this.mono() + (left > 0 ? left : REPLY_GAP_MS), this.turnAt ?? Infinity);
  }

  /** In order, five minutes apart, never near one that is on time; whose turn comes after its grace waits for the end of it: what stands in its way may be moved or fail (PUBLISHING 12). */
  private async sendLate(list: readonly Due[]): Promise<void> {
    const account = list[0]?.account;
    if (!account) return;
    const now = this.now();
    const last = this.lastLate.get(account.id);
    const times = this.repository.onTime(account.id, now, now + DAY_MS).filter((at) => !list.some(({ row }) => row.dueAt === at));
    const next = nextLate(list.map(({ row, end }) => ({ id: row.id, dueAt: row.dueAt ?? now, end })), now, last === undefined ? null : now - (this.mono() - last), times);
    for (const { end } of list) this.turnAt = Math.min(this.mono() + end + 1 - now, this.turnAt ?? Infinity);
    const due = list.find(({ row }) => row.id === next?.id);
    if (!next || !due) return;
    if (next.at <= now) {
      await this.sendOne(due);
      const after = this.repository.find(due.row.id);
      if (after && ['posted', 'unknown', 'needs_review', 'partial'].includes(after.state)) this.lastLate.set(account.id, this.mono());
    }
    const turn = this.mono() + (next.at <= now ? (list.length > 1 ? AGAIN_MS : LATE_GAP_MS) : next.at - now);
    this.turnAt = Math.min(turn, this.turnAt ?? Infinity);
  }

  private async sendOne({ row: { id }, account }: Due): Promise<void> {
    const row = this.repository.find(id);
    // It may have been taken back, or exchanged away, while another was being sent.
    if (!row || (row.state !== 'scheduled' && row.state !== 'retry_wait' && row.state !== 'partial') || this.dueIn(row, this.now()) > 0) return;
    if (row.state === 'partial' && row.nextTryAt === null) return;
    if ((this.pausedBy() && !row.manual) || this.keptBack(row)) return;
    await this.on.sender.send(row, account, this.now() - (row.dueAt ?? 0) > ON_TIME_MS);
  }

  private leave(row: StoredPublication, type: 'graceOver' | 'jump', reason: NonNullable<Reason>, say: boolean): void {
    const after = this.repository.apply(row.id, { type }, { reason }, this.now());
    this.on.activity.add({ accountId: row.accountId, level: 'warning', code: 'missed', params: { id: row.id, text: row.text.slice(0, 60), why: reason.code } }, say);
    this.on.publishing.changed([after]);
  }
}
