import { useCallback, useEffect, useRef, useState } from 'react';
import type { ColumnPlace, ColumnRow } from '../../../shared/contract/columns.ts';
import { compareIds } from '../../../shared/domain/ids.ts';
import { useRpc, useRpcEvent } from '../../rpc/hooks.ts';
import { FIRST_PAGE, firstPageOf, letFirstGo } from './firstPage.ts';

/** A column is taken back to where reading stopped in pages of this size, and this many of them at most. */
const BACK_PAGE = 200;
const BACK_PAGES = 25;
/** A column with fewer rows than this looks further back by itself, this many times; then it asks. */
const FILLED = 20;
const BY_ITSELF = 3;
const keyOf = (row: ColumnRow): string => (row.row === 'post' ? row.post.id : `gap-${row.gapId}`);
const idOf = (row: ColumnRow): string => (row.row === 'post' ? row.post.id : row.beforeId);

/** Newer rows in front of those shown: the head of the column as it is now, then what lies below it. */
export function joinHead(head: readonly ColumnRow[], shown: readonly ColumnRow[]): ColumnRow[] {
  const last = head.at(-1);
  if (!last) return [...shown];
  const bottom = idOf(last);
  const rest = shown.filter((row) => compareIds(idOf(row), bottom) < 0);
  return [...head, ...rest];
}
/** Where a place is among the rows: its post, or the next older one when it is gone; -1 below all. */
export const placeIn = (rows: readonly ColumnRow[], place: ColumnPlace): number => rows.findIndex((row) => compareIds(idOf(row), place.postId) <= 0);

interface State {
  rows: ColumnRow[];
  held: ColumnRow[] | null;
  loaded: boolean;
  more: boolean;
  next: string | null;
  /** More than the head has been read. */
  deep: boolean;
}
const EMPTY: State = { rows: [], held: null, loaded: false, more: false, next: null, deep: false };

export interface ColumnRows {
  rows: ColumnRow[];
  /** Loaded but held back so that nothing moves under the reader. */
  waiting: number;
  loaded: boolean;
  more: boolean;
  /** Few rows so far, and older ones that were not looked at: the user decides whether to go on. */
  asking: boolean;
  /** Index to show first, once, when a column comes back to where reading stopped. */
  start: number | null;
  showWaiting(): void;
  loadMore(): void;
  reload(): void;
}

/**
 * The rows of one column: pages from core, new ones on top held back while the reader is further down.
 * `version` names what is left out: rows of another version are let go. `place` is where reading stopped. `turn` is false while
 * another column is drawn first. `prepare` is waited for before rows are shown.
 */
export function useColumnRows(columnId: string, version: string, place: ColumnPlace | null, live: () => boolean, turn: boolean, prepare: (rows: readonly ColumnRow[]) => Promise<void>): ColumnRows {
  const rpc = useRpc();
  const [state, setState] = useState<State>(() => {
    const page = place === null ? firstPageOf(columnId) : null;
    return page ? { rows: page.rows, held: null, loaded: true, more: page.more, next: page.next, deep: false } : EMPTY;
  });
  const [start, setStart] = useState<number | null>(null);
  const latest = useRef(state);
  latest.current = state;
  const busy = useRef(false);
  const again = useRef(false);
  const fresh = useRef(false);
  const looked = useRef(0);
  const back = useRef(place);

  /** The head, and further down to where reading stopped, once. */
  const first = useCallback(async (): Promise<State> => {
    const wanted = back.current;
    back.current = null;
    let page = await rpc.query('columns.page', { columnId, limit: FIRST_PAGE });
    const rows = [...page.rows];
    for (let i = 0; wanted && i < BACK_PAGES && page.more && page.next !== null && placeIn(rows, wanted) < 0; i += 1) {
      page = await rpc.query('columns.page', { columnId, before: page.next, limit: BACK_PAGE });
      rows.push(...page.rows);
    }
    await prepare(rows);
    const at = wanted ? placeIn(rows, wanted) : -1;
    if (at > 0 || (at === 0 && (wanted?.offset ?? 0) > 0)) setStart(at);
    return { rows, held: null, loaded: true, more: page.more, next: page.next, deep: rows.length > FIRST_PAGE };
  }, [columnId, rpc, prepare]);
  const load = useCallback(async () => {
    if (busy.current) {
      again.current = true;
      return;
    }
    busy.current = true;
    try {
      do {
        again.current = false;
        if (!latest.current.loaded || fresh.current) {
          fresh.current = false;
          const begun = await first();
          latest.current = begun;
          setState(begun);
          continue;
        }
        const page = await rpc.query('columns.page', { columnId, limit: FIRST_PAGE });
        await prepare(page.rows);
        setState((old) => {
          const joined = joinHead(page.rows, old.rows);
          const firstKey = old.rows[0] ? keyOf(old.rows[0]) : null;
          const grew = firstKey !== null && joined[0] !== undefined && keyOf(joined[0]) !== firstKey;
          if (grew && !live()) return { ...old, held: joined };
          return { ...old, rows: joined, held: null, ...(old.deep ? {} : { more: page.more, next: page.next }) };
        });
      } while (again.current);
    } catch {
      // A column that went away meanwhile; the deck drops it with the next list.
    } finally {
      busy.current = false;
    }
  }, [columnId, rpc, live, first, prepare]);
  useEffect(() => {
    if (!turn) return undefined;
    // A page that came before the column was drawn is its first reading, unless it grew old on the way.
    const read = letFirstGo(columnId) && latest.current.loaded;
    if (!read) void load();
    else void prepare(latest.current.rows);
    return rpc.onMissed(() => void load());
  }, [load, rpc, turn, columnId, prepare]);
  const restart = useCallback(() => {
    looked.current = 0;
    fresh.current = true;
    void load();
  }, [load]);
  const known = useRef(version);
  useEffect(() => {
    if (known.current === version) return;
    known.current = version;
    restart();
  }, [version, restart]);
  useRpcEvent('mutes.changed', restart);
  useRpcEvent('column.updated', useCallback((event) => {
    if (event.column.id === columnId && (event.newPosts > 0 || !event.column.loading)) void load();
  }, [columnId, load]));
  const loadMore = useCallback(() => {
    const { more, next } = latest.current;
    if (!more || next === null || busy.current) return;
    busy.current = true;
    rpc.query('columns.page', { columnId, before: next, limit: FIRST_PAGE })
      .then(async (page) => {
        await prepare(page.rows);
        setState((now) => {
          if (fresh.current) return now;
          const there = new Set(now.rows.map(keyOf));
          return { ...now, rows: [...now.rows, ...page.rows.filter((row) => !there.has(keyOf(row)))], more: page.more, next: page.next ?? now.next, deep: true };
        });
      })
      .catch(() => {})
      .finally(() => {
        busy.current = false;
        if (again.current || fresh.current) void load();
      });
  }, [columnId, rpc, load, prepare]);
  const sparse = state.loaded && state.more && state.rows.length < FILLED;
  useEffect(() => {
    if (!sparse || looked.current >= BY_ITSELF) return;
    looked.current += 1;
    loadMore();
  }, [sparse, state.next, loadMore]);
  const showWaiting = useCallback(() => setState((old) => (old.held ? { ...old, rows: old.held, held: null } : old)), []);
  const firstShown = state.rows[0];
  const waiting = state.held && firstShown ? state.held.findIndex((row) => keyOf(row) === keyOf(firstShown)) : 0;
  return {
    rows: state.rows, waiting: waiting < 0 ? (state.held?.length ?? 0) : waiting, loaded: state.loaded, more: state.more, asking: sparse && looked.current >= BY_ITSELF, start,
    showWaiting, loadMore, reload: () => void load(),
  };
}
