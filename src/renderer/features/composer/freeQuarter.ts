const QUARTER = 15 * 60_000;
/** A post is not proposed sooner than this: there is still something to read over. */
const LEAST_AHEAD = 10 * 60_000;

/** Start of the first quarter of an hour, at least ten minutes from now, in which none of `taken` goes out, epoch ms. */
export function freeQuarter(now: number, taken: readonly number[]): number {
  const full = new Set(taken.map((at) => Math.floor(at / QUARTER)));
  let quarter = Math.ceil((now + LEAST_AHEAD) / QUARTER);
  while (full.has(quarter)) quarter += 1;
  return quarter * QUARTER;
}
