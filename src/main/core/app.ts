import { join } from 'node:path';
import type { Capabilities } from '../../shared/contract/host.ts';
import { openDatabase } from './db/open.ts';
import type { CoreDeps, Handlers } from './feature.ts';
import { type AccountsService, createAccountsFeature } from './features/accounts/feature.ts';
import type { StoredAccount } from './features/accounts/repository.ts';
import { createActivityFeature } from './features/activity/feature.ts';
import { createBackups } from './features/backups/service.ts';
import { createCampaigns } from './features/campaigns/feature.ts';
import { createColumnsFeature } from './features/columns/feature.ts';
import { createRetention } from './features/columns/retention.ts';
import { hostHandlers } from './features/host/feature.ts';
import { createInbox, type InboxFeature } from './features/inbox/feature.ts';
import { createImages } from './features/images/service.ts';
import { createMedia } from './features/media/service.ts';
import { createLibrary } from './features/library/feature.ts';
import { createMeasurement } from './features/measurement/service.ts';
import { createMoneyFeature } from './features/money/service.ts';
import { Connectivity } from './features/outbox/connectivity.ts';
import { OutboxHold } from './features/outbox/hold.ts';
import { createOutbox } from './features/outbox/service.ts';
import { planningHandlers } from './features/planning/feature.ts';
import { createMidnight } from './features/planning/midnight.ts';
import { TemplatesRepository } from './features/planning/repository.ts';
import { PlanningService } from './features/planning/service.ts';
import { fillHandlers } from './features/publishing/fill.ts';
import { publishingHandlers } from './features/publishing/feature.ts';
import { AttemptsRepository } from './features/publishing/attempts.ts';
import { Decisions } from './features/publishing/decisions.ts';
import { PublicationsRepository } from './features/publishing/repository.ts';
import { buildScheduler } from './features/publishing/build.ts';
import { moveAnswer } from './features/publishing/answersOrder.ts';
import type { Scheduler } from './features/publishing/scheduler.ts';
import type { SenderEvents } from './features/publishing/senderEvents.ts';
import { createHeartbeat, createTokenKeeper } from './features/publishing/upkeep.ts';
import { Uploads } from './features/publishing/uploads.ts';
import { Zones } from './features/publishing/zones.ts';
import { PublishingService } from './features/publishing/service.ts';
import { createRehearsal } from './features/rehearsal/service.ts';
import { createSettingsFeature } from './features/settings/feature.ts';
import { WakeLoop } from './jobs/wakeLoop.ts';
import type { Ports } from './ports.ts';
import { EventBus } from './rpc/bus.ts';
import { Receipts } from './rpc/receipts.ts';
import { Router } from './rpc/router.ts';
import { UndoStack } from './rpc/undo.ts';
import { TokenVault } from './secrets/vault.ts';
import { createSidePath, type SidePath } from './sidepath.ts';
import { createReserve } from './db/reserve.ts';
import { publicationUsd } from '../../shared/domain/price.ts';
import { ON_TIME_MS } from '../../shared/domain/publicationTime.ts';
import type { Db } from './db/db.ts';

/** Background work waits this long for a window that is being read: two processors have enough to do until the columns stand. */
export const WINDOW_FIRST_MS = 800;
const SWEEP_MS = 60 * 60_000;
const LATELY_MS = 30 * 60_000;
/** Characters of a post named in a notice. */
const EXCERPT = 60;

export interface App {
  router: Router;
  bus: EventBus;
  bootId: string;
  sidePath: SidePath;
  capabilities(): Capabilities;
  /** Recovers what the last run left, then starts background work; a host whose window is still being read says after how many ms. */
  start(backgroundAfterMs?: number): Promise<void>;
  /** Stops background work, waits for what is being sent, closes the database. */
  stop(): Promise<void>;
  /** Looks at the clock now: for power events. */
  tick(): Promise<void>;
  /** Resolves when no background work is under way: for simulated time. */
  idle(): Promise<void>;
  /** Posts due within this many ms, late ones, and those that wait or are in doubt: quitting with any asks (DOMAIN §4). */
  dueWithin(ms: number): number;
  lang(): 'es' | 'en';
  /** For `--practice`: safe to repeat. */
  addPractice(): Promise<void>;
  /** The open database, for tests and benchmarks. */
  db: Db;
}

/**
 * The composition root (ARCHITECTURE §2): builds every service from the host's ports.
 * Throws AppError `database_corrupt`, `database_newer`, `profile_unwritable`.
 */
export async function createApp(ports: Ports): Promise<App> {
  const { clock, log } = ports;
  const db = openDatabase({ path: ports.paths.database, log, now: clock.now(), ...(ports.nativeBinding === undefined ? {} : { nativeBinding: ports.nativeBinding }) });
  const bus = new EventBus(log);
  const bootId = Buffer.from(ports.random.bytes(12)).toString('base64url');
  const deps: CoreDeps = { ports, db, bus, undo: new UndoStack(ports.random), reserve: createReserve(join(ports.paths.profile, 'reserve.bin')), bootId };
  const loop = new WakeLoop({ clock, log });
  const poke = (): void => loop.poke();
  const vault = new TokenVault(db, ports.secrets, log);
  await vault.unlockFromKeychain();

  const connectivity = new Connectivity(deps);
  const hold = new OutboxHold(db);
  const repository = new PublicationsRepository(db, bootId);
  const settings = createSettingsFeature(deps);
  const { lang } = settings.service;
  const money = createMoneyFeature(deps, {
    account: (id) => needAccounts().need(id),
    planned: (accountId, until) => {
      const rows = repository.list({ accountId, states: ['scheduled', 'retry_wait', 'held'], from: clock.now(), to: until, limit: 100_000 });
      return { posts: rows.length, usd: rows.reduce((sum, row) => sum + publicationUsd({ ...row, parts: repository.parts(row.id), media: repository.media(row.id) }), 0) };
    },
    figuresUsd: (accountId, until) => measurement.plannedUsd(accountId, until),
    stage: (account, stage) => activity.service.add({ accountId: account.id, level: 'warning', code: `cap_${stage}`, params: { username: account.username } }, true),
  });
  const activity = createActivityFeature(deps, { lang, settings: () => settings.service.get() });
  let accounts: AccountsService | null = null;
  let scheduler: Scheduler | null = null;
  let inbox: InboxFeature | null = null;
  let library: ReturnType<typeof createLibrary> | null = null;
  let campaigns: ReturnType<typeof createCampaigns> | null = null;
  const needAccounts = (): AccountsService => {
    if (!accounts) throw new Error('accounts are not there yet');
    return accounts;
  };
  /** A practice account's examples are in the language of the interface: they wait until that was chosen. */
  const welcome = (account: StoredAccount): void => {
    if (settings.service.get().lang === null) return;
    library?.welcome(account);
    campaigns?.welcome(account);
  };
  const images = createImages(deps, async () => (needAccounts().list().some((each) => each.network === 'practice') ? (await ports.practice.ensure()).url : null));
  const media = createMedia(deps);
  const columns = createColumnsFeature(deps, {
    accounts: needAccounts, images, money: money.service, poke, lang, settings: () => settings.service.get(),
    leftOut: (account, count) => activity.service.add({ accountId: account.id, level: 'warning', code: 'posts_left_out', params: { username: account.username, count } }, true),
    stored: (account, posts, mentions) => inbox?.stored(account, posts, mentions) ?? (() => undefined),
  });
  const accountsFeature = createAccountsFeature(deps, {
    vault, money: money.service, images, activity: activity.service, lang, zone: () => settings.service.get().zone,
    onAdded: (account) => {
      columns.service.addDefaults(account);
      welcome(account);
      if (settings.service.get().currentAccountId === null) settings.service.set({ currentAccountId: account.id });
    },
    onRenewed: (id) => {
      columns.service.wake(id);
      scheduler?.release('auth', id);
    },
    reached: (reached, network) => connectivity.note(reached, network),
    onCapChanged: (id) => {
      columns.service.wake(id);
      scheduler?.release('budget', id);
    },
    onRemoved: (id) => {
      // Copies hold what its keys brought.
      backups.purge();
      // Once its items are gone, in the same turn: what a draft that outlives it has stays.
      const pictures = library?.service.items.media(id) ?? [];
      queueMicrotask(() => void media.dropUnused(pictures).catch((cause: unknown) => log.warn('pictures of a removed account stay', { cause: String(cause) })));
      if (settings.service.get().currentAccountId === id) settings.service.set({ currentAccountId: needAccounts().list().find((each) => each.id !== id)?.id ?? null });
    },
  });
  accounts = accountsFeature.service;

  const attempts = new AttemptsRepository(db);
  const templates = new TemplatesRepository(db);
  const planning = new PlanningService(deps, repository, templates);
  const publishing = new PublishingService(deps, { repository, planning, accounts, media, poke });
  inbox = createInbox(deps, { accounts: needAccounts, posts: columns.service.posts, publishing, activity: activity.service, lang });
  library = createLibrary(deps, { accounts: needAccounts, publishing, lang, linkChecks: () => settings.service.get().linkChecks, offline: () => connectivity.offlineSince !== null });
  campaigns = createCampaigns(deps, { accounts: needAccounts, lang });
  const events: SenderEvents = {
    changed: (rows) => publishing.changed(rows),
    say: (row, account, level, code, params, aloud = true) => activity.service.add({ accountId: account.id, level, code, params: { username: account.username, text: row.text.slice(0, EXCERPT), id: row.id, ...(row.kind === 'post' || row.targetName === null ? {} : { kind: row.kind, to: row.targetName }), ...params } }, aloud),
    sent: (accountId) => columns.service.lookSoon(accountId, 'own'),
    paused: () => scheduler?.pausedBy() !== null,
    affordable: (account, usd) => money.service.affordable(account, usd),
  };
  const uploads = new Uploads(deps, { repository, media });
  const decisions = new Decisions(deps, { repository, attempts, publishing, accounts });
  scheduler = buildScheduler(deps, { repository, attempts, planning, publishing, accounts, uploads, activity: activity.service, events, outboxHeld: () => hold.since() !== null, undoingRepost: (accountId, postId) => outbox.undoingRepost(accountId, postId), lastTickAt: () => loop.lastTickAt });
  /** A post of ours, or our repost of it, is no longer on the network. */
  const removed = (account: StoredAccount, postId: string, what: 'post' | 'repost'): void => {
    columns.service.gone(account, postId, what);
    if (what === 'repost') return;
    const row = repository.byRemote(account.id, postId);
    if (row && row.remoteId === postId) publishing.changed([repository.edit(row.id, { removedAt: clock.now() }, clock.now())]);
  };
  const outbox = createOutbox(deps, {
    accounts: needAccounts, posts: columns.service.posts, connectivity, hold, poke,
    paused: () => scheduler?.pausedBy() !== null,
    repostedSince: (accountId, postId, since) => repository.repostedSince(accountId, postId, since),
    say: (account, code, params) => activity.service.add({ accountId: account.id, level: 'warning', code, params }, true),
    moveAnswer: (id, before) => publishing.changed(db.tx(() => moveAnswer(repository, id, before, clock.now()))),
    // What is planned and past its time waits too: for its turn among the late ones, or for the clock to be believed.
    publicationsWaiting: () => repository.inState('retry_wait').length + repository.due(clock.now() - ON_TIME_MS).filter((row) => row.state === 'scheduled').length,
    nextTryAt: () => repository.inState('retry_wait').reduce<number | null>((least, row) => (row.nextTryAt !== null && (least === null || row.nextTryAt < least) ? row.nextTryAt : least), null) ?? columns.service.poller.nextDue(),
    tryNow() {
      for (const row of repository.inState('retry_wait')) if (row.reason?.code === 'offline') repository.edit(row.id, { nextTryAt: clock.now() }, clock.now());
      for (const account of needAccounts().list()) columns.service.wake(account.id);
      poke();
    },
    removed,
  });
  const measurement = createMeasurement(deps, {
    accounts: needAccounts, money: money.service, enabled: () => settings.service.get().metrics,
    // Where nobody else asks the network, this does now and then.
    offline: () => connectivity.offlineSince !== null && clock.now() - (connectivity.lastTryAt ?? 0) < LATELY_MS,
    count: (account, remoteId, metrics) => columns.service.posts.count(account.origin, remoteId, metrics),
    counted: (account) => columns.service.counted(account),
    gone: (account, remoteId) => removed(account, remoteId, 'post'),
  });
  const backups = createBackups(deps, { used: () => needAccounts().list().length > 0 });
  const receipts = new Receipts(db, clock);
  let nextSweep = 0;
  const zones = new Zones(deps, { repository, accounts, publishing });
  const heartbeat = createHeartbeat(deps);
  loop.register(createTokenKeeper(deps, { accounts }));
  loop.register(heartbeat.job);
  loop.register(createMidnight(deps, { planning, templates, accounts, activity: activity.service }));
  loop.register(scheduler);
  loop.register(columns.service.poller);
  loop.register(columns.service.mutes);
  loop.register(columns.service.alerts);
  loop.register(activity.job);
  loop.register(outbox.job);
  loop.register(inbox.job);
  loop.register(measurement.job);
  loop.register(library.linksJob);
  loop.register(createRetention(deps));
  loop.register(library.feedsJob);
  loop.register(backups.job);
  loop.register({
    name: 'sweep',
    nextDue: () => nextSweep,
    run(now) {
      nextSweep = now + SWEEP_MS;
      receipts.sweep();
    },
  });
  const watching = scheduler;
  loop.onJump((jump) => watching.onJump(jump));

  const capabilities = (): Capabilities => ({ ...ports.capabilities, secretBackend: vault.status().backend });
  const handlers: Handlers = {
    ...createRehearsal(deps, { accounts, createApp }).handlers, ...settings.handlers, ...money.handlers, ...activity.handlers, ...columns.handlers, ...accountsFeature.handlers,
    ...hostHandlers(deps, {
      vault, capabilities, settings: () => settings.service.get(),
      forgotten: () => needAccounts().list().forEach((account) => needAccounts().needsReauth(account.id, 'keys_forgotten')),
      unlocked: () => {
        needAccounts().sessions.dropAll();
        connectivity.forget();
        for (const account of needAccounts().list()) {
          columns.service.unlocked(account.id);
          // What was held for want of the keys goes on; one that X refuses is held for that.
          if (!account.needsReauth) scheduler?.release('auth', account.id);
        }
        outbox.unlocked();
      },
    }),
    ...library.handlers, ...campaigns.handlers, ...backups.handlers,
    ...inbox.handlers, ...outbox.handlers,
    ...planningHandlers(deps, { planning, templates, accounts, carry: (account, index, edit, label) => publishing.carryEdit(account, index, edit, label) }),
    ...fillHandlers(deps, { planning, publishing, accounts, library: library.service, campaigns: campaigns.campaigns }),
    ...publishingHandlers(deps, { repository, planning, publishing, scheduler, accounts, attempts, decisions, uploads, zones, off: (zone) => heartbeat.off(zone), createCost: (...span) => money.service.createCost(...span), metrics: (row) => measurement.stepsOf(row) }),
  };
  const router = new Router(handlers, receipts, log);
  bus.subscribe(({ name }) => {
    if (name !== 'settings.changed') return;
    // Quiet hours may be over, or begin.
    poke();
    for (const account of needAccounts().list()) welcome(account);
  });
  const unsubscribePower = ports.power.on((event) => {
    if (event === 'resume') void loop.resumed();
  });

  return {
    router, bus, bootId, capabilities, lang, db,
    sidePath: createSidePath({ images, media, backups, archive: library.archive, log }),
    start(backgroundAfterMs) {
      watching.recover();
      for (const account of needAccounts().list()) welcome(account);
      loop.start(backgroundAfterMs);
      return Promise.resolve();
    },
    async stop() {
      unsubscribePower();
      needAccounts().stop();
      await columns.service.poller.stop();
      await loop.stop();
      db.close();
    },
    tick: () => loop.tick(),
    idle: () => loop.idle(),
    dueWithin: (ms) => repository.list({ states: ['scheduled', 'sending', 'retry_wait', 'unknown'], limit: 100_000 }).filter((row) => row.state !== 'scheduled' || (row.dueAt ?? 0) < clock.now() + ms).length,
    addPractice: async () => {
      await needAccounts().addPractice();
    },
  };
}
