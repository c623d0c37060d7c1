import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { isNetworkSource } from '../../../shared/contract/columns.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { useRequestWords } from './requestWords.ts';

const DAYS = 30;

/** What the account spent, by kind of request, today and this month, and what each of its columns is forecast to cost. */
export function Spending({ account }: { account: Account }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRequestWords();
  const goSettings = useView((state) => state.goSettings);
  const month = useRpcQuery('money.month', { accountId: account.id }).data;
  const all = useRpcQuery('columns.list', {}).data ?? [];
  if (!month) return null;
  const settings = <Button variant="default" onClick={() => goSettings('money')} data-testid="spending-month">{t('activity.spending.month')}</Button>;
  const today = new Map(month.today.map((each) => [each.endpoint, each]));
  const sum = (rows: readonly { usd: number }[]): number => rows.reduce((total, each) => total + each.usd, 0);
  const columns = all.map((column, i) => ({ column, n: i + 1 })).filter(({ column }) => column.accountId === account.id && isNetworkSource(column.source));
  const perDay = columns.reduce((total, { column }) => total + column.usdPerDay, 0);
  return (
    <div className="spending" data-testid="spending">
      <header className="outbox-top">
        <h2>{t('activity.spending.title', { today: format.usd(sum(month.today)), month: format.usd(sum(month.byEndpoint)) })}</h2>
        <span className="quiet grow clip">@{account.username}{account.network === 'practice' ? ` · ${t('money.practice')}` : ''}{month.capUsd === null ? '' : ` · ${t('money.ofCap', { cap: format.usd(month.capUsd) })}`} · {t('activity.spending.utc')}</span>
        {settings}
      </header>
      <div className="spending-tables">
        <section aria-label={t('activity.spending.byKind')}>
          <table className="plain figures-table">
            <thead><tr><th>{t('activity.spending.byKind')}</th><th>{t('activity.spending.timesToday')}</th><th>{t('activity.spending.today')}</th><th>{t('activity.spending.timesMonth')}</th><th>{t('activity.spending.thisMonth')}</th></tr></thead>
            <tbody>
              {month.byEndpoint.map((each) => {
                const now = today.get(each.endpoint);
                return <tr key={each.endpoint}><td title={each.endpoint}>{words(each.endpoint)}</td><td>{now ? format.number(now.calls) : '—'}</td><td>{now ? format.usd(now.usd) : '—'}</td><td>{format.number(each.calls)}</td><td><b>{format.usd(each.usd)}</b></td></tr>;
              })}
              {month.byEndpoint.length === 0 ? <tr><td colSpan={5} className="quiet">{t('money.nothing')}</td></tr> : null}
            </tbody>
          </table>
        </section>
        <section aria-label={t('activity.spending.byColumn')}>
          <table className="plain figures-table">
            <thead><tr><th>{t('activity.spending.byColumn')}</th><th>{t('activity.spending.aDay')}</th><th>{t('activity.spending.aMonth')}</th></tr></thead>
            <tbody>
              {columns.map(({ column, n }) => <tr key={column.id}><td><span className="quiet">{n}</span> {column.source.kind === 'search' ? column.source.query : t(`deck.${column.source.kind}`)}</td><td>{format.usd(column.usdPerDay)}</td><td><b>{format.usd(column.usdPerDay * DAYS)}</b></td></tr>)}
              {columns.length > 1 ? <tr><td><b>{t('money.total')}</b></td><td>{format.usd(perDay)}</td><td><b>{format.usd(perDay * DAYS)}</b></td></tr> : null}
            </tbody>
          </table>
          <p className="quiet">{t('activity.spending.forecast')}</p>
        </section>
      </div>
    </div>
  );
}
