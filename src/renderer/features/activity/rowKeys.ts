import type { KeyboardEvent } from 'react';

/** Arrows, Home and End go from row to row of a list whose rows carry `data-row`; what is not drawn yet comes as the list scrolls. */
export function arrowsThrough(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]:not(:disabled)')];
  const at = rows.findIndex((row) => row === document.activeElement || row.parentElement?.contains(document.activeElement) === true && row.parentElement.matches('li'));
  const to = event.key === 'ArrowDown' ? at + 1 : event.key === 'ArrowUp' ? Math.max(0, at - 1) : event.key === 'Home' ? 0 : event.key === 'End' ? rows.length - 1 : null;
  if (to === null) return;
  event.preventDefault();
  rows[to]?.focus();
}
