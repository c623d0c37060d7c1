import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_AHEAD_MS, instantToWall, wallToInstant } from '../../../shared/domain/time.ts';
import { DateInput, TimeInput } from '../../ui/DateTimeInput.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { Format } from '../../ui/format.ts';

/** A day and a time of one's own for a case to come back at, in the account's zone. */
export function SnoozeDialog({ zone, first, format, onClose, onSnooze }: { zone: string; /** What stands there first, epoch ms. */ first: number; format: Format; onClose: () => void; onSnooze: (until: number) => void }) {
  const { t } = useTranslation();
  const begins = instantToWall(first, zone);
  const [day, setDay] = useState(begins.slice(0, 10));
  const [time, setTime] = useState(begins.slice(11, 16));
  const [now] = useState(() => Date.now());
  const at = day === '' || time === '' ? null : wallToInstant(`${day}T${time}`, zone);
  const past = at !== null && at <= now;
  const far = at !== null && at > now + LONGEST_AHEAD_MS;
  const right = at !== null && !past && !far;
  return (
    <Dialog opened onClose={onClose} title={t('inbox.snoozeUntil')} size={380}>
      <form data-testid="snooze-dialog" onSubmit={(event) => { event.preventDefault(); if (right && at > Date.now()) onSnooze(at); }}>
        <Group grow align="flex-start">
          <DateInput label={t('inbox.snoozeDay')} value={day} onChange={setDay} zone={zone} min={instantToWall(now, zone).slice(0, 10)} data-autofocus data-testid="snooze-day" />
          <TimeInput label={t('inbox.snoozeTime')} value={time} onChange={setTime} data-testid="snooze-time" />
        </Group>
        <p className="quiet" role="status">{past ? t('inbox.snoozePast') : far ? t('inbox.snoozeFar') : right ? t('inbox.snoozeBack', { when: format.when(at) }) : ' '}</p>
        <Group justify="flex-end"><Button type="submit" disabled={!right} data-testid="snooze-apply">{t('inbox.snooze')}</Button></Group>
      </form>
    </Dialog>
  );
}
