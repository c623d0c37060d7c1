import { Badge, Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { IconActivity, IconCalendarEvent, IconColumns3, IconPlayerPause, IconPlayerPlay, IconPlus, IconSearch, IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectWizard } from '../features/accounts/ConnectWizard.tsx';
import { SecretsBadge } from '../features/accounts/Secrets.tsx';
import { ActivityScreen } from '../features/activity/ActivityScreen.tsx';
import { useNotices } from '../features/activity/useNotices.ts';
import { BulkDialog } from '../features/bulk/BulkDialog.tsx';
import { CalendarScreen } from '../features/calendar/CalendarScreen.tsx';
import { RatioStrip } from '../features/calendar/RatioStrip.tsx';
import { ComposerPanel } from '../features/composer/ComposerPanel.tsx';
import { DeckScreen } from '../features/deck/DeckScreen.tsx';
import { SettingsScreen } from '../features/settings/SettingsScreen.tsx';
import { useKeys } from '../hotkeys/keys.ts';
import { useConnection, useRpc, useRpcCommand, useRpcQuery } from '../rpc/hooks.ts';
import { Avatar } from '../ui/bits.tsx';
import { useFormat } from '../ui/format.ts';
import { useAccounts } from '../ui/useAccounts.ts';
import { useToast } from '../ui/useToast.tsx';
import { KeysSheet } from './KeysSheet.tsx';
import { Palette, openPalette } from './Palette.tsx';
import { type Screen, useView } from './viewStore.ts';
import { Dialog } from '../ui/Dialog.tsx';

const SCREENS: { screen: Screen; icon: typeof IconColumns3; letter: string }[] = [
  { screen: 'deck', icon: IconColumns3, letter: 'd' },
  { screen: 'calendar', icon: IconCalendarEvent, letter: 'c' },
  { screen: 'activity', icon: IconActivity, letter: 'a' },
  { screen: 'settings', icon: IconSettings, letter: 's' },
];

function PauseButton() {
  const { t } = useTranslation();
  const toast = useToast();
  const status = useRpcQuery('scheduler.status', {}).data;
  const pause = useRpcCommand('scheduler.pause');
  const resume = useRpcCommand('scheduler.resume');
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  if (status?.paused) return <Button variant="light" color="yellow" leftSection={<IconPlayerPlay size={14} />} onClick={() => resume.mutate({}, { onError: toast.failed })}>{t('shell.resume')}</Button>;
  const confirm = (): void => pause.mutate({ reason: reason.trim() }, { onSuccess: () => setOpen(false), onError: toast.failed });
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerPause size={14} />} onClick={() => setOpen(true)} data-testid="pause">{t('shell.pause')}</Button>
      <Dialog opened={open} onClose={() => setOpen(false)} title={t('shell.pauseTitle')}>
        <p>{t('shell.pauseBody')}</p>
        <form onSubmit={(event) => { event.preventDefault(); confirm(); }}>
          <TextInput label={t('shell.pauseReason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus maxLength={200} />
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={() => setOpen(false)}>{t('shell.cancel')}</Button>
            <Button type="submit" disabled={reason.trim() === ''} loading={pause.isPending}>{t('shell.pause')}</Button>
          </Group>
        </form>
      </Dialog>
    </>
  );
}

function Spend({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const month = useRpcQuery('money.month', { accountId }).data;
  if (!month) return null;
  return <span className="quiet" title={t('shell.monthSpendTitle', { low: format.usd(month.spentLow), high: format.usd(month.spentHigh) })}>{t('shell.monthSpend', { low: format.usd(month.spentLow) })}</span>;
}

/** Rail, bar, banners, the screen, the composer beside it and the status bar (UX, shell). */
export function Shell() {
  const { t } = useTranslation();
  const view = useView();
  const rpc = useRpc();
  const toast = useToast();
  const connection = useConnection();
  const format = useFormat();
  const { accounts, current } = useAccounts();
  const status = useRpcQuery('scheduler.status', {}).data;
  const setSettings = useRpcCommand('settings.set');
  useNotices();
  useKeys({
    n: () => view.openComposer({ kind: 'new' }),
    '?': () => view.set({ keysOpen: true }),
    ';': openPalette,
    'Mod+k': openPalette,
    'Mod+z': () => {
      if (!view.lastUndo) return false;
      const { undoId } = view.lastUndo;
      view.set({ lastUndo: null });
      rpc.command('undo.apply', { undoId }).then(() => toast.done(t('shell.undone')), toast.failed);
      return true;
    },
    'g h': () => view.go('deck'), 'g d': () => view.go('deck'), 'g c': () => view.go('calendar'), 'g a': () => view.go('activity'), 'g s': () => view.go('settings'),
    Escape: () => {
      if (!view.composer) return false;
      view.closeComposer();
      return true;
    },
  });
  const labels: Record<Screen, string> = { deck: t('shell.deck'), calendar: t('shell.calendar'), activity: t('shell.activity'), settings: t('shell.settings') };
  return (
    <div className="shell">
      <a className="skip" href="#main">{t('shell.skip')}</a>
      <nav className="rail" aria-label="Parrilla">
        {SCREENS.map(({ screen, icon: Icon, letter }) => (
          <button key={screen} type="button" data-testid={`nav-${screen}`} aria-label={labels[screen]} title={`${labels[screen]} (G ${letter.toUpperCase()})`} aria-current={view.screen === screen ? 'page' : undefined} onClick={() => view.go(screen)}>
            <Icon size={20} aria-hidden="true" />
          </button>
        ))}
      </nav>
      <header className="topbar">
        {current ? <Avatar src={current.avatar} name={current.name} size={24} /> : null}
        <NativeSelect
          aria-label={t('shell.account')} data-testid="account-select" value={current?.id ?? ''}
          data={accounts.map((each) => ({ value: each.id, label: `@${each.username}` }))}
          onChange={(event) => setSettings.mutate({ currentAccountId: event.currentTarget.value })}
        />
        {current?.network === 'practice' ? <Badge color="violet" variant="light" title={t('deck.fictional')}>{t('shell.practice')}</Badge> : null}
        <Button variant="default" leftSection={<IconSearch size={14} />} onClick={openPalette} className="grow" styles={{ inner: { justifyContent: 'flex-start' } }} style={{ maxWidth: 340 }} rightSection={<span className="quiet">Ctrl K</span>}>
          {t('shell.command')}
        </Button>
        <span className="grow" />
        {current && current.network === 'x' ? <Spend accountId={current.id} /> : null}
        <SecretsBadge />
        <Button leftSection={<IconPlus size={14} />} data-testid="new-post" onClick={() => view.openComposer({ kind: 'new' })} title="N">{t('shell.newPost')}</Button>
        <PauseButton />
      </header>
      <div className="banners" aria-live="polite">
        {connection.state === 'closed' ? <div className="banner bad" role="alert">{t('shell.offline')}</div> : null}
        {status?.paused ? <div className="banner" data-testid="paused">{t('shell.pausedBanner', { since: format.when(status.paused.since), reason: status.paused.reason === 'budget' ? t('shell.pausedBudget') : status.paused.reason })}</div> : null}
      </div>
      <main className="main" id="main" tabIndex={-1}>
        {view.screen === 'deck' ? <DeckScreen /> : null}
        {view.screen === 'calendar' ? <CalendarScreen /> : null}
        {view.screen === 'activity' ? <ActivityScreen /> : null}
        {view.screen === 'settings' ? <SettingsScreen /> : null}
      </main>
      <ComposerPanel />
      <footer className="statusbar">
        {current && view.screen !== 'calendar' ? <RatioStrip accountId={current.id} /> : null}
        <span className="grow" />
        {status && status.needsDecision > 0 ? <Button variant="subtle" color="red" size="compact-xs" onClick={() => view.go('calendar')}>{t('shell.decide', { count: status.needsDecision })}</Button> : null}
        <span className="quiet" title={t('shell.computerOn')}>{status?.nextDue ? t('shell.next', { time: format.when(status.nextDue.dueAt) }) : t('shell.nothingNext')}</span>
      </footer>
      <BulkDialog />
      <ConnectWizard />
      <KeysSheet />
      <Palette />
    </div>
  );
}
