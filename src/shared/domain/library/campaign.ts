import { plainWord } from '../bulk.ts';
import { dayNumber } from '../ratio/index.ts';

/** A theme that counts for more on some days, such as a tax season (DOMAIN §3). */
export interface Campaign {
  id: string;
  name: string;
  /** Items of this theme are in it; compared as `plainWord` writes it. */
  theme: string;
  /** Days `YYYY-MM-DD` of the account's calendar, both included. */
  from: string;
  to: string;
  /** How much more its theme counts, 1.1 to 5. */
  weight: number;
}
export const LIGHTEST = 1.1;
export const HEAVIEST = 5;
/** Days of a campaign at most, both ends counted. */
export const LONGEST_CAMPAIGN = 366;

/** What is wrong with a range of days `YYYY-MM-DD`: its end comes before its start, or it is longer than `LONGEST_CAMPAIGN`. */
export function rangeFault(from: string, to: string): 'order' | 'long' | null {
  if (to < from) return 'order';
  return dayNumber(to) - dayNumber(from) < LONGEST_CAMPAIGN ? null : 'long';
}

/** What a campaign does to an item on a day. `score` in hundredths, 0 for an item that is in none. */
export interface InCampaign {
  name: string;
  inside: boolean;
  score: number;
}

/** What being in a campaign adds, in hundredths: what its weight is over 1. */
export const campaignScore = (weight: number): number => Math.round((weight - 1) * 100);
/** Does it run on a day `YYYY-MM-DD`? */
export const runsOn = (campaign: Campaign, day: string): boolean => campaign.from <= day && day <= campaign.to;

/**
 * The campaigns of a day, asked by an item's theme as `plainWord` writes it. Where several are of that theme the heaviest counts; an
 * item of none is told the day's heaviest, which it is outside of. Null where none runs. Of equal weight the one whose id comes first.
 */
export function campaignsOn(campaigns: readonly Campaign[], day: string): (theme: string) => InCampaign | null {
  const running = campaigns.filter((each) => runsOn(each, day)).sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  const [heaviest] = running;
  if (!heaviest) return () => null;
  const inside = new Map<string, InCampaign>();
  for (const { name, theme, weight } of running) {
    const word = plainWord(theme);
    if (!inside.has(word)) inside.set(word, { name, inside: true, score: campaignScore(weight) });
  }
  const outside: InCampaign = { name: heaviest.name, inside: false, score: 0 };
  return (theme) => inside.get(theme) ?? outside;
}
