import '@fontsource-variable/inter';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/deck.css';
import './styles/composer.css';
import './styles/calendar.css';
import './styles/inbox.css';
import './styles/activity.css';
import { takeSight } from '../shared/contract/firstSight.ts';
import { drawSight, endSight } from './app/firstSight.ts';
import { keptScreen } from './app/keptScreen.ts';

/** The window's own script begins when what is stored has been seen, or after this long, ms: a window that is not shown draws nothing. */
const SEEN_MS = 100;

/** Fetches what the window's script is made of, all at once and ahead of its turn. */
function fetchLater(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="later"]')) {
    link.crossOrigin = '';
    link.rel = 'modulepreload';
  }
}
let begun = false;
function begin(): void {
  if (begun) return;
  begun = true;
  fetchLater();
  void import('./main.tsx');
}

try {
  const sight = takeSight(document);
  // A window that stood elsewhere goes on there.
  if (sight && keptScreen().screen === 'deck') {
    drawSight(sight, document);
    setTimeout(begin, SEEN_MS);
    requestAnimationFrame(() => setTimeout(begin));
  } else begin();
} catch {
  // It is only there to be looked at.
  endSight();
  begin();
}
