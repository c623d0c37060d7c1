import { checkTemplate, periodFor, type RatioIndex, repair, type Repair, spreadEvenly, type Edit } from '../../../../shared/domain/ratio/index.ts';
import type { WeekTemplate } from '../../../../shared/domain/template.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { TemplatesRepository } from './repository.ts';
import type { PlanningService } from './service.ts';

type Methods = 'planning.context' | 'planning.template' | 'planning.setTemplate' | 'planning.repairPreview' | 'planning.repair' | 'planning.spreadEvenly';

/** Commands and queries of the plan and its template. `carry` writes an edit with one undo. */
export function planningHandlers(
  deps: CoreDeps,
  services: { planning: PlanningService; templates: TemplatesRepository; accounts: AccountsService; carry: (account: StoredAccount, index: RatioIndex, edit: Edit, label: string) => { undoId: string } },
): Pick<Handlers, Methods> {
  const { planning, templates, accounts, carry } = services;
  const checkOf = (account: StoredAccount, template: WeekTemplate | null): ReturnType<typeof checkTemplate> => checkTemplate(account.policy, template?.days ?? [], template?.period ?? 'week');
  const repairOf = (accountId: string): { account: StoredAccount; index: RatioIndex; plan: Repair } => {
    const account = accounts.need(accountId);
    const index = planning.index(account);
    return { account, index, plan: repair(index) };
  };
  const put = (accountId: string, template: WeekTemplate | null): void => {
    templates.put(accountId, template, deps.ports.clock.now());
    deps.bus.emit('plan.changed', { accountId });
  };
  return {
    'planning.context': ({ accountId }) => {
      const account = accounts.need(accountId);
      const { policy, zone, now, units, period } = planning.plan(account);
      return { policy, zone, now, period: period ?? 'week', units: [...units], template: planning.template(accountId) };
    },
    'planning.template': ({ accountId }) => {
      const template = planning.template(accountId);
      return { template, check: checkOf(accounts.need(accountId), template) };
    },
    'planning.setTemplate': ({ accountId, template: wanted }) => {
      const account = accounts.need(accountId);
      const before = planning.template(accountId);
      const template = wanted === null ? null : { period: periodFor(account.policy, wanted.days), days: wanted.days };
      put(accountId, template);
      const undoId = deps.undo.register('template_changed', () => put(accountId, before));
      return { template, check: checkOf(account, template), undoId };
    },
    'planning.repairPreview': ({ accountId }) => {
      const { exchanges, toTray } = repairOf(accountId).plan;
      return { exchanges, toTray };
    },
    'planning.repair': ({ accountId }) => {
      const { account, index, plan } = repairOf(accountId);
      const { undoId } = carry(account, index, plan.edit, 'repaired');
      return { exchanges: plan.exchanges.length, toTray: plan.toTray.length, undoId };
    },
    'planning.spreadEvenly': ({ accountId, day }) => {
      const account = accounts.need(accountId);
      const index = planning.index(account);
      const done = spreadEvenly(index, day);
      if (done.result !== 'changed') return done;
      return { result: 'changed', changed: done.moved, undoId: carry(account, index, done.edit, 'spread_evenly').undoId };
    },
  };
}
