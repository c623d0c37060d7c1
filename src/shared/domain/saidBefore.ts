import { trigramsOf } from './trigrams.ts';

/** How far back, and ahead on the plan, what was said is compared, ms (DOMAIN §3: 90 days). */
export const SAID_BEFORE_MS = 90 * 86_400_000;
/** Two texts are nearly the same when they share more than this of their trigrams (DOMAIN §3). */
const NEAR = 0.8;
/** Shorter texts are compared whole only: a word more or less is half of them. */
const LEAST_GRAMS = 20;
/** Longer texts are compared by their beginning, characters. */
const MOST_CHARS = 4000;
/** A link weighs as much as it counts on X, characters: its end, which tells pages of one site apart. */
const LINK_CHARS = 23;
/** Words of a signature, 32 bits each. */
const SIGN_WORDS = 16;

/** A text as it is compared: the network's escapes undone, no mentions in front, links by their end without what only counts visits, case and white space evened out. */
export function saidForm(text: string): string {
  const plain = text.slice(0, MOST_CHARS).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').normalize('NFC').toLowerCase();
  return plain
    .replace(/https?:\/\/(?:www\.)?(\S+)/g, (_, rest: string) => rest.replace(/#.*$/, '').replace(/[?&](?:utm_\w+|fbclid|gclid)=[^&]*/g, '').replace(/\/$/, '').slice(-LINK_CHARS))
    .replace(/^(?:\s*@\w+)+\s/u, '').replace(/\s+/gu, ' ').trim();
}

/** Share of the trigrams of either that both have, 0 to 1. */
export function shareOf(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let both = 0;
  for (const gram of few) if (many.has(gram)) both += 1;
  return both === 0 ? 0 : both / (a.size + b.size - both);
}

/** A text made ready to be compared with thousands. */
export interface SaidMark {
  /** How many trigrams. */
  size: number;
  /** A bit for each of them, several to a bit. */
  sign: Int32Array;
}
export function markOf(grams: ReadonlySet<number>): SaidMark {
  const sign = new Int32Array(SIGN_WORDS);
  for (const gram of grams) {
    const hash = Math.imul((gram % 4_294_967_291) ^ (gram / 65_536), 0x9e37_79b1) >>> 23;
    sign[hash >> 5] = (sign[hash >> 5] ?? 0) | (1 << (hash & 31));
  }
  return { size: grams.size, sign };
}
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
/** Could these two be the same or nearly? Never false for two that are: what only one of them has sets at least the bits in which they differ, and that is at most (1 - 0.8) / 0.8 of the smaller. */
export function mayBeSaid(a: SaidMark, b: SaidMark): boolean {
  const [few, many] = a.size < b.size ? [a.size, b.size] : [b.size, a.size];
  if (many > few / NEAR) return false;
  const most = few * ((1 - NEAR) / NEAR);
  let differ = 0;
  for (let i = 0; i < SIGN_WORDS; i += 1) {
    differ += bitsOf((a.sign[i] ?? 0) ^ (b.sign[i] ?? 0));
    if (differ > most) return false;
  }
  return true;
}

/** How much two texts say the same: 100 for the same, 81 to 99 for nearly the same (never rounded up to the same), null below. */
export function saidPercent(a: string, b: string): number | null {
  const [one, other] = [saidForm(a), saidForm(b)];
  if (one === '' || other === '') return null;
  if (one === other) return 100;
  const [grams, more] = [trigramsOf(one), trigramsOf(other)];
  if (grams.size < LEAST_GRAMS || more.size < LEAST_GRAMS) return null;
  const share = shareOf(grams, more);
  return share > NEAR ? Math.max(81, Math.min(99, Math.round(share * 100))) : null;
}
