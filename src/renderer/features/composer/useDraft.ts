import { useCallback, useEffect, useReducer, useRef } from 'react';
import { AppError } from '../../../shared/contract/errors.ts';
import { useRpc } from '../../rpc/hooks.ts';
import { composerReducer, type ComposerState, emptyComposer, isBlank, isDirty } from './composerState.ts';

const AUTOSAVE_MS = 500;
/** The same text is not tried again sooner than this after it could not be saved. */
const AGAIN_MS = 30_000;

/** The draft being written: autosaved 500 ms after a change and when the page goes away (ARCHITECTURE §8). */
export function useDraft(accountId: string, tier: string, onError: (error: unknown) => void) {
  const rpc = useRpc();
  const [state, dispatch] = useReducer(composerReducer, null, () => emptyComposer(accountId, tier));
  const latest = useRef<ComposerState>(state);
  latest.current = state;
  const running = useRef<Promise<string | null> | null>(null);

  const failedEdit = useRef<number | null>(null);

  const saveOnce = useCallback(async (): Promise<string | null> => {
    const now = latest.current;
    if (isBlank(now) || now.conflict) return now.id;
    if (!isDirty(now) && now.id !== null) return now.id;
    dispatch({ type: 'saving' });
    try {
      const placed = await rpc.command('publications.save', {
        ...(now.id === null ? {} : { id: now.id }), accountId: now.accountId, text: now.text, tier: now.tier, tierReason: now.tierReason.trim() === '' ? null : now.tierReason,
        media: now.media.map(({ id, alt }) => ({ id, alt })), parts: now.parts.map((part) => ({ text: part.text, media: part.media.map(({ id, alt }) => ({ id, alt })) })), poll: now.poll, via: now.via,
        ...(now.id === null ? { kind: now.kind, ...(now.target ? { target: now.target } : {}) } : {}), ...(now.revision === null ? {} : { baseRevision: now.revision }),
      });
      if (placed.result === 'refused') {
        // Only a changed tier of a planned post is judged: it goes back, the text is not lost.
        const stored = await rpc.query('publications.get', { id: now.id ?? '' });
        dispatch({ type: 'tier', tier: stored.tier });
        dispatch({ type: 'saveFailed', conflict: false });
        onError(new AppError('ratio_refused'));
        return now.id;
      }
      latest.current = { ...latest.current, id: placed.publication.id, revision: placed.publication.revision, savedEdit: now.edit };
      dispatch({ type: 'saved', id: placed.publication.id, revision: placed.publication.revision, edit: now.edit });
      return placed.publication.id;
    } catch (error) {
      const conflict = error instanceof AppError && error.code === 'conflict';
      dispatch({ type: 'saveFailed', conflict });
      failedEdit.current = now.edit;
      if (!conflict) onError(error);
      return conflict ? now.id : null;
    }
  }, [rpc, onError]);

  /** Saves what is typed; a save under way is waited for and then repeated if more was typed. Answers the draft's id. */
  const flush = useCallback(async (): Promise<string | null> => {
    while (running.current) await running.current;
    running.current = saveOnce().finally(() => {
      running.current = null;
    });
    return running.current;
  }, [saveOnce]);

  useEffect(() => {
    if (!isDirty(state) || state.conflict) return undefined;
    const timer = setTimeout(() => void flush(), state.edit === failedEdit.current ? AGAIN_MS : AUTOSAVE_MS);
    return () => clearTimeout(timer);
  }, [state, flush]);
  useEffect(() => {
    const leave = (): void => {
      if (isDirty(latest.current)) void flush();
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [flush]);
  return { state, dispatch, flush };
}
