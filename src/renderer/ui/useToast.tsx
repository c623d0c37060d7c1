import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Undo, useView } from '../app/viewStore.ts';
import { useRpc } from '../rpc/hooks.ts';
import { noticeOf, useUndo } from './useUndo.ts';
import { useErrorWords } from './words.ts';

export { useErrorWords } from './words.ts';

/** The newest are what can still be taken back: older ones make room, instead of holding the new in a queue. */
const MOST_SHOWN = 3;
const shown: string[] = [];
/** How long a notice offers to take something back, ms. */
const OFFERED_MS = 10_000;

/** What was done, and its way back for as long as there is one. */
function Said({ title, undo }: { title: string; undo: Undo }) {
  const { t } = useTranslation();
  const there = useView((state) => state.undos.some((each) => each.id === undo.id));
  const takeUndo = useView((state) => state.takeUndo);
  const takeBack = useUndo();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (undo.until === null) return undefined;
    // A notice that is pointed at stays longer than what it offers.
    const timer = setTimeout(() => setLate(true), undo.until - Date.now());
    return () => clearTimeout(timer);
  }, [undo.until]);
  const take = (): void => {
    const taken = takeUndo(undo.id);
    if (taken) takeBack(taken);
  };
  return (
    <Group justify="space-between" wrap="nowrap">
      <span>{title}</span>
      {there && !late ? <Button variant="light" className="undo-button" onClick={take} data-testid="undo">{t('shell.undo')}</Button> : null}
    </Group>
  );
}

export interface Toast {
  /** Says what was done; with `undo`, offers to take it back for 10 s and by Ctrl Z. What `run` calls back is of use no longer than that, unless it is `lasting`. */
  done(title: string, undo?: ({ undoId: string } | { run: Undo['run']; lasting?: true }) & Pick<Undo, 'undone'>): void;
  failed(error: unknown): void;
}
export function useToast(): Toast {
  const { t } = useTranslation();
  const rpc = useRpc();
  const words = useErrorWords();
  const offerUndo = useView((state) => state.offerUndo);
  return {
    failed(error) {
      notifications.show({ message: words(error), color: 'red', autoClose: 12_000, role: 'alert', closeButtonProps: { 'aria-label': t('shell.close') } });
    },
    done(title, offered) {
      const undo: Undo | null = !offered ? null : 'undoId' in offered
        ? { id: offered.undoId, title, undone: offered.undone, run: () => rpc.command('undo.apply', { undoId: offered.undoId }), until: null }
        : { id: crypto.randomUUID(), title, undone: offered.undone, run: offered.run, until: offered.lasting ? null : Date.now() + OFFERED_MS };
      if (undo) offerUndo(undo);
      const id = noticeOf(undo?.id ?? crypto.randomUUID());
      shown.push(id);
      for (const old of shown.splice(0, Math.max(0, shown.length - MOST_SHOWN))) notifications.hide(old);
      notifications.show({ id, color: 'teal', autoClose: undo ? OFFERED_MS : 3500, closeButtonProps: { 'aria-label': t('shell.close') }, message: undo ? <Said title={title} undo={undo} /> : title });
    },
  };
}
