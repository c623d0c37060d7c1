/** The areas of the window, in the order they stand on it; those that are not there are passed over. An inner one goes before what it lies in. */
const AREAS = ['.rail', '.topbar', '.banners', '.deck', '.deck-side', '.cal-bar', '.cal-main', '.tray', '.day-panel', '.inbox-left', '.conversation', '.person', '.activity-list', '.record', '.library > .toolbar', '.library-rail', '.library-main', '.library-pane', '.fill-main', '.fill-side', '.settings > nav', '.settings-page', '.dock', '.statusbar'].join(', ');
/** What an area is mostly gone to for; else its first thing. */
const BEST = '[role="gridcell"][tabindex="0"], [role="row"][tabindex="0"], .case-row.selected button, .settings [aria-current="page"], [data-testid="composer-text"]';
const USABLE = 'button:not(:disabled), a[href], input:not(:disabled), textarea, select, [tabindex]';
const left = new WeakMap<Element, HTMLElement>();

const takes = (element: Element): element is HTMLElement => element instanceof HTMLElement && element.tabIndex >= 0 && element.closest('[inert], [aria-hidden="true"]') === null && element.getClientRects().length > 0;
const entryOf = (area: Element, areas: readonly Element[]): HTMLElement | null => {
  const before = left.get(area);
  if (before?.isConnected && takes(before)) return before;
  const own = (element: Element): boolean => takes(element) && areas.findLast((each) => each.contains(element)) === area;
  const all = [...area.querySelectorAll<HTMLElement>(BEST), ...area.querySelectorAll<HTMLElement>(USABLE)];
  return all.find(own) ?? null;
};

/** The focus goes to the next area (F6) or the one before it, there to where it was last; false when there is no other. */
export function goToArea(by: 1 | -1): boolean {
  const areas = [...document.querySelectorAll(AREAS)];
  const { activeElement } = document;
  const here = areas.findLastIndex((each) => each.contains(activeElement));
  const at = areas[here];
  if (at && activeElement instanceof HTMLElement) left.set(at, activeElement);
  for (let step = 1; step <= areas.length; step += 1) {
    const area = areas[(here + by * step + areas.length * 2 + (here < 0 && by < 0 ? 1 : 0)) % areas.length];
    const entry = area && area !== at ? entryOf(area, areas) : null;
    if (!entry) continue;
    entry.focus();
    return true;
  }
  return false;
}
