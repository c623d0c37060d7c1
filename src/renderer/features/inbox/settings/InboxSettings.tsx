import '../../../styles/inboxSettings.css';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import { ClockCard } from './ClockCard.tsx';
import { RepliesCard } from './RepliesCard.tsx';
import { RoutesCard } from './RoutesCard.tsx';
import { RulesCard } from './RulesCard.tsx';

/** How the inbox of the account in the bar works: response clock, channels, saved replies, rules (DOMAIN §6). */
export function InboxSettings({ account }: { account: Account }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="settings-head"><h1 className="grow">{t('settings.section.inbox')} <span className="quiet">@{account.username}</span></h1></div>
      <ClockCard account={account} />
      <RoutesCard account={account} />
      <RepliesCard account={account} />
      <RulesCard account={account} />
    </>
  );
}
