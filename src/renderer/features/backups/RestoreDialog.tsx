import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BackupData } from '../../../shared/contract/backups.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import type { useCopies } from './useCopies.ts';

/** What opening a copy means, before it is wished for. */
export function RestoreDialog({ it, copy, onClose }: { it: ReturnType<typeof useCopies>; copy: BackupData | null; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const open = async (): Promise<void> => {
    if (copy && (await it.restore(copy.name))) onClose();
  };
  return (
    <Dialog opened={copy !== null} onClose={onClose} title={copy ? t('settings.backups.openTitle', { when: `${format.day(copy.at)}, ${format.time(copy.at)}` }) : ''}>
      <Stack gap="sm">
        <ul className="restore-means">
          {(['missing', 'paused', 'kept', 'beside'] as const).map((each) => <li key={each}>{t(`settings.backups.means.${each}`)}</li>)}
        </ul>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{t('shell.cancel')}</Button>
          <Button data-autofocus loading={it.busy === 'restore'} onClick={() => void open()} data-testid="restore-confirm">{t('settings.backups.openNext')}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
