import '../../styles/settings.css';
import { IconAdjustmentsHorizontal, IconCalendarTime, IconChartBar, IconCoin, IconInbox, IconLanguage, IconShieldCheck, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useView } from '../../app/viewStore.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { InboxSettings } from '../inbox/settings/InboxSettings.tsx';
import { Accounts } from './Accounts.tsx';
import { General } from './General.tsx';
import { Keys } from './Keys.tsx';
import { Money } from './Money.tsx';
import { RatioSettings } from './RatioSettings.tsx';
import { TemplateSettings } from './TemplateSettings.tsx';

const SECTIONS = [
  { key: 'accounts', icon: IconUsers }, { key: 'money', icon: IconCoin }, { key: 'ratio', icon: IconChartBar }, { key: 'template', icon: IconCalendarTime }, { key: 'inbox', icon: IconInbox }, { key: 'general', icon: IconLanguage }, { key: 'keys', icon: IconShieldCheck },
] as const;

/** Accounts, money, the ratio, the inbox, language and look, keys: each a page of its own. Every change is kept at once. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const settings = useRpcQuery('settings.get', {}).data;
  const { current } = useAccounts();
  const section = useView((state) => state.settings);
  const setSection = useView((state) => state.goSettings);
  if (!settings) return null;
  return (
    <div className="settings" data-testid="settings">
      <nav aria-label={t('settings.title')}>
        {SECTIONS.map(({ key, icon: Icon }) => (
          <button key={key} type="button" data-testid={`settings-${key}`} aria-current={section === key ? 'page' : undefined} onClick={() => setSection(key)}><Icon size={16} stroke={1.75} aria-hidden="true" />{t(`settings.section.${key}`)}</button>
        ))}
        <span className="grow" />
        {/* A ratio is saved by its own button, it may break a plan; what is written for the inbox by its own too. */}
        {section === 'ratio' || section === 'inbox' ? null : <span className="settings-note"><IconAdjustmentsHorizontal size={14} stroke={1.75} aria-hidden="true" />{t('settings.atOnce')}</span>}
      </nav>
      <div className="settings-page">
        {section === 'accounts' ? <Accounts onRatio={() => setSection('ratio')} /> : null}
        {section === 'money' && current ? <Money key={current.id} account={current} /> : null}
        {section === 'ratio' && current ? <RatioSettings key={current.id} account={current} /> : null}
        {section === 'template' && current ? <><div className="settings-head"><h1 className="grow">{t('settings.section.template')} <span className="quiet">@{current.username}</span></h1></div><TemplateSettings key={current.id} account={current} /></> : null}
        {section === 'inbox' && current ? <InboxSettings key={current.id} account={current} /> : null}
        {section === 'general' ? <General settings={settings} /> : null}
        {section === 'keys' ? <Keys /> : null}
      </div>
    </div>
  );
}
