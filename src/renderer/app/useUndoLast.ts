import { useUndo } from '../ui/useUndo.ts';
import { useView } from './viewStore.ts';

/** Takes back the last thing that can be; false when there is none. */
export function useUndoLast(): () => boolean {
  const undo = useUndo();
  return () => {
    const taken = useView.getState().takeUndo();
    if (!taken) return false;
    undo(taken);
    return true;
  };
}
