import { IconArrowsExchange } from '@tabler/icons-react';
import { memo } from 'react';
import { wallToInstant } from '../../../shared/domain/time.ts';
import { Chip, type EmptySlot, SeenChip, SlotChip } from './Chip.tsx';
import { useDrag } from './dragStore.ts';
import { type Axis, lineOf, topOf } from './geometry.ts';
import { type Item, type Seen, wallAt } from './grid.ts';
import type { Kit } from './kit.ts';
import { canExchange } from './landing.ts';
import { quarterOf } from './stack.ts';
import { slotKey } from './useLayout.ts';

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
function Place({ day, axis, lines }: { day: string; axis: Axis; lines: ReadonlyMap<string, number> }) {
  const minute = useDrag((state) => (state.target?.day === day ? state.target.minute : null));
  const kind = useDrag((state) => (state.target?.day === day ? state.landing?.kind : undefined));
  const other = useDrag((state) => (state.target?.day === day && (state.landing?.kind === 'exchange' || state.landing?.kind === 'take') ? state.landing.other.id : null));
  if (minute === null || minute < axis.from || minute >= axis.to) return null;
  const top = other === null ? topOf(axis, minute) : topOf(axis, quarterOf(minute) * 15) + (lines.get(other) ?? 0) * axis.slot;
  return <div className={`place ${kind ?? ''}`} style={{ top, height: axis.slot - 1 }} data-testid="place">{kind === 'exchange' || kind === 'take' ? <IconArrowsExchange size={11} stroke={2} aria-hidden="true" /> : null}</div>;
}

/** One day: its chips by integer minutes of wall time, its empty slots, the bands and the place of a move. */
export const DayColumn = memo(function DayColumn({ day, label, pastTo, nowTop, items, seen, texts, slots, lines, axis, kit, wide, selectedId }: {
  day: string; label: string; /** How far down it is over, px. */ pastTo: number; /** Where now is, px; null where it is not on show. */ nowTop: number | null; items: readonly Item[]; seen: readonly Seen[]; texts: ReadonlyMap<string, string>; slots: readonly EmptySlot[]; lines: ReadonlyMap<string, number>; axis: Axis; kit: Kit; wide: boolean; selectedId: string | null;
}) {
  const on = ({ minute }: { minute: number }): boolean => minute >= axis.from && minute < axis.to;
  const shown = items.filter(on);
  /** Lines of the whole day above it: folding moves no chip of its own. */
  const at = (key: string, minute: number): number => lineOf(axis, quarterOf(minute) * 15) + (lines.get(key) ?? 0);
  const now = Date.now();
  return (
    <div className="day-col" role="row" aria-label={label} data-day={day} data-testid={`day-${day}`}>
      {pastTo > 0 ? <div className="past-shade" style={{ height: pastTo }} /> : null}
      <Bands day={day} axis={axis} />
      {shown.length === 0 && slots.length === 0 && !seen.some(on) ? <span role="gridcell" className="sr">{kit.t('calendar.nothing')}</span> : null}
      {slots.filter(on).map((slot) => <SlotChip key={slot.minute} slot={slot} at={at(slotKey(slot), slot.minute)} kit={kit} wide={wide} time={kit.format.time(wallToInstant(wallAt(day, slot.minute), kit.zone))} />)}
      {seen.filter(on).map((each) => <SeenChip key={each.id} seen={each} text={texts.get(each.remoteId)} at={at(each.id, each.minute)} kit={kit} wide={wide} />)}
      {shown.map((item) => <Chip key={item.publication.id} item={item} at={at(item.publication.id, item.minute)} first={(lines.get(item.publication.id) ?? 0) === 0} kit={kit} wide={wide} swap={canExchange(item.publication, kit.policy, now)} selected={item.publication.id === selectedId} late={kit.isLate(item.publication, now)} />)}
      {nowTop === null ? null : <div className="now-line" style={{ top: nowTop }} data-testid="now-line" />}
      <Place day={day} axis={axis} lines={lines} />
    </div>
  );
});
