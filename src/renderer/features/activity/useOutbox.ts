import { useMemo } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { ON_TIME_MS } from '../../../shared/domain/publicationTime.ts';
import { dayOf, dayRange } from '../../../shared/domain/time.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { useNow } from '../../ui/useNow.ts';
import { type Outbox, outboxOf } from './outboxRows.ts';

const MOST = 1000;
const NONE: never[] = [];
const MINUTE_MS = 60_000;
/** What waits for a decision is shown whatever its age; what ended, of today and the days in which the network may have been away. */
const BACK_MS = 3 * 86_400_000;
const OPEN = ['retry_wait', 'sending', 'unknown', 'held', 'missed', 'paused', 'failed', 'needs_review'] as const;

export interface OutboxNow {
  outbox: Outbox;
  status: OutputOf<'sync.status'> | null;
  /** All has been read once. */
  ready: boolean;
  dayStart: number;
}
/** The outbox as it stands, read again as things go. */
export function useOutbox(): OutboxNow {
  const { zone } = useFormat();
  const now = useNow();
  const dayStart = dayRange(dayOf(now, zone), zone).start;
  const status = useRpcQuery('sync.status', {}).data ?? null;
  const since = dayStart - BACK_MS;
  const entries = useRpcQuery('outbox.list', { limit: MOST }).data;
  const open = useRpcQuery('publications.list', { states: [...OPEN], limit: MOST }).data;
  const ended = useRpcQuery('publications.list', { states: ['posted', 'cancelled'], from: since, limit: MOST }).data;
  // Planned and past its time: it waits its turn among the late ones.
  const late = useRpcQuery('publications.list', { states: ['scheduled'], to: Math.floor((now - ON_TIME_MS) / MINUTE_MS) * MINUTE_MS, limit: MOST }).data;
  const outbox = useMemo(
    () => outboxOf({ publications: [...(open ?? NONE), ...(late ?? NONE), ...(ended ?? NONE)], entries: (entries ?? NONE).filter((each) => each.endedAt === null || each.endedAt >= since), offlineSince: status?.offlineSince ?? null, outage: status?.outage ?? null }),
    [open, late, ended, entries, since, status?.offlineSince, status?.outage],
  );
  return { outbox, status, ready: Boolean(status && entries && open && ended), dayStart };
}
