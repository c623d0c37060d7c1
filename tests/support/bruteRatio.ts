import { addDays, dayOf, dayRange, wallToInstant } from '../../src/shared/domain/time.ts';
import { COUNTING_STATES, type RatioPolicy, SENT_STATES, type Unit } from '../../src/shared/domain/types.ts';

/** The rule worked out the slow and plain way, straight from its sentences: every run, every day. Shares no code with the checker. */
export interface BrutePlan {
  policy: RatioPolicy;
  zone: string;
  now: number;
  units: readonly Unit[];
  period?: 'week' | 'month' | undefined;
  templateOf?: ((day: string) => readonly string[]) | undefined;
}
interface Item {
  time: number;
  key: string;
  tier: string;
  day: string;
  sent: boolean;
  excepted: boolean;
}
export interface Excess {
  /** By place and tier. */
  spread: Map<string, { excess: number; open: boolean }>;
  /** By day and tier; days that are not over. */
  totals: Map<string, number>;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
export function weigh(policy: RatioPolicy): { weight: Map<string, number>; total: number } {
  const divisor = policy.tiers.map((tier) => tier.weight).reduce((a, b) => gcd(a, b));
  const weight = new Map(policy.tiers.map((tier) => [tier.key, tier.weight / divisor]));
  return { weight, total: [...weight.values()].reduce((a, b) => a + b) };
}

/** The calendar is slow and asked the same all the time. */
const kept = <T>(work: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text) ?? work(text);
    known.set(text, found);
    return found;
  };
};
const instant = kept((wallAndZone) => wallToInstant(wallAndZone.slice(0, 16), wallAndZone.slice(17)));
const span = kept((dayAndZone) => dayRange(dayAndZone.slice(0, 10), dayAndZone.slice(11)));

export function itemsOf(plan: BrutePlan, days: readonly string[]): Item[] {
  const known = new Set(plan.policy.tiers.map((tier) => tier.key));
  const items: Item[] = plan.units.filter((unit) => COUNTING_STATES.has(unit.state)).map((unit) => ({
    time: unit.sentAt ?? unit.dueAt, key: unit.order ?? unit.id, tier: known.has(unit.tier) ? unit.tier : plan.policy.base, day: dayOf(unit.dueAt, plan.zone),
    sent: unit.sentAt !== undefined || SENT_STATES.has(unit.state), excepted: unit.overridden === true,
  }));
  const taken = new Set(items.map((item) => item.time));
  for (const day of days) {
    if (!plan.templateOf || span(`${day} ${plan.zone}`).start <= plan.now) continue;
    for (const time of new Set(plan.templateOf(day).map((each) => instant(`${day}T${each} ${plan.zone}`)))) {
      if (!taken.has(time)) items.push({ time, key: '', tier: plan.policy.base, day, sent: false, excepted: false });
    }
  }
  return items.sort((a, b) => a.time - b.time || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function periodStartOf(day: string, kind: 'week' | 'month'): string {
  const since = Math.round((Date.parse(day) - Date.parse('1970-01-05')) / 86_400_000);
  const length = kind === 'week' ? 7 : 28;
  return addDays(day, -(((since % length) + length) % length));
}

/** `days`: every day that the plans compared may touch. */
export function excessOf(plan: BrutePlan, days: readonly string[]): Excess {
  const { weight, total } = weigh(plan.policy);
  const items = itemsOf(plan, days);
  const spread = new Map<string, { excess: number; open: boolean }>();
  items.forEach((item, i) => {
    if (item.tier === plan.policy.base || item.excepted) return;
    const run = items.slice(Math.max(0, i - total + 1), i + 1);
    const count = run.filter((each) => each.tier === item.tier).length;
    spread.set(`${item.time} ${item.key} ${item.tier}`, { excess: count - (weight.get(item.tier) ?? 0) - 1, open: run.some((each) => !each.sent) });
  });
  const totals = new Map<string, number>();
  for (const day of days) {
    if (span(`${day} ${plan.zone}`).end <= plan.now) continue;
    const start = periodStartOf(day, plan.period ?? 'week');
    const sofar = items.filter((item) => item.day >= start && item.day <= day);
    if (sofar.length === 0) continue;
    for (const [tier, w] of weight) {
      if (tier !== plan.policy.base) totals.set(`${day} ${tier}`, sofar.filter((item) => item.tier === tier).length - Math.ceil((sofar.length * w) / total));
    }
  }
  return { spread, totals };
}

/** What rises above max(0, before), by place (RATIO 3), in a run that holds or held something unsent. */
export function rises(before: Excess, after: Excess): string[] {
  const found: string[] = [];
  for (const [place, { excess, open }] of after.spread) {
    const was = before.spread.get(place);
    if ((open || was?.open) && excess > Math.max(0, was?.excess ?? 0)) found.push(`spread ${place}: ${was?.excess ?? 0} -> ${excess}`);
  }
  for (const [day, excess] of after.totals) {
    const was = before.totals.get(day) ?? 0;
    if (excess > Math.max(0, was)) found.push(`totals ${day}: ${was} -> ${excess}`);
  }
  return found;
}
/** Excess above 0 that is still open. */
export function over(excess: Excess): string[] {
  return [...[...excess.spread].filter(([, each]) => each.open && each.excess > 0).map(([place]) => `spread ${place}`), ...[...excess.totals].filter(([, each]) => each > 0).map(([day]) => `totals ${day}`)];
}
