import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { METRIC_DAYS } from '../../../shared/domain/measurement.ts';
import { PRICES, readUsd } from '../../../shared/domain/price.ts';
import { addDays, monthOf } from '../../../shared/domain/time.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import type { Format } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';

const WEEK_MS = 7 * 86_400_000;
const DAYS = 7;
const cent = (usd: number): number => Math.round(usd * 100) / 100;

/** Where the money of the planned week goes, and what it would save to post links by hand (DOMAIN §4); nothing while no link is planned. */
export function MoneyLinks({ account, format }: { account: Account; format: Format }) {
  const { t } = useTranslation();
  const goSettings = useView((state) => state.goSettings);
  // Of the moment it was opened: a plan of a week does not change by the second.
  const [from] = useState(() => Date.now());
  const planned = useRpcQuery('publications.list', { accountId: account.id, states: ['scheduled', 'retry_wait'], from, to: from + WEEK_MS }).data ?? [];
  const all = planned.reduce((sum, each) => sum + each.usd, 0);
  const links = planned.filter((each) => each.usd >= PRICES.publishWithLink);
  const usd = links.reduce((sum, each) => sum + each.usd, 0);
  if (links.length === 0) return null;
  return (
    <section className="card" data-testid="money-links">
      <header><h2>{t('money.links.title')}</h2></header>
      <div className="card-form money-words">
        <p>{t('money.links.body', { share: Math.round((usd / all) * 10), count: links.length, posts: format.number(planned.length), usd: format.usd(cent(usd)), saves: format.usd(cent(usd / DAYS)) })}</p>
        <div className="money-acts">
          {account.via === 'api' ? <Button variant="default" size="compact-sm" onClick={() => goSettings('accounts')}>{t('money.links.byHand')}</Button> : null}
          <details><summary className="link-button">{t('money.links.how')}</summary><p className="quiet">{t('money.links.prices', { plain: format.usd(PRICES.publish), link: format.usd(PRICES.publishWithLink), reply: format.usd(PRICES.publishSummonedReply), day: format.fullDate(PRICES.asOf) })}</p></details>
        </div>
      </div>
    </section>
  );
}

/** Whether own posts' public figures are read, and what that costs (DOMAIN §8). */
export function MoneyMetrics({ format }: { format: Format }) {
  const { t } = useTranslation();
  const toast = useToast();
  const set = useRpcCommand('settings.set');
  const settings = useRpcQuery('settings.get', {}).data;
  const { low, high } = readUsd('own');
  if (!settings) return null;
  return (
    <section className="card" data-testid="money-metrics">
      <header><h2>{t('money.figures.title')}</h2></header>
      <div className="card-form"><Switch label={t('money.figures.read')} description={t('money.figures.why', { reads: METRIC_DAYS.length, low: format.usd(low), high: format.usd(high) })} checked={settings.metrics} data-testid="set-metrics" onChange={(event) => set.mutate({ metrics: event.currentTarget.checked }, { onError: toast.failed })} /></div>
    </section>
  );
}

/** The seven days to come, and a whole month like them against the cap. */
export function MoneyWeek({ month, now, format }: { month: OutputOf<'money.month'>; now: number; format: Format }) {
  const { t } = useTranslation();
  const { week, capUsd } = month;
  const usd = week.publishUsd + week.readUsd + week.figuresUsd;
  const next = addDays(monthOf(new Date(now).toISOString().slice(0, 10)).end, 1);
  const ahead = cent((usd / DAYS) * Number(monthOf(next).end.slice(8)));
  const words = { month: format.month(next), usd: format.usd(ahead) };
  return (
    <section className="card" data-testid="money-week">
      <header><h2 className="grow">{t('money.weekTitle')}</h2><b>{format.usd(cent(usd))}</b></header>
      <div className="card-form money-words">
        <p>{t('money.week', { count: week.posts, posts: format.number(week.posts), publish: format.usd(week.publishUsd), read: format.usd(week.readUsd) })}{week.figuresUsd === 0 ? null : ` ${t('money.figures.week', { usd: format.usd(week.figuresUsd) })}`}</p>
        {usd === 0 ? null : <p className="quiet">{capUsd === null ? t('money.month.noCap', words) : ahead <= capUsd ? t('money.month.fits', { ...words, cap: format.usd(capUsd), left: format.usd(cent(capUsd - ahead)) }) : t('money.month.over', { ...words, cap: format.usd(capUsd), over: format.usd(cent(ahead - capUsd)) })}</p>}
      </div>
    </section>
  );
}
