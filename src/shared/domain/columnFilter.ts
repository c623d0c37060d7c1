/** What a column leaves out (DOMAIN §5): decided here from what is stored, so that it costs nothing and can be taken back. */
export interface ColumnFilter {
  /** At least one of these must be in a post; empty for all. Terms as they were typed, see `parseTerm`. */
  include: string[];
  /** None of these may be in a post. */
  exclude: string[];
  /** Language as the network names it, or null for all. */
  lang: string | null;
  /** Only posts with pictures or video. */
  media: boolean;
  minLikes: number;
  minReposts: number;
  /** Posts of these alone, or of all but these: who wrote it or reposted it. Nobody named is everybody. */
  people: { mode: 'only' | 'except'; /** Without @. */ names: string[] };
}
export const NO_FILTER: ColumnFilter = { include: [], exclude: [], lang: null, media: false, minLikes: 0, minReposts: 0, people: { mode: 'except', names: [] } };
/** Characters of a term at most, and terms of a list. */
export const MOST_TERM = 500;
export const MOST_TERMS = 50;
/** People that a column's filter names, at most. */
export const MOST_PEOPLE = 200;

export const isNoFilter = (filter: ColumnFilter): boolean =>
  filter.include.length === 0 && filter.exclude.length === 0 && filter.lang === null && !filter.media && filter.minLikes === 0 && filter.minReposts === 0 && filter.people.names.length === 0;

export type Term =
  | { kind: 'words'; /** Normal form with a space before and after each word. */ text: string }
  /** Without a letter or digit, such as an emoji: looked for as it is. */
  | { kind: 'sign'; text: string }
  | { kind: 'person'; username: string }
  | { kind: 'expression'; source: string };

const QUOTES = /^["“”«»]+|["“”«»]+$/g;
const NOT_WORD = /[^\p{L}\p{N}\p{M}_]+/gu;
const PLAIN = /^[\u0020-\u007e\s]*$/;
const PLAIN_NOT_WORD = /[^a-z0-9_]+/g;

/** Lower case without accents; ñ stays a letter of its own. Each word stands between spaces. */
export function wordsOf(text: string): string {
  const lower = text.toLowerCase();
  // Nearly every column reads this for every post it looks at: what is plain needs no table of characters.
  if (PLAIN.test(lower)) return ` ${lower.replace(PLAIN_NOT_WORD, ' ').trim()} `;
  return ` ${lower.normalize('NFD').replaceAll('n\u0303', '\u00f1').replace(/[\u0300-\u036f]+/g, '').replace(NOT_WORD, ' ').trim()} `;
}

/** What a typed term means: `/…/` an expression, `@name` a person, else one word or several in that order. Null for nothing. */
export function parseTerm(typed: string): Term | null {
  const text = typed.trim();
  const expression = /^\/(.+)\/$/s.exec(text)?.[1];
  if (expression !== undefined) return { kind: 'expression', source: expression };
  const username = /^@(\w{1,50})$/.exec(text)?.[1];
  if (username !== undefined) return { kind: 'person', username: username.toLowerCase() };
  const bare = text.replace(QUOTES, '').trim();
  if (bare === '') return null;
  const words = wordsOf(bare);
  return words.trim() === '' ? { kind: 'sign', text: bare.toLowerCase() } : { kind: 'words', text: words };
}

/** A post as filters see it. */
export interface Filterable {
  /** What is shown: the post's own words and those it quotes; of a repost, the original's. */
  text: string;
  /** `wordsOf` of the text, worked out only where a filter asks. */
  words: () => string;
  lang: string | null;
  /** Who wrote it and who reposted it, without @. */
  people: readonly string[];
  /** Worked out only where a filter asks. */
  numbers: () => { likes: number; reposts: number; media: boolean };
}
export type Test = (post: Filterable) => boolean;

/** Turns an expression into a test of a text; throws where it is refused. */
export type CompileExpression = (source: string) => (text: string) => boolean;

function termTest(term: Term, compile: CompileExpression): Test {
  switch (term.kind) {
    case 'words': return (post) => post.words().includes(term.text);
    case 'sign': return (post) => post.text.toLowerCase().includes(term.text);
    case 'person': return (post) => post.people.some((name) => name.toLowerCase() === term.username);
    case 'expression': {
      const test = compile(term.source);
      return (post) => test(post.text);
    }
  }
}

/** One test from a column's filter and the mutes in force; null when nothing is left out. Throws what `compile` throws. */
export function filterTest(filter: ColumnFilter, mutes: readonly string[], compile: CompileExpression): Test | null {
  // Expressions cost most and come last.
  const tests = (terms: readonly string[]) => terms.map(parseTerm).filter((term) => term !== null)
    .sort((a, b) => Number(a.kind === 'expression') - Number(b.kind === 'expression')).map((term) => termTest(term, compile));
  const include = tests(filter.include);
  const exclude = tests([...filter.exclude, ...mutes]);
  const names = new Set(filter.people.names.map((name) => name.toLowerCase()));
  const only = filter.people.mode === 'only';
  const counted = filter.media || filter.minLikes > 0 || filter.minReposts > 0;
  if (include.length === 0 && exclude.length === 0 && filter.lang === null && names.size === 0 && !counted) return null;
  return (post) => {
    if (filter.lang !== null && post.lang !== filter.lang) return false;
    if (names.size > 0 && post.people.some((name) => names.has(name.toLowerCase())) !== only) return false;
    if (include.length > 0 && !include.some((test) => test(post))) return false;
    if (exclude.some((test) => test(post))) return false;
    if (!counted) return true;
    const numbers = post.numbers();
    return (!filter.media || numbers.media) && numbers.likes >= filter.minLikes && numbers.reposts >= filter.minReposts;
  };
}

const SEARCH_PART = /"([^"]*)"|([^\s"]+)/g;
const SEARCH_WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
/** Words of a search at most: what is typed is not a program. */
const MOST_SEARCH_WORDS = 32;

/** A single letter begins too many words to be worth looking for; it is taken as a word. */
const SHORTEST_BEGINNING = 2;

/**
 * A full-text expression (SQLite FTS5) from what a user typed: every word quoted, words in quotes kept together, the last word also as a beginning.
 * Null when there is no word in it.
 */
export function searchExpression(typed: string): string | null {
  const parts: string[] = [];
  let open = false;
  for (const match of typed.matchAll(SEARCH_PART)) {
    const phrase = match[1];
    const words = [...(phrase ?? match[2] ?? '').matchAll(SEARCH_WORD)].map((word) => word[0]);
    if (words.length === 0) continue;
    if (phrase === undefined) parts.push(...words.map((word) => `"${word}"`));
    else parts.push(`"${words.join(' ')}"`);
    open = phrase === undefined && (words.at(-1)?.length ?? 0) >= SHORTEST_BEGINNING;
    if (parts.length >= MOST_SEARCH_WORDS) break;
  }
  if (parts.length === 0) return null;
  return `${parts.slice(0, MOST_SEARCH_WORDS).join(' ')}${open ? ' *' : ''}`;
}
