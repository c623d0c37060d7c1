import { plainWord } from '../bulk.ts';
import { trigramsOf } from '../trigrams.ts';

/** Runs of three letters of a text without its links, each once, as sorted numbers. */
export type Trigrams = Float64Array;

/** The trigrams of a text, without case, accents, punctuation and links. */
export function gramsOf(text: string): Trigrams {
  return Float64Array.from(trigramsOf(` ${plainWord(text.replace(/https?:\/\/\S+/giu, ' ')).replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `)).sort();
}

/** How alike two texts are: the trigrams both have as a share of those either has, 0 to 1. Two texts of links alone say nothing, and are not alike. */
export function likeness(a: Trigrams, b: Trigrams): number {
  let [both, i, j] = [0, 0, 0];
  // Asked a hundred thousand times in a filling: nothing is made in here.
  while (i < a.length && j < b.length) {
    const x = a[i] ?? 0;
    const y = b[j] ?? 0;
    if (x === y) both += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return both === 0 ? 0 : both / (a.length + b.length - both);
}
