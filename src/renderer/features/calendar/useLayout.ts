import { useMemo, useRef } from 'react';
import type { EmptySlot } from './Chip.tsx';
import type { Item, Seen } from './grid.ts';
import { linesAbove, stack, type Stackable } from './stack.ts';

/** How the days on show are stacked: the lines above each quarter, and of each day the line of what stands there within its quarter. */
export interface Layout {
  above: readonly number[];
  lines: ReadonlyMap<string, ReadonlyMap<string, number>>;
}
export const slotKey = (slot: { minute: number }): string => `slot:${slot.minute}`;

const same = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean => a.size === b.size && [...a].every(([key, line]) => b.get(key) === line);

/** A day keeps its map while its lines do not change, so that its chips are not drawn anew. */
export function useLayout(days: readonly string[], items: ReadonlyMap<string, readonly Item[]>, seen: ReadonlyMap<string, readonly Seen[]>, slots: readonly EmptySlot[]): Layout {
  const before = useRef<Layout['lines']>(new Map());
  return useMemo(() => {
    const bySlot = new Map<string, Stackable[]>();
    for (const slot of slots) {
      const entry = { key: slotKey(slot), minute: slot.minute };
      const list = bySlot.get(slot.day);
      if (list) list.push(entry);
      else bySlot.set(slot.day, [entry]);
    }
    const entries = days.map((day): Stackable[] => [
      ...(items.get(day) ?? []).map(({ publication, minute }) => ({ key: publication.id, minute })),
      ...(seen.get(day) ?? []).map(({ id, minute }) => ({ key: id, minute })),
      ...(bySlot.get(day) ?? []),
    ]);
    const lines = new Map(days.map((day, i) => {
      const found = stack(entries[i] ?? []);
      const known = before.current.get(day);
      return [day, known && same(known, found) ? known : found] as const;
    }));
    before.current = lines;
    return { above: linesAbove(entries), lines };
  }, [days, items, seen, slots]);
}
