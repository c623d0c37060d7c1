import type { Publication, ViolationData } from '../../../shared/contract/publications.ts';
import { instantToWall, wallToInstant } from '../../../shared/domain/time.ts';
import type { RatioPolicy } from '../../../shared/domain/types.ts';
import { type Item, minuteOf, soonWall, wallAt } from './grid.ts';
import type { Rule, Wanted } from './usePlan.ts';

/** What dropping at a place would do. */
export type Landing =
  | { kind: 'past'; wall: string; at: number }
  /** Where it already is. */
  | { kind: 'same'; wall: string; at: number }
  | { kind: 'fits'; wall: string; at: number; warning: ViolationData | null }
  /** Both change places. */
  | { kind: 'exchange'; wall: string; at: number; other: Publication }
  /** The other goes to the tray. */
  | { kind: 'take'; wall: string; at: number; other: Publication }
  | { kind: 'refused'; wall: string; at: number; violation: ViolationData };

const QUARTER = 15;
const FIVE = 5;
/** May change places: planned, to come, not excepted, not worth its time only (RATIO 6). */
export function canExchange(publication: Publication, policy: RatioPolicy, now: number): boolean {
  const tied = policy.tiers.find((tier) => tier.key === publication.tier)?.tiedToTime ?? false;
  return publication.state === 'scheduled' && publication.counts && publication.overrideReason === null && !tied && (publication.dueAt ?? 0) > now;
}
/**
 * The wall time that a place on the grid means: the quarter that is now means two minutes from now. So does the one
 * that ended within this minute: whoever lets go there saw it as now.
 */
export function wallOf(day: string, minute: number, now: number, zone: string): string {
  const wall = wallAt(day, minute);
  const today = instantToWall(now, zone);
  const quarter = Math.floor(minute / QUARTER) * QUARTER;
  const isNow = today.slice(0, 10) === day && minuteOf(today) >= quarter && minuteOf(today) <= quarter + QUARTER;
  if (!isNow) return wall;
  const soon = soonWall(now, zone);
  return wall > soon ? wall : soon;
}

/** What dropping a publication on a place would do: it fits, the two change places, or the rule refuses it. */
export function landingAt(subject: Publication, place: { day: string; minute: number; fine?: boolean | undefined; line?: number | undefined }, plan: { rule: Rule | null; policy: RatioPolicy; zone: string; now: number; items: readonly Item[]; lines?: ReadonlyMap<string, number> | undefined }): Landing {
  const { rule, policy, zone, now } = plan;
  const wall = wallOf(place.day, place.minute, now, zone);
  const at = wallToInstant(wall, zone);
  if (at <= now) return { kind: 'past', wall, at };
  const planned = subject.state === 'scheduled' && subject.dueAt !== null;
  if (planned && subject.dueAt === at) return { kind: 'same', wall, at };
  const grain = place.fine ? FIVE : QUARTER;
  const first = Math.floor(place.minute / grain) * grain;
  const others = plan.items.filter((item) => item.minute >= first && item.minute < first + grain && item.publication.id !== subject.id && subject.counts && item.publication.tier === subject.tier && canExchange(item.publication, policy, now)).map((item) => item.publication);
  // Of several in one quarter, the one that is pointed at.
  const other = others.find((each) => plan.lines?.get(each.id) === place.line) ?? others[0];
  const otherWall = other?.dueAt ? instantToWall(other.dueAt, zone) : '';
  if (other?.dueAt && planned && canExchange(subject, policy, now) && !(rule?.enforced && rule.breaks({ kind: 'exchange', a: subject, b: other }))) return { kind: 'exchange', wall: otherWall, at: other.dueAt, other };
  const violation = subject.counts ? (rule?.breaks({ kind: 'at', publication: subject, at }) ?? null) : null;
  if (!violation || !rule?.enforced) return { kind: 'fits', wall, at, warning: violation };
  if (other?.dueAt && !planned && !rule.breaks({ kind: 'take', publication: subject, other })) return { kind: 'take', wall: otherWall, at: other.dueAt, other };
  return { kind: 'refused', wall, at, violation };
}

/** The change of the plan that a landing stands for; null where nothing would change. */
export function wantedOf(subject: Publication, landing: Landing): Wanted | null {
  switch (landing.kind) {
    case 'fits': return { kind: 'at', publication: subject, at: landing.at };
    case 'exchange': return { kind: 'exchange', a: subject, b: landing.other };
    case 'take': return { kind: 'take', publication: subject, other: landing.other };
    case 'past':
    case 'same':
    case 'refused': return null;
    default: return landing satisfies never;
  }
}
