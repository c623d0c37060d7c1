import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stripFor, weightsOf } from '../../../shared/domain/ratio/index.ts';
import { dayOf } from '../../../shared/domain/time.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { TierBadge, tierName } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import { useViolationWords } from './words.ts';
import { Dialog } from '../../ui/Dialog.tsx';

function RepairButton({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const preview = useRpcQuery('planning.repairPreview', { accountId }, { enabled: open });
  const repair = useRpcCommand('planning.repair');
  const plan = preview.data;
  const nothing = plan !== undefined && plan.exchanges.length + plan.toTray.length === 0;
  const show = (): void => {
    setOpen(true);
    void preview.refetch();
  };
  const carry = (): void => repair.mutate({ accountId }, { onSuccess: ({ undoId }) => { setOpen(false); toast.done(t('calendar.repaired'), { undoId }); }, onError: toast.failed });
  return (
    <>
      <Button size="compact-xs" color="red" variant="light" onClick={show} data-testid="repair">{t('calendar.strip.repair')}</Button>
      <Dialog opened={open} onClose={() => setOpen(false)} title={t('calendar.repairTitle')}>
        <p>{plan ? (nothing ? t('calendar.repairNothing') : t('calendar.repairBody', { exchanges: plan.exchanges.length, toTray: plan.toTray.length })) : '…'}</p>
        <Group justify="flex-end"><Button variant="default" onClick={() => setOpen(false)}>{t('shell.cancel')}</Button><Button disabled={!plan || nothing} loading={repair.isPending} onClick={carry} data-testid="repair-confirm">{t('calendar.strip.repair')}</Button></Group>
      </Dialog>
    </>
  );
}

/** Where the ratio stands: the last W sent, the day, what is broken, what tomorrow needs (DOMAIN §2). */
export function RatioStrip({ accountId, day }: { accountId: string; day?: string }) {
  const { t, i18n } = useTranslation();
  const context = useRpcQuery('planning.context', { accountId }).data;
  const format = useFormat(context?.zone);
  const violation = useViolationWords(context?.policy, format);
  if (!context || context.policy.mode === 'off') return null;
  const now = Math.max(context.now, Date.now());
  const shownDay = day ?? dayOf(now, context.zone);
  const strip = stripFor({ ...context, now }, shownDay);
  const { policy } = context;
  const share = (each: { tier: string; count: number; allowed: number | null }, room: boolean) => (
    <span key={each.tier} style={{ whiteSpace: 'nowrap' }}>
      <TierBadge policy={policy} tier={each.tier} /> {each.allowed === null ? each.count : t('calendar.strip.of', { count: each.count, allowed: each.allowed })}
      {room && each.allowed !== null && each.allowed > each.count ? <span className="quiet"> ({t('calendar.strip.room', { n: each.allowed - each.count })})</span> : null}
    </span>
  );
  const broken = strip.broken[0];
  return (
    <div className="strip" data-testid="ratio-strip" aria-label={t('calendar.strip.title')} role="group">
      <span className="quiet">{t('calendar.strip.lastN', { n: weightsOf(policy).total })}</span>
      {strip.lastSent.map((each) => share(each, true))}
      <span className="quiet">{t('calendar.strip.day', { day: format.dayShort(shownDay) })}</span>
      {strip.day.map((each) => share(each, true))}
      {broken ? (
        <><span className="broken" title={strip.broken.map(violation).join('\n')}>{t('calendar.strip.broken', { count: strip.broken.length })}: {violation(broken)}</span><RepairButton accountId={accountId} /></>
      ) : <span className="quiet">{t('calendar.strip.ok')}</span>}
      {strip.tomorrow.map((each) => <span key={each.tier}>{t('calendar.strip.tomorrow', { count: each.count, tier: tierName(policy, each.tier, i18n.language), missing: each.missingBase, base: tierName(policy, policy.base, i18n.language) })}</span>)}
    </div>
  );
}
