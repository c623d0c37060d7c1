import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFileImport } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { dayOf, dayRange, instantToWall } from '../../../shared/domain/time.ts';
import { useView } from '../../app/viewStore.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { Empty, TierBadge } from '../../ui/bits.tsx';
import { useAccounts } from '../../ui/useAccounts.ts';
import { type CalendarView, daysOf, nextQuarter, shiftDays, shiftWall, soonWall, startsOn, step } from './grid.ts';
import { MonthGrid } from './MonthGrid.tsx';
import { RatioStrip } from './RatioStrip.tsx';
import { RehearsalButton } from './Rehearsal.tsx';
import { Refusal } from './Refusal.tsx';
import { Tray } from './Tray.tsx';
import { usePlan } from './usePlan.ts';
import { WeekGrid } from './WeekGrid.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

const SHOWN: Publication['state'][] = ['scheduled', 'sending', 'posted', 'held', 'retry_wait', 'failed', 'unknown', 'needs_review', 'missed', 'paused', 'partial'];
const VIEWS: CalendarView[] = ['day', 'week', 'month', 'list'];

/** The plan of the account chosen in the bar. */
export function CalendarScreen() {
  const { current } = useAccounts();
  return current ? <Calendar key={current.id} account={current} /> : null;
}

function Calendar({ account }: { account: Account }) {
  const { t } = useTranslation();
  const view = useView();
  const plan = usePlan(account);
  const { zone } = account;
  const settings = useRpcQuery('settings.get', {}).data;
  const [now, setNow] = useState(() => Date.now());
  const [mode, setMode] = useState<CalendarView>('week');
  const [day, setDay] = useState(() => dayOf(Date.now(), zone));
  const [dragged, setDragged] = useState<Publication | null>(null);
  const [moving, setMoving] = useState<{ publication: Publication; wall: string } | null>(null);
  const returnTo = useRef<string | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const starts = startsOn(settings?.weekStart ?? 'auto');
  const days = useMemo(() => daysOf(mode, day, starts), [mode, day, starts]);
  const from = dayRange(days[0] ?? day, zone).start;
  const to = dayRange(days.at(-1) ?? day, zone).end;
  const publications = useRpcQuery('publications.list', { accountId: account.id, states: SHOWN, from, to }).data;
  const rows = useMemo(() => publications ?? [], [publications]);
  const open = useCallback((id: string) => view.openComposer({ kind: 'edit', id }), [view.openComposer]);
  // The hour that is now comes into view with the day.
  useEffect(() => {
    const today = instantToWall(Date.now(), zone);
    grid.current?.querySelector(`[data-testid="slot-${today.slice(0, 13)}:00"]`)?.scrollIntoView({ block: 'center' });
  }, [mode, zone, settings?.dayStartHour]);

  const beginMove = useCallback((publication: Publication) => {
    returnTo.current = publication.id;
    const wall = publication.dueAt && publication.dueAt > Date.now() ? instantToWall(publication.dueAt, zone) : soonWall(Date.now(), zone);
    setDay(wall.slice(0, 10));
    setMoving({ publication, wall });
    (document.activeElement as HTMLElement | null)?.blur();
  }, [zone]);
  const stopMoving = (): void => {
    setMoving(null);
    const id = returnTo.current;
    if (id) setTimeout(() => document.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus(), 50);
  };
  const moveBy = (change: (wall: string) => string) => (): boolean => {
    if (!moving) return false;
    const wall = change(moving.wall);
    setMoving({ ...moving, wall });
    setDay(wall.slice(0, 10));
    setTimeout(() => grid.current?.querySelector('.over-ok, .over-no')?.scrollIntoView({ block: 'nearest' }), 0);
    return true;
  };
  useKeys({
    ArrowUp: moveBy((wall) => nextQuarter(wall, -1, zone)), ArrowDown: moveBy((wall) => nextQuarter(wall, 1, zone)),
    'Shift+ArrowUp': moveBy((wall) => shiftWall(wall, -5, zone)), 'Shift+ArrowDown': moveBy((wall) => shiftWall(wall, 5, zone)),
    ArrowLeft: moveBy((wall) => shiftDays(wall, -1)), ArrowRight: moveBy((wall) => shiftDays(wall, 1)),
    Enter: () => {
      if (!moving) return false;
      const { publication, wall } = moving;
      stopMoving();
      void plan.place(publication, wall);
      return true;
    },
    Escape: () => {
      if (!moving) return false;
      stopMoving();
      return true;
    },
  });
  const verdict = moving ? plan.judge(moving.publication, moving.wall) : null;
  const title = mode === 'month' ? plan.format.month(day) : mode === 'day' ? plan.format.dayOf(day) : `${plan.format.dayOf(days[0] ?? day)} – ${plan.format.dayOf(days.at(-1) ?? day)}`;
  const labels: Record<CalendarView, string> = { day: t('calendar.day'), week: t('calendar.week'), month: t('calendar.month'), list: t('calendar.list') };
  const shared = { account, plan, publications: rows, dragged, now };
  return (
    <div className="calendar" data-testid="calendar">
      <div className="cal-bar">
        <h1 className="sr">{t('calendar.title')}</h1>
        <Button variant="default" onClick={() => setDay(dayOf(Date.now(), zone))}>{t('calendar.today')}</Button>
        <ActionIcon aria-label={t('calendar.prev')} onClick={() => setDay(step(mode, day, -1))}><IconChevronLeft size={16} /></ActionIcon>
        <ActionIcon aria-label={t('calendar.next')} data-testid="calendar-next" onClick={() => setDay(step(mode, day, 1))}><IconChevronRight size={16} /></ActionIcon>
        <strong>{title}</strong>
        <span className="quiet">{t('calendar.zone', { zone })}</span>
        <span className="grow" />
        <SegmentedControl value={mode} onChange={(value) => setMode(value as CalendarView)} data={VIEWS.map((each) => ({ value: each, label: labels[each] }))} aria-label={t('calendar.title')} />
        <RehearsalButton account={account} />
        <Button variant="default" leftSection={<IconFileImport size={14} />} data-testid="open-bulk" onClick={() => view.set({ bulkOpen: true })}>{t('calendar.import')}</Button>
      </div>
      <div className="cal-strip"><RatioStrip accountId={account.id} day={mode === 'day' || (days[0] ?? '') > dayOf(now, zone) ? (mode === 'day' ? day : (days[0] ?? day)) : dayOf(now, zone)} /></div>
      <div className="cal-grid" ref={grid} role="region" tabIndex={0} aria-label={title}>
        {mode === 'week' || mode === 'day' ? <WeekGrid {...shared} days={days} moving={moving} onOpen={open} onNew={(wall) => view.openComposer({ kind: 'new', wall })} onMove={beginMove} onDrag={setDragged} /> : null}
        {mode === 'month' ? <MonthGrid {...shared} days={days} month={day.slice(0, 7)} onDay={(which) => { setDay(which); setMode('day'); }} /> : null}
        {mode === 'list' ? (
          <table className="plain"><tbody>
            {rows.map((each) => (
              <tr key={each.id}><td style={{ whiteSpace: 'nowrap' }}>{plan.format.when(each.sentAt ?? each.dueAt ?? 0)}</td><td><TierBadge policy={account.policy} tier={each.tier} /></td><td>{t(`calendar.state.${each.state}`)}{each.late ? ` · ${t('calendar.late')}` : ''}</td><td><Button variant="subtle" size="compact-xs" color="gray" onClick={() => open(each.id)} styles={{ label: { whiteSpace: 'normal', textAlign: 'left' } }} h="auto">{each.text.slice(0, 160) || t('calendar.noText')}</Button></td></tr>
            ))}
          </tbody></table>
        ) : null}
        {publications && rows.length === 0 && mode !== 'month' ? <Empty>{t('calendar.empty')}</Empty> : null}
      </div>
      <Tray account={account} plan={plan} onDrag={setDragged} onMove={beginMove} />
      {moving && verdict ? <div className="drag-words" role="status" data-testid="move-words" style={{ position: 'fixed', bottom: 40 }}><b>{verdict.words}</b><div className="quiet">{t('calendar.moving')}</div></div> : null}
      <Dialog opened={plan.refused !== null} onClose={plan.dismiss} title={t('calendar.refused')}>
        {plan.refused ? <Refusal account={account} refused={plan.refused.answer} busy={plan.busy} onTake={plan.take} /> : null}
      </Dialog>
    </div>
  );
}
