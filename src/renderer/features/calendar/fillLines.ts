import type { OutputOf } from '../../../shared/contract/index.ts';
import type { TemplateSlot } from '../../../shared/domain/template.ts';

export type FillPreview = OutputOf<'planning.fillPreview'>;
export type FilledRow = FillPreview['rows'][number];
export type FreeRow = FillPreview['unfilled'][number];
/** A line of the page, in order of time: a day's head where there are several days, a slot with what goes there, or one that stays free. */
export type Line = { kind: 'day'; day: string; filled: number; slots: number } | { kind: 'row'; wall: string; row: FilledRow } | { kind: 'free'; wall: string; free: FreeRow; /** The user wants nothing there. */ byHand: boolean };
/** What a slot was settled with by hand: an item, or null for nothing. */
export type Picks = ReadonlyMap<string, string | null>;

/** Why a slot is free that was emptied by hand. */
const BY_HAND = { code: 'by_hand', params: {} };

/** What the page shows of an answer; a slot that was emptied by hand stays in sight whether the answer tells it or not. */
export function linesOf(preview: FillPreview, picks: Picks, slotsOn: (day: string) => readonly TemplateSlot[], days: readonly string[]): Line[] {
  const lines: Exclude<Line, { kind: 'day' }>[] = preview.rows.map((row) => ({ kind: 'row', wall: row.wall, row }));
  const known = new Set([...preview.rows, ...preview.unfilled].map((each) => each.wall));
  for (const free of preview.unfilled) lines.push({ kind: 'free', wall: free.wall, free, byHand: picks.get(free.wall) === null });
  for (const [wall, itemId] of picks) {
    const slot = itemId === null && !known.has(wall) ? slotsOn(wall.slice(0, 10)).find((each) => each.time === wall.slice(11)) : undefined;
    if (slot) lines.push({ kind: 'free', wall, free: { wall, tier: slot.tier, theme: slot.theme, reason: BY_HAND }, byHand: true });
  }
  lines.sort((a, b) => (a.wall < b.wall ? -1 : a.wall > b.wall ? 1 : 0));
  if (days.length < 2) return lines;
  return days.flatMap((day) => {
    const own = lines.filter((line) => line.wall.startsWith(day));
    return own.length === 0 ? [] : [{ kind: 'day' as const, day, filled: own.filter((line) => line.kind === 'row').length, slots: own.length }, ...own];
  });
}

export const TERMS = ['freshness', 'performance', 'rest', 'campaign', 'similarity'] as const;
export type Term = (typeof TERMS)[number];

/** Likeness only takes away. */
const ADDING = TERMS.filter((term) => term !== 'similarity');

/** How far the terms that add to a score reach, as shares of the longest bar. */
export function barOf(score: Readonly<Record<Term, number>>, longest: number): number[] {
  return ADDING.map((term) => (longest <= 0 ? 0 : Math.max(0, score[term]) / longest));
}
export const reachOf = (score: Readonly<Record<Term, number>>): number => ADDING.reduce((sum, term) => sum + Math.max(0, score[term]), 0);

/** How many slots of each tier there were, and how many of them are filled. */
export function tierCounts(preview: FillPreview, tiers: readonly string[]): { tier: string; filled: number; slots: number }[] {
  return tiers.map((tier) => {
    const filled = preview.rows.filter((row) => row.tier === tier).length;
    return { tier, filled, slots: filled + preview.free.filter((each) => each.tier === tier).reduce((sum, each) => sum + each.count, 0) };
  });
}
