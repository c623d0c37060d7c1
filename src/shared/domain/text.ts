import twitter from 'twitter-text';

/** A link counts 23 whatever its length, an emoji 2, most letters 1, CJK 2 (X documentation, counting characters). */
export const MAX_WEIGHTED = 280;
/** Longest post of an account whose subscription allows long posts, weighted characters. */
export const MAX_WEIGHTED_LONG = 25_000;

/** Length of a text as X counts it, weighted characters. Counts beyond 280 too, for accounts that may write more. */
export function weightedLength(text: string): number {
  return text === '' ? 0 : twitter.parseTweet(text.normalize('NFC')).weightedLength;
}

/** White space, control characters, and what Unicode says is not drawn: joiners, marks of direction, variation selectors, tags, fillers. */
const UNSEEN = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/gu;
/** Is there nothing to see in a text? */
export const isBlank = (text: string): boolean => text.replace(UNSEEN, '') === '';

export interface TextEntity {
  kind: 'url' | 'mention' | 'hashtag' | 'cashtag';
  /** Offsets in code points. */
  start: number;
  end: number;
  value: string;
}

/** Links, mentions, hashtags and cashtags of a text, offsets in code points, in order. */
export function entitiesOf(text: string): TextEntity[] {
  const found = twitter.extractEntitiesWithIndices(text);
  const points = codePointOffsets(text);
  return found
    .map((entity): TextEntity | null => {
      const start = points[entity.indices[0]];
      const end = points[entity.indices[1]];
      if (start === undefined || end === undefined) return null;
      if ('url' in entity) return { kind: 'url', start, end, value: entity.url };
      if ('screenName' in entity) return { kind: 'mention', start, end, value: entity.screenName };
      if ('hashtag' in entity) return { kind: 'hashtag', start, end, value: entity.hashtag };
      if ('cashtag' in entity) return { kind: 'cashtag', start, end, value: entity.cashtag };
      return null;
    })
    .filter((entity) => entity !== null);
}

/** Code-point offset of each UTF-16 offset, the end included. */
function codePointOffsets(text: string): number[] {
  const offsets: number[] = [];
  let point = 0;
  for (const char of text) {
    for (let i = 0; i < char.length; i += 1) offsets.push(point);
    point += 1;
  }
  offsets.push(point);
  return offsets;
}

/** The addresses a text links to, as written; bare hosts such as `example.com` too. */
export function linksOf(text: string): string[] {
  return entitiesOf(text).filter((entity) => entity.kind === 'url').map((entity) => entity.value);
}

/**
 * A text in the form in which two posts are the same: links replaced (the network rewrites them), escapes undone,
 * white space and case evened out, leading mentions of a reply dropped.
 */
export function normaliseText(text: string): string {
  const plain = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').normalize('NFC');
  const chars = [...plain];
  let out = '';
  let at = 0;
  for (const entity of entitiesOf(plain)) {
    if (entity.kind !== 'url') continue;
    out += `${chars.slice(at, entity.start).join('')}\u0001`;
    at = entity.end;
  }
  out += chars.slice(at).join('');
  return out.replace(/^(?:@\w+\s+)+/u, '').replace(/\s+/gu, ' ').trim().toLowerCase();
}
