import { notifications } from '@mantine/notifications';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventPayload } from '../../../shared/contract/index.ts';
import { noticeKind } from '../../../shared/domain/notices.ts';
import type { RatioPolicy } from '../../../shared/domain/types.ts';
import { useRpc, useRpcEvent, useRpcQuery } from '../../rpc/hooks.ts';
import { tierName } from '../../ui/bits.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { showOverdue } from './OverdueNotice.tsx';

/** Of a post's text a notice has its beginning only, cut at this length. */
const KEPT = 60;
/** That beginning as words: where it was cut it says so, and half a link or half a sign is left out. */
function beginning(text: string): string {
  if (text.length < KEPT) return text;
  return `${text.replace(/[\uD800-\uDBFF]$/, '').replace(/\s*https?:\/\/\S*$/, '').trimEnd()}…`;
}

/** Whom an answer goes to, or whose post is reposted. */
function toWhom({ kind, to }: Record<string, string | number | boolean>): { kind: 'reply' | 'repost'; to: string } | null {
  return typeof to === 'string' && to !== '' && (kind === 'reply' || kind === 'repost') ? { kind, to } : null;
}

/** The words of something that happened (activity and notices share them). */
export function useNoticeWords(): (code: string, params: Record<string, string | number | boolean>) => string {
  const { t, i18n } = useTranslation();
  return useCallback((code, params) => {
    const whom = toWhom(params);
    const own = `activity.notice.${code}_${whom?.kind ?? ''}`;
    if (whom && i18n.exists(own)) return t(own as 'activity.notice.posted_reply', { to: whom.to, text: beginning(String(params['text'] ?? '')) });
    const key = `activity.notice.${code}`;
    return i18n.exists(key) ? t(key as 'activity.notice.other', { ...params, ...(typeof params['text'] === 'string' ? { text: `${whom ? `${t(`activity.outbox.kind.${whom.kind}`)} @${whom.to} · ` : ''}${beginning(params['text'])}` } : {}), code }) : t('activity.notice.other', { code });
  }, [t, i18n]);
}
/** The words of why a publication is where it is. With the account's policy its tiers go by their names. */
export function useReasonWords(policy?: RatioPolicy): (reason: { code: string; params: Record<string, string | number | boolean> } | null) => string {
  const { t, i18n } = useTranslation();
  return (reason) => {
    if (!reason) return '';
    const params = { ...reason.params };
    for (const name of ['tier', 'proposed']) {
      const key = params[name];
      if (policy && typeof key === 'string') params[name] = tierName(policy, key, i18n.language);
    }
    const key = `reasons.${reason.code}`;
    return i18n.exists(key) ? t(key as 'reasons.other', { ...params, code: reason.code }) : t('reasons.other', { code: reason.code });
  };
}

/** "12 nuevas en Menciones", in this window. */
function useColumnWords(): (columnId: string, count: number) => void {
  const { t } = useTranslation();
  const rpc = useRpc();
  return useCallback((columnId, count) => {
    rpc.query('columns.list', {}).then((columns) => {
      const source = columns.find((each) => each.id === columnId)?.source;
      if (!source) return;
      const title = source.kind === 'search' || source.kind === 'local' ? `«${source.query}»` : t(`deck.${source.kind}`);
      notifications.show({ id: `column-${columnId}`, message: t('deck.alerts.new', { count, title }), color: COLORS.info, autoClose: 20_000, closeButtonProps: { 'aria-label': t('shell.close') } });
    }, () => undefined);
  }, [t, rpc]);
}

const COLORS = { info: 'teal', warning: 'yellow', error: 'red' } as const;

/** What stands for others, or was asked for. */
const ALWAYS_HEARD: ReadonlySet<string> = new Set(['quiet_over', 'test']);
/** Read when the first one is wanted. */
const sound = (): void => void import('../../ui/sound.ts').then(({ chime }) => chime(), () => undefined);

/** Shows what happens in the background as it happens, and lets it be heard where the user wants that. */
export function useNotices(): void {
  const words = useNoticeWords();
  const { t } = useTranslation();
  const rpc = useRpc();
  const heard = useRpcQuery('settings.get', {}).data?.notices.sound;
  const columnSays = useColumnWords();
  useRpcEvent('column.alerted', useCallback((event: EventPayload<'column.alerted'>) => {
    if (event.sound) sound();
    if (!event.notice || document.hasFocus()) return;
    // Where the system shows notices core has told it already.
    rpc.query('host.info', {}).then(({ capabilities }) => { if (capabilities.notifications === 'none') columnSays(event.columnId, event.count); }, () => undefined);
  }, [rpc, columnSays]));
  const said = useToast();
  const toast = useRef(said);
  toast.current = said;
  useRpcEvent('notice.raised', useCallback((event: EventPayload<'notice.raised'>) => {
    const { undoId } = event.params;
    if (heard === 'all' && (noticeKind(event.code, event.params) !== null || ALWAYS_HEARD.has(event.code))) sound();
    if (event.code === 'case_overdue' || event.code === 'cases_overdue') return showOverdue(event.params, words, t('shell.close'));
    if (typeof undoId === 'string') return toast.current.done(words(event.code, event.params), { undoId });
    // Only an error interrupts who is being read to.
    notifications.show({ message: words(event.code, event.params), color: COLORS[event.level], autoClose: event.level === 'error' ? 20_000 : 6000, closeButtonProps: { 'aria-label': t('shell.close') }, role: event.level === 'error' ? 'alert' : 'status' });
  }, [words, t, heard]));
}
