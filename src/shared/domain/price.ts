import { linksOf } from './text.ts';

/** X's pay-per-use prices, USD, as published on the date (X documentation, pricing; DOMAIN §4). The one place to edit them. */
export const PRICES = {
  asOf: '2026-08-13',
  publish: 0.015,
  publishWithLink: 0.2,
  publishSummonedReply: 0.01,
  mediaAlt: 0.005,
  repost: 0.015,
  /** Deleting a post, taking back a repost. */
  manage: 0.005,
  readPost: 0.005,
  readOwned: 0.001,
  readUser: 0.01,
} as const;

/** Most posts of a source's first read: X bills each; practice begins with a day that is worth looking at. */
export const FIRST_READ_POSTS = { x: 20, practice: 60 } as const;
/** Columns that a new account begins with, and that are read at once. */
export const FIRST_COLUMNS = ['home', 'mentions', 'own'] as const;

/** X's endpoint that a source is read by, as the ledger names it. */
export const READ_ENDPOINTS = { home: 'users/:id/timelines/reverse_chronological', mentions: 'users/:id/mentions', own: 'users/:id/tweets', search: 'tweets/search/recent' } as const;

/** The endpoint that posts are read by their ids at, as the ledger names it. */
export const LOOKUP_ENDPOINT = 'tweets';

/** What reading a post of a source costs, USD: owned reads hold only where the user owns the app, which the API does not say: hence the range. */
export function readUsd(kind: string): { low: number; high: number } {
  return { low: kind === 'mentions' || kind === 'own' ? PRICES.readOwned : PRICES.readPost, high: PRICES.readPost };
}
/** What a source's first read costs, USD: at most every author is read with a post; what is quoted or reposted comes on top. */
export function firstReadUsd(kind: string, network: keyof typeof FIRST_READ_POSTS): { low: number; high: number } {
  const { low, high } = readUsd(kind);
  return { low: FIRST_READ_POSTS[network] * low, high: FIRST_READ_POSTS[network] * (high + PRICES.readUser) };
}
/** What connecting an account costs, USD: who it is, and the first read of its first columns. */
export function connectUsd(): { low: number; high: number } {
  const sum = (of: 'low' | 'high'): number => FIRST_COLUMNS.reduce((total, kind) => total + firstReadUsd(kind, 'x')[of], 0);
  return { low: PRICES.readOwned + sum('low'), high: PRICES.readUser + sum('high') };
}

export interface Priced {
  kind: 'post' | 'reply' | 'repost';
  text: string;
  parts: readonly { text: string; media?: readonly { alt: string }[] }[];
  media?: readonly { alt: string }[];
  via: 'api' | 'handoff';
}
/** What a whole publication costs, USD: every part is billed, and every picture's description; by hand nothing is (DOMAIN §4). */
export function publicationUsd(publication: Priced): number {
  if (publication.via === 'handoff') return 0;
  if (publication.kind === 'repost') return PRICES.repost;
  const all = [publication, ...publication.parts];
  const texts = all.reduce((sum, part, i) => sum + publishUsd(part.text, { summonedReply: publication.kind === 'reply' && i === 0 }), 0);
  const alts = all.reduce((sum, part) => sum + (part.media ?? []).filter((each) => each.alt.trim() !== '').length, 0);
  return texts + alts * PRICES.mediaAlt;
}

/** What sending this text costs, USD: anything that looks like a link makes it a link post. */
export function publishUsd(text: string, options: { summonedReply?: boolean } = {}): number {
  if (options.summonedReply) return PRICES.publishSummonedReply;
  return linksOf(text).length > 0 ? PRICES.publishWithLink : PRICES.publish;
}
