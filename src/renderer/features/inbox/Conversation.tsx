import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconBellOff, IconBolt, IconCheck, IconDots, IconExternalLink, IconEye, IconFlag, IconHourglass, IconPhone } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { CaseView } from '../../../shared/contract/inbox.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { CASE_KINDS, OUTCOMES } from '../../../shared/domain/inbox.ts';
import { dayOf } from '../../../shared/domain/time.ts';
import { Avatar } from '../../ui/bits.tsx';
import { useOpen } from '../../ui/ExternalLink.tsx';
import type { Format } from '../../ui/format.ts';
import { PostText } from '../../ui/PostText.tsx';
import { spanWords, urgencyOf } from '../../ui/clockWords.ts';
import { KindTag } from './CaseList.tsx';
import type { Act } from './useCaseActs.ts';

type Whole = OutputOf<'inbox.case'>;
type Line = { at: number; key: string } & ({ message: Whole['messages'][number] } | { event: Whole['events'][number] });

function Message({ message, account, format, now, onKeep }: { message: Whole['messages'][number]; account: Account; format: Format; now: number; onKeep: (text: string, lang: string | null) => void }) {
  const { t } = useTranslation();
  const { post, direction } = message;
  const mine = direction === 'out';
  return (
    <article className={mine ? 'case-message mine' : 'case-message'} data-testid="case-message" data-direction={direction}>
      <Avatar src={mine ? account.avatar : post.author.avatar} name={post.author.name || post.author.username || '?'} />
      <div>
        <header>
          <b>{post.author.name || post.author.username}</b> <span className="quiet">@{post.author.username}</span>{mine ? <span className="tag">{t('inbox.you')}</span> : null}
          <span className="grow" />
          {mine && !post.tombstone ? <button type="button" className="link-button keep-reply" onClick={() => onKeep(post.text, post.lang)}>{t('inbox.keepReply')}</button> : null}
          {message.tookMinutes !== null ? <span className="quiet"><IconCheck size={12} stroke={1.75} aria-hidden="true" /> {t('inbox.took', { span: spanWords(message.tookMinutes * 60_000) })}</span> : null}
          <time dateTime={new Date(post.createdAt).toISOString()} title={format.when(post.createdAt)}>{format.isToday(post.createdAt, now) ? format.time(post.createdAt) : format.when(post.createdAt)}</time>
        </header>
        {post.tombstone ? <span className="quiet">{t('deck.gone')}</span> : <PostText text={post.text} entities={post.entities} lang={post.lang} practice={account.network === 'practice'} />}
        {post.media.filter((each) => each.src !== null).map((each) => <figure key={each.src}><img src={each.src ?? ''} alt={each.alt ?? t('deck.noAlt')} loading="lazy" />{each.alt ? <span className="alt-mark" aria-hidden="true">ALT</span> : null}</figure>)}
        {post.quoted && !post.quoted.tombstone ? <div className="quote"><b>{post.quoted.author.name}</b> <PostText text={post.quoted.text} entities={post.quoted.entities} lang={post.quoted.lang} practice={account.network === 'practice'} /></div> : null}
      </div>
    </article>
  );
}
function Event({ event, format, now }: { event: Whole['events'][number]; format: Format; now: number }) {
  const { t, i18n } = useTranslation();
  const key = `inbox.event.${event.type}`;
  const said: Record<string, string | number | boolean> = { ...event.params };
  for (const name of ['at', 'until'] as const) if (typeof said[name] === 'number') said[name] = format.isToday(said[name], now) ? format.time(said[name]) : format.when(said[name]);
  if (typeof said['kind'] === 'string' && i18n.exists(`inbox.kind.${said['kind']}`)) said['kind'] = t(`inbox.kind.${said['kind'] as 'other'}`);
  if (typeof said['outcome'] === 'string') said['outcome'] = i18n.exists(`inbox.outcome.${said['outcome']}`) ? t(`inbox.outcome.${said['outcome'] as 'solved'}`) : '—';
  if (typeof said['code'] === 'string') said['code'] = i18n.exists(`reasons.${said['code']}`) ? t(`reasons.${said['code']}` as 'reasons.other', { code: said['code'] }) : '';
  if (typeof said['state'] === 'string' && i18n.exists(`calendar.state.${said['state']}`)) said['state'] = t(`calendar.state.${said['state']}` as 'calendar.state.failed');
  const Sign = event.by === 'rule' ? IconBolt : IconEye;
  return (
    <div className="case-event"><Sign size={14} stroke={1.75} aria-hidden="true" /><span className="grow">{i18n.exists(key) ? t(key as 'inbox.event.done', said) : event.type}</span><time>{format.isToday(event.at, now) ? format.time(event.at) : format.when(event.at)}</time></div>
  );
}

export interface ConversationProps {
  account: Account;
  whole: Whole;
  format: Format;
  now: number;
  onAct: (act: Act) => void;
  /** Keeps an answer of ours as a saved reply. */
  onKeep: (text: string, lang: string | null) => void;
  /** Snooze, label and channels stand beside "done". */
  menus: ReactNode;
  children: ReactNode;
}
/** One case: what was said and what happened, in order, with its acts above and the answer below. */
export function Conversation({ account, whole, format, now, onAct, onKeep, menus, children }: ConversationProps) {
  const { t } = useTranslation();
  const open = useOpen();
  const row: CaseView = whole.case;
  const body = useRef<HTMLDivElement>(null);
  const lines: Line[] = [
    ...whole.messages.map((message): Line => ({ at: message.post.createdAt, key: message.post.id, message })),
    ...whole.events.map((event, index): Line => ({ at: event.at, key: `e${index}`, event })),
  ].sort((a, b) => a.at - b.at);
  const last = lines.at(-1)?.key;
  useEffect(() => {
    body.current?.scrollTo({ top: body.current.scrollHeight });
  }, [row.id, last]);
  const urgency = urgencyOf(row, now);
  const lastIn = whole.messages.findLast((each) => each.direction === 'in');
  return (
    <section className="conversation" aria-label={row.person.name} data-testid="conversation">
      <header>
        <h1 className="clip">{row.person.name || `@${row.person.username}`}</h1>
        <KindTag kind={row.kind} />
        <span className="tag" data-testid="case-state">{t(`inbox.state.${row.state}`)}</span>
        {row.high ? <span className="tag line"><IconFlag size={11} stroke={1.75} aria-hidden="true" />{t('inbox.high')}</span> : null}
        {row.dueAt !== null ? <span className={`tag ${urgency === 'late' ? 'bad' : 'line'}`}><IconHourglass size={11} stroke={1.75} aria-hidden="true" />{urgency === 'late' ? t('inbox.late', { span: spanWords(now - row.dueAt) }) : t('inbox.left', { span: spanWords(row.dueAt - now + 59_999) })}</span> : null}
        <span className="grow" />
        {row.state === 'done' || row.state === 'muted' ? (
          <Button variant="default" size="xs" onClick={() => onAct({ type: row.state === 'muted' ? 'unmute' : 'reopen' })}>{t(row.state === 'muted' ? 'inbox.unmute' : 'inbox.reopen')}</Button>
        ) : (
          <Button variant="default" size="xs" leftSection={<IconCheck size={14} stroke={1.75} />} rightSection={<kbd>E</kbd>} onClick={() => onAct({ type: 'done' })} data-testid="case-done">{t('inbox.done')}</Button>
        )}
        {menus}
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon size={28} aria-label={t('deck.more')}><IconDots size={16} stroke={1.75} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('inbox.kindIs')}</Menu.Label>
            {CASE_KINDS.map((kind) => <Menu.Item key={kind} leftSection={row.kind === kind ? <IconCheck size={14} /> : <span style={{ width: 14, display: 'inline-block' }} />} onClick={() => onAct({ type: 'kind', kind })}>{t(`inbox.kind.${kind}`)}</Menu.Item>)}
            <Menu.Label>{t('inbox.endedAs')}</Menu.Label>
            {OUTCOMES.map((outcome) => <Menu.Item key={outcome} leftSection={row.outcome === outcome ? <IconCheck size={14} /> : <span style={{ width: 14, display: 'inline-block' }} />} onClick={() => onAct({ type: 'outcome', outcome: row.outcome === outcome ? null : outcome })}>{t(`inbox.outcome.${outcome}`)}</Menu.Item>)}
            <Menu.Divider />
            <Menu.Item leftSection={<IconFlag size={14} stroke={1.75} />} rightSection={<kbd>!</kbd>} onClick={() => onAct({ type: 'high', high: !row.high })}>{t(row.high ? 'inbox.toNormal' : 'inbox.toHigh')}</Menu.Item>
            <Menu.Item leftSection={<IconHourglass size={14} stroke={1.75} />} onClick={() => onAct({ type: 'wait' })}>{t('inbox.wait')}</Menu.Item>
            <Menu.Item leftSection={<IconPhone size={14} stroke={1.75} />} onClick={() => onAct({ type: 'called', note: '' })}>{t('inbox.called')}</Menu.Item>
            <Menu.Item leftSection={<IconBellOff size={14} stroke={1.75} />} rightSection={<kbd>U</kbd>} onClick={() => onAct({ type: row.state === 'muted' ? 'unmute' : 'mute' })}>{t(row.state === 'muted' ? 'inbox.unmute' : 'inbox.mute')}</Menu.Item>
            {account.network === 'practice' || !lastIn ? null : <Menu.Item leftSection={<IconExternalLink size={14} stroke={1.75} />} rightSection={<kbd>O</kbd>} onClick={() => open(lastIn.post.url)}>{t('deck.viewOnX')}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      </header>
      <div className="conversation-body" ref={body} tabIndex={0} role="log" aria-label={t('inbox.conversation', { name: row.person.name })}>
        {lines.map((line, index) => {
          const day = dayOf(line.at, account.zone);
          const before = lines[index - 1];
          const fresh = !before || dayOf(before.at, account.zone) !== day;
          return (
            <div key={line.key}>
              {fresh ? <div className="case-day">{format.isToday(line.at, now) ? t('inbox.today') : format.day(line.at)}</div> : null}
              {'message' in line ? <Message message={line.message} account={account} format={format} now={now} onKeep={onKeep} /> : <Event event={line.event} format={format} now={now} />}
            </div>
          );
        })}
      </div>
      {children}
    </section>
  );
}
