import { useMemo, useRef } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { dayRange } from '../../../shared/domain/time.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { type Item, itemsByDay } from './grid.ts';

/** All that stands on the plan; drafts are in the tray. */
const SHOWN: Publication['state'][] = ['scheduled', 'sending', 'posted', 'held', 'retry_wait', 'failed', 'unknown', 'needs_review', 'missed', 'paused', 'partial'];
/** A month of 45 posts a day, and the ends of the weeks around it. */
const MOST = 5000;
const NONE: readonly Publication[] = [];

/** The publications of these days, by day; a day keeps its array while nothing of it changes. */
export function useWeek(account: Account, days: readonly string[]): { publications: readonly Publication[]; items: ReadonlyMap<string, Item[]>; loaded: boolean } {
  const { zone } = account;
  const [first, last] = [days[0] ?? '2026-01-01', days.at(-1) ?? '2026-01-01'];
  const range = useMemo(() => ({ from: dayRange(first, zone).start, to: dayRange(last, zone).end }), [first, last, zone]);
  const { data } = useRpcQuery('publications.list', { accountId: account.id, states: SHOWN, ...range, limit: MOST });
  // Answers go out in seconds and have the inbox and Activity: among a day's 45 posts they would only be in the way.
  const publications = useMemo(() => data?.filter((each) => each.kind !== 'reply' || each.counts) ?? NONE, [data]);
  const before = useRef<ReadonlyMap<string, Item[]>>(new Map());
  const items = useMemo(() => (before.current = itemsByDay(publications, zone, before.current)), [publications, zone]);
  return { publications, items, loaded: data !== undefined };
}
