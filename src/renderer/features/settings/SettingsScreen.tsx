import '../../styles/settings.css';
import { IconAdjustmentsHorizontal, IconBell, IconCalendarTime, IconChartBar, IconCoin, IconDatabase, IconDirections, IconInbox, IconKeyboard, IconLanguage, IconLink, IconListCheck, IconMessageCircle, IconRosetteDiscountCheck, IconShieldCheck, IconUsers } from '@tabler/icons-react';
import { Fragment, lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../../app/viewStore.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { OnPage } from '../../ui/OnPage.tsx';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useToast } from '../../ui/useToast.tsx';
import { BackupsSettings } from '../backups/BackupsSettings.tsx';
import { CampaignsCard } from '../campaigns/CampaignsCard.tsx';
import { InboxSettings } from '../inbox/settings/InboxSettings.tsx';
import { Accounts } from './Accounts.tsx';
import { General } from './General.tsx';
import { Keys } from './Keys.tsx';
import { Money } from './Money.tsx';
import { RatioSettings } from './RatioSettings.tsx';
import { TemplateSettings } from './TemplateSettings.tsx';

const Notices = lazy(async () => ({ default: (await import('./Notices.tsx')).Notices }));

const HouseStyle = lazy(async () => ({ default: (await import('./HouseStyle.tsx')).HouseStyle }));
const LinkTagging = lazy(async () => ({ default: (await import('./LinkTagging.tsx')).LinkTagging }));

const SECTIONS = [
  { key: 'accounts', icon: IconUsers }, { key: 'money', icon: IconCoin }, { key: 'ratio', icon: IconChartBar }, { key: 'template', icon: IconCalendarTime }, { key: 'inbox', icon: IconInbox }, { key: 'style', icon: IconRosetteDiscountCheck }, { key: 'tagging', icon: IconLink }, { key: 'notices', icon: IconBell }, { key: 'general', icon: IconLanguage }, { key: 'data', icon: IconDatabase }, { key: 'keys', icon: IconShieldCheck },
] as const;

/** What the inbox's page holds, each to be gone to at once. */
const PARTS = [{ card: 'rules-card', word: 'rules', icon: IconListCheck }, { card: 'replies-card', word: 'replies', icon: IconMessageCircle }, { card: 'routes-card', word: 'routes', icon: IconDirections }] as const;

/** Accounts, money, the ratio, the inbox, the house's style, link tagging, notices, language and look, keys: each a page of its own. Every change is kept at once. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const setView = useView((state) => state.set);
  const settings = useRpcQuery('settings.get', {}).data;
  const { current } = useAccounts();
  const section = useView((state) => state.settings);
  const setSection = useView((state) => state.goSettings);
  /** Of the inbox's page, once it is drawn: its card, with the focus in it. */
  const goPart = (card: string): void => {
    setSection('inbox');
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const found = document.querySelector<HTMLElement>(`[data-testid="${card}"]`);
      found?.scrollIntoView({ block: 'start' });
      found?.querySelector<HTMLElement>('button, input, select, textarea')?.focus({ preventScroll: true });
    }));
  };
  if (!settings) return null;
  return (
    <div className="settings" data-testid="settings">
      <OnPage part="settings" />
      <nav aria-label={t('settings.title')}>
        {SECTIONS.map(({ key, icon: Icon }) => (
          <Fragment key={key}>
            <button type="button" data-testid={`settings-${key}`} aria-current={section === key ? 'page' : undefined} onClick={() => setSection(key)}><Icon size={16} stroke={1.75} aria-hidden="true" />{t(`settings.section.${key}`)}</button>
            {key === 'inbox' ? PARTS.map(({ card, word, icon: Sign }) => <button key={card} type="button" className="part-of" data-testid={`settings-inbox-${word}`} onClick={() => goPart(card)}><Sign size={15} stroke={1.75} aria-hidden="true" />{t(`settings.part.${word}`)}</button>) : null}
            {key === 'general' ? <button type="button" data-testid="settings-hotkeys" onClick={() => setView({ keysOpen: true })}><IconKeyboard size={16} stroke={1.75} aria-hidden="true" />{t('settings.part.hotkeys')}</button> : null}
          </Fragment>
        ))}
        <span className="grow" />
        {/* A ratio is saved by its own button, it may break a plan; what is written for the inbox by its own too. */}
        {section === 'ratio' || section === 'inbox' || section === 'data' ? null : <span className="settings-note"><IconAdjustmentsHorizontal size={14} stroke={1.75} aria-hidden="true" />{t('settings.atOnce')}</span>}
      </nav>
      <div className="settings-page">
        {section === 'accounts' ? <Accounts onRatio={() => setSection('ratio')} onMoney={(account) => { void rpc.command('settings.set', { currentAccountId: account.id }).then(() => setSection('money'), toast.failed); }} /> : null}
        {section === 'money' && current ? <Money key={current.id} account={current} /> : null}
        {section === 'ratio' && current ? <RatioSettings key={current.id} account={current} /> : null}
        {section === 'template' && current ? <><div className="settings-head"><h1 className="grow">{t('settings.section.template')} <span className="quiet">@{current.username}</span></h1></div><TemplateSettings key={current.id} account={current} /><CampaignsCard key={`${current.id} campaigns`} account={current} /></> : null}
        {section === 'inbox' && current ? <InboxSettings key={current.id} account={current} /> : null}
        {section === 'style' && current ? <Suspense fallback={null}><HouseStyle key={current.id} account={current} /></Suspense> : null}
        {section === 'tagging' && current ? <Suspense fallback={null}><LinkTagging key={current.id} account={current} /></Suspense> : null}
        {section === 'notices' ? <Suspense fallback={null}><Notices settings={settings} /></Suspense> : null}
        {section === 'general' ? <General settings={settings} /> : null}
        {section === 'data' ? <BackupsSettings /> : null}
        {section === 'keys' ? <Keys /> : null}
      </div>
    </div>
  );
}
