import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { CaseView } from '../../../shared/contract/inbox.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useOpen } from '../../ui/ExternalLink.tsx';
import type { Format } from '../../ui/format.ts';
import { ConversationHead } from './ConversationHead.tsx';
import { linesOf, Timeline } from './Timeline.tsx';
import type { Act } from './useCaseActs.ts';

export interface ConversationProps {
  account: Account;
  whole: OutputOf<'inbox.case'>;
  format: Format;
  now: number;
  onAct: (act: Act) => void;
  onLabel: () => void;
  /** Keeps an answer of ours as a saved reply. */
  onKeep: (text: string, lang: string | null) => void;
  /** Snooze and channels stand beside "done". */
  menus: ReactNode;
  children: ReactNode;
}
/** One case: what was said and what happened, in order, with its acts above and the answer below. */
export function Conversation({ account, whole, format, now, onAct, onLabel, onKeep, menus, children }: ConversationProps) {
  const { t } = useTranslation();
  const open = useOpen();
  const row: CaseView = whole.case;
  const body = useRef<HTMLDivElement>(null);
  const lines = linesOf(whole);
  const last = lines.at(-1)?.key;
  useEffect(() => {
    body.current?.scrollTo({ top: body.current.scrollHeight });
  }, [row.id, last]);
  const lastIn = whole.messages.findLast((each) => each.direction === 'in');
  return (
    <section className="conversation" aria-label={row.person.name} data-testid="conversation">
      <ConversationHead row={row} now={now} onX={account.network === 'practice' || !lastIn ? null : () => open(lastIn.post.url)} onAct={onAct} onLabel={onLabel} menus={menus} />
      <div className="conversation-body" ref={body} tabIndex={0} role="log" aria-label={t('inbox.conversation', { name: row.person.name })}>
        <Timeline lines={lines} account={account} format={format} now={now} onKeep={onKeep} />
      </div>
      {children}
    </section>
  );
}
