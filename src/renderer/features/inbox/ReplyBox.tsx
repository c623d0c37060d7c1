import { ActionIcon, Button, Menu, Textarea } from '@mantine/core';
import { IconArrowUpRight, IconChevronDown, IconCloudOff, IconMessageCircle, IconPhoto } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { CaseView, RouteView, SavedReply } from '../../../shared/contract/inbox.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { composeUrl } from '../../../shared/domain/intent.ts';
import { PRICES, publicationUsd } from '../../../shared/domain/price.ts';
import { weightedLength } from '../../../shared/domain/text.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { Avatar } from '../../ui/bits.tsx';
import { EmojiButton } from '../../ui/emoji/EmojiButton.tsx';
import { useOpen } from '../../ui/ExternalLink.tsx';
import type { Format } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import { addPictures, PictureInput, Pictures } from '../composer/Pictures.tsx';
import { MAX_MEDIA } from '../composer/pictureState.ts';
import { answerFindings, StyleNote } from './StyleNote.tsx';
import { SlashMenu, type SlashChoice } from './SlashMenu.tsx';
import type { CaseActs } from './useCaseActs.ts';
import { useReply } from './useReply.ts';

/** A `/word` at the end of what is before the caret opens the saved replies. */
const SLASH = /(?:^|\s)\/([\p{L}\p{N}]{0,30})$/u;

export interface ReplyBoxProps {
  account: Account;
  row: CaseView;
  draft: Publication | null;
  target: string | null;
  replies: readonly SavedReply[];
  routes: readonly RouteView[];
  acts: CaseActs;
  field: RefObject<HTMLTextAreaElement | null>;
  format: Format;
  onSent: () => void;
  /** It is kept as a draft, and what comes next is another case. */
  onKept: () => void;
  /** It could not be sent; what was written is its draft again. */
  onRefused: () => void;
}
/** The answer to a case: says where it goes before a word is typed; saved as it is written, pictures with it. */
export function ReplyBox({ account, row, draft, target, replies, routes, acts, field, format, onSent, onKept, onRefused }: ReplyBoxProps) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const open = useOpen();
  const reply = useReply(row.id, draft);
  const { text, media } = reply;
  const [busy, setBusy] = useState(false);
  /** Pictures on their way to this computer's store. */
  const [coming, setComing] = useState(0);
  const files = useRef<HTMLInputElement>(null);
  const [slash, setSlash] = useState<string | null>(null);
  const afterReply = useRpcQuery('inbox.settings', { accountId: account.id }).data?.afterReply ?? 'waiting';
  const byHand = row.replyRoute === 'handOff';
  const offline = (useRpcQuery('sync.status', {}).data?.offlineSince ?? null) !== null;
  const used = weightedLength(text);
  const over = used - account.maxWeighted;
  const usd = publicationUsd({ kind: 'reply', text, parts: [], media, via: byHand ? 'handoff' : 'api' });
  const empty = text.trim() === '' && media.length === 0;
  const findings = answerFindings(account, text);
  const blocked = busy || coming > 0 || empty || over > 0 || (account.style.stops && findings.length > 0 && !byHand);
  const send = async (becomes: 'waiting' | 'done'): Promise<void> => {
    if (blocked) return;
    setBusy(true);
    if (byHand) {
      open(composeUrl({ text, replyToId: target }));
      await acts.answeredByHand(row);
      setBusy(false);
      return onSent();
    }
    // On to the next one at once: what is typed from now on is meant for that one.
    const taken = reply.take();
    onSent();
    const went = await acts.reply(row, { text: taken.text, media: taken.media }, becomes, offline);
    setBusy(false);
    if (went) return reply.free();
    // It did not go: a draft again, and its case is looked at again.
    await taken.restore();
    return onRefused();
  };
  const keep = async (): Promise<void> => {
    if (busy || coming > 0 || empty) return;
    if (!(await reply.save()) || reply.isGone()) return;
    toast.done(t('inbox.draftKept', { name: row.person.name || `@${row.person.username}` }));
    onKept();
  };
  const takeFiles = (list: Iterable<File>): void => {
    if (byHand) return;
    setComing((n) => n + 1);
    void addPictures(Array.from(list), media.length, reply.pictures, toast.failed).then(() => setComing((n) => n - 1));
  };
  useKeys({ 'Mod+s': () => void keep() });
  const look = (value: string, caret: number): void => setSlash(SLASH.exec(value.slice(0, caret))?.[1] ?? null);
  const put = async (choice: SlashChoice): Promise<void> => {
    const element = field.current;
    if (!element || slash === null) return;
    const caret = element.selectionStart;
    const begins = caret - slash.length - 1;
    try {
      const filled = await rpc.query('inbox.fill', { caseId: row.id, ...(choice.kind === 'reply' ? { savedReplyId: choice.id } : { routeId: choice.id }) });
      reply.write(`${text.slice(0, begins)}${filled.text}${text.slice(caret)}`);
      setSlash(null);
      requestAnimationFrame(() => { element.focus(); element.setSelectionRange(begins + filled.text.length, begins + filled.text.length); });
    } catch (error) {
      toast.failed(error);
    }
  };
  const menu = useRef<{ key: (event: KeyboardEvent) => boolean } | null>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // Keys that put a character together are the keyboard's own.
    if (event.nativeEvent.isComposing) return undefined;
    if (slash !== null && menu.current?.key(event)) return event.preventDefault();
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      if (slash !== null) return setSlash(null);
      return event.currentTarget.blur();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      void send(afterReply);
    }
    return undefined;
  };
  const charged = !byHand;
  /** An answer that could not go at once is looked at before it goes: that its message is still there. */
  const waits = offline || account.state === 'locked' || row.pending?.state === 'retry_wait';
  const other = afterReply === 'waiting' ? 'done' : 'waiting';
  return (
    <div
      className="reply-box" data-testid="reply-box"
      onDragOver={(event) => { if (event.dataTransfer.types.includes('Files')) event.preventDefault(); }}
      onDrop={(event) => { if (event.dataTransfer.files.length > 0) { event.preventDefault(); takeFiles(event.dataTransfer.files); } }}
    >
      {slash !== null ? <SlashMenu ref={menu} word={slash} caseId={row.id} replies={replies} routes={routes} onPut={(choice) => void put(choice)} /> : null}
      <div className="reply-head">
        <Avatar src={account.avatar} name={account.name} size={18} />
        <span className="clip reply-whom"><b className="reply-own">@{account.username} </b><span className="quiet">{t('inbox.answers', { username: row.person.username })}</span></span>
        {byHand ? <span className="tag warn" data-testid="reply-route"><IconArrowUpRight size={11} stroke={1.75} aria-hidden="true" />{t('inbox.byHand')}</span> : <span className="tag" data-testid="reply-route"><IconMessageCircle size={11} stroke={1.75} aria-hidden="true" />{t('inbox.fromHere')}</span>}
        {waits && (!byHand || row.pending?.state === 'retry_wait') ? <span className="tag warn"><IconCloudOff size={11} stroke={1.75} aria-hidden="true" />{t(account.state === 'locked' ? 'inbox.whenUnlocked' : 'inbox.whenBack')}</span> : null}
      </div>
      <Textarea
        ref={field} autosize minRows={2} maxRows={8} value={text} dir="auto" aria-label={t('inbox.answer')} placeholder={t('inbox.placeholder')} data-testid="reply-text"
        onChange={(event) => { reply.write(event.currentTarget.value); look(event.currentTarget.value, event.currentTarget.selectionStart); }} onKeyDown={onKeyDown} onBlur={() => setSlash(null)}
        onPaste={(event) => { if (event.clipboardData.files.length > 0) { event.preventDefault(); takeFiles(event.clipboardData.files); } }}
      />
      <Pictures media={media} dispatch={reply.pictures} disabled={busy} />
      <StyleNote account={account} findings={findings} onSign={() => { reply.write(`${text.trimEnd()} ${account.style.signature}`); field.current?.focus(); }} />
      {byHand && media.length > 0 ? <p className="composer-note">{t('inbox.picturesOnX')}</p> : null}
      <div className="reply-foot">
        <ActionIcon size={26} aria-label={t('composer.media')} title={byHand ? t('inbox.picturesOnX') : t('composer.media')} loading={coming > 0} disabled={busy || byHand || media.length >= MAX_MEDIA} onClick={() => files.current?.click()} data-testid="reply-media"><IconPhoto size={17} stroke={1.75} /></ActionIcon>
        <PictureInput ref={files} testid="reply-file" onFiles={takeFiles} />
        <EmojiButton field={field} disabled={busy} />
        <span className={over > 0 ? 'reply-count over' : 'reply-count quiet'} data-testid="reply-price" title={charged && waits && account.network === 'x' ? t('inbox.priceIfWaits', { usd: format.usd(PRICES.readPost) }) : undefined}><span>{t('inbox.used', { used: format.number(used), most: format.number(account.maxWeighted) })}</span><span className="count-sep"> · </span><span>{charged ? format.usd(usd) : t('inbox.free')}</span></span>
        <span className="grow" />
        <Button variant="default" disabled={busy || coming > 0 || empty} title={`${t('inbox.keepDraftWhy')} (Ctrl S)`} aria-label={t('inbox.keepDraft')} aria-keyshortcuts="Control+S" rightSection={<kbd className="reply-key">Ctrl S</kbd>} onClick={() => void keep()} data-testid="reply-keep"><span className="whole">{t('inbox.keepDraft')}</span><span className="short" aria-hidden="true">{t('inbox.keepDraftShort')}</span></Button>
        <Button.Group>
          <Button disabled={blocked} loading={busy} onClick={() => void send(afterReply)} rightSection={<kbd>Ctrl ↵</kbd>} data-testid="reply-send">{byHand ? t('inbox.openOnX') : t(`inbox.${offline ? 'queueAnd' : 'sendAnd'}.${afterReply}`)}</Button>
          {byHand ? null : (
            <Menu position="top-end">
              <Menu.Target><Button px={6} disabled={blocked} aria-label={t('inbox.otherWays')}><IconChevronDown size={14} /></Button></Menu.Target>
              <Menu.Dropdown><Menu.Item onClick={() => void send(other)}>{t(`inbox.${offline ? 'queueAnd' : 'sendAnd'}.${other}`)}</Menu.Item></Menu.Dropdown>
            </Menu>
          )}
        </Button.Group>
      </div>
    </div>
  );
}
