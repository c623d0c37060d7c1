const DAY_MS = 86_400_000;
/** Ages, in days of 24 hours, at which the public figures of an own post are read (DOMAIN §8). */
export const METRIC_DAYS = [1, 3, 7] as const;
export type MetricDay = (typeof METRIC_DAYS)[number];
/** After so many days it is too late for the last of them. */
const LAST_DAY = 14;

/** Why figures were not read, or not yet: `off` the user turned it off, `cap` the month's money, `gone` the post is not there any more, `silent` the network said nothing of it, `late` its time passed. */
export const METRIC_REASONS = ['off', 'cap', 'offline', 'keys', 'limit', 'failed', 'gone', 'silent', 'late'] as const;
export type MetricReason = (typeof METRIC_REASONS)[number];

/** When a post sent at `sentAt` is as old as that, epoch ms. */
export const metricDueAt = (sentAt: number, day: MetricDay): number => sentAt + day * DAY_MS;
/** Until when that age may be read late: the next one takes its place. Epoch ms. */
export function metricEndsAt(sentAt: number, day: MetricDay): number {
  return sentAt + (METRIC_DAYS.find((each) => each > day) ?? LAST_DAY) * DAY_MS;
}
/** The age that is to be read now: the newest that was reached, never one that another has taken the place of; null where there is none. */
export function metricDay(sentAt: number, now: number): MetricDay | null {
  return METRIC_DAYS.find((day) => metricDueAt(sentAt, day) <= now && now < metricEndsAt(sentAt, day)) ?? null;
}
/** Nothing sent before is read any more, epoch ms; nothing sent after is read yet. */
export const metricSpan = (now: number): { from: number; to: number } => ({ from: now - LAST_DAY * DAY_MS, to: now - METRIC_DAYS[0] * DAY_MS });

/** How many readings of a post fall between two moments, the first included; one whose time came before and that may be read still counts too. */
export function metricReads(sentAt: number, from: number, to: number): MetricDay[] {
  return METRIC_DAYS.filter((day) => metricDueAt(sentAt, day) < to && metricEndsAt(sentAt, day) > from);
}
