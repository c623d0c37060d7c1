import { z } from 'zod';
import { folded, hasWords } from './inboxRules.ts';
import { entitiesOf, linksOf } from './text.ts';

export const MOST_BANNED = 100;
export const MOST_HASHTAGS = 30;

/** What every text of an account keeps to (DOMAIN §3, house style). */
export const houseStyleSchema = z.object({
  /** Words and phrases that do not go out, whole and whatever their case and accents. */
  banned: z.array(z.string().trim().min(1).max(60)).max(MOST_BANNED),
  /** Words that must be there, such as a disclaimer; '' for none. */
  required: z.string().trim().max(140),
  /** Of this tier alone; '' for every post. */
  requiredTier: z.string().max(40),
  /** The author's mark at the end, such as `^MB`; '' for none. */
  signature: z.string().trim().max(12),
  signatureOn: z.enum(['answers', 'all']),
  /** Null for no limit. */
  mostHashtags: z.number().int().min(0).max(MOST_HASHTAGS).nullable(),
  /** Links by https alone. */
  httpsOnly: z.boolean(),
  /** What is found keeps the text from going out; otherwise it is only said. */
  stops: z.boolean(),
}).strict();
export type HouseStyle = z.infer<typeof houseStyleSchema>;

/** An account begins without any. */
export const NO_STYLE: HouseStyle = { banned: [], required: '', requiredTier: '', signature: '', signatureOn: 'answers', mostHashtags: null, httpsOnly: false, stops: false };

export interface StyleFinding {
  code: 'banned' | 'required' | 'signature' | 'hashtags' | 'http' | 'cashtags';
  params: Record<string, string | number>;
}
export interface Styled {
  kind: 'post' | 'reply' | 'repost';
  /** Of a thread all of its parts, in order. */
  texts: readonly string[];
  tier: string;
  /** Outside the ratio it has no tier. */
  counts: boolean;
}

/** What a text does not keep to, worst first. X itself takes one cashtag at most, so that is always looked at. A repost has no words of its own. */
export function styleFindings({ kind, texts, tier, counts }: Styled, style: HouseStyle): StyleFinding[] {
  if (kind === 'repost') return [];
  const found: StyleFinding[] = [];
  const all = texts.join('\n');
  const plain = folded(all);
  const word = style.banned.find((each) => hasWords(plain, each));
  if (word !== undefined) found.push({ code: 'banned', params: { word } });
  const asked = style.required !== '' && kind === 'post' && (style.requiredTier === '' || (counts && style.requiredTier === tier));
  if (asked && !hasWords(plain, style.required)) found.push({ code: 'required', params: { word: style.required } });
  if (style.signature !== '' && (kind === 'reply' || style.signatureOn === 'all') && !(texts.at(-1) ?? '').trimEnd().endsWith(style.signature)) found.push({ code: 'signature', params: { word: style.signature } });
  const entities = texts.map(entitiesOf);
  const count = (of: 'hashtag' | 'cashtag'): number => Math.max(0, ...entities.map((part) => part.filter((each) => each.kind === of).length));
  if (style.mostHashtags !== null && count('hashtag') > style.mostHashtags) found.push({ code: 'hashtags', params: { n: count('hashtag'), most: style.mostHashtags } });
  if (count('cashtag') > 1) found.push({ code: 'cashtags', params: { n: count('cashtag') } });
  const open = style.httpsOnly ? linksOf(all).find((each) => /^http:\/\//i.test(each)) : undefined;
  if (open !== undefined) found.push({ code: 'http', params: { word: open.slice(0, 60) } });
  return found;
}
