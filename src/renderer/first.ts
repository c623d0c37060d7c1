import './styles/sight.css';
import { takeSight } from '../shared/contract/firstSight.ts';
import { drawSight, endSight } from './app/firstSight.ts';
import { keptScreen } from './app/keptScreen.ts';

/** The window's own script begins when what is stored has been seen, or after this long, ms: a window that is not shown draws nothing. */
const SEEN_MS = 250;

/** Fetches what the window's script is made of and its styles, all at once and ahead of their turn. */
function fetchLater(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="later"]')) {
    link.crossOrigin = '';
    link.as = link.href.endsWith('.css') ? 'style' : 'script';
    link.rel = link.as === 'style' ? 'preload' : 'modulepreload';
  }
}
let begun = false;
function begin(): void {
  if (begun) return;
  begun = true;
  fetchLater();
  const early = document.querySelector('link[rel="stylesheet"]');
  void import('./styles.ts').then(() => {
    // All of it is among the others, and would be looked through twice from here on.
    early?.remove();
    return import('./main.tsx');
  });
}

try {
  const sight = takeSight(document);
  // A window that stood elsewhere goes on there.
  if (sight && keptScreen().screen === 'deck') {
    drawSight(sight, document);
    setTimeout(begin, SEEN_MS);
    // When it is on the screen, not when it was handed over: what is begun sooner takes its processors from the drawing of it.
    new PerformanceObserver((seen) => { if (seen.getEntriesByName('first-contentful-paint').length > 0) begin(); }).observe({ type: 'paint', buffered: true });
  } else begin();
} catch {
  // It is only there to be looked at.
  endSight();
  begin();
}
