import type { ReactNode } from 'react';
import { folded } from '../../shared/domain/inboxRules.ts';

/** One line of the palette. */
export interface PaletteLine {
  id: string;
  label: string;
  /** Found by these too. */
  keywords?: string | string[];
  onClick: () => void;
  leftSection?: ReactNode;
  rightSection?: ReactNode;
}
export interface PaletteGroup {
  group: string;
  actions: readonly PaletteLine[];
}

/** At most so many lines with what was typed in them, whatever its accents: by what they say before by other words, the groups in the order of their best line. */
export function foundIn(groups: readonly PaletteGroup[], typed: string, most: number): PaletteGroup[] {
  const wanted = folded(typed.trim());
  const lines = groups.flatMap(({ group, actions }) => actions.map((action) => ({ group, action, words: [action.keywords ?? []].flat().join(',') })));
  const said = lines.filter(({ action }) => folded(action.label).includes(wanted));
  const meant = lines.filter((line) => !said.includes(line) && folded(line.words).includes(wanted));
  const shown = [...said, ...meant].slice(0, most);
  return [...new Set(shown.map((line) => line.group))].map((group) => ({ group, actions: shown.filter((line) => line.group === group).map((line) => line.action) }));
}
