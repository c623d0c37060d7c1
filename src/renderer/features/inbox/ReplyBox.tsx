import { Button, Menu, Textarea } from '@mantine/core';
import { IconArrowUpRight, IconChevronDown, IconCloudOff, IconMessageCircle } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { CaseView, RouteView, SavedReply } from '../../../shared/contract/inbox.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { composeUrl } from '../../../shared/domain/intent.ts';
import { publicationUsd } from '../../../shared/domain/price.ts';
import { weightedLength } from '../../../shared/domain/text.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { Avatar } from '../../ui/bits.tsx';
import { useOpen } from '../../ui/ExternalLink.tsx';
import type { Format } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import { SlashMenu, type SlashChoice } from './SlashMenu.tsx';
import type { CaseActs } from './useCaseActs.ts';

const AUTOSAVE_MS = 500;
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
  /** It could not be sent; what was written is its draft again. */
  onRefused: () => void;
}
/** The answer to a case: says where it goes before a word is typed; saved as it is written. */
export function ReplyBox({ account, row, draft, target, replies, routes, acts, field, format, onSent, onRefused }: ReplyBoxProps) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const open = useOpen();
  const [text, setText] = useState(draft?.text ?? '');
  const saved = useRef(draft?.text ?? '');
  const latest = useRef(text);
  latest.current = text;
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);
  const typed = useRef(false);
  const [slash, setSlash] = useState<string | null>(null);
  const afterReply = useRpcQuery('inbox.settings', { accountId: account.id }).data?.afterReply ?? 'waiting';
  const byHand = row.replyRoute === 'handOff';
  const offline = (useRpcQuery('sync.status', {}).data?.offlineSince ?? null) !== null;
  const used = weightedLength(text);
  const over = used - account.maxWeighted;
  const usd = publicationUsd({ kind: 'reply', text, parts: [], media: [], via: byHand ? 'handoff' : 'api' });
  const save = async (): Promise<void> => {
    const now = latest.current;
    if (now === saved.current || sending.current) return;
    saved.current = now;
    try {
      await rpc.command('inbox.draft', { caseId: row.id, text: now });
    } catch (error) {
      saved.current = '\u0000';
      toast.failed(error);
    }
  };
  // What core says of the draft counts until something is typed here: an older answer may have been shown first, and a later one may be older than the text.
  const kept = draft?.text ?? '';
  useEffect(() => {
    if (sending.current || typed.current) return;
    saved.current = kept;
    latest.current = kept;
    setText(kept);
  }, [kept]);
  const saveRef = useRef(save);
  saveRef.current = save;
  useEffect(() => {
    if (text === saved.current) return undefined;
    const timer = setTimeout(() => void saveRef.current(), AUTOSAVE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    const leave = (): void => void saveRef.current();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  const send = async (becomes: 'waiting' | 'done'): Promise<void> => {
    if (busy || text.trim() === '' || over > 0) return;
    setBusy(true);
    sending.current = true;
    if (byHand) {
      open(composeUrl({ text, replyToId: target }));
      await acts.answeredByHand(row);
      sending.current = false;
      setBusy(false);
      return onSent();
    }
    // On to the next one at once: what is typed from now on is meant for that one. Nothing of this is left to be saved, also when the box goes away in the same breath.
    saved.current = '';
    latest.current = '';
    setText('');
    onSent();
    const went = await acts.reply(row, text, becomes, offline);
    setBusy(false);
    sending.current = false;
    if (went) return undefined;
    // It did not go: a draft again, and its case is looked at again.
    saved.current = '\u0000';
    latest.current = text;
    setText(text);
    await save();
    return onRefused();
  };
  const look = (value: string, caret: number): void => setSlash(SLASH.exec(value.slice(0, caret))?.[1] ?? null);
  const put = async (choice: SlashChoice): Promise<void> => {
    const element = field.current;
    if (!element || slash === null) return;
    const caret = element.selectionStart;
    const begins = caret - slash.length - 1;
    try {
      const filled = await rpc.query('inbox.fill', { caseId: row.id, ...(choice.kind === 'reply' ? { savedReplyId: choice.id } : { routeId: choice.id }) });
      typed.current = true;
      setText(`${text.slice(0, begins)}${filled.text}${text.slice(caret)}`);
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
  const other = afterReply === 'waiting' ? 'done' : 'waiting';
  const blocked = busy || text.trim() === '' || over > 0;
  return (
    <div className="reply-box" data-testid="reply-box">
      {slash !== null ? <SlashMenu ref={menu} word={slash} caseId={row.id} replies={replies} routes={routes} onPut={(choice) => void put(choice)} /> : null}
      <div className="reply-head">
        <Avatar src={account.avatar} name={account.name} size={18} />
        <span className="clip reply-whom"><b className="reply-own">@{account.username} </b><span className="quiet">{t('inbox.answers', { username: row.person.username })}</span></span>
        {byHand ? <span className="tag warn" data-testid="reply-route"><IconArrowUpRight size={11} stroke={1.75} aria-hidden="true" />{t('inbox.byHand')}</span> : <span className="tag" data-testid="reply-route"><IconMessageCircle size={11} stroke={1.75} aria-hidden="true" />{t('inbox.fromHere')}</span>}
        {((offline || account.state === 'locked') && !byHand) || row.pending?.state === 'retry_wait' ? <span className="tag warn"><IconCloudOff size={11} stroke={1.75} aria-hidden="true" />{t(account.state === 'locked' ? 'inbox.whenUnlocked' : 'inbox.whenBack')}</span> : null}
      </div>
      <Textarea
        ref={field} autosize minRows={2} maxRows={8} value={text} dir="auto" aria-label={t('inbox.answer')} placeholder={t('inbox.placeholder')} data-testid="reply-text"
        onChange={(event) => { typed.current = true; setText(event.currentTarget.value); look(event.currentTarget.value, event.currentTarget.selectionStart); }} onKeyDown={onKeyDown} onBlur={() => setSlash(null)}
      />
      <div className="reply-foot">
        <span className={over > 0 ? 'over' : 'quiet'}>{t('inbox.used', { used: format.number(used), most: format.number(account.maxWeighted) })} · {byHand ? t('inbox.free') : format.usd(usd)}</span>
        <span className="grow" />
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
