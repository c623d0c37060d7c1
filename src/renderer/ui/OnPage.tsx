import { useLayoutEffect } from 'react';

/** What a notice, which lies elsewhere on the page, gives way to. */
type Part = 'settings' | 'person' | 'composer' | 'dialog' | 'keys' | 'moving';
const held = new Map<Part, number>();

function put(part: Part, by: 1 | -1): void {
  held.set(part, (held.get(part) ?? 0) + by);
  document.documentElement.dataset.shows = [...held].filter(([, count]) => count > 0).map(([name]) => name).join(' ');
}

/**
 * While it is drawn the root says so (`data-shows`), for rules about what lies elsewhere on the page.
 * A rule that looks for it by `:has` from the root makes the browser go through the whole page at each row that comes or goes.
 */
export function OnPage({ part }: { part: Part }) {
  useLayoutEffect(() => {
    put(part, 1);
    return () => put(part, -1);
  }, [part]);
  return null;
}
