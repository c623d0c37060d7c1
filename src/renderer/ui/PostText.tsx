import type { ReactNode } from 'react';
import type { PostEntity } from '../../shared/contract/columns.ts';
import { ExternalLink } from './ExternalLink.tsx';

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

/** A post's text with links, mentions and tags as X's display rules ask. */
export function PostText({ text, entities, lang, practice = false }: { text: string; entities: readonly PostEntity[]; lang?: string | null; practice?: boolean }) {
  const nodes: ReactNode[] = segments(text, entities).map((part, index) =>
    practice && part.entity && part.entity.kind !== 'url' ? <span key={index} className="mention">{part.text}</span> : part.entity?.href ? <ExternalLink key={index} href={part.entity.href}>{part.entity.kind === 'url' ? part.entity.display : part.text}</ExternalLink> : part.text,
  );
  return <div className="post-text" dir="auto" {...(lang && /^[a-z]{2,3}$/.test(lang) ? { lang } : {})}>{nodes}</div>;
}
