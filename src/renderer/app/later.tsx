import { type ComponentType, useEffect, useState } from 'react';

const AGAIN_MS = 1000;

/** A screen whose script is read apart from the window's own. */
export interface Later {
  Screen: ComponentType;
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
  function Screen() {
    const [, drawn] = useState(Found !== null);
    useEffect(() => {
      if (Found) return undefined;
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
    }, []);
    return Found ? <Found /> : <div className="screen" aria-busy="true" />;
  }
  return { Screen, ready };
}
