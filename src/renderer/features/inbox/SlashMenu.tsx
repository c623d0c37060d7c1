import { IconDirections } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RouteView, SavedReply } from '../../../shared/contract/inbox.ts';
import { folded } from '../../../shared/domain/inboxRules.ts';
import { variableOf } from '../../../shared/domain/savedReply.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';

/** A variable without a value, by the name people have for it. */
export function missingWords(t: TFunction, name: string): string {
  const variable = variableOf(name);
  return t('inbox.missing', { name: variable === null ? name : t(`inboxSettings.text.vars.${variable}`) });
}

export interface SlashChoice { kind: 'reply' | 'route'; id: string }
/** More than these are found by another letter. */
const MOST_REPLIES = 50;
const MOST_ROUTES = 3;

/** Saved replies with the channels below while `/` is typed: arrows choose, Enter inserts, the preview shows what is missing (LOOK 07). */
export function SlashMenu({ ref, word, caseId, replies, routes, onPut }: { ref: Ref<{ key: (event: KeyboardEvent) => boolean }>; word: string; caseId: string; replies: readonly SavedReply[]; routes: readonly RouteView[]; onPut: (choice: SlashChoice) => void }) {
  const { t } = useTranslation();
  const wanted = folded(word);
  const found = replies.filter((each) => folded(each.title).includes(wanted)).slice(0, MOST_REPLIES);
  const fitting = routes.filter((each) => folded(each.name).includes(wanted));
  // Channels are one step away whatever is typed, as long as Enter takes something that was meant.
  const channels = (found.length > 0 ? [...fitting, ...routes.filter((each) => !fitting.includes(each))] : fitting).slice(0, MOST_ROUTES);
  const choices: SlashChoice[] = [...found.map((each) => ({ kind: 'reply' as const, id: each.id })), ...channels.map((each) => ({ kind: 'route' as const, id: each.id }))];
  const [at, setAt] = useState(0);
  useEffect(() => setAt(0), [word]);
  const place = Math.min(at, choices.length - 1);
  const chosen = choices[place];
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [place]);
  const filled = useRpcQuery('inbox.fill', { caseId, ...(chosen?.kind === 'route' ? { routeId: chosen.id } : { savedReplyId: chosen?.id ?? '' }) }, { enabled: chosen !== undefined }).data;
  useImperativeHandle(ref, () => ({
    key(event) {
      if (choices.length === 0) return false;
      if (event.key === 'ArrowDown') setAt((place + 1) % choices.length);
      else if (event.key === 'ArrowUp') setAt((place + choices.length - 1) % choices.length);
      else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
        if (chosen) onPut(chosen);
      } else return false;
      return true;
    },
  }));
  const option = (index: number) => {
    const choice = choices[index];
    return { type: 'button', role: 'option', 'aria-selected': index === place, onMouseDown: (event: { preventDefault: () => void }) => event.preventDefault(), onMouseEnter: () => setAt(index), onClick: () => { if (choice) onPut(choice); } } as const;
  };
  return (
    <div className="slash" role="listbox" aria-label={t('inbox.saved')} data-testid="slash" ref={list}>
      <header><span className="clip">{t('inbox.saved')} <b>/{word}</b></span><span className="quiet nowrap"><kbd>↑</kbd> <kbd>↓</kbd> {t('inbox.slashChoose')} <kbd>↵</kbd> {t('inbox.slashPut')}</span></header>
      {choices.length === 0 ? <p className="quiet">{t(replies.length === 0 && routes.length === 0 ? 'inbox.noneSaved' : 'inbox.noSaved')}</p> : (
        <div className="slash-body">
          <div className="slash-list">
            <div className="slash-replies">
              {found.map((each, index) => <button key={each.id} {...option(index)}><span className="clip grow">{each.title}</span><span className="quiet nowrap">{each.lang} · {t('inbox.uses', { count: each.uses })}</span></button>)}
            </div>
            {channels.length > 0 ? (
              <div className="slash-routes">
                {channels.map((each, index) => <button key={each.id} {...option(found.length + index)}><IconDirections size={14} stroke={1.75} aria-hidden="true" /><span className="clip grow">{[t('inbox.slashRoute', { name: each.name }), each.phone, each.hours].filter((part) => part !== '').join(', ')}</span></button>)}
              </div>
            ) : null}
          </div>
          <p aria-live="polite" data-testid="slash-preview">{filled?.parts.map((part, index) => (part.kind === 'said' ? part.text : <mark key={index} className={part.kind}>{part.kind === 'missing' ? missingWords(t, part.text.replace(/[{}]/g, '')) : part.text}</mark>))}</p>
        </div>
      )}
    </div>
  );
}
