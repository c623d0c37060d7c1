import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectWizard } from '../features/accounts/ConnectWizard.tsx';
import { ActivityScreen } from '../features/activity/ActivityScreen.tsx';
import { useNotices } from '../features/activity/useNotices.ts';
import { BulkDialog } from '../features/bulk/BulkDialog.tsx';
import { CalendarScreen } from '../features/calendar/CalendarScreen.tsx';
import { WakeUp } from '../features/calendar/WakeUp.tsx';
import { ComposerPanel } from '../features/composer/ComposerPanel.tsx';
import { DeckScreen } from '../features/deck/DeckScreen.tsx';
import { useColumnsCache } from '../features/deck/useColumnsCache.ts';
import { InboxScreen } from '../features/inbox/InboxScreen.tsx';
import { LibraryScreen } from '../features/library/LibraryScreen.tsx';
import { SettingsScreen } from '../features/settings/SettingsScreen.tsx';
import { useKeys } from '../hotkeys/keys.ts';
import { useConnection, useRpcQuery } from '../rpc/hooks.ts';
import { useFormat } from '../ui/format.ts';
import { useAccounts } from '../ui/useAccounts.ts';
import { Foot } from './Foot.tsx';
import { KeysSheet } from './KeysSheet.tsx';
import { OfflineBanner } from './OfflineBanner.tsx';
import { Palette, openPalette } from './Palette.tsx';
import { Rail } from './Rail.tsx';
import { SCREENS } from './screens.ts';
import { StoppedBanner } from './StoppedBanner.tsx';
import { TopBar } from './TopBar.tsx';
import { useFocusKeeper } from './useFocusKeeper.ts';
import { useHostActs } from './useHostActs.ts';
import { useReopen } from './useReopen.ts';
import { useUndoLast } from './useUndoLast.ts';
import { useView } from './viewStore.ts';

/** Rail, bar, banners, the screen, the composer beside it and the status bar (UX, shell). */
export function Shell() {
  const { t } = useTranslation();
  const view = useView();
  const undo = useUndoLast();
  const connection = useConnection();
  const format = useFormat();
  const { current } = useAccounts();
  const status = useRpcQuery('scheduler.status', {}).data;
  useFocusKeeper();
  // What could be taken back was known to the core that has ended.
  useEffect(() => useView.setState({ undos: [] }), [connection.bootId]);
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
      <Rail />
      <TopBar />
      <div className="banners" aria-live="polite">
        {connection.state === 'closed' ? <div className="banner bad" role="alert">{t('shell.offline')}</div> : null}
        <OfflineBanner />
        {status?.paused ? null : <StoppedBanner />}
        {status?.paused ? <div className="banner" data-testid="paused">{t('shell.pausedBanner', { since: format.when(status.paused.since), reason: status.paused.reason === 'budget' ? t('shell.pausedBudget') : status.paused.reason })}</div> : null}
      </div>
      <main className="main" id="main" tabIndex={-1}>
        {view.screen === 'deck' ? <DeckScreen /> : null}
        {view.screen === 'calendar' ? <CalendarScreen /> : null}
        {view.screen === 'library' ? <LibraryScreen /> : null}
        {view.screen === 'inbox' ? <InboxScreen /> : null}
        {view.screen === 'activity' ? <ActivityScreen /> : null}
        {view.screen === 'settings' ? <SettingsScreen /> : null}
      </main>
      <ComposerPanel />
      <Foot account={current} />
      <BulkDialog />
      <ConnectWizard />
      <KeysSheet />
      <WakeUp />
      <Palette />
    </div>
  );
}
