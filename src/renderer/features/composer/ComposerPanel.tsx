import { ActionIcon, Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconTrash, IconX } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';

import type { FixData, Placed, Publication } from '../../../shared/contract/publications.ts';
import { publicationUsd } from '../../../shared/domain/price.ts';
import { EDITABLE } from '../../../shared/domain/publication.ts';
import { entitiesOf, linksOf, weightedLength } from '../../../shared/domain/text.ts';
import { proposeTier } from '../../../shared/domain/tierByLink.ts';
import { instantToWall, weekday } from '../../../shared/domain/time.ts';
import { type ComposerTarget, useView } from '../../app/viewStore.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { Avatar, tierName } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { PostText } from '../../ui/PostText.tsx';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useToast } from '../../ui/useToast.tsx';
import { Refusal, type Refused, type Way } from '../calendar/Refusal.tsx';
import { splitIntoParts } from '../../../shared/domain/thread.ts';
import { MAX_PARTS } from '../../../shared/contract/publications.ts';
import { isDirty } from './composerState.ts';
import { PollEditor } from './PollEditor.tsx';
import { SentActions, UploadProgress } from './Sent.tsx';
import { ThreadParts } from './ThreadParts.tsx';
import { addPictures, Pictures } from './Pictures.tsx';
import { useDraft } from './useDraft.ts';

/** The docked composer; one per target, so that nothing of one draft leaks into another. */
export function ComposerPanel() {
  const target = useView((state) => state.composer);
  const { accounts, current } = useAccounts();
  const editing = target?.kind === 'edit' ? target.id : null;
  const stored = useRpcQuery('publications.get', { id: editing ?? '' }, { enabled: editing !== null }).data;
  if (!target || !current) return null;
  if (editing !== null && stored?.id !== editing) return <aside className="dock" />;
  const account = accounts.find((each) => each.id === stored?.accountId) ?? current;
  return <Composer key={editing ?? `new-${account.id}-${target.kind === 'new' ? `${target.wall ?? ''}-${target.as?.kind ?? ''}-${target.as?.target.id ?? ''}` : ''}`} target={target} account={editing === null ? current : account} stored={editing === null ? null : (stored ?? null)} />;
}

type WayInput = { fix?: FixData; override?: { reason: string } };

/** First full quarter of an hour at least ten minutes away. */
function proposedWall(zone: string): string {
  const quarter = 15 * 60_000;
  return instantToWall(Math.ceil((Date.now() + 10 * 60_000) / quarter) * quarter, zone);
}

function Preview({ account, text, media }: { account: Account; text: string; media: readonly { id: string; mime: string; src: string; alt: string }[] }) {
  const entities = useMemo(
    () => (text.length > 5000 ? [] : entitiesOf(text).map(({ kind, start, end, value }) => ({ kind, start, end, display: kind === 'url' ? value.replace(/^https?:\/\//, '').slice(0, 30) : value, href: kind === 'url' ? 'https://x.com' : `https://x.com/${encodeURIComponent(value)}` }))),
    [text],
  );
  return (
    <div className="post">
      <Avatar src={account.avatar} name={account.name} />
      <div style={{ minWidth: 0 }}>
        <div className="post-head"><strong>{account.name}</strong><span className="quiet">@{account.username}</span></div>
        <div inert><PostText text={text} entities={entities} /></div>
        {media.length > 0 ? <div className="post-media">{media.map((each) => (each.mime.startsWith('video/') ? <video key={each.id} src={each.src} controls muted aria-label={each.alt} /> : <img key={each.id} src={each.src} alt={each.alt} />))}</div> : null}
      </div>
    </div>
  );
}

function Composer({ target, account, stored }: { target: ComposerTarget; account: Account; stored: Publication | null }) {
  const { t, i18n } = useTranslation();
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
  useEffect(() => {
    if (live && live.id === state.id && live.text === state.text && live.revision !== state.revision && !isDirty(state)) dispatch({ type: 'refreshed', revision: live.revision });
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
  useKeys({ 'Mod+Enter': schedule });
  const offList = useRpcQuery('scheduler.offHours', { zone: account.zone }).data;
  const off = wall.length === 16 && (offList?.hours ?? []).includes((weekday(wall.slice(0, 10)) - 1) * 24 + Number(wall.slice(11, 13)));
  const [date = '', time = ''] = wall.split('T');
  const price = { usd: format.usd(usd) };
  return (
    <aside
      className="dock" aria-label={t('composer.title')} data-testid="composer"
      onDragOver={(event) => { if (event.dataTransfer.types.includes('Files')) event.preventDefault(); }}
      onDrop={(event) => { if (event.dataTransfer.files.length > 0) { event.preventDefault(); addPictures([...event.dataTransfer.files], state.media.length, dispatch, toast.failed); } }}
    >
      <div className="composer">
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}><Avatar src={account.avatar} name={account.name} size={24} /><span title={t('composer.account', { username: account.username })}>@{account.username}</span></Group>
          <span className="quiet" aria-live="polite" data-testid="save-mark">{state.conflict ? t('composer.unsaved') : state.saving || isDirty(state) ? (empty && state.id === null ? '' : t('composer.saving')) : state.id ? t('composer.saved') : ''}</span>
          <ActionIcon aria-label={t('composer.close')} onClick={() => view.closeComposer()} data-testid="composer-close"><IconX size={16} /></ActionIcon>
        </Group>
        {state.kind !== 'post' ? <p className="part" data-testid="composer-target">{t(state.kind === 'reply' ? 'composer.replyTo' : 'composer.repostOf', { username: state.target?.username ?? '…' })}{target.kind === 'new' && target.as ? <span className="quiet"> · {target.as.excerpt}</span> : null}</p> : null}
        {state.kind === 'repost' ? null : <Textarea
          label={t('composer.text')} placeholder={t('composer.placeholder')} autosize minRows={5} maxRows={16} value={state.text} autoFocus disabled={locked || partial} data-testid="composer-text" dir="auto" spellCheck
          onChange={(event) => { const text = event.currentTarget.value; dispatch({ type: 'text', text, proposed: text.length > 5000 ? null : proposeTier(text, account.urlRules) }); }}
          onPaste={(event) => { const files = [...event.clipboardData.files]; if (files.length > 0) { event.preventDefault(); addPictures(files, state.media.length, dispatch, toast.failed); } }}
        />}
        <Group justify="space-between">
          <span className={over > 0 ? 'counter over' : 'counter quiet'} data-testid="counter" aria-live="polite">{t('composer.counter', { used: format.number(used), max: format.number(account.maxWeighted) })}{over > 0 ? ` · ${t('composer.over', { count: over })}` : ''}</span>
          <span className="quiet" data-testid="price">{account.network === 'practice' ? t('composer.pricePractice', price) : linksOf(state.text.slice(0, 5000)).length > 0 ? t('composer.priceLink', price) : t('composer.price', price)}</span>
        </Group>
        {counts ? <NativeSelect label={t('composer.tier')} value={state.tier} disabled={locked} data-testid="composer-tier" onChange={(event) => dispatch({ type: 'tier', tier: event.currentTarget.value })} data={policy.tiers.map((tier) => ({ value: tier.key, label: tierName(policy, tier.key, i18n.language) }))} {...(proposed && !contradicts ? { description: t('composer.proposed', { tier: tierName(policy, proposed, i18n.language) }) } : {})} /> : <span className="quiet">{t('composer.noUnit')}</span>}
        {contradicts && !locked ? <TextInput label={t('composer.tierReason')} description={t('composer.contradicts', { proposed: tierName(policy, proposed, i18n.language), tier: tierName(policy, state.tier, i18n.language) })} value={state.tierReason} maxLength={500} onChange={(event) => dispatch({ type: 'tierReason', reason: event.currentTarget.value })} data-testid="tier-reason" /> : null}
        {over > 0 && !locked && state.poll === null ? <div><Button size="compact-sm" variant="light" data-testid="split" onClick={() => dispatch({ type: 'split', texts: splitIntoParts(state.text, account.maxWeighted).slice(0, MAX_PARTS - state.parts.length) })}>{t('composer.split')}</Button></div> : null}
        {state.kind === 'repost' ? null : (
          <>
            {state.poll ? null : <Pictures media={state.media} dispatch={dispatch} onError={toast.failed} disabled={locked || partial} />}
            <PollEditor state={state} dispatch={dispatch} disabled={locked || partial} />
            {state.kind === 'post' ? <ThreadParts state={state} out={out} max={account.maxWeighted} format={format} disabled={locked} dispatch={dispatch} onError={toast.failed} /> : null}
          </>
        )}
        {state.id ? <UploadProgress id={state.id} /> : null}
        {locked || partial ? null : <NativeSelect label={t('composer.via')} value={state.via} data-testid="composer-via" onChange={(event) => dispatch({ type: 'via', via: event.currentTarget.value === 'handoff' ? 'handoff' : 'api' })} data={[{ value: 'api', label: t('composer.viaApi') }, { value: 'handoff', label: t('composer.viaHand') }]} />}
        {state.conflict ? <div role="alert" className="banner bad">{t('composer.conflict')} <Button size="compact-xs" onClick={() => void saveOver()}>{t('composer.saveOver')}</Button></div> : null}
        {live && (locked || partial) ? <SentActions publication={live} format={format} /> : null}
        {partial ? <p className="quiet">{t('composer.partialState')}</p> : locked ? <p className="quiet">{t('composer.sentState')}</p> : (
          <>
            {scheduled && live.dueAt ? <strong>{t('composer.scheduled', { when: format.when(live.dueAt) })}</strong> : null}
            <Group gap="xs" align="flex-end" wrap="nowrap">
              <TextInput type="date" label={t('composer.date')} value={date} data-testid="composer-date" onChange={(event) => setWall(`${event.currentTarget.value}T${time}`)} />
              <TextInput type="time" label={t('composer.time')} value={time} data-testid="composer-time" onChange={(event) => setWall(`${date}T${event.currentTarget.value}`)} />
              <Button data-testid="composer-schedule" disabled={blocked || wall.length !== 16} loading={busy} onClick={schedule} title="Ctrl ↵">{scheduled ? t('composer.move') : t('composer.schedule')}</Button>
            </Group>
            {off ? <span className="banner" role="status" data-testid="usually-off">{t('composer.usuallyOff')}</span> : null}
            <span className="quiet" style={{ fontSize: 11 }}>{empty ? t('composer.empty') : t('composer.zone', { zone: account.zone })}</span>
            <Group gap="xs">
              <Button variant="default" data-testid="composer-next-free" disabled={blocked} loading={busy} onClick={() => place('nextFree')}>{t('composer.nextFree')}</Button>
              <Button variant="default" data-testid="composer-send" disabled={blocked} loading={busy} onClick={send}>{t('composer.send')}</Button>
              <span className="grow" />
              <ActionIcon aria-label={t('composer.delete')} title={t('composer.delete')} data-testid="composer-delete" onClick={() => void remove()}><IconTrash size={16} /></ActionIcon>
            </Group>
          </>
        )}
        {refused ? <Refusal account={account} refused={refused.answer} busy={busy} onTake={(way) => void refused.again(way)} /> : null}
        <div className="quiet" style={{ fontSize: 11 }}>{t('composer.preview')}</div>
        <div className="preview">
          <Preview account={account} text={state.text.slice(0, 5000)} media={state.media} />
          {state.poll ? <ul className="quiet">{state.poll.options.filter((option) => option.trim() !== '').map((option, i) => <li key={i}>{option}</li>)}</ul> : null}
          {state.parts.map((part) => <Preview key={part.key} account={account} text={part.text.slice(0, 5000)} media={part.media} />)}
        </div>
      </div>
    </aside>
  );
}
