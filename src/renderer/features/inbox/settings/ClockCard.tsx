import { Button, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle, IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { InboxSettings } from '../../../../shared/contract/inbox.ts';
import { useRpc, useRpcQuery } from '../../../rpc/hooks.ts';
import { useFormat } from '../../../ui/format.ts';
import { useNow } from '../../../ui/useNow.ts';
import { useToast } from '../../../ui/useToast.tsx';
import { DayHours, type Hours, minuteOfDay } from './DayHours.tsx';
import { KindMinutes } from './KindMinutes.tsx';
import { useShown } from './useKept.ts';

/** A Monday: only its weekday is shown. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;

/** When answers are due: opening hours in the account's zone, minutes for each kind, and what an answer makes of a case (DOMAIN §6, response clock). */
export function ClockCard({ account }: { account: Account }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const format = useFormat(account.zone);
  const now = useNow();
  const saved = useRpcQuery('inbox.settings', { accountId: account.id }).data;
  const { shown, now: newest, put } = useShown(saved);
  /** Hours the wrong way round: shown, not kept. */
  const [wrong, setWrong] = useState<ReadonlyMap<number, Hours>>(new Map());
  if (!shown) return null;
  const names = new Intl.DateTimeFormat(format.lang === 'es' ? 'es-ES' : 'en-GB', { weekday: 'long', timeZone: 'UTC' });
  const weekday = (index: number): string => names.format(MONDAY + index * DAY_MS);
  const write = (change: (settings: InboxSettings) => InboxSettings): Promise<void> => {
    const before = newest() ?? shown;
    const next = change(before);
    return put(next, () => rpc.command('inbox.setSettings', { accountId: account.id, settings: next }));
  };
  /** Its way back takes back this change alone, whatever was changed since. */
  const keep = (change: (settings: InboxSettings) => InboxSettings, back: (settings: InboxSettings) => InboxSettings, words: string): void => {
    write(change).then(() => toast.done(words, { run: () => write(back) }), toast.failed);
  };
  const withDays = (days: ReadonlyMap<number, Hours | null>) => (settings: InboxSettings): InboxSettings => ({ ...settings, office: settings.office.map((day, i) => days.get(i) ?? (days.has(i) ? null : day)) });
  const ofNow = (indexes: readonly number[]): Map<number, Hours | null> => new Map(indexes.map((i) => [i, (newest() ?? shown).office[i] ?? null]));
  const setDay = (index: number, hours: Hours | null): void => {
    const bad = new Map(wrong);
    bad.delete(index);
    if (hours && hours.from >= hours.to) bad.set(index, hours);
    setWrong(bad);
    if (!bad.has(index)) keep(withDays(new Map([[index, hours]])), withDays(ofNow([index])), t('inboxSettings.clock.savedHours', { day: weekday(index) }));
  };
  const week = [1, 2, 3, 4];
  const copyMonday = (): void => {
    setWrong(new Map([...wrong].filter(([index]) => !week.includes(index))));
    keep(withDays(new Map(week.map((index) => [index, (newest() ?? shown).office[0] ?? null]))), withDays(ofNow(week)), t('inboxSettings.clock.savedWeek'));
  };
  const openMinutes = shown.office.reduce((sum, day) => sum + (day ? minuteOfDay(day.to) - minuteOfDay(day.from) : 0), 0);
  const same = week.every((index) => JSON.stringify(shown.office[index]) === JSON.stringify(shown.office[0])) || wrong.has(0);
  return (
    <section className="card" data-testid="clock-card">
      <header>
        <div className="grow"><h2>{t('inboxSettings.clock.title')}</h2><div className="quiet">{t('inboxSettings.clock.hint')}</div></div>
        <span className="tag line" data-testid="clock-zone"><IconWorld size={12} stroke={1.75} aria-hidden="true" />{t('inboxSettings.clock.zone', { zone: account.zone })}</span>
      </header>
      <div className="clock-columns">
        <div>
          <table className="plain office-table" aria-label={t('inboxSettings.clock.hours')}>
            <thead><tr><th>{t('inboxSettings.clock.day')}</th><th>{t('inboxSettings.clock.open')}</th><th>{t('inboxSettings.clock.from')}</th><th>{t('inboxSettings.clock.to')}</th></tr></thead>
            <tbody>{shown.office.map((day, index) => <DayHours key={index} index={index} day={weekday(index)} hours={wrong.get(index) ?? day} wrong={wrong.has(index)} like={shown.office.find((each) => each !== null) ?? null} onChange={(hours) => setDay(index, hours)} />)}</tbody>
          </table>
          <div className="clock-foot">
            {openMinutes === 0 ? <span className="clock-never" role="status"><IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />{t('inboxSettings.clock.never')}</span> : <span className="quiet">{t('inboxSettings.clock.perWeek', { hours: format.number(openMinutes / 60) })}</span>}
            <span className="grow" />
            <Button variant="default" size="compact-xs" disabled={same} data-testid="copy-monday" onClick={copyMonday}>{t('inboxSettings.clock.sameWeek')}</Button>
          </div>
        </div>
        <div>
          <KindMinutes settings={shown} zone={account.zone} format={format} now={now} onChange={(kind, minutes) => {
            const before = (newest() ?? shown).minutes[kind];
            const withMinutes = (value: number | null) => (settings: InboxSettings): InboxSettings => ({ ...settings, minutes: { ...settings.minutes, [kind]: value } });
            keep(withMinutes(minutes), withMinutes(before), t('inboxSettings.clock.savedMinutes', { kind: t(`inbox.kind.${kind}`) }));
          }} />
          <div className="clock-after">
            <span id="after-reply">{t('inboxSettings.clock.after')}</span>
            <SegmentedControl aria-labelledby="after-reply" value={shown.afterReply} data-testid="after-reply" data={(['waiting', 'done'] as const).map((value) => ({ value, label: t(`inboxSettings.clock.${value}`) }))} onChange={(value) => {
              const becomes = value === 'done' ? 'done' : 'waiting';
              const { afterReply } = newest() ?? shown;
              keep((settings) => ({ ...settings, afterReply: becomes }), (settings) => ({ ...settings, afterReply }), t('inboxSettings.clock.savedAfter', { state: t(`inboxSettings.clock.${becomes}`) }));
            }} />
          </div>
        </div>
      </div>
    </section>
  );
}
