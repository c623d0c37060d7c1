import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { isPutOff, type OutboxRow } from './outboxRows.ts';
import { ACTION_ICONS, type Now, useActWords, useResult } from './outboxWords.ts';
import { arrowsThrough } from './rowKeys.ts';

export interface RowActs {
  open(row: OutboxRow): void;
  undo(row: OutboxRow): void;
  /** What the row asks of the user. */
  settle(row: OutboxRow): void;
  retry(row: OutboxRow): void;
  /** One place earlier or later among the small acts; false where there is none. */
  move(row: OutboxRow, by: -1 | 1): boolean;
  canMove(row: OutboxRow, by: -1 | 1): boolean;
}

function Act({ row, acts, tabIndex }: { row: OutboxRow; acts: RowActs; tabIndex: number }) {
  const { t } = useTranslation();
  const button = (words: string, run: (row: OutboxRow) => void, id: string) => <button type="button" className="link-button" tabIndex={tabIndex} onClick={() => run(row)} data-testid={id}>{words}</button>;
  if (row.state === 'waiting') return button(t('shell.undo'), acts.undo, 'outbox-undo');
  if (row.state === 'decide') return button(t('activity.outbox.decide'), acts.settle, 'outbox-decide');
  if (row.state === 'review') return button(t('activity.outbox.reviewIt'), acts.settle, 'outbox-review');
  if (row.state === 'stuck') return button(row.publication?.state === 'paused' ? t('activity.outbox.sendNow') : t('activity.outbox.edit'), acts.settle, 'outbox-settle');
  if (row.state === 'failed') return button(t('shell.tryAgain'), acts.retry, 'outbox-retry');
  return null;
}

/** What was asked for, in sending order, each with its own result (LOOK, 08). One row at a time is reached by Tab, the others by the arrows. */
export function OutboxTable({ rows, now, acts, chosen }: { rows: readonly OutboxRow[]; now: Now; acts: RowActs; chosen: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const actWords = useActWords();
  const result = useResult(format);
  const [current, setCurrent] = useState<string | null>(null);
  const here = rows.some((row) => row.key === current) ? current : (rows[0]?.key ?? null);
  const first = rows.find((row) => row.state === 'waiting' && !isPutOff(row))?.key ?? null;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, row: OutboxRow): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    if (acts.move(row, event.key === 'ArrowUp' ? -1 : 1)) event.preventDefault();
  };
  return (
    <>
      <div className="outbox-cols" aria-hidden="true"><span /><span /><span>{t('activity.outbox.what')}</span><span>{t('activity.outbox.result')}</span><span>{t('activity.outbox.asked')}</span><span /></div>
      <ol className="outbox-rows" aria-label={t('activity.outbox.what')} onKeyDown={arrowsThrough}>
        {rows.map((row, i) => {
          const Sign = ACTION_ICONS[row.action];
          const became = result(row, now, row.key === first);
          const Became = became.icon;
          const over = row.state === 'done' || row.state === 'failed' || row.state === 'out';
          const tabIndex = row.key === here ? 0 : -1;
          const movable = acts.canMove(row, -1) || acts.canMove(row, 1);
          return (
            <li key={row.key} className={row.key === chosen ? 'outbox-row chosen' : 'outbox-row'} data-testid={row.entry ? 'outbox-entry' : over ? 'outbox-done' : 'outbox-publication'} data-state={row.entry?.state ?? row.publication?.state} data-row-key={row.key} onFocus={() => setCurrent(row.key)} onKeyDown={(event) => onKeyDown(event, row)}>
              <button type="button" className="outbox-open" data-row tabIndex={tabIndex} aria-disabled={row.publication === null} aria-pressed={row.publication === null ? undefined : row.key === chosen} onClick={() => acts.open(row)}>
                <span className="n">{i + 1}</span>
                <Sign size={16} stroke={1.75} aria-hidden="true" />
                <span className="clip" dir="auto"><b>{actWords(row)}</b> {row.username ? `@${row.username} ` : ''}{row.excerpt ? t('activity.outbox.quoted', { text: row.excerpt }) : ''}</span>
                <span className="outbox-result" data-tone={became.tone} title={became.words}><Became size={15} stroke={1.75} aria-hidden="true" /> <span className="clip">{became.words}</span></span>
                <time className="quiet" dateTime={new Date(row.askedAt).toISOString()}>{format.isToday(row.askedAt, now.now) ? format.time(row.askedAt) : format.when(row.askedAt)}</time>
              </button>
              <span className="outbox-acts">
                {movable ? <><ActionIcon size={20} tabIndex={tabIndex} disabled={!acts.canMove(row, -1)} aria-label={t('activity.outbox.up')} title={`${t('activity.outbox.up')} (Alt ↑)`} onClick={() => acts.move(row, -1)}><IconArrowUp size={13} stroke={1.75} /></ActionIcon><ActionIcon size={20} tabIndex={tabIndex} disabled={!acts.canMove(row, 1)} aria-label={t('activity.outbox.down')} title={`${t('activity.outbox.down')} (Alt ↓)`} onClick={() => acts.move(row, 1)}><IconArrowDown size={13} stroke={1.75} /></ActionIcon></> : null}
                <Act row={row} acts={acts} tabIndex={tabIndex} />
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
}
