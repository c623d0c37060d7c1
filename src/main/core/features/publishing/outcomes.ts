import { eventOfEnd, isUnsettled, LOOKS_MS } from '../../../../shared/domain/publicationAttempt.ts';
import type { AttemptOutcome } from '../../../../shared/domain/publicationAttempt.ts';
import type { PublicationEvent } from '../../../../shared/domain/publication.ts';
import { normaliseText } from '../../../../shared/domain/text.ts';
import type { HeldReason } from '../../../../shared/domain/types.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Failure, LimitHeaders, NetworkSession, Outcome } from '../../network/port.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { Attempt, AttemptsRepository } from './attempts.ts';
import type { Durable } from './durable.ts';
import { graceEndOf } from './grace.ts';
import type { QueueStops } from './queueStops.ts';
import type { Patch, PublicationsRepository, Reason, StoredPublication } from './repository.ts';
import type { SenderEvents } from './senderEvents.ts';
import type { Uploads } from './uploads.ts';

export const RETRY_MS = 30_000;

/** One part on its way. */
export interface Going {
  row: StoredPublication;
  account: StoredAccount;
  session: NetworkSession;
  part: number;
  /** No part follows. */
  last: boolean;
  /** It goes out after its time. */
  late: boolean;
}
export type Answer = Outcome<{ remoteId: string | null }>;

/** How the answers of a create are called in the black box. */
const NAMES: Readonly<Record<Failure['kind'], AttemptOutcome>> = {
  cancelled: 'not_sent', notSent: 'not_sent', clockOff: 'not_sent', rateLimited: 'rate_limited', budget: 'budget', reauth: 'reauth', duplicate: 'duplicate', definite: 'refused', ambiguous: 'ambiguous',
};

/** What becomes of a post by what the network answered. The attempt's end, the new state and the remote id are one transaction, whatever the answer (PUBLISHING 2). */
export class Outcomes {
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly attempts: AttemptsRepository;
  private readonly accounts: AccountsService;
  private readonly uploads: Uploads;
  private readonly durable: Durable;
  private readonly stops: QueueStops;
  private readonly events: SenderEvents;
  constructor(deps: CoreDeps, services: { repository: PublicationsRepository; attempts: AttemptsRepository; accounts: AccountsService; uploads: Uploads; durable: Durable; stops: QueueStops; events: SenderEvents }) {
    this.deps = deps;
    this.repository = services.repository;
    this.attempts = services.attempts;
    this.accounts = services.accounts;
    this.uploads = services.uploads;
    this.durable = services.durable;
    this.stops = services.stops;
    this.events = services.events;
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }

  /** Writes down the end of a create. Answers the row when its next part may go, else null. */
  end(going: Going, attemptId: string, answer: Answer): StoredPublication | null {
    const { row, account, part, last, late } = going;
    const at = this.now();
    const earlier = this.attempts.list(row.id).filter((attempt) => attempt.part === part);
    // A column saw it before its answer came: it is out, whatever was answered.
    const evidence = earlier.find((attempt) => attempt.id === attemptId)?.evidence;
    const seenId = evidence?.kind === 'found' ? (evidence.remoteId ?? null) : null;
    const isOut = answer.ok || (seenId !== null && !this.repository.isClaimed(account.id, seenId));
    if (!isOut && !answer.ok) return this.failed(going, attemptId, answer.failure, answer.limits, earlier);
    const told = answer.ok ? answer.value.remoteId : seenId;
    const saved = this.durable.write(() => {
      this.attempts.end(attemptId, { outcome: 'accepted', status: answer.ok ? 201 : 'status' in answer.failure ? answer.failure.status : null, errorCode: null, remoteId: told, limits: answer.limits }, at);
      // An id that another of our posts has taken already stays there: one post is never claimed twice.
      const remoteId = told !== null && this.repository.isClaimed(account.id, told) ? null : told;
      this.repository.partSent(row, part, remoteId, at, at);
      const lifted = this.stops.lift(account.id);
      const next = this.repository.apply(row.id, { type: eventOfEnd('accepted', { doubt: false, last }) === 'accepted' ? 'accepted' : 'acceptedPart' }, { late, reason: null }, at);
      this.deps.ports.point?.('outcome.before-commit');
      if (lifted) this.deps.ports.log.info('the queue goes on', { account: account.id });
      return next;
    });
    this.deps.ports.point?.('outcome.after-commit');
    if (part === 0) this.events.sent(account.id);
    if (last && saved) this.events.say(row, account, 'info', late ? 'posted_late' : 'posted', {});
    return last ? null : saved;
  }

  private failed(going: Going, attemptId: string, failure: Failure, limits: LimitHeaders | undefined, attempts: readonly Attempt[]): null {
    const { row, account, part } = going;
    const outcome = NAMES[failure.kind];
    const doubt = attempts.some((attempt) => attempt.id !== attemptId && isUnsettled(attempt));
    const type = eventOfEnd(outcome, { doubt, last: going.last });
    const earlier = failure.kind === 'duplicate' && !doubt ? this.earlierCopy(going) : null;
    const { reason, patch } = this.reasonOf(going, failure, type, earlier);
    const event = (type === 'hold' ? { type, reason: patch.heldReason } : { type }) as PublicationEvent;
    this.durable.write(() => {
      const at = this.now();
      const detail = 'detail' in failure ? failure.detail.slice(0, 80) : null;
      this.attempts.end(attemptId, { outcome, status: 'status' in failure ? failure.status : null, errorCode: failure.kind === 'definite' ? failure.code : detail, nextLookAt: at + (LOOKS_MS[0] ?? 0), limits }, at);
      if (earlier) this.attempts.noteEvidence(attemptId, { kind: 'duplicateOf', at, remoteId: earlier.remoteId, createdAt: earlier.sentAt });
      if (failure.kind === 'budget') this.stops.stop(account.id, at);
      // The looks begin anew for what was in doubt before.
      if (outcome === 'duplicate' && doubt) for (const each of attempts) if (each.id !== attemptId && isUnsettled(each)) this.attempts.noteLook(each.id, 0, at + (LOOKS_MS[0] ?? 0));
      const next = this.repository.apply(row.id, event, { reason, ...patch }, at);
      this.deps.ports.point?.('outcome.before-commit');
      return next;
    });
    this.deps.ports.point?.('outcome.after-commit');
    this.after(going, failure, reason);
    if (failure.kind === 'definite' && /media/i.test(failure.detail)) this.uploads.forget(row, part);
    return null;
  }

  private reasonOf(going: Going, failure: Failure, type: string, earlier: StoredPublication | null): { reason: Reason; patch: Patch } {
    switch (failure.kind) {
      case 'cancelled':
      case 'notSent':
        return this.waiting(going, { code: 'offline', params: {} }, this.now() + RETRY_MS);
      case 'clockOff':
        return this.waiting(going, { code: 'clock_off', params: { minutes: Math.round(Math.abs(failure.aheadMs) / 60_000) } }, this.now() + RETRY_MS);
      case 'rateLimited':
        return this.waiting(going, { code: 'rate_limited', params: { until: failure.resetAt } }, failure.resetAt);
      case 'budget':
        return { reason: { code: 'budget', params: { detail: failure.detail } }, patch: { heldReason: 'budget' } };
      case 'reauth':
        return { reason: { code: 'reauth', params: { detail: failure.detail } }, patch: { heldReason: 'auth' } };
      case 'duplicate':
        return { reason: { code: 'duplicate', params: type === 'duplicate' && earlier?.remoteId ? { remoteId: earlier.remoteId, id: earlier.id } : {} }, patch: {} };
      case 'definite':
        return { reason: { code: failure.code, params: { detail: failure.detail } }, patch: {} };
      case 'ambiguous':
        return { reason: { code: 'unknown', params: {} }, patch: {} };
      default:
        return failure satisfies never;
    }
  }
  /** What is said and done once the outcome is on the disk. */
  private after({ row, account }: Going, failure: Failure, reason: Reason): void {
    if (reason?.code === 'will_be_missed') this.events.say(row, account, 'warning', 'will_be_missed', {});
    // The practice network may have started again at another address.
    if (failure.kind === 'notSent' && account.network === 'practice') this.accounts.sessions.drop(account.id);
    if (failure.kind === 'duplicate' || failure.kind === 'definite') this.events.say(row, account, 'error', 'failed', { why: failure.kind === 'definite' ? failure.code : 'duplicate' });
    if (failure.kind === 'reauth') this.accounts.needsReauth(account.id);
    if (failure.kind === 'budget') {
      this.events.say(row, account, 'error', 'budget_stopped', { detail: failure.detail });
      this.deps.bus.emit('scheduler.changed', {});
    }
  }
  private earlierCopy({ row, account }: Going): StoredPublication | null {
    return this.repository.list({ accountId: account.id, states: ['posted'], limit: 100_000 }).findLast((each) => normaliseText(each.text) === normaliseText(row.text)) ?? null;
  }

  /** A wait for the network; one whose end is past the grace is said to be missed at once (PUBLISHING 14). */
  waiting({ row, account }: Pick<Going, 'row' | 'account'>, reason: NonNullable<Reason>, nextTryAt: number): { reason: NonNullable<Reason>; patch: Patch } {
    const now = this.now();
    const end = graceEndOf(row, account, now);
    const said = reason.code === 'rate_limited' && nextTryAt > end ? { code: 'will_be_missed', params: reason.params } : reason;
    // One more look just after its grace, to say that it was missed.
    return { reason: said, patch: { nextTryAt: Math.min(nextTryAt, Math.max(end + 1, now + 1000)) } };
  }
  /** Before any create: waits, or is held. A thread of which parts are out is `partial` (the table says so). */
  wait(going: Pick<Going, 'row' | 'account'>, reason: NonNullable<Reason>, nextTryAt: number): void {
    const { reason: said, patch } = this.waiting(going, reason, nextTryAt);
    this.events.changed([this.repository.apply(going.row.id, { type: 'wait' }, { reason: said, ...patch }, this.now())]);
    if (said.code === 'will_be_missed') this.events.say(going.row, going.account, 'warning', 'will_be_missed', {});
  }
  hold({ row, account }: Pick<Going, 'row' | 'account'>, why: HeldReason, reason: Reason): void {
    this.events.changed([this.repository.apply(row.id, { type: 'hold', reason: why }, { heldReason: why, reason }, this.now())]);
    // That the keys are locked is said above everything, once, not by each post that waits for them.
    this.events.say(row, account, why === 'auth' || why === 'media' ? 'error' : 'warning', 'held', { why, ...(reason ? { reason: reason.code } : {}) }, reason?.code !== 'keys_locked');
  }
}
