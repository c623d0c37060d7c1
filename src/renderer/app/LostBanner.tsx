import { Button } from '@mantine/core';
import { IconDatabaseExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRpcCommand, useRpcQuery } from '../rpc/hooks.ts';
import { useFormat } from '../ui/format.ts';
import { useToast } from '../ui/useToast.tsx';

/** The database could not be opened and another was begun: what happened, where the old one is, what next. It stays until it was read. */
export function LostBanner() {
  const { t } = useTranslation();
  const format = useFormat();
  const toast = useToast();
  const read = useRpcCommand('host.lostRead');
  const lost = useRpcQuery('host.lost', {}).data;
  if (!lost) return null;
  return (
    <div className="banner lost" role="status" data-testid="lost-database">
      <IconDatabaseExclamation size={16} stroke={1.75} aria-hidden="true" />
      <span className="grow">
        <b>{t(`shell.lost.what.${lost.what}`, { when: format.when(lost.at) })}</b>{' '}
        {lost.kept === null || (lost.what === 'restored' && lost.kept.includes('backup-v')) ? null : <>{t('shell.lost.kept')} <code>{lost.kept}</code>.{' '}</>}
        {lost.backupAt === null ? <>{t('shell.lost.empty')} <code>{lost.database}</code>.</> : t(lost.what === 'restored' ? 'shell.lost.asked' : 'shell.lost.restored', { when: format.when(lost.backupAt) })}
      </span>
      <Button variant="default" size="compact-sm" loading={read.isPending} onClick={() => read.mutate({}, { onError: toast.failed })} data-testid="lost-read">{t('shell.lost.read')}</Button>
    </div>
  );
}
