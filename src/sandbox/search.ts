import type { World } from './world.ts';
import type { WorldPost } from './types.ts';

type Test = (post: WorldPost) => boolean;

/** Recent search: words, "phrases", from:, to:, @name, #tag, lang:, is:retweet, is:reply, -word, OR. Null for what it does not know. */
export function searchTest(world: World, query: string): Test | null {
  const alternatives = query.split(/\s+OR\s+/);
  const tests: Test[] = [];
  for (const part of alternatives) {
    const words = part.match(/-?"[^"]+"|[^\s()]+/g) ?? [];
    const all: Test[] = [];
    for (const word of words) {
      const test = oneTest(world, word.replace(/^-/, ''));
      if (!test) return null;
      all.push(word.startsWith('-') ? (post) => !test(post) : test);
    }
    if (all.length > 0) tests.push((post) => all.every((test) => test(post)));
  }
  return tests.length === 0 ? null : (post) => !post.repostOfId && tests.some((test) => test(post));
}
const plain = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '');

function oneTest(world: World, word: string): Test | null {
  const operator = /^([a-z_]+):(.+)$/i.exec(word);
  if (operator) {
    const [, name = '', value = ''] = operator;
    switch (name.toLowerCase()) {
      case 'from':
        return (post) => world.user(post.authorId)?.username.toLowerCase() === value.replace(/^@/, '').toLowerCase();
      case 'to':
        return (post) => plain(post.text).startsWith(`@${plain(value.replace(/^@/, ''))}`);
      case 'lang':
        return (post) => post.lang === value;
      case 'is':
        return value === 'retweet' ? (post) => post.repostOfId !== undefined : value === 'reply' ? (post) => post.replyToId !== undefined : value === 'quote' ? (post) => post.quotedId !== undefined : null;
      case 'has':
        return value === 'media' || value === 'images' ? (post) => post.media !== undefined : value === 'links' ? (post) => /https?:/.test(post.text) : null;
      case 'conversation_id':
        return (post) => post.id === value || post.replyToId === value;
      case 'url':
        return (post) => post.text.includes(value.replaceAll('"', ''));
      default:
        return null;
    }
  }
  const wanted = plain(word.replaceAll('"', ''));
  if (/^[@#]/.test(wanted)) return (post) => new RegExp(`${wanted}(?![\\p{L}\\p{N}_])`, 'iu').test(plain(post.text));
  return (post) => plain(post.text).includes(wanted);
}
