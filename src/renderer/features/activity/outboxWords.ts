import { type Icon, IconAlertCircle, IconAlertTriangle, IconBookmark, IconBookmarkOff, IconCheck, IconClockHour4, IconCloudUpload, IconEye, IconEyeOff, IconHandStop, IconHelpCircle, IconLock, IconMessageCircle, IconPlayerPause, IconRepeat, IconRepeatOff, IconSend, IconTrash, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Format } from '../../ui/format.ts';
import type { OutboxRow } from './outboxRows.ts';
import { useReasonWords } from './useNotices.ts';

export const ACTION_ICONS: Readonly<Record<OutboxRow['action'], Icon>> = {
  post: IconSend, reply: IconMessageCircle, repost: IconRepeat, bookmark: IconBookmark, undoBookmark: IconBookmarkOff, hideReply: IconEyeOff, showReply: IconEye, undoRepost: IconRepeatOff, deletePost: IconTrash,
};
type Reason = { code: string; params: Record<string, string | number | boolean> } | null;
export interface Result {
  icon: Icon;
  tone: 'good' | 'bad' | 'warn' | 'quiet' | 'info';
  words: string;
}
/** "14:03:20". */
export const secondsOf = (format: Format, ms: number): string => format.precise(ms).slice(0, 8);
/** "38 s", "4 min 10 s", "2 h 05 min". */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${Math.max(1, seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return minutes % 60 === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

/** Why an entry waits, failed or was taken out: the outbox's own reasons, else those of publications. */
export function useWhyWords(): (reason: Reason) => string {
  const { t, i18n } = useTranslation();
  const reason = useReasonWords();
  return (why) => {
    const key = `activity.outbox.why.${why?.code ?? ''}`;
    if (why && i18n.exists(key)) return t(key as 'activity.outbox.why.overtaken', why.params);
    return reason(why);
  };
}
/** What was asked for, in words: its act and whom it is about. */
export function useActWords(): (row: OutboxRow) => string {
  const { t } = useTranslation();
  return ({ action }) => (action === 'post' || action === 'reply' || action === 'repost' ? t(`activity.outbox.kind.${action}`) : t(`activity.outbox.action.${action}`));
}

export interface Now {
  now: number;
  held: boolean;
  paused: boolean;
  offline: boolean;
  /** When the next one is tried, if that is known. */
  nextAt: number | null;
  /** Accounts whose keys are locked: nothing of theirs goes by itself. */
  locked: ReadonlySet<string>;
}
/** What became of a row, or will; `next`: it is the first that goes. */
export function useResult(format: Format): (row: OutboxRow, now: Now, next: boolean) => Result {
  const { t } = useTranslation();
  const why = useWhyWords();
  return (row, at, next) => {
    const reason = row.publication?.reason ?? row.entry?.reason ?? null;
    const because = why(reason);
    switch (row.state) {
      case 'done':
        return { icon: IconCheck, tone: 'good', words: reason?.code === 'done_after_all' ? because : t('activity.outbox.doneAt', { time: secondsOf(format, row.at ?? at.now) }) };
      case 'failed':
        return { icon: IconAlertCircle, tone: 'bad', words: t('activity.outbox.failedWhy', { why: because }) };
      case 'out':
        return { icon: IconX, tone: 'quiet', words: because || t('activity.outbox.state.cancelled') };
      case 'decide':
        return { icon: IconAlertTriangle, tone: 'warn', words: t('activity.outbox.conflict') };
      case 'review':
        return { icon: IconEye, tone: 'warn', words: t('activity.outbox.review', { age: span(Math.floor((at.now - row.askedAt) / 60_000) * 60_000) }) };
      case 'stuck':
        return { icon: row.publication?.state === 'failed' ? IconAlertCircle : IconHandStop, tone: row.publication?.state === 'failed' ? 'bad' : 'warn', words: [t(`calendar.state.${row.publication?.state ?? 'held'}`).toLowerCase(), because].filter((each) => each !== '').join(': ') };
      case 'doubt':
        return { icon: IconHelpCircle, tone: 'info', words: t('activity.outbox.doubt') };
      case 'sending':
        return { icon: IconCloudUpload, tone: 'info', words: t('activity.outbox.state.sending') };
      case 'waiting': {
        if (at.paused) return { icon: IconPlayerPause, tone: 'quiet', words: t('activity.outbox.waitsPaused') };
        if (at.locked.has(row.publication?.accountId ?? row.entry?.accountId ?? '')) return { icon: IconLock, tone: 'warn', words: t('activity.outbox.waitsLocked') };
        if (at.held) return { icon: IconPlayerPause, tone: 'quiet', words: t('activity.outbox.waitsHeld') };
        const known = row.entry?.nextTryAt ?? null;
        const when = known !== null && known > at.now ? known : next ? at.nextAt : null;
        const isLate = row.publication !== null && row.action !== 'reply' && !at.offline;
        const asked = reason && reason.code !== 'offline' ? because : isLate ? t('activity.outbox.waitsGap') : '';
        if (next) return { icon: IconClockHour4, tone: 'quiet', words: [when === null ? t('activity.outbox.next') : t('activity.outbox.nextAt', { time: secondsOf(format, when) }), asked].filter((each) => each !== '').join(' · ') };
        return { icon: IconClockHour4, tone: 'quiet', words: asked || t('activity.outbox.state.waiting') };
      }
      default:
        return row.state satisfies never;
    }
  };
}
