import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChangeableKey, type ChangedKeys, exchanged, holderOf, inForce, isFree, withKey } from '../../shared/domain/hotkeys.ts';
import { useBindings } from '../hotkeys/bindings.ts';
import { keyWords } from '../hotkeys/caps.ts';
import { nameOf } from '../hotkeys/keys.ts';
import type { KeyId } from '../hotkeys/registry.ts';
import { useRpc } from '../rpc/hooks.ts';
import { useToast } from '../ui/useToast.tsx';
import { useView } from './viewStore.ts';

/** What the browser calls an accent that waits for its letter. */
export const DEAD = 'Dead';

/** A key that is being changed. */
export interface Asking {
  row: KeyId;
  of: ChangeableKey;
  /** Pressed, but another action has it. */
  clash: { key: string; holder: ChangeableKey } | null;
  /** Pressed, but nothing can be put on it. */
  refused: string | null;
}
export interface KeyChange {
  asking: Asking | null;
  /** Whose key was asked for last: it stays in view, also where what is looked for was its old key. */
  touched: KeyId | null;
  forget(): void;
  /** What was just done, for who listens. */
  said: string;
  ask(row: KeyId, of: ChangeableKey): void;
  press(event: globalThis.KeyboardEvent): void;
  exchange(): void;
  leave(): void;
  /** Puts all back as it came; can be taken back. */
  reset(): void;
  /** The undo of the last reset, while it is of use. */
  resetUndo: string | null;
}

/** Changes keys and keeps them in the settings; in force from the moment they are kept. */
export function useKeyChange(changed: ChangedKeys): KeyChange {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [touched, setTouched] = useState<KeyId | null>(null);
  const [said, setSaid] = useState('');
  const [undoId, setUndoId] = useState<string | null>(null);
  const usable = useView((state) => state.undos.some((each) => each.id === undoId));
  const keep = async (next: ChangedKeys): Promise<void> => {
    const { hotkeys } = await rpc.command('settings.set', { hotkeys: { ...next } });
    useBindings.setState({ changed: hotkeys });
  };
  const take = (next: ChangedKeys, words: string): void => {
    setAsking(null);
    if (next === changed) return;
    keep(next).then(() => setSaid(words), toast.failed);
  };
  const words = (key: string): string => keyWords(t, key);
  return {
    asking,
    touched,
    forget: () => setTouched(null),
    said,
    resetUndo: usable ? undoId : null,
    ask(row, of) {
      setTouched(row);
      setAsking({ row, of, clash: null, refused: null });
    },
    leave: () => setAsking(null),
    press(event) {
      if (!asking) return;
      const { of } = asking;
      // Some keyboards write one sign of two presses: the first one alone is no key.
      const key = event.key === DEAD ? DEAD : nameOf(event);
      if (!isFree(key)) return setAsking({ ...asking, refused: key });
      const holder = holderOf(changed, key);
      if (holder === of) return setAsking(null);
      if (holder !== null) return setAsking({ ...asking, refused: null, clash: { key, holder } });
      take(withKey(changed, of, key), t('keys.kept', { action: t(`keys.act.${asking.row}`), key: words(key) }));
    },
    exchange() {
      if (!asking?.clash) return;
      const { of, clash } = asking;
      take(exchanged(changed, of, clash.key), t('keys.exchanged', { key: words(clash.key), other: words(inForce(changed, of)) }));
    },
    reset() {
      const before = changed;
      setAsking(null);
      keep({}).then(() => {
        toast.done(t('keys.reset'), { run: () => keep(before), lasting: true });
        setUndoId(useView.getState().undos.at(-1)?.id ?? null);
        setSaid(t('keys.reset'));
      }, toast.failed);
    },
  };
}
