/** A stretch of a text: in both, or in this one only. */
export interface Stretch {
  text: string;
  same: boolean;
}
/** Longer texts are shown without marks: words compared with each other grow by the square. */
const MOST_WORDS = 600;

/** Words with the white space after them. */
const wordsOf = (text: string): string[] => text.match(/\s*\S+\s*?(?=\s*\S|\s*$)/g) ?? [];
const bare = (word: string): string => word.trim().toLowerCase();

/** Two texts beside each other: which words both have in the same order, and which are one's own. */
export function compareTexts(a: string, b: string): [Stretch[], Stretch[]] {
  const [left, right] = [wordsOf(a), wordsOf(b)];
  if (left.length > MOST_WORDS || right.length > MOST_WORDS) return [[{ text: a, same: true }], [{ text: b, same: true }]];
  // Longest common run of words, from the end: `rest[i][j]` is how many more both share.
  const rest = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  const at = (i: number, j: number): number => rest[i]?.[j] ?? 0;
  const same = (i: number, j: number): boolean => bare(left[i] ?? '') === bare(right[j] ?? '');
  for (let i = left.length - 1; i >= 0; i -= 1) {
    const row = rest[i];
    if (row) for (let j = right.length - 1; j >= 0; j -= 1) row[j] = same(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const shared: [Set<number>, Set<number>] = [new Set(), new Set()];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (same(i, j)) {
      shared[0].add(i);
      shared[1].add(j);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return [joined(left, shared[0]), joined(right, shared[1])];
}
function joined(words: readonly string[], shared: ReadonlySet<number>): Stretch[] {
  const found: Stretch[] = [];
  words.forEach((text, i) => {
    const last = found.at(-1);
    const same = shared.has(i);
    if (last?.same === same) last.text += text;
    else found.push({ text, same });
  });
  return found;
}
