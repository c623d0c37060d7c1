import type { PostEntity } from '../../shared/contract/columns.ts';

/** Cuts a text at its entities, by code points; never HTML. Overlapping or outlying entities are left as text. */
export function segments(text: string, entities: readonly PostEntity[]): { text: string; entity: PostEntity | null }[] {
  const points = [...text];
  const parts: { text: string; entity: PostEntity | null }[] = [];
  let at = 0;
  for (const entity of [...entities].sort((a, b) => a.start - b.start)) {
    if (entity.start < at || entity.end > points.length || entity.end <= entity.start) continue;
    if (entity.start > at) parts.push({ text: points.slice(at, entity.start).join(''), entity: null });
    parts.push({ text: points.slice(entity.start, entity.end).join(''), entity });
    at = entity.end;
  }
  if (at < points.length) parts.push({ text: points.slice(at).join(''), entity: null });
  return parts;
}
