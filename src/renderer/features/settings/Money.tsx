import { Button, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { parseAmount } from '../../../shared/domain/amount.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { useNow } from '../../ui/useNow.ts';
import { useToast } from '../../ui/useToast.tsx';
import { useRequestWords } from '../activity/requestWords.ts';
import { MoneyColumns } from './MoneyColumns.tsx';
import { Days, Figures, PastFigures } from './MoneyFigures.tsx';
import { MoneyLinks, MoneyMetrics, MoneyWeek } from './MoneyPlan.tsx';

/** `YYYY-MM` so many months on. */
function monthBy(month: string, by: number): string {
  const [year = 0, n = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, n - 1 + by, 1)).toISOString().slice(0, 7);
}

/** The month's page of the account in the bar: spent, forecast, reserved and free add up to the cap (DOMAIN §7). */
export function Money({ account }: { account: Account }) {
  const { t } = useTranslation();
  const format = useFormat(account.zone);
  const toast = useToast();
  const words = useRequestWords();
  const now = useNow();
  const thisMonth = new Date(now).toISOString().slice(0, 7);
  const [chosen, setChosen] = useState<string | null>(null);
  const isPast = chosen !== null && chosen < thisMonth;
  const asked = useRpcQuery('money.month', isPast ? { accountId: account.id, month: chosen } : { accountId: account.id }).data;
  // The month before stays until the other is there: nothing blinks.
  const field = useRef<HTMLInputElement>(null);
  const kept = useRef(asked);
  kept.current = asked ?? kept.current;
  const month = kept.current;
  const update = useRpcCommand('accounts.update');
  const [cap, setCap] = useState(() => (account.capUsd === null ? '' : account.capUsd.toLocaleString(format.lang === 'es' ? 'es-ES' : 'en-GB')));
  if (!month) return null;
  const past = month.month < thisMonth;
  const wanted = parseAmount(cap, format.lang);
  const total = month.byEndpoint.reduce((sum, each) => sum + each.usd, 0);
  const save = (): void => update.mutate({ accountId: account.id, capUsd: wanted ?? null }, { onSuccess: () => toast.done(t('settings.saved')), onError: toast.failed });
  const exact = new Intl.NumberFormat(format.lang === 'es' ? 'es-ES' : 'en-GB', { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const earlier = monthBy(month.month, -1);
  const later = monthBy(month.month, 1);
  const exportCsv = (): void => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([['day,usd_low,usd_high', ...month.byDay.map((each) => `${each.day},${each.low},${each.high}`)].join('\n')], { type: 'text/csv' }));
    link.download = `parrilla-${account.username}-${month.month}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  return (
    <div data-testid="money">
      <div className="settings-head">
        <h1 className="grow">{format.month(`${month.month}-01`)} <span className="quiet">@{account.username}{account.network === 'practice' ? ` · ${t('money.practice')}` : ''}</span></h1>
        {month.first !== null && month.first <= earlier ? <Button variant="default" leftSection={<IconChevronLeft size={15} stroke={1.75} />} onClick={() => setChosen(earlier)} data-testid="month-before">{format.month(`${earlier}-01`)}</Button> : null}
        {past ? <Button variant="default" rightSection={<IconChevronRight size={15} stroke={1.75} />} onClick={() => setChosen(later === thisMonth ? null : later)} data-testid="month-after">{format.month(`${later}-01`)}</Button> : null}
        <Button variant="default" leftSection={<IconDownload size={15} stroke={1.75} />} onClick={exportCsv} disabled={month.byDay.length === 0}>{t('money.export')}</Button>
        {past ? null : <Button onClick={() => field.current?.focus()} data-testid="cap-change">{t(account.capUsd === null ? 'money.setCap' : 'money.changeCap')}</Button>}
      </div>
      {past ? <PastFigures month={month} format={format} /> : <Figures month={month} now={now} format={format} />}
      <div className="money-columns">
        <section className="card">
          <header><h2 className="grow">{t('money.byDay')}</h2>{past ? null : <span className="quiet">{t('money.today', { usd: format.usd(month.today.reduce((sum, each) => sum + each.usd, 0)) })}</span>}</header>
          <Days month={month} format={format} now={now} />
          {month.byEndpoint.length === 0 ? <p className="card-form quiet">{t(past ? 'money.nothingThen' : 'money.nothing')}</p> : (
            <table className="plain figures-table">
              <thead><tr><th>{t('money.what')}</th><th>{t('money.times')}</th><th>{t('money.each')}</th><th>USD</th><th>%</th></tr></thead>
              <tbody>
                {month.byEndpoint.map((each) => <tr key={each.endpoint}><td title={each.endpoint}>{words(each.endpoint)}</td><td>{format.number(each.calls)}</td><td className="quiet">{each.calls === 0 ? '' : exact.format(each.usd / each.calls)}</td><td><b>{format.cents(each.usd)}</b></td><td>{total === 0 ? 0 : Math.round((each.usd / total) * 100)}</td></tr>)}
                <tr><td><b>{t('money.total')}</b></td><td /><td /><td><b>{format.cents(total)}</b></td><td>100</td></tr>
              </tbody>
            </table>
          )}
        </section>
        <div>
          <MoneyColumns accountId={account.id} format={format} />
          <section className="card">
            <header><h2>{t('money.cap')}</h2></header>
            <form className="card-form" onSubmit={(event) => { event.preventDefault(); save(); }}>
              <TextInput ref={field} aria-label={t('money.cap')} description={wanted === undefined ? undefined : wanted === null ? t('money.capHint') : format.usd(wanted)} error={wanted === undefined ? t('money.capWrong') : undefined} value={cap} inputMode="decimal" maxLength={12} rightSection="USD" rightSectionWidth={44} onChange={(event) => setCap(event.currentTarget.value)} data-testid="cap" style={{ flex: 1 }} />
              <Button type="submit" variant="default" disabled={wanted === undefined || wanted === account.capUsd || (wanted ?? 0) > 100_000} loading={update.isPending} data-testid="cap-save">{t('money.setCap')}</Button>
            </form>
          </section>
          {past ? null : <MoneyLinks account={account} format={format} />}
          {past ? null : <MoneyMetrics format={format} />}
          {past ? null : <MoneyWeek month={month} now={now} format={format} />}
        </div>
      </div>
    </div>
  );
}
