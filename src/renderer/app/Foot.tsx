import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconHourglass } from '@tabler/icons-react';
import { Fragment, useEffect, useMemo, useReducer } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Publication } from '../../shared/contract/publications.ts';
import { buildIndex, stripFor, weightsOf } from '../../shared/domain/ratio/index.ts';
import { templateRule } from '../../shared/domain/template.ts';
import { dayOf } from '../../shared/domain/time.ts';
import { useRpcQuery } from '../rpc/hooks.ts';
import { TierBadge, tierLetter } from '../ui/bits.tsx';
import { TierMark } from '../ui/TierMark.tsx';
import { useFormat } from '../ui/format.ts';
import { useNow } from '../ui/useNow.ts';
import { DUE_SOON } from './firstQueries.ts';
import { footPosts } from './footPosts.ts';
import { useView } from './viewStore.ts';

const NONE: readonly Publication[] = [];
/** A timer counts no further, ms. */
const LONGEST_TIMER = 2 ** 31 - 1;

function Ratio({ account, now }: { account: Account; now: number }) {
  const { t, i18n } = useTranslation();
  const context = useRpcQuery('planning.context', { accountId: account.id }).data;
  const strip = useMemo(() => (context ? stripFor(buildIndex({ ...context, now, ...templateRule(context.template) }), dayOf(now, context.zone)) : null), [context, now]);
  if (!context || !strip || context.policy.mode === 'off') return null;
  const { policy } = context;
  const { total } = weightsOf(policy);
  const letter = (tier: string): string => tierLetter(policy, tier, i18n.language);
  const of = (each: { tier: string; count: number; allowed: number | null }): string => (each.allowed === null ? `${each.count}` : t('shell.foot.of', { count: each.count, allowed: each.allowed }));
  const room = strip.day.filter((each) => each.allowed !== null && each.allowed > each.count).map((each) => `${(each.allowed ?? 0) - each.count} ${letter(each.tier)}`);
  return (
    <>
      <span data-testid="ratio-strip" role="group" aria-label={t('calendar.strip.title')}>{t('shell.foot.last', { n: total })}</span>
      {strip.last.length === 0 ? <span className="quiet">{t('shell.foot.none')}</span> : <span className="squares" aria-hidden="true">{strip.last.map((square, i) => <TierBadge key={square.id ?? i} policy={policy} tier={square.tier} small />)}</span>}
      {strip.last.length > 0 ? strip.lastSent.map((each) => <span key={each.tier}><b>{letter(each.tier)}</b> {of(each)}</span>) : null}
      <span className="sep" />
      <span>{t('shell.foot.today')} {strip.day.map((each, i) => <Fragment key={each.tier}>{i > 0 ? ' · ' : ''}{letter(each.tier)} {each.allowed === null ? each.count : `${each.count}/${each.allowed}`}</Fragment>)}</span>
      {room.length > 0 ? <span className="quiet room">{t('shell.foot.room', { letters: room.join(' · ') })}</span> : null}
      <span className="sep" />
    </>
  );
}

/** Now; new at each half minute, and at the instant given: what was next until then is past. */
function useNowAt(at: number | null): number {
  const now = Math.max(useNow(), Date.now());
  const [, turn] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const wait = at === null ? Infinity : at - Date.now() + 50;
    if (wait > LONGEST_TIMER) return undefined;
    const timer = setTimeout(turn, Math.max(0, wait));
    return () => clearTimeout(timer);
  }, [at]);
  return now;
}

/** The last posts sent, today against its limits, what goes out next, what is late, and until when this computer is needed (UX, shell): all of the account shown. */
export function Foot({ account }: { account: Account | null }) {
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  const set = useView((state) => state.set);
  const format = useFormat(account?.zone);
  const status = useRpcQuery('scheduler.status', {}).data;
  const planned = useRpcQuery('publications.list', DUE_SOON(account?.id ?? ''), { enabled: account !== null }).data;
  const soonest = footPosts(planned ?? NONE, Date.now()).next;
  const now = useNowAt(soonest?.dueAt ?? null);
  const { next, late, until } = useMemo(() => footPosts(planned ?? NONE, now), [planned, now]);
  const toDecide = (account && status?.needsDecisionOf[account.id]) ?? 0;
  const clock = (at: number): string => (format.isToday(at, now) ? format.time(at) : format.when(at));
  const openLate = (): void => {
    set({ outboxOpen: true });
    go('activity');
  };
  return (
    <footer className="statusbar" data-testid="foot">
      {account ? <Ratio account={account} now={now} /> : null}
      {next && account ? (
        <span data-testid="foot-next">{t('shell.foot.next')} <b>{clock(next.dueAt)}</b> <TierMark policy={account.policy} post={next} /> <span className="quiet">{t('shell.foot.in', { when: format.ahead(next.dueAt, now) })}</span></span>
      ) : planned ? <span className="quiet" data-testid="foot-next">{t('shell.foot.nothing')}</span> : null}
      {late > 0 ? <Button variant="subtle" color="yellow" c="var(--warn)" size="compact-xs" leftSection={<IconHourglass size={13} stroke={1.75} aria-hidden="true" />} title={t('shell.foot.lateTitle')} data-testid="foot-late" onClick={openLate}>{t('shell.foot.late', { count: late })}</Button> : null}
      <span style={{ flex: 1 }} />
      {toDecide > 0 ? <Button variant="subtle" color="red" size="compact-xs" data-testid="foot-decide" onClick={() => go('calendar')}>{t('shell.decide', { count: toDecide })}</Button> : null}
      {until === null ? null : <span className="quiet clip" title={t('shell.computerOn')}><IconDeviceDesktop size={13} stroke={1.75} aria-hidden="true" style={{ verticalAlign: -2 }} /> <span className="long">{format.isToday(until, now) ? t('shell.foot.on', { time: format.time(until) }) : t('shell.foot.onDay', { when: format.when(until) })}</span><span className="short">{t('shell.foot.onShort', { when: clock(until) })}</span></span>}
    </footer>
  );
}
