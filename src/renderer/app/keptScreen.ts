import type { Screen, SettingsSection } from './viewStore.ts';

const KEY = 'parrilla.screen';
const SCREENS: readonly Screen[] = ['deck', 'calendar', 'library', 'inbox', 'activity', 'settings'];
const SECTIONS: readonly SettingsSection[] = ['accounts', 'money', 'ratio', 'template', 'inbox', 'notices', 'general', 'data', 'keys'];

interface Kept {
  screen: Screen;
  settings: SettingsSection;
}
const FIRST: Kept = { screen: 'deck', settings: 'accounts' };

/** What this window showed before it was loaded again; the columns in a new one. Survives a reload, not a restart. */
export function keptScreen(): Kept {
  const [screen, settings] = (globalThis.sessionStorage?.getItem(KEY) ?? '').split(' ');
  return { screen: SCREENS.find((each) => each === screen) ?? FIRST.screen, settings: SECTIONS.find((each) => each === settings) ?? FIRST.settings };
}
/** Remembers for this window what it shows. */
export function keepScreen({ screen, settings }: Kept): void {
  globalThis.sessionStorage?.setItem(KEY, `${screen} ${settings}`);
}
