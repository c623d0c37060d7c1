import { useCallback, useEffect, useRef, useState } from 'react';
import type { ColumnRow } from '../../../shared/contract/columns.ts';
import { compareIds } from '../../../shared/domain/ids.ts';
import { useRpc, useRpcEvent } from '../../rpc/hooks.ts';

const PAGE = 50;
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

export interface ColumnRows {
  rows: ColumnRow[];
  /** Loaded but held back so that nothing moves under the reader. */
  waiting: number;
  loaded: boolean;
  more: boolean;
  showWaiting(): void;
  loadMore(): void;
  reload(): void;
}

/** The rows of one column: pages from core, new ones on top held back while the reader is further down. */
export function useColumnRows(columnId: string, live: () => boolean): ColumnRows {
  const rpc = useRpc();
  const [state, setState] = useState<{ rows: ColumnRow[]; held: ColumnRow[] | null; loaded: boolean; more: boolean }>({ rows: [], held: null, loaded: false, more: false });
  const busy = useRef(false);
  const again = useRef(false);
  const load = useCallback(async () => {
    if (busy.current) {
      again.current = true;
      return;
    }
    busy.current = true;
    try {
      do {
        again.current = false;
        const page = await rpc.query('columns.page', { columnId, limit: PAGE });
        setState((old) => {
          const joined = joinHead(page.rows, old.rows);
          const firstKey = old.rows[0] ? keyOf(old.rows[0]) : null;
          const grew = firstKey !== null && joined[0] !== undefined && keyOf(joined[0]) !== firstKey;
          if (grew && !live()) return { ...old, held: joined, loaded: true };
          return { rows: joined, held: null, loaded: true, more: old.loaded && old.rows.length > PAGE ? old.more : page.more };
        });
      } while (again.current);
    } catch {
      // A column that went away meanwhile; the deck drops it with the next list.
    } finally {
      busy.current = false;
    }
  }, [columnId, rpc, live]);
  useEffect(() => {
    void load();
    return rpc.onMissed(() => void load());
  }, [load, rpc]);
  useRpcEvent('column.updated', useCallback((event) => {
    if (event.column.id === columnId && (event.newPosts > 0 || !event.column.loading)) void load();
  }, [columnId, load]));
  const loadMore = useCallback(() => {
    setState((old) => {
      const last = old.rows.findLast((row) => row.row === 'post');
      if (!old.more || !last || busy.current) return old;
      busy.current = true;
      rpc.query('columns.page', { columnId, before: idOf(last), limit: PAGE })
        .then((page) => setState((now) => ({ ...now, rows: [...now.rows, ...page.rows.filter((row) => !now.rows.some((each) => keyOf(each) === keyOf(row)))], more: page.more })))
        .catch(() => {})
        .finally(() => {
          busy.current = false;
        });
      return old;
    });
  }, [columnId, rpc]);
  const showWaiting = useCallback(() => setState((old) => (old.held ? { ...old, rows: old.held, held: null } : old)), []);
  const firstShown = state.rows[0];
  const waiting = state.held && firstShown ? state.held.findIndex((row) => keyOf(row) === keyOf(firstShown)) : 0;
  return { rows: state.rows, waiting: waiting < 0 ? (state.held?.length ?? 0) : waiting, loaded: state.loaded, more: state.more, showWaiting, loadMore, reload: () => void load() };
}
