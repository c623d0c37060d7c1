import { Button } from '@mantine/core';
import { IconWifiOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRpcCommand, useRpcQuery } from '../rpc/hooks.ts';
import { useFormat } from '../ui/format.ts';
import { useKeysLocked } from '../ui/useAccounts.ts';
import { useToast } from '../ui/useToast.tsx';
import { useView } from './viewStore.ts';

/** Since when there is no network, what waits, and when it is tried again (LOOK 07). */
export function OfflineBanner() {
  const { t } = useTranslation();
  const format = useFormat();
  const toast = useToast();
  const view = useView();
  const now = useRpcCommand('sync.now');
  const status = useRpcQuery('sync.status', {}).data;
  const locked = useKeysLocked();
  // With the keys locked the banner that unlocks them stands instead: nothing is tried again before.
  if (locked || !status || status.offlineSince === null) return null;
  return (
    <div className="banner" role="status" data-testid="offline">
      <IconWifiOff size={16} stroke={1.75} aria-hidden="true" />
      <b>{t('shell.offlineSince', { when: format.isToday(status.offlineSince, Date.now()) ? format.time(status.offlineSince) : format.when(status.offlineSince) })}</b>
      <span className="grow">{status.waiting === 0 ? t('shell.offlineNothing') : t('shell.offlineWaiting', { count: status.waiting })}</span>
      <span className="quiet nowrap">{status.lastTryAt === null ? '' : t('shell.lastTry', { time: format.time(status.lastTryAt) })}{status.nextTryAt === null ? '' : `, ${t('shell.nextTry', { time: format.time(Math.max(status.nextTryAt, Date.now())) })}`}</span>
      <Button variant="default" size="compact-sm" loading={now.isPending} onClick={() => now.mutate({}, { onError: toast.failed })}>{t('shell.tryAgain')}</Button>
      <Button variant="default" size="compact-sm" onClick={() => { view.set({ outboxOpen: true }); view.go('activity'); }} data-testid="see-outbox">{t('shell.seeOutbox')}</Button>
    </div>
  );
}
