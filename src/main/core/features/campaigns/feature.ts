import { AppError } from '../../../../shared/contract/errors.ts';
import type { CampaignData } from '../../../../shared/contract/planning.ts';
import type { Lang } from '../../../../shared/domain/types.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import { practiceCampaign } from './practice.ts';
import { CampaignsRepository, type StoredCampaign } from './repository.ts';

type Methods = 'planning.campaigns' | 'planning.saveCampaign' | 'planning.removeCampaign';

function view(stored: StoredCampaign): CampaignData {
  const { revision: _, deletedAt: __, ...campaign } = stored;
  return campaign;
}

/** Themes that count for more on some days (DOMAIN §3). */
export function createCampaigns(deps: CoreDeps, services: { accounts: () => AccountsService; lang: () => Lang }): { handlers: Pick<Handlers, Methods>; campaigns: CampaignsRepository; /** A practice account begins with one, once: one that ever had any gets no more. */ welcome(account: StoredAccount): void } {
  const campaigns = new CampaignsRepository(deps.db);
  const now = (): number => deps.ports.clock.now();
  const changed = (accountId: string): void => deps.bus.emit('campaigns.changed', { accountId });
  /** Puts it back as it was; a new one vanishes. Throws AppError `undo_gone` in its step where it changed since. */
  const undoOf = (label: string, before: StoredCampaign | null, stored: StoredCampaign): string => deps.undo.register(label, () => {
    deps.db.tx(() => {
      if (campaigns.stored(stored.id)?.revision !== stored.revision) throw new AppError('undo_gone');
      campaigns.put(before ?? { ...stored, deletedAt: now() }, now());
    });
    changed(stored.accountId);
  });
  return {
    campaigns,
    welcome(account) {
      if (account.network !== 'practice' || campaigns.hadAny(account.id)) return;
      deps.db.tx(() => campaigns.create(practiceCampaign(account, services.lang(), now()), now()));
      changed(account.id);
    },
    handlers: {
      'planning.campaigns': ({ accountId }) => campaigns.list(services.accounts().need(accountId).id).map(view),
      'planning.saveCampaign': ({ id, ...fields }) => {
        const account = services.accounts().need(fields.accountId);
        const before = id === undefined ? null : campaigns.need(id);
        if (before && before.accountId !== account.id) throw new AppError('bad_input', { path: 'accountId', detail: '' });
        const stored = deps.db.tx(() => (before ? campaigns.put({ ...fields, id: before.id, deletedAt: null }, now()) : campaigns.create(fields, now())));
        const undoId = undoOf('campaign_saved', before, stored);
        changed(account.id);
        return { campaign: view(stored), undoId };
      },
      'planning.removeCampaign': ({ id }) => {
        const before = campaigns.need(id);
        const stored = deps.db.tx(() => campaigns.put({ ...before, deletedAt: now() }, now()));
        const undoId = undoOf('campaign_removed', before, stored);
        changed(before.accountId);
        return { undoId };
      },
    },
  };
}
