import { addDays, dayOf, dayRange } from '../../../../shared/domain/time.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { ActivityService } from '../activity/feature.ts';
import type { TemplatesRepository } from './repository.ts';
import type { PlanningService } from './service.ts';

/** A new account or zone is noticed within this, ms. */
const LONGEST_MS = 60 * 60_000;

/** At each account's midnight the empty slots of the day stop counting (RATIO 2): what then breaks is said once, also when the program was closed at that time. */
export function createMidnight(deps: CoreDeps, services: { planning: PlanningService; templates: TemplatesRepository; accounts: AccountsService; activity: ActivityService }): Job {
  const { planning, templates, accounts, activity } = services;
  let next = 0;
  return {
    name: 'midnight',
    nextDue: () => next,
    run(now) {
      const seen = templates.lookedAt();
      const days: Record<string, string> = {};
      next = now + LONGEST_MS;
      for (const account of accounts.list()) {
        const day = dayOf(now, account.zone);
        days[account.id] = day;
        next = Math.min(next, dayRange(addDays(day, 1), account.zone).start);
        if (seen[account.id] === day) continue;
        // Without a template nothing stopped counting.
        if (planning.template(account.id) === null) continue;
        deps.bus.emit('plan.changed', { accountId: account.id });
        const broken = planning.broken(planning.index(account));
        const first = broken[0];
        if (first) activity.add({ accountId: account.id, level: 'warning', code: 'plan_broken', params: { username: account.username, count: broken.length, tier: first.tier, over: first.over } }, true);
      }
      if (JSON.stringify(days) !== JSON.stringify(seen)) templates.setLookedAt(days);
    },
  };
}
