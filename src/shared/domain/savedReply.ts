import type { Lang } from './types.ts';

/** Variables of a channel's reply, and of any reply; `{name|there}` gives a fallback of its own (DOMAIN §6). */
export const ROUTE_VARIABLES = ['name', 'handle', 'route', 'url', 'phone', 'hours'] as const;
export const REPLY_VARIABLES = ['name', 'handle'] as const;
export type Variable = (typeof ROUTE_VARIABLES)[number];
/** As they are written in Spanish; both languages hold in every text. */
const SPANISH: Readonly<Record<Variable, string>> = { name: 'nombre', handle: 'usuario', route: 'canal', url: 'enlace', phone: 'teléfono', hours: 'horario' };
/** How a variable is written in a language. */
export const variableName = (variable: Variable, lang: Lang): string => (lang === 'es' ? SPANISH[variable] : variable);
/** The variable that a word in braces names, in either language; null for none. */
export const variableOf = (name: string): Variable | null => ROUTE_VARIABLES.find((each) => each === name || SPANISH[each] === name) ?? null;
const HOLE = /\{(\p{L}{1,20})(?:\|([^{}]{0,100}))?\}/gu;
/** Words in braces: somebody meant a variable. */
const MEANT = /\{\s*(\p{L}[\p{L}\p{N} _.-]{0,40}?)\s*(?:\|[^{}]*)?\}/gu;

/** What stands in braces as a variable and is none, each once, as `{word}`: it would stop the sending, or be sent as it is. */
export function unknownVariables(text: string): string[] {
  const names = [...text.matchAll(MEANT)].flatMap(([whole, name = '']) => (variableOf(name) !== null && (whole.startsWith(`{${name}|`) || whole === `{${name}}`) ? [] : [`{${name}}`]));
  return [...new Set(names)];
}
/** The variables there are, as they are written in a language. */
export const variableList = (variables: readonly Variable[], lang: Lang): string => variables.map((each) => `{${variableName(each, lang)}}`).join(', ');
export type ReplyValues = Readonly<Record<string, string>>;

export interface FilledReply {
  text: string;
  /** Variables with neither a value nor a fallback: they stay visible in the text. */
  missing: string[];
  /** Pieces in order, so that a preview can mark what was put in. */
  parts: { text: string; kind: 'said' | 'value' | 'fallback' | 'missing' }[];
}

/** Puts values into a saved reply. */
export function fillReply(template: string, values: ReplyValues): FilledReply {
  const parts: FilledReply['parts'] = [];
  const missing: string[] = [];
  let at = 0;
  for (const match of template.matchAll(HOLE)) {
    const [whole, written = '', fallback] = match;
    const name = variableOf(written) ?? written;
    if (match.index > at) parts.push({ text: template.slice(at, match.index), kind: 'said' });
    const value = (values[name] ?? '').trim();
    if (value !== '') parts.push({ text: value, kind: 'value' });
    else if (fallback !== undefined) parts.push({ text: fallback, kind: 'fallback' });
    else {
      missing.push(name);
      parts.push({ text: whole, kind: 'missing' });
    }
    at = match.index + whole.length;
  }
  if (at < template.length) parts.push({ text: template.slice(at), kind: 'said' });
  return { text: parts.map((part) => part.text).join(''), missing, parts };
}

/** The name people are called by: the first word of a display name that is a word. */
export function firstName(name: string): string {
  return /^[\p{L}][\p{L}'’-]+/u.exec(name.trim())?.[0] ?? '';
}
