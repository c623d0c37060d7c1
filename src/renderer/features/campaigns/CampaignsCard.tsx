import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus, IconSpeakerphone, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { CampaignData } from '../../../shared/contract/planning.ts';
import { dayOf } from '../../../shared/domain/time.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { EmptyState } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import { focusSoon, useKept } from '../inbox/settings/useKept.ts';
import { useItemWords } from '../library/useItemWords.ts';
import { CampaignForm } from './CampaignForm.tsx';
import { useSaveCampaign } from './useSaveCampaign.ts';

const NEW = 'new';
const COLUMNS = 5;

/** An account's campaigns, soonest first: added, changed, deleted with a way back (DOMAIN §3). */
export function CampaignsCard({ account }: { account: Account }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const format = useFormat(account.zone);
  const words = useItemWords(account, format);
  const campaigns = useRpcQuery('planning.campaigns', { accountId: account.id }).data;
  const { value: editing, set: setEditing } = useKept<string | null>(`${account.id} campaigns`, null);
  const close = (): void => {
    setEditing(null);
    focusSoon(editing === null || editing === NEW ? 'campaign-add' : `campaign-edit-${editing}`);
  };
  const { busy, save } = useSaveCampaign(account, close);
  if (!campaigns) return null;
  const now = Date.now();
  const today = dayOf(now, account.zone);
  const remove = ({ id, name }: CampaignData): void => {
    rpc.command('planning.removeCampaign', { id }).then(({ undoId }) => { focusSoon('campaign-add'); toast.done(t('template.campaign.removed', { name }), { undoId }); }, toast.failed);
  };
  const form = (campaign: CampaignData | null) => <CampaignForm account={account} campaign={campaign} busy={busy} onSave={save(campaign)} onClose={close} />;
  return (
    <section className="card" data-testid="campaigns-card">
      <header>
        <div className="grow"><h2>{t('template.campaign.title')}</h2><div className="quiet">{t('template.campaign.hint')}</div></div>
        <Button id="campaign-add" variant="default" leftSection={<IconPlus size={14} stroke={1.75} />} disabled={editing === NEW} data-testid="campaign-add" onClick={() => setEditing(NEW)}>{t('template.campaign.add')}</Button>
      </header>
      {campaigns.length === 0 && editing !== NEW ? <EmptyState icon={IconSpeakerphone} title={t('template.campaign.none')} body={t('template.campaign.noneBody')}><Button onClick={() => setEditing(NEW)}>{t('template.campaign.add')}</Button></EmptyState> : null}
      {editing === NEW ? form(null) : null}
      {campaigns.length > 0 ? (
        <table className="plain kept-table">
          <thead><tr><th>{t('template.campaign.name')}</th><th>{t('template.campaign.theme')}</th><th>{t('template.campaign.days')}</th><th className="number">{t('template.campaign.weight')}</th><th aria-label={t('template.campaign.edit')} /></tr></thead>
          <tbody>
            {campaigns.map((campaign) => (editing === campaign.id ? <tr key={campaign.id}><td colSpan={COLUMNS} className="form-cell">{form(campaign)}</td></tr> : (
              <tr key={campaign.id} data-testid="campaign-row">
                <td><b>{campaign.name}</b></td><td><span className="clip" title={campaign.theme}>{campaign.theme}</span></td>
                <td className="nowrap">{words.day(campaign.from, now)} – {words.day(campaign.to, now)} {campaign.to < today ? <span className="tag">{t('template.campaign.ended')}</span> : null}</td><td className="number">×{format.number(campaign.weight)}</td>
                <td>
                  <ActionIcon id={`campaign-edit-${campaign.id}`} size={24} aria-label={`${t('template.campaign.edit')}: ${campaign.name}`} title={t('template.campaign.edit')} data-testid="campaign-edit" onClick={() => setEditing(campaign.id)}><IconPencil size={15} stroke={1.75} /></ActionIcon>
                  <ActionIcon size={24} aria-label={`${t('template.campaign.remove')}: ${campaign.name}`} title={t('template.campaign.remove')} data-testid="campaign-remove" onClick={() => remove(campaign)}><IconTrash size={15} stroke={1.75} /></ActionIcon>
                </td>
              </tr>
            )))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
