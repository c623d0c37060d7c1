import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNotices } from '../features/activity/useNotices.ts';
import { WakeUp } from '../features/calendar/WakeUp.tsx';
import { LockedBanner } from '../features/accounts/Secrets.tsx';
import { DeckScreen } from '../features/deck/DeckScreen.tsx';
import { useColumnsCache } from '../features/deck/useColumnsCache.ts';
import { useKeptKeys } from '../hotkeys/Key.tsx';
import { useKeys } from '../hotkeys/keys.ts';
import { useConnection, useRpcQuery } from '../rpc/hooks.ts';
import { useFormat } from '../ui/format.ts';
import { Guard } from '../ui/Guard.tsx';
import { useAccounts } from '../ui/useAccounts.ts';
import { goToArea } from './areas.ts';
import { Foot } from './Foot.tsx';
import { OfflineBanner } from './OfflineBanner.tsx';
import { later } from './later.tsx';
import { LostBanner } from './LostBanner.tsx';
import { Palette } from './Palette.tsx';
import { openPalette } from './paletteStore.ts';
import { Rail } from './Rail.tsx';
import { SCREENS } from './screens.ts';
import { StoppedBanner } from './StoppedBanner.tsx';
import { TopBar } from './TopBar.tsx';
import { useFocusKeeper } from './useFocusKeeper.ts';
import { useHostActs } from './useHostActs.ts';
import { useLongPaste } from './useLongPaste.ts';
import { useReopen } from './useReopen.ts';
import { useUndoLast } from './useUndoLast.ts';
import { useView } from './viewStore.ts';

const Calendar = later(async () => (await import('../features/calendar/CalendarScreen.tsx')).CalendarScreen);
const Library = later(async () => (await import('../features/library/LibraryScreen.tsx')).LibraryScreen);
const Inbox = later(async () => (await import('../features/inbox/InboxScreen.tsx')).InboxScreen);
const Activity = later(async () => (await import('../features/activity/ActivityScreen.tsx')).ActivityScreen);
const Settings = later(async () => (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen);
const Composer = later(async () => (await import('../features/composer/ComposerPanel.tsx')).ComposerPanel);
const Bulk = later(async () => (await import('../features/bulk/BulkDialog.tsx')).BulkDialog);
const Wizard = later(async () => (await import('../features/accounts/ConnectWizard.tsx')).ConnectWizard);
const Keys = later(async () => (await import('./KeysSheet.tsx')).KeysSheet);
/** After the columns are up: what is opened next is there by then, and nothing is asked of a program that may have ended. */
const READ_AHEAD_MS = 1500;

function PausedBanner({ paused }: { paused: { reason: string; since: number } }) {
  const { t } = useTranslation();
  const format = useFormat();
  return <div className="banner" data-testid="paused">{t('shell.pausedBanner', { since: format.when(paused.since), reason: paused.reason === 'budget' ? t('shell.pausedBudget') : paused.reason === 'restored' ? t('shell.pausedRestored') : paused.reason })}</div>;
}

/** Rail, bar, banners, the screen, the composer beside it and the status bar (UX, shell). */
export function Shell() {
  const { t } = useTranslation();
  const view = useView();
  const undo = useUndoLast();
  const connection = useConnection();
  const { current } = useAccounts();
  const status = useRpcQuery('scheduler.status', {}).data;
  useFocusKeeper();
  useKeptKeys();
  useLongPaste();
  // What could be taken back was known to the core that has ended.
  useEffect(() => useView.setState({ undos: [] }), [connection.bootId]);
  useEffect(() => {
    const timer = setTimeout(() => void Promise.allSettled([Composer, Calendar, Inbox, Library, Activity, Settings, Keys, Bulk, Wizard].map((each) => each.ready())), READ_AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
  useReopen();
  useNotices();
  useHostActs();
  useColumnsCache();
  useKeys({
    n: () => view.openComposer({ kind: 'new' }),
    '?': () => view.set({ keysOpen: true }),
    ';': openPalette,
    'Mod+k': openPalette,
    'Mod+z': undo,
    // Where a screen has no field of its own to look in, the browser's search is let be.
    'Mod+f': () => {
      const field = document.querySelector<HTMLInputElement>('#main [data-find]');
      field?.select();
      return field !== null;
    },
    F6: () => goToArea(1), 'Shift+F6': () => goToArea(-1),
    'g m': () => view.goColumn('mentions'),
    ...Object.fromEntries(SCREENS.map(({ screen, letter }) => [`g ${letter}`, () => view.go(screen)])),
    Escape: () => {
      // The options of a column lie above the composer while one is in them.
      if (!view.composer || document.activeElement?.closest('.column-options')) return false;
      view.closeComposer();
      return true;
    },
  });
  return (
    <div className="shell">
      <a className="skip" href="#main">{t('shell.skip')}</a>
      <Guard small><Rail /></Guard>
      <Guard small><TopBar /></Guard>
      <div className="banners" aria-live="polite"><Guard small>
        {connection.state === 'closed' ? <div className="banner bad" role="alert">{t('shell.offline')}</div> : null}
        <LostBanner />
        <LockedBanner />
        <OfflineBanner />
        {status?.paused ? null : <StoppedBanner />}
        {status?.paused ? <PausedBanner paused={status.paused} /> : null}
      </Guard></div>
      <main className="main" id="main" tabIndex={-1}>
        <Guard key={view.screen}>
          {view.screen === 'deck' ? <DeckScreen /> : null}
          {view.screen === 'calendar' ? <Calendar.Screen /> : null}
          {view.screen === 'library' ? <Library.Screen /> : null}
          {view.screen === 'inbox' ? <Inbox.Screen /> : null}
          {view.screen === 'activity' ? <Activity.Screen /> : null}
          {view.screen === 'settings' ? <Settings.Screen /> : null}
        </Guard>
      </main>
      <Guard small><Composer.Overlay open={view.composer !== null} /></Guard>
      <Guard small><Foot account={current} /></Guard>
      <Guard small><Bulk.Overlay open={view.bulkOpen} /></Guard>
      <Guard small><Wizard.Overlay open={view.wizardOpen} /></Guard>
      <Guard small><Keys.Overlay open={view.keysOpen} /></Guard>
      <Guard small><WakeUp /></Guard>
      <Guard small><Palette /></Guard>
    </div>
  );
}
