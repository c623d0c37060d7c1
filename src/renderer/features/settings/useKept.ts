import { useTranslation } from 'react-i18next';
import type { InputOf } from '../../../shared/contract/index.ts';
import { useRpcCommand } from '../../rpc/hooks.ts';
import { useToast } from '../../ui/useToast.tsx';

/** Keeps a change of an account at once, and says so. */
export function useKept(accountId: string): (patch: Partial<InputOf<'accounts.update'>>) => void {
  const { t } = useTranslation();
  const toast = useToast();
  const update = useRpcCommand('accounts.update');
  return (patch) => update.mutate({ accountId, ...patch }, { onSuccess: () => toast.done(t('settings.saved')), onError: toast.failed });
}
