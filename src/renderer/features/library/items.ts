import type { LibraryItem } from '../../../shared/contract/library.ts';
import { freshnessOf, isNews, performanceOf, restOf as restScore } from '../../../shared/domain/library/score.ts';
import { dayNumber } from '../../../shared/domain/ratio/index.ts';
import { addDays, dayOf } from '../../../shared/domain/time.ts';

const DAY_MS = 86_400_000;
/** Days ahead that "expire soon" looks. */
const SOON_DAYS = 7;

export const ITEM_VIEWS = ['all', 'never', 'rested', 'expiring', 'expired', 'broken'] as const;
export type ItemView = (typeof ITEM_VIEWS)[number];
/** What an item is or is not, of which several can be asked for at once. */
export const TRAITS = ['evergreen', 'picture', 'unplanned', 'never', 'rested', 'figures'] as const;
export type Trait = (typeof TRAITS)[number];
/** What of a library is shown; null where a part of it does not narrow. */
export interface Narrow {
  view: ItemView;
  theme: string | null;
  tier: string | null;
  /** As `sourceOf` names it. */
  source: string | null;
  /** All of these; none asks for nothing. */
  traits: readonly Trait[];
  /** Published in the last so many days; expires in the next so many, today counted. */
  published: number | null;
  expires: number | null;
}
export const EVERYTHING: Narrow = { view: 'all', theme: null, tier: null, source: null, traits: [], published: null, expires: null };
/** Spans of days that a filter offers. */
export const SPANS = [7, 30, 90] as const;
export const isWhole = (narrow: Narrow): boolean => narrow.view === 'all' && narrow.theme === null && narrow.tier === null && narrow.source === null && narrow.traits.length === 0 && narrow.published === null && narrow.expires === null;
export const toggledTrait = (narrow: Narrow, trait: Trait): Narrow => ({ ...narrow, traits: narrow.traits.includes(trait) ? narrow.traits.filter((each) => each !== trait) : [...narrow.traits, trait] });

export const SORTS = ['due', 'tier', 'title', 'theme', 'published', 'expires', 'shares', 'last', 'views', 'interactions', 'clicks', 'z7'] as const;
export type SortBy = (typeof SORTS)[number];
export interface Order {
  by: SortBy;
  /** Largest, newest or last first. */
  down: boolean;
}
export const MOST_DUE: Order = { by: 'due', down: true };
/** Words from A, figures from the largest: as each column is mostly wanted. */
export const firstOrder = (by: SortBy): Order => ({ by, down: !(by === 'title' || by === 'theme' || by === 'tier' || by === 'expires') });

/** Letters without accents and case, as a reader searches. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
export const wordsOf = (search: string): string[] => plain(search).split(/\s+/).filter((word) => word !== '');
const searched = new WeakMap<LibraryItem, string>();
/** Are all the words in its title, address, theme, texts or notes? */
export function matches(item: LibraryItem, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  let text = searched.get(item);
  if (text === undefined) searched.set(item, (text = plain([item.title, item.url ?? '', item.theme, item.summary, item.notes, ...item.variants.map((each) => each.text)].join('\n'))));
  return words.every((word) => text.includes(word));
}
/** Items of one file belong together, and so do those written by hand. */
export const sourceOf = (item: LibraryItem): string => `${item.source.kind}:${item.source.name}`;

/** Whole days since it last went out; null where it never did. */
export const restOf = (item: LibraryItem, now: number): number | null => (item.lastSharedAt === null ? null : Math.max(0, Math.floor((now - item.lastSharedAt) / DAY_MS)));
export const isExpired = (item: LibraryItem, today: string): boolean => item.expiresOn !== null && item.expiresOn < today;
/** May go out again: never shared, or evergreen and rested for its days. */
export function isRested(item: LibraryItem, now: number): boolean {
  const rest = restOf(item, now);
  return rest === null || (item.evergreen && rest >= item.restDays);
}
const inView: Readonly<Record<ItemView, (item: LibraryItem, now: number, today: string) => boolean>> = {
  all: () => true,
  never: (item) => item.shares === 0,
  rested: (item, now, today) => item.shares > 0 && isRested(item, now) && !isExpired(item, today),
  expiring: (item, _now, today) => item.expiresOn !== null && item.expiresOn >= today && item.expiresOn < addDays(today, SOON_DAYS),
  expired: (item, _now, today) => isExpired(item, today),
  broken: (item) => item.link?.status === 'broken',
};
const has: Readonly<Record<Trait, (item: LibraryItem, now: number, today: string) => boolean>> = {
  evergreen: (item) => item.evergreen,
  picture: (item) => item.media.length > 0,
  unplanned: (item) => item.nextDueAt === null,
  never: inView.never,
  rested: inView.rested,
  figures: (item) => item.views !== null || item.interactions !== null,
};

export interface Facets {
  views: Readonly<Record<ItemView, number>>;
  themes: ReadonlyMap<string, number>;
  tiers: ReadonlyMap<string, number>;
  sources: ReadonlyMap<string, number>;
}
/** What is shown, and behind every choice how many it would show beside the other choices that stand. */
export function narrowed(items: readonly LibraryItem[], narrow: Narrow, words: readonly string[], now: number, zone: string): { shown: LibraryItem[]; facets: Facets } {
  const today = dayOf(now, zone);
  const views = { all: 0, never: 0, rested: 0, expiring: 0, expired: 0, broken: 0 };
  const themes = new Map<string, number>();
  const tiers = new Map<string, number>();
  const sources = new Map<string, number>();
  const count = (map: Map<string, number>, key: string, yes: boolean): void => void map.set(key, (map.get(key) ?? 0) + Number(yes));
  const shown: LibraryItem[] = [];
  const since = narrow.published === null ? null : addDays(today, 1 - narrow.published);
  const until = narrow.expires === null ? null : addDays(today, narrow.expires);
  const published = ({ publishedOn }: LibraryItem): boolean => since === null || (publishedOn !== null && publishedOn >= since && publishedOn <= today);
  const expires = ({ expiresOn }: LibraryItem): boolean => until === null || (expiresOn !== null && expiresOn >= today && expiresOn < until);
  for (const item of items) {
    const source = sourceOf(item);
    const other = narrow.traits.every((trait) => has[trait](item, now, today)) && published(item) && expires(item) && matches(item, words);
    const view = inView[narrow.view](item, now, today);
    const theme = narrow.theme === null || item.theme === narrow.theme;
    const tier = narrow.tier === null || item.tier === narrow.tier;
    const from = narrow.source === null || source === narrow.source;
    if (other && theme && tier && from) for (const each of ITEM_VIEWS) if (inView[each](item, now, today)) views[each] += 1;
    count(themes, item.theme, other && view && tier && from);
    count(tiers, item.tier, other && view && theme && from);
    count(sources, source, other && view && theme && tier);
    if (other && view && theme && tier && from) shown.push(item);
  }
  return { shown, facets: { views, themes, tiers, sources } };
}

/**
 * How much an item's turn it is, in the hundredths in which Fill adds: freshness, how it did lately and its rest. What is about to
 * expire comes sooner; what is planned, still resting or expired after all the others.
 */
function dueOf(item: LibraryItem, now: number, today: string): number {
  const age = item.publishedOn === null ? null : dayNumber(today) - dayNumber(item.publishedOn);
  const soon = inView.expiring(item, now, today) ? 100 : 0;
  const later = (isExpired(item, today) ? 30_000 : 0) + (isRested(item, now) ? 0 : 20_000) + (item.nextDueAt === null ? 0 : 10_000);
  return freshnessOf(age, isNews(item.theme)) + performanceOf(item.z7) + restScore(restOf(item, now)) + soon - later;
}

/** The items in an order; what has no value for it comes last, either way, and equals as they were. */
export function sorted(items: readonly LibraryItem[], { by, down }: Order, tiers: readonly string[], now: number, zone: string, lang: string): LibraryItem[] {
  const today = dayOf(now, zone);
  const values: Readonly<Record<SortBy, (item: LibraryItem) => number | string | null>> = {
    due: (item) => dueOf(item, now, today),
    tier: (item) => tiers.indexOf(item.tier),
    title: (item) => item.title,
    theme: (item) => (item.theme === '' ? null : item.theme),
    published: (item) => item.publishedOn,
    expires: (item) => item.expiresOn,
    shares: (item) => item.shares,
    last: (item) => item.lastSharedAt,
    views: (item) => item.views,
    interactions: (item) => item.interactions,
    clicks: (item) => item.clicks,
    z7: (item) => item.z7,
  };
  const { compare } = new Intl.Collator(lang, { numeric: true, sensitivity: 'base' });
  const keyed = items.map((item) => ({ item, value: values[by](item) }));
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    const order = typeof a.value === 'string' && typeof b.value === 'string' ? compare(a.value, b.value) : Number(a.value) - Number(b.value);
    return down ? -order : order;
  });
  return keyed.map((each) => each.item);
}
