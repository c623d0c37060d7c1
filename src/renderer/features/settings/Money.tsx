import { Button, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { parseAmount } from '../../../shared/domain/amount.ts';
import { monthOf } from '../../../shared/domain/time.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { type Format, useFormat } from '../../ui/format.ts';
import { useNow } from '../../ui/useNow.ts';
import { useToast } from '../../ui/useToast.tsx';

type Month = OutputOf<'money.month'>;
/** Shares of the cap at which the app warns and stops reading (DOMAIN §7). */
const WARN = 80;

function Figures({ month, now, format }: { month: Month; now: number; format: Format }) {
  const { t } = useTranslation();
  const today = new Date(now).toISOString().slice(0, 10);
  const days = Number(monthOf(today).end.slice(8));
  const forecast = (month.spentHigh / Math.max(1, Number(today.slice(8)))) * days;
  const free = month.capUsd === null ? null : Math.max(0, month.capUsd - month.spentHigh - month.reserveUsd);
  const cells: [string, number | null, string][] = [
    [t('money.spentWord'), month.spentHigh, month.capUsd === null ? t('money.noCap') : t('money.ofCap', { cap: format.usd(month.capUsd) })],
    [t('money.forecast'), forecast, month.capUsd === null ? t('money.atThisPace') : forecast > month.capUsd ? t('money.over', { usd: format.usd(forecast - month.capUsd) }) : t('money.left', { usd: format.usd(month.capUsd - forecast) })],
    [t('money.reserved'), month.reserveUsd, t('money.reservedBody')],
    [t('money.free'), free, free === null ? t('money.noCap') : t('money.freeBody')],
  ];
  const of = (usd: number): number => (month.capUsd === null || month.capUsd === 0 ? 0 : Math.min(100, (usd / month.capUsd) * 100));
  const spent = of(month.spentHigh);
  return (
    <section className="card">
      <div className="figures">{cells.map(([label, usd, under]) => <div key={label}><span>{label}</span><strong>{usd === null ? '—' : format.usd(usd)}</strong><span>{under}</span></div>)}</div>
      {month.capUsd === null ? null : (
        <div className="cap-bar">
          <div role="img" aria-label={`${t('money.usedLabel')} ${Math.round(spent)} %, ${t('money.reservedLabel')} ${Math.round(of(month.reserveUsd))} %`}><i style={{ width: `${spent}%` }} /><i className="reserved" style={{ left: `${spent}%`, width: `${Math.min(100 - spent, of(month.reserveUsd))}%` }} /><b style={{ left: `${WARN}%` }} /></div>
          <p role="status" data-testid="cap-stage">{t(`money.stage.${month.stage}`)}</p>
        </div>
      )}
    </section>
  );
}

function Days({ month, format, now }: { month: Month; format: Format; now: number }) {
  const { t } = useTranslation();
  const today = new Date(now).toISOString().slice(0, 10);
  const { start, end } = monthOf(today);
  const count = Number(end.slice(8));
  const usd = new Map(month.byDay.map((each) => [each.day, each.high]));
  const most = Math.max(0.01, ...usd.values());
  const day = (n: number): string => `${start.slice(0, 8)}${String(n).padStart(2, '0')}`;
  return (
    <div className="day-bars" role="img" aria-label={t('money.byDay')}>
      {Array.from({ length: count }, (_, i) => {
        const value = usd.get(day(i + 1)) ?? 0;
        return <div key={i} title={`${format.dayShort(day(i + 1))}: ${format.usd(value)}`} className={day(i + 1) === today ? 'today' : day(i + 1) > today ? 'ahead' : ''}><i style={{ height: `${(value / most) * 100}%` }} /><span>{i === 0 || (i + 1) % 5 === 0 ? i + 1 : ''}</span></div>;
      })}
    </div>
  );
}

/** The month's page of the account in the bar: spent, forecast, reserved and free add up to the cap (DOMAIN §7). */
export function Money({ account }: { account: Account }) {
  const { t } = useTranslation();
  const format = useFormat(account.zone);
  const toast = useToast();
  const now = useNow();
  const month = useRpcQuery('money.month', { accountId: account.id }).data;
  const update = useRpcCommand('accounts.update');
  const [cap, setCap] = useState(() => (account.capUsd === null ? '' : account.capUsd.toLocaleString(format.lang === 'es' ? 'es-ES' : 'en-GB')));
  if (!month) return null;
  const wanted = parseAmount(cap, format.lang);
  const total = month.byEndpoint.reduce((sum, each) => sum + each.usd, 0);
  const save = (): void => update.mutate({ accountId: account.id, capUsd: wanted ?? null }, { onSuccess: () => toast.done(t('settings.saved')), onError: toast.failed });
  const exportCsv = (): void => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([['day,usd_low,usd_high', ...month.byDay.map((each) => `${each.day},${each.low},${each.high}`)].join('\n')], { type: 'text/csv' }));
    link.download = `parrilla-${account.username}-${new Date(now).toISOString().slice(0, 7)}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  return (
    <div data-testid="money">
      <div className="settings-head">
        <h1 className="grow">{format.month(new Date(now).toISOString().slice(0, 10))} <span className="quiet">@{account.username}{account.network === 'practice' ? ` · ${t('money.practice')}` : ''}</span></h1>
        <Button variant="default" leftSection={<IconDownload size={15} stroke={1.75} />} onClick={exportCsv} disabled={month.byDay.length === 0}>{t('money.export')}</Button>
      </div>
      <Figures month={month} now={now} format={format} />
      <div className="money-columns">
        <section className="card">
          <header><h2 className="grow">{t('money.byDay')}</h2></header>
          <Days month={month} format={format} now={now} />
          {month.byEndpoint.length === 0 ? <p className="card-form quiet">{t('money.nothing')}</p> : (
            <table className="plain figures-table">
              <thead><tr><th>{t('money.what')}</th><th>{t('money.times')}</th><th>USD</th><th>%</th></tr></thead>
              <tbody>
                {month.byEndpoint.map((each) => <tr key={each.endpoint}><td><code>{each.endpoint}</code></td><td>{format.number(each.calls)}</td><td><b>{format.usd(each.usd)}</b></td><td>{total === 0 ? 0 : Math.round((each.usd / total) * 100)}</td></tr>)}
                <tr><td><b>{t('money.total')}</b></td><td /><td><b>{format.usd(total)}</b></td><td>100</td></tr>
              </tbody>
            </table>
          )}
        </section>
        <div>
          <section className="card">
            <header><h2>{t('money.cap')}</h2></header>
            <form className="card-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
              <TextInput aria-label={t('money.cap')} description={wanted === undefined ? undefined : wanted === null ? t('money.capHint') : format.usd(wanted)} error={wanted === undefined ? t('money.capWrong') : undefined} value={cap} inputMode="decimal" maxLength={12} rightSection="USD" rightSectionWidth={44} onChange={(event) => setCap(event.currentTarget.value)} data-testid="cap" style={{ flex: 1 }} />
              <Button type="submit" disabled={wanted === undefined || wanted === account.capUsd || (wanted ?? 0) > 100_000} loading={update.isPending} data-testid="cap-save">{t('money.setCap')}</Button>
            </form>
          </section>
          <section className="card"><header><h2>{t('money.weekTitle')}</h2></header><p className="card-form">{t('money.week', { posts: format.number(month.week.posts), publish: format.usd(month.week.publishUsd), read: format.usd(month.week.readUsd) })}</p></section>
        </div>
      </div>
    </div>
  );
}
