import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostEntity } from '../../shared/contract/columns.ts';
import { ExternalLink } from './ExternalLink.tsx';
import { beginning, segments } from './segments.ts';

/** Long texts that were opened: a list that draws a card anew shows it as it was left. */
const opened = new Set<string>();
const MOST_OPENED = 200;

/** A post's text with links, mentions and tags as X's display rules ask. A long one shows its beginning and opens on the spot, as on X; `whole` where nothing can be pressed. */
export function PostText({ text, entities, lang, practice = false, whole = false }: { text: string; entities: readonly PostEntity[]; lang?: string | null; practice?: boolean; whole?: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(() => opened.has(text));
  const parts = segments(text, entities);
  const short = whole ? null : beginning(parts);
  const toggle = (): void => {
    if (open) opened.delete(text);
    else if (opened.size < MOST_OPENED) opened.add(text);
    setOpen(!open);
  };
  const nodes: ReactNode[] = (short && !open ? short : parts).map((part, index) =>
    practice && part.entity && part.entity.kind !== 'url' ? <span key={index} className="mention">{part.text}</span> : part.entity?.href ? <ExternalLink key={index} href={part.entity.href}>{part.entity.kind === 'url' ? part.entity.display : part.text}</ExternalLink> : part.text,
  );
  return (
    <>
      <div className="post-text" dir="auto" {...(lang && /^[a-z]{2,3}$/.test(lang) ? { lang } : {})}>{nodes}</div>
      {short ? <button type="button" className="link-button post-more" aria-expanded={open} onClick={toggle} data-testid="post-more">{t(open ? 'deck.less' : 'deck.moreText')}</button> : null}
    </>
  );
}
