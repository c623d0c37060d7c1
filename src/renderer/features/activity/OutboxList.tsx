import { ActionIcon, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconAlertCircle, IconArrowDown, IconArrowUp, IconCheck, IconCloudUpload, IconHourglass, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../../shared/contract/sync.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { EmptyState } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import { useReasonWords } from './useNotices.ts';

const SIGNS = { waiting: IconHourglass, sending: IconCloudUpload, done: IconCheck, failed: IconAlertCircle, cancelled: IconX };
const MOST = 300;
/** Conflicts found when the network came back: first, and in words. */
const CONFLICTS = new Set(['answered_elsewhere', 'target_gone', 'reply_review']);

/** What waits for the network, in its order, and what became of each (LOOK, 08). */
export function OutboxList({ onRecord }: { onRecord: (id: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const toast = useToast();
  const reason = useReasonWords();
  const openComposer = useView((state) => state.openComposer);
  const entries = useRpcQuery('outbox.list', { limit: MOST }).data ?? [];
  const publications = useRpcQuery('publications.list', { states: ['retry_wait', 'held', 'missed'], limit: MOST }).data ?? [];
  const decide = useRpcCommand('publications.decide');
  const cancel = useRpcCommand('outbox.cancel');
  const retry = useRpcCommand('outbox.retry');
  const move = useRpcCommand('outbox.move');
  const conflicts = publications.filter((each) => CONFLICTS.has(each.reason?.code ?? ''));
  const waiting = publications.filter((each) => each.state === 'retry_wait');
  const queue = entries.filter((each) => each.state === 'waiting' || each.state === 'sending');
  const ended = entries.filter((each) => each.endedAt !== null);
  const onError = toast.failed;
  if (conflicts.length + waiting.length + entries.length === 0) return <EmptyState icon={IconCloudUpload} title={t('activity.outbox.empty')} body={t('activity.outbox.emptyBody')} />;
  const words = (row: Publication): string => (row.reason?.code === 'answered_elsewhere' ? t('activity.outbox.elsewhere', { when: format.when(Number(row.reason.params['at'] ?? 0)) }) : reason(row.reason));
  const line = (row: Publication) => (
    <div key={row.id} className="outbox-row" data-testid="outbox-publication" data-state={row.state}>
      <IconHourglass size={16} stroke={1.75} aria-hidden="true" />
      <span className="grow clip" dir="auto"><b>{t(`activity.outbox.kind.${row.kind}`)}</b> {row.target?.username ? `@${row.target.username} · ` : ''}{row.text}</span>
      <span className="quiet nowrap">{reason(row.reason)}</span>
      <time className="quiet nowrap">{format.when(row.updatedAt)}</time>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={() => decide.mutate({ id: row.id, decision: 'toDraft' }, { onSuccess: (placed) => { if (placed.result === 'placed') toast.done(t('activity.outbox.toDraft'), { undoId: placed.undoId }); }, onError })}>{t('activity.outbox.hold')}</Button>
    </div>
  );
  return (
    <div className="outbox" data-testid="outbox">
      {conflicts.map((row) => (
        <div key={row.id} className="outbox-conflict" role="alert" data-testid="outbox-conflict">
          <IconAlertCircle size={16} stroke={1.75} aria-hidden="true" />
          <div className="grow"><b>{words(row)}</b><p dir="auto">{row.target?.username ? `@${row.target.username}: ` : ''}{row.text}</p></div>
          {row.reason?.code === 'target_gone' ? null : <Button variant="default" size="xs" onClick={() => decide.mutate({ id: row.id, decision: 'sendNow' }, { onError })}>{t('activity.outbox.sendAnyway')}</Button>}
          <Button variant="default" size="xs" onClick={() => openComposer({ kind: 'edit', id: row.id })}>{t('activity.outbox.edit')}</Button>
          <Button variant="default" size="xs" onClick={() => decide.mutate({ id: row.id, decision: 'drop' }, { onSuccess: (placed) => { if (placed.result === 'placed') toast.done(t('activity.outbox.dropped'), { undoId: placed.undoId }); }, onError })}>{t('activity.outbox.drop')}</Button>
          <Button variant="subtle" color="gray" size="xs" onClick={() => onRecord(row.id)}>{t('activity.attempts')}</Button>
        </div>
      ))}
      {waiting.length + queue.length > 0 ? <h2 className="outbox-head">{t('activity.outbox.waiting', { count: waiting.length + queue.length })}</h2> : null}
      {waiting.map(line)}
      {queue.map((row, index) => (
        <Entry key={row.id} row={row}>
          <ActionIcon size={22} disabled={index === 0 || row.state !== 'waiting'} aria-label={t('activity.outbox.up')} onClick={() => move.mutate({ id: row.id, before: queue[index - 1]?.id ?? null }, { onError })}><IconArrowUp size={14} /></ActionIcon>
          <ActionIcon size={22} disabled={index === queue.length - 1 || row.state !== 'waiting'} aria-label={t('activity.outbox.down')} onClick={() => move.mutate({ id: row.id, before: queue[index + 2]?.id ?? null }, { onError })}><IconArrowDown size={14} /></ActionIcon>
          <Button variant="subtle" color="gray" size="compact-xs" disabled={row.state !== 'waiting'} onClick={() => cancel.mutate({ id: row.id }, { onError })}>{t('activity.outbox.cancel')}</Button>
        </Entry>
      ))}
      {ended.length > 0 ? <h2 className="outbox-head">{t('activity.outbox.ended')}</h2> : null}
      {ended.map((row) => <Entry key={row.id} row={row}>{row.state === 'failed' ? <Button variant="default" size="compact-xs" onClick={() => retry.mutate({ id: row.id }, { onError })}>{t('shell.tryAgain')}</Button> : null}</Entry>)}
    </div>
  );
}
function Entry({ row, children }: { row: OutboxEntry; children: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useReasonWords();
  const Sign = SIGNS[row.state];
  return (
    <div className="outbox-row" data-testid="outbox-entry" data-state={row.state}>
      <Sign size={16} stroke={1.75} aria-hidden="true" />
      <span className="grow clip" dir="auto"><b>{t(`activity.outbox.action.${row.action}`)}</b> {row.username ? `@${row.username} · ` : ''}{row.excerpt}</span>
      <span className="quiet nowrap">{row.reason ? reason(row.reason) : t(`activity.outbox.state.${row.state}`)}</span>
      <time className="quiet nowrap">{format.when(row.endedAt ?? row.createdAt)}</time>
      {children}
    </div>
  );
}
