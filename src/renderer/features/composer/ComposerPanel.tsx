import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError } from '../../../shared/contract/errors.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { useView } from '../../app/viewStore.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useToast } from '../../ui/useToast.tsx';
import { Composer } from './Composer.tsx';
import { forgetEdit, keptEdit } from './keptEdit.ts';

/** The docked composer; one per target, so that nothing of one draft leaks into another. */
export function ComposerPanel() {
  const { t } = useTranslation();
  const target = useView((state) => state.composer);
  const opening = useView((state) => state.opening);
  const { accounts, current } = useAccounts();
  const toast = useToast();
  const failed = useRef(toast.failed);
  failed.current = toast.failed;
  const editing = target?.kind === 'edit' ? target.id : null;
  const found = useRpcQuery('publications.get', { id: editing ?? '' }, { enabled: editing !== null });
  const stored = found.data;
  // It opens on what core says now, never on what was known when it was last looked at; later answers do not reopen it.
  const [ready, setReady] = useState<string | null>(null);
  const fresh = editing !== null && stored?.id === editing && !found.isStale && !found.isFetching;
  useEffect(() => {
    if (editing === null) setReady(null);
    else if (fresh) setReady(editing);
  }, [editing, fresh]);
  // Deleted before it could be shown; what is being written is not taken away.
  const gone = editing !== null && ready !== editing && found.isError;
  useEffect(() => {
    if (!gone || !target) return;
    failed.current(found.error);
    useView.getState().endComposer(target);
    // What was typed over it and never saved has no other place.
    const kept = editing !== null && found.error instanceof AppError && found.error.code === 'not_found' ? keptEdit(editing) : null;
    if (kept === null || editing === null) return;
    forgetEdit(editing);
    useView.getState().openComposer({ kind: 'new', text: kept.text, tier: kept.tier });
  }, [gone, target, found.error, editing]);
  if (!target || !current) return null;
  if (editing !== null && (stored?.id !== editing || ready !== editing)) return <aside className="dock" aria-label={t('composer.title')} aria-busy="true" />;
  const wanted = target.kind === 'new' ? target.accountId : stored?.accountId;
  const account = accounts.find((each) => each.id === wanted) ?? current;
  return <Composer key={`${opening}-${account.id}`} target={target} account={account} other={account.id !== current.id} stored={editing === null ? null : (stored ?? null)} />;
}
