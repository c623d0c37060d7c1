import { NativeSelect, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InboxSettings } from '../../../../shared/contract/inbox.ts';
import { useRpcQuery } from '../../../rpc/hooks.ts';
import { timeWords } from '../../../ui/DateTimeInput.tsx';

export type Hours = NonNullable<InboxSettings['office'][number]>;
const pad = (n: number): string => String(n).padStart(2, '0');
const QUARTERS = Array.from({ length: 96 }, (_, i) => `${pad(Math.floor(i / 4))}:${pad((i % 4) * 15)}`);
const MIDNIGHT = '24:00';
const USUAL: Hours = { from: '09:00', to: '18:00' };

/** Minutes since midnight; `24:00` is 1440. */
export const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Opening hours of a weekday: closed, or from and to by quarter hours. */
export function DayHours({ index, day, hours, wrong, like, onChange }: { index: number; day: string; hours: Hours | null; wrong: boolean; /** What a day that opens begins with. */ like: Hours | null; onChange: (hours: Hours | null) => void }) {
  const { t } = useTranslation();
  const twelve = useRpcQuery('settings.get', {}).data?.hour12 === '12';
  const pick = (field: 'from' | 'to', value: string, of: Hours) => {
    const times = [...QUARTERS, MIDNIGHT].filter((time) => (field === 'from' ? time !== MIDNIGHT : time !== '00:00'));
    // Hours that were kept between two quarters stay as they are until they are changed.
    const all = times.includes(value) ? times : [...times, value].sort();
    return (
      <NativeSelect
        aria-label={`${day}: ${t(`inboxSettings.clock.${field}`)}`} value={value} error={wrong} aria-describedby={wrong ? `hours-wrong-${index}` : undefined} data-testid={`office-${index}-${field}`} data={all.map((time) => ({ value: time, label: time === MIDNIGHT ? time : timeWords(time, twelve) }))}
        onChange={(event) => onChange({ ...of, [field]: event.currentTarget.value })}
      />
    );
  };
  return (
    <>
      <tr>
        <th scope="row">{day}</th>
        <td><Switch aria-label={`${day}: ${t('inboxSettings.clock.open')}`} checked={hours !== null} data-testid={`office-${index}-open`} onChange={(event) => onChange(event.currentTarget.checked ? (like ?? USUAL) : null)} /></td>
        {hours ? <><td>{pick('from', hours.from, hours)}</td><td>{pick('to', hours.to, hours)}</td></> : <td colSpan={2} className="quiet">{t('inboxSettings.clock.closed')}</td>}
      </tr>
      {wrong ? <tr className="hours-wrong"><td colSpan={4}><span className="field-wrong" role="alert" id={`hours-wrong-${index}`}>{t('inboxSettings.clock.wrong')}</span></td></tr> : null}
    </>
  );
}
