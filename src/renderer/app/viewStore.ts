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
  /** Asked before the composer closes or opens on something else; false keeps it as it is. */
  leaving: (() => Promise<boolean>) | null;
  bulkOpen: boolean;
  paletteOpen: boolean;
  keysOpen: boolean;
  wizardOpen: boolean;
  pauseOpen: boolean;
  /** Asked for from elsewhere: the deck opens its dialog. */
  addingColumn: boolean;
  /** Undo of the last command that offered one; Ctrl Z uses it. */
  lastUndo: { undoId: string; label: string } | null;
  go(screen: Screen): void;
  addColumn(): void;
  goSettings(settings: SettingsSection): void;
  openComposer(target: ComposerTarget): void;
  /** Closes it once what is written is kept. */
  closeComposer(): void;
  /** Closes it as it is: its post is planned, sent or deleted. */
  endComposer(): void;
  set(patch: Partial<Pick<ViewState, 'bulkOpen' | 'paletteOpen' | 'keysOpen' | 'wizardOpen' | 'pauseOpen' | 'addingColumn' | 'lastUndo' | 'leaving'>>): void;
}
function onceKept(leaving: ViewState['leaving'], go: () => void): void {
  if (!leaving) return go();
  void leaving().then((kept) => { if (kept) go(); });
}
export const useView = create<ViewState>((set, get) => ({
  screen: 'deck',
  settings: 'accounts',
  composer: null,
  leaving: null,
  bulkOpen: false,
  paletteOpen: false,
  keysOpen: false,
  wizardOpen: false,
  pauseOpen: false,
  addingColumn: false,
  lastUndo: null,
  go: (screen) => set({ screen }),
  addColumn: () => set({ screen: 'deck', addingColumn: true }),
  goSettings: (settings) => set({ screen: 'settings', settings }),
  openComposer: (composer) => onceKept(get().leaving, () => set({ composer })),
  closeComposer: () => onceKept(get().leaving, () => set({ composer: null })),
  endComposer: () => set({ composer: null }),
  set: (patch) => set(patch),
}));
