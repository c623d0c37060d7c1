import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import { tierOf } from '../../../../shared/domain/ratioTier.ts';
import { addDays, dayOf, dayRange } from '../../../../shared/domain/time.ts';
import type { App } from '../../app.ts';
import { openDatabase } from '../../db/open.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import { SimulatedClock } from '../../jobs/simulatedClock.ts';
import type { Ports } from '../../ports.ts';
import type { AccountsService } from '../accounts/feature.ts';

const DAYS = 7;
const STEP_MS = 60_000;
const HOUR = 3_600_000;
/** Looks at an unknown outcome go on after the last post, ms. */
const AFTER_MS = 10 * 60_000;
const usersSchema = z.array(z.looseObject({ id: z.string() }));
type Rehearsal = OutputOf<'rehearsal.run'>;

/** A copy of the profile without anything secret, whose accounts live on the rehearsal's own network. Answers its folder. */
function copyProfile(deps: CoreDeps, remoteIds: readonly string[]): { folder: string; database: string } {
  mkdirSync(deps.ports.paths.profile, { recursive: true });
  const folder = mkdtempSync(join(deps.ports.paths.profile, 'rehearsal-'));
  const database = join(folder, 'parrilla.db');
  deps.db.raw.prepare('VACUUM INTO ?').run(database);
  const copy = openDatabase({ path: database, log: deps.ports.log, now: deps.ports.clock.now(), ...(deps.ports.nativeBinding === undefined ? {} : { nativeBinding: deps.ports.nativeBinding }) });
  copy.tx(() => {
    copy.run('DELETE FROM account_tokens');
    copy.run('DELETE FROM columns');
    copy.run('DELETE FROM rate_buckets');
    copy.run("DELETE FROM settings WHERE key IN ('secrets', 'pause')");
    // Doubt and waiting belong to the real network: here they are taken as they stand.
    const accounts = copy.all('SELECT id FROM accounts ORDER BY created_at, id').map((row) => String(row['id']));
    accounts.forEach((id, i) => copy.run("UPDATE accounts SET network = 'practice', origin = 'rehearsal', needs_reauth = 0, remote_id = :remoteId WHERE id = :id", { id, remoteId: remoteIds[i] ?? `nobody-${i}` }));
  });
  copy.close();
  return { folder, database };
}

/** Ports that reach nothing but the rehearsal's network: no keychain, no notices, no remote pictures. */
function rehearsalPorts(ports: Ports, clock: SimulatedClock, folder: string, url: string): Ports {
  const { point: _point, ...rest } = ports;
  return {
    ...rest, clock, apiOrigin: url, fleeting: true,
    secrets: { available: () => Promise.resolve(false), get: () => Promise.resolve(null), set: () => Promise.reject(new Error('no secrets in a rehearsal')), delete: () => Promise.resolve() },
    notifier: { notify() {} }, power: { on: () => () => {} }, shell: { openExternal: () => Promise.resolve(false) },
    paths: { ...ports.paths, profile: folder, database: join(folder, 'parrilla.db'), practiceWorld: join(folder, 'world.json') },
    practice: { ensure: () => Promise.resolve({ url }), rehearsal: () => Promise.reject(new Error('a rehearsal inside a rehearsal')), stop: () => Promise.resolve() },
    fetch: () => Promise.reject(new Error('a rehearsal reaches nothing')),
  };
}

/** Runs the coming week with the real core on a copy, against a network of its own, on a fast clock (issue of DOMAIN §4: what goes out when, the ratio, the cost). */
export function createRehearsal(deps: CoreDeps, services: { accounts: AccountsService; createApp: (ports: Ports) => Promise<App> }): { handlers: Pick<Handlers, 'rehearsal.run'> } {
  let running = false;
  const control = async (url: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(new URL(`/__sandbox/${path}`, url), { method: body === undefined ? 'GET' : 'POST', headers: { 'x-sandbox-control': '1' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!response.ok) throw new AppError('practice_unavailable', { detail: `HTTP ${response.status}` });
    return response.json();
  };

  const rehearse = async (accountId: string, url: string, signal: AbortSignal): Promise<Rehearsal> => {
    const account = services.accounts.need(accountId);
    const start = deps.ports.clock.now();
    const users = usersSchema.parse(await control(url, 'accounts'));
    const { folder } = copyProfile(deps, users.map((user) => user.id));
    try {
      for (const name of ['create', 'own', 'repost', 'upload', 'chunk', 'status', 'describe']) await control(url, 'limits', { name, limit: 1_000_000 });
      const clock = new SimulatedClock(start);
      const app = await services.createApp(rehearsalPorts(deps.ports, clock, folder, url));
      const end = dayRange(addDays(dayOf(start, account.zone), DAYS), account.zone).end;
      const call: App['router']['call'] = (method, input, options) => app.router.call(method, input, options);
      const planned = (await call('publications.list', { accountId, states: ['scheduled', 'retry_wait'], from: start, to: end, limit: 5000 }, {})) as OutputOf<'publications.list'>;
      try {
        await app.start();
        let offsetAt = 0;
        for (let at = start; at < end + AFTER_MS; at += STEP_MS) {
          if (signal.aborted) throw new AppError('cancelled');
          if (at - offsetAt >= HOUR) {
            offsetAt = at;
            await control(url, 'clock', { offsetMs: at - Date.now() });
            deps.bus.emit('rehearsal.progress', { accountId, done: at - start, total: end - start });
          }
          await clock.advance(STEP_MS);
          await Promise.race([app.idle(), new Promise((resolve) => setTimeout(resolve, 500))]);
        }
        const after = new Map(((await call('publications.list', { accountId, limit: 5000 }, {})) as OutputOf<'publications.list'>).map((each) => [each.id, each]));
        const posts = planned.map((before) => {
          const found = after.get(before.id) ?? before;
          return { id: before.id, text: before.text.slice(0, 120), kind: before.kind, counts: before.counts, tier: before.tier, dueAt: before.dueAt ?? 0, state: found.state, sentAt: found.sentAt, late: found.late, moved: found.dueAt !== before.dueAt, reason: found.reason, usd: before.usd };
        });
        const clockChanges: Rehearsal['clockChanges'] = [];
        for (let i = 0, day = dayOf(start, account.zone); i <= DAYS; i += 1, day = addDays(day, 1)) {
          const span = dayRange(day, account.zone);
          const hours = (span.end - span.start) / HOUR;
          if (hours !== 24) clockChanges.push({ day, hours });
        }
        const conflicts = posts.flatMap((post, i) => {
          const next = posts[i + 1];
          return next && next.dueAt === post.dueAt ? [{ a: post.id, b: next.id, at: post.dueAt }] : [];
        });
        const tiers: Record<string, number> = {};
        for (const post of posts) {
          const tier = tierOf(post);
          if (post.state === 'posted' && tier !== null) tiers[tier] = (tiers[tier] ?? 0) + 1;
        }
        return { from: start, to: end, posts, tiers, usd: posts.filter((post) => post.state === 'posted').reduce((sum, post) => sum + post.usd, 0), clockChanges, conflicts };
      } finally {
        await app.stop();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  return {
    handlers: {
      'rehearsal.run': async ({ accountId }, { signal }) => {
        if (running) throw new AppError('rehearsal_running');
        running = true;
        try {
          const network = await deps.ports.practice.rehearsal();
          try {
            return await rehearse(accountId, network.url, signal);
          } finally {
            await network.stop();
          }
        } finally {
          running = false;
        }
      },
    },
  };
}
