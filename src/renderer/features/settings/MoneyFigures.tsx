import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { monthOf } from '../../../shared/domain/time.ts';
import type { Format } from '../../ui/format.ts';

type Month = OutputOf<'money.month'>;
/** Shares of the cap at which the app warns, and at which Home and searches are no longer read (DOMAIN §7). */
const WARN = 80;
export const HOME = 90;
const cent = (usd: number): number => Math.round(usd * 100) / 100;

/** What is spent, forecast, reserved and free: they add up to the cap. */
export function Figures({ month, now, format }: { month: Month; now: number; format: Format }) {
  const { t } = useTranslation();
  const today = new Date(now).toISOString().slice(0, 10);
  const days = Number(monthOf(today).end.slice(8));
  // What is planned goes out; reading goes on as in the last week, and figures as in the coming one.
  const forecast = month.spentHigh + month.reserveUsd + ((month.week.readUsd + month.week.figuresUsd) / 7) * (days - Number(today.slice(8)));
  const free = month.capUsd === null ? null : Math.max(0, month.capUsd - month.spentHigh - month.reserveUsd);
  const cells: [string, number | null, string][] = [
    [t('money.spentWord'), month.spentHigh, month.capUsd === null ? t('money.noCap') : t('money.ofCap', { cap: format.usd(month.capUsd) })],
    [t('money.forecast'), forecast, month.capUsd === null ? t('money.atThisPace') : forecast > month.capUsd ? t('money.over', { usd: format.usd(cent(forecast - month.capUsd)) }) : t('money.left', { usd: format.usd(cent(month.capUsd - forecast)) })],
    [t('money.reserved'), month.reserveUsd, t('money.reservedBody')],
    [t('money.free'), free, free === null ? t('money.noCap') : t('money.freeBody')],
  ];
  const of = (usd: number): number => (month.capUsd === null || month.capUsd === 0 ? 0 : Math.min(100, (usd / month.capUsd) * 100));
  const spent = of(month.spentHigh);
  return (
    <section className="card">
      <div className="figures">{cells.map(([label, usd, under]) => <div key={label} {...(label === t('money.spentWord') ? { title: t('shell.monthSpendTitle', { low: format.usd(month.spentLow), high: format.usd(month.spentHigh) }) } : {})}><span>{label}</span><strong>{usd === null ? '—' : <>{format.cents(usd)} <small>USD</small></>}</strong><span>{under}</span></div>)}</div>
      {month.capUsd === null ? null : (
        <div className="cap-bar">
          <div role="img" aria-label={`${t('money.usedLabel')} ${Math.round(spent)} %, ${t('money.reservedLabel')} ${Math.round(of(month.reserveUsd))} %`}><i style={{ width: `${spent}%` }} /><i className="reserved" style={{ left: `${spent}%`, width: `${Math.min(100 - spent, of(month.reserveUsd))}%` }} /><b style={{ left: `${WARN}%` }} /><b style={{ left: `${HOME}%` }} /></div>
          <p><span role="status" data-testid="cap-stage">{t(`money.stage.${month.stage}`)}</span><span className="at" style={{ right: `${100 - WARN}%` }}>{t('money.atWarn', { share: WARN })}</span><span className="at" style={{ right: `${100 - HOME}%` }}>{t('money.atHome', { share: HOME })}</span><span className="at" style={{ right: 0 }}>{t('money.atCap')}</span></p>
        </div>
      )}
    </section>
  );
}

/** A month that is over: what it cost, on a day, on its dearest, and for how many requests. */
export function PastFigures({ month, format }: { month: Month; format: Format }) {
  const { t } = useTranslation();
  const days = Number(monthOf(`${month.month}-01`).end.slice(8));
  const dearest = month.byDay.reduce<Month['byDay'][number] | null>((found, each) => (found === null || each.high > found.high ? each : found), null);
  const cells: [string, string, boolean, string][] = [
    [t('money.spentWord'), format.cents(month.spentHigh), true, t('money.inDays', { count: month.byDay.length })],
    [t('money.average'), format.cents(month.spentHigh / days), true, t('money.averageOf', { count: days })],
    [t('money.dearest'), dearest ? format.cents(dearest.high) : '—', dearest !== null, dearest ? format.dayOf(dearest.day) : ''],
    [t('money.times'), format.number(month.byEndpoint.reduce((sum, each) => sum + each.calls, 0)), false, t('money.requests')],
  ];
  return <section className="card"><div className="figures">{cells.map(([label, value, usd, under]) => <div key={label}><span>{label}</span><strong>{value} {usd ? <small>USD</small> : null}</strong><span>{under}</span></div>)}</div></section>;
}

/** Every day of the month: what was spent, today, and what is to come at the pace so far. */
export function Days({ month, format, now }: { month: Month; format: Format; now: number }) {
  const { t } = useTranslation();
  const today = new Date(now).toISOString().slice(0, 10);
  const { start, end } = monthOf(`${month.month}-01`);
  const count = Number(end.slice(8));
  const usd = new Map(month.byDay.map((each) => [each.day, each.high]));
  const most = Math.max(0.01, ...usd.values());
  const pace = month.spentHigh / Math.max(1, Number(today.slice(8)));
  const day = (n: number): string => `${start.slice(0, 8)}${String(n).padStart(2, '0')}`;
  return (
    <div className="day-chart">
      {month.byDay.length === 0 ? null : <div className="day-scale" aria-hidden="true"><span>{format.cents(most)}</span><span>0</span></div>}
      <div className="day-bars" role="img" aria-label={t('money.byDay')}>
        {Array.from({ length: count }, (_, i) => {
          const ahead = day(i + 1) > today;
          const value = ahead ? pace : (usd.get(day(i + 1)) ?? 0);
          return <div key={i} title={`${format.dayShort(day(i + 1))}: ${format.usd(cent(value))}`} className={day(i + 1) === today ? 'today' : ahead ? 'ahead' : ''}><i style={{ height: `${(value / most) * 100}%` }} /><span>{i === 0 || (i + 1) % 5 === 0 ? i + 1 : ''}</span></div>;
        })}
      </div>
    </div>
  );
}
