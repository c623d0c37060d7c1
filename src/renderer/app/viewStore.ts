import { create } from 'zustand';
import type { ColumnSource } from '../../shared/contract/columns.ts';
import { keepScreen, keptScreen } from './keptScreen.ts';

export type SettingsSection = 'accounts' | 'money' | 'ratio' | 'template' | 'inbox' | 'style' | 'tagging' | 'notices' | 'general' | 'data' | 'keys';
export type Screen = 'deck' | 'calendar' | 'library' | 'inbox' | 'activity' | 'settings';
/** What the composer is open on. */
export type ComposerTarget = { kind: 'new'; /** Written for this account, whichever the bar shows. */ accountId?: string; wall?: string; tier?: string; text?: string; as?: { kind: 'reply' | 'repost'; target: { id: string; username: string | null }; excerpt: string } } | { kind: 'edit'; id: string };

/** One thing that can be taken back, once. */
export interface Undo {
  id: string;
  /** What was done, as its notice said it. */
  title: string;
  /** What is said once it is taken back, where "undone" and the title would not say it. */
  undone?: string | undefined;
  /** Rejects with AppError; what has words of its own answers nothing. */
  run: () => Promise<unknown> | void;
  /** Of use until then, epoch ms: what goes out in ten seconds cannot be called back later. */
  until: number | null;
}
const MOST_UNDOS = 20;

/** View state only: nothing here is worth keeping over a restart; what is open stays over a reload. */
interface ViewState {
  screen: Screen;
  settings: SettingsSection;
  composer: ComposerTarget | null;
  /** Counts its openings: each has a composer of its own. */
  opening: number;
  /** Asked before the composer closes or opens on something else; false keeps it as it is. */
  leaving: (() => Promise<boolean>) | null;
  bulkOpen: boolean;
  /** The calendar shows what filling its days from the template would do. */
  fillOpen: boolean;
  paletteOpen: boolean;
  keysOpen: boolean;
  wizardOpen: boolean;
  pauseOpen: boolean;
  /** Activity shows what waits for the network. */
  outboxOpen: boolean;
  /** Asked for from elsewhere: the deck opens its dialog. */
  addingColumn: boolean;
  /** Words to look for in what is kept, asked for from elsewhere. */
  searchingKept: string | null;
  /** A day that the calendar is to show by itself, asked for from elsewhere. */
  dayWanted: string | null;
  /** The first column of a kind, asked for from elsewhere. */
  columnWanted: ColumnSource['kind'] | null;
  /** A case of the inbox to show, asked for from elsewhere. */
  caseWanted: string | null;
  /** Asked for from elsewhere: the inbox shows what is to be attended to. */
  attendWanted: boolean;
  /** What can still be taken back, oldest first; Ctrl Z takes the last, a notice its own. */
  undos: readonly Undo[];
  go(screen: Screen): void;
  /** Shows what filling would do: of what the calendar shows, or of this day. */
  fill(day?: string): void;
  goDay(day: string): void;
  addColumn(): void;
  searchKept(words: string): void;
  goSettings(settings: SettingsSection): void;
  goColumn(kind: ColumnSource['kind']): void;
  goCase(caseId: string): void;
  goAttend(): void;
  openComposer(target: ComposerTarget): void;
  /** Closes it once what is written is kept. */
  closeComposer(): void;
  /** Closes it as it is, unless it is open on something else by now: its post is planned, sent or deleted. */
  endComposer(target: ComposerTarget): void;
  offerUndo(undo: Undo): void;
  /** The undo of this id, or the last there is, which then is used; null when there is none (any more). */
  takeUndo(id?: string): Undo | null;
  set(patch: Partial<Pick<ViewState, 'bulkOpen' | 'fillOpen' | 'paletteOpen' | 'keysOpen' | 'wizardOpen' | 'pauseOpen' | 'outboxOpen' | 'addingColumn' | 'searchingKept' | 'dayWanted' | 'columnWanted' | 'caseWanted' | 'leaving'>>): void;
}
/** Open on the same post, or on an answer to the same one: what is being written there goes on. */
const isSame = (open: ComposerTarget | null, wanted: ComposerTarget): boolean => (
  open !== null && (open.kind === 'edit' ? wanted.kind === 'edit' && open.id === wanted.id : wanted.kind === 'new' && open.as !== undefined && open.as.kind === wanted.as?.kind && open.as.target.id === wanted.as.target.id && open.accountId === wanted.accountId)
);
function onceKept(leaving: ViewState['leaving'], go: () => void): void {
  if (!leaving) return go();
  void leaving().then((kept) => { if (kept) go(); });
}
export const useView = create<ViewState>((set, get) => ({
  ...keptScreen(),
  composer: null,
  opening: 0,
  leaving: null,
  bulkOpen: false,
  fillOpen: false,
  paletteOpen: false,
  keysOpen: false,
  wizardOpen: false,
  pauseOpen: false,
  outboxOpen: false,
  addingColumn: false,
  searchingKept: null,
  dayWanted: null,
  columnWanted: null,
  caseWanted: null,
  attendWanted: false,
  undos: [],
  go: (screen) => set({ screen }),
  fill: (day) => set({ screen: 'calendar', fillOpen: true, ...(day === undefined ? {} : { dayWanted: day }) }),
  goDay: (dayWanted) => set({ screen: 'calendar', dayWanted }),
  addColumn: () => set({ screen: 'deck', addingColumn: true }),
  searchKept: (searchingKept) => set({ screen: 'deck', searchingKept }),
  goColumn: (columnWanted) => set({ screen: 'deck', columnWanted }),
  goCase: (caseWanted) => set({ screen: 'inbox', caseWanted }),
  goAttend: () => set({ screen: 'inbox', attendWanted: true }),
  goSettings: (settings) => set({ screen: 'settings', settings }),
  openComposer: (composer) => {
    if (!isSame(get().composer, composer)) onceKept(get().leaving, () => set({ composer, opening: get().opening + 1 }));
  },
  closeComposer: () => onceKept(get().leaving, () => set({ composer: null })),
  endComposer: (target) => { if (get().composer === target) set({ composer: null }); },
  offerUndo: (undo) => set({ undos: [...get().undos.filter((each) => each.id !== undo.id), undo].slice(-MOST_UNDOS) }),
  takeUndo: (id) => {
    const usable = get().undos.filter((each) => each.until === null || each.until > Date.now());
    const taken = (id === undefined ? usable.at(-1) : usable.find((each) => each.id === id)) ?? null;
    set({ undos: usable.filter((each) => each !== taken) });
    return taken;
  },
  set: (patch) => set(patch),
}));
useView.subscribe((now, before) => { if (now.screen !== before.screen || now.settings !== before.settings) keepScreen(now); });
