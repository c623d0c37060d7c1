import { folded } from './inboxRules.ts';

/** Words that say nothing of what a message is about. */
const EMPTY = new Set('para como pero esta este esto estas estos desde cuando donde porque sobre tengo tiene hola gracias puede puedo quiero sigue sigo hace hacer alguien favor vosotros vuestra vuestro buenas buenos dias tardes todo toda nada algo bien muchas mucho that this with have from what when where your there their they been will does doesn thanks thank hello please would could should just about some anyone into'.split(' '));
const LEAST_LETTERS = 4;
const LEAST_WORDS = 2;
/** Share of the shorter message's words that both must have. */
const LEAST_SHARE = 1 / 3;

const wordsOf = (text: string): Set<string> => new Set((folded(text.replace(/https?:\/\/\S+|@\w+/g, ' ')).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length >= LEAST_LETTERS && !EMPTY.has(word)));

/** The words that two messages share when they seem to be about the same thing: two at least, and a third of the shorter one; else none. */
export function sharedWords(a: string, b: string): string[] {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  const shared = [...one].filter((word) => other.has(word));
  return shared.length >= LEAST_WORDS && shared.length >= Math.min(one.size, other.size) * LEAST_SHARE ? shared : [];
}
