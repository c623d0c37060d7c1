import { randomUUID } from 'node:crypto';
import { type Column, type ColumnSource, isNetworkSource } from '../../../../shared/contract/columns.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Settings } from '../../../../shared/contract/host.ts';
import { compareIds, isSnowflake, snowflakeAt } from '../../../../shared/domain/ids.ts';
import { FIRST_COLUMNS, READ_ENDPOINTS, readUsd } from '../../../../shared/domain/price.ts';
import type { Lang } from '../../../../shared/domain/types.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import { appErrorOf } from '../../network/failures.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { ImagesService } from '../images/service.ts';
import type { MoneyService } from '../money/service.ts';
import { NO_FILTER } from '../../../../shared/domain/columnFilter.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import { ColumnAlertsWatch } from './alerts.ts';
import { Filters } from './filters.ts';
import { ingestPage } from './ingest.ts';
import { createLooks } from './looks.ts';
import { MutesRepository } from './mutesRepository.ts';
import { ColumnPages } from './pages.ts';
import { peopleHandlers } from './people.ts';
import { type PostsListener, Poller } from './poller.ts';
import { PostsRepository } from './postsRepository.ts';
import { ColumnsRepository, type StoredColumn, type StoredSource } from './repository.ts';

type Methods =
  | 'columns.list' | 'columns.add' | 'columns.update' | 'columns.move' | 'columns.remove' | 'columns.page' | 'columns.markSeen' | 'columns.refresh' | 'columns.fillGap'
  | 'columns.posts' | 'columns.setFilter' | 'columns.setAlerts' | 'columns.tryFilter' | 'columns.setGroup' | 'columns.foldGroup' | 'columns.keepPlace' | 'columns.person' | 'columns.conversation' | 'mutes.list' | 'mutes.add' | 'mutes.remove';

const WIDTH = 340;
const DAY_MS = 86_400_000;
const GAP_PAGE = 100;

export interface ColumnsService {
  poller: Poller;
  posts: PostsRepository;
  /** Lets mutes run out. */
  mutes: Job;
  /** Says what is new in columns that say so. */
  alerts: Job;
  /** The columns a new account starts with, in the same turn as the account. */
  addDefaults(account: StoredAccount): void;
  /** Something of this source changed on the network by our doing: look soon. */
  lookSoon(accountId: string, kind: ColumnSource['kind']): void;
  wake(accountId: string): void;
  /** The keys are there: columns no longer say that they are locked, and are read. */
  unlocked(accountId: string): void;
  /** By our own doing a post, or our repost of it, is no longer on the network: columns say so at once. */
  gone(account: StoredAccount, postId: string, what: 'post' | 'repost'): void;
  /** Posts that were stored have other counts by now: columns show them. */
  counted(account: StoredAccount): void;
}

export function createColumnsFeature(deps: CoreDeps, services: { accounts: () => AccountsService; images: ImagesService; money: MoneyService; stored: PostsListener; poke: () => void; /** The network sends posts that cannot be read; said once for each source. */ leftOut: (account: StoredAccount, count: number) => void; settings: () => Settings; lang: () => Lang }): { handlers: Pick<Handlers, Methods>; service: ColumnsService } {
  const { db, ports, bus, undo } = deps;
  const columns = new ColumnsRepository(db);
  const posts = new PostsRepository(db, services.images);
  const mutes = new MutesRepository(db);
  const pages = new ColumnPages({ columns, posts, filters: new Filters(ports.log, () => mutes.list()), now: () => ports.clock.now() });
  const accountsLate: AccountsService = {
    list: () => services.accounts().list(), need: (id) => services.accounts().need(id), get sessions() { return services.accounts().sessions; },
    setZone: (id, zone) => services.accounts().setZone(id, zone),
    needsReauth: (id) => services.accounts().needsReauth(id), addPractice: () => services.accounts().addPractice(), stop() {},
  };
  const alerts = new ColumnAlertsWatch(deps, { columns, settings: services.settings, lang: services.lang });
  /** Sources of which was said in this run that some of their posts cannot be read. */
  const said = new Set<number>();
  const leftOut = (sourceId: number, account: StoredAccount, count: number): void => {
    if (count === 0 || said.has(sourceId)) return;
    said.add(sourceId);
    services.leftOut(account, count);
  };
  const poller = new Poller(deps, {
    accounts: accountsLate, columns, posts, money: services.money, stored: services.stored, poke: services.poke,
    events: {
      leftOut,
      updated(sourceId, newPosts, first) {
        const source = columns.sourceById(sourceId);
        if (!source) return;
        for (const column of columns.bySource(sourceId)) {
          const shown = pages.shownOf(column, source.source, newPosts);
          bus.emit('column.updated', { column: view(column), newPosts: shown });
          // What a source had before it was first looked at is not new.
          if (!first) alerts.came(column, source.source, shown);
        }
        if (newPosts === 0) return;
        for (const local of columns.localSources(source.accountId)) for (const column of columns.bySource(local.id)) bus.emit('column.updated', { column: view(column), newPosts: 0 });
        // Own posts sent from elsewhere are units of the plan too (DOMAIN §2).
        if (source.source.kind === 'own') bus.emit('plan.changed', { accountId: source.accountId });
      },
    },
  });

  /** What a post of a source costs with all that comes with it: as it did within the last week, at first as X prices it. */
  const priceOf = (accountId: string, source: ColumnSource): number => (!isNetworkSource(source) ? 0 : (services.money.perPost(accountId, READ_ENDPOINTS[source.kind]) ?? readUsd(source.kind).high));
  const sourceOf = (column: StoredColumn): StoredSource => {
    const source = columns.sourceById(column.sourceId);
    if (!source) throw new Error(`column ${column.id} has no source`);
    return source;
  };
  const view = (column: StoredColumn): Column => {
    const source = sourceOf(column);
    const perDay = isNetworkSource(source.source) ? columns.countSince(source.id, snowflakeAt(ports.clock.now() - DAY_MS)) * priceOf(column.accountId, source.source) : 0;
    return {
      id: column.id, accountId: column.accountId, source: source.source, position: column.position, width: column.width, collapsed: column.collapsed,
      unread: pages.unread(column, source.source), seenId: column.seenId, refreshedAt: isNetworkSource(source.source) ? source.refreshedAt : ports.clock.now(), nextRefreshAt: source.nextRefreshAt, loading: poller.loading(source.id),
      error: source.error, usdPerDay: perDay, filter: column.filter, alerts: column.alerts, group: column.group, place: column.place,
    };
  };
  const need = (id: string): StoredColumn => {
    const column = columns.get(id);
    if (!column) throw new AppError('not_found', { what: 'column' });
    return column;
  };
  const add = (accountId: string, source: ColumnSource, like: StoredColumn | null = null): StoredColumn => {
    const stored = columns.source(accountId, source);
    const column: StoredColumn = {
      id: randomUUID(), accountId, sourceId: stored.id, position: columns.list().length, width: like?.width ?? WIDTH, collapsed: false, seenId: stored.newestId, createdAt: ports.clock.now(),
      filter: like?.filter ?? NO_FILTER, alerts: like?.alerts ?? { sound: false, notice: false }, group: like?.group ?? null, place: null,
    };
    columns.insert(column);
    return column;
  };
  const look = (column: StoredColumn): void => {
    columns.setDue(column.sourceId, null);
    services.poke();
  };

  const page = (column: StoredColumn, before: string | undefined, limit: number) => {
    const account = accountsLate.need(column.accountId);
    const { source } = sourceOf(column);
    return pages.page(column, source, account, before, limit, priceOf(account.id, source));
  };
  const looks = createLooks(deps, { accounts: services.accounts, columns, mutes, pages, need, source: (column) => sourceOf(column).source, view, poke: services.poke });

  const fillGap = async (column: StoredColumn, gapId: string, signal: AbortSignal): Promise<{ loaded: number; remaining: boolean }> => {
    const gap = columns.gaps(column.sourceId).find((each) => each.id === gapId);
    if (!gap) return { loaded: 0, remaining: false };
    const account = accountsLate.need(column.accountId);
    const source = sourceOf(column);
    const wanted = source.source;
    if (!isNetworkSource(wanted)) return { loaded: 0, remaining: false };
    const { session, base } = await accountsLate.sessions.get(account.id);
    const outcome = await session.read({ source: wanted, userId: account.remoteId, limit: GAP_PAGE, sinceId: gap.afterId, untilId: gap.beforeId }, signal);
    if (!outcome.ok) throw appErrorOf(outcome.failure);
    const got = outcome.value.posts.filter((post) => compareIds(post.id, gap.beforeId) < 0 && compareIds(post.id, gap.afterId) > 0);
    const place = { origin: account.origin, accountId: account.id, sourceId: source.id, base, network: account.network };
    const times = { now: ports.clock.now(), next: source.nextRefreshAt ?? ports.clock.now() };
    await ingestPage({ db, columns, posts }, place, source, { ...outcome.value, posts: got, nextToken: null }, times, (stored) => services.stored(account, stored, wanted.kind === 'mentions'));
    const bottom = got.map((post) => post.id).sort(compareIds)[0];
    const remaining = outcome.value.nextToken !== null && bottom !== undefined;
    if (remaining) columns.moveGap(gap.id, bottom, gap.estimate);
    else columns.dropGap(gap.id);
    for (const each of columns.bySource(source.id)) bus.emit('column.updated', { column: view(each), newPosts: 0 });
    return { loaded: got.length, remaining };
  };

  /** Posts of this account's network changed here: whatever column shows them draws them again. */
  const shownAnew = (account: StoredAccount): void => {
    for (const each of columns.list()) if (accountsLate.need(each.accountId).origin === account.origin) bus.emit('column.updated', { column: view(each), newPosts: 0 });
  };

  return {
    handlers: {
      'columns.list': () => columns.list().map(view),
      ...looks.handlers, ...peopleHandlers(deps, { accounts: services.accounts, posts }),
      'columns.add': ({ accountId, source, like }) => {
        accountsLate.need(accountId);
        const model = like === undefined ? null : need(like);
        const column = db.tx(() => add(accountId, source, model));
        bus.emit('columns.changed', {});
        services.poke();
        return view(column);
      },
      'columns.update': ({ columnId, width, collapsed }) => {
        const column = need(columnId);
        columns.setLook(columnId, width ?? column.width, collapsed ?? column.collapsed);
        bus.emit('columns.changed', {});
        return view(need(columnId));
      },
      'columns.move': ({ columnId, toIndex }) => {
        need(columnId);
        const others = columns.list().map((each) => each.id).filter((id) => id !== columnId);
        columns.setOrder([...others.slice(0, toIndex), columnId, ...others.slice(toIndex)]);
        bus.emit('columns.changed', {});
        return columns.list().map(view);
      },
      'columns.remove': ({ columnId }) => {
        const column = need(columnId);
        const order = columns.list().map((each) => each.id);
        columns.remove(columnId);
        bus.emit('columns.changed', {});
        const undoId = undo.register('column_removed', () => {
          accountsLate.need(column.accountId);
          db.tx(() => {
            columns.insert(column);
            const now = columns.list().map((each) => each.id).filter((id) => id !== column.id);
            const at = order.indexOf(column.id);
            columns.setOrder([...now.slice(0, at), column.id, ...now.slice(at)]);
          });
          bus.emit('columns.changed', {});
          services.poke();
        });
        return { undoId };
      },
      'columns.page': ({ columnId, before, limit }) => {
        if (before !== undefined && !isSnowflake(before)) throw new AppError('bad_input', { path: 'before', detail: '' });
        return page(need(columnId), before, limit);
      },
      'columns.posts': ({ accountId, ids }) => posts.byIds(accountsLate.need(accountId), ids),
      'columns.markSeen': ({ columnId, postId }) => {
        if (!isSnowflake(postId)) throw new AppError('bad_input', { path: 'postId', detail: '' });
        need(columnId);
        columns.markSeen(columnId, postId);
        const seen = view(need(columnId));
        bus.emit('column.updated', { column: seen, newPosts: 0 });
        return seen;
      },
      'columns.refresh': ({ columnId }) => {
        const column = need(columnId);
        const source = sourceOf(column);
        // A network that said when it takes requests again is not asked before; money may have been added meanwhile.
        if (source.error?.code !== 'network_rate_limited' || (source.error.resumesAt ?? 0) <= ports.clock.now()) look(column);
        return view(column);
      },
      'columns.fillGap': ({ columnId, gapId }, { signal }) => fillGap(need(columnId), gapId, signal),
    },
    service: {
      poller,
      posts,
      mutes: looks.job,
      alerts: alerts.job,
      addDefaults(account) {
        if (columns.list().some((column) => column.accountId === account.id)) return;
        for (const kind of [...FIRST_COLUMNS, 'scheduled'] as const) add(account.id, { kind });
        bus.emit('columns.changed', {});
        services.poke();
      },
      lookSoon(accountId, kind) {
        const source = columns.shownSources().find((each) => each.accountId === accountId && each.source.kind === kind);
        if (source && (source.error?.resumesAt ?? 0) <= ports.clock.now()) {
          columns.setDue(source.id, null);
          services.poke();
        }
      },
      wake(accountId) {
        columns.wakeAll(accountId);
        services.poke();
      },
      unlocked(accountId) {
        columns.unlocked(accountId);
        columns.wakeAll(accountId);
        bus.emit('columns.changed', {});
        services.poke();
      },
      gone(account, postId, what) {
        if (what === 'post') posts.bury(account.origin, postId);
        else posts.buryRepost(account.origin, account.remoteId, postId);
        shownAnew(account);
      },
      counted: shownAnew,
    },
  };
}
