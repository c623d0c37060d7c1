import type { RatioPolicy, TierKey, Unit } from '../types.ts';
import { buildIndex } from './build.ts';
import { endOf } from './check.ts';
import { dayName, dayNumber, type PeriodKind } from './days.ts';
import { violations } from './violations.ts';
import { tiersOf } from './weights.ts';

/** A week of slots, Monday first, as the rule sees it. Times `HH:mm`. */
export type WeekSlots = readonly (readonly { time: string; tier: TierKey }[])[];

/** Week or month, from the template's own slots when it is saved and never from units: fewer than 2W slots a week make it four weeks (RATIO 10). */
export function periodFor(policy: RatioPolicy, week: WeekSlots): PeriodKind {
  return week.reduce((sum, day) => sum + day.length, 0) < 2 * tiersOf(policy).total ? 'month' : 'week';
}

/** Where a template breaks the rule when it is filled as it stands, week after week. */
export interface TemplateBreak {
  part: 'totals' | 'spread';
  /** Week of the period, from 1. */
  week: number;
  /** 1 Monday to 7 Sunday. */
  weekday: number;
  /** Slot that ends the run; null for a day's totals. */
  time: string | null;
  tier: TierKey;
  count: number;
  allowed: number;
  over: number;
}
export interface TemplateCheck {
  ok: boolean;
  slots: number;
  /** Slots a week by tier. */
  perWeek: Record<TierKey, number>;
  breaks: TemplateBreak[];
}

const ZONE = 'UTC';
const WEEK_DAYS = 7;
/** A Monday that begins a block of four weeks. */
const START = dayNumber('1970-01-05');

/** Checks a template as its week's sequence repeated, not by its sums (DOMAIN §2): the last period of as many weeks as fill a run of W. */
export function checkTemplate(policy: RatioPolicy, week: WeekSlots, period: PeriodKind = periodFor(policy, week)): TemplateCheck {
  const tiers = tiersOf(policy);
  const slots = week.reduce((sum, day) => sum + day.length, 0);
  const perWeek: Record<TierKey, number> = Object.fromEntries(tiers.keys.map((key) => [key, 0]));
  for (const slot of week.flat()) {
    const key = tiers.keyOf(tiers.numberOf(slot.tier));
    perWeek[key] = (perWeek[key] ?? 0) + 1;
  }
  if (slots === 0) return { ok: true, slots, perWeek, breaks: [] };
  const before = Math.ceil(tiers.total / slots / 4) * 4;
  const shown = period === 'week' ? 1 : 4;
  const units: Unit[] = [];
  for (let n = 0; n < before + shown; n += 1) {
    week.forEach((day, d) => day.forEach((slot, i) => {
      const dueAt = Date.parse(`${dayName(START + n * WEEK_DAYS + d)}T${slot.time}:00Z`);
      units.push({ id: `${n}-${d}-${String(i).padStart(4, '0')}`, dueAt, tier: slot.tier, state: 'scheduled' });
    }));
  }
  const index = buildIndex({ policy: { ...policy, mode: 'enforce' }, zone: ZONE, now: Date.parse('1970-01-01T00:00:00Z'), units, period });
  const first = START + before * WEEK_DAYS;
  const breaks = violations(index).flatMap((each): TemplateBreak[] => {
    const day = index.calendar.numberOf(endOf(index, each));
    if (day < first) return [];
    return [{
      part: each.part, week: Math.floor((day - first) / WEEK_DAYS) + 1, weekday: ((day - first) % WEEK_DAYS) + 1,
      time: each.part === 'spread' ? new Date(each.to).toISOString().slice(11, 16) : null, tier: each.tier, count: each.count, allowed: each.allowed, over: each.over,
    }];
  });
  return { ok: breaks.length === 0, slots, perWeek, breaks };
}
