import { ActionIcon, Button, Popover, SegmentedControl } from '@mantine/core';
import { IconArrowsMove, IconCalendarPlus, IconChevronLeft, IconChevronRight, IconFileImport, IconLayoutSidebarRight, IconWand } from '@tabler/icons-react';
import { useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { MonthPicker } from '../../ui/DateTimeInput.tsx';
import { useDrag } from './dragStore.ts';
import { FilterButton } from './FilterButton.tsx';
import type { CalendarView, Seen } from './grid.ts';
import type { Kit } from './kit.ts';
import { RehearsalButton } from './Rehearsal.tsx';

const VIEWS: CalendarView[] = ['day', 'week', 'month', 'list'];

/** View, days, and what can be done with them; during a move, what moves and how to stop (LOOK, 04 and 05). */
export function Toolbar({ account, kit, mode, title, day, today, publications, slots, seen, texts, onMode, onDay, onStep, onImport, onSpread, onFill, onTray }: {
  account: Account; kit: Kit; mode: CalendarView; title: string; day: string; today: string; publications: readonly Publication[]; slots: boolean; seen: readonly Seen[]; texts: ReadonlyMap<string, string>; onMode: (mode: CalendarView) => void; onDay: (day: string) => void; onStep: (by: 1 | -1) => void; onImport: () => void; onSpread: (() => void) | null; onFill: (() => void) | null; onTray: (() => void) | null;
}) {
  const { t } = kit;
  const subject = useDrag((state) => state.subject);
  const [picking, setPicking] = useState(false);
  return (
    <div className="cal-bar">
      <h1 className="sr">{t('calendar.title')}</h1>
      <SegmentedControl value={mode} onChange={(value) => onMode(value as CalendarView)} data={VIEWS.map((each) => ({ value: each, label: t(`calendar.${each}`) }))} aria-label={t('calendar.title')} data-testid="calendar-view" />
      <ActionIcon aria-label={t('calendar.prev')} title={t('calendar.prev')} data-testid="calendar-prev" onClick={() => onStep(-1)}><IconChevronLeft size={16} /></ActionIcon>
      <Button variant="default" data-testid="calendar-today" onClick={() => onDay(today)}>{t('calendar.today')}</Button>
      <ActionIcon aria-label={t('calendar.next')} title={t('calendar.next')} data-testid="calendar-next" onClick={() => onStep(1)}><IconChevronRight size={16} /></ActionIcon>
      <Popover opened={picking} onChange={setPicking} position="bottom-start" trapFocus returnFocus>
        <Popover.Target><button type="button" className="cal-title" title={t('calendar.goTo')} data-testid="calendar-title" onClick={() => setPicking(!picking)}><span aria-live="polite">{title}</span></button></Popover.Target>
        <Popover.Dropdown p={8}><MonthPicker value={day} today={today} onPick={(picked) => { onDay(picked); setPicking(false); }} /></Popover.Dropdown>
      </Popover>
      <span className="quiet clip zone">{account.zone}</span>
      <span className="grow" />
      {subject ? (
        <span className="moving-hint">
          <span className="tag accent"><IconArrowsMove size={12} stroke={1.75} aria-hidden="true" /> {subject.counts ? t('calendar.drag.moving', { tier: kit.name(subject.tier) }) : t('calendar.drag.movingOutside')}</span>
          {mode === 'month' ? null : <><kbd>{t('calendar.drag.shift')}</kbd> <span className="quiet">{t('calendar.drag.fine')}</span></>} <kbd>Esc</kbd> <span className="quiet">{t('calendar.drag.escape')}</span>
        </span>
      ) : (
        <>
          <FilterButton kit={kit} publications={publications} slots={slots} seen={seen} texts={texts} />
          {onTray ? <Button variant="default" leftSection={<IconLayoutSidebarRight size={14} stroke={1.75} />} data-testid="open-tray" onClick={onTray}>{t('calendar.tray')}</Button> : null}
          {onSpread ? <Button className="foldable" title={t('calendar.spread.act')} variant="default" leftSection={<IconWand size={14} stroke={1.75} />} data-testid="spread-day" onClick={onSpread}>{t('calendar.spread.act')}</Button> : null}
          {onFill ? <Button className="foldable" title={t(`calendar.fill.${mode === 'list' ? 'week' : mode}`)} variant="default" leftSection={<IconCalendarPlus size={14} stroke={1.75} />} data-testid="open-fill" onClick={onFill}>{t(`calendar.fill.${mode === 'list' ? 'week' : mode}`)}</Button> : null}
          <RehearsalButton account={account} />
          <Button className="foldable" title={t('calendar.import')} variant="default" leftSection={<IconFileImport size={14} stroke={1.75} />} data-testid="open-bulk" onClick={onImport}>{t('calendar.import')}</Button>
        </>
      )}
    </div>
  );
}
