import { type DragEvent, Fragment, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { allowedTimes, type Change } from '../../../shared/domain/ratio/index.ts';
import { instantToWall, wallToInstant } from '../../../shared/domain/time.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { Chip, DRAG_TYPE } from './Chip.tsx';
import { bySlot, hoursOf, slotWall, soonWall } from './grid.ts';
import type { Plan } from './usePlan.ts';

export interface GridProps {
  account: Account;
  plan: Plan;
  days: string[];
  publications: readonly Publication[];
  dragged: Publication | null;
  /** Move mode by keyboard: what, and where it would go. */
  moving: { publication: Publication; wall: string } | null;
  now: number;
  onOpen: (id: string) => void;
  onNew: (wall: string) => void;
  onMove: (publication: Publication) => void;
  onDrag: (publication: Publication | null) => void;
}

/** Shift while dropping: to the five minutes under the pointer in place of the quarter. */
function wallUnder(event: DragEvent, wall: string): string {
  if (!event.shiftKey) return wall;
  const box = event.currentTarget.getBoundingClientRect();
  const third = Math.max(0, Math.min(2, Math.floor(((event.clientY - box.top) / box.height) * 3)));
  return `${wall.slice(0, 14)}${String(Number(wall.slice(14)) + third * 5).padStart(2, '0')}`;
}

/**
 * Day and week: a grid of quarters of an hour in the plan's own zone. Our own grid, because the schedule component's times
 * have no zone and its dragging no keyboard, and because 315 posts a week need one line each (UX, density).
 */
export function WeekGrid({ account, plan, days, publications, dragged, moving, now, onOpen, onNew, onMove, onDrag }: GridProps) {
  const { t } = useTranslation();
  const settings = useRpcQuery('settings.get', {}).data;
  const [under, setUnder] = useState<{ wall: string; ok: boolean; words: string } | null>(null);
  const { zone, policy } = account;
  const hours = useMemo(() => hoursOf(publications, zone, settings?.dayStartHour ?? 8, settings?.dayEndHour ?? 20), [publications, zone, settings]);
  const slots = useMemo(() => bySlot(publications, zone), [publications, zone]);
  const subject = dragged ?? moving?.publication ?? null;
  // Worked out once when the drag begins, for every visible quarter (DOMAIN §2: within one frame while dragging).
  const refusedWalls = useMemo(() => {
    const refused = new Set<string>();
    const context = plan.context;
    if (!subject || !context || policy.mode !== 'enforce') return refused;
    const walls = days.flatMap((day) => hours.flatMap((hour) => [0, 1, 2, 3].map((quarter) => slotWall(day, hour, quarter))));
    const at = new Map(walls.map((wall) => [wallToInstant(wall, zone), wall]));
    const future = [...at.keys()].filter((time) => time > now);
    const known = context.units.some((unit) => unit.id === subject.id);
    const make = (dueAt: number): Change => (known ? { kind: 'move', id: subject.id, dueAt } : { kind: 'add', unit: { id: subject.id, dueAt, tier: subject.tier, state: 'scheduled' } });
    const good = allowedTimes(context, subject.id, make, future);
    for (const time of future) if (!good.has(time)) refused.add(at.get(time) ?? '');
    return refused;
  }, [subject, plan.context, policy.mode, days, hours, zone, now]);
  const columns = `52px repeat(${days.length}, minmax(${days.length > 1 ? 110 : 220}px, 1fr))`;
  const today = instantToWall(now, zone);
  const drop = (event: DragEvent, wall: string): void => {
    event.preventDefault();
    setUnder(null);
    if (dragged) void plan.place(dragged, wall);
  };
  return (
    <div role="grid" aria-label={t('calendar.title')} style={{ minWidth: days.length > 1 ? 840 : 300 }}>
      <div className="grid-head" style={{ gridTemplateColumns: columns }} role="row">
        <span />
        {days.map((day) => <div key={day} role="columnheader" className={day === today.slice(0, 10) ? 'today' : ''}>{plan.format.dayShort(day)} <span className="quiet">{publications.filter((each) => instantToWall(each.sentAt ?? each.dueAt ?? 0, zone).startsWith(day)).length || ''}</span></div>)}
      </div>
      {hours.map((hour) => (
        <Fragment key={hour}>
          {[0, 1, 2, 3].map((quarter) => (
            <div className="hour-row" style={{ gridTemplateColumns: columns, ...(quarter < 3 ? { borderBottom: '1px dotted var(--hair)' } : {}) }} role="row" key={quarter}>
              <div className="hour-label" role="rowheader">{quarter === 0 ? plan.format.time(wallToInstant(slotWall(days[0] ?? '2026-01-01', hour, 0), zone)) : ''}</div>
              {days.map((day) => {
                const wall = slotWall(day, hour, quarter);
                const list = slots.get(wall) ?? [];
                const isNow = wall <= today && today < (quarter < 3 ? slotWall(day, hour, quarter + 1) : `${day}T${String(hour + 1).padStart(2, '0')}:00`);
                const past = wall < today && !isNow;
                const exactly = (event: DragEvent): string => (isNow ? soonWall(Date.now(), zone) : wallUnder(event, wall));
                const target = under?.wall === wall || moving?.wall.slice(0, 14) === wall.slice(0, 14) && moving !== null && Math.floor(Number(moving.wall.slice(14)) / 15) === quarter;
                const state = target ? ((under ? under.ok : !refusedWalls.has(wall)) ? ' over-ok' : ' over-no') : '';
                return (
                  <div
                    key={day} role="gridcell" className={`cell${past ? ' past' : ''}${!past && refusedWalls.has(wall) ? ' no' : ''}${state}`} data-testid={`slot-${wall}`}
                    onDoubleClick={(event) => { if (event.target === event.currentTarget && !past) onNew(isNow ? soonWall(Date.now(), zone) : wall); }}
                    onDragOver={(event) => {
                      if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
                      event.preventDefault();
                      const exact = exactly(event);
                      if (dragged && under?.wall !== wall) setUnder({ wall, ...plan.judge(dragged, exact) });
                    }}
                    onDrop={(event) => drop(event, exactly(event))}
                  >
                    {isNow ? <div className="now-line" aria-hidden="true" /> : null}
                    {list.map((each) => <Chip key={each.id} publication={each} policy={policy} format={plan.format} moving={moving?.publication.id === each.id} onOpen={onOpen} onMove={onMove} onOff={(which) => void plan.unschedule(which)} onDrag={onDrag} />)}
                  </div>
                );
              })}
            </div>
          ))}
        </Fragment>
      ))}
      {dragged && under ? <div className="drag-words" aria-live="polite" style={{ position: 'fixed' }}>{under.words}</div> : null}
    </div>
  );
}
