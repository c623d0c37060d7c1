import { Button } from '@mantine/core';
import { IconAlertCircle, IconAt, IconChevronUp, IconFold, IconHome, IconListSearch, IconSearch, IconSend } from '@tabler/icons-react';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { VList, type VListHandle } from 'virtua';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Column, ColumnRow, Post } from '../../../shared/contract/columns.ts';
import { compareIds, snowflakeTime } from '../../../shared/domain/ids.ts';
import { composeUrl, likeUrl, mayReply } from '../../../shared/domain/intent.ts';
import { useView } from '../../app/viewStore.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { useOpen } from '../../ui/ExternalLink.tsx';
import { useRpcCommand } from '../../rpc/hooks.ts';
import { EmptyState } from '../../ui/bits.tsx';
import type { Format } from '../../ui/format.ts';
import { type PostActions, PostCard } from '../../ui/PostCard.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { ColumnHead } from './ColumnHead.tsx';
import { ColumnOptions } from './ColumnOptions.tsx';
import { ScheduledFacts, ScheduledList } from './ScheduledList.tsx';
import { useChangeSearch } from './useChangeSearch.ts';
import { useColumnRows } from './useColumnRows.ts';

/** What a column says when it cannot be read: what happened, what is kept, when it goes on. */
function ColumnAlert({ column, format, onChange }: { column: Column; format: Format; /** Opens what can be changed about it. */ onChange: () => void }) {
  const { t, i18n } = useTranslation();
  const { error } = column;
  if (!error) return null;
  const key = `deck.error.${error.code}`;
  // Tried again as it is, it would be refused again.
  const mine = error.code === 'network_refused' && column.source.kind === 'search';
  const what = i18n.exists(key) ? t(key as 'deck.error.other') : t('deck.error.other');
  return (
    <div className="column-alert" role="status" data-testid="column-error">
      <IconAlertCircle size={15} stroke={1.75} aria-hidden="true" />
      <b>{error.resumesAt ? t('deck.alertUntil', { what, time: format.time(error.resumesAt) }) : t('deck.alertSince', { what, time: format.time(error.since) })}</b>
      {mine ? <p><Button variant="default" size="compact-xs" data-testid="change-search" onClick={onChange}>{t('deck.changeSearch')}</Button></p> : null}
      {mine ? null : <p>{column.refreshedAt === null ? t('deck.alertKept') : t('deck.alertKeptSince', { time: format.time(column.refreshedAt) })}</p>}
    </div>
  );
}

const EMPTY_ICONS = { home: IconHome, mentions: IconAt, own: IconSend, search: IconSearch, local: IconListSearch };
function EmptyColumn({ kind, onAdd }: { kind: keyof typeof EMPTY_ICONS; onAdd: () => void }) {
  const { t } = useTranslation();
  const openComposer = useView((state) => state.openComposer);
  return (
    <EmptyState icon={EMPTY_ICONS[kind]} title={t(`deck.emptyTitle.${kind}`)} body={t(`deck.emptyColumn.${kind}`)}>
      {kind === 'own' ? <Button onClick={() => openComposer({ kind: 'new' })}>{t('deck.write')}</Button> : kind === 'mentions' ? <Button variant="default" leftSection={<IconSearch size={15} stroke={1.75} />} onClick={onAdd}>{t('deck.addSearch')}</Button> : null}
    </EmptyState>
  );
}

function GapRow({ row, format, busy, onFill }: { row: Extract<ColumnRow, { row: 'gap' }>; format: Format; busy: boolean; onFill: () => void }) {
  const { t } = useTranslation();
  const from = snowflakeTime(row.afterId);
  const to = snowflakeTime(row.beforeId);
  return (
    <div className="gap-row" data-testid="gap">
      <span className="nowrap"><IconFold size={14} stroke={1.75} aria-hidden="true" style={{ verticalAlign: -2 }} /> {from !== null && to !== null ? `${format.time(from)} – ${format.time(to)}` : ''}</span>
      <Button variant="default" size="compact-xs" loading={busy} onClick={onFill}>{row.usd > 0 ? t('deck.gapPrice', { n: row.estimate, usd: format.usd(row.usd) }) : t('deck.gap', { n: row.estimate })}</Button>
    </div>
  );
}

function useColumnDrag(ref: RefObject<HTMLElement | null>, columnId: string, index: number, move: (columnId: string, toIndex: number) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    return combine(
      draggable({ element, getInitialData: () => ({ kind: 'column', columnId }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data['kind'] === 'column' && source.data['columnId'] !== columnId,
        onDragEnter: () => setOver(true), onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          move(String(source.data['columnId']), index);
        },
      }),
    );
  }, [ref, columnId, index, move]);
  return over;
}

export interface DeckColumnProps {
  column: Column;
  account: Account | undefined;
  index: number;
  count: number;
  current: boolean;
  selectedId: string | null;
  /** A post of some column is selected: Esc lets go of it before it closes options. */
  selecting: boolean;
  format: Format;
  now: number;
  onSelect: (columnId: string) => void;
  onAdd: () => void;
  /** Another column stands in its place. */
  onReplaced: (columnId: string) => void;
  register: (columnId: string, api: { posts: () => readonly Post[]; scrollTo: (id: string) => void; fresh: () => void; actions: PostActions } | null) => void;
}

/** One column: header with freshness and price, posts, gaps, and the pill for what is new (UX, deck). */
export function DeckColumn({ column, account, index, count, current, selectedId, selecting, format, now, onSelect, onAdd, onReplaced, register }: DeckColumnProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const actions = usePostActions(account);
  const list = useRef<VListHandle>(null);
  const head = useRef<HTMLElement>(null);
  const frame = useRef<HTMLElement>(null);
  const scrolledRef = useRef(false);
  // Set by movement, not by entering: React loses the entering when what was under the pointer has just gone (a dialog, a moved column).
  const pointed = useRef(false);
  const reading = useRef(false);
  reading.current = current && selectedId !== null;
  const [optionsOpen, setOptionsOpen] = useState(false);
  // At the top, with nobody pointing at it or going through it by keyboard, a column is live; else new posts wait behind the pill.
  const live = useCallback(() => !scrolledRef.current && !pointed.current && !reading.current, []);
  const { rows, waiting, loaded, more, showWaiting, loadMore, reload } = useColumnRows(column.id, live);
  const update = useRpcCommand('columns.update');
  const moveColumn = useRpcCommand('columns.move');
  const remove = useRpcCommand('columns.remove');
  const refresh = useRpcCommand('columns.refresh');
  const seen = useRpcCommand('columns.markSeen');
  const fillGap = useRpcCommand('columns.fillGap');
  const moveTo = useCallback((columnId: string, toIndex: number) => moveColumn.mutate({ columnId, toIndex }), [moveColumn]);
  const over = useColumnDrag(head, column.id, index, moveTo);
  const fresh = (): void => {
    showWaiting();
    list.current?.scrollToIndex(0);
  };
  useEffect(() => {
    register(column.id, {
      posts: () => rows.flatMap((row) => (row.row === 'post' ? [row.post] : [])),
      scrollTo: (id) => list.current?.scrollToIndex(rows.findIndex((row) => row.row === 'post' && row.post.id === id), { align: 'nearest' }),
      fresh,
      actions,
    });
    return () => register(column.id, null);
  });
  const title = column.source.kind === 'search' || column.source.kind === 'local' ? column.source.query : t(`deck.${column.source.kind}`);
  const newest = rows.find((row) => row.row === 'post');
  const clear = (): void => {
    if (newest?.row === 'post') seen.mutate({ columnId: column.id, postId: newest.post.id }, { onError: toast.failed });
  };
  const drop = (): void => remove.mutate({ columnId: column.id }, { onSuccess: ({ undoId }) => toast.done(t('deck.removed'), { undoId }), onError: toast.failed });
  const changeSearch = useChangeSearch(column, index, onReplaced);
  const changeByHand = (): void => {
    setOptionsOpen(true);
    requestAnimationFrame(() => frame.current?.querySelector<HTMLInputElement>('[data-testid="options-query"]')?.focus());
  };
  useKeys({
    Escape: () => {
      const inside = frame.current?.contains(document.activeElement) ?? false;
      if (!optionsOpen || (!inside && (selecting || document.activeElement?.closest('.column, .dock')))) return false;
      setOptionsOpen(false);
      frame.current?.querySelector<HTMLElement>('[data-testid="column-options"]')?.focus();
      return true;
    },
  });
  const name = t('deck.column', { n: index + 1, title });
  if (column.collapsed) {
    return (
      <section className="column collapsed" aria-label={name} data-testid={`column-${column.source.kind}`} data-column-id={column.id}>
        <button type="button" className="column-strip" onClick={() => update.mutate({ columnId: column.id, collapsed: false })} aria-label={`${t('deck.expand')}: ${title}`}>
          <span className="column-n">{index + 1}</span>{title}{column.unread > 0 ? <span className="count">{column.unread}</span> : null}
        </button>
      </section>
    );
  }
  return (
    <section
      ref={frame} className={`column${current ? ' current' : ''}${over ? ' drop' : ''}`} style={{ flexBasis: column.width, minWidth: Math.max(280, column.width - 60) }} aria-label={name} data-testid={`column-${column.source.kind}`} data-column-id={column.id}
      onMouseDown={() => onSelect(column.id)} onMouseMove={() => { pointed.current = true; }} onMouseLeave={() => { pointed.current = false; if (live()) showWaiting(); }}
    >
      <ColumnHead ref={head} column={column} account={account} index={index} title={title} format={format} now={now} optionsOpen={optionsOpen} onClear={clear} onOptions={() => setOptionsOpen(!optionsOpen)} {...(column.source.kind === 'scheduled' ? { facts: <ScheduledFacts account={account} now={now} /> } : {})} />
      {waiting > 0 ? <Button className="pill" size="compact-xs" radius="xl" leftSection={<IconChevronUp size={13} />} onClick={fresh} data-testid="new-pill">{t('deck.new', { count: waiting })}</Button> : null}
      {optionsOpen ? (
        <ColumnOptions
          column={column} index={index} count={count} onMove={(to) => moveTo(column.id, to)} onRemove={drop} onQuery={changeSearch} onWidth={(width) => update.mutate({ columnId: column.id, width })}
          onCollapse={() => { setOptionsOpen(false); update.mutate({ columnId: column.id, collapsed: true }); }} onRefresh={() => refresh.mutate({ columnId: column.id })}
        />
      ) : null}
      <ColumnAlert column={column} format={format} onChange={changeByHand} />
      <div className="column-body" {...(column.source.kind === 'scheduled' ? {} : { role: 'feed' })} aria-label={title} aria-busy={column.loading}>
        {column.source.kind === 'scheduled' ? <ScheduledList account={account} now={now} /> : !loaded || (rows.length === 0 && column.loading && column.refreshedAt === null) ? (
          [1, 2, 3, 4, 5].map((n) => <div key={n} className="skeleton" aria-hidden="true"><i className="round" /><span><i style={{ width: '45%' }} /><i /><i style={{ width: '70%' }} /></span></div>)
        ) : rows.length === 0 && column.error ? null : rows.length === 0 ? (
          <EmptyColumn kind={column.source.kind} onAdd={onAdd} />
        ) : (
          <VList
            ref={list} style={{ height: '100%' }}
            onScroll={(offset) => {
              scrolledRef.current = offset > 40;
              const handle = list.current;
              if (handle && more && offset + handle.viewportSize > handle.scrollSize - 1200) loadMore();
            }}
          >
            {rows.map((row) =>
              row.row === 'post' ? (
                <PostCard key={row.post.id} post={row.post} username={account?.username ?? ''} practice={account?.network === 'practice'} selected={row.post.id === selectedId} unread={column.seenId !== null && compareIds(row.post.id, column.seenId) > 0} format={format} now={now} actions={actions} />
              ) : (
                <GapRow key={row.gapId} row={row} format={format} busy={fillGap.isPending} onFill={() => fillGap.mutate({ columnId: column.id, gapId: row.gapId }, { onSuccess: reload, onError: toast.failed })} />
              ),
            )}
          </VList>
        )}
      </div>
    </section>
  );
}

/** What can be done with a post, the same object for every render: cards are memoised. */
function usePostActions(account: Account | undefined): PostActions {
  const { t } = useTranslation();
  const toast = useToast();
  const open = useOpen();
  const openComposer = useView((state) => state.openComposer);
  const latest = useRef({ account, toast, open, t });
  latest.current = { account, toast, open, t };
  const [actions] = useState<PostActions>(() => {
    const as = (kind: 'reply' | 'repost', post: Post): void => openComposer({ kind: 'new', as: { kind, target: { id: post.id, username: post.author.username }, excerpt: post.text.slice(0, 80) } });
    // Practice people are made up: nobody on x.com is them.
    const onlyPractice = (): boolean => {
      const now = latest.current;
      if (now.account?.network !== 'practice') return false;
      now.toast.done(now.t('deck.onlyPractice'));
      return true;
    };
    return {
      reply(post) {
        const now = latest.current;
        if (now.account && mayReply(post, now.account.username)) return as('reply', post);
        if (onlyPractice()) return undefined;
        // What X refuses to apps is done by hand on X (x-api-facts §5.2).
        now.toast.done(now.t('deck.replyByHand'));
        return now.open(composeUrl({ text: '', replyToId: post.id }));
      },
      repost: (post) => as('repost', post),
      like: (post) => onlyPractice() || latest.current.open(likeUrl(post.id)),
      open: (post) => onlyPractice() || latest.current.open(post.url),
      person: (post) => onlyPractice() || latest.current.open(`https://x.com/${encodeURIComponent(post.author.username)}`),
      copyLink(post) {
        const now = latest.current;
        navigator.clipboard.writeText(post.url).then(() => now.toast.done(now.t('deck.linkCopied')), () => now.toast.done(post.url));
      },
    };
  });
  return actions;
}
