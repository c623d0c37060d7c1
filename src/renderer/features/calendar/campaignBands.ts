import type { CampaignData } from '../../../shared/contract/planning.ts';

/** A campaign through one day of the month. */
export interface Band {
  campaign: CampaignData;
  /** Its ends, and the days that say its name: its first and each week's first. */
  first: boolean;
  last: boolean;
  named: boolean;
}
/** Bands that find room at the foot of a day; the settings tell all. */
const MOST_BANDS = 2;
const WEEK = 7;

/** The campaigns of a month's days, by day; each keeps its line from its first day to its last, null where a line is free. `days` begin with a week's first. */
export function bandsOf(campaigns: readonly CampaignData[], days: readonly string[]): ReadonlyMap<string, readonly (Band | null)[]> {
  const [start, end] = [days[0] ?? '', days.at(-1) ?? ''];
  const until: string[] = [];
  const found = new Map<string, (Band | null)[]>();
  for (const campaign of campaigns.filter((each) => each.from <= end && each.to >= start).sort((a, b) => (a.from === b.from ? b.weight - a.weight : a.from < b.from ? -1 : 1))) {
    const free = until.findIndex((last) => last < campaign.from);
    const line = free < 0 ? until.length : free;
    if (line >= MOST_BANDS) continue;
    until[line] = campaign.to;
    for (const [i, day] of days.entries()) {
      if (day < campaign.from || day > campaign.to) continue;
      const lines = found.get(day) ?? [];
      while (lines.length < line) lines.push(null);
      lines[line] = { campaign, first: day === campaign.from, last: day === campaign.to, named: day === campaign.from || i % WEEK === 0 };
      found.set(day, lines);
    }
  }
  return found;
}
