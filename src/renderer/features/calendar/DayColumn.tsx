import { IconArrowsExchange } from '@tabler/icons-react';
import { type CSSProperties, memo } from 'react';
import { wallToInstant } from '../../../shared/domain/time.ts';
import { Chip, type EmptySlot, SlotChip } from './Chip.tsx';
import { useDrag } from './dragStore.ts';
import { type Axis, topOf } from './geometry.ts';
import { type Item, wallAt } from './grid.ts';
import type { Kit } from './kit.ts';
import { canExchange } from './landing.ts';

/** Where the post may go this day, in words: one layer, drawn when the bands are known (LOOK, 05). */
function Bands({ day, axis }: { day: string; axis: Axis }) {
  const bands = useDrag((state) => state.bands.get(day));
  if (!bands) return null;
  return (
    <>
      {bands.map(({ from, to, value }) => {
        const top = topOf(axis, Math.max(from, axis.from));
        const height = topOf(axis, Math.min(to, axis.to)) - top;
        return height > 0 ? <div key={from} className={value.ok ? 'band fits' : 'band no'} style={{ top, height }}><span>{value.words}</span></div> : null;
      })}
    </>
  );
}
/** The place under the pointer or the keys. */
function Place({ day, axis }: { day: string; axis: Axis }) {
  const minute = useDrag((state) => (state.target?.day === day ? state.target.minute : null));
  const kind = useDrag((state) => (state.target?.day === day ? state.landing?.kind : undefined));
  if (minute === null || minute < axis.from || minute >= axis.to) return null;
  return <div className={`place ${kind ?? ''}`} style={{ top: topOf(axis, minute), height: axis.slot - 1 }} data-testid="place">{kind === 'exchange' || kind === 'take' ? <IconArrowsExchange size={11} stroke={2} aria-hidden="true" /> : null}</div>;
}

/** One day: its chips by integer minutes of wall time, its empty slots, the bands and the place of a move. */
export const DayColumn = memo(function DayColumn({ day, label, today, nowMinute, items, slots, axis, kit, wide, selectedId }: {
  day: string; label: string; today: string; nowMinute: number; items: readonly Item[]; slots: readonly EmptySlot[]; axis: Axis; kit: Kit; wide: boolean; selectedId: string | null;
}) {
  const past = day < today ? axis.to - axis.from : day === today ? Math.min(Math.max(0, nowMinute - axis.from), axis.to - axis.from) : 0;
  const shown = items.filter((item) => item.minute >= axis.from && item.minute < axis.to);
  const now = Date.now();
  return (
    <div className="day-col" role="row" aria-label={label} data-day={day} data-testid={`day-${day}`}>
      {past > 0 ? <div className="past-shade" style={{ height: topOf(axis, axis.from + past) }} /> : null}
      <Bands day={day} axis={axis} />
      {shown.length === 0 && slots.length === 0 ? <span role="gridcell" className="sr">{kit.t('calendar.nothing')}</span> : null}
      {slots.map((slot) => (slot.minute >= axis.from && slot.minute < axis.to ? <SlotChip key={slot.minute} slot={slot} kit={kit} wide={wide} time={kit.format.time(wallToInstant(wallAt(day, slot.minute), kit.zone))} /> : null))}
      {shown.map((item) => <Chip key={item.publication.id} item={item} kit={kit} wide={wide} swap={canExchange(item.publication, kit.policy, now)} selected={item.publication.id === selectedId} />)}
      {day === today && nowMinute >= axis.from && nowMinute < axis.to ? <div className="now-line" style={{ top: topOf(axis, nowMinute) } as CSSProperties} data-testid="now-line" /> : null}
      <Place day={day} axis={axis} />
    </div>
  );
});
