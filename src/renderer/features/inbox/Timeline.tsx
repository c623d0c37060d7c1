import { IconBolt, IconCheck, IconEye } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { dayOf } from '../../../shared/domain/time.ts';
import { Avatar } from '../../ui/bits.tsx';
import { spanWords } from '../../ui/clockWords.ts';
import type { Format } from '../../ui/format.ts';
import { PostText } from '../../ui/PostText.tsx';

type Whole = OutputOf<'inbox.case'>;
type Said = Whole['messages'][number];
type Happened = Whole['events'][number];
type Line = { at: number; key: string } & ({ message: Said } | { event: Happened });

/** What was said and what happened, in the order of time. */
export function linesOf(whole: Whole): Line[] {
  return [
    ...whole.messages.map((message): Line => ({ at: message.post.createdAt, key: message.post.id, message })),
    ...whole.events.map((event, index): Line => ({ at: event.at, key: `e${index}`, event })),
  ].sort((a, b) => a.at - b.at);
}

function Message({ message, account, format, now, onKeep }: { message: Said; account: Account; format: Format; now: number; onKeep: (text: string, lang: string | null) => void }) {
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
          {message.tookMinutes !== null ? <span className="quiet took" title={t('inbox.inOffice')}><IconCheck size={12} stroke={1.75} aria-hidden="true" /> {t('inbox.took', { span: spanWords(message.tookMinutes * 60_000) })}</span> : null}
          <time dateTime={new Date(post.createdAt).toISOString()} title={format.when(post.createdAt)}>{format.isToday(post.createdAt, now) ? format.time(post.createdAt) : format.when(post.createdAt)}</time>
        </header>
        {post.tombstone ? <span className="quiet">{t('deck.gone')}</span> : <PostText text={post.text} entities={post.entities} lang={post.lang} practice={account.network === 'practice'} />}
        {post.media.filter((each) => each.src !== null).map((each) => <figure key={each.src}><img src={each.src ?? ''} alt={each.alt ?? t('deck.noAlt')} loading="lazy" />{each.alt ? <span className="alt-mark" aria-hidden="true">ALT</span> : null}</figure>)}
        {post.quoted && !post.quoted.tombstone ? <div className="quote"><b>{post.quoted.author.name}</b> <PostText text={post.quoted.text} entities={post.quoted.entities} lang={post.quoted.lang} practice={account.network === 'practice'} /></div> : null}
      </div>
    </article>
  );
}

/** What a rule made of it: "La regla «…» la marcó queja, prioridad alta". */
function ruledWords({ params }: Happened, t: TFunction): string {
  const kind = typeof params['kind'] === 'string' ? [t(`inbox.kind.${params['kind'] as 'other'}`)] : [];
  const what = [...kind, ...(params['high'] === true ? [t('inbox.ruledHigh')] : []), ...(typeof params['label'] === 'string' ? [t('inbox.ruledLabel', { label: params['label'] })] : [])];
  const rule = String(params['rule'] ?? '');
  return what.length === 0 ? t('inbox.event.ruled', { rule }) : t('inbox.ruledAs', { rule, what: what.join(', ') });
}
/** What it was opened with: when its answer was due, and by which clock. */
function openedWords({ params }: Happened, at: (ms: number) => string, now: number, t: TFunction): string {
  const { due, kind, minutes } = params;
  if (typeof due !== 'number' || typeof kind !== 'string' || typeof minutes !== 'number') return t('inbox.event.opened');
  return t(due <= now ? 'inbox.openedWas' : 'inbox.openedDue', { due: at(due), kind: t(`inbox.kind.${kind as 'other'}`), span: spanWords(minutes * 60_000) });
}

function Event({ event, format, now }: { event: Happened; format: Format; now: number }) {
  const { t, i18n } = useTranslation();
  const at = (ms: number): string => (format.isToday(ms, now) ? format.time(ms) : format.when(ms));
  const words = (): string => {
    if (event.type === 'ruled') return ruledWords(event, t);
    if (event.type === 'opened') return openedWords(event, at, now, t);
    const key = `inbox.event.${event.type}`;
    const said: Record<string, string | number | boolean> = { ...event.params };
    for (const name of ['at', 'until'] as const) if (typeof said[name] === 'number') said[name] = at(said[name]);
    if (typeof said['kind'] === 'string' && i18n.exists(`inbox.kind.${said['kind']}`)) said['kind'] = t(`inbox.kind.${said['kind'] as 'other'}`);
    if (typeof said['outcome'] === 'string') said['outcome'] = i18n.exists(`inbox.outcome.${said['outcome']}`) ? t(`inbox.outcome.${said['outcome'] as 'solved'}`) : '—';
    if (typeof said['code'] === 'string') said['code'] = i18n.exists(`reasons.${said['code']}`) ? t(`reasons.${said['code']}` as 'reasons.other', { code: said['code'] }) : '';
    if (typeof said['state'] === 'string' && i18n.exists(`calendar.state.${said['state']}`)) said['state'] = t(`calendar.state.${said['state']}` as 'calendar.state.failed');
    return i18n.exists(key) ? t(key as 'inbox.event.done', said) : event.type;
  };
  const Sign = event.by === 'rule' ? IconBolt : IconEye;
  return <div className="case-event" data-testid="case-event" data-type={event.type}><Sign size={14} stroke={1.75} aria-hidden="true" /><span className="grow">{words()}</span><time>{at(event.at)}</time></div>;
}

/** A conversation by days: messages, and one strip for each thing that happened (LOOK 07). */
export function Timeline({ lines, account, format, now, onKeep }: { lines: readonly Line[]; account: Account; format: Format; now: number; /** Keeps an answer of ours as a saved reply. */ onKeep: (text: string, lang: string | null) => void }) {
  const { t } = useTranslation();
  return lines.map((line, index) => {
    const before = lines[index - 1];
    const fresh = !before || dayOf(before.at, account.zone) !== dayOf(line.at, account.zone);
    return (
      <div key={line.key}>
        {fresh ? <div className="case-day">{format.isToday(line.at, now) ? t('inbox.today') : format.day(line.at)}</div> : null}
        {'message' in line ? <Message message={line.message} account={account} format={format} now={now} onKeep={onKeep} /> : <Event event={line.event} format={format} now={now} />}
      </div>
    );
  });
}
