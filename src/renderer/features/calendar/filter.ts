import { create } from 'zustand';
import type { Publication } from '../../../shared/contract/publications.ts';
import { folded } from '../../../shared/domain/inboxRules.ts';
import { dayNumber, weekdayOf } from '../../../shared/domain/ratio/index.ts';
import { tierOf } from '../../../shared/domain/ratioTier.ts';
import type { WeekTemplate } from '../../../shared/domain/template.ts';
import type { PublicationState } from '../../../shared/domain/types.ts';

/** What a place of the calendar is, beside a publication's states: an empty slot, or a post that went out elsewhere. */
export type Shown = PublicationState | 'empty' | 'seen';
/** What stays bright; an empty list and empty words ask for nothing. */
export interface CalendarFilter {
  tiers: readonly string[];
  states: readonly Shown[];
  /** As the template words it; '' for any. */
  theme: string;
  words: string;
}
export const NO_FILTER: CalendarFilter = { tiers: [], states: [], theme: '', words: '' };
/** What the filter looks at of a chip. */
export interface Filtered {
  /** Null outside the ratio. */
  tier: string | null;
  state: Shown;
  theme: string;
  text: string;
}

export const isOn = (filter: CalendarFilter): boolean => filter.tiers.length > 0 || filter.states.length > 0 || filter.theme !== '' || filter.words.trim() !== '';
/** Does it stay bright? Every word must be in its text or its theme, whatever the accents. */
export function passes(filter: CalendarFilter, each: Filtered): boolean {
  if (filter.tiers.length > 0 && (each.tier === null || !filter.tiers.includes(each.tier))) return false;
  if (filter.states.length > 0 && !filter.states.includes(each.state)) return false;
  if (filter.theme !== '' && each.theme !== filter.theme) return false;
  const wanted = folded(filter.words.trim()).split(/\s+/).filter((word) => word !== '');
  if (wanted.length === 0) return true;
  const has = folded(`${each.text} ${each.theme}`);
  return wanted.every((word) => has.includes(word));
}

/** The themes of a template by weekday and time: a post has the theme of the slot it stands in. */
export function themesOf(template: Pick<WeekTemplate, 'days'> | null): ReadonlyMap<string, string> {
  return new Map((template?.days ?? []).flatMap((slots, i) => slots.map((slot) => [`${i + 1} ${slot.time}`, slot.theme] as const)));
}
export const themeAt = (themes: ReadonlyMap<string, string>, wall: string | null): string => (wall === null ? '' : (themes.get(`${weekdayOf(dayNumber(wall.slice(0, 10)))} ${wall.slice(11)}`) ?? ''));
export const filteredOf = (publication: Publication, themes: ReadonlyMap<string, string>): Filtered => ({ tier: tierOf(publication), state: publication.state, theme: themeAt(themes, publication.wall), text: publication.text });

interface FilterState {
  filter: CalendarFilter;
  themes: ReadonlyMap<string, string>;
}
/** The filter of the calendar on show: each chip asks it for itself, so that typing draws only what changes. */
export const useCalendarFilter = create<FilterState>(() => ({ filter: NO_FILTER, themes: new Map() }));
/** Is a publication filtered out? It dims, and never vanishes. */
export const useDim = (publication: Publication): boolean => useCalendarFilter(({ filter, themes }) => isOn(filter) && !passes(filter, filteredOf(publication, themes)));
/** The same of an empty slot, or of a post that went out elsewhere. */
export const useDimOther = (each: Filtered): boolean => useCalendarFilter(({ filter }) => isOn(filter) && !passes(filter, each));
