import { useCallback, useEffect, useReducer, useRef } from 'react';
import { AppError, type ErrorCode } from '../../../shared/contract/errors.ts';
import { EDITABLE } from '../../../shared/domain/publication.ts';
import { useRpc } from '../../rpc/hooks.ts';
import { type ComposerAction, composerReducer, type ComposerState, emptyComposer, hasLongAnswer, isBlank, isDirty, isEmpty, keptPoll } from './composerState.ts';
import { forgetEdit, keepEdit, keptEdit } from './keptEdit.ts';

const AUTOSAVE_MS = 500;
/** The same text is not tried again sooner than this after it could not be saved. */
const AGAIN_MS = 30_000;
/** What was opened is another by now, is on its way out, or is gone: saving again would not help. */
const NO_PLACE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['conflict', 'state_refused', 'not_found', 'part_is_out']);

/** As it was opened, with what was typed over it and never saved. */
function begun(opened: Extract<ComposerAction, { type: 'open' }>): ComposerState {
  const state = composerReducer(emptyComposer(opened.accountId, opened.tier), opened);
  const edit = state.id === null ? null : keptEdit(state.id);
  if (edit === null) return state;
  const restored = composerReducer(state, { type: 'restore', edit });
  // It went out meanwhile: what was typed has no place there any more.
  return opened.publication && !EDITABLE.has(opened.publication.state) ? composerReducer(restored, { type: 'saveFailed', conflict: true, edit: restored.edit }) : restored;
}

/** What became of a draft that is left: all of it is kept, in its place or beside it; it was empty and is gone; or some of it could not be kept. */
type Settled = 'kept' | 'copied' | 'removed' | 'unsaved';
interface DraftSays {
  failed(error: unknown): void;
  /** What was opened had changed elsewhere: what was typed stands beside it as a draft of its own. */
  copied(undoId: string): void;
}

/**
 * The draft being written: autosaved 500 ms after a change and when the page goes away (ARCHITECTURE §8).
 * While `goesByItself` says so it is a post with a time: what is typed over it is kept on this machine alone until somebody saves it.
 */
export function useDraft(from: Extract<ComposerAction, { type: 'open' }>, says: DraftSays, goesByItself: boolean) {
  const rpc = useRpc();
  // Open from its first drawing: what is typed at once must not meet an opening that comes after it.
  const [state, show] = useReducer(composerReducer, null, () => begun(from));
  const latest = useRef<ComposerState>(state);
  latest.current = state;
  const said = useRef(says);
  said.current = says;
  const opened = useRef(from.publication?.id);
  const accountId = useRef(from.accountId);
  accountId.current = from.accountId;
  const goes = useRef(goesByItself);
  goes.current = goesByItself;
  const running = useRef<Promise<string | null> | null>(null);
  /** The draft that was made here, not opened: left empty, it goes. */
  const made = useRef<string | null>(null);
  /** Undo of the last save that made a draft. */
  const undoNew = useRef<string | null>(null);
  /** The user threw it away: nothing of it is saved any more. */
  const dropped = useRef(false);

  const dispatch = useCallback((action: ComposerAction): void => {
    latest.current = composerReducer(latest.current, action);
    show(action);
  }, []);

  const saveOnce = useCallback(async (): Promise<string | null> => {
    const now = latest.current;
    if (isBlank(now) || now.conflict) return now.id;
    if (!isDirty(now) && now.id !== null) return now.id;
    dispatch({ type: 'saving' });
    try {
      const placed = await rpc.command('publications.save', {
        ...(now.id === null ? {} : { id: now.id }), accountId: now.accountId, text: now.text, tier: now.tier, tierReason: now.tierReason.trim() === '' ? null : now.tierReason,
        media: now.media.map(({ id, alt }) => ({ id, alt })), parts: now.parts.map((part) => ({ text: part.text, media: part.media.map(({ id, alt }) => ({ id, alt })) })), poll: keptPoll(now.poll), via: now.via,
        ...(now.id === null ? { kind: now.kind, ...(now.target ? { target: now.target } : {}) } : {}), ...(now.revision === null ? {} : { baseRevision: now.revision }),
      });
      if (placed.result === 'refused') {
        // Only a changed tier of a planned post is judged: it goes back, the text is not lost.
        const stored = await rpc.query('publications.get', { id: now.id ?? '' });
        dispatch({ type: 'tier', tier: stored.tier });
        dispatch({ type: 'saveFailed', conflict: false, edit: now.edit });
        said.current.failed(new AppError('ratio_refused'));
        // Whatever was wanted of it next was wanted of what could not be kept.
        return null;
      }
      const { id, revision } = placed.publication;
      if (now.id === null) {
        made.current = id;
        undoNew.current = placed.undoId;
      }
      dispatch({ type: 'saved', id, revision, edit: now.edit, tier: placed.publication.tier });
      forgetEdit(opened.current ?? id);
      return id;
    } catch (error) {
      const conflict = error instanceof AppError && NO_PLACE.has(error.code);
      const again = now.failedEdit === now.edit;
      dispatch({ type: 'saveFailed', conflict, edit: now.edit });
      // Said once: the composer goes on saying that it is not saved.
      // A missing reason is asked for in its place, beside the tier.
      const asked = error instanceof AppError && error.code === 'tier_needs_reason';
      if (!conflict && !again && !asked) said.current.failed(error);
      return conflict ? now.id : null;
    }
  }, [rpc, dispatch]);

  /** Saves what is typed; a save under way is waited for and then repeated if more was typed. Answers the draft's id. */
  const flush = useCallback(async (): Promise<string | null> => {
    while (running.current) await running.current;
    running.current = saveOnce().finally(() => {
      running.current = null;
    });
    return running.current;
  }, [saveOnce]);

  /** Leaves nothing behind that was not meant to stay, and loses nothing: an empty new draft goes, what has no place of its own becomes a copy. */
  const settle = useCallback(async function settled(saving = false): Promise<Settled> {
    while (running.current) await running.current;
    if (dropped.current) return 'kept';
    const { id } = latest.current;
    // Nobody said that it should go out so.
    if (goes.current && !saving && isDirty(latest.current) && !latest.current.conflict) return 'unsaved';
    // A repost says all by what it reposts: opened and left as it was, nobody wanted to keep it.
    if (latest.current.kind === 'repost' && id === null && latest.current.edit === 0) return 'removed';
    if (isEmpty(latest.current)) {
      if (id === null || id !== made.current) {
        await flush();
        return 'kept';
      }
      try {
        // Planned from elsewhere meanwhile, it is no longer ours to remove.
        if ((await rpc.query('publications.get', { id })).state !== 'draft') return 'kept';
        made.current = null;
        dispatch({ type: 'fork', accountId: accountId.current });
        await rpc.command('publications.delete', { id });
      } catch {
        // Gone already.
      }
      return 'removed';
    }
    const isCopy = latest.current.conflict;
    if (isCopy) dispatch({ type: 'fork', accountId: accountId.current });
    await flush();
    // Somebody wanted it saved in its place, and it has changed there: that is asked, not answered for them.
    if (saving && latest.current.conflict) return 'unsaved';
    if (hasLongAnswer(latest.current.poll) || isDirty(latest.current)) {
      // More was typed, or the save met a change made meanwhile: once more, now as what it turned out to be.
      if (!hasLongAnswer(latest.current.poll) && latest.current.failedEdit !== latest.current.edit && !isCopy) return settled(saving);
      return 'unsaved';
    }
    if (isCopy && undoNew.current !== null) said.current.copied(undoNew.current);
    return isCopy ? 'copied' : 'kept';
  }, [rpc, flush, dispatch]);

  const now = useCallback((): ComposerState => latest.current, []);
  const drop = useCallback((): void => {
    dropped.current = true;
  }, []);

  useEffect(() => {
    if (!isDirty(state) || state.conflict) return undefined;
    if (goesByItself) {
      keepEdit(state);
      return undefined;
    }
    const timer = setTimeout(() => void flush(), state.edit === state.failedEdit ? AGAIN_MS : AUTOSAVE_MS);
    return () => clearTimeout(timer);
  }, [state, flush, goesByItself]);
  useEffect(() => {
    const leave = (): void => void settle();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [settle]);
  return { state, now, dispatch, flush, settle, drop };
}
