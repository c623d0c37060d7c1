import { Button } from '@mantine/core';
import { IconDeviceDesktop } from '@tabler/icons-react';
import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../shared/contract/accounts.ts';
import { buildIndex, stripFor, weightsOf } from '../../shared/domain/ratio/index.ts';
import { templateRule } from '../../shared/domain/template.ts';
import { dayOf } from '../../shared/domain/time.ts';
import { useRpcQuery } from '../rpc/hooks.ts';
import { TierBadge, tierLetter } from '../ui/bits.tsx';
import { TierMark } from '../ui/TierMark.tsx';
import { useFormat } from '../ui/format.ts';
import { useNow } from '../ui/useNow.ts';
import { DUE_SOON } from './firstQueries.ts';
import { useView } from './viewStore.ts';

const HOURS_12 = 12 * 3_600_000;

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

/** The last posts sent, today against its limits, what goes out next, and until when this computer is needed (UX, shell). */
export function Foot({ account }: { account: Account | null }) {
  const { t } = useTranslation();
  const go = useView((state) => state.go);
  const format = useFormat(account?.zone);
  const now = useNow();
  const status = useRpcQuery('scheduler.status', {}).data;
  const next = status?.nextDue;
  const publication = useRpcQuery('publications.get', { id: next?.id ?? '' }, { enabled: next !== null && next !== undefined }).data;
  const due = useRpcQuery('publications.list', DUE_SOON(account?.id ?? ''), { enabled: account !== null }).data ?? [];
  const soon = due.flatMap((each) => (each.dueAt !== null && each.dueAt >= now && each.dueAt < now + HOURS_12 ? [each.dueAt] : []));
  const last = soon.length > 0 ? Math.max(...soon) : null;
  return (
    <footer className="statusbar">
      {account ? <Ratio account={account} now={now} /> : null}
      {next ? (
        <span>{t('shell.foot.next')} <b>{format.isToday(next.dueAt, now) ? format.time(next.dueAt) : format.when(next.dueAt)}</b> {publication && account ? <TierMark policy={account.policy} post={publication} /> : null} <span className="quiet">{t('shell.foot.in', { when: format.ahead(next.dueAt, now) })}</span></span>
      ) : status && status.late > 0 ? null : <span className="quiet">{t('shell.foot.nothing')}</span>}
      {status && status.late > 0 ? <span className="tag warn">{t('shell.late', { count: status.late })}</span> : null}
      <span style={{ flex: 1 }} />
      {status && status.needsDecision > 0 ? <Button variant="subtle" color="red" size="compact-xs" onClick={() => go('calendar')}>{t('shell.decide', { count: status.needsDecision })}</Button> : null}
      {last === null ? null : <span className="quiet clip" title={t('shell.computerOn')}><IconDeviceDesktop size={13} stroke={1.75} aria-hidden="true" style={{ verticalAlign: -2 }} /> <span className="long">{format.isToday(last, now) ? t('shell.foot.on', { time: format.time(last) }) : t('shell.foot.onDay', { when: format.when(last) })}</span><span className="short">{t('shell.foot.onShort', { when: format.isToday(last, now) ? format.time(last) : format.when(last) })}</span></span>}
    </footer>
  );
}
