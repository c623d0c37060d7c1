import type { ReactNode } from 'react';
import { folded } from '../../shared/domain/inboxRules.ts';

/** One line of the palette. */
export interface PaletteLine {
  id: string;
  label: string;
  /** Said beside it, and found by. */
  note?: string;
  /** Found by these too. */
  keywords?: string | string[];
  onClick: () => void;
  /** Offered whatever is typed, after what answers it. */
  always?: true;
  /** What Ctrl Enter does, where that is something else. */
  beside?: () => void;
  leftSection?: ReactNode;
  rightSection?: ReactNode;
}
/** What Tab limits the palette to. */
export const KINDS = ['all', 'acts', 'posts', 'people', 'places'] as const;
export type PaletteKind = (typeof KINDS)[number];
export interface PaletteGroup {
  group: string;
  kind: Exclude<PaletteKind, 'all'>;
  actions: readonly PaletteLine[];
}
/** Of a kind that has hundreds, no more than this beside the others: Tab shows the rest. */
const MOST_OF_MANY = 6;
const MANY: ReadonlySet<PaletteKind> = new Set<PaletteKind>(['posts', 'people']);
/** Shorter words are in everything. */
const LEAST_WORD = 3;

/** How well a line answers what was typed, 0 best: it says it, it is meant by it, it has all the words of it, or one of them; null where it has none. */
function rankOf(line: PaletteLine, wanted: string, words: readonly string[]): number | null {
  const label = folded(line.label);
  if (label.includes(wanted)) return 0;
  const more = folded([line.note ?? '', line.keywords ?? []].flat().join(','));
  if (more.includes(wanted)) return 1;
  if (words.length > 1 && words.every((word) => label.includes(word) || more.includes(word))) return 2;
  return words.some((word) => word.length >= LEAST_WORD && (label.includes(word) || more.includes(word))) ? 3 : null;
}

/** Is this an act or a place whose own words begin with what was typed? */
const isNamed = ({ group, action }: { group: PaletteGroup; action: PaletteLine }, wanted: string): boolean => wanted !== '' && !MANY.has(group.kind) && !action.always && ` ${folded(action.label)}`.includes(` ${wanted}`);

/**
 * At most so many lines of a kind with what was typed in them, whatever its accents: those that say it before those that mean it; where none has all of it, those with one of its words.
 * The groups keep their order, but that what is named by it comes before what only tells of it, and what is offered whatever is typed comes last.
 */
export function foundIn(groups: readonly PaletteGroup[], typed: string, most: number, kind: PaletteKind = 'all'): PaletteGroup[] {
  const wanted = folded(typed.trim());
  const words = wanted.split(/\s+/).filter((word) => word !== '');
  const ranked = groups.flatMap((group) => (kind === 'all' || group.kind === kind ? group.actions.flatMap((action) => {
    const rank = rankOf(action, wanted, words);
    return rank === null ? [] : [{ group, action, rank }];
  }) : []));
  const best = Math.min(...ranked.map((line) => (line.action.always ? Infinity : line.rank)));
  const given = new Map<PaletteGroup, number>();
  const shown = new Set(ranked.filter((line) => line.rank < 3 || best === 3).sort((a, b) => a.rank - b.rank).filter(({ group }) => {
    const before = given.get(group) ?? 0;
    given.set(group, before + 1);
    return kind !== 'all' || !MANY.has(group.kind) || before < MOST_OF_MANY;
  }).slice(0, most));
  const placeOf = (group: PaletteGroup): number => {
    const of = ranked.filter((line) => line.group === group && shown.has(line));
    return of.some((line) => isNamed(line, wanted)) ? 0 : of.every((line) => line.action.always) ? 2 : 1;
  };
  return groups.map((group) => ({ group, place: placeOf(group) })).sort((a, b) => a.place - b.place).flatMap(({ group }) => {
    const actions = ranked.filter((line) => line.group === group && shown.has(line)).sort((a, b) => a.rank - b.rank).map((line) => line.action);
    return actions.length === 0 ? [] : [{ ...group, actions }];
  });
}
