/**
 * The focus goes to the next of these (J) or the one before (K), in their order; from elsewhere to `first`, else to the first
 * of them. False where there is none.
 */
export function stepThrough(elements: readonly HTMLElement[], by: 1 | -1, first?: HTMLElement | undefined): boolean {
  const at = elements.findIndex((each) => each === document.activeElement);
  const next = at < 0 ? (first ?? elements[0]) : elements[Math.min(elements.length - 1, Math.max(0, at + by))];
  if (!next) return false;
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
  return true;
}
