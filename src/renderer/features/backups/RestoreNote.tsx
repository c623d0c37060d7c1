import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import type { useCopies } from './useCopies.ts';

/** The next start opens another copy: which, how to get there, and the way back. Or: it could not be opened. */
export function RestoreNote({ it }: { it: ReturnType<typeof useCopies> }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (it.wished) {
    return (
      <div className="banner restore-note" role="status" data-testid="restore-wished">
        <IconHistory size={18} stroke={1.75} aria-hidden="true" />
        <span className="grow"><b>{t('settings.backups.wished', { when: `${format.day(it.wished.at)}, ${format.time(it.wished.at)}` })}</b> {t('settings.backups.wishedHow')}</span>
        <Button variant="default" loading={it.busy === 'restore'} onClick={() => void it.stay()} data-testid="restore-stay">{t('settings.backups.stay')}</Button>
      </div>
    );
  }
  if (it.list && it.list.refused !== null) {
    return (
      <div className="banner bad restore-note" role="alert" data-testid="restore-refused">
        <span className="grow">{t('settings.backups.refused')}</span>
        <Button variant="default" loading={it.busy === 'restore'} onClick={() => void it.stay()}>{t('settings.backups.read')}</Button>
      </div>
    );
  }
  return null;
}
