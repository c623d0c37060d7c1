import { IconAlertCircle, IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { REGRET_MS, REGRETTED } from '../../../shared/contract/sync.ts';
import { useFormat } from '../../ui/format.ts';
import type { OutboxRow } from './outboxRows.ts';
import { span, useActWords, useWhyWords } from './outboxWords.ts';
import { arrowsThrough } from './rowKeys.ts';

const SIGNS = { done: IconCheck, failed: IconAlertCircle, out: IconX };
type Ended = keyof typeof SIGNS;

/** What ended before, newest first: its time, its sign, and what became of it in words. */
export function Earlier({ title, rows, today, onRecord, onRetry }: { title: string; rows: readonly OutboxRow[]; today: boolean; onRecord: (row: OutboxRow) => void; onRetry: (row: OutboxRow) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const acts = useActWords();
  const why = useWhyWords();
  if (rows.length === 0) return null;
  const count = (state: Ended): number => rows.filter((row) => row.state === state).length;
  const sums = [count('done') > 0 ? t('activity.outbox.nDone', { count: count('done') }) : '', count('failed') > 0 ? t('activity.outbox.nFailed', { count: count('failed') }) : '', count('out') > 0 ? t('activity.outbox.nOut', { count: count('out') }) : ''];
  const words = (row: OutboxRow): string => {
    const reason = row.entry?.reason ?? row.publication?.reason ?? null;
    if (row.state === 'failed') return t('activity.outbox.failedWhy', { why: why(reason) });
    if (row.state === 'out') return (row.entry && why(reason)) || t('activity.outbox.state.cancelled');
    if (reason?.code === 'done_after_all') return why(reason);
    // The time to think again is no part of how long it took.
    return t('activity.outbox.doneIn', { time: span((row.at ?? row.askedAt) - row.askedAt - (row.entry && REGRETTED.has(row.entry.action) ? REGRET_MS : 0)) });
  };
  return (
    <section aria-label={title}>
      <h2 className="outbox-head">{title} <span>{sums.filter((each) => each !== '').join(' · ')}</span></h2>
      <ul className={today ? 'outbox-earlier' : 'outbox-earlier days'} onKeyDown={arrowsThrough}>
        {rows.map((row) => {
          const Sign = SIGNS[row.state as Ended] ?? IconCheck;
          return (
            <li key={row.key} data-testid={row.entry ? 'outbox-entry' : 'outbox-done'} data-state={row.entry?.state ?? row.publication?.state} data-tone={row.state}>
              <button type="button" className="outbox-open" data-row aria-disabled={row.publication === null} onClick={() => { if (row.publication) onRecord(row); }}>
                <time className="quiet" dateTime={new Date(row.at ?? row.askedAt).toISOString()}>{today ? format.time(row.at ?? row.askedAt) : format.when(row.at ?? row.askedAt)}</time>
                <Sign size={15} stroke={1.75} aria-hidden="true" />
                <span className="clip" dir="auto">{acts(row)} {row.username ? `@${row.username}` : ''}{row.excerpt && (row.username === '' || row.action === 'deletePost' || row.action === 'reply') ? ` ${t('activity.outbox.quoted', { text: row.excerpt })}` : ''}</span>
                <span className="clip quiet" title={words(row)}>{words(row)}</span>
              </button>
              {row.state === 'failed' && row.entry ? <button type="button" className="link-button" onClick={() => onRetry(row)}>{t('shell.tryAgain')}</button> : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
