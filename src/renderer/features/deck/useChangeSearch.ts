import { useTranslation } from 'react-i18next';
import type { Column } from '../../../shared/contract/columns.ts';
import { useRpc } from '../../rpc/hooks.ts';
import { useToast } from '../../ui/useToast.tsx';

/** Gives a search other words: a column with them takes its place and its look, and one undo brings the old one back. */
export function useChangeSearch(column: Column, index: number, onChanged: (columnId: string) => void): (query: string) => void {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const change = async (query: string): Promise<void> => {
    const made = await rpc.command('columns.add', { accountId: column.accountId, source: { kind: column.source.kind === 'local' ? 'local' : 'search', query }, like: column.id });
    await rpc.command('columns.move', { columnId: made.id, toIndex: index });
    const { undoId } = await rpc.command('columns.remove', { columnId: column.id });
    onChanged(made.id);
    const back = async (): Promise<void> => {
      // The old one first: its place is known beside the new one.
      await rpc.command('undo.apply', { undoId });
      await rpc.command('columns.remove', { columnId: made.id });
      onChanged(column.id);
    };
    toast.done(t('deck.searchChanged'), { run: back, lasting: true });
  };
  return (query) => void change(query).catch(toast.failed);
}
