import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Undo } from '../app/viewStore.ts';
import { useErrorWords } from './words.ts';

/** The notice that offers an undo; it goes once the undo is used, from wherever. */
export const noticeOf = (undoId: string): string => `undo-${undoId}`;

/** Takes something back: its notice goes, and what came of it is said. */
export function useUndo(): (undo: Undo) => void {
  const { t } = useTranslation();
  const words = useErrorWords();
  return ({ id, run, title, undone }) => {
    notifications.hide(noticeOf(id));
    run()?.then(
      () => notifications.show({ message: undone ?? t('shell.undone', { what: title }), autoClose: 4000, closeButtonProps: { 'aria-label': t('shell.close') } }),
      (error: unknown) => notifications.show({ message: words(error), color: 'red', autoClose: 12_000, role: 'alert', closeButtonProps: { 'aria-label': t('shell.close') } }),
    );
  };
}
