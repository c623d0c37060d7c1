import type { Account } from '../../shared/contract/accounts.ts';
import { useRpcQuery } from '../rpc/hooks.ts';

/** All accounts, and the one chosen in the bar (the first where none is). */
export function useAccounts(): { accounts: Account[]; current: Account | null; loaded: boolean } {
  const accounts = useRpcQuery('accounts.list', {}).data;
  const settings = useRpcQuery('settings.get', {}).data;
  const list = accounts ?? [];
  return { accounts: list, current: list.find((each) => each.id === settings?.currentAccountId) ?? list[0] ?? null, loaded: accounts !== undefined && settings !== undefined };
}
/** Are the keys of an account locked? Then nothing of it goes by itself, and only the user can change that. */
export function useKeysLocked(): boolean {
  return useRpcQuery('accounts.list', {}).data?.some((each) => each.state === 'locked') ?? false;
}
