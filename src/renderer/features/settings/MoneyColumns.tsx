import { useTranslation } from 'react-i18next';
import { isNetworkSource } from '../../../shared/contract/columns.ts';
import { mayRead } from '../../../shared/domain/budget.ts';
import { HOME } from './MoneyFigures.tsx';
import { useRpcQuery } from '../../rpc/hooks.ts';
import type { Format } from '../../ui/format.ts';

const DAYS = 30;

/** What each column of an account is forecast to cost, and which of them stop first when money runs short (LOOK, 10). */
export function MoneyColumns({ accountId, format }: { accountId: string; format: Format }) {
  const { t } = useTranslation();
  const all = useRpcQuery('columns.list', {}).data ?? [];
  const columns = all.map((column, i) => ({ column, n: i + 1 })).filter(({ column }) => column.accountId === accountId && isNetworkSource(column.source));
  if (columns.length === 0) return null;
  return (
    <section className="card" data-testid="money-columns">
      <header><h2>{t('money.columns')}</h2></header>
      <table className="plain figures-table">
        <thead><tr><th>{t('money.column')}</th><th>{t('money.aDay')}</th><th>{t('money.aMonth')}</th><th className="words">{t('money.short')}</th></tr></thead>
        <tbody>
          {columns.map(({ column, n }) => (
            <tr key={column.id}><td><span className="quiet">{n}</span> {column.source.kind === 'search' ? column.source.query : t(`deck.${column.source.kind}`)}</td><td>{format.number(column.usdPerDay)}</td><td>{format.cents(column.usdPerDay * DAYS)}</td><td className="words quiet">{isNetworkSource(column.source) && mayRead('noHome', column.source.kind) ? t('money.stopsLater') : t('money.stopsFirst', { share: HOME })}</td></tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
