import type { ReactNode } from 'react';
import type { PostEntity } from '../../shared/contract/columns.ts';
import { ExternalLink } from './ExternalLink.tsx';
import { segments } from './segments.ts';

/** A post's text with links, mentions and tags as X's display rules ask. */
export function PostText({ text, entities, lang, practice = false }: { text: string; entities: readonly PostEntity[]; lang?: string | null; practice?: boolean }) {
  const nodes: ReactNode[] = segments(text, entities).map((part, index) =>
    practice && part.entity && part.entity.kind !== 'url' ? <span key={index} className="mention">{part.text}</span> : part.entity?.href ? <ExternalLink key={index} href={part.entity.href}>{part.entity.kind === 'url' ? part.entity.display : part.text}</ExternalLink> : part.text,
  );
  return <div className="post-text" dir="auto" {...(lang && /^[a-z]{2,3}$/.test(lang) ? { lang } : {})}>{nodes}</div>;
}
