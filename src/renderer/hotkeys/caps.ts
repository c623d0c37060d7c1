import type { TFunction } from 'i18next';
import { inForce, isChangeable, isSingle, type ChangedKeys } from '../../shared/domain/hotkeys.ts';
import { capsOf } from './registry.ts';

/** Keys that have a sign or a word of their own on the keyboard. */
const SIGNS: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowUp: '↑', ArrowRight: '→', ArrowDown: '↓' };
const WORDS = ['Enter', 'Escape', 'Delete', 'Backspace', 'Shift', 'Ctrl', 'Alt'] as const;

/** What stands on a cap: a letter in capitals, an arrow, or the word the keyboard has in this language. */
export function capWord(t: TFunction, cap: string): string {
  if (cap === ' ') return t('keys.cap.Space');
  const word = WORDS.find((each) => each === cap);
  if (word) return t(`keys.cap.${word}`);
  if (cap.length > 1) return SIGNS[cap] ?? cap;
  const upper = cap.toUpperCase();
  return upper.length === 1 ? upper : cap;
}
/** A key's name as it is read, without regard to changes: "Ctrl K", "G D". */
export const keyWords = (t: TFunction, name: string): string => capsOf(name).map((cap) => capWord(t, cap)).join(' ');
/** The name of the key that is now in force for what came as `name`; what cannot be changed stays. */
export const nameNow = (changed: ChangedKeys, name: string): string => (isSingle(name) && isChangeable(name) ? inForce(changed, name) : name);
