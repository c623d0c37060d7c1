import { plainWord } from '../bulk.ts';

/** Why an item was chosen, in hundredths: whole numbers, so that the terms shown add up to the total shown. */
export interface Terms {
  freshness: number;
  performance: number;
  rest: number;
  campaign: number;
  similarity: number;
}

/** Freshness of what is published today. */
const FRESH = 200;
/** Days in which freshness halves. */
const NEWS_HALF_LIFE = 3;
const HALF_LIFE = 14;
/** A share that stands out further than this counts no more. */
const FARTHEST_Z = 2;
/** Rest of what was never shared; half of it after this many days. */
const RESTED = 100;
const HALF_RESTED = 30;
const ALIKE = -150;

const NEWS = /notici|actualidad|opinion|news|headline/;
/** Is a theme one of news, which are old after days? Known by its name in either language: news, opinions, current affairs. */
export const isNews = (theme: string): boolean => NEWS.test(plainWord(theme));

/**
 * Freshness by the item's own theme: published that day it is 2, and halves every 3 days for a theme of news (`isNews`), every 14 for
 * any other; 0 where it is not known when it was published. `ageDays` from the published day to the slot's.
 */
export function freshnessOf(ageDays: number | null, news: boolean): number {
  return ageDays === null ? 0 : Math.round(FRESH * 0.5 ** (Math.max(0, ageDays) / (news ? NEWS_HALF_LIFE : HALF_LIFE)));
}
/** The z-score of its shares of the last 7 days, held between -2 and 2; 0 without figures. */
export const performanceOf = (z7: number | null): number => Math.round(100 * Math.max(-FARTHEST_Z, Math.min(FARTHEST_Z, z7 ?? 0))) || 0;
/** Rest grows with the days since the last share and never passes 1: half after 30 days, 1 where it was never shared. */
export const restOf = (days: number | null): number => (days === null ? RESTED : Math.round((RESTED * days) / (days + HALF_RESTED)));
/** What is like a neighbour loses 1.5 times as much as it is alike, 0 to 1. */
export const similarityOf = (alike: number): number => Math.round(ALIKE * alike) || 0;

/** The terms as they are told, and their sum. */
export function told(terms: Terms): Terms & { total: number } {
  const { freshness, performance, rest, campaign, similarity } = terms;
  return { total: (freshness + performance + rest + campaign + similarity) / 100, freshness: freshness / 100, performance: performance / 100, rest: rest / 100, campaign: campaign / 100, similarity: similarity / 100 };
}
