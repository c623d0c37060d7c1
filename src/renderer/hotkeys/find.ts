import { folded as fold } from '../../shared/domain/inboxRules.ts';

/** What of a row can be looked for. */
export interface Findable {
  /** What it does, and what stands beside it. */
  label: string;
  group: string;
  /** Its keys as they are read, one each: "J", "Ctrl K". */
  keys: readonly string[];
}
/** Is a key what was typed or pressed? A digit is any of 1 … 9. */
export function isKey(key: string, query: string): boolean {
  const wanted = query.trim();
  // Ñ and N are two keys; the words on a cap are words.
  if (wanted.length === 1) return key.toLowerCase() === wanted.toLowerCase() || (key === '1 … 9' && /^[1-9]$/.test(wanted));
  return wanted !== '' && fold(key) === fold(wanted);
}
/** Does a row answer to it, by its key or by its words? `pressed`: only by the key. One letter begins a word; more may stand anywhere. */
export function matches(row: Findable, query: string, pressed: boolean): boolean {
  const wanted = fold(query.trim());
  if (wanted === '' || row.keys.some((key) => isKey(key, query))) return true;
  if (pressed) return false;
  const label = fold(row.label);
  if (wanted.length === 1) return label.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted));
  const group = fold(row.group);
  return wanted.split(/\s+/).every((word) => label.includes(word) || (word.length > 2 && group.startsWith(word))) || row.keys.some((key) => fold(key).startsWith(wanted));
}
