import { AppError } from '../../../../shared/contract/errors.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import { type OutboxAction, type OutboxEntry, REGRET_MS, REGRETTED } from '../../../../shared/contract/sync.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import type { Failure, NetworkSession, Outcome } from '../../network/port.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { PostsRepository } from '../columns/postsRepository.ts';
import { Durations } from '../publishing/durations.ts';
import type { Connectivity } from './connectivity.ts';
import { Doubts, type DoubtNeeds, perhapsDone } from './doubts.ts';
import type { OutboxHold } from './hold.ts';
import { goOnWithKeys, waitForKeys, waitsForKeys } from './keys.ts';
import { checkCan } from './refusals.ts';
import { OutboxRepository, type StoredEntry } from './repository.ts';

/** Actions that are each other's opposite share a topic: the last wish counts. */
const TOPIC: Readonly<Record<OutboxAction, string>> = { bookmark: 'bookmark', undoBookmark: 'bookmark', hideReply: 'hidden', showReply: 'hidden', undoRepost: 'repost', deletePost: 'delete' };
/** What X knows of already is taken back by asking for this. */
const OPPOSITE: Readonly<Partial<Record<OutboxAction, OutboxAction>>> = { bookmark: 'undoBookmark', undoBookmark: 'bookmark', hideReply: 'showReply', showReply: 'hideReply' };
/** What is gone already is as good as done. */
const GONE_IS_DONE: ReadonlySet<OutboxAction> = new Set<OutboxAction>(['undoBookmark', 'undoRepost', 'deletePost']);
const FIRST_WAIT_MS = 5000;
const MOST_WAIT_MS = 5 * 60_000;
const AFTER_STOP_MS = 15 * 60_000;
/** A time that the network named is believed this far ahead. */
const MOST_NAMED_MS = 24 * 60 * 60_000;
const KEPT_MS = 30 * 86_400_000;
const EXCERPT = 80;

export interface OutboxFeature {
  handlers: Pick<Handlers, 'outbox.list' | 'outbox.put' | 'outbox.cancel' | 'outbox.retry' | 'outbox.move' | 'outbox.hold' | 'sync.status' | 'sync.now'>;
  job: Job;
  /** Is X being asked right now to take a repost back? */
  undoingRepost(accountId: string, postId: string): boolean;
  /** The keys are there: what waited for them goes now. */
  unlocked(): void;
}

/** Everything that waits for the network besides publications: kept on the disk, sent in order, each with its own result. */
export function createOutbox(
  deps: CoreDeps,
  services: DoubtNeeds & {
    posts: PostsRepository; connectivity: Connectivity; hold: OutboxHold; publicationsWaiting: () => number; moveAnswer: (id: string, before: string | null) => void; nextTryAt: () => number | null; tryNow: () => void; poke: () => void;
    /** All automatic sending is stopped. */
    paused: () => boolean;
    repostedSince: (accountId: string, postId: string, since: number) => boolean;
  },
): OutboxFeature {
  const { db, bus, ports, undo } = deps;
  const repository = new OutboxRepository(db);
  const { connectivity, hold } = services;
  const doubts = new Doubts(deps, repository, services);
  const now = (): number => ports.clock.now();
  db.tx(() => repository.recover(now()));
  const durations = new Durations(ports.clock);
  /** Ms until it may be asked; a moved wall clock neither shortens the time to think again nor lengthens a wait. */
  const left = (entry: StoredEntry): number => {
    if (entry.nextTryAt === null) return 0;
    if (entry.tries === 0 && entry.reason === null) return durations.left(`regret:${entry.id}`, entry.nextTryAt, REGRET_MS);
    return Math.min(entry.nextTryAt - now(), durations.left(`wait:${entry.id}`, entry.nextTryAt, entry.reason?.code === 'rate_limited' ? MOST_NAMED_MS : AFTER_STOP_MS));
  };

  const view = (entry: StoredEntry): OutboxEntry => {
    const account = services.accounts().list().find((each) => each.id === entry.accountId);
    const post = account ? services.posts.byIds(account, [entry.postId])[0] : undefined;
    return {
      id: entry.id, accountId: entry.accountId, action: entry.action, postId: entry.postId, username: post?.author.username ?? '', excerpt: (post?.text ?? '').replace(/\s+/g, ' ').slice(0, EXCERPT),
      state: entry.state, reason: entry.reason, nextTryAt: entry.state === 'waiting' && !waitsForKeys(entry) ? entry.nextTryAt : null, tries: entry.tries, createdAt: entry.createdAt, endedAt: entry.endedAt,
    };
  };
  const changed = (): void => {
    bus.emit('sync.changed', {});
    services.poke();
  };
  const stopped = (): boolean => services.paused() || hold.since() !== null;
  const end = (entry: StoredEntry, state: 'done' | 'failed' | 'cancelled', reason: StoredEntry['reason'] = null): StoredEntry => repository.write({ ...entry, state, reason, nextTryAt: null, endedAt: now() });

  /** The time to think again begins now, also when it is asked for anew. */
  const regretted = (entry: StoredEntry): StoredEntry => {
    if (!REGRETTED.has(entry.action)) return entry;
    const waiting = repository.write({ ...entry, nextTryAt: now() + REGRET_MS });
    left(waiting);
    return waiting;
  };

  /** What has left is taken back by its opposite, where X has one. Throws AppError `undo_gone`. */
  const takeBack = (id: string): void => {
    const current = repository.need(id);
    const opposite = OPPOSITE[current.action];
    if (current.state === 'waiting') doubts.takeOut(current);
    else if (opposite && (current.state === 'sending' || current.state === 'done')) put(current.accountId, opposite, current.postId);
    else throw new AppError('undo_gone');
  };
  function put(accountId: string, action: OutboxAction, postId: string): { entry: StoredEntry; undo: () => void } {
    const account = services.accounts().need(accountId);
    const topic = TOPIC[action];
    const waiting = repository.waitingFor(account.id, topic, postId);
    if (waiting?.action === action) return { entry: waiting, undo: () => takeBack(waiting.id) };
    // The opposite wish takes back what nobody has been told yet; on the wire it is too late for that, and the new wish follows it.
    if (waiting && !repository.sendingFor(account.id, topic, postId) && waiting.tries === 0) {
      const entry = end(waiting, 'cancelled', { code: 'opposite', params: {} });
      return { entry, undo: () => {
        if (repository.need(waiting.id).state !== 'cancelled' || repository.waitingFor(account.id, topic, postId) || repository.sendingFor(account.id, topic, postId)) throw new AppError('undo_gone');
        repository.write({ ...waiting, state: 'waiting' });
      } };
    }
    if (waiting) end(waiting, 'cancelled', { code: 'overtaken', params: {} });
    const fresh = repository.insert({ accountId, action, topic, postId }, now());
    const entry = regretted(fresh);
    return { entry, undo: () => takeBack(entry.id) };
  }

  const ask = (session: NetworkSession, account: StoredAccount, entry: StoredEntry): Promise<Outcome<unknown>> => {
    switch (entry.action) {
      case 'bookmark':
      case 'undoBookmark':
        return session.bookmark(account.remoteId, entry.postId, entry.action === 'bookmark');
      case 'hideReply':
      case 'showReply':
        return session.hideReply(entry.postId, entry.action === 'hideReply');
      case 'undoRepost':
        return session.undoRepost(account.remoteId, entry.postId);
      case 'deletePost':
        return session.remove(entry.postId);
      default:
        return entry.action satisfies never;
    }
  };
  /** Answers when it may be tried again; null when it ended. */
  const after = (entry: StoredEntry, failure: Failure): StoredEntry => {
    const perhaps = perhapsDone(entry) || failure.kind === 'ambiguous';
    const later = (code: string, at: number): StoredEntry => repository.putBack({ ...entry, tries: entry.tries + 1, nextTryAt: at, reason: { code, params: perhaps ? { perhaps } : {} } }, now());
    switch (failure.kind) {
      case 'rateLimited':
        return later('rate_limited', failure.resetAt);
      case 'budget':
      case 'reauth':
        return later(failure.kind, now() + AFTER_STOP_MS);
      case 'clockOff':
        return later('clock_off', now() + AFTER_STOP_MS);
      // Asked again, X takes the second time as done: an answer that was lost is no reason to stop.
      case 'notSent':
      case 'ambiguous':
      case 'cancelled':
        return later('offline', now() + Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(entry.tries, 10)));
      case 'duplicate':
        return end(entry, 'done');
      case 'definite':
        if (failure.code !== 'network_not_found') return end(entry, 'failed', { code: failure.code, params: { detail: failure.detail } });
        return GONE_IS_DONE.has(entry.action) ? end(entry, 'done') : end(entry, 'failed', { code: 'deleted_on_x', params: {} });
      default:
        return failure satisfies never;
    }
  };
  const sendOne = async (id: string, account: StoredAccount): Promise<void> => {
    const failed = (cause: unknown, otherwise: Failure): Outcome<never> => {
      const reauth = cause instanceof AppError && cause.code !== 'practice_unavailable';
      return { ok: false, failure: reauth ? { kind: 'reauth', status: 401, detail: '' } : otherwise };
    };
    let locked = false;
    const line = await services.accounts().sessions.get(account.id).catch((cause: unknown) => {
      locked = cause instanceof AppError && cause.code === 'secrets_locked';
      return failed(cause, { kind: 'notSent', detail: '' });
    });
    if (locked) {
      waitForKeys(repository, id, now());
      return void bus.emit('sync.changed', {});
    }
    // Read in the transaction that begins it: meanwhile it may have been taken out, or everything stopped.
    const entry = db.tx(() => {
      const found = repository.find(id);
      // Reposted anew meanwhile: that is the last wish, and taking it back now would undo it.
      if (found?.state === 'waiting' && found.action === 'undoRepost' && services.repostedSince(account.id, found.postId, found.createdAt)) {
        end(found, 'cancelled', { code: 'overtaken', params: {} });
        bus.emit('sync.changed', {});
        return null;
      }
      return found?.state === 'waiting' && !stopped() ? repository.write({ ...found, state: 'sending' }) : null;
    });
    if (!entry) return;
    bus.emit('sync.changed', {});
    const outcome = 'ok' in line ? line : await ask(line.session, account, entry).catch((cause: unknown) => failed(cause, { kind: 'ambiguous', status: null, detail: 'unexpected' }));
    const current = repository.find(id);
    if (!current) return;
    if (outcome.ok) {
      end(current, 'done');
      if (entry.action === 'deletePost' || entry.action === 'undoRepost') services.removed(account, entry.postId, entry.action === 'deletePost' ? 'post' : 'repost');
    } else db.tx(() => after(current, outcome.failure));
    bus.emit('sync.changed', {});
  };
  const next = (): StoredEntry | null => repository.open().find((entry) => entry.state === 'waiting') ?? null;
  const dueAt = (): number | null => {
    const look = doubts.nextDue();
    const due = [...(stopped() ? [] : repository.open().filter((entry) => entry.state === 'waiting').map((entry) => now() + left(entry))), ...(look === null ? [] : [look])];
    return due.length === 0 ? null : Math.min(...due);
  };
  const sendNow = (): void => {
    for (const entry of repository.open()) if (entry.state === 'waiting' && entry.reason?.code === 'offline') repository.write({ ...entry, nextTryAt: null });
    services.poke();
  };
  connectivity.onBack(() => {
    sendNow();
    services.tryNow();
  });
  // Paused or going on again: what waits is looked at now.
  bus.subscribe((frame) => {
    if (frame.name === 'scheduler.changed') services.poke();
  });
  let trimmedAt = 0;

  return {
    unlocked: () => { goOnWithKeys(repository); changed(); },
    undoingRepost: (accountId, postId) => repository.sendingFor(accountId, TOPIC.undoRepost, postId) !== null,
    job: {
      name: 'outbox',
      nextDue: dueAt,
      async run(at) {
        if (at - trimmedAt > 86_400_000) {
          repository.trim(at - KEPT_MS);
          trimmedAt = at;
        }
        // Each is read when its turn comes: while another was on the wire it may have been taken back, overtaken or moved.
        const tried = new Set<string>();
        const turn = (): StoredEntry | undefined => (stopped() ? undefined : repository.open().find((entry) => entry.state === 'waiting' && left(entry) <= 0 && !tried.has(entry.id)));
        for (let entry = turn(); entry; entry = turn()) {
          tried.add(entry.id);
          const account = services.accounts().list().find((each) => each.id === entry?.accountId);
          if (account) await sendOne(entry.id, account);
          // What cannot be reached now will not be reached for the next one either.
          if (connectivity.offlineSince !== null) return;
        }
        await doubts.run();
      },
    },
    handlers: {
      'outbox.list': ({ limit }) => [...repository.open(), ...repository.ended(limit)].slice(0, limit).map(view),
      'outbox.put': ({ accountId, action, postId }) => {
        const account = services.accounts().need(accountId);
        checkCan(action, account, services.posts.byIds(account, [postId])[0]);
        const { entry, undo: back } = db.tx(() => put(accountId, action, postId));
        changed();
        return { entry: view(entry), undoId: undo.register('outbox_put', () => { db.tx(back); changed(); }) };
      },
      'outbox.cancel': ({ id }) => {
        const entry = repository.need(id);
        if (entry.state !== 'waiting') throw new AppError('state_refused', { state: entry.state, event: 'cancel' });
        const ended = db.tx(() => doubts.takeOut(entry));
        changed();
        return view(ended);
      },
      'outbox.retry': ({ id }) => {
        const entry = repository.need(id);
        if (entry.state !== 'failed' && entry.state !== 'cancelled') throw new AppError('state_refused', { state: entry.state, event: 'retry' });
        if (repository.waitingFor(entry.accountId, entry.topic, entry.postId)) throw new AppError('conflict');
        const perhaps = entry.reason?.code === 'perhaps_done';
        const waiting = repository.write({ ...entry, state: 'waiting', nextTryAt: null, reason: perhaps ? { code: 'interrupted', params: { perhaps: true } } : null, endedAt: null });
        // One that X may have carried out has nothing left to think about.
        const again = entry.state === 'cancelled' && !perhaps ? regretted(waiting) : waiting;
        changed();
        return view(again);
      },
      'outbox.move': ({ id, before }) => {
        const entry = repository.find(id);
        if (!entry) {
          services.moveAnswer(id, before);
          changed();
          return repository.open().map(view);
        }
        const others = repository.open().filter((each) => each.state === 'waiting' && each.id !== id);
        if (before === id) return repository.open().map(view);
        const at = before === null ? others.length : others.findIndex((each) => each.id === before);
        if (entry.state !== 'waiting' || at < 0) throw new AppError('not_found', { what: 'outbox entry' });
        db.tx(() => others.toSpliced(at, 0, entry).forEach((each, i) => repository.write({ ...each, position: i + 1 })));
        changed();
        return repository.open().map(view);
      },
      'sync.status': (): OutputOf<'sync.status'> => {
        const open = repository.open();
        const tries = [services.nextTryAt(), stopped() || waitsForKeys(next()) ? null : (next()?.nextTryAt ?? null)].filter((each) => each !== null);
        return {
          offlineSince: connectivity.offlineSince, lastTryAt: connectivity.lastTryAt, nextTryAt: connectivity.offlineSince === null || tries.length === 0 ? null : Math.min(...tries),
          waiting: open.length + services.publicationsWaiting(), outage: connectivity.outage, heldSince: hold.since(),
        };
      },
      'outbox.hold': ({ on }) => {
        hold.set(on, now());
        changed();
        return { heldSince: hold.since() };
      },
      'sync.now': () => {
        sendNow();
        services.tryNow();
        return { asked: true };
      },
    },
  };
}
