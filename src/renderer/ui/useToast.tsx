import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { AppError } from '../../shared/contract/errors.ts';
import { useView } from '../app/viewStore.ts';
import { useRpc } from '../rpc/hooks.ts';

/** The words of a failure: what happened, what was kept, the next step. */
export function useErrorWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => (error instanceof AppError ? t(`errors.${error.code}`, error.data.params) : t('errors.internal'));
}

/** The newest are what can still be taken back: older ones make room, instead of holding the new in a queue. */
const MOST_SHOWN = 3;
const shown: string[] = [];

export interface Toast {
  /** Says what was done; with `undo`, offers to take it back for 10 s and by Ctrl Z. */
  done(title: string, undo?: { undoId: string } | { run: () => void }): void;
  failed(error: unknown): void;
}
export function useToast(): Toast {
  const { t } = useTranslation();
  const rpc = useRpc();
  const words = useErrorWords();
  const failed = (error: unknown): void => {
    notifications.show({ message: words(error), color: 'red', autoClose: 12_000, role: 'alert', closeButtonProps: { 'aria-label': t('shell.close') } });
  };
  return {
    failed,
    done(title, undo) {
      const id = `toast-${crypto.randomUUID()}`;
      const take = (): void => {
        notifications.hide(id);
        if (!undo) return;
        if ('run' in undo) undo.run();
        else {
          rpc.command('undo.apply', { undoId: undo.undoId }).then(
            () => notifications.show({ message: t('shell.undone'), autoClose: 2500, closeButtonProps: { 'aria-label': t('shell.close') } }),
            failed,
          );
        }
        useView.getState().set({ lastUndo: null });
      };
      if (undo && 'undoId' in undo) useView.getState().set({ lastUndo: { undoId: undo.undoId, label: title } });
      shown.push(id);
      for (const old of shown.splice(0, Math.max(0, shown.length - MOST_SHOWN))) notifications.hide(old);
      notifications.show({
        id, color: 'teal', autoClose: undo ? 10_000 : 3500, closeButtonProps: { 'aria-label': t('shell.close') },
        message: (
          <Group justify="space-between" wrap="nowrap">
            <span>{title}</span>
            {undo ? <Button variant="light" onClick={take} data-testid="undo">{t('shell.undo')}</Button> : null}
          </Group>
        ),
      });
    },
  };
}
