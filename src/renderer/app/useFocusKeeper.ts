import { useEffect } from 'react';

/** What may have the focus; a field would swallow the next key, so none is chosen by itself. */
const FOCUSABLE = 'button:not(:disabled), a[href], [tabindex]:not(input):not(textarea):not([tabindex="-1"]), [role="gridcell"]';
/** What stands for the same thing wherever it is drawn: a post that moved to another day or back to the tray. */
const KEYS = ['data-id', 'data-post-id', 'data-column-id'] as const;
/** Parts of the window that come and go as a whole; once one is gone, what had the focus before it gets it back. */
const REGION = '.dock, [role="dialog"], .mantine-Notifications-root, .mantine-Menu-dropdown';
const END = '.shell, #main, #root, body';
/** Places remembered in each region, and regions. */
const MOST = 4;
const MOST_REGIONS = 4;

/** Where something stood: itself, and at each level up to the region its neighbours. */
interface Place {
  element: HTMLElement;
  region: Element | null;
  key: { name: string; value: string; testId: string | null } | null;
  levels: { node: Element; next: Element | null; previous: Element | null }[];
}

function placeOf(element: HTMLElement): Place {
  const region = element.closest(REGION);
  const levels: Place['levels'] = [];
  // A notice has no neighbours worth going to: what was left for it is.
  const from = region?.matches('.mantine-Notifications-root') ? null : element;
  for (let node: Element | null = from; node && node !== region && !node.matches(END); node = node.parentElement) levels.push({ node, next: node.nextElementSibling, previous: node.previousElementSibling });
  const holder = element.closest(KEYS.map((name) => `[${name}]`).join(', '));
  const name = KEYS.find((each) => holder?.hasAttribute(each));
  return { element, region, levels, key: holder && name ? { name, value: holder.getAttribute(name) ?? '', testId: holder === element ? null : element.getAttribute('data-testid') } : null };
}
const usable = (element: Element | null | undefined): element is HTMLElement => element instanceof HTMLElement && element.isConnected && element.closest('[inert], [aria-hidden="true"]') === null && element.getClientRects().length > 0;
/** The element, or the first in it that takes the focus. */
function within(element: Element | null): HTMLElement | null {
  if (!usable(element)) return null;
  if (element.matches(FOCUSABLE)) return element;
  return [...element.querySelectorAll(FOCUSABLE)].find(usable) ?? null;
}

/** The nearest to where the focus was: the same thing elsewhere, its neighbour, what is left around it. Null when nothing of it is there. */
function nearest({ element, key, levels }: Place): HTMLElement | null {
  if (usable(element) && !element.matches(':disabled')) return element;
  if (key) {
    const again = document.querySelector(`[${key.name}="${CSS.escape(key.value)}"]`);
    const found = (key.testId === null ? null : within(again?.querySelector(`[data-testid="${CSS.escape(key.testId)}"]`) ?? null)) ?? within(again);
    if (found) return found;
  }
  for (const { node, next, previous } of levels) {
    // One of its own kind before what else stands there: a column before the button that adds one.
    const around = [next, previous].sort((a, b) => Number(b?.tagName === node.tagName) - Number(a?.tagName === node.tagName));
    for (const each of node.isConnected ? [node] : around) {
      const found = within(each);
      if (found) return found;
    }
  }
  return null;
}

/**
 * The focus never falls to the page itself: when what had it goes away (deleted, taken back, closed), it goes to the
 * nearest sensible place. Who moves it on purpose in the same moment is let be.
 */
export function useFocusKeeper(): void {
  useEffect(() => {
    let places: Place[] = [];
    let waiting = false;
    /** The user left it for nothing, while it still stood there: what becomes of it later is no loss, unless it was in a part that closes. */
    let left = false;
    /** A button that waits for its act: disabled it cannot keep the focus, and nobody has left it. */
    let waits: HTMLElement | null = null;
    const forget = (event: FocusEvent): void => {
      const { target } = event;
      if (event.relatedTarget === null && target instanceof HTMLElement) requestAnimationFrame(() => { left = target.isConnected && target === places[0]?.element && document.activeElement !== target && target.closest(REGION) === null && !target.matches(':disabled'); });
    };
    const remember = (event: FocusEvent): void => {
      if (!(event.target instanceof HTMLElement) || event.target === document.body) return;
      left = false;
      waits = null;
      const place = placeOf(event.target);
      const regions = [...new Set([place.region, ...places.map((each) => each.region)])].slice(0, MOST_REGIONS);
      places = [place, ...regions.flatMap((region) => places.filter((each) => each.region === region && each.element !== place.element).slice(0, MOST))];
    };
    const lost = (): boolean => !left && (document.activeElement === null || document.activeElement === document.body) && places[0] !== undefined && (!places[0].element.isConnected || (waits === places[0].element && !waits.matches(':disabled')));
    const restore = (): void => {
      waiting = false;
      if (!lost()) return;
      for (const place of places) {
        const found = nearest(place);
        if (!found) continue;
        found.focus({ preventScroll: true });
        if (document.activeElement === found) return;
      }
      document.getElementById('main')?.focus({ preventScroll: true });
    };
    const watch = new MutationObserver((changes) => {
      const at = places[0]?.element;
      if (at?.matches(':disabled') && changes.some((each) => each.target === at && each.type === 'attributes')) waits = at;
      if (waiting || !lost()) return;
      waiting = true;
      // Two frames: what is drawn anew takes its focus first, and what comes instead is there.
      requestAnimationFrame(() => requestAnimationFrame(restore));
    });
    document.addEventListener('focusin', remember);
    document.addEventListener('focusout', forget);
    watch.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
    return () => {
      document.removeEventListener('focusin', remember);
      document.removeEventListener('focusout', forget);
      watch.disconnect();
    };
  }, []);
}
