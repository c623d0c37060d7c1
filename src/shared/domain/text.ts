import twitter from 'twitter-text';

/** A link counts 23 whatever its length, an emoji 2, most letters 1, CJK 2 (X documentation, counting characters). */
export const MAX_WEIGHTED = 280;
/** Longest post of an account whose subscription allows long posts, weighted characters. */
export const MAX_WEIGHTED_LONG = 25_000;

/** Texts up to this are looked through whole, UTF-16 units: whatever is in them takes no more than a few ms. */
const SURE = 500;
/** No address has more dots than this. X's library takes time by the square of a chain of hosts: 10,000 units of it stood still for seconds. */
const MOST_DOTS = 20;
/** Nor so many for its length: what they cost is about dots times the square of the units. Beyond what X posts there is nothing to be exact about. */
const MOST_WORK = { posted: 3_000_000, longer: 100_000 };
const LONGEST_POSTED = 30_000;
/** A word that is an address from its beginning to its end, whatever its length. */
const ADDRESS = /^https?:\/\/[^\s/?#]+\.\p{L}{2,}(?:[:/?#]\S*)?$/iu;

interface Piece {
  text: string;
  /** Offset in the text, UTF-16 units. */
  at: number;
  /** One word with more dots than an address has: it is counted, not looked through. */
  chain: boolean;
}
/** A text in pieces that can be looked through one by one: what X links has no white space in it, so nothing is cut. */
function piecesOf(text: string): Piece[] {
  if (text.length <= SURE) return [{ text, at: 0, chain: false }];
  const pieces: Piece[] = [];
  const most = text.length > LONGEST_POSTED ? MOST_WORK.longer : MOST_WORK.posted;
  let from = 0;
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    const dots = word.split('.', MOST_DOTS + 2).length - 1;
    if (dots <= MOST_DOTS && dots * word.length ** 2 <= most) continue;
    if (index > from) pieces.push({ text: text.slice(from, index), at: from, chain: false });
    pieces.push({ text: word, at: index, chain: true });
    from = index + word.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), at: from, chain: false });
  return pieces;
}

const URL_WEIGHT = 23;
/** What X counts as one, by code point; all else as two. */
const isLight = (point: number): boolean => point <= 4351 || (point >= 8192 && point <= 8205) || (point >= 8208 && point <= 8223) || (point >= 8242 && point <= 8247);
const weightOf = ({ text, chain }: Piece): number => {
  if (!chain) return twitter.parseTweet(text).weightedLength;
  return ADDRESS.test(text) ? URL_WEIGHT : [...text].reduce((sum, char) => sum + (isLight(char.codePointAt(0) ?? 0) ? 1 : 2), 0);
};

/** Length of a text as X counts it, weighted characters. Counts beyond 280 too, for accounts that may write more. */
export function weightedLength(text: string): number {
  return text === '' ? 0 : piecesOf(text.normalize('NFC')).reduce((sum, piece) => sum + weightOf(piece), 0);
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
  const found = piecesOf(text).flatMap(({ text: piece, at, chain }) => {
    if (chain) return ADDRESS.test(piece) ? [{ url: piece, indices: [at, at + piece.length] as [number, number] }] : [];
    return twitter.extractEntitiesWithIndices(piece).map((entity) => ({ ...entity, indices: [entity.indices[0] + at, entity.indices[1] + at] as [number, number] }));
  });
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
