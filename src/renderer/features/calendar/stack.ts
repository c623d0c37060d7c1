/** How what stands on a day is stacked: a quarter of an hour is as many lines high as the fullest of its days needs, so that nothing covers anything. */

const QUARTER = 15;
export const QUARTERS = 96;
/** One line for every quarter: a day with nothing that shares a time. */
export const EVEN: readonly number[] = Array.from({ length: QUARTERS + 1 }, (_, i) => i);

/** Anything that takes a line of a day: a publication, an empty slot, a post seen on X. */
export interface Stackable {
  key: string;
  /** Of its wall time, since midnight. */
  minute: number;
}
export const quarterOf = (minute: number): number => Math.floor(minute / QUARTER);

/** The line of each within its quarter, from 0: by time, then in the order given. */
export function stack(entries: readonly Stackable[]): Map<string, number> {
  const used = new Map<number, number>();
  const found = new Map<string, number>();
  for (const { key, minute } of entries.toSorted((a, b) => a.minute - b.minute)) {
    const quarter = quarterOf(minute);
    const line = used.get(quarter) ?? 0;
    found.set(key, line);
    used.set(quarter, line + 1);
  }
  return found;
}
/** Lines above each quarter of the whole day, and after the last all of them; the same array for days where nothing shares a time. */
export function linesAbove(days: readonly (readonly Stackable[])[]): readonly number[] {
  const most = Array.from({ length: QUARTERS }, () => 1);
  let shared = false;
  for (const entries of days) {
    const here = new Map<number, number>();
    for (const { minute } of entries) {
      const quarter = quarterOf(minute);
      const n = (here.get(quarter) ?? 0) + 1;
      here.set(quarter, n);
      if (n <= (most[quarter] ?? 1)) continue;
      most[quarter] = n;
      shared = true;
    }
  }
  if (!shared) return EVEN;
  const above = [0];
  for (const lines of most) above.push((above.at(-1) ?? 0) + lines);
  return above;
}
