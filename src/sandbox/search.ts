import { type countsOf, metricsOf } from './metrics.ts';
import type { WorldPost } from './types.ts';
import type { World } from './world.ts';

type Test = (post: WorldPost) => boolean;
type Counts = () => ReturnType<typeof countsOf>;

/**
 * Recent search: words and "phrases" by whole words, @name, #tag, from:, to:, lang:, is:, has:, url:, conversation_id:,
 * min_likes: and its like, -negation, OR and brackets; AND binds first (x-api-facts §4.1). Null for what X would refuse.
 * Reposts are never among keyword results.
 */
export function searchTest(world: World, query: string, counts: Counts): Test | null {
  const tokens = query.match(/-?"[^"]+"|-?\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  /** Alternatives, up to a closing bracket or the end. */
  const either = (): Test | null => {
    const options: Test[] = [];
    for (;;) {
      const option = all();
      if (!option) return null;
      options.push(option);
      if (tokens[at] !== 'OR') return (post) => options.some((test) => test(post));
      at += 1;
    }
  };
  const all = (): Test | null => {
    const parts: Test[] = [];
    while (at < tokens.length && tokens[at] !== 'OR' && tokens[at] !== ')') {
      const token = tokens[at] ?? '';
      at += 1;
      const isNot = token.startsWith('-') && token.length > 1;
      let test: Test | null;
      if (token.endsWith('(')) {
        test = either();
        if (tokens[at] !== ')') return null;
        at += 1;
      } else test = token === 'AND' ? null : oneTest(world, isNot ? token.slice(1) : token, counts);
      if (!test) return null;
      const found = test;
      parts.push(isNot ? (post) => !found(post) : found);
    }
    return parts.length === 0 ? null : (post) => parts.every((test) => test(post));
  };
  const test = either();
  return test && at === tokens.length ? (post) => !post.repostOfId && test(post) : null;
}
const plain = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '');
const quoted = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

function oneTest(world: World, word: string, counts: Counts): Test | null {
  const operator = /^([a-z_]+):(.+)$/i.exec(word);
  const name = (operator?.[1] ?? '').toLowerCase();
  const value = (operator?.[2] ?? '').replaceAll('"', '');
  const person = value.replace(/^@/, '').toLowerCase();
  const least = Number(value);
  switch (name) {
    case '':
      break;
    case 'from':
      return (post) => world.user(post.authorId)?.username.toLowerCase() === person;
    case 'to':
      return (post) => plain(post.text).startsWith(`@${plain(person)} `);
    case 'lang':
      return (post) => post.lang === value;
    case 'is':
      return value === 'retweet' ? (post) => post.repostOfId !== undefined : value === 'reply' ? (post) => post.replyToId !== undefined : value === 'quote' ? (post) => post.quotedId !== undefined : value === 'verified' ? (post) => world.user(post.authorId)?.verified === true : null;
    case 'has':
      return value === 'media' || value === 'images' ? (post) => post.media !== undefined : value === 'links' ? (post) => /https?:/.test(post.text) : value === 'hashtags' ? (post) => /#[\p{L}\p{N}]/u.test(post.text) : value === 'mentions' ? (post) => /@\w/.test(post.text) : null;
    case 'conversation_id':
      return (post) => world.conversationOf(post) === value;
    case 'url':
      return (post) => /https?:/.test(post.text) && plain(post.text).includes(plain(value));
    case 'min_likes':
      return Number.isInteger(least) ? (post) => metricsOf(world, post, counts()).likes >= least : null;
    case 'min_replies':
      return Number.isInteger(least) ? (post) => metricsOf(world, post, counts()).replies >= least : null;
    case 'min_reposts':
      return Number.isInteger(least) ? (post) => metricsOf(world, post, counts()).reposts >= least : null;
    default:
      return null;
  }
  const wanted = plain(word.replaceAll('"', ''));
  // Whole words, so that IVA is not found in "archiva"; a tag or a name is found by its mark only where that was asked for.
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])${quoted(wanted).replaceAll(/\s+/g, '[^\\p{L}\\p{N}]+')}(?![\\p{L}\\p{N}_])`, 'u');
  return (post) => pattern.test(plain(post.text));
}
