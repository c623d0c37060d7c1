import { Button } from '@mantine/core';
import { IconAlertCircle, IconAt, IconChevronUp, IconFilter, IconFold, IconHome, IconListSearch, IconSearch, IconSend } from '@tabler/icons-react';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { VList, type VListHandle } from 'virtua';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Column, ColumnRow, Post } from '../../../shared/contract/columns.ts';
import { isNoFilter, NO_FILTER } from '../../../shared/domain/columnFilter.ts';
import { compareIds, snowflakeTime } from '../../../shared/domain/ids.ts';
import { useView } from '../../app/viewStore.ts';
import { UnlockButton } from '../accounts/Secrets.tsx';
import { useKeys } from '../../hotkeys/keys.ts';
import { useRpcCommand } from '../../rpc/hooks.ts';
import { EmptyState } from '../../ui/bits.tsx';
import type { Format } from '../../ui/format.ts';
import { type PostActions, PostCard } from '../../ui/PostCard.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { ColumnHead } from './ColumnHead.tsx';
import { ColumnOptions } from './ColumnOptions.tsx';
import { LocalSearch } from './LocalSearch.tsx';
import { ScheduledFacts, ScheduledList } from './ScheduledList.tsx';
import { useChangeSearch } from './useChangeSearch.ts';
import { useColumnRows } from './useColumnRows.ts';
import { useMarks } from './useMarks.ts';
import { TOP_PX, useKeepPlace } from './usePlace.ts';
import { type Side, usePostActions } from './usePostActions.ts';

/** What a column says when it cannot be read: what happened, what is kept, when it goes on. */
function ColumnAlert({ column, format, onChange }: { column: Column; format: Format; /** Opens what can be changed about it. */ onChange: () => void }) {
  const { t, i18n } = useTranslation();
  const { error } = column;
  if (!error) return null;
  const key = `deck.error.${error.code}`;
  // Tried again as it is, it would be refused again.
  const mine = error.code === 'network_refused' && column.source.kind === 'search';
  // Locked keys are not tried again: the user unlocks them.
  const locked = error.code === 'secrets_locked';
  const what = i18n.exists(key) ? t(key as 'deck.error.other') : t('deck.error.other');
  return (
    <div className="column-alert" role="status" data-testid="column-error">
      <IconAlertCircle size={15} stroke={1.75} aria-hidden="true" />
      <b>{error.resumesAt ? t('deck.alertUntil', { what, time: format.time(error.resumesAt) }) : t('deck.alertSince', { what, time: format.time(error.since) })}</b>
      {mine ? <p><Button variant="default" size="compact-xs" data-testid="change-search" onClick={onChange}>{t('deck.changeSearch')}</Button></p> : null}
      {locked ? <p>{t('deck.alertLocked')} <UnlockButton testId="unlock-column" /></p> : null}
      {mine || locked ? null : <p>{column.refreshedAt === null ? t('deck.alertKept') : t('deck.alertKeptSince', { time: format.time(column.refreshedAt) })}</p>}
    </div>
  );
}

const EMPTY_ICONS = { home: IconHome, mentions: IconAt, own: IconSend, search: IconSearch, local: IconListSearch };
function EmptyColumn({ kind, accountId, onAdd }: { kind: keyof typeof EMPTY_ICONS; accountId: string; onAdd: () => void }) {
  const { t } = useTranslation();
  const openComposer = useView((state) => state.openComposer);
  return (
    <EmptyState icon={EMPTY_ICONS[kind]} title={t(`deck.emptyTitle.${kind}`)} body={t(`deck.emptyColumn.${kind}`)}>
      {kind === 'own' ? <Button onClick={() => openComposer({ kind: 'new', accountId })}>{t('deck.write')}</Button> : kind === 'mentions' ? <Button variant="default" leftSection={<IconSearch size={15} stroke={1.75} />} onClick={onAdd}>{t('deck.addSearch')}</Button> : null}
    </EmptyState>
  );
}

function GapRow({ row, format, busy, onFill }: { row: Extract<ColumnRow, { row: 'gap' }>; format: Format; busy: boolean; onFill: () => void }) {
  const { t } = useTranslation();
  const from = snowflakeTime(row.afterId);
  const to = snowflakeTime(row.beforeId);
  return (
    <div className="gap-row" role="article" data-testid="gap">
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
  /** Its rows are asked for; false while the first column is drawn before it. */
  turn: boolean;
  /** Its rows are on the screen. */
  onDrawn?: (() => void) | undefined;
  current: boolean;
  selectedId: string | null;
  /** A post of some column is selected: Esc lets go of it before it closes options. */
  selecting: boolean;
  format: Format;
  now: number;
  /** A press in it, and on which of its posts. */
  onSelect: (columnId: string, postId: string | null) => void;
  onAdd: () => void;
  /** Another column stands in its place. */
  onReplaced: (columnId: string) => void;
  onFold: () => void;
  onBeside: (side: Side) => void;
  register: (columnId: string, api: { posts: () => readonly Post[]; scrollTo: (id: string) => void; fresh: () => void; /** All of it has been seen. */ clear: () => void; actions: PostActions } | null) => void;
}

/** One column: header with freshness and price, posts, gaps, and the pill for what is new (UX, deck). */
export function DeckColumn({ column, account, index, count, turn, onDrawn, current, selectedId, selecting, format, now, onSelect, onAdd, onReplaced, onFold, onBeside, register }: DeckColumnProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const actions = usePostActions(account, onBeside);
  const list = useRef<VListHandle>(null);
  const head = useRef<HTMLElement>(null);
  const frame = useRef<HTMLElement>(null);
  const scrolledRef = useRef(false);
  // Set by movement, not by entering: React loses the entering when what was under the pointer has just gone (a dialog, a moved column).
  const pointed = useRef(false);
  const reading = useRef(false);
  reading.current = current && selectedId !== null;
  const [optionsOpen, setOptionsOpen] = useState(false);
  // At the top, with nobody pointing at it, going through it by keyboard or writing beside it, a column is live; else new posts wait behind the pill.
  const live = useCallback(() => !scrolledRef.current && !pointed.current && !reading.current && !document.activeElement?.closest('.dock'), []);
  const outreach = column.source.kind === 'search';
  const marks = useMarks(column.accountId, column.source.kind !== 'own' && column.source.kind !== 'scheduled');
  const { rows, waiting, loaded, more, asking, start, showWaiting, loadMore, reload } = useColumnRows(column.id, JSON.stringify(column.filter), column.place, live, turn, marks.read);
  useEffect(() => { if (loaded) onDrawn?.(); }, [loaded, onDrawn]);
  const keepPlace = useKeepPlace(column.id, list, rows);
  const offset = useRef(column.place?.offset ?? 0);
  useLayoutEffect(() => {
    if (start === null) return;
    scrolledRef.current = true;
    list.current?.scrollToIndex(start, { align: 'start', offset: offset.current });
  }, [start]);
  const setFilter = useRpcCommand('columns.setFilter');
  const unfilter = (): void => setFilter.mutate({ columnId: column.id, filter: NO_FILTER }, { onSuccess: ({ undoId }) => toast.done(t('deck.filter.changed'), { undoId }), onError: toast.failed });
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
  const newest = rows.find((row) => row.row === 'post');
  const clear = (): void => {
    if (newest?.row === 'post') seen.mutate({ columnId: column.id, postId: newest.post.id }, { onError: toast.failed });
  };
  useEffect(() => {
    register(column.id, {
      posts: () => rows.flatMap((row) => (row.row === 'post' ? [row.post] : [])),
      scrollTo: (id) => list.current?.scrollToIndex(rows.findIndex((row) => row.row === 'post' && row.post.id === id), { align: 'nearest' }),
      fresh,
      clear: () => { if (column.unread > 0) clear(); },
      actions,
    });
    return () => register(column.id, null);
  });
  const title = column.source.kind === 'search' || column.source.kind === 'local' ? column.source.query : t(`deck.${column.source.kind}`);
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
        <button type="button" className="column-strip" data-color={column.group?.color} onClick={() => update.mutate({ columnId: column.id, collapsed: false })} aria-label={`${t('deck.expand')}: ${title}`}>
          <span className="column-n">{index + 1}</span>{title}{column.unread > 0 ? <span className="count">{column.unread}</span> : null}
        </button>
      </section>
    );
  }
  return (
    <section
      ref={frame} className={`column${current ? ' current' : ''}${over ? ' drop' : ''}`} style={{ flexBasis: column.width, minWidth: Math.max(280, column.width - 60) }} aria-label={name} data-testid={`column-${column.source.kind}`} data-column-id={column.id} data-color={column.group?.color}
      onMouseDown={(event) => onSelect(column.id, event.target instanceof Element ? (event.target.closest('[data-post-id]')?.getAttribute('data-post-id') ?? null) : null)} onMouseMove={() => { pointed.current = true; }} onMouseLeave={() => { pointed.current = false; if (live()) showWaiting(); }}
    >
      <ColumnHead ref={head} column={column} account={account} index={index} title={title} format={format} now={now} optionsOpen={optionsOpen} onClear={clear} onOptions={() => setOptionsOpen(!optionsOpen)} onFold={onFold} {...(column.source.kind === 'scheduled' ? { facts: <ScheduledFacts account={account} now={now} /> } : {})} />
      {waiting > 0 ? <Button className="pill" size="compact-xs" radius="xl" leftSection={<IconChevronUp size={13} />} onClick={fresh} data-testid="new-pill">{t('deck.new', { count: waiting })}</Button> : null}
      {optionsOpen ? (
        <ColumnOptions
          column={column} index={index} count={count} onMove={(to) => moveTo(column.id, to)} onRemove={drop} onQuery={changeSearch} onWidth={(width) => update.mutate({ columnId: column.id, width })}
          onCollapse={() => { setOptionsOpen(false); update.mutate({ columnId: column.id, collapsed: true }); }} onRefresh={() => refresh.mutate({ columnId: column.id })}
        />
      ) : null}
      {column.source.kind === 'local' ? <LocalSearch key={column.source.query} now={column.source.query} onQuery={changeSearch} /> : null}
      <ColumnAlert column={column} format={format} onChange={changeByHand} />
      <div className="column-body" {...(column.source.kind === 'scheduled' || (loaded && rows.length === 0) ? {} : { role: 'feed' })} aria-label={title} aria-busy={column.loading || !loaded}>
        {column.source.kind === 'scheduled' ? <ScheduledList account={account} now={now} /> : !loaded || (rows.length === 0 && column.loading && column.refreshedAt === null) ? (
          [1, 2, 3, 4, 5].map((n) => <div key={n} className="skeleton" aria-hidden="true"><i className="round" /><span><i style={{ width: '45%' }} /><i /><i style={{ width: '70%' }} /></span></div>)
        ) : rows.length === 0 && column.error ? null : rows.length === 0 && more ? (
          asking ? <EmptyState icon={IconFilter} title={t('deck.filter.noneSoFar')} body={t('deck.filter.noneBody')}><Button onClick={loadMore} data-testid="look-further">{t('deck.filter.further')}</Button><Button variant="default" onClick={unfilter}>{t('deck.filter.clear')}</Button></EmptyState> : null
        ) : rows.length === 0 && !isNoFilter(column.filter) ? (
          <EmptyState icon={IconFilter} title={t('deck.filter.nothing')} body={t('deck.filter.nothingBody')}><Button variant="default" onClick={unfilter} data-testid="unfilter">{t('deck.filter.clear')}</Button></EmptyState>
        ) : rows.length === 0 ? (
          <EmptyColumn kind={column.source.kind} accountId={column.accountId} onAdd={onAdd} />
        ) : (
          <VList
            ref={list} style={{ height: '100%' }}
            onScroll={(scrolled) => {
              scrolledRef.current = scrolled > TOP_PX;
              keepPlace();
              const handle = list.current;
              if (handle && more && scrolled + handle.viewportSize > handle.scrollSize - 1200) loadMore();
            }}
          >
            {rows.map((row) =>
              row.row === 'post' ? (
                <PostCard key={row.post.id} post={row.post} username={account?.username ?? ''} practice={account?.network === 'practice'} selected={row.post.id === selectedId} unread={column.seenId !== null && compareIds(row.post.id, column.seenId) > 0} mark={marks.of(row.post)} outreach={outreach && marks.isStranger(row.post)} format={format} now={now} actions={actions} />
              ) : (
                <GapRow key={row.gapId} row={row} format={format} busy={fillGap.isPending} onFill={() => fillGap.mutate({ columnId: column.id, gapId: row.gapId }, { onSuccess: reload, onError: toast.failed })} />
              ),
            )}
            {asking ? <div key="further" className="further" role="article"><Button variant="default" size="compact-xs" onClick={loadMore} data-testid="look-further">{t('deck.filter.further')}</Button></div> : null}
          </VList>
        )}
      </div>
    </section>
  );
}
