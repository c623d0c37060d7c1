import { weightedLength } from './text.ts';

/** Where a text may be cut, best first: paragraph, line, sentence, clause, word. */
const SEAMS = [/\n\s*\n/g, /\n/g, /[.!?…](?=\s)/g, /[;:,](?=\s)/g, /\s/g];
/** A cut leaves at least this share of the room used, so that no part is a stump. */
const LEAST_SHARE = 0.35;

function fits(points: readonly string[], from: number, max: number): number {
  let low = from + 1;
  let high = points.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (weightedLength(points.slice(from, middle).join('').trim()) <= max) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Splits a long text into parts of at most `max` weighted characters, at the best seam there is; nothing but space around the seams is lost. */
export function splitIntoParts(text: string, max: number): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    if (weightedLength(rest) <= max) {
      parts.push(rest);
      break;
    }
    const points = [...rest];
    const room = points.slice(0, fits(points, 0, max)).join('');
    let cut = room.length;
    for (const seam of SEAMS) {
      const last = [...room.matchAll(seam)].map((found) => found.index + found[0].length).filter((at) => at >= room.length * LEAST_SHARE && at <= room.length).at(-1);
      if (last !== undefined) {
        cut = last;
        break;
      }
    }
    const piece = rest.slice(0, cut).trim();
    // A link is one word of 23: cutting inside would break it, so a cut that makes the piece longer than allowed goes back one word.
    parts.push(piece === '' ? room : piece);
    rest = rest.slice(piece === '' ? room.length : cut).trim();
  }
  return parts;
}
