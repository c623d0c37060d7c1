import { ActionIcon, Button, RingProgress, SegmentedControl, Textarea } from '@mantine/core';
import { IconEye, IconHandStop, IconLink, IconPhotoPlus, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { MAX_PARTS, type Publication } from '../../../shared/contract/publications.ts';
import { tagLinks, untaggedIn } from '../../../shared/domain/linkTagging.ts';
import { linksOf } from '../../../shared/domain/text.ts';
import { splitIntoParts } from '../../../shared/domain/thread.ts';
import { useOffer } from '../../app/composing.ts';
import type { ComposerTarget } from '../../app/viewStore.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { Avatar, tierName } from '../../ui/bits.tsx';
import { EmojiButton } from '../../ui/emoji/EmojiButton.tsx';
import { OnPage } from '../../ui/OnPage.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { Refusal } from '../calendar/Refusal.tsx';
import { composerChecks } from './checks.ts';
import { ComposerActs } from './ComposerActs.tsx';
import { ComposerChecks } from './ComposerChecks.tsx';
import { addPictures, PictureInput, Pictures } from './Pictures.tsx';
import { MAX_MEDIA } from './pictureState.ts';
import { PollEditor } from './PollEditor.tsx';
import { PostPreview } from './PostPreview.tsx';
import { SaidBefore } from './SaidBefore.tsx';
import { SentActions, UploadProgress } from './Sent.tsx';
import { ThreadParts } from './ThreadParts.tsx';
import { TierChoice } from './TierChoice.tsx';
import { useComposer } from './useComposer.ts';
import { useNextTimes } from './useNextTimes.ts';
import { type Fit, instantOf, When } from './When.tsx';

/** Longer texts are not looked through for links while typing. */
const MOST_LOOKED_AT = 5000;

/** What was just asked for is where one writes next. */
function focusSoon(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`.dock ${selector}`)?.focus());
}

/** The composer itself: account, text, pictures, tier, time, price and the acts (UX, composer). */
export function Composer({ target, account, other, stored }: { target: ComposerTarget; account: Account; /** Not the account that the bar shows. */ other: boolean; stored: Publication | null }) {
  const { t, i18n } = useTranslation();
  const toast = useToast();
  const it = useComposer(target, account, stored);
  const { state, dispatch, live, format, over, locked, partial } = it;
  const { plan } = it;
  const [preview, setPreview] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  // An answer or a repost is wanted now; a post is planned.
  const atOnce = state.kind !== 'post';
  useKeys({ 'Mod+Enter': () => ((it.scheduled || it.changed) && !it.moved ? void it.save() : atOnce && !it.blocked && !it.busy && !it.scheduled ? it.send() : it.schedule()) });
  const fixed = locked || partial;
  // A repost has no text to write in: its act has the focus, and Enter is all it takes.
  const frame = useRef<HTMLElement>(null);
  const wordless = state.kind === 'repost';
  useEffect(() => { if (wordless) frame.current?.querySelector<HTMLElement>('[data-testid="composer-send"]')?.focus(); }, [wordless]);
  const when = instantOf(it.wall, account.zone);
  // Of the tier that the link proposes: named where that does not fit at the chosen time.
  const otherTimes = useNextTimes(account, plan, it.subject, it.proposed ?? account.policy.base, it.contradicts && !fixed);
  const fitOf = (tier: string): Fit | null => {
    if (!it.counts || when === null || it.empty || over > 0 || fixed) return null;
    const publication = { ...it.subject, tier };
    const { ok, when: said, why } = plan.judge(publication, it.wall);
    return { tier, ok, words: ok ? said : tier === state.tier ? `${said} · ${why}` : why, next: ok ? null : (tier === state.tier ? it.next : otherTimes)[0] ?? null };
  };
  const fit = fitOf(state.tier);
  const otherFit = it.contradicts && it.proposed !== null && fit?.ok ? fitOf(it.proposed) : null;
  useOffer(fixed || state.kind === 'reply' ? null : { tier: it.counts ? tierName(account.policy, state.tier, i18n.language) : null, next: it.blocked || it.busy ? null : (it.next[0] ?? null), plan: it.place, askTime: () => focusSoon('[data-testid="composer-time"]') });
  const mode = state.poll ? 'poll' : state.parts.length > 0 ? 'thread' : 'one';
  const setMode = (next: string): void => {
    if (next === 'poll' && state.media.length === 0 && state.parts.length === 0) {
      dispatch({ type: 'poll', poll: { options: ['', ''], minutes: 1440 } });
      focusSoon('[data-testid="poll-option"]');
    }
    if (next === 'thread' && mode !== 'thread') {
      dispatch({ type: 'poll', poll: null });
      dispatch({ type: 'addPart' });
      focusSoon(state.text.trim() === '' ? '[data-testid="composer-text"]' : '[data-testid="part-text"]');
    }
    if (next === 'one' && mode === 'poll') dispatch({ type: 'poll', poll: null });
    if (next === 'one' && mode === 'thread' && state.parts.every((part) => part.text.trim() === '' && part.media.length === 0)) state.parts.forEach(() => dispatch({ type: 'removePart', index: 0 }));
  };
  // Splitting never cuts: what would not fit as a thread is said.
  const tooMany = useMemo(() => (over > 0 ? splitIntoParts(state.text, account.maxWeighted).length - (MAX_PARTS - state.parts.length) : 0), [over, state.text, state.parts.length, account.maxWeighted]);
  const links = state.text.length > MOST_LOOKED_AT ? 0 : linksOf(state.text).length;
  const untagged = links === 0 || fixed || state.kind !== 'post' ? 0 : untaggedIn(state.text, account.tagging);
  const mark = state.conflict || it.long || (it.changed && !state.saving) ? t('composer.unsaved') : it.trying && !state.saving ? t('composer.notYet') : !it.saved ? (it.empty && state.id === null ? '' : t('composer.saving')) : state.id ? `${t('composer.saved')}${live && format.isToday(live.updatedAt, Date.now()) ? ` ${format.time(live.updatedAt)}` : ''}` : '';
  const full = Math.min(100, (it.used / account.maxWeighted) * 100);
  const takeFiles = (list: Iterable<File>): void => void addPictures(Array.from(list), state.media.length, dispatch, toast.failed);
  return (
    <aside
      ref={frame} className="dock" aria-label={t('composer.title')} data-testid="composer"
      onDragOver={(event) => { if (event.dataTransfer.types.includes('Files')) event.preventDefault(); }}
      onDrop={(event) => { if (event.dataTransfer.files.length > 0) { event.preventDefault(); takeFiles(event.dataTransfer.files); } }}
    >
      <header className="composer-head">
        <Avatar src={account.avatar} name={account.name} size={28} />
        <div className="clip" title={t('composer.account', { username: account.username })}>
          <b>@{account.username}</b>{other ? <span className="tag" data-testid="other-account">{t('composer.otherAccount')}</span> : null}
          <div className="composer-role">{account.network === 'practice' ? `${t('shell.practice')} · ` : ''}{t(`settings.role_${account.role}`)}</div>
        </div>
        {state.kind === 'post' && !fixed ? (
          <SegmentedControl value={mode} onChange={setMode} aria-label={t('composer.kind')} data={[{ value: 'one', label: t('composer.one') }, { value: 'thread', label: <span data-testid="to-thread">{t('composer.thread')}</span> }, { value: 'poll', label: <span data-testid="add-poll">{t('composer.poll')}</span>, disabled: state.media.length > 0 || state.parts.length > 0 }]} />
        ) : null}
        <span className="grow" />
        <span className="quiet nowrap" aria-live="polite" data-testid="save-mark">{mark}</span>
        <ActionIcon size={26} aria-label={t('composer.preview')} title={t('composer.preview')} aria-pressed={preview} variant={preview ? 'light' : 'subtle'} color={preview ? 'teal' : 'gray'} data-testid="composer-preview" onClick={() => setPreview(!preview)}><IconEye size={16} stroke={1.75} /></ActionIcon>
        <ActionIcon size={26} aria-label={t('composer.close')} title={t('composer.close')} onClick={it.close} data-testid="composer-close"><IconX size={16} stroke={1.75} /></ActionIcon>
      </header>
      <div className="composer">
        <OnPage part="composer" />
        {state.kind !== 'post' ? <p className="composer-target" data-testid="composer-target">{t(state.kind === 'reply' ? 'composer.replyTo' : 'composer.repostOf', { username: state.target?.username ?? '…' })}{target.kind === 'new' && target.as ? <span className="quiet" dir="auto"> {target.as.excerpt}</span> : null}{it.counts ? null : <span className="tag">{t('composer.noUnit')}</span>}</p> : null}
        {state.kind === 'repost' ? null : (
          <div className={over > 0 ? 'composer-box over' : 'composer-box'}>
            <Textarea
              ref={text} aria-label={t('composer.text')} placeholder={t('composer.placeholder')} autosize minRows={4} maxRows={14} value={state.text} autoFocus disabled={fixed} data-testid="composer-text" dir="auto" spellCheck variant="unstyled"
              onChange={(event) => dispatch({ type: 'text', text: event.currentTarget.value })}
              onPaste={(event) => { if (event.clipboardData.files.length > 0) { event.preventDefault(); takeFiles(event.clipboardData.files); } }}
            />
            <div className="composer-tools">
              <ActionIcon size={26} aria-label={t('composer.media')} title={t('composer.media')} disabled={fixed || state.poll !== null || state.media.length >= MAX_MEDIA} onClick={() => files.current?.click()}><IconPhotoPlus size={17} stroke={1.75} /></ActionIcon>
              <PictureInput ref={files} onFiles={takeFiles} />
              <EmojiButton field={text} disabled={fixed} />
              <span className="grow" />
              {untagged > 0 ? <Button size="compact-xs" variant="subtle" data-testid="tag-links" onClick={() => dispatch({ type: 'text', text: tagLinks(state.text, account.tagging, { theme: '', tier: state.tier, account: account.username, day: (it.wall || '').slice(0, 10) }) })}>{t('composer.tagLinks', { count: untagged })}</Button> : null}
              {links > 0 ? <span className="quiet">{t('composer.linkCounts')}</span> : null}
              <span className={over > 0 ? 'counter over' : 'counter'} data-testid="counter" aria-live="polite"><b>{format.number(it.used)}</b> / {format.number(account.maxWeighted)}{over > 0 ? ` · ${t('composer.over', { count: over })}` : ''}</span>
              <RingProgress size={20} thickness={3} aria-hidden="true" sections={[{ value: full, color: over > 0 ? 'var(--error)' : 'var(--accent)' }]} />
            </div>
          </div>
        )}
        {state.kind === 'repost' || fixed ? null : <SaidBefore account={account} text={state.text} ownId={state.id} wait={state.saving && state.id === null} format={format} />}
        {over > 0 && !locked && state.poll === null ? <div><Button size="compact-sm" variant="light" data-testid="split" disabled={tooMany > 0} onClick={() => dispatch({ type: 'split', texts: splitIntoParts(state.text, account.maxWeighted) })}>{t('composer.split')}</Button>{tooMany > 0 ? <span className="counter over"> {t('composer.splitTooLong', { max: MAX_PARTS, count: tooMany })}</span> : null}</div> : null}
        {state.kind === 'repost' ? null : (
          <>
            {state.poll ? null : <Pictures media={state.media} dispatch={dispatch} disabled={fixed} />}
            {links > 0 && state.media.length > 0 ? <p className="composer-note" data-testid="no-card"><IconLink size={14} stroke={1.75} aria-hidden="true" />{t('composer.noCard')}</p> : null}
            {state.poll ? <PollEditor state={state} dispatch={dispatch} disabled={fixed} /> : null}
            {state.kind === 'post' && state.parts.length > 0 ? <ThreadParts state={state} out={it.out} max={account.maxWeighted} account={account} format={format} disabled={locked} dispatch={dispatch} onError={toast.failed} /> : null}
          </>
        )}
        {state.id ? <UploadProgress id={state.id} /> : null}
        {it.counts ? <TierChoice policy={account.policy} tier={state.tier} proposed={it.proposed} reason={state.tierReason} disabled={locked || state.kind === 'repost'} onTier={(tier) => dispatch({ type: 'tier', tier })} onReason={(reason) => dispatch({ type: 'tierReason', reason })} /> : null}
        {state.conflict ? (
          <div role="alert" className="composer-alert" data-testid="conflict">
            <p>{t('composer.conflict')}</p>
            {locked ? null : <Button size="compact-xs" variant="default" data-testid="save-over" onClick={() => void it.saveOver()}>{t('composer.saveOver')}</Button>} <Button size="compact-xs" data-testid="save-copy" onClick={it.saveCopy}>{t('composer.saveCopy')}</Button>
          </div>
        ) : it.long && it.stays ? (
          <div role="alert" className="composer-alert" data-testid="too-long"><p>{t('composer.pollStays')}</p></div>
        ) : it.changed && it.stays && !it.offline ? (
          <div role="alert" className="composer-alert" data-testid="unsaved-change">
            <p>{t('composer.unsavedChange')}</p>
            <Button size="compact-xs" data-testid="change-save" autoFocus disabled={it.blocked || (it.moved && (when === null || when <= Date.now()))} loading={it.busy} onClick={() => (it.moved ? it.schedule() : void it.save())}>{t('composer.save')}</Button> <Button size="compact-xs" variant="default" data-testid="change-discard" disabled={it.busy || state.saving} onClick={it.discard}>{t('composer.discard')}</Button>
          </div>
        ) : it.trying ? (
          <div role="alert" className="composer-alert" data-testid="not-saved">
            <p>{t(it.offline ? 'composer.waitsForLine' : it.unexplained ? 'composer.waitsForReason' : 'composer.tryingAgain')}</p>
            {it.offline || it.unexplained ? null : <Button size="compact-xs" variant="default" loading={state.saving} onClick={() => void it.flush()}>{t('composer.saveNow')}</Button>}
          </div>
        ) : null}
        {live && fixed ? <SentActions publication={live} format={format} /> : null}
        {partial ? <p className="quiet">{t('composer.partialState')}</p> : locked ? <p className="quiet">{t('composer.sentState')}</p> : (
          <>
            <When account={account} wall={it.wall} fit={fit} other={otherFit} next={it.next} tier={it.counts ? state.tier : null} plan={plan} format={format} onWall={it.setWall} ownId={state.id} />
            {it.off ? <span className="banner" role="status" data-testid="usually-off">{t('composer.usuallyOff')}</span> : null}
            <div className="composer-row">
              <span className="label">{t('composer.via')}</span>
              <SegmentedControl value={state.via} data-testid="composer-via" aria-label={t('composer.via')} onChange={(value) => dispatch({ type: 'via', via: value === 'handoff' ? 'handoff' : 'api' })} data={[{ value: 'api', label: t('composer.viaApi') }, { value: 'handoff', label: <span data-testid="via-handoff"><IconHandStop size={13} stroke={1.75} aria-hidden="true" style={{ verticalAlign: -2 }} /> {t('composer.viaHand')}</span> }]} />
            </div>
          </>
        )}
      </div>
      {/* Beside the act that was refused, never below what is scrolled. */}
      {it.refused ? <div className="composer-refused"><Refusal account={account} refused={it.refused.answer} busy={it.busy} onTake={(way) => void it.refused?.again(way)} /></div> : null}
      {fixed ? null : <ComposerChecks checks={composerChecks({ state, max: account.maxWeighted, empty: it.empty, contradicts: it.contradicts, when, now: Date.now(), links, fits: fit?.ok ?? null, style: account.style, counts: it.counts })} keys={t((it.scheduled || it.changed) && !it.moved ? 'composer.keys.saves' : atOnce && !it.scheduled ? 'composer.keys.sends' : 'composer.keys.schedules')} />}
      {fixed ? null : <ComposerActs it={it} account={account} when={when} link={links > 0} atOnce={atOnce} />}
      {preview ? <PostPreview account={account} state={state} when={when} format={format} onClose={() => setPreview(false)} /> : null}
    </aside>
  );
}
