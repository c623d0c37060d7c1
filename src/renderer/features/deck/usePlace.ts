import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { VListHandle } from 'virtua';
import type { Column, ColumnPlace, ColumnRow } from '../../../shared/contract/columns.ts';
import { useRpc } from '../../rpc/hooks.ts';

/** Reading has stopped when nothing was scrolled for this long, ms. */
const STILL_MS = 500;
/** This near the top, CSS px, a column is at its top. */
export const TOP_PX = 40;

/** Remembers where reading stopped; answers what to call when the list was scrolled. */
export function useKeepPlace(columnId: string, list: RefObject<VListHandle | null>, rows: readonly ColumnRow[]): () => void {
  const rpc = useRpc();
  const cache = useQueryClient();
  const shown = useRef(rows);
  shown.current = rows;
  const pending = useRef<{ place: ColumnPlace | null; timer: ReturnType<typeof setTimeout> } | null>(null);
  /** Undefined while nothing is drawn. */
  const placeNow = useCallback((): ColumnPlace | null | undefined => {
    const handle = list.current;
    if (!handle) return undefined;
    const offset = handle.scrollOffset;
    const index = handle.findItemIndex(offset);
    const row = shown.current[index];
    return offset <= TOP_PX || !row ? null : { postId: row.row === 'post' ? row.post.id : row.beforeId, offset: Math.round(offset - handle.getItemOffset(index)) };
  }, [list]);
  const save = useCallback((): void => {
    if (!pending.current) return;
    clearTimeout(pending.current.timer);
    // Heights are known only once posts are drawn: what is at the edge now counts.
    const now = placeNow();
    const place = now === undefined ? pending.current.place : now;
    pending.current = null;
    // The deck is left and opened again more often than the app is.
    cache.setQueryData<Column[]>(['columns.list', {}], (old) => old?.map((each) => (each.id === columnId ? { ...each, place } : each)));
    // Where it fails nothing is lost that is worth a word: the column opens where it was before.
    rpc.command('columns.keepPlace', { columnId, place }).catch(() => {});
  }, [columnId, rpc, cache, placeNow]);
  useEffect(() => {
    addEventListener('pagehide', save);
    return () => {
      removeEventListener('pagehide', save);
      save();
    };
  }, [save]);
  return useCallback(() => {
    const place = placeNow();
    if (place === undefined) return;
    if (pending.current) clearTimeout(pending.current.timer);
    pending.current = { place, timer: setTimeout(save, STILL_MS) };
  }, [placeNow, save]);
}
