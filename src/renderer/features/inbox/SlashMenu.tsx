import { IconDirections } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useImperativeHandle, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RouteView, SavedReply } from '../../../shared/contract/inbox.ts';
import { folded } from '../../../shared/domain/inboxRules.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';

export interface SlashChoice { kind: 'reply' | 'route'; id: string }
const MOST = 6;

/** Saved replies and channels while `/` is typed: arrows choose, Enter inserts, the preview shows what is missing (LOOK 07). */
export function SlashMenu({ ref, word, caseId, replies, routes, onPut }: { ref: Ref<{ key: (event: KeyboardEvent) => boolean }>; word: string; caseId: string; replies: readonly SavedReply[]; routes: readonly RouteView[]; onPut: (choice: SlashChoice) => void }) {
  const { t } = useTranslation();
  const wanted = folded(word);
  const choices = [
    ...replies.filter((each) => folded(each.title).includes(wanted)).map((each) => ({ kind: 'reply' as const, id: each.id, title: each.title, more: `${each.lang} · ${t('inbox.uses', { count: each.uses })}` })),
    ...routes.filter((each) => folded(each.name).includes(wanted)).map((each) => ({ kind: 'route' as const, id: each.id, title: each.name, more: [each.phone, each.hours].filter((part) => part !== '').join(', ') })),
  ].slice(0, MOST);
  const [at, setAt] = useState(0);
  const chosen = choices[Math.min(at, choices.length - 1)];
  const filled = useRpcQuery('inbox.fill', { caseId, ...(chosen?.kind === 'route' ? { routeId: chosen.id } : { savedReplyId: chosen?.id ?? '' }) }, { enabled: chosen !== undefined }).data;
  useImperativeHandle(ref, () => ({
    key(event) {
      if (choices.length === 0) return false;
      if (event.key === 'ArrowDown') setAt((at + 1) % choices.length);
      else if (event.key === 'ArrowUp') setAt((at + choices.length - 1) % choices.length);
      else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
        if (chosen) onPut(chosen);
      } else return false;
      return true;
    },
  }));
  return (
    <div className="slash" role="listbox" aria-label={t('inbox.saved')} data-testid="slash">
      <header><span>{t('inbox.saved')} <b>/{word}</b></span><span className="quiet"><kbd>↑</kbd> <kbd>↓</kbd> {t('inbox.slashChoose')} <kbd>↵</kbd> {t('inbox.slashPut')}</span></header>
      {choices.length === 0 ? <p className="quiet">{t('inbox.noSaved')}</p> : (
        <div className="slash-body">
          <div>
            {choices.map((each, index) => (
              <button key={`${each.kind} ${each.id}`} type="button" role="option" aria-selected={each === chosen} onMouseDown={(event) => event.preventDefault()} onMouseEnter={() => setAt(index)} onClick={() => onPut(each)}>
                {each.kind === 'route' ? <IconDirections size={14} stroke={1.75} aria-hidden="true" /> : null}<span className="clip grow">{each.title}</span><span className="quiet nowrap">{each.more}</span>
              </button>
            ))}
          </div>
          <p aria-live="polite">{filled?.parts.map((part, index) => (part.kind === 'said' ? part.text : <mark key={index} className={part.kind}>{part.kind === 'missing' ? t('inbox.missing', { name: part.text.replace(/[{}]/g, '') }) : part.text}</mark>))}</p>
        </div>
      )}
    </div>
  );
}
