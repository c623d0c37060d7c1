import type { Account } from '../../shared/contract/accounts.ts';
import { useRpcQuery } from '../rpc/hooks.ts';

/** All accounts, and the one chosen in the bar (the first where none is). */
export function useAccounts(): { accounts: Account[]; current: Account | null; loaded: boolean } {
  const accounts = useRpcQuery('accounts.list', {}).data;
  const settings = useRpcQuery('settings.get', {}).data;
  const list = accounts ?? [];
  return { accounts: list, current: list.find((each) => each.id === settings?.currentAccountId) ?? list[0] ?? null, loaded: accounts !== undefined && settings !== undefined };
}
