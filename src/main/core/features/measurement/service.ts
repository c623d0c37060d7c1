import { AppError } from '../../../../shared/contract/errors.ts';
import type { MetricStep } from '../../../../shared/contract/publications.ts';
import { METRIC_DAYS, type MetricDay, metricDueAt, metricEndsAt, metricReads } from '../../../../shared/domain/measurement.ts';
import { LOOKUP_ENDPOINT, readUsd } from '../../../../shared/domain/price.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import type { Failure, RemoteMetrics } from '../../network/port.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { MoneyService } from '../money/service.ts';
import type { StoredPublication } from '../publishing/repository.ts';
import { type Due, type Kept, PostMetricsRepository, type StoredReason } from './repository.ts';

/** A start has other things to do first; then one request for all of an account that is due, at most so often, ms. */
const FIRST_MS = 2 * 60_000;
const EVERY_MS = 15 * 60_000;
/** Posts of one request: X takes no more. */
const MOST_POSTS = 100;
const MOST_BACKOFF_MS = 4 * 60 * 60_000;
const AFTER_BUDGET_MS = 60 * 60_000;
/** A time that the network named is believed this far ahead. */
const MOST_NAMED_MS = 24 * 60 * 60_000;
/** Errors of a session that cannot be opened which mean that the account's keys are not there. */
const NO_KEYS: ReadonlySet<string> = new Set(['secrets_locked', 'network_needs_reauth', 'account_other_origin']);

interface Needs {
  accounts: () => AccountsService;
  money: MoneyService;
  enabled: () => boolean;
  offline: () => boolean;
  /** Newer counts of an own post, where it is stored; in the same transaction. */
  count(account: StoredAccount, remoteId: string, metrics: RemoteMetrics): void;
  /** Called once they are written. */
  counted(account: StoredAccount): void;
  /** The network no longer has this post of ours. */
  gone(account: StoredAccount, remoteId: string): void;
}

function reasonOf(failure: Failure): StoredReason {
  if (failure.kind === 'reauth' || failure.kind === 'clockOff') return 'keys';
  if (failure.kind === 'rateLimited') return 'limit';
  if (failure.kind === 'budget') return 'cap';
  return failure.kind === 'notSent' ? 'offline' : 'failed';
}

/** Reads the public figures of own posts when they are 1, 3 and 7 days old, each once (DOMAIN §8). */
export function createMeasurement(deps: CoreDeps, needs: Needs): {
  job: Job;
  /** What was read of a post, will be, or was not and why, by age. */
  stepsOf(post: StoredPublication): MetricStep[];
  /** USD that readings due by then may cost; 0 while they are off. */
  plannedUsd(accountId: string, until: number): number;
} {
  const { db, ports, bus } = deps;
  const { clock } = ports;
  const repository = new PostMetricsRepository(db);
  const off = new AbortController();
  const price = readUsd('own');
  /** Accounts that are not asked for a while: until when, monotonic ms, why, and after how many failures in a row. */
  const holds = new Map<string, { until: number; why: StoredReason; failures: number }>();
  // Monotonic: a wall clock that is moved neither hurries nor stops it.
  let next = clock.monotonic() + FIRST_MS;

  const hold = (accountId: string, why: StoredReason, forMs?: number): void => {
    const failures = (holds.get(accountId)?.failures ?? 0) + 1;
    const backoff = ports.random.fraction() * Math.min(MOST_BACKOFF_MS, EVERY_MS * 2 ** failures);
    holds.set(accountId, { until: clock.monotonic() + (forMs ?? backoff), why, failures });
  };
  const obstacle = (account: StoredAccount): StoredReason | null => {
    if (!needs.enabled()) return 'off';
    if (account.network === 'x' && (account.needsReauth || account.origin !== ports.apiOrigin)) return 'keys';
    if (needs.offline()) return 'offline';
    if (!needs.money.mayRead(account, 'own')) return 'cap';
    if (needs.money.blockedUntil(account.id, LOOKUP_ENDPOINT) !== null) return 'limit';
    const held = holds.get(account.id);
    return held && held.until > clock.monotonic() ? held.why : null;
  };
  const failed = (account: StoredAccount, batch: readonly Due[], failure: Failure): void => {
    const why = reasonOf(failure);
    if (failure.kind === 'reauth') needs.accounts().needsReauth(account.id);
    // The practice network may have started again at another address.
    if (failure.kind === 'notSent' && account.network === 'practice') needs.accounts().sessions.drop(account.id);
    hold(account.id, why, failure.kind === 'budget' ? AFTER_BUDGET_MS : failure.kind === 'rateLimited' ? Math.min(MOST_NAMED_MS, Math.max(0, failure.resetAt - clock.now())) : undefined);
    db.tx(() => batch.forEach((each) => repository.failed(each, why)));
  };

  /** At most one request for an account. */
  const look = async (account: StoredAccount, now: number): Promise<void> => {
    const due = repository.due(account.id, now);
    if (due.length === 0) return;
    const why = obstacle(account);
    if (why !== null) {
      db.tx(() => due.forEach((each) => repository.wait(each, why)));
      return;
    }
    const batch = due.slice(0, MOST_POSTS);
    const { session } = await needs.accounts().sessions.get(account.id);
    db.tx(() => batch.forEach((each) => repository.ask(each)));
    const outcome = await session.metrics(batch.map((each) => each.remoteId), off.signal);
    if (!needs.accounts().list().some((each) => each.id === account.id)) return;
    if (!outcome.ok) {
      // Ended in the middle of it: it may have been paid, and is asked for once more at most.
      if (!off.signal.aborted) failed(account, batch, outcome.failure);
      return;
    }
    ports.point?.('metrics.before-commit');
    const read = new Map(outcome.value.posts.map((each) => [each.id, each.metrics]));
    const gone = new Set(outcome.value.gone);
    db.tx(() => {
      for (const each of batch) {
        const metrics = read.get(each.remoteId);
        if (!metrics) repository.nothing(each, clock.now(), gone.has(each.remoteId) ? 'gone' : 'silent');
        else {
          repository.read(each, clock.now(), metrics, price);
          needs.count(account, each.remoteId, metrics);
        }
      }
    });
    holds.delete(account.id);
    for (const each of batch) if (gone.has(each.remoteId)) needs.gone(account, each.remoteId);
    bus.emit('metrics.read', { accountId: account.id });
    needs.counted(account);
  };

  const stepOf = (post: StoredPublication, sentAt: number, day: MetricDay, kept: Kept | undefined, newest: number): MetricStep[] => {
    const now = clock.now();
    const dueAt = metricDueAt(sentAt, day);
    const step = { day, dueAt, readAt: kept?.readAt ?? null, figures: kept?.figures ?? null, usdLow: kept?.usd.low ?? 0, usdHigh: kept?.usd.high ?? 0 };
    const unread = (reason: MetricStep['reason']): MetricStep[] => [{ ...step, state: 'unread', reason }];
    if (kept && kept.readAt !== null) return kept.figures === null ? unread(kept.reason ?? 'silent') : [{ ...step, state: 'read', reason: null }];
    if (post.removedAt !== null && post.removedAt < dueAt) return [];
    if (kept?.givenUp) return unread('failed');
    if (newest > day || now >= metricEndsAt(sentAt, day)) return unread(kept?.reason ?? 'late');
    if (post.removedAt !== null) return unread('gone');
    if (!needs.enabled()) return dueAt > now ? [] : unread('off');
    return [{ ...step, state: 'planned', reason: kept?.reason ?? null, usdLow: price.low, usdHigh: price.high }];
  };

  return {
    job: {
      name: 'measurement',
      nextDue: () => (ports.fleeting ? null : Math.ceil(clock.now() + next - clock.monotonic())),
      async run(now) {
        next = clock.monotonic() + EVERY_MS;
        for (const account of needs.accounts().list()) {
          try {
            await look(account, now);
          } catch (cause) {
            if (off.signal.aborted) return;
            if (!(cause instanceof AppError)) ports.log.error('figures could not be read', { account: account.id, cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
            hold(account.id, cause instanceof AppError && NO_KEYS.has(cause.code) ? 'keys' : 'failed');
          }
        }
      },
      stop: () => off.abort(),
    },
    stepsOf(post) {
      const { sentAt, remoteId } = post;
      if (post.kind !== 'post' || sentAt === null || remoteId === null) return [];
      const kept = repository.of(post.id);
      // Sent before figures were read, or by another computer: nothing was missed.
      if (kept.length === 0 && clock.now() >= metricEndsAt(sentAt, 7)) return [];
      const newest = kept.reduce((most, each) => (each.readAt === null ? most : Math.max(most, each.day)), 0);
      return METRIC_DAYS.flatMap((day) => stepOf(post, sentAt, day, kept.find((each) => each.day === day), newest));
    },
    plannedUsd(accountId, until) {
      if (!needs.enabled()) return 0;
      const now = clock.now();
      return repository.ahead(accountId, now, until).reduce((sum, { at, done }) => sum + metricReads(at, now, until).filter((day) => day > done).length * price.high, 0);
    },
  };
}
