import { offHours } from '../../../../shared/domain/forecast.ts';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import type { AccountsService } from '../accounts/feature.ts';

const HOUR = 3_600_000;
const KEPT_HOURS = 60 * 24;
/** Tokens are looked after when a post is due within this, ms: there is time to connect again. */
const AHEAD_MS = HOUR;
const LOOK_MS = 5 * 60_000;

const q = defineStatements('upkeep', {
  beat: 'INSERT INTO heartbeats (hour) VALUES (:hour) ON CONFLICT (hour) DO NOTHING',
  trim: 'DELETE FROM heartbeats WHERE hour < :before',
  seen: 'SELECT hour FROM heartbeats ORDER BY hour',
  soon: `SELECT account_id, max(due_at) AS last FROM publications WHERE deleted_at IS NULL AND via = 'api' AND state IN ('scheduled','retry_wait') AND due_at <= :until GROUP BY account_id`,
});

/** Notes each hour in which the app ran, for the forecast of hours in which it usually does not (DOMAIN §4). */
export function createHeartbeat(deps: CoreDeps): { job: Job; off(zone: string): { known: boolean; hours: number[] } } {
  let beaten = -1;
  return {
    job: {
      name: 'heartbeat',
      nextDue: () => (beaten + 1) * HOUR,
      run(now) {
        beaten = Math.floor(now / HOUR);
        deps.db.run(q.beat, { hour: beaten });
        deps.db.run(q.trim, { before: beaten - KEPT_HOURS });
      },
    },
    off(zone) {
      const now = deps.ports.clock.now();
      const seen = deps.db.all(q.seen).map((row) => Number(row['hour']));
      const known = seen[0] !== undefined && now / HOUR - seen[0] >= 14 * 24;
      return { known, hours: known ? [...offHours(seen, zone, now)].sort((a, b) => a - b) : [] };
    },
  };
}

/** Renews tokens before a post needs them, so that an account that must be connected again says so before the due time, not after (ARCHITECTURE §7). */
export function createTokenKeeper(deps: CoreDeps, services: { accounts: AccountsService }): Job {
  let nextLook = 0;
  return {
    name: 'tokens',
    nextDue: () => nextLook,
    async run(now) {
      nextLook = now + LOOK_MS;
      for (const row of deps.db.all(q.soon, { until: now + AHEAD_MS })) {
        const accountId = String(row['account_id']);
        const account = services.accounts.list().find((each) => each.id === accountId);
        if (!account || account.network === 'practice' || account.needsReauth || account.origin !== deps.ports.apiOrigin) continue;
        try {
          const { session } = await services.accounts.sessions.get(accountId);
          if ((await session.renew(Number(row['last']))) === 'refused') services.accounts.needsReauth(accountId);
        } catch (cause) {
          // Locked secrets have their own banner; everything else is asked again at the next look.
          deps.ports.log.info('tokens could not be looked after', { cause: String(cause) });
        }
      }
    },
  };
}
