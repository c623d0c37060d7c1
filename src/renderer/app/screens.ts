import { IconActivity, IconBooks, IconCalendarWeek, IconInbox, IconLayoutColumns, IconSettings } from '@tabler/icons-react';
import type { Screen } from './viewStore.ts';

/** The six places, in the rail's order; the letter follows G (UX, keys). */
export const SCREENS: readonly { screen: Screen; icon: typeof IconActivity; letter: string }[] = [
  { screen: 'deck', icon: IconLayoutColumns, letter: 'd' },
  { screen: 'calendar', icon: IconCalendarWeek, letter: 'c' },
  { screen: 'library', icon: IconBooks, letter: 'l' },
  { screen: 'inbox', icon: IconInbox, letter: 'i' },
  { screen: 'activity', icon: IconActivity, letter: 'a' },
  { screen: 'settings', icon: IconSettings, letter: 's' },
];
