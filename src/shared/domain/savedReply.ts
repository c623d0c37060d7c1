/** Variables of a saved reply: `{name}`, `{handle}`, `{route}`, `{url}`, `{phone}`, `{hours}`; `{name|there}` gives a fallback of its own (DOMAIN §6). */
const HOLE = /\{([a-z]{1,20})(?:\|([^{}]{0,100}))?\}/g;
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
    const [whole, name = '', fallback] = match;
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
