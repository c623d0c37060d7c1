import { useMemo } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';

/** The account's themes: those of its template, then those that items have besides. */
export function useThemes(account: Account, items: readonly LibraryItem[]): readonly string[] {
  const template = useRpcQuery('planning.template', { accountId: account.id }).data?.template ?? null;
  return useMemo(() => [...new Set([...(template?.days.flat().map((slot) => slot.theme) ?? []), ...items.map((each) => each.theme)])].filter((theme) => theme !== ''), [template, items]);
}
