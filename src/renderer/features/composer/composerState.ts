import type { AttachedMedia, Publication } from '../../../shared/contract/publications.ts';
import type { KeptEdit } from './keptEdit.ts';
import { MAX_MEDIA, type PictureAction, picturesAfter } from './pictureState.ts';

/** The draft as it is typed, and how far it is saved. */
export interface ComposerState {
  id: string | null;
  accountId: string;
  text: string;
  tier: string;
  /** Chosen by hand: the link no longer proposes. */
  tierChosen: boolean;
  tierReason: string;
  media: AttachedMedia[];
  /** Later parts of a thread; `key` is for the list only. */
  parts: { key: string; text: string; media: AttachedMedia[] }[];
  poll: Publication['poll'];
  via: Publication['via'];
  kind: Publication['kind'];
  target: Publication['target'];
  revision: number | null;
  /** Counts edits; `savedEdit` is the last that reached core. */
  edit: number;
  savedEdit: number;
  saving: boolean;
  /** The last edit that could not be saved, until a save goes through; it is tried again. */
  failedEdit: number | null;
  /** It was changed elsewhere, or can no longer be: what is typed here has no place of its own. */
  conflict: boolean;
}
export type ComposerAction =
  | { type: 'open'; accountId: string; tier: string; text?: string; publication?: Publication; via?: Publication['via']; kind?: Publication['kind']; target?: Publication['target'] }
  | { type: 'text'; text: string }
  /** What the links say: taken until a tier is chosen by hand. */
  | { type: 'proposed'; tier: string }
  | { type: 'tier'; tier: string }
  | { type: 'tierReason'; reason: string }
  | PictureAction
  | { type: 'addPart' }
  | { type: 'removePart'; index: number }
  | { type: 'movePart'; from: number; to: number }
  | { type: 'partText'; index: number; text: string }
  /** Media of a later part. */
  | { type: 'inPart'; index: number; action: PictureAction }
  /** The whole text in parts, the first one the post itself. */
  | { type: 'split'; texts: readonly string[] }
  | { type: 'poll'; poll: Publication['poll'] }
  | { type: 'via'; via: Publication['via'] }
  | { type: 'saving' }
  | { type: 'saved'; id: string; revision: number; edit: number; tier?: string }
  | { type: 'saveFailed'; conflict: boolean; edit: number }
  | { type: 'refreshed'; revision: number }
  | { type: 'overwrite'; revision: number }
  /** What was typed over a planned post and not saved yet. */
  | { type: 'restore'; edit: KeptEdit }
  /** What is typed becomes a draft of its own with the next save; what was opened stays as it is. */
  | { type: 'fork'; /** Whose it is: that of what was opened may be gone. */ accountId: string };

export function emptyComposer(accountId: string, tier: string): ComposerState {
  return { id: null, accountId, text: '', tier, tierChosen: false, tierReason: '', media: [], parts: [], poll: null, via: 'api', kind: 'post', target: null, revision: null, edit: 0, savedEdit: 0, saving: false, failedEdit: null, conflict: false };
}
const edited = (state: ComposerState, patch: Partial<ComposerState>): ComposerState => ({ ...state, ...patch, edit: state.edit + 1 });

const newPart = (state: ComposerState, text: string): ComposerState['parts'][number] => ({ key: `part-${state.edit}`, text, media: [] });

/** Pure: nothing here saves, so every path can be tested. */
export function composerReducer(state: ComposerState, action: ComposerAction): ComposerState {
  switch (action.type) {
    case 'open': {
      const base = { ...emptyComposer(action.accountId, action.tier), via: action.via ?? 'api', kind: action.kind ?? 'post', target: action.target ?? null };
      const { publication } = action;
      // A repost has nothing to write: it becomes a draft once something about it is chosen.
      if (!publication) return action.text ? edited(base, { text: action.text }) : base;
      return { ...base, id: publication.id, accountId: publication.accountId, text: publication.text, tier: publication.tier, tierChosen: true, tierReason: publication.tierReason ?? '', media: publication.media, parts: publication.parts.map((part, i) => ({ key: `${publication.id}-${i}`, text: part.text, media: part.media })), poll: publication.poll, via: publication.via, kind: publication.kind, target: publication.target, revision: publication.revision };
    }
    case 'text':
      return edited(state, { text: action.text });
    case 'proposed':
      return state.tierChosen || state.tier === action.tier ? state : edited(state, { tier: action.tier });
    case 'tier':
      return edited(state, { tier: action.tier, tierChosen: true });
    case 'tierReason':
      return edited(state, { tierReason: action.reason });
    case 'addPart':
      return edited(state, { parts: [...state.parts, newPart(state, '')] });
    case 'removePart':
      return edited(state, { parts: state.parts.filter((_, i) => i !== action.index) });
    case 'movePart': {
      const parts = [...state.parts];
      const [moved] = parts.splice(action.from, 1);
      if (!moved) return state;
      parts.splice(action.to, 0, moved);
      return edited(state, { parts });
    }
    case 'partText':
      return edited(state, { parts: state.parts.map((part, i) => (i === action.index ? { ...part, text: action.text } : part)) });
    case 'inPart':
      return edited(state, {
        parts: state.parts.map((part, i) => (i === action.index ? { ...part, media: picturesAfter(part.media, action.action) } : part)),
      });
    case 'split':
      return edited(state, { text: action.texts[0] ?? '', parts: [...action.texts.slice(1).map((text, i) => ({ ...newPart(state, text), key: `split-${state.edit}-${i}` })), ...state.parts] });
    case 'poll':
      return edited(state, { poll: action.poll });
    case 'via':
      return edited(state, { via: action.via });
    case 'addMedia':
      return state.media.length >= MAX_MEDIA ? state : edited(state, { media: picturesAfter(state.media, action) });
    case 'removeMedia':
    case 'alt':
      return edited(state, { media: picturesAfter(state.media, action) });
    case 'saving':
      return { ...state, saving: true };
    case 'saved':
      return { ...state, saving: false, failedEdit: null, conflict: false, id: action.id, revision: action.revision, savedEdit: Math.max(state.savedEdit, action.edit),
        // A repost has the tier of what it repeats: core says which.
        ...(state.kind === 'repost' && action.tier ? { tier: action.tier } : {}) };
    case 'saveFailed':
      return { ...state, saving: false, failedEdit: action.conflict ? state.failedEdit : action.edit, conflict: state.conflict || action.conflict };
    case 'refreshed':
      return { ...state, revision: action.revision };
    case 'fork':
      return edited(state, { id: null, accountId: action.accountId, revision: null, conflict: false, failedEdit: null });
    case 'restore':
      return edited(state, action.edit);
    case 'overwrite':
      return { ...state, conflict: false, revision: action.revision, edit: state.edit + 1 };
    default:
      return action satisfies never;
  }
}
export const isDirty = (state: ComposerState): boolean => state.edit !== state.savedEdit;
/** Nothing is written, attached or asked. A repost says all by what it reposts. */
export const isEmpty = (state: ComposerState): boolean => state.kind !== 'repost' && state.text.trim() === '' && state.media.length === 0 && (state.poll === null || state.poll.options.every((option) => option.trim() === '')) && state.parts.every((part) => part.text.trim() === '' && part.media.length === 0);
/** An untouched new composer leaves no draft behind. */
export const isBlank = (state: ComposerState): boolean => state.id === null && isEmpty(state);

/** Most characters of a poll's answer on X. */
export const MAX_ANSWER = 25;
/** Is an answer of the poll longer than X takes? */
export const hasLongAnswer = (poll: ComposerState['poll']): boolean => poll !== null && poll.options.some((option) => option.length > MAX_ANSWER);
/** The poll as it can be kept: an answer that is too long up to where X's limit lies, never through the middle of a character. */
export function keptPoll(poll: ComposerState['poll']): ComposerState['poll'] {
  if (!poll || !hasLongAnswer(poll)) return poll;
  return { ...poll, options: poll.options.map((option) => option.slice(0, MAX_ANSWER).replace(/[\uD800-\uDBFF]$/u, '')) };
}
