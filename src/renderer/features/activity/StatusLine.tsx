import { useTranslation } from 'react-i18next';
import { REPLY_GAP_MS } from '../../../shared/domain/publicationTime.ts';
import { useFormat } from '../../ui/format.ts';
import { useKeysLocked } from '../../ui/useAccounts.ts';
import type { OutboxNow } from './useOutbox.ts';

/** How sending stands, in one sentence, of what core knows: paused, held, away since, back since, all sent. */
export function StatusLine({ it, pausedSince }: { it: OutboxNow; pausedSince: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const locked = useKeysLocked();
  const { status, outbox } = it;
  if (!status) return null;
  const when = (ms: number): string => (format.isToday(ms, Date.now()) ? format.time(ms) : format.when(ms));
  const words: string[] = [];
  if (pausedSince !== null) words.push(t('activity.status.paused', { time: when(pausedSince) }));
  else if (status.heldSince !== null) words.push(t('activity.status.held', { time: when(status.heldSince) }));
  if (locked) words.push(t('activity.status.locked'));
  else if (status.offlineSince !== null) words.push(t('activity.status.offline', { time: when(status.offlineSince) }));
  else {
    if (status.outage !== null) words.push(t('activity.status.back', { time: when(status.outage.to) }));
    const answers = outbox.rows.filter((row) => row.state === 'waiting' && row.action === 'reply').length;
    const going = pausedSince === null && status.heldSince === null;
    if (going && answers > 1) words.push(t('activity.status.everyN', { seconds: REPLY_GAP_MS / 1000 }));
    else if (going && status.waiting === 0 && (status.outage !== null || outbox.rows.length > 0)) words.push(outbox.needYou > 0 ? t('activity.status.rest') : t('activity.status.allSent'));
  }
  return <p className="activity-status clip" role="status" data-testid="activity-status">{words.join(' · ')}</p>;
}
