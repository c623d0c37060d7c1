import { useCallback, useEffect, useRef, useState } from 'react';
import type { ColumnRow, Post } from '../../../shared/contract/columns.ts';
import type { PostMark } from '../../../shared/contract/inbox.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useRpc, useRpcEvent } from '../../rpc/hooks.ts';

/** Posts that one question is about, at most (`inbox.marks`). */
const PIECE = 200;

interface Known {
  marks: ReadonlyMap<string, PostMark>;
  /** Posts by somebody without a case. */
  strangers: ReadonlySet<string>;
}
const NOTHING: Known = { marks: new Map(), strangers: new Set() };

/** What was known with an answer about some posts put in; the same object where nothing is new, so that no card is drawn again for nothing. */
export function withMarks(old: Known, asked: readonly string[], { marks, known }: OutputOf<'inbox.marks'>): Known {
  const told = new Map(marks.map((mark) => [mark.postId, mark]));
  const familiar = new Set(known);
  const same = asked.every((id) => JSON.stringify(old.marks.get(id)) === JSON.stringify(told.get(id)) && old.strangers.has(id) === !familiar.has(id));
  if (same) return old;
  const next = new Map(old.marks);
  const strangers = new Set(old.strangers);
  for (const id of asked) {
    const mark = told.get(id);
    if (!mark) next.delete(id);
    else if (JSON.stringify(next.get(id)) !== JSON.stringify(mark)) next.set(id, mark);
    if (familiar.has(id)) strangers.delete(id);
    else strangers.add(id);
  }
  return { marks: next, strangers };
}

export interface Marks {
  of(post: Post): PostMark | null;
  /** Its author has no case. */
  isStranger(post: Post): boolean;
  /** Reads what belongs to these rows, before they are drawn: a chip that came later would move what is being read. Never rejects. */
  read(rows: readonly ColumnRow[]): Promise<void>;
}

/** The cases that the posts of a column belong to, read with its pages and again when a case changes. */
export function useMarks(accountId: string, wanted: boolean): Marks {
  const rpc = useRpc();
  const [state, setState] = useState<Known>(NOTHING);
  /** Posts of this column, in the order in which they were read. */
  const asked = useRef(new Set<string>());
  const ask = useCallback(async (ids: readonly string[]): Promise<void> => {
    for (let at = 0; at < ids.length; at += PIECE) {
      const postIds = ids.slice(at, at + PIECE);
      try {
        const answer = await rpc.query('inbox.marks', { accountId, postIds });
        setState((old) => withMarks(old, postIds, answer));
      } catch {
        // Cards without their chips; the next change of a case reads them again.
      }
    }
  }, [rpc, accountId]);
  const read = useCallback(async (rows: readonly ColumnRow[]): Promise<void> => {
    if (!wanted) return;
    const ids = [...new Set(rows.flatMap((row) => (row.row === 'post' && !row.post.tombstone ? [row.post.originalId] : [])))];
    for (const id of ids) asked.current.add(id);
    await ask(ids);
  }, [ask, wanted]);
  const busy = useRef(false);
  const again = useRef(false);
  const refresh = useCallback(async (): Promise<void> => {
    if (asked.current.size === 0) return;
    again.current = true;
    if (busy.current) return;
    busy.current = true;
    // Many changes in one breath are one look.
    while (again.current) {
      again.current = false;
      await ask([...asked.current]);
    }
    busy.current = false;
  }, [ask]);
  useRpcEvent('inbox.changed', useCallback((event) => {
    if (event.accountId === accountId) void refresh();
  }, [accountId, refresh]));
  useEffect(() => rpc.onMissed(() => void refresh()), [rpc, refresh]);
  return {
    of: (post) => state.marks.get(post.originalId) ?? null,
    isStranger: (post) => state.strangers.has(post.originalId),
    read,
  };
}
