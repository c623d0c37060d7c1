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
