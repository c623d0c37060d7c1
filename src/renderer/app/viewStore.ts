import { create } from 'zustand';

export type SettingsSection = 'accounts' | 'money' | 'ratio' | 'template' | 'general' | 'keys';
export type Screen = 'deck' | 'calendar' | 'library' | 'inbox' | 'activity' | 'settings';
/** What the composer is open on. */
export type ComposerTarget = { kind: 'new'; wall?: string; tier?: string; text?: string; as?: { kind: 'reply' | 'repost'; target: { id: string; username: string | null }; excerpt: string } } | { kind: 'edit'; id: string };

/** View state only: nothing here is worth keeping over a restart. */
interface ViewState {
  screen: Screen;
  settings: SettingsSection;
  composer: ComposerTarget | null;
  bulkOpen: boolean;
  paletteOpen: boolean;
  keysOpen: boolean;
  wizardOpen: boolean;
  /** Undo of the last command that offered one; Ctrl Z uses it. */
  lastUndo: { undoId: string; label: string } | null;
  go(screen: Screen): void;
  goSettings(settings: SettingsSection): void;
  openComposer(target: ComposerTarget): void;
  closeComposer(): void;
  set(patch: Partial<Pick<ViewState, 'bulkOpen' | 'paletteOpen' | 'keysOpen' | 'wizardOpen' | 'lastUndo'>>): void;
}
export const useView = create<ViewState>((set) => ({
  screen: 'deck',
  settings: 'accounts',
  composer: null,
  bulkOpen: false,
  paletteOpen: false,
  keysOpen: false,
  wizardOpen: false,
  lastUndo: null,
  go: (screen) => set({ screen }),
  goSettings: (settings) => set({ screen: 'settings', settings }),
  openComposer: (composer) => set({ composer }),
  closeComposer: () => set({ composer: null }),
  set: (patch) => set(patch),
}));
