import { Button } from '@mantine/core';
import { IconCalendarPlus, IconHandStop, IconHourglass, IconLink, IconListNumbers, IconPhoto } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { tierOf } from '../../../shared/domain/ratioTier.ts';
import { lateUntil } from '../../../shared/domain/publicationTime.ts';
import { linksOf } from '../../../shared/domain/text.ts';
import { slotsOn, type TemplateSlot } from '../../../shared/domain/template.ts';
import { dayOf, wallToInstant } from '../../../shared/domain/time.ts';
import { SCHEDULED_LIST } from '../../app/firstQueries.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { TierBadge, EmptyState, tierLetter } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { TierMark } from '../../ui/TierMark.tsx';
import { useReasonWords } from '../activity/useNotices.ts';

/** More than a day's posts; the calendar shows the rest. */
const MOST = 120;
/** Empty slots of today that are shown: they must not push the posts out of sight. */
const MOST_EMPTY = 3;

/** Characters of a link that are shown, as X does, and of the whole. */
const LINK_SHOWN = 26;
const TEXT_SHOWN = 140;

/** A post's words with its links as short as X shows them, each on one line. */
function Shortened({ text }: { text: string }) {
  const parts: ReactNode[] = [];
  let rest = text.slice(0, 1000);
  let room = TEXT_SHOWN;
  const take = (words: string): void => {
    parts.push(words.length > room ? `${words.slice(0, Math.max(0, room))}…` : words);
    room -= words.length;
  };
  for (const link of linksOf(rest)) {
    const at = rest.indexOf(link);
    if (room <= 0 || at < 0) break;
    take(rest.slice(0, at));
    const bare = link.replace(/^https?:\/\//, '');
    if (room > 0) parts.push(<span key={parts.length} className="due-link">{bare.length > LINK_SHOWN ? `${bare.slice(0, LINK_SHOWN)}…` : bare}</span>);
    room -= Math.min(bare.length, LINK_SHOWN);
    rest = rest.slice(at + link.length);
  }
  if (room > 0 && rest !== '') take(rest);
  return <>{parts}</>;
}

function useDue(account: Account | undefined): Publication[] {
  const rows = useRpcQuery('publications.list', SCHEDULED_LIST(account?.id ?? ''), { enabled: account !== undefined }).data ?? [];
  return rows.filter((each) => each.dueAt !== null && (each.kind !== 'reply' || each.counts)).sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)).slice(0, MOST);
}

/** The next of today's template slots in which nothing stands, with their times. */
function useEmptySlots(account: Account | undefined, due: readonly Publication[], now: number): { slot: TemplateSlot; wall: string; at: number }[] {
  const context = useRpcQuery('planning.context', { accountId: account?.id ?? '' }, { enabled: account !== undefined }).data;
  if (!account || !context) return [];
  const day = dayOf(now, account.zone);
  const taken = new Set([...context.units.map((unit) => unit.dueAt), ...due.map((each) => each.dueAt)]);
  return slotsOn(context.template, day).map((slot) => ({ slot, wall: `${day}T${slot.time}`, at: wallToInstant(`${day}T${slot.time}`, account.zone) })).filter(({ at }) => at > now && !taken.has(at)).slice(0, MOST_EMPTY);
}

/** What stands under the title: how many are left today, the zone, today's cost. */
export function ScheduledFacts({ account, now }: { account: Account | undefined; now: number }) {
  const { t } = useTranslation();
  const format = useFormat(account?.zone);
  const zone = account?.zone ?? 'UTC';
  const today = useDue(account).filter((each) => each.dueAt !== null && dayOf(each.dueAt, zone) === dayOf(now, zone));
  const usd = today.reduce((sum, each) => sum + each.usd, 0);
  return <><span className="clip">{today.length === 0 ? t('deck.due.none') : t('deck.due.left', { count: today.length })} · {zone}</span><span className="grow" />{usd > 0 ? <span className="nowrap">{t('deck.due.cost', { usd: format.usd(usd) })}</span> : null}</>;
}

/** What goes out next, by day: time, tier, words, what it carries and what it costs (LOOK, 02). */
export function ScheduledList({ account, now }: { account: Account | undefined; now: number }) {
  const { t, i18n } = useTranslation();
  // The plan's own zone, which may be another than the window's.
  const format = useFormat(account?.zone);
  const openComposer = useView((state) => state.openComposer);
  const go = useView((state) => state.go);
  const reason = useReasonWords(account?.policy);
  const due = useDue(account);
  const empty = useEmptySlots(account, due, now);
  if (!account || due.length === 0) return <EmptyState icon={IconCalendarPlus} title={t('deck.due.empty')} body={t('deck.due.emptyBody')}><Button onClick={() => openComposer({ kind: 'new', ...(account ? { accountId: account.id } : {}) })}>{t('deck.write')}</Button><Button variant="default" onClick={() => go('calendar')}>{t('deck.due.open')}</Button></EmptyState>;
  const { policy, zone } = account;
  const days = new Map<string, Publication[]>();
  for (const each of due) {
    const day = dayOf(each.dueAt ?? 0, zone);
    days.set(day, [...(days.get(day) ?? []), each]);
  }
  const today = dayOf(now, zone);
  if (empty.length > 0 && !days.has(today)) days.set(today, []);
  const icon = { size: 13, stroke: 1.75, 'aria-hidden': true } as const;
  return (
    <div style={{ overflowY: 'auto', height: '100%' }} data-testid="scheduled-list">
      {[...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, rows]) => (
        <Fragment key={day}>
          <div className="due-day"><b>{format.dayOf(day)}</b>{policy.tiers.map((tier) => `${tierLetter(policy, tier.key, i18n.language)} ${rows.filter((each) => tierOf(each) === tier.key).length}`).join(' · ')}</div>
          {[...rows.map((each) => ({ at: each.dueAt ?? 0, each })), ...(day === today ? empty.map((each) => ({ at: each.at, each })) : [])].sort((a, b) => a.at - b.at).map(({ each }) => ('slot' in each ? (
            <button key={each.wall} type="button" className="due-row quiet" data-testid="due-slot" onClick={() => openComposer({ kind: 'new', accountId: account.id, wall: each.wall, tier: each.slot.tier })}>
              <span>{format.time(each.at)}</span><TierBadge policy={policy} tier={each.slot.tier} hollow /><span>{each.slot.theme === '' ? t('deck.due.slot') : t('deck.due.slotOf', { theme: each.slot.theme })}</span><span className="link">{t('deck.due.write')}</span>
            </button>
          ) : (
            <button key={each.id} type="button" className="due-row" data-id={each.id} onClick={() => openComposer({ kind: 'edit', id: each.id })}>
              <b className={each.dueAt !== null && each.dueAt < now ? 'quiet' : ''}>{format.time(each.dueAt ?? 0)}</b>
              <TierMark policy={policy} post={each} hollow={each.state === 'held' || each.state === 'paused'} />
              <span style={{ minWidth: 0, overflowWrap: 'anywhere' }} dir="auto">
                {each.kind === 'repost' ? t('composer.repostOf', { username: each.target?.username ?? '…' }) : <Shortened text={each.text} />}
                {each.state === 'held' ? <div><span className="tag"><IconHandStop {...icon} />{t('calendar.state.held')}{each.reason ? `: ${reason(each.reason)}` : ''}</span></div> : lateUntil(each, policy, now) !== null ? <div><span className="tag warn"><IconHourglass {...icon} />{t('calendar.lateUntil', { time: format.time(lateUntil(each, policy, now) ?? 0) })}</span></div> : each.state === 'scheduled' ? null : <div><span className="tag">{t(`calendar.state.${each.state}`)}</span></div>}
              </span>
              <span className="quiet nowrap">{each.parts.length > 0 ? <><IconListNumbers {...icon} /> {each.parts.length + 1} </> : null}{each.media.length > 0 ? <IconPhoto {...icon} /> : null} {linksOf(each.text.slice(0, 2000)).length > 0 ? <IconLink {...icon} /> : null} {format.usd(each.usd)}</span>
            </button>
          )))}
        </Fragment>
      ))}
    </div>
  );
}
