import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { FixData, Placed, Publication } from '../../../shared/contract/publications.ts';
import { styleFindings } from '../../../shared/domain/houseStyle.ts';
import { publicationUsd } from '../../../shared/domain/price.ts';
import { EDITABLE, GOES_BY_ITSELF } from '../../../shared/domain/publication.ts';
import { isBlank, weightedLength } from '../../../shared/domain/text.ts';
import { weekday } from '../../../shared/domain/time.ts';
import { rememberDraft } from '../../app/useReopen.ts';
import { type ComposerTarget, useView } from '../../app/viewStore.ts';
import { useConnection, useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { excerptOf, useFormat } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import type { Refused, Way } from '../calendar/Refusal.tsx';
import { usePlan } from '../calendar/usePlan.ts';
import { type ComposerAction, hasLongAnswer, isDirty, isEmpty } from './composerState.ts';
import { forgetEdit, keepEdit, keepTime } from './keptEdit.ts';
import { useChosenTime } from './useChosenTime.ts';
import { useDraft } from './useDraft.ts';
import { useFreeQuarter } from './useFreeQuarter.ts';
import { useNextTimes } from './useNextTimes.ts';
import { useProposedTier } from './useProposedTier.ts';

/** What goes out by itself, or does once the user lets it: a change of it counts once it is saved. */
const GOES: ReadonlySet<Publication['state']> = new Set<Publication['state']>([...GOES_BY_ITSELF, 'paused']);
/** Longer texts are too long to go out anyway, characters. */
const MOST_STYLED = 30_000;
type WayInput = { fix?: FixData; override?: { reason: string } };

/** A composer on something new, with what it was opened with. */
function opening(target: ComposerTarget, account: Account): Extract<ComposerAction, { type: 'open' }> {
  const { base } = account.policy;
  if (target.kind !== 'new') return { type: 'open', accountId: account.id, tier: base };
  return { type: 'open', accountId: account.id, tier: target.tier ?? base, via: account.via, ...(target.as ? { kind: target.as.kind, target: target.as.target } : {}), ...(target.text ? { text: target.text } : {}) };
}
/** Everything a composer does, for the view: the draft, what core says of it, what stands in its way, and the acts. */
export function useComposer(target: ComposerTarget, account: Account, stored: Publication | null) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const view = useView();
  const format = useFormat(account.zone);
  const [goes, setGoes] = useState(stored !== null && GOES.has(stored.state));
  const { state, now, dispatch, flush, settle, drop } = useDraft(stored ? { type: 'open', accountId: account.id, tier: stored.tier, publication: stored } : opening(target, account), { failed: toast.failed, copied: (undoId) => toast.done(t('composer.copied'), { undoId }) }, goes);
  const [refused, setRefused] = useState<{ answer: Refused; again: (way: Way) => Promise<void> } | null>(null);
  const [busy, setBusy] = useState(false);
  // What core says of this post now; before the first save there is nothing to ask for.
  const id = state.id ?? (state.edit === 0 ? (stored?.id ?? null) : null);
  const known = useRpcQuery('publications.get', { id: id ?? '' }, { enabled: id !== null }).data;
  const live = known?.id === id ? known : stored?.id === id ? stored : null;
  useEffect(() => setGoes(live !== null && GOES.has(live.state)), [live]);
  const [chosen, setWall] = useChosenTime((target.kind === 'new' ? target.wall : undefined) ?? null, { id, zone: account.zone, goes, wall: live?.wall ?? stored?.wall ?? null });
  const free = useFreeQuarter(account, chosen === null && !stored?.wall);
  // Only what is newer than our own last save: an answer that was asked for before it must not take its revision back.
  const base = useRef(stored !== null && stored.revision === state.revision ? wordsOf(stored) : '');
  useEffect(() => {
    if (!live || live.id !== state.id) return;
    if (live.revision === state.revision) base.current = wordsOf(live);
    // Only its time or its state is another: what is typed over it still stands on the same words.
    else if (live.revision > (state.revision ?? 0) && (wordsOf(live) === base.current || (live.text === state.text && !isDirty(state)))) dispatch({ type: 'refreshed', revision: live.revision });
  }, [live, state, dispatch]);

  const used = useMemo(() => weightedLength(state.text), [state.text]);
  const proposed = useProposedTier(account, [state.text, ...state.parts.map((part) => part.text)]);
  useEffect(() => {
    if (proposed !== null) dispatch({ type: 'proposed', tier: proposed });
  }, [proposed, dispatch]);
  const usd = useMemo(() => publicationUsd({ ...state, text: state.text.slice(0, 5000) }), [state]);
  const counts = live?.counts ?? state.kind === 'post';
  const plan = usePlan(account);
  /** As the rule would see it: planned or not, under the tier it has now. */
  const subject = { ...blank(account), ...live, id: live?.id ?? state.id ?? 'new', tier: state.tier, counts };
  const plannable = live === null || EDITABLE.has(live.state);
  const next = useNextTimes(account, plan, subject, state.tier, plannable && state.kind !== 'reply');
  // A template has a time for it: the next slot of its tier. Where it has none, the next free quarter.
  const wall = chosen ?? live?.wall ?? stored?.wall ?? (plan.hasTemplate && state.kind === 'post' ? next[0]?.wall : undefined) ?? free;
  const contradicts = counts && proposed !== null && proposed !== state.tier;
  /** Another tier than the link's, and no reason written. */
  const unexplained = contradicts && isBlank(state.tierReason);
  const over = used - account.maxWeighted;
  const locked = live !== null && !EDITABLE.has(live.state);
  const partial = live?.state === 'partial' || (live?.state === 'retry_wait' && live.sentAt !== null);
  const out = partial ? live.parts.filter((part) => part.remoteId !== null).length : 0;
  const empty = state.kind !== 'repost' && isBlank(state.text) && state.media.length === 0;
  const badPart = state.parts.some((part) => weightedLength(part.text) > account.maxWeighted || (isBlank(part.text) && part.media.length === 0));
  const badPoll = state.poll !== null && (hasLongAnswer(state.poll) || state.poll.options.some(isBlank) || new Set(state.poll.options.map((option) => option.trim())).size !== state.poll.options.length);
  const unstyled = account.style.stops && !empty && styleFindings({ kind: state.kind, texts: [state.text.slice(0, MOST_STYLED), ...state.parts.map((part) => part.text)], tier: state.tier, counts }, account.style).length > 0;
  const blocked = unstyled || state.conflict || empty || over > 0 || locked || partial || badPart || badPoll || unexplained;
  const scheduled = live?.state === 'scheduled' && live.dueAt !== null;
  /** Another time than the one it has was chosen. */
  const moved = scheduled && chosen !== null && chosen !== live.wall;
  const changed = goes && (isDirty(state) || moved) && !state.conflict;
  const offline = useConnection().state !== 'open';

  // Pressed twice before it is drawn again, it is one wish: the state of the last drawing cannot tell.
  const acting = useRef(false);
  const act = async (run: (id: string, way: WayInput) => Promise<Placed>, done: (placed: Extract<Placed, { result: 'placed' }>) => void): Promise<void> => {
    if (acting.current) return;
    acting.current = true;
    setBusy(true);
    try {
      const id = await flush();
      // What is not kept is not what would go: a conflict or a refusal is looked at first.
      if (id === null || isDirty(now()) || now().conflict) return;
      const attempt = async (way: WayInput): Promise<void> => {
        const placed = await run(id, way);
        if (placed.result === 'refused') {
          setRefused({ answer: placed, again: async (next) => { setBusy(true); try { await attempt(next); } catch (error) { toast.failed(error); } finally { setBusy(false); } } });
          return;
        }
        setRefused(null);
        dispatch({ type: 'refreshed', revision: placed.publication.revision });
        done(placed);
      };
      await attempt({});
    } catch (error) {
      toast.failed(error);
    } finally {
      acting.current = false;
      setBusy(false);
    }
  };
  const place = (wall: string): void => {
    void act((id, way) => rpc.command('publications.place', { id, at: { wall }, ...way }), (placed) => {
      const also = placed.alsoChanged.length > 0 ? ` ${t('calendar.alsoMoved', { count: placed.alsoChanged.length })}` : '';
      toast.done(t('calendar.placed', { text: excerptOf(placed.publication.text), when: format.when(placed.publication.dueAt ?? 0) }) + also, { undoId: placed.undoId });
      view.endComposer(target);
    });
  };
  const send = (): void => {
    void act((id, way) => rpc.command('publications.sendNow', { id, ...(way.override ? { override: way.override } : {}) }), (placed) => {
      const { id } = placed.publication;
      view.endComposer(target);
      toast.done(t('composer.sending'), { run: () => void rpc.command('publications.cancelSend', { id }).then(() => view.openComposer({ kind: 'edit', id }), toast.failed) });
    });
  };
  const remove = async (): Promise<void> => {
    const { text } = state;
    const id = changed ? state.id : await flush();
    drop();
    if (id === null) {
      view.endComposer(target);
      // It never reached core: taking it back is writing it again.
      if (text.trim() !== '') toast.done(t('composer.deleted', { text: excerptOf(text) }), { run: () => view.openComposer({ kind: 'new', accountId: account.id, text }) });
      return;
    }
    try {
      const { undoId } = await rpc.command('publications.delete', { id });
      view.endComposer(target);
      toast.done(t('composer.deleted', { text: excerptOf(text) }), { undoId });
    } catch (error) {
      toast.failed(error);
    }
  };
  const saveOver = async (): Promise<void> => {
    if (state.id === null) return;
    try {
      const found = await rpc.query('publications.get', { id: state.id });
      dispatch({ type: 'overwrite', revision: found.revision });
    } catch (error) {
      toast.failed(error);
    }
  };
  /** Saves what is typed beside what it became elsewhere, and goes on with it. */
  const saveCopy = (): void => {
    dispatch({ type: 'fork', accountId: account.id });
    void flush();
  };
  /** Keeps a planned post as it is written, at the time it has. */
  const save = async (): Promise<void> => {
    // Without a line it would be sent once there is one again, whatever the user had decided meanwhile.
    if (blocked || busy || offline) return;
    setBusy(true);
    const settled = await settle(true);
    setBusy(false);
    // A tier that the ratio refused went back and is said: the user looks at it before the post is put away.
    if (settled === 'unsaved' || now().tier !== state.tier) return;
    view.endComposer(target);
    if (settled === 'kept') toast.done(t('composer.savedAt', { when: format.when(live?.dueAt ?? 0) }));
  };
  /** Leaves a planned post as it was before it was opened. */
  const discard = (): void => {
    const { id } = state;
    if (id === null) return;
    const typed = now();
    const time = moved ? chosen : null;
    drop();
    forgetEdit(id);
    keepTime(id, null);
    setWall(null);
    view.endComposer(target);
    toast.done(t('composer.discarded'), { run: () => { if (isDirty(typed)) keepEdit(typed); keepTime(id, time); view.openComposer({ kind: 'edit', id }); } });
  };
  const unschedule = async (): Promise<void> => {
    setBusy(true);
    try {
      const id = await flush();
      if (id === null || isDirty(now()) || now().conflict) return;
      const { undoId } = await rpc.command('publications.unschedule', { id });
      view.endComposer(target);
      toast.done(t('composer.unscheduled'), { undoId });
    } catch (error) {
      toast.failed(error);
    } finally {
      setBusy(false);
    }
  };
  const schedule = (): void => {
    if (blocked || busy) return;
    place(wall);
  };
  const offList = useRpcQuery('scheduler.offHours', { zone: account.zone }).data;
  const off = wall.length === 16 && (offList?.hours ?? []).includes((weekday(wall.slice(0, 10)) - 1) * 24 + Number(wall.slice(11, 13)));
  // Whatever closes the composer or opens it on something else asks here first: nothing that is typed gets lost.
  const [stays, setStays] = useState(false);
  const timed = useRef(moved);
  timed.current = moved;
  useEffect(() => {
    const leaving = async (): Promise<boolean> => {
      // The next key is not for the text any more, unless it stays open.
      const { activeElement } = document;
      if (activeElement instanceof HTMLElement && activeElement.closest('.dock')) activeElement.blur();
      // Without a line nothing can be kept now: it stays open, and is saved when the line is back.
      const kept = !timed.current && (rpc.connection.state === 'open' ? (await settle()) !== 'unsaved' : !isDirty(now()) || isEmpty(now()));
      setStays(!kept);
      if (!kept && activeElement instanceof HTMLElement) activeElement.focus();
      return kept;
    };
    useView.getState().set({ leaving });
    return () => { if (useView.getState().leaving === leaving) useView.getState().set({ leaving: null }); };
  }, [rpc, now, settle]);
  // A window that crashed or is loaded again opens it where it was.
  useEffect(() => {
    rememberDraft(state.id);
    return () => rememberDraft(null);
  }, [state.id]);
  const close = (): void => view.closeComposer();
  return {
    state, dispatch, live, used, over, proposed, usd, counts, contradicts, unexplained, locked, partial, out, empty, badPart, blocked, scheduled, plan, subject, next, wall, setWall, off, busy, format,
    refused, place, send, remove, save, saveOver, saveCopy, unschedule, schedule, close, flush,
    saved: !state.saving && !isDirty(state),
    /** It could not be saved, and is tried again. */
    trying: !state.conflict && (isDirty(state) || moved) && (state.failedEdit !== null || offline), offline,
    /** An answer of the poll is longer than X takes: the rest of it cannot be kept. `stays`: closing was tried. */
    long: hasLongAnswer(state.poll), stays,
    moved,
    /** It goes out by itself, and what is typed over it is not saved: as it was until then. */
    changed, discard,
  };
}

/** What is written in it, without its time and state. */
const wordsOf = (publication: Publication): string => JSON.stringify([publication.text, publication.tier, publication.tierReason, publication.media.map(({ id, alt }) => [id, alt]), publication.parts.map((part) => [part.text, part.media.map(({ id, alt }) => [id, alt])]), publication.poll, publication.via]);

/** A publication that is nowhere yet, so that its place can be judged before the first save. */
function blank(account: Account): Publication {
  return {
    id: 'new', accountId: account.id, kind: 'post', parts: [], poll: null, target: null, via: 'api', counts: true, removedAt: null, state: 'draft', heldReason: null, text: '', tier: account.policy.base, tierReason: null, media: [],
    wall: null, zone: account.zone, dueAt: null, sentAt: null, remoteId: null, url: null, overrideReason: null, late: false, reason: null, usd: 0, revision: 0, createdAt: 0, updatedAt: 0,
  };
}
