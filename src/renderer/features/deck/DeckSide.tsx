import { ActionIcon, TagsInput } from '@mantine/core';
import { IconArrowLeft, IconArrowUpRight, IconFold, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Post } from '../../../shared/contract/columns.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { Avatar } from '../../ui/bits.tsx';
import { ExternalLink } from '../../ui/ExternalLink.tsx';
import type { Format } from '../../ui/format.ts';
import { PostCard } from '../../ui/PostCard.tsx';
import { Profile } from '../../ui/Profile.tsx';
import { useErrorWords, useToast } from '../../ui/useToast.tsx';
import { type Side, usePostActions } from './usePostActions.ts';

interface PanelProps {
  account: Account;
  format: Format;
  now: number;
  onShow: (side: Side) => void;
}

function Cards({ posts, account, format, now, onShow, chosen }: PanelProps & { posts: readonly Post[]; chosen?: string }) {
  const actions = usePostActions(account, onShow);
  return posts.map((post) => <PostCard key={post.id} post={post} username={account.username} practice={account.network === 'practice'} selected={post.id === chosen} unread={false} format={format} now={now} actions={actions} />);
}

function Person({ personId, ...rest }: PanelProps & { personId: string }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const words = useErrorWords();
  const { account } = rest;
  const found = useRpcQuery('columns.person', { accountId: account.id, personId });
  const [labels, setLabels] = useState<string[]>([]);
  useEffect(() => setLabels(found.data?.labels ?? []), [found.data?.labels]);
  if (found.error) return <p className="quiet side-words" role="status">{words(found.error)}</p>;
  if (!found.data) return null;
  const { author, note, posts, exchanges } = found.data;
  const label = (typed: string[]): void => {
    const next = typed.map((each) => each.trim().slice(0, 40)).filter((each) => each !== '').slice(0, 20);
    setLabels(next);
    rpc.command('inbox.setPerson', { accountId: account.id, personId, labels: next }).catch((cause: unknown) => {
      setLabels(labels);
      toast.failed(cause);
    });
  };
  const between = new Set(exchanges.map((each) => each.post.id));
  const others = posts.filter((post) => !between.has(post.id));
  return (
    <>
      <div className="side-person">
        <Avatar src={author.avatar} name={author.name || '?'} size={40} />
        <div style={{ minWidth: 0 }}><b className="clip">{author.name}</b><div className="quiet clip">@{author.username}</div></div>
        {account.network === 'practice' ? null : <ExternalLink href={`https://x.com/${encodeURIComponent(author.username)}`}>{t('deck.viewOnX')}<IconArrowUpRight size={11} aria-hidden="true" /></ExternalLink>}
      </div>
      {found.data.bio === '' && found.data.followers === null ? null : <div className="side-profile"><Profile bio={found.data.bio} followers={found.data.followers} /></div>}
      <div className="side-labels">
        <TagsInput size="xs" aria-label={t('deck.side.labels')} placeholder={labels.length === 0 ? t('deck.side.labels') : ''} value={labels} onChange={label} data-testid="side-labels" />
        {note === '' ? null : <p className="quiet">{note}</p>}
      </div>
      <h3 className="side-part">{t('deck.side.exchanges', { count: exchanges.length })}</h3>
      {exchanges.length === 0 ? <p className="quiet side-words">{t('deck.side.noExchanges')}</p> : <Cards {...rest} posts={exchanges.map((each) => each.post)} />}
      <h3 className="side-part">{t('deck.side.wrote', { count: others.length })}</h3>
      {others.length === 0 ? <p className="quiet side-words">{t('deck.side.wroteNothing')}</p> : <Cards {...rest} posts={others} />}
    </>
  );
}

function Conversation({ postId, ...rest }: PanelProps & { postId: string }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const { account, format } = rest;
  const found = useRpcQuery('columns.conversation', { accountId: account.id, postId });
  const frame = useRef<HTMLDivElement>(null);
  const there = found.data !== undefined;
  useEffect(() => { if (there) frame.current?.querySelector('.post.selected')?.scrollIntoView({ block: 'nearest' }); }, [there, postId]);
  if (found.error) return <p className="quiet side-words" role="status">{words(found.error)}</p>;
  if (!found.data) return null;
  const { rows, missing, usd } = found.data;
  return (
    <div ref={frame}>
      <p className="quiet side-words" data-testid="side-known">{missing === 0 ? t('deck.side.whole') : usd > 0 ? t('deck.side.missingPrice', { count: missing, usd: format.usd(usd) }) : t('deck.side.missing', { count: missing })}</p>
      {rows.map((row) => (row.row === 'post' ? <Cards key={row.post.id} {...rest} posts={[row.post]} chosen={postId} /> : (
        <div key={`gap-${row.beforeId}`} className="gap-row" data-testid="side-gap"><span><IconFold size={14} stroke={1.75} aria-hidden="true" style={{ verticalAlign: -2 }} /> {t('deck.side.gap')}</span></div>
      )))}
    </div>
  );
}

/** The panel beside the columns: a person, or a conversation, from what is stored (P, Enter). Esc closes it. */
export function DeckSide({ side, before, onBack, onClose, ...rest }: PanelProps & { side: Side; /** What was shown before this. */ before: Side | null; onBack: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  useKeys({ Escape: () => (document.activeElement?.closest('.dock') ? false : onClose()) });
  const body: ReactNode = side.kind === 'person' ? <Person key={side.personId} {...rest} personId={side.personId} /> : <Conversation key={side.postId} {...rest} postId={side.postId} />;
  const title = t(side.kind === 'person' ? 'deck.side.person' : 'deck.side.conversation');
  return (
    <aside className="deck-side" aria-label={title} data-testid="deck-side">
      <header>
        {before ? <ActionIcon size={24} aria-label={t('deck.side.back')} title={t('deck.side.back')} onClick={onBack} data-testid="side-back"><IconArrowLeft size={15} stroke={1.75} /></ActionIcon> : null}
        <h2 className="clip">{title}</h2>
        <span className="quiet nowrap">{t('deck.side.local')}</span>
        <ActionIcon size={24} aria-label={t('shell.close')} title={`${t('shell.close')} (Esc)`} onClick={onClose} data-testid="side-close"><IconX size={15} stroke={1.75} /></ActionIcon>
      </header>
      <div className="side-body">{body}</div>
    </aside>
  );
}
