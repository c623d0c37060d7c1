import { useTranslation } from 'react-i18next';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { useView } from '../../app/viewStore.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { Composer } from './Composer.tsx';

/** The docked composer; one per target, so that nothing of one draft leaks into another. */
export function ComposerPanel() {
  const { t } = useTranslation();
  const target = useView((state) => state.composer);
  const { accounts, current } = useAccounts();
  const editing = target?.kind === 'edit' ? target.id : null;
  const stored = useRpcQuery('publications.get', { id: editing ?? '' }, { enabled: editing !== null }).data;
  if (!target || !current) return null;
  if (editing !== null && stored?.id !== editing) return <aside className="dock" aria-label={t('composer.title')} aria-busy="true" />;
  const account = accounts.find((each) => each.id === stored?.accountId) ?? current;
  const key = target.kind === 'edit' ? target.id : `new-${account.id}-${target.wall ?? ''}-${target.as?.kind ?? ''}-${target.as?.target.id ?? ''}`;
  return <Composer key={key} target={target} account={editing === null ? current : account} stored={editing === null ? null : (stored ?? null)} />;
}
