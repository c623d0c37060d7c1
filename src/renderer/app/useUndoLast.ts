import { useTranslation } from 'react-i18next';
import { useRpc } from '../rpc/hooks.ts';
import { useToast } from '../ui/useToast.tsx';
import { useView } from './viewStore.ts';

/** Takes back the last command that offered it; false when there is none. */
export function useUndoLast(): () => boolean {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  return () => {
    const { lastUndo, set } = useView.getState();
    if (!lastUndo) return false;
    set({ lastUndo: null });
    rpc.command('undo.apply', { undoId: lastUndo.undoId }).then(() => toast.done(t('shell.undone')), toast.failed);
    return true;
  };
}
