import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { CampaignData } from '../../../shared/contract/planning.ts';
import { useRpcCommand } from '../../rpc/hooks.ts';
import { useToast } from '../../ui/useToast.tsx';
import type { CampaignFields } from './CampaignForm.tsx';

/** Keeps what was written of a campaign, says so and offers it back; `onKept` before that. */
export function useSaveCampaign(account: Account, onKept: () => void): { busy: boolean; save: (campaign: CampaignData | null) => (fields: CampaignFields) => Promise<boolean> } {
  const { t } = useTranslation();
  const toast = useToast();
  const command = useRpcCommand('planning.saveCampaign');
  return {
    busy: command.isPending,
    save: (campaign) => async (fields) => {
      try {
        const { undoId } = await command.mutateAsync({ accountId: account.id, ...(campaign ? { id: campaign.id } : {}), ...fields });
        onKept();
        toast.done(t('template.campaign.saved', { name: fields.name }), { undoId });
        return true;
      } catch (error) {
        toast.failed(error);
        return false;
      }
    },
  };
}
