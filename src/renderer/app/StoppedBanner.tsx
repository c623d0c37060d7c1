import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRpcCommand, useRpcQuery } from '../rpc/hooks.ts';
import { useFormat } from '../ui/format.ts';
import { useAccounts } from '../ui/useAccounts.ts';
import { useToast } from '../ui/useToast.tsx';

/** Accounts that send nothing by themselves because X says that their money is used up, and the way to try again. */
export function StoppedBanner() {
  const { t } = useTranslation();
  const format = useFormat();
  const toast = useToast();
  const { accounts } = useAccounts();
  const resume = useRpcCommand('scheduler.resume');
  const stopped = useRpcQuery('scheduler.status', {}).data?.stopped ?? [];
  if (stopped.length === 0) return null;
  const names = stopped.map(({ accountId }) => `@${accounts.find((each) => each.id === accountId)?.username ?? '…'}`).join(', ');
  return (
    <div className="banner bad" role="status" data-testid="stopped">
      <span>{t('shell.stoppedBanner', { count: stopped.length, names, since: format.when(Math.min(...stopped.map((each) => each.since))) })}</span>
      <Button variant="default" size="compact-sm" loading={resume.isPending} onClick={() => resume.mutate({}, { onError: toast.failed })} data-testid="stopped-again">{t('shell.tryAgain')}</Button>
    </div>
  );
}
