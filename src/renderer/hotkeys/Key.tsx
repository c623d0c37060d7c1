import { type ComponentPropsWithoutRef, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangedKeys } from '../../shared/domain/hotkeys.ts';
import { useRpcQuery } from '../rpc/hooks.ts';
import { useBindings } from './bindings.ts';
import { keyWords, nameNow } from './caps.ts';

const NONE: ChangedKeys = {};

/** Writes the key that does something now, for words around it: `keyOf('e')` is "E", or what the user put it on. */
export function useKeyOf(): (of: string) => string {
  const { t } = useTranslation();
  const changed = useBindings((state) => state.changed);
  return (of) => keyWords(t, nameNow(changed, of));
}

/** A key as it is in force, named as it came: `<Key of="e" />`. */
export function Key({ of, ...props }: { of: string } & ComponentPropsWithoutRef<'kbd'>) {
  const keyOf = useKeyOf();
  return <kbd {...props}>{keyOf(of)}</kbd>;
}

/** Keeps the keys in force as the settings say, also when another window changes them. */
export function useKeptKeys(): void {
  const changed = useRpcQuery('settings.get', {}).data?.hotkeys ?? NONE;
  // Before anything is painted: no badge says one key and then another.
  useLayoutEffect(() => useBindings.setState({ changed }), [changed]);
}
