import { useEffect, useState } from 'react';

/** Keyboards whose way to write # is known for sure; of all others nothing is said. */
export type KnownLayout = 'spain' | 'latin';
type LayoutMap = Pick<ReadonlyMap<string, string>, 'get'>;

/** Told by what stands on two keys: ñ is Spanish, and beside the 1 there is º in Spain, | in Latin America. */
export function layoutOf(map: LayoutMap): KnownLayout | null {
  if (map.get('Semicolon') !== 'ñ') return null;
  const corner = map.get('Backquote');
  return corner === 'º' ? 'spain' : corner === '|' ? 'latin' : null;
}

/** The keyboard in use, where the browser tells and it is one of those; a Mac writes # otherwise. */
export function useKeyboardLayout(): KnownLayout | null {
  const [layout, setLayout] = useState<KnownLayout | null>(null);
  useEffect(() => {
    const { keyboard } = navigator as Navigator & { keyboard?: { getLayoutMap?: () => Promise<LayoutMap> } };
    if (!keyboard?.getLayoutMap || /Mac/.test(navigator.userAgent)) return undefined;
    let open = true;
    keyboard.getLayoutMap().then((map) => { if (open) setLayout(layoutOf(map)); }, () => undefined);
    return () => { open = false; };
  }, []);
  return layout;
}
