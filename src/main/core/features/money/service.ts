import { z } from 'zod';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import { CAP_STAGES, type CapStage, capStage, mayRead } from '../../../../shared/domain/budget.ts';
import { LOOKUP_ENDPOINT } from '../../../../shared/domain/price.ts';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** What a post that is read costs is worked out at most this often, ms: every header of a column asks. */
const RATE_MS = 600_000;
/** What the plan will cost is worked out at most this often, ms: every look of a column asks. */
const RESERVE_MS = 5_000;

const q = defineStatements('money', {
  add: 'INSERT INTO ledger (account_id, at, endpoint, resources, usd_low, usd_high) VALUES (:accountId, :at, :endpoint, :resources, :low, :high)',
  month: `SELECT endpoint, count(*) AS calls, sum(usd_low) AS low, sum(usd_high) AS high FROM ledger
    WHERE account_id = :accountId AND at >= :from AND at < :to GROUP BY endpoint ORDER BY high DESC`,
  first: 'SELECT min(at) AS at FROM ledger WHERE account_id = :accountId',
  total: 'SELECT coalesce(sum(usd_high), 0) AS high FROM ledger WHERE account_id = :accountId AND at >= :from',
  days: `SELECT at / 86400000 AS day, sum(usd_low) AS low, sum(usd_high) AS high FROM ledger WHERE account_id = :accountId AND at >= :from AND at < :to GROUP BY at / 86400000 ORDER BY day`,
  between: `SELECT sum(usd_high) AS high FROM ledger WHERE account_id = :accountId AND at >= :from AND at <= :to AND endpoint IN ('POST tweets','POST retweets')`,
  /** What is read again as it was; figures of own posts have times of their own. */
  reads: `SELECT coalesce(sum(usd_high), 0) AS high FROM ledger WHERE account_id = :accountId AND at >= :from AND endpoint <> '${LOOKUP_ENDPOINT}' AND endpoint NOT LIKE 'POST %' AND endpoint NOT LIKE 'DELETE %' AND endpoint NOT LIKE 'media/%'`,
  rate: 'SELECT sum(usd_high) AS high, sum(resources) AS n FROM ledger WHERE account_id = :accountId AND at >= :from AND endpoint = :endpoint AND resources > 0',
  bucket: `INSERT INTO rate_buckets (account_id, endpoint, bucket_limit, remaining, reset_at) VALUES (:accountId, :endpoint, :limit, :remaining, :resetAt)
    ON CONFLICT (account_id, endpoint) DO UPDATE SET bucket_limit = excluded.bucket_limit, remaining = excluded.remaining, reset_at = excluded.reset_at`,
  used: 'SELECT max(reset_at) AS reset_at FROM rate_buckets WHERE account_id = :accountId AND endpoint = :endpoint AND remaining = 0 AND reset_at > :now',
});
const monthRow = z.object({ endpoint: z.string(), calls: z.number(), low: z.number(), high: z.number() });
const dayRow = z.object({ day: z.number(), low: z.number(), high: z.number() });

/** `YYYY-MM` of an instant, by UTC. */
const monthName = (at: number): string => new Date(at).toISOString().slice(0, 7);

export interface Bucket {
  limit: number;
  remaining: number;
  resetAt: number;
}
interface Capped {
  id: string;
  username: string;
  capUsd: number | null;
}
/** What money needs of the rest of core, given at use since they are built after it. */
export interface MoneyNeeds {
  account(id: string): Capped;
  /** USD of what is planned until then, and how many posts. */
  planned(accountId: string, until: number): { usd: number; posts: number };
  /** USD that reading own posts' figures by then may cost. */
  figuresUsd(accountId: string, until: number): number;
  /** A stage was reached that the user has not been told of. */
  stage(account: Capped, stage: CapStage): void;
}
/** What was spent, a row per billable call, the month's cap, and the rate-limit buckets the network named (ARCHITECTURE §7, DOMAIN §7). */
export interface MoneyService {
  bill(accountId: string, row: { endpoint: string; resources: number; usdLow: number; usdHigh: number }): void;
  noteBucket(accountId: string, endpoint: string, bucket: Bucket): void;
  /** USD that creates of the account cost between two moments; null when none was billed. One create is on the wire at a time, so between begin and end of an attempt it is that attempt's. */
  createCost(accountId: string, from: number, to: number): number | null;
  /** Does the account's cap leave this much, USD? */
  affordable(account: { id: string; capUsd: number | null }, usd: number): boolean;
  /** Does the account's cap leave room for reading a source of this kind? */
  mayRead(account: { id: string; capUsd: number | null }, kind: 'home' | 'search' | 'mentions' | 'own'): boolean;
  /** What a post read by an endpoint cost within the last week, its author and what belongs to it included, USD; null where none was. */
  perPost(accountId: string, endpoint: string): number | null;
  /** Epoch ms from which the endpoint may be asked again; null when it may now. */
  blockedUntil(accountId: string, endpoint: string): number | null;
}

export function createMoneyFeature(deps: CoreDeps, needs: MoneyNeeds): { handlers: Pick<Handlers, 'money.month'>; service: MoneyService } {
  const { db, ports, bus } = deps;
  // X bills by UTC day, so its month is counted in UTC too.
  const monthSpan = (at = ports.clock.now()): { from: number; to: number } => {
    const now = new Date(at);
    return { from: Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1), to: Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1) };
  };
  const reserves = new Map<string, { at: number; usd: number }>();
  const rates = new Map<string, { at: number; usd: number }>();
  const reserveOf = (accountId: string): number => {
    const now = ports.clock.now();
    const known = reserves.get(accountId);
    if (known && now - known.at < RESERVE_MS && now >= known.at) return known.usd;
    const { usd } = needs.planned(accountId, monthSpan().to);
    reserves.set(accountId, { at: now, usd });
    return usd;
  };
  const spent = (accountId: string): number => Number(db.get(q.total, { accountId, from: monthSpan().from })?.['high'] ?? 0);
  const stageOf = (account: { id: string; capUsd: number | null }): CapStage =>
    account.capUsd === null ? 'none' : capStage({ capUsd: account.capUsd, spentUsd: spent(account.id), reserveUsd: reserveOf(account.id) });
  const told = new Map<string, CapStage>();
  const tell = (accountId: string): void => {
    const account = needs.account(accountId);
    if (account.capUsd === null) return;
    const stage = stageOf(account);
    const before = told.get(accountId) ?? 'fine';
    told.set(accountId, stage);
    if (CAP_STAGES.indexOf(stage) > CAP_STAGES.indexOf(before)) needs.stage(account, stage);
  };

  const month = (accountId: string, wanted?: string): OutputOf<'money.month'> => {
    const now = ports.clock.now();
    const { from, to } = monthSpan(wanted === undefined ? now : Date.parse(`${wanted}-01T00:00:00Z`));
    const account = needs.account(accountId);
    const rows = db.all(q.month, { accountId, from, to }).map((row) => monthRow.parse(row));
    const week = needs.planned(accountId, now + WEEK_MS);
    const left = needs.planned(accountId, monthSpan().to);
    const spentHigh = rows.reduce((sum, row) => sum + row.high, 0);
    const first = db.get(q.first, { accountId })?.['at'];
    // An account that is read since yesterday has read for a day, not for a week.
    const known = Math.min(WEEK_MS, Math.max(DAY_MS, now - (typeof first === 'number' ? first : now)));
    return {
      month: monthName(from), first: typeof first === 'number' ? monthName(first) : null,
      spentLow: rows.reduce((sum, row) => sum + row.low, 0), spentHigh, capUsd: account.capUsd, reserveUsd: left.usd,
      stage: capStage({ capUsd: account.capUsd, spentUsd: spent(accountId), reserveUsd: left.usd }),
      byEndpoint: rows.map((row) => ({ endpoint: row.endpoint, calls: row.calls, usd: row.high })),
      today: db.all(q.month, { accountId, from: Math.floor(now / DAY_MS) * DAY_MS, to: now + DAY_MS }).map((raw) => {
        const row = monthRow.parse(raw);
        return { endpoint: row.endpoint, calls: row.calls, usd: row.high };
      }),
      byDay: db.all(q.days, { accountId, from, to }).map((raw) => {
        const row = dayRow.parse(raw);
        return { day: new Date(row.day * 86_400_000).toISOString().slice(0, 10), low: row.low, high: row.high };
      }),
      week: { posts: week.posts, publishUsd: week.usd, readUsd: Number(db.get(q.reads, { accountId, from: now - WEEK_MS })?.['high'] ?? 0) * (WEEK_MS / known), figuresUsd: needs.figuresUsd(accountId, now + WEEK_MS) },
    };
  };
  return {
    handlers: { 'money.month': ({ accountId, month: wanted }) => month(accountId, wanted) },
    service: {
      bill(accountId, row) {
        db.run(q.add, { accountId, at: ports.clock.now(), endpoint: row.endpoint, resources: row.resources, low: row.usdLow, high: row.usdHigh });
        bus.emit('spend.changed', { accountId });
        tell(accountId);
      },
      perPost(accountId, endpoint) {
        const now = ports.clock.now();
        const key = `${accountId} ${endpoint}`;
        const known = rates.get(key);
        if (known && now - known.at < RATE_MS && now >= known.at) return known.usd;
        const row = db.get(q.rate, { accountId, from: now - WEEK_MS, endpoint });
        const usd = typeof row?.['n'] === 'number' && row['n'] > 0 ? Number(row['high']) / row['n'] : null;
        // Before the first read there is nothing to keep.
        if (usd !== null) rates.set(key, { at: now, usd });
        return usd;
      },
      noteBucket(accountId, endpoint, bucket) {
        db.run(q.bucket, { accountId, endpoint, limit: bucket.limit, remaining: bucket.remaining, resetAt: bucket.resetAt });
      },
      createCost(accountId, from, to) {
        const high = db.get(q.between, { accountId, from, to })?.['high'];
        return typeof high === 'number' ? high : null;
      },
      // Half a cent of rounding never holds a post.
      affordable: (account, usd) => account.capUsd === null || spent(account.id) + usd <= account.capUsd + 0.005,
      mayRead: (account, kind) => mayRead(stageOf(account), kind),
      blockedUntil(accountId, endpoint) {
        const resetAt = db.get(q.used, { accountId, endpoint, now: ports.clock.now() })?.['reset_at'];
        return typeof resetAt === 'number' ? resetAt : null;
      },
    },
  };
}
