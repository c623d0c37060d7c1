import type { Account } from '../../../shared/contract/accounts.ts';
import type { CampaignData } from '../../../shared/contract/planning.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { CampaignForm } from '../campaigns/CampaignForm.tsx';
import { useSaveCampaign } from '../campaigns/useSaveCampaign.ts';
import type { Band } from './campaignBands.ts';
import type { Kit } from './kit.ts';

/** The campaigns at the foot of a day of the month (LOOK, 06); a name opens its form. */
export function MonthBands({ bands, kit, onCampaign }: { bands: readonly (Band | null)[]; kit: Kit; onCampaign: (campaign: CampaignData) => void }) {
  const { t, format } = kit;
  return bands.map((band, line) => {
    if (!band) return null;
    const { campaign, first, last, named } = band;
    const label = t('calendar.campaign.label', { name: campaign.name, weight: format.number(campaign.weight) });
    return (
      <span key={campaign.id} className={`campaign-band${first ? ' begins' : ''}${last ? ' ends' : ''}`} style={{ '--line': line } as React.CSSProperties} data-testid="campaign-band">
        {named ? <button type="button" className="campaign-name" title={`${label}\n${t('calendar.campaign.hint', { theme: campaign.theme, from: format.fullDate(campaign.from), to: format.fullDate(campaign.to) })}`} data-testid="campaign-label" onClick={() => onCampaign(campaign)}>{label}</button> : null}
      </span>
    );
  });
}

/** A campaign's form over the month it is drawn on. */
export function CampaignDialog({ account, kit, campaign, onClose }: { account: Account; kit: Kit; campaign: CampaignData | null; onClose: () => void }) {
  const { busy, save } = useSaveCampaign(account, onClose);
  // By what bubbles here, not by the window's: Esc in the month of a day's field closes that month alone.
  return (
    <Dialog opened={campaign !== null} onClose={onClose} closeOnEscape={false} onKeyDown={(event) => { if (event.key === 'Escape') onClose(); }} size={560} title={campaign ? kit.t('template.campaign.editing', { name: campaign.name }) : ''} styles={{ body: { padding: 0 } }}>
      {campaign ? <CampaignForm inDialog account={account} campaign={campaign} busy={busy} onSave={save(campaign)} onClose={onClose} /> : null}
    </Dialog>
  );
}
