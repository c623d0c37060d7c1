import { graceEnd } from '../../../../shared/domain/publicationTime.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { StoredPublication } from './repository.ts';

/** Until when it goes out by itself, epoch ms. */
export function graceEndOf(row: StoredPublication, account: StoredAccount, now: number): number {
  return graceEnd({ kind: row.kind, dueAt: row.dueAt ?? now }, account.policy.tiers.find((tier) => tier.key === row.tier)?.graceMs ?? 0);
}
