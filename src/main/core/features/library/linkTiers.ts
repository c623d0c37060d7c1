import { type KnownTier, proposeTier } from '../../../../shared/domain/tierByLink.ts';
import type { TierKey } from '../../../../shared/domain/types.ts';
import { type Db, defineStatements } from '../../db/db.ts';
import type { StoredAccount } from '../accounts/repository.ts';

const q = defineStatements('linkTiers', {
  at: 'SELECT tier FROM items WHERE account_id = :accountId AND canonical = :canonical AND deleted_at IS NULL',
});

/** What the account's library knows of an address. A tier that the account's policy no longer has says nothing. */
export function knownTier(db: Db, account: StoredAccount): KnownTier {
  const known = new Set(account.policy.tiers.map((tier) => tier.key));
  return (canonical) => {
    const tier = db.get(q.at, { accountId: account.id, canonical })?.['tier'];
    return typeof tier === 'string' && known.has(tier) ? tier : null;
  };
}

/** The tier that a text's links propose for an account; null where none does. */
export type Propose = (text: string) => TierKey | null;

/** By the account's library, else by its rules (DOMAIN §2). */
export function proposing(db: Db, account: StoredAccount): Propose {
  const known = knownTier(db, account);
  return (text) => proposeTier(text, account.urlRules, known);
}
