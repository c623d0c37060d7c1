import { AppError } from '../../../../shared/contract/errors.ts';
import { FIRST_READ_POSTS } from '../../../../shared/domain/price.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import { appErrorOf } from '../../network/failures.ts';
import type { Failure, RemotePost } from '../../network/port.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { MoneyService } from '../money/service.ts';
import { Durations } from '../publishing/durations.ts';
import { ingestPage, type Ingested } from './ingest.ts';
import type { PostsRepository } from './postsRepository.ts';
import type { ColumnsRepository, StoredNetworkSource, StoredSource } from './repository.ts';

/** Time between two looks, ms, by kind; practice moves faster because it costs nothing. */
const EVERY: Record<'x' | 'practice', Record<StoredNetworkSource['source']['kind'], number>> = {
  x: { home: 60_000, mentions: 20_000, own: 60_000, search: 60_000 },
  practice: { home: 10_000, mentions: 8_000, own: 15_000, search: 20_000 },
};
const LATER_PAGE = 50;
const BACKOFF_MS = 10_000;
const MOST_BACKOFF_MS = 15 * 60_000;
const AFTER_BUDGET_MS = 60 * 60_000;
/** A cap that is used up is looked at again after this, ms; a changed cap wakes the columns at once. */
const AFTER_CAP_MS = 10 * 60_000;
/** A time that the network named is believed this far ahead. */
const MOST_NAMED_MS = 24 * 60 * 60_000;

/** Hears of an account's posts as they are stored, in the same transaction; its answer is called once it has committed. */
export type PostsListener = (account: StoredAccount, posts: readonly RemotePost[], mentions: boolean) => () => void;

export interface PollEvents {
  /** `first`: the source had never been read. */
  updated(sourceId: number, newPosts: number, first?: boolean): void;
  /** Posts of a page that could not be read. */
  leftOut(sourceId: number, account: StoredAccount, count: number): void;
}

/** Reads every shown source when its time comes (DOMAIN §5); one look per source at a time, whatever hangs. */
export class Poller implements Job {
  readonly name = 'columns';
  private readonly deps: CoreDeps;
  private readonly accounts: AccountsService;
  private readonly columns: ColumnsRepository;
  private readonly posts: PostsRepository;
  private readonly events: PollEvents;
  private readonly money: MoneyService;
  private readonly stored: PostsListener;
  private readonly poke: () => void;
  private readonly active = new Map<number, Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly durations: Durations;
  /** Sources whose failure could not be written, with the instant of their next look, ms. */
  private readonly notBefore = new Map<number, number>();
  constructor(deps: CoreDeps, services: { accounts: AccountsService; columns: ColumnsRepository; posts: PostsRepository; events: PollEvents; money: MoneyService; stored: PostsListener; poke: () => void }) {
    this.deps = deps;
    this.durations = new Durations(deps.ports.clock);
    this.accounts = services.accounts;
    this.columns = services.columns;
    this.posts = services.posts;
    this.events = services.events;
    this.money = services.money;
    this.stored = services.stored;
    this.poke = services.poke;
  }

  loading(sourceId: number): boolean {
    return this.active.has(sourceId);
  }
  private waiting(): { source: StoredNetworkSource; account: StoredAccount; due: number }[] {
    const accounts = new Map(this.accounts.list().map((each) => [each.id, each]));
    return this.columns.shownSources().flatMap((source) => {
      const account = accounts.get(source.accountId);
      if (!account || this.active.has(source.id)) return [];
      if (account.network === 'x' && (account.needsReauth || account.origin !== this.deps.ports.apiOrigin)) return [];
      return [{ source, account, due: Math.max(this.dueOf(source, account), this.heldUntil(source.id)) }];
    });
  }
  /** A wall clock set back, or one that was wrong when the time was written, must not leave a column unread until it has caught up. */
  private dueOf(source: StoredNetworkSource, account: StoredAccount): number {
    if (source.nextRefreshAt === null) return 0;
    const most = source.error === null ? EVERY[account.network][source.source.kind] * 1.1 : source.error.resumesAt === null ? MOST_BACKOFF_MS + 1000 : MOST_NAMED_MS;
    return Math.min(source.nextRefreshAt, this.deps.ports.clock.now() + this.durations.left(`source:${source.id}`, source.nextRefreshAt, most));
  }
  /** As in `dueOf`, a clock set back holds nothing up for longer than the hold itself. */
  private heldUntil(sourceId: number): number {
    const until = this.notBefore.get(sourceId) ?? 0;
    return Math.min(until, this.deps.ports.clock.now() + BACKOFF_MS);
  }
  nextDue(): number | null {
    const all = this.waiting();
    return all.length === 0 ? null : Math.min(...all.map((each) => each.due));
  }
  /** Begins every look that is due and does not wait for them: a server that hangs holds up only its own column. */
  run(now: number): void {
    for (const each of this.waiting()) if (each.due <= now) void this.look(each.source, each.account);
  }
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.active.values());
  }

  /** One look at a source; shared by callers that ask at the same time. Never rejects: what went wrong is in the source's row, or on a disk that takes nothing in `notBefore`. */
  look(source: StoredNetworkSource, account: StoredAccount): Promise<void> {
    const running = this.active.get(source.id);
    if (running) return running;
    this.notBefore.delete(source.id);
    const run = this.lookOnce(source, account)
      .catch((cause: unknown) => this.fail(source, account, cause))
      .catch((cause: unknown) => this.held(source, account, cause))
      .finally(() => {
        this.active.delete(source.id);
        if (!this.stopping.signal.aborted) this.poke();
      });
    this.active.set(source.id, run);
    this.events.updated(source.id, 0);
    return run.then(() => this.events.updated(source.id, 0));
  }

  private async lookOnce(stale: StoredNetworkSource, account: StoredAccount): Promise<void> {
    const source: StoredNetworkSource = { ...(this.columns.sourceById(stale.id) ?? stale), source: stale.source };
    const { session, base } = await this.accounts.sessions.get(account.id);
    const blocked = this.money.blockedUntil(account.id, session.capabilities.bucket(source.source));
    if (blocked !== null) {
      // The network said when it takes requests of this kind again, perhaps to another column or before a restart.
      this.note(source, new AppError('network_rate_limited'), blocked);
      return;
    }
    if (!this.money.mayRead(account, source.source.kind)) {
      this.note(source, new AppError('spending_cap'), this.deps.ports.clock.now() + AFTER_CAP_MS);
      return;
    }
    const outcome = await session.read(
      { source: source.source, userId: account.remoteId, limit: source.newestId === null ? FIRST_READ_POSTS[account.network] : LATER_PAGE, ...(source.newestId === null ? {} : { sinceId: source.newestId }) },
      this.stopping.signal,
    );
    if (this.stopping.signal.aborted || !this.columns.sourceById(source.id)) return;
    const now = this.deps.ports.clock.now();
    if (!outcome.ok) return this.failed(source, account, outcome.failure);
    const next = Math.round(now + EVERY[account.network][source.source.kind] * (0.9 + this.deps.ports.random.fraction() * 0.2));
    const place = { origin: account.origin, accountId: account.id, sourceId: source.id, base, network: account.network };
    const result: Ingested = await ingestPage({ db: this.deps.db, columns: this.columns, posts: this.posts }, place, source, outcome.value, { now, next }, (posts) => this.stored(account, posts, source.source.kind === 'mentions'));
    this.events.leftOut(source.id, account, outcome.value.leftOut);
    if (result.added > 0) this.events.updated(source.id, result.added, source.newestId === null);
  }

  private failed(source: StoredSource, account: StoredAccount, failure: Failure): void {
    if (failure.kind === 'reauth') this.accounts.needsReauth(account.id);
    // The practice network may have started again at another address.
    if (failure.kind === 'notSent' && account.network === 'practice') this.accounts.sessions.drop(account.id);
    this.note(source, appErrorOf(failure), failure.kind === 'rateLimited' ? failure.resetAt : failure.kind === 'budget' ? this.deps.ports.clock.now() + AFTER_BUDGET_MS : null);
  }
  private fail(source: StoredSource, account: StoredAccount, cause: unknown): void {
    if (this.stopping.signal.aborted || !this.columns.sourceById(source.id)) return;
    if (!(cause instanceof AppError)) this.deps.ports.log.error('a column could not be read', { account: account.id, cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
    this.note(source, cause instanceof AppError ? cause : new AppError('internal'), null);
  }
  /** The disk does not even take that a look failed: the column is tried again, its row stays as it was. */
  private held(source: StoredSource, account: StoredAccount, cause: unknown): void {
    if (this.stopping.signal.aborted) return;
    this.deps.ports.log.error('a failed look could not be noted', { account: account.id, cause: cause instanceof Error ? cause.message : String(cause) });
    this.notBefore.set(source.id, this.deps.ports.clock.now() + BACKOFF_MS);
  }
  /** Full-jitter backoff, unless the network said when. */
  private note(source: StoredSource, error: AppError, resumesAt: number | null): void {
    const now = this.deps.ports.clock.now();
    const ceiling = Math.min(MOST_BACKOFF_MS, BACKOFF_MS * 2 ** Math.min(source.failures, 10));
    const next = resumesAt ?? Math.round(now + 1000 + this.deps.ports.random.fraction() * ceiling);
    this.columns.failed(source.id, error.code, now, next, resumesAt);
  }
}
