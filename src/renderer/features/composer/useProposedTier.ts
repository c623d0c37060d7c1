import { useMemo, useRef } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import { MOST_ADDRESSES } from '../../../shared/contract/library.ts';
import { addressesOf, proposeTier } from '../../../shared/domain/tierByLink.ts';
import type { TierKey } from '../../../shared/domain/types.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';

/** Characters; what is longer than this is no post that is typed, and looking through it would be felt. */
const MOST_LOOKED_AT = 5000;
const NONE: readonly { address: string; tier: string }[] = [];

/** The tier that the links of what is written propose, by the account's library, else by its rules (DOMAIN §2); null where none does, and until the library has answered. */
export function useProposedTier(account: Account, texts: readonly string[]): TierKey | null {
  const written = texts.join('\n');
  const looked = written.length > MOST_LOOKED_AT ? '' : written;
  const addresses = useMemo(() => addressesOf(looked).slice(0, MOST_ADDRESSES), [looked]);
  const asked = useRpcQuery('library.tiers', { accountId: account.id, addresses }, { enabled: addresses.length > 0 });
  // While another address is asked about, what is known of the others stands.
  const last = useRef(NONE);
  if (asked.data) last.current = asked.data;
  const known = asked.data ?? last.current;
  const silent = addresses.length === 0 || (asked.data === undefined && !asked.isError && known.length === 0);
  return useMemo(() => (silent ? null : proposeTier(looked, account.urlRules, (address) => known.find((each) => each.address === address)?.tier ?? null)), [silent, looked, account.urlRules, known]);
}
