import { useEffect, useState } from 'react';

/** Keyboards whose way to write # is known for sure; of all others nothing is said. */
export type KnownLayout = 'spain' | 'latin' | 'us' | 'uk' | 'german' | 'french' | 'portugal' | 'brazil' | 'italian';
type LayoutMap = Pick<ReadonlyMap<string, string>, 'get'>;

/** What stands on a few keys of each, enough to tell it from all others: beside the 1 of a keyboard with ñ there is º in Spain, | in Latin America. */
const SIGNS: readonly [KnownLayout, Readonly<Record<string, string>>][] = [
  ['spain', { Semicolon: 'ñ', Backquote: 'º' }],
  ['latin', { Semicolon: 'ñ', Backquote: '|' }],
  ['us', { Semicolon: ';', Backquote: '`', Quote: "'", Backslash: '\\', KeyQ: 'q', KeyY: 'y' }],
  ['uk', { Semicolon: ';', Backquote: '`', Quote: "'", Backslash: '#', KeyQ: 'q', KeyY: 'y' }],
  ['german', { Semicolon: 'ö', Backslash: '#', KeyY: 'z' }],
  ['french', { KeyQ: 'a', KeyW: 'z', Digit3: '"', Digit2: 'é' }],
  ['portugal', { Semicolon: 'ç', Backquote: '\\' }],
  ['brazil', { Semicolon: 'ç', Backquote: "'" }],
  ['italian', { Semicolon: 'ò', Quote: 'à' }],
];
export function layoutOf(map: LayoutMap): KnownLayout | null {
  return SIGNS.find(([, signs]) => Object.entries(signs).every(([code, sign]) => map.get(code) === sign))?.[0] ?? null;
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
