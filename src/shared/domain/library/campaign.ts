import { plainWord } from '../bulk.ts';
import { dayNumber } from '../ratio/index.ts';

/** A theme, or words of a title, that count for more on some days, such as a tax season (DOMAIN §3). */
export interface Campaign {
  id: string;
  name: string;
  /** A theme or a label: items of this theme are in it, compared as `plainWord` writes it, and items whose title has these words. */
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

/**
 * What the campaigns of a day do to an item: of several that it is in the heaviest counts; one of none is told the day's heaviest, which
 * it is outside of. `score` in hundredths, 0 outside.
 */
export interface InCampaign {
  name: string;
  inside: boolean;
  score: number;
}

/** What being in a campaign adds, in hundredths: what its weight is over 1. */
export const campaignScore = (weight: number): number => Math.round((weight - 1) * 100);
/** Does it run on a day `YYYY-MM-DD`? */
const runsOn = (campaign: Campaign, day: string): boolean => campaign.from <= day && day <= campaign.to;
/** Heaviest first; of equal weight the one whose id comes first. */
const byWeight = (a: Campaign, b: Campaign): number => b.weight - a.weight || (a.id < b.id ? -1 : 1);
/** The words of a text, each between spaces. */
const spaced = (text: string): string => ` ${plainWord(text).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '').join(' ')} `;

/** The campaigns of some items, to be asked by item and day: themes and titles are compared once. */
export function campaignsOf(campaigns: readonly Campaign[]): (item: { theme: string; title: string }) => (day: string) => InCampaign | null {
  const all = campaigns.toSorted(byWeight).map((campaign) => ({ campaign, theme: plainWord(campaign.theme), words: spaced(campaign.theme) }));
  return (item) => {
    const [theme, title] = [plainWord(item.theme), spaced(item.title)];
    const own = all.filter((each) => each.theme === theme || (each.words.trim() !== '' && title.includes(each.words)));
    return (day) => {
      const inside = own.find(({ campaign }) => runsOn(campaign, day));
      if (inside) return { name: inside.campaign.name, inside: true, score: campaignScore(inside.campaign.weight) };
      const other = all.find(({ campaign }) => runsOn(campaign, day));
      return other ? { name: other.campaign.name, inside: false, score: 0 } : null;
    };
  };
}
