import { ActionIcon, Badge, Button, Menu, Skeleton } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconAt, IconCheck, IconDots, IconHome, IconLayoutSidebarLeftCollapse, IconMinus, IconPlus, IconRefresh, IconSearch, IconSend, IconTrash } from '@tabler/icons-react';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { VList, type VListHandle } from 'virtua';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Column, Post } from '../../../shared/contract/columns.ts';
import { composeUrl, mayReply } from '../../../shared/domain/intent.ts';
import { useView } from '../../app/viewStore.ts';
import { useOpen } from '../../ui/ExternalLink.tsx';
import { useRpcCommand } from '../../rpc/hooks.ts';
import { Empty } from '../../ui/bits.tsx';
import type { Format } from '../../ui/format.ts';
import { PostCard } from '../../ui/PostCard.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { useColumnRows } from './useColumnRows.ts';

const ICONS = { home: IconHome, mentions: IconAt, own: IconSend, search: IconSearch };
const STEP = 40;

function useHeaderWords(column: Column, format: Format, now: number): string {
  const { t, i18n } = useTranslation();
  if (column.error) {
    const key = `deck.error.${column.error.code}`;
    const what = i18n.exists(key) ? t(key as 'deck.error.other') : t('deck.error.other');
    if (column.error.resumesAt) return `${what}, ${t('deck.resumes', { time: format.time(column.error.resumesAt) })}`;
    return t('deck.since', { what, time: format.time(column.error.since) });
  }
  if (column.refreshedAt === null) return column.loading ? t('deck.loading') : t('deck.never');
  return now - column.refreshedAt < 60_000 ? t('deck.now') : t('deck.fresh', { ago: format.ago(column.refreshedAt, now) });
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
  format: Format;
  now: number;
  onSelect: (columnId: string) => void;
  register: (columnId: string, api: { ids: () => string[]; url: (id: string) => string | null; scrollTo: (id: string) => void; fresh: () => void } | null) => void;
}

/** One column: header with freshness and price, posts, gaps, and the pill for what is new (UX, deck). */
export function DeckColumn({ column, account, index, count, current, selectedId, format, now, onSelect, register }: DeckColumnProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const openX = useOpen();
  const openComposer = useView((state) => state.openComposer);
  // Cards are memoised: what they call must not change with every render of the column.
  const answering = useRef({ account, openX, toast });
  answering.current = { account, openX, toast };
  const as = useCallback((kind: 'reply' | 'repost', post: Post) => openComposer({ kind: 'new', as: { kind, target: { id: post.id, username: post.author.username }, excerpt: post.text.slice(0, 80) } }), [openComposer]);
  const reply = useCallback((post: Post) => {
    const { account: mine, openX: open, toast: say } = answering.current;
    if (mine && mayReply(post, mine.username)) return as('reply', post);
    // What X refuses to apps is done by hand on X (x-api-facts §5.2).
    say.done(t('deck.replyByHand'));
    return open(composeUrl({ text: '', replyToId: post.id }));
  }, [as, t]);
  const repost = useCallback((post: Post) => as('repost', post), [as]);
  const list = useRef<VListHandle>(null);
  const head = useRef<HTMLElement>(null);
  const scrolledRef = useRef(false);
  const pointed = useRef(false);
  const reading = useRef(false);
  reading.current = current && selectedId !== null;
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
  const words = useHeaderWords(column, format, now);
  const fresh = (): void => {
    showWaiting();
    list.current?.scrollToIndex(0);
  };
  useEffect(() => {
    const posts = rows.flatMap((row) => (row.row === 'post' ? [row.post] : []));
    register(column.id, {
      ids: () => posts.map((post) => post.id),
      url: (id) => posts.find((post) => post.id === id)?.url ?? null,
      scrollTo: (id) => list.current?.scrollToIndex(rows.findIndex((row) => row.row === 'post' && row.post.id === id), { align: 'nearest' }),
      fresh,
    });
    return () => register(column.id, null);
  });
  const Icon = ICONS[column.source.kind];
  const title = column.source.kind === 'search' ? column.source.query : t(`deck.${column.source.kind}`);
  const newest = rows.find((row) => row.row === 'post');
  const clear = (): void => {
    if (newest?.row === 'post') seen.mutate({ columnId: column.id, postId: newest.post.id }, { onError: toast.failed });
  };
  const drop = (): void => remove.mutate({ columnId: column.id }, { onSuccess: ({ undoId }) => toast.done(t('deck.removed'), { undoId }), onError: toast.failed });
  if (column.collapsed) {
    return (
      <section className="column collapsed" style={{ width: 40 }} aria-label={t('deck.column', { n: index + 1, title })} data-testid={`column-${column.source.kind}`}>
        <button type="button" className="column-strip" onClick={() => update.mutate({ columnId: column.id, collapsed: false })} aria-label={`${t('deck.expand')}: ${title}`}>{index + 1} · {title}{column.unread > 0 ? ` (${column.unread})` : ''}</button>
      </section>
    );
  }
  return (
    <section className={current ? 'column current' : 'column'} style={{ width: column.width, ...(over ? { boxShadow: 'inset 3px 0 0 var(--mantine-primary-color-filled)' } : {}) }} aria-label={t('deck.column', { n: index + 1, title })} data-testid={`column-${column.source.kind}`} data-column-id={column.id} onMouseDown={() => onSelect(column.id)} onPointerEnter={() => { pointed.current = true; }} onPointerLeave={() => { pointed.current = false; }}>
      <header className="column-head" ref={head}>
        <Icon size={16} aria-hidden="true" style={{ flex: 'none' }} />
        {column.unread > 0 ? <Badge size="sm" variant="filled" title={t('deck.unread', { count: column.unread })}>{column.unread}</Badge> : null}
        <div className="grow">
          <h2>{index + 1} · {title}</h2>
          <div className="column-sub">@{account?.username ?? ''} · <span aria-live="off">{words}</span>{column.usdPerDay > 0 ? ` · ${t('deck.perDay', { usd: format.usd(column.usdPerDay) })}` : ''}</div>
        </div>
        <Button variant="subtle" color="gray" size="compact-xs" title={t('deck.clearTitle')} onClick={clear} disabled={column.unread === 0} leftSection={<IconCheck size={12} />}>{t('deck.clear')}</Button>
        <Menu>
          <Menu.Target><ActionIcon aria-label={t('deck.options')} data-testid="column-options"><IconDots size={16} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconRefresh size={14} />} onClick={() => refresh.mutate({ columnId: column.id })}>{t('deck.refresh')}</Menu.Item>
            <Menu.Item leftSection={<IconMinus size={14} />} closeMenuOnClick={false} disabled={column.width <= 260} onClick={() => update.mutate({ columnId: column.id, width: Math.max(260, column.width - STEP) })}>{t('deck.narrower')}</Menu.Item>
            <Menu.Item leftSection={<IconPlus size={14} />} closeMenuOnClick={false} disabled={column.width >= 640} onClick={() => update.mutate({ columnId: column.id, width: Math.min(640, column.width + STEP) })}>{t('deck.wider')}</Menu.Item>
            <Menu.Item leftSection={<IconArrowLeft size={14} />} disabled={index === 0} onClick={() => moveTo(column.id, index - 1)}>{t('deck.moveLeft')}</Menu.Item>
            <Menu.Item leftSection={<IconArrowRight size={14} />} disabled={index === count - 1} onClick={() => moveTo(column.id, index + 1)}>{t('deck.moveRight')}</Menu.Item>
            <Menu.Item leftSection={<IconLayoutSidebarLeftCollapse size={14} />} onClick={() => update.mutate({ columnId: column.id, collapsed: true })}>{t('deck.collapse')}</Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={drop} data-testid="column-remove">{t('deck.remove')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {waiting > 0 ? <Button className="pill" size="compact-sm" radius="xl" onClick={fresh} data-testid="new-pill">{t('deck.new', { count: waiting })}</Button> : null}
      <div className="column-body" role="feed" aria-label={title} aria-busy={column.loading}>
        {!loaded || (rows.length === 0 && column.loading && column.refreshedAt === null) ? (
          <div style={{ padding: 12 }}>{[1, 2, 3, 4].map((n) => <Skeleton key={n} height={64} mb={12} animate={false} />)}</div>
        ) : rows.length === 0 ? (
          <Empty>{t(`deck.emptyColumn.${column.source.kind}`)}</Empty>
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
                <PostCard key={row.post.id} post={row.post} selected={row.post.id === selectedId} format={format} now={now} onReply={reply} onRepost={repost} />
              ) : (
                <div className="gap-row" key={row.gapId}>
                  <Button variant="subtle" size="compact-xs" loading={fillGap.isPending} onClick={() => fillGap.mutate({ columnId: column.id, gapId: row.gapId }, { onSuccess: reload, onError: toast.failed })}>
                    {row.usd > 0 ? t('deck.gapPrice', { n: row.estimate, usd: format.usd(row.usd) }) : t('deck.gap', { n: row.estimate })}
                  </Button>
                </div>
              ),
            )}
          </VList>
        )}
      </div>
    </section>
  );
}
