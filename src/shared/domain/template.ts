import { z } from 'zod';
import { chairman, type PeriodKind, weekdayOf, dayNumber, type WeekSlots } from './ratio/index.ts';
import { DEFAULT_POLICY, type Lang, type TierKey } from './types.ts';

const MOST_SLOTS_A_DAY = 200;

/** One slot of a day template (DOMAIN §3). */
export const slotSchema = z.object({
  /** Local time of the account's zone. */
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** The brand's editorial class, in its own words. */
  theme: z.string().trim().max(60),
  tier: z.string().min(1).max(40),
}).strict();
export type TemplateSlot = z.infer<typeof slotSchema>;

const daySchema = z.array(slotSchema).max(MOST_SLOTS_A_DAY)
  .refine((slots) => new Set(slots.map((slot) => slot.time)).size === slots.length, { error: 'two slots of a day share a time' })
  .transform((slots) => [...slots].sort((a, b) => (a.time < b.time ? -1 : 1)));
/** Seven days, Monday first, each in order of time. */
export const weekSlotsSchema = z.array(daySchema).length(7);

/** An account's week, and the period its totals are counted by: chosen when it is saved (RATIO 10). */
export const weekTemplateSchema = z.object({ period: z.enum(['week', 'month']), days: weekSlotsSchema });
export type WeekTemplate = z.infer<typeof weekTemplateSchema>;

/** Slots of a calendar day `YYYY-MM-DD`. */
export const slotsOn = (template: { days: readonly (readonly TemplateSlot[])[] } | null, day: string): readonly TemplateSlot[] => template?.days[weekdayOf(dayNumber(day)) - 1] ?? [];

/** The template as `buildIndex` wants it: period, and the times of a day. */
export function templateRule(template: { period: PeriodKind; days: WeekSlots } | null): { period: PeriodKind; templateOf?: (day: string) => readonly string[] } {
  if (!template) return { period: 'week' };
  const times = template.days.map((day) => day.map((slot) => slot.time));
  return { period: template.period, templateOf: (day) => times[weekdayOf(dayNumber(day)) - 1] ?? [] };
}

/** The preset's editorial classes. */
export type Theme = 'research' | 'articles' | 'premium' | 'news' | 'house';
const THEMES: Record<Theme, Record<Lang, string>> = {
  research: { es: 'Reseñas de investigación', en: 'Research reviews' },
  articles: { es: 'Artículos de la semana', en: 'Articles of the week' },
  premium: { es: 'Enlaces prémium', en: 'Premium links' },
  news: { es: 'Noticias y opiniones', en: 'News and opinions' },
  house: { es: 'Productos, actos y servicios', en: 'Products, events and services' },
};
/** A class of the preset as the interface calls it. */
export const themeName = (theme: Theme, lang: Lang): string => THEMES[theme][lang];
/** Themes of each tier in the order they come round: 10 + 10 + 10 free; 10 links and 2 of the house premium; 3 of the house now. */
const ROUNDS: Record<TierKey, readonly Theme[]> = {
  free: ['research', 'articles', 'news'],
  premium: ['premium', 'premium', 'house', 'premium', 'premium', 'premium'],
  status: ['house'],
};
const PRESET_SLOTS = 45;
const FIRST_MINUTE = 8 * 60;
const STEP_MINUTES = 15;

/** The preset of 45 a day under 10:4:1, 30:12:3, in Tijdeman's order, every 15 min from 08:00 to 19:00 (DOMAIN §3). Its tiers are `free`, `premium` and `status`. */
export function presetDay(lang: Lang): TemplateSlot[] {
  const given: Record<TierKey, number> = {};
  return chairman(DEFAULT_POLICY, PRESET_SLOTS).map((tier, i) => {
    const round = ROUNDS[tier] ?? ['news'];
    const turn = given[tier] ?? 0;
    given[tier] = turn + 1;
    const minutes = FIRST_MINUTE + i * STEP_MINUTES;
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    return { time, theme: THEMES[round[turn % round.length] ?? 'news'][lang], tier };
  });
}
/** The preset for every day of the week. */
export const presetWeek = (lang: Lang): TemplateSlot[][] => Array.from({ length: 7 }, () => presetDay(lang));
