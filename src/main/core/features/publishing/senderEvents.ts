import type { StoredAccount } from '../accounts/repository.ts';
import type { StoredPublication } from './repository.ts';

type Level = 'info' | 'warning' | 'error';
/** What sending tells the rest of core, and asks of it. */
export interface SenderEvents {
  changed(rows: readonly StoredPublication[]): void;
  /** `aloud`: not only kept, but raised as a notice (unless said otherwise). */
  say(row: StoredPublication, account: StoredAccount, level: Level, code: string, params: Record<string, string | number>, aloud?: boolean): void;
  /** Something of ours is on the network: the own-posts column may look. */
  sent(accountId: string): void;
  /** All automatic sending is stopped. */
  paused(): boolean;
  /** What the cap leaves allows this price, USD (DOMAIN §7). */
  affordable(account: StoredAccount, usd: number): boolean;
}
