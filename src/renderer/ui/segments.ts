import type { PostEntity } from '../../shared/contract/columns.ts';

export interface Segment {
  text: string;
  entity: PostEntity | null;
}
/** What is longer than this, characters or lines, shows its beginning first. */
const LONG = { chars: 900, lines: 18 };
const BEGINNING = { chars: 600, lines: 12 };

/** Cuts a text at its entities, by code points; never HTML. Overlapping or outlying entities are left as text. */
export function segments(text: string, entities: readonly PostEntity[]): Segment[] {
  const points = [...text];
  const parts: Segment[] = [];
  let at = 0;
  for (const entity of [...entities].sort((a, b) => a.start - b.start)) {
    if (!(entity.start >= at && entity.end <= points.length && entity.end > entity.start)) continue;
    if (entity.start > at) parts.push({ text: points.slice(at, entity.start).join(''), entity: null });
    parts.push({ text: points.slice(entity.start, entity.end).join(''), entity });
    at = entity.end;
  }
  if (at < points.length) parts.push({ text: points.slice(at).join(''), entity: null });
  return parts;
}

const linesIn = (text: string): number => text.split('\n').length - 1;
/** Where words end that fit into so many characters and lines. */
function endOf(text: string, chars: number, lines: number): number {
  let at = -1;
  for (let n = 0; n < lines; n += 1) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) break;
  }
  const most = Math.max(0, Math.min(at < 0 ? text.length : at, chars));
  if (most >= text.length || text[most] === '\n') return most;
  const space = text.slice(0, most).search(/\s\S*$/);
  if (space > 0) return space;
  // In one endless word, between letters and never within one.
  return /[\udc00-\udfff]/.test(text[most] ?? '') ? most - 1 : most;
}

/** The beginning of a long text, whole entities and whole words; null for one that is shown at once. */
export function beginning(parts: readonly Segment[]): Segment[] | null {
  const chars = parts.reduce((sum, part) => sum + part.text.length, 0);
  if (chars <= LONG.chars && parts.reduce((sum, part) => sum + linesIn(part.text), 0) < LONG.lines) return null;
  const shown: Segment[] = [];
  let left = { ...BEGINNING };
  for (const part of parts) {
    const end = part.entity ? (part.text.length <= left.chars || shown.length === 0 ? part.text.length : 0) : endOf(part.text, left.chars, left.lines);
    if (end < part.text.length) {
      shown.push({ text: `${part.text.slice(0, end).trimEnd()}…`, entity: null });
      return shown;
    }
    shown.push(part);
    left = { chars: left.chars - part.text.length, lines: left.lines - linesIn(part.text) };
  }
  return shown;
}
