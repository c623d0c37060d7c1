import { Button, Group, NumberInput, Progress } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';

/** The month's page of an account: what was spent on what, the cap with its stages, what the planned week will cost (DOMAIN §7). */
export function Money({ account }: { account: Account }) {
  const { t } = useTranslation();
  const format = useFormat(account.zone);
  const toast = useToast();
  const month = useRpcQuery('money.month', { accountId: account.id }).data;
  const update = useRpcCommand('accounts.update');
  const [cap, setCap] = useState<number | string>(account.capUsd ?? '');
  if (!month) return null;
  const wanted = cap === '' ? null : Number(cap);
  const share = month.capUsd === null || month.capUsd === 0 ? 0 : Math.min(100, (month.spentHigh / month.capUsd) * 100);
  const reserved = month.capUsd === null || month.capUsd === 0 ? 0 : Math.min(100 - share, (month.reserveUsd / month.capUsd) * 100);
  const most = Math.max(0.001, ...month.byDay.map((each) => each.high));
  const save = (): void => update.mutate({ accountId: account.id, capUsd: wanted }, { onSuccess: () => toast.done(t('settings.saved')), onError: toast.failed });
  return (
    <section data-testid="money">
      <strong>{t('money.title')}</strong>
      {account.network === 'practice' ? <p className="quiet">{t('money.practice')}</p> : null}
      <p>{t('money.spent', { low: format.usd(month.spentLow), high: format.usd(month.spentHigh) })} · {t('money.reserve', { usd: format.usd(month.reserveUsd) })}</p>
      <p>{t('money.week', { posts: format.number(month.week.posts), publish: format.usd(month.week.publishUsd), read: format.usd(month.week.readUsd) })}</p>
      <form onSubmit={(event) => { event.preventDefault(); save(); }}>
        <Group align="flex-end" gap="xs">
          <NumberInput label={t('money.cap')} description={t('money.capHint')} value={cap} onChange={setCap} min={0} max={100_000} decimalScale={2} prefix="$" data-testid="cap" />
          <Button type="submit" variant="default" disabled={wanted === account.capUsd} loading={update.isPending} data-testid="cap-save">{t('money.setCap')}</Button>
        </Group>
      </form>
      {month.capUsd === null ? null : (
        <>
          <Progress.Root size="lg" mt="xs">
            <Progress.Section value={share} color={month.stage === 'fine' ? 'teal' : 'yellow'} aria-label={t('money.usedLabel')} />
            <Progress.Section value={reserved} color="gray" aria-label={t('money.reservedLabel')} />
          </Progress.Root>
          <p role="status" data-testid="cap-stage">{t(`money.stage.${month.stage}`)}</p>
        </>
      )}
      {month.byEndpoint.length > 0 ? (
        <details>
          <summary>{t('money.details')}</summary>
          <table className="plain"><tbody>{month.byEndpoint.map((each) => <tr key={each.endpoint}><td><code>{each.endpoint}</code></td><td>{t('money.calls', { count: each.calls })}</td><td style={{ textAlign: 'right' }}>{format.usd(each.usd)}</td></tr>)}</tbody></table>
          <table className="plain"><tbody>{month.byDay.map((each) => <tr key={each.day}><td>{format.dayShort(each.day)}</td><td style={{ width: '60%' }}><Progress value={(each.high / most) * 100} size="sm" aria-label={format.usd(each.high)} /></td><td style={{ textAlign: 'right' }}>{format.usd(each.low)}–{format.usd(each.high)}</td></tr>)}</tbody></table>
        </details>
      ) : null}
    </section>
  );
}
