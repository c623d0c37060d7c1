import { plainWord } from '../bulk.ts';
import { dayNumber } from '../ratio/index.ts';
import { type Campaign, campaignsOf, type InCampaign } from './campaign.ts';
import { freshnessOf, isNews, performanceOf, restOf, similarityOf, told } from './score.ts';
import { gramsOf, likeness, type Trigrams } from './likeness.ts';

/** An item as filling sees it. */
export interface FillItem {
  id: string;
  title: string;
  theme: string;
  tier: string;
  /** Days `YYYY-MM-DD`; shared on none before the first nor after the last. */
  publishedOn: string | null;
  expiresOn: string | null;
  evergreen: boolean;
  restDays: number;
  /** Its texts, the one shared longest ago first; at least one. Each further share takes the next. */
  texts: readonly string[];
  z7: number | null;
  /** Numbers of the days on which it was shared or is planned, in order. */
  days: readonly number[];
}
/** A slot that is to be filled; `pick` settles it by hand: with an item, or null to leave it free. */
export interface FillSlot {
  wall: string;
  theme: string;
  tier: string;
  pick?: string | null | undefined;
}
export interface FillInput {
  slots: readonly FillSlot[];
  items: readonly FillItem[];
  /** Posts that stand on those days already. */
  around: readonly { wall: string; text: string }[];
  seed: number;
  campaigns?: readonly Campaign[] | undefined;
  /** Items that stand only where they are put by hand. */
  left?: ReadonlySet<string>;
  /** Can this item go out with this text? Asked of the few that would be chosen. */
  fits: (item: FillItem, text: string) => boolean;
}
export interface FillRow {
  wall: string;
  item: FillItem;
  /** Which of its texts. */
  text: number;
  score: ReturnType<typeof told>;
  ageDays: number | null;
  restDays: number | null;
  /** Of the campaigns of that day; null where none runs. */
  campaign: InCampaign | null;
  like: { wall: string; percent: number } | null;
  rivals: { id: string; title: string; total: number }[];
}
export interface FillResult {
  rows: FillRow[];
  unfilled: { slot: FillSlot; code: 'no_item' | 'used' | 'placed' | 'resting' | 'similar' | 'unfit' | 'by_hand'; params: Record<string, number> }[];
}

/** Neighbours: places of the day this far before and after. */
const NEAR = 4;
/** What is this much like a neighbour does not stand beside it. */
const TOO_ALIKE = 0.6;
/** Totals this close are equals, in hundredths: the seed chooses. */
const EQUALS = 10;
const RIVALS = 3;
/** Of those that lead without their likeness, so many are compared with the neighbours. */
const COMPARED = 24;

const dayOfWall = (wall: string): number => dayNumber(wall.slice(0, 10));
/** FNV-1a, for choosing among equals: the same everywhere. */
function hash(text: string, seed: number): number {
  let mixed = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i += 1) mixed = Math.imul(mixed ^ text.charCodeAt(i), 0x01000193);
  return mixed;
}
function mix(a: number, b: number): number {
  const mixed = Math.imul(a ^ (b >>> 15) ^ b, 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

interface Known {
  item: FillItem;
  campaign: (day: string) => InCampaign | null;
  news: boolean;
  from: number | null;
  until: number | null;
  /** Days on which it is shared, what this filling adds included. */
  days: number[];
  uses: number;
  grams: (Trigrams | null)[];
  /** Its texts that may go out, by their number; looked for once. */
  fitting: number[] | null;
  performance: number;
  mark: number;
}
interface Candidate {
  known: Known;
  base: number;
  order: number;
  ageDays: number | null;
  restDays: number | null;
  campaign: InCampaign | null;
  alike: number;
  like: string | null;
  total: number;
  /** The number of the text it would go out with. */
  text: number;
}

/** At least a day: one item twice on one day is what X calls spam. */
const restNeeded = (item: FillItem): number => Math.max(1, item.restDays);
/** Days until it has rested on both sides; 0 when it has. */
function restingFor(known: Known, day: number): number {
  const needed = restNeeded(known.item);
  let free = day;
  for (const each of known.days) if (Math.abs(free - each) < needed) free = each + needed;
  return free - day;
}

/**
 * Fills slots with items (DOMAIN §3, Fill). Theme and tier are hard, but for a slot without a theme, which takes any; an item goes out
 * while it is published and not expired, rested for its days before and after, and only once unless it is evergreen. Slots settled by
 * hand stand first; the others take, in order of time, the best total of freshness, performance, rest, the day's campaigns and likeness to what
 * stands within four places of the day. Nothing of chance: the same input and seed give the same answer, and the seed chooses only among totals within a tenth.
 */
export function fillSlots(input: FillInput): FillResult {
  const ofCampaigns = campaignsOf(input.campaigns ?? []);
  const all = new Map(input.items.map((item): [string, Known] => [item.id, {
    item, campaign: ofCampaigns(item), news: isNews(item.theme), from: item.publishedOn === null ? null : dayNumber(item.publishedOn), until: item.expiresOn === null ? null : dayNumber(item.expiresOn),
    days: [...item.days], uses: 0, grams: item.texts.map(() => null), fitting: null, performance: performanceOf(item.z7), mark: hash(item.id, input.seed),
  }]));
  const byTier = new Map<string, Known[]>();
  const byTheme = new Map<string, Known[]>();
  const keep = (map: Map<string, Known[]>, key: string, known: Known): void => {
    const list = map.get(key);
    if (list) list.push(known);
    else map.set(key, [known]);
  };
  for (const known of all.values()) {
    if (input.left?.has(known.item.id)) continue;
    keep(byTier, known.item.tier, known);
    keep(byTheme, `${known.item.tier}\n${plainWord(known.item.theme)}`, known);
  }
  const slots = [...input.slots].sort((a, b) => (a.wall < b.wall ? -1 : 1));
  const places = new Map<string, string[]>();
  for (const wall of [...new Set([...slots.map((slot) => slot.wall), ...input.around.map((each) => each.wall)])].sort()) {
    const day = wall.slice(0, 10);
    places.set(day, [...(places.get(day) ?? []), wall]);
  }
  const said = new Map<string, Trigrams[]>();
  const say = (wall: string, grams: Trigrams): void => void said.set(wall, [...(said.get(wall) ?? []), grams]);
  for (const { wall, text } of input.around) say(wall, gramsOf(text));

  /** Its texts in the order in which they are used from now on; none where none of them may go out. */
  const textsOf = (known: Known): number[] => {
    const fitting = (known.fitting ??= known.item.texts.flatMap((text, i) => (input.fits(known.item, text) ? [i] : [])));
    const from = fitting.length === 0 ? 0 : known.uses % fitting.length;
    return [...fitting.slice(from), ...fitting.slice(0, from)];
  };
  const gramsAt = (known: Known, text: number): Trigrams => (known.grams[text] ??= gramsOf(known.item.texts[text] ?? ''));
  const neighbours = (wall: string): { wall: string; grams: Trigrams }[] => {
    const day = places.get(wall.slice(0, 10)) ?? [];
    const at = day.indexOf(wall);
    return day.slice(Math.max(0, at - NEAR), at + NEAR + 1).flatMap((each, i) => (Math.max(0, at - NEAR) + i === at ? [] : (said.get(each) ?? []).map((grams) => ({ wall: each, grams }))));
  };
  const candidate = (known: Known, day: number, on: string, mark: number, except: number | null = null): Candidate => {
    const ageDays = known.from === null ? null : day - known.from;
    const last = known.days.reduce<number | null>((found, each) => (each <= day && each !== except && (found === null || each > found) ? each : found), null);
    const restDays = last === null ? null : day - last;
    const campaign = known.campaign(on);
    return { known, base: freshnessOf(ageDays, known.news) + known.performance + restOf(restDays) + (campaign?.score ?? 0), order: mix(known.mark, mark), ageDays, restDays, campaign, alike: 0, like: null, total: 0, text: 0 };
  };
  const compare = (each: Candidate, text: number, near: readonly { wall: string; grams: Trigrams }[]): Candidate => {
    const grams = gramsAt(each.known, text);
    each.text = text;
    each.alike = 0;
    each.like = null;
    for (const other of near) {
      const alike = likeness(grams, other.grams);
      if (alike > each.alike) {
        each.alike = alike;
        each.like = other.wall;
      }
    }
    each.total = each.base + similarityOf(each.alike);
    return each;
  };
  const row = (slot: FillSlot, chosen: Candidate, text: number, rivals: readonly Candidate[]): FillRow => ({
    wall: slot.wall, item: chosen.known.item, text,
    score: told({ freshness: freshnessOf(chosen.ageDays, chosen.known.news), performance: chosen.known.performance, rest: restOf(chosen.restDays), campaign: chosen.campaign?.score ?? 0, similarity: similarityOf(chosen.alike) }),
    ageDays: chosen.ageDays, restDays: chosen.restDays, campaign: chosen.campaign, like: chosen.like === null ? null : { wall: chosen.like, percent: Math.round(chosen.alike * 100) },
    rivals: rivals.map(({ known, total }) => ({ id: known.item.id, title: known.item.title, total: total / 100 })),
  });
  const take = (slot: FillSlot, known: Known, text: number): number => {
    known.uses += 1;
    known.days.push(dayOfWall(slot.wall));
    known.days.sort((a, b) => a - b);
    say(slot.wall, gramsAt(known, text));
    return text;
  };

  const rows: FillRow[] = [];
  const unfilled: FillResult['unfilled'] = [];
  const byHand = new Map<string, { known: Known; text: number }>();
  for (const slot of slots) {
    const known = slot.pick === undefined || slot.pick === null ? undefined : all.get(slot.pick);
    const [text] = known && known.item.tier === slot.tier ? textsOf(known) : [];
    if (known && text !== undefined) byHand.set(slot.wall, { known, text: take(slot, known, text) });
  }

  /** The best that may stand in a slot, best first, or why there is none. */
  const ranked = (slot: FillSlot, enough: number): { best: Candidate[]; code: FillResult['unfilled'][number]['code']; params: Record<string, number> } => {
    const day = dayOfWall(slot.wall);
    const mark = hash(slot.wall, 0);
    let [used, placed, soonest] = [0, 0, Infinity];
    const able: Candidate[] = [];
    for (const known of (slot.theme.trim() === '' ? byTier.get(slot.tier) : byTheme.get(`${slot.tier}\n${plainWord(slot.theme)}`)) ?? []) {
      if ((known.from !== null && known.from > day) || (known.until !== null && known.until < day)) continue;
      const waits = known.item.evergreen || known.days.length === 0 ? restingFor(known, day) : null;
      if (waits === null && known.uses > 0) placed += 1;
      else if (waits === null) used += 1;
      else if (waits > 0) soonest = Math.min(soonest, waits);
      else able.push(candidate(known, day, slot.wall.slice(0, 10), mark));
    }
    if (able.length === 0) return { best: [], ...(soonest < Infinity ? { code: 'resting', params: { days: soonest } } : { code: placed > 0 ? 'placed' : used > 0 ? 'used' : 'no_item', params: {} }) };
    able.sort((a, b) => b.base - a.base || a.order - b.order);
    const near = neighbours(slot.wall);
    const good: Candidate[] = [];
    let alike = 0;
    for (const [n, each] of able.entries()) {
      // Likeness only takes away: whoever is this far behind without it stays behind.
      if (good.length >= enough && (n >= COMPARED || each.base < Math.min((good[0]?.total ?? 0) - EQUALS, good[enough - 1]?.total ?? 0))) break;
      const texts = textsOf(each.known);
      // Where its next text says what stands beside it, another of its texts may not.
      if (texts.some((text) => compare(each, text, near).alike < TOO_ALIKE)) {
        good.push(each);
        good.sort((a, b) => b.total - a.total || a.order - b.order);
      } else if (texts.length > 0) alike += 1;
    }
    return { best: good, ...(alike > 0 ? { code: 'similar', params: { percent: Math.round(TOO_ALIKE * 100) } } : { code: 'unfit', params: {} }) };
  };

  for (const slot of slots) {
    const hand = byHand.get(slot.wall);
    if (hand) {
      const day = dayOfWall(slot.wall);
      const rivals = ranked(slot, RIVALS).best.slice(0, RIVALS);
      rows.push(row(slot, compare(candidate(hand.known, day, slot.wall.slice(0, 10), 0, day), hand.text, neighbours(slot.wall)), hand.text, rivals));
      continue;
    }
    if (slot.pick === null) {
      unfilled.push({ slot, code: 'by_hand', params: {} });
      continue;
    }
    const { best, code, params } = ranked(slot, RIVALS + 1);
    const equals = best.filter((each) => each.total >= (best[0]?.total ?? 0) - EQUALS);
    const chosen = equals.reduce<Candidate | null>((found, each) => (found === null || each.order < found.order ? each : found), null);
    if (!chosen) unfilled.push({ slot, code, params });
    else rows.push(row(slot, chosen, take(slot, chosen.known, chosen.text), best.filter((each) => each !== chosen).slice(0, RIVALS)));
  }
  return { rows, unfilled };
}
