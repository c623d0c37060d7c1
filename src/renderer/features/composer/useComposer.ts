import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { FixData, Placed, Publication } from '../../../shared/contract/publications.ts';
import { publicationUsd } from '../../../shared/domain/price.ts';
import { EDITABLE } from '../../../shared/domain/publication.ts';
import { weightedLength } from '../../../shared/domain/text.ts';
import { proposeTier } from '../../../shared/domain/tierByLink.ts';
import { instantToWall, weekday } from '../../../shared/domain/time.ts';
import { type ComposerTarget, useView } from '../../app/viewStore.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import type { Refused, Way } from '../calendar/Refusal.tsx';
import { isDirty } from './composerState.ts';
import { useDraft } from './useDraft.ts';

type WayInput = { fix?: FixData; override?: { reason: string } };

/** First full quarter of an hour at least ten minutes away. */
function proposedWall(zone: string): string {
  const quarter = 15 * 60_000;
  return instantToWall(Math.ceil((Date.now() + 10 * 60_000) / quarter) * quarter, zone);
}

/** Everything a composer does, for the view: the draft, what core says of it, what stands in its way, and the acts. */
export function useComposer(target: ComposerTarget, account: Account, stored: Publication | null) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const view = useView();
  const format = useFormat(account.zone);
  const { policy } = account;
  const onError = useCallback((error: unknown) => toast.failed(error), [toast.failed]);
  const { state, dispatch, flush } = useDraft(account.id, policy.base, onError);
  const [refused, setRefused] = useState<{ answer: Refused; again: (way: Way) => Promise<void> } | null>(null);
  const [busy, setBusy] = useState(false);
  const [wall, setWall] = useState(() => stored?.wall ?? (target.kind === 'new' ? target.wall : undefined) ?? proposedWall(account.zone));
  useEffect(() => {
    if (stored) dispatch({ type: 'open', accountId: account.id, tier: stored.tier, publication: stored });
    else if (target.kind === 'new') dispatch({ type: 'open', accountId: account.id, tier: target.tier ?? policy.base, via: account.via, ...(target.as ? { kind: target.as.kind, target: target.as.target } : {}), ...(target.text ? { text: target.text } : {}) });
    // Opened once per target: what comes later from core must not overwrite what is being typed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  // What core says of this post now; before the first save there is nothing to ask for.
  const live = useRpcQuery('publications.get', { id: state.id ?? '' }, { enabled: state.id !== null }).data ?? stored;
  // Only what is newer than our own last save: an answer that was asked for before it must not take its revision back.
  useEffect(() => {
    if (live && live.id === state.id && live.text === state.text && live.revision > (state.revision ?? 0) && !isDirty(state)) dispatch({ type: 'refreshed', revision: live.revision });
  }, [live, state, dispatch]);

  const used = useMemo(() => weightedLength(state.text), [state.text]);
  const proposed = useMemo(() => (state.text.length > 5000 ? null : proposeTier(state.text, account.urlRules)), [state.text, account.urlRules]);
  const usd = useMemo(() => publicationUsd({ ...state, text: state.text.slice(0, 5000) }), [state]);
  const counts = state.kind === 'post' || (live?.counts ?? false);
  const contradicts = counts && proposed !== null && proposed !== state.tier;
  const over = used - account.maxWeighted;
  const locked = live !== null && !EDITABLE.has(live.state);
  const partial = live?.state === 'partial' || (live?.state === 'retry_wait' && live.sentAt !== null);
  const out = partial ? live.parts.filter((part) => part.remoteId !== null).length : 0;
  const empty = state.kind !== 'repost' && state.text.trim() === '' && state.media.length === 0;
  const badPart = state.parts.some((part) => weightedLength(part.text) > account.maxWeighted || (part.text.trim() === '' && part.media.length === 0));
  const badPoll = state.poll !== null && (state.poll.options.some((option) => option.trim() === '') || new Set(state.poll.options.map((option) => option.trim())).size !== state.poll.options.length);
  const blocked = empty || over > 0 || locked || partial || badPart || badPoll || (contradicts && state.tierReason.trim() === '');
  const scheduled = live?.state === 'scheduled' && live.dueAt !== null;

  const act = async (run: (id: string, way: WayInput) => Promise<Placed>, done: (placed: Extract<Placed, { result: 'placed' }>) => void): Promise<void> => {
    setBusy(true);
    try {
      const id = await flush();
      if (id === null) return;
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
      setBusy(false);
    }
  };
  const place = (at: { wall: string } | 'nextFree'): void => {
    void act((id, way) => rpc.command('publications.place', { id, at, ...way }), (placed) => {
      const also = placed.alsoChanged.length > 0 ? ` ${t('calendar.alsoMoved', { count: placed.alsoChanged.length })}` : '';
      toast.done(t('calendar.placed', { when: format.when(placed.publication.dueAt ?? 0) }) + also, { undoId: placed.undoId });
      view.closeComposer();
    });
  };
  const send = (): void => {
    void act((id, way) => rpc.command('publications.sendNow', { id, ...(way.override ? { override: way.override } : {}) }), (placed) => {
      const { id } = placed.publication;
      view.closeComposer();
      toast.done(t('composer.sending'), { run: () => void rpc.command('publications.cancelSend', { id }).then(() => view.openComposer({ kind: 'edit', id }), toast.failed) });
    });
  };
  const remove = async (): Promise<void> => {
    const id = await flush();
    if (id === null) return view.closeComposer();
    try {
      const { undoId } = await rpc.command('publications.delete', { id });
      view.closeComposer();
      toast.done(t('composer.deleted'), { undoId });
    } catch (error) {
      toast.failed(error);
    }
  };
  const saveOver = async (): Promise<void> => {
    if (state.id === null) return;
    const found = await rpc.query('publications.get', { id: state.id });
    dispatch({ type: 'overwrite', revision: found.revision });
  };
  const schedule = (): void => {
    if (blocked || busy) return;
    place({ wall });
  };
  const offList = useRpcQuery('scheduler.offHours', { zone: account.zone }).data;
  const off = wall.length === 16 && (offList?.hours ?? []).includes((weekday(wall.slice(0, 10)) - 1) * 24 + Number(wall.slice(11, 13)));
  const close = (): void => view.closeComposer();
  return {
    state, dispatch, flush, live, used, over, proposed, usd, counts, contradicts, locked, partial, out, empty, badPart, blocked, scheduled, wall, setWall, off, busy, format,
    refused, place, send, remove, saveOver, schedule, close, saved: !state.saving && !isDirty(state),
  };
}
