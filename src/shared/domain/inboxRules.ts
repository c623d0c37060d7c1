import type { CaseKind } from './inbox.ts';

/** What a rule looks for; what is absent does not matter, what is there must all hold (DOMAIN §6). */
export interface RuleConditions {
  /** Any of these words or phrases, whole and without regard to case or accents. */
  words?: readonly string[] | undefined;
  /** Handles without @. */
  people?: readonly string[] | undefined;
  lang?: string | undefined;
  hasLink?: boolean | undefined;
  hasQuestion?: boolean | undefined;
  /** The person has a label, e.g. `cliente`. */
  personLabel?: string | undefined;
}
/** What it does. Rules never send. */
export interface RuleActions {
  kind?: CaseKind | undefined;
  high?: boolean | undefined;
  label?: string | undefined;
  snoozeMinutes?: number | undefined;
  mute?: boolean | undefined;
  /** Proposes a route: its reply is prepared as a draft. */
  routeId?: string | undefined;
}
export interface InboxRule {
  id: string;
  name: string;
  enabled: boolean;
  conditions: RuleConditions;
  actions: RuleActions;
}
export interface RuleSubject {
  text: string;
  username: string;
  lang: string | null;
  hasLink: boolean;
  personLabels: readonly string[];
}

/** Lower case, without accents (ñ stays a letter of its own in no language here: `ano` finds `año` as the search does). */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase();

const edge = /[\p{L}\p{N}_]/u;
/** Is the phrase there as whole words? Linear in the text. */
export function hasWords(foldedText: string, phrase: string): boolean {
  const wanted = folded(phrase).trim();
  if (wanted === '') return false;
  for (let at = foldedText.indexOf(wanted); at >= 0; at = foldedText.indexOf(wanted, at + 1)) {
    const before = foldedText[at - 1] ?? '';
    const after = foldedText[at + wanted.length] ?? '';
    if (!(edge.test(before) && edge.test(wanted[0] ?? '')) && !(edge.test(after) && edge.test(wanted.at(-1) ?? ''))) return true;
  }
  return false;
}

function holds(conditions: RuleConditions, subject: RuleSubject, text: string): boolean {
  const { words, people, lang, hasLink, hasQuestion, personLabel } = conditions;
  if (words && words.length > 0 && !words.some((word) => hasWords(text, word))) return false;
  if (people && people.length > 0 && !people.some((each) => each.replace(/^@/, '').toLowerCase() === subject.username.toLowerCase())) return false;
  if (lang !== undefined && subject.lang !== lang) return false;
  if (hasLink !== undefined && subject.hasLink !== hasLink) return false;
  if (hasQuestion !== undefined && /[?¿]/.test(subject.text) !== hasQuestion) return false;
  if (personLabel !== undefined && !subject.personLabels.some((each) => folded(each) === folded(personLabel))) return false;
  return true;
}

/** The first enabled rule that holds, or null. A rule without any condition holds for everything. */
export function firstRule(rules: readonly InboxRule[], subject: RuleSubject): InboxRule | null {
  const text = folded(subject.text);
  return rules.find((rule) => rule.enabled && holds(rule.conditions, subject, text)) ?? null;
}

const COMPLAINT = [
  'error', 'errores', 'no funciona', 'no me funciona', 'no va', 'no carga', 'no abre', 'no puedo', 'no encuentra nada', 'no recibo', 'no he recibido', 'no llega', 'no me llega', 'no aparece', 'no termina', 'se corta', 'se cuelga', 'me echa', 'bloqueada', 'caducado', 'insiste en que', 'sigue sin', 'sin respuesta', 'reclamación', 'queja', 'vergüenza', 'cobrado', 'cargo', 'duplicada',
  'llevo días', 'llevo dos días', 'llevo tres días', 'llevo una semana', 'llevo semanas', 'llevo horas', 'segunda vez', 'tercera vez', 'nadie contesta', 'nadie responde', 'a quién escribir', 'que alguien me conteste',
  'errors', 'does not work', "doesn't work", 'not working', 'broken', 'my refund', 'a refund please', 'want a refund', 'complaint', 'no answer', 'nobody has answered', 'charged twice', 'charged', 'are gone', 'is gone', 'missing', 'still no', 'still not', 'wrong', 'still waiting', 'unacceptable', 'expired', 'locked out', 'not great', 'not good enough',
];
const PRAISE = [
  'genial', 'enhorabuena', 'muy útil', 'excelente', 'me encanta', 'de lo mejor', 'perfecto', 'great', 'brilliant', 'lovely', 'very useful', 'love it', 'congratulations', 'stars', 'favourite', 'effective', 'saving me',
];
const THANKS = ['gracias', 'mil gracias', 'thank you', 'thanks', 'gràcies', 'obrigado', 'obrigada', 'stars'];
const ANGRY = /[😠😡😤🤬👎]/u;
const GLAD = /[👏🙌🎉🥳💚💛💙]|❤/u;
/** A first guess at what a message is, by its words; the user and the rules go before it. */
export function guessKind(text: string): CaseKind {
  const plain = folded(text);
  const says = (words: readonly string[]): boolean => words.some((word) => hasWords(plain, word));
  const question = /[?¿]/.test(text);
  // "Now it works, thank you" speaks of a trouble that is over.
  if ((says(COMPLAINT) || ANGRY.test(text)) && !(says(THANKS) && !question && !ANGRY.test(text))) return 'complaint';
  if (question) return 'question';
  if (says(THANKS) || says(PRAISE) || GLAD.test(text)) return 'praise';
  return 'other';
}
