import { type ComponentType, useEffect, useState } from 'react';

const AGAIN_MS = 1000;

/** A screen whose script is read apart from the window's own. */
export interface Later {
  Screen: ComponentType;
  /** What lies over the screens: nothing until it is first opened, and from then on there, open or not. */
  Overlay: ComponentType<{ open: boolean }>;
  /** Reads the script ahead of its use. */
  ready: () => Promise<unknown>;
}
/**
 * A screen in a script of its own, so that the window opens on the columns without reading the other five first. Not `lazy`
 * with a boundary: React holds what comes after a fallback back for 300 ms, and a screen that is already here needs none.
 * A script that cannot be read (the program behind the window has ended) is asked for again while its screen is open.
 */
export function later(load: () => Promise<ComponentType>): Later {
  let Found: ComponentType | null = null;
  const ready = async (): Promise<void> => {
    Found ??= await load();
  };
  const useFound = (wanted: boolean): ComponentType | null => {
    const [, drawn] = useState(Found !== null);
    useEffect(() => {
      if (Found || !wanted) return undefined;
      let open = true;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const read = (): void => {
        ready().then(() => { if (open) drawn(true); }, () => { if (open) timer = setTimeout(read, AGAIN_MS); });
      };
      read();
      return () => {
        open = false;
        clearTimeout(timer);
      };
    }, [wanted]);
    return Found;
  };
  function Screen() {
    const It = useFound(true);
    return It ? <It /> : <div className="screen" aria-busy="true" />;
  }
  function Overlay({ open }: { open: boolean }) {
    const It = useFound(open);
    return It ? <It /> : null;
  }
  return { Screen, Overlay, ready };
}
