import { randomUUID } from 'node:crypto';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import { MOST_ITEMS } from '../../../../shared/contract/library.ts';
import { type Feed, type FeedEntryView, MOST_FEEDS } from '../../../../shared/contract/sources.ts';
import { canonicalUrl, proposeTier } from '../../../../shared/domain/tierByLink.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import { feedAddress, type Fetched, fetchFeed, type Marks, overTls } from './feedFetch.ts';
import { type FeedEntry, feedNamedBy, type ParsedFeed, parseFeedText } from './feedParse.ts';
import { FeedsRepository, type StoredFeed } from './feedsRepository.ts';
import type { NewItem, StoredItem } from './repository.ts';
import { type LibraryService, REST_DAYS, type Written } from './service.ts';

const EVERY_MS = 60 * 60_000;
/** Longest rest of one that cannot be read. */
const MOST_BACKOFF_MS = 24 * 60 * 60_000;
/** Longest rest where no answer came at all: without a network nobody answers, and it may be back soon. */
const MOST_UNREACHED_MS = 2 * 60 * 60_000;
/** Least time between two tries of the program. */
const LEAST_MS = 5 * 60_000;
/** A start has other things to do first. */
const FIRST_MS = 60_000;
/** Nothing is put off further: what is was noted by a clock that ran ahead. */
const FARTHEST_MS = MOST_BACKOFF_MS + EVERY_MS;
/** Entries that a preview tells. */
const TOLD = 6;

/** What becomes of an entry: an item of it, one that is brought up to date, or nothing. */
interface Judged {
  entry: FeedEntry;
  verdict: FeedEntryView['verdict'];
  before: StoredItem | null;
  next: NewItem | null;
  tier: string;
}

/** Feeds of the library: added by address, read each hour while the program is open (DOMAIN §3, sources). */
export class Feeds {
  private readonly deps: CoreDeps;
  private readonly library: LibraryService;
  private readonly accounts: () => AccountsService;
  private readonly repository: FeedsRepository;
  private readonly stopping = new AbortController();
  private readonly running = new Map<string, Promise<{ feed: Feed; added: number }>>();
  /** One read a start at most, and not at once. */
  private readonly notBefore: number;
  readonly job: Job;
  constructor(deps: CoreDeps, services: { library: LibraryService; accounts: () => AccountsService }) {
    this.deps = deps;
    this.library = services.library;
    this.accounts = services.accounts;
    this.repository = new FeedsRepository(deps.db);
    this.notBefore = this.now() + FIRST_MS;
    this.job = {
      name: 'feeds',
      nextDue: () => {
        const at = deps.ports.fleeting ? null : this.repository.nextAt(this.now() + FARTHEST_MS);
        return at === null ? null : Math.max(at, this.notBefore);
      },
      run: async (now) => {
        for (const id of this.repository.due(now, now + FARTHEST_MS)) {
          if (this.stopping.signal.aborted) return;
          await this.readOnce(id).catch((cause: unknown) => {
            // Taken out meanwhile, or the program ends: the others go on.
            if (!(cause instanceof AppError)) throw cause;
          });
        }
      },
      stop: () => this.stopping.abort(),
    };
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }
  private changed(accountId: string): void {
    this.deps.bus.emit('sources.changed', { accountId });
  }
  private checkTier(account: StoredAccount, tier: string): void {
    if (!account.policy.tiers.some((each) => each.key === tier)) throw new AppError('bad_input', { path: 'tier', detail: '' });
  }
  private checkNew(account: StoredAccount, url: string): StoredFeed | null {
    const known = this.repository.byAddress(account.id, url);
    if (known && known.deletedAt === null) throw new AppError('feed_known', { title: known.title });
    if (this.repository.list(account.id).length >= MOST_FEEDS) throw new AppError('feeds_full', { max: MOST_FEEDS });
    return known;
  }

  list(accountId: string): Feed[] {
    return this.repository.list(this.accounts().need(accountId).id).map(view);
  }
  async preview(input: InputOf<'sources.preview'>): Promise<OutputOf<'sources.preview'>> {
    const account = this.accounts().need(input.accountId);
    this.checkTier(account, input.tier);
    const { url, parsed } = await this.look(account, feedAddress(input.url));
    const known = this.checkNew(account, url);
    const judged = this.judge(account, { id: known?.id ?? '', title: parsed.title, theme: input.theme, tier: input.tier }, parsed.entries);
    return {
      url, title: parsed.title, entries: parsed.entries.length, fresh: judged.filter((each) => each.verdict === 'new').length,
      shown: judged.slice(0, TOLD).map(({ entry, verdict, before, tier }) => ({ title: entry.title, url: entry.url, publishedOn: entry.publishedOn, theme: before?.theme ?? input.theme, tier: before?.tier ?? tier, verdict })),
    };
  }
  async add(input: InputOf<'sources.add'>): Promise<OutputOf<'sources.add'>> {
    const account = this.accounts().need(input.accountId);
    this.checkTier(account, input.tier);
    const { url, parsed, marks } = await this.look(account, feedAddress(input.url));
    const known = this.checkNew(account, url);
    const now = this.now();
    const { feed, written } = this.deps.db.tx(() => {
      const base = this.repository.put({
        ...marks, id: known?.id ?? randomUUID(), accountId: account.id, url, title: parsed.title, theme: input.theme, tier: input.tier, readAt: now, fresh: 0, items: 0,
        error: null, failures: 0, nextAt: this.hourly(now), createdAt: known?.createdAt ?? now, deletedAt: null,
      });
      return this.take(account, base, parsed, marks);
    });
    this.changed(account.id);
    const undoId = this.deps.undo.register('feed_added', () => {
      this.deps.db.tx(() => {
        this.library.putBack(written);
        // Added again it brings again what this took away.
        if (known) {
          this.repository.forget(feed.id, written.map(({ stored }) => stored.id));
          this.repository.put(known);
        } else this.repository.drop(feed.id);
      });
      this.changed(account.id);
    });
    return { feed: view(feed), added: countNew(written), undoId };
  }
  save({ id, title, theme, tier }: InputOf<'sources.save'>): OutputOf<'sources.save'> {
    const before = this.repository.need(id);
    this.checkTier(this.accounts().need(before.accountId), tier);
    // What a reading noted meanwhile stays as it is.
    const write = (to: Pick<StoredFeed, 'title' | 'theme' | 'tier'>): StoredFeed => {
      const now = this.repository.need(id);
      const stored = this.repository.put({ ...now, title: to.title, theme: to.theme, tier: to.tier });
      if (stored.title !== now.title) {
        this.repository.renameItems(id, stored.title);
        this.library.changed(stored.accountId);
      }
      this.changed(stored.accountId);
      return stored;
    };
    const feed = this.deps.db.tx(() => write({ title, theme, tier }));
    return { feed: view(feed), undoId: this.deps.undo.register('feed_saved', () => void this.deps.db.tx(() => write(before))) };
  }
  remove({ id }: InputOf<'sources.remove'>): OutputOf<'sources.remove'> {
    const before = this.repository.need(id);
    this.repository.put({ ...before, deletedAt: this.now() });
    this.changed(before.accountId);
    return {
      undoId: this.deps.undo.register('feed_removed', () => {
        const stored = this.repository.stored(id);
        // Added again meanwhile it is there already.
        if (stored?.deletedAt === null || !stored) throw new AppError('undo_gone');
        this.repository.put({ ...stored, deletedAt: null });
        this.changed(before.accountId);
      }),
    };
  }
  read({ id }: InputOf<'sources.read'>): Promise<OutputOf<'sources.read'>> {
    this.repository.need(id);
    return this.readOnce(id);
  }

  /** Asked for twice at once it is one reading. Never fails for what a server does: that is noted in its row. */
  private readOnce(id: string): Promise<{ feed: Feed; added: number }> {
    const already = this.running.get(id);
    if (already) return already;
    const run = this.readNow(id).finally(() => this.running.delete(id));
    this.running.set(id, run);
    return run;
  }
  private async readNow(id: string): Promise<{ feed: Feed; added: number }> {
    const asked = this.repository.need(id);
    let fetched: Fetched;
    let parsed: ParsedFeed | null = null;
    try {
      fetched = await fetchFeed(this.deps.ports, new URL(asked.url), asked, this.stopping.signal);
      const { zone } = this.accounts().need(asked.accountId);
      if (!fetched.unchanged) parsed = await parseFeedText(fetched.text, fetched.url, zone, this.now());
    } catch (cause) {
      if (this.stopping.signal.aborted || !(cause instanceof AppError)) throw cause;
      return { feed: view(this.failed(this.repository.need(id), cause)), added: 0 };
    }
    if (this.stopping.signal.aborted) throw new AppError('cancelled');
    // Changed, or taken out, while it was on its way.
    const feed = this.repository.need(id);
    const account = this.accounts().need(feed.accountId);
    const now = this.now();
    const read: StoredFeed = { ...feed, readAt: now, fresh: 0, error: null, failures: 0, nextAt: this.hourly(now) };
    const answer = this.deps.db.tx(() => (parsed === null || fetched.unchanged ? { feed: this.repository.put(read), written: [] } : this.take(account, read, parsed, fetched)));
    this.changed(feed.accountId);
    return { feed: view(answer.feed), added: countNew(answer.written) };
  }
  private hourly(now: number): number {
    return Math.round(now + EVERY_MS * (0.5 + this.deps.ports.random.fraction()));
  }
  /** Full-jitter backoff up to a day. */
  private failed(feed: StoredFeed, { code, data }: AppError): StoredFeed {
    const now = this.now();
    const answered = code !== 'feed_unreachable' || /^\d+$/u.test(String(data.params['detail']));
    const ceiling = Math.min(answered ? MOST_BACKOFF_MS : MOST_UNREACHED_MS, EVERY_MS * 2 ** Math.min(feed.failures, 10)) - LEAST_MS;
    const stored = this.repository.put({ ...feed, error: { code, params: data.params }, failures: feed.failures + 1, nextAt: Math.round(now + LEAST_MS + this.deps.ports.random.fraction() * ceiling) });
    this.changed(feed.accountId);
    return stored;
  }

  /** What an address holds; a page leads to the feed that it names. */
  private async look(account: StoredAccount, start: URL): Promise<{ url: string; parsed: ParsedFeed; marks: Marks }> {
    let url = overTls(start, this.deps.ports.apiOrigin);
    for (let named = false; ; named = true) {
      const fetched = await fetchFeed(this.deps.ports, url, null, this.stopping.signal);
      if (fetched.unchanged) throw new AppError('feed_invalid');
      try {
        return { url: url.href, parsed: await parseFeedText(fetched.text, fetched.url, account.zone, this.now()), marks: { etag: fetched.etag, lastModified: fetched.lastModified } };
      } catch (cause) {
        const found = named ? null : feedNamedBy(fetched.text, fetched.url);
        if (found === null) throw cause;
        url = overTls(new URL(found), this.deps.ports.apiOrigin);
      }
    }
  }

  private judge(account: StoredAccount, feed: Pick<StoredFeed, 'id' | 'title' | 'theme' | 'tier'>, entries: readonly FeedEntry[]): Judged[] {
    const met = new Set<string>();
    const known = account.policy.tiers.some((each) => each.key === feed.tier) ? feed.tier : account.policy.base;
    let room = MOST_ITEMS - this.library.items.count(account.id);
    return entries.flatMap((entry): Judged[] => {
      if (entry.keys.some((key) => met.has(key))) return [];
      for (const key of entry.keys) met.add(key);
      const tier = (entry.url === null ? null : proposeTier(entry.url, account.urlRules)) ?? known;
      const held = entry.url === null ? null : this.library.items.byAddress(account.id, canonicalUrl(entry.url) ?? '');
      const seen = this.repository.seen({ id: feed.id, accountId: account.id }, entry.keys);
      if (seen) {
        const item = held ?? (seen.itemId === null ? null : this.library.items.stored(seen.itemId));
        return [{ entry, tier, verdict: item && item.deletedAt === null ? 'same' : 'gone', before: item?.deletedAt === null ? item : null, next: null }];
      }
      if (held) {
        const next = { ...held, summary: held.summary === '' ? entry.summary : held.summary, publishedOn: held.publishedOn ?? entry.publishedOn };
        const filled = next.summary !== held.summary || next.publishedOn !== held.publishedOn;
        return [{ entry, tier, verdict: 'same', before: held, next: filled ? next : null }];
      }
      if (room <= 0) return [{ entry, tier, verdict: 'full', before: null, next: null }];
      room -= 1;
      return [{
        entry, tier, verdict: 'new', before: null,
        next: {
          accountId: account.id, title: entry.title, url: entry.url, summary: entry.summary, theme: feed.theme, tier, publishedOn: entry.publishedOn, expiresOn: null, evergreen: false, restDays: REST_DAYS, notes: '',
          source: { kind: 'feed', name: feed.title }, variants: [],
        },
      }];
    });
  }
  /** Writes what a feed holds, with which of it was seen; in the caller's transaction. */
  private take(account: StoredAccount, feed: StoredFeed, parsed: ParsedFeed, { etag, lastModified }: Marks): { feed: StoredFeed; written: Written[] } {
    const judged = this.judge(account, feed, parsed.entries);
    const rows = judged.flatMap((each) => (each.next === null ? [] : [{ before: each.before, next: each.next, keys: each.entry.keys }]));
    const written = rows.length === 0 ? [] : this.library.writeMany(account.id, rows);
    rows.forEach(({ keys }, i) => this.repository.saw(feed.id, keys, written[i]?.stored.id ?? null));
    for (const { verdict, before, next, entry } of judged) if (next === null && verdict !== 'full') this.repository.saw(feed.id, entry.keys, before?.id ?? null);
    // What found no room is asked for again.
    const full = judged.some((each) => each.verdict === 'full');
    const stored = this.repository.put({ ...feed, fresh: countNew(written), ...(full ? { etag: null, lastModified: null, error: { code: 'library_full' as const, params: { max: MOST_ITEMS } } } : { etag, lastModified }) });
    return { feed: stored, written };
  }
}

const countNew = (written: readonly Written[]): number => written.filter((each) => each.before === null).length;
function view({ id, accountId, url, title, theme, tier, readAt, fresh, items, error, nextAt }: StoredFeed): Feed {
  return { id, accountId, url, title, theme, tier, readAt, fresh, items, error, nextAt };
}
