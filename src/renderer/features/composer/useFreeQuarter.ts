import { useMemo, useRef, useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { instantToWall } from '../../../shared/domain/time.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { useNow } from '../../ui/useNow.ts';
import { freeQuarter } from './freeQuarter.ts';

/** What may still go out at its time. */
const GOES_OUT: Publication['state'][] = ['scheduled', 'retry_wait', 'sending', 'held', 'paused'];
/** How far a free quarter is looked for, ms. */
const AHEAD = 3 * 86_400_000;

/** Wall time of the next quarter with nothing of the account in it. It stays while the user writes, until it has passed. */
export function useFreeQuarter(account: Account, enabled: boolean): string {
  const now = useNow();
  const [from] = useState(() => Date.now());
  const rows = useRpcQuery('publications.list', { accountId: account.id, states: GOES_OUT, from, to: from + AHEAD }, { enabled }).data;
  const kept = useRef<{ at: number; looked: boolean } | null>(null);
  return useMemo(() => {
    const looked = rows !== undefined;
    if (kept.current === null || (looked && !kept.current.looked) || kept.current.at <= now) kept.current = { at: freeQuarter(now, (rows ?? []).flatMap((each) => (each.dueAt === null ? [] : [each.dueAt]))), looked };
    return instantToWall(kept.current.at, account.zone);
  }, [rows, now, account.zone]);
}
