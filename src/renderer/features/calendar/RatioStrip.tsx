import { Button, Group } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { dayOf } from '../../../shared/domain/time.ts';
import { COUNTING_STATES } from '../../../shared/domain/types.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { TierBadge } from '../../ui/bits.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { Flags } from './DayHead.tsx';
import { useDrag } from './dragStore.ts';
import type { Kit } from './kit.ts';
import type { Rule, Run, Share } from './usePlan.ts';

function RepairButton({ accountId, kit }: { accountId: string; kit: Kit }) {
  const { t } = kit;
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

/** The fullest run of W as squares in order, with its from and to. */
export function RunWords({ run, kit, mark = null }: { run: Run; kit: Kit; mark?: string | null }) {
  return (
    <>
      <b className="nowrap">{kit.format.when(run.from)} – {dayOf(run.from, kit.zone) === dayOf(run.to, kit.zone) ? kit.format.time(run.to) : kit.format.when(run.to)}</b>
      <span className="squares" aria-hidden="true">{run.squares.map((square, i) => <span key={i} className={`tier small${square.id === null ? ' hollow' : ''}${square.id !== null && square.id === mark ? ' moved' : ''}`} data-tier={kit.color(square.tier)}>{kit.letter(square.tier)}</span>)}</span>
      <span className="nowrap">{kit.letter(run.tier)} <b>{kit.t('calendar.strip.of', { count: run.count, allowed: run.allowed })}</b></span>
    </>
  );
}
/** Tiers of the days on show against what their last day still allows. */
export function sharesOf(days: readonly string[], rule: Rule): Share[] {
  const all = days.map((day) => rule.standing(day));
  return (all.at(-1) ?? []).map((last, i) => {
    const count = all.reduce((sum, day) => sum + (day[i]?.count ?? 0), 0);
    return { tier: last.tier, count, allowed: last.allowed === null ? null : count + Math.max(0, last.allowed - last.count) };
  });
}
function Shares({ before, after, kit, account }: { before: readonly Share[]; after: readonly Share[] | null; kit: Kit; account: Account }) {
  return before.map((each, i) => {
    const next = after?.[i] ?? each;
    const room = next.allowed === null ? 0 : next.allowed - next.count;
    return (
      <span key={each.tier} className="nowrap tier-share">
        <TierBadge policy={account.policy} tier={each.tier} /> <b>{after && next.count !== each.count ? `${each.count} → ${next.count}` : next.count}</b>
        {next.allowed === null ? null : <span className="quiet"> {kit.t('calendar.strip.ofMax', { allowed: next.allowed })}{room > 0 && !after ? <span className="room"> {kit.t('calendar.strip.room', { n: room })}</span> : null}</span>}
      </span>
    );
  });
}

/** Where the plan stands: how many, each tier against its limit, the fullest run of W, what asks to be looked at, the cost. During a move: as it would be after the drop (LOOK, 04 and 05). */
export const RatioStrip = memo(function RatioStrip({ account, kit, rule, days, label, publications, slots }: { account: Account; kit: Kit; rule: Rule; days: readonly string[]; label: string; publications: readonly Publication[]; slots: number }) {
  const { t } = kit;
  const subject = useDrag((state) => state.subject);
  const landing = useDrag((state) => state.landing);
  const after = useDrag((state) => state.after);
  const usd = publications.reduce((sum, each) => sum + each.usd, 0);
  const before = sharesOf(days, rule);
  const counting = publications.filter((each) => each.counts && COUNTING_STATES.has(each.state)).length;
  // What the account posted from elsewhere counts too, and is not among the publications.
  const seen = rule.off ? 0 : Math.max(0, before.reduce((sum, each) => sum + each.count, 0) - counting);
  const broken = rule.broken();
  const first = broken[0];
  if (subject && landing && landing.kind !== 'same') {
    const arrives = after?.worstOf(subject.id) ?? null;
    return (
      <div className="strip dropping" role="group" aria-label={t('calendar.strip.title')}>
        <b>{t('calendar.strip.onDrop')}</b>
        <Shares before={before} after={after ? sharesOf(days, after) : null} kit={kit} account={account} />
        {arrives ? <><span className="sep" /><span className="run"><span className="quiet nowrap">{t('calendar.strip.arrives', { n: rule.total })}</span><RunWords run={arrives} kit={kit} mark={subject.id} /></span></> : null}
        <span className="grow" />
        {landing.kind === 'refused' ? <span className="tag bad"><IconAlertTriangle size={12} stroke={1.75} aria-hidden="true" /> {t('calendar.strip.wouldBreak')}</span> : landing.kind === 'past' ? null : <span className="tag accent"><IconCheck size={12} stroke={2} aria-hidden="true" /> {t('calendar.strip.breaksNothing')}</span>}
      </div>
    );
  }
  const worst = rule.worstOfDays(days);
  return (
    <div className="strip" role="group" aria-label={t('calendar.strip.title')} data-testid="plan-strip">
      <span className="nowrap"><b>{t('calendar.strip.here', { label, count: publications.length })}</b><span className="quiet" title={t('calendar.strip.elsewhere')}>{seen === 0 ? '' : ` ${t('calendar.strip.seen', { count: seen })}`}</span>{counting === publications.length ? null : <span className="quiet"> · {t('calendar.strip.notCounting', { count: publications.length - counting })}</span>}</span>
      {rule.off ? null : <Shares before={before} after={null} kit={kit} account={account} />}
      {slots > 0 ? <span className="quiet nowrap">{t('calendar.freeSlots', { count: slots })}</span> : null}
      {worst && !first ? <><span className="sep" /><span className="run" title={t('calendar.strip.worst', { n: rule.total })}><span className="quiet nowrap run-name">{t('calendar.strip.worst', { n: rule.total })}</span><RunWords run={worst} kit={kit} /></span></> : null}
      {first ? <><span className="sep" /><span className="broken clip" title={broken.map(kit.violation).join('\n')}>{t('calendar.strip.broken', { count: broken.length })}: {kit.violation(first)}</span><RepairButton accountId={account.id} kit={kit} /></> : null}
      {rule.tomorrow().map((each) => <span key={each.tier} className="tag warn"><IconAlertTriangle size={12} stroke={1.75} aria-hidden="true" /> {t('calendar.strip.tomorrow', { count: each.count, tier: kit.name(each.tier), missing: each.missingBase, base: kit.name(account.policy.base) })}</span>)}
      <span className="looked"><Flags publications={publications} kit={kit} /></span>
      <span className="grow" />
      <b className="nowrap" title={account.network === 'practice' ? t('calendar.strip.practicePrice') : undefined}>{kit.amount(usd)} USD</b>
    </div>
  );
});
