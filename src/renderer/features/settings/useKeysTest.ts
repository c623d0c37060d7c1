import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { useRpcCommand } from '../../rpc/hooks.ts';
import { useToast } from '../../ui/useToast.tsx';

/** Asks X whether it takes the keys of these accounts, one after the other, and says each answer. */
export function useKeysTest(): { test(accounts: readonly Account[]): void; testing: boolean } {
  const { t } = useTranslation();
  const toast = useToast();
  const { mutateAsync } = useRpcCommand('accounts.testKeys');
  const [testing, setTesting] = useState(false);
  const all = async (accounts: readonly Account[]): Promise<void> => {
    setTesting(true);
    for (const account of accounts) {
      try {
        toast.done(t('accounts.keysWork', { username: (await mutateAsync({ accountId: account.id })).username }));
      } catch (error) {
        toast.failed(error);
      }
    }
    setTesting(false);
  };
  return { test: (accounts) => void all(accounts), testing };
}
