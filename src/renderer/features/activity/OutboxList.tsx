import { Button } from '@mantine/core';
import { IconCloudUpload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REPLY_GAP_MS } from '../../../shared/domain/publicationTime.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpc, useRpcCommand } from '../../rpc/hooks.ts';
import { EmptyState } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useNow } from '../../ui/useNow.ts';
import { useToast } from '../../ui/useToast.tsx';
import { Conflict } from './Conflict.tsx';
import { Earlier } from './Earlier.tsx';
import type { OutboxRow } from './outboxRows.ts';
import { OutboxTable, type RowActs } from './OutboxTable.tsx';
import type { OutboxNow } from './useOutbox.ts';

/** Boxes shown at once: many of them would push what waits off the screen. */
const MOST_BOXES = 3;

function Head({ it, paused }: { it: OutboxNow; paused: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const toast = useToast();
  const hold = useRpcCommand('outbox.hold');
  const { outbox, status } = it;
  const held = (status?.heldSince ?? null) !== null;
  const when = (ms: number): string => (format.isToday(ms, Date.now()) ? format.time(ms) : format.when(ms));
  const { from, to } = outbox;
  const title = from === null ? '' : to === null ? t('activity.outbox.headSince', { count: outbox.rows.length, from: when(from) }) : when(from) === when(to) ? t('activity.outbox.headAt', { count: outbox.rows.length, from: when(from) }) : t('activity.outbox.headSpan', { count: outbox.rows.length, from: when(from), to: when(to) });
  const sums = ([['nDone', outbox.done], ['nFailed', outbox.failed], ['nNeed', outbox.needYou], ['nWaiting', outbox.waiting]] as const).filter(([, count]) => count > 0).map(([key, count]) => t(`activity.outbox.${key}`, { count }));
  return (
    <header className="outbox-top">
      <h2 data-testid="outbox-title">{outbox.rows.length === 0 ? t('activity.outbox.empty') : title}</h2>
      <span className="quiet grow clip" data-testid="outbox-counts">{sums.join(' · ')}</span>
      {paused && !held ? null : (
        <Button variant={held ? 'filled' : 'default'} leftSection={held ? <IconPlayerPlay size={15} stroke={1.75} /> : <IconPlayerPause size={15} stroke={1.75} />} title={held ? t('activity.outbox.letGoTitle') : t('activity.outbox.holdTitle')} loading={hold.isPending} onClick={() => hold.mutate({ on: !held }, { onError: toast.failed })} data-testid="outbox-hold">
          {held ? t('activity.outbox.letGo') : t('activity.outbox.hold')}
        </Button>
      )}
    </header>
  );
}

/** What waits for the network, in its order, and what became of each (LOOK, 08). */
export function OutboxList({ it, paused, chosen, onRecord }: { it: OutboxNow; paused: boolean; chosen: string | null; onRecord: (id: string) => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const rpc = useRpc();
  const now = useNow(5000);
  const openComposer = useView((state) => state.openComposer);
  const [all, setAll] = useState(false);
  const { accounts } = useAccounts();
  const locked = useMemo(() => new Set(accounts.flatMap((each) => (each.state === 'locked' ? [each.id] : []))), [accounts]);
  const { outbox, status, ready, dayStart } = it;
  if (!ready) return null;
  const held = (status?.heldSince ?? null) !== null;
  const offline = (status?.offlineSince ?? null) !== null;
  if (outbox.rows.length + outbox.earlier.length === 0 && !held) return <EmptyState icon={IconCloudUpload} title={t('activity.outbox.empty')} body={t('activity.outbox.emptyBody')} />;

  // Small acts go one after the other, answers in a row of their own beside them: each is moved among its like.
  const queues = [outbox.rows.filter((row) => row.entry?.state === 'waiting'), outbox.rows.filter((row) => row.action === 'reply' && row.state === 'waiting')];
  const queueOf = (row: OutboxRow): OutboxRow[] => queues.find((queue) => queue.includes(row)) ?? [];
  const placeOf = (row: OutboxRow): number => queueOf(row).indexOf(row);
  const canMove = (row: OutboxRow, by: -1 | 1): boolean => placeOf(row) >= 0 && queueOf(row)[placeOf(row) + by] !== undefined;
  const decide = (row: OutboxRow, decision: 'toDraft' | 'sendNow', words: string): Promise<unknown> => rpc.command('publications.decide', { id: row.key, decision }).then((placed) => { if (placed.result === 'placed') toast.done(words, { undoId: placed.undoId }); });
  const unplan = (id: string): Promise<unknown> => rpc.command('publications.unschedule', { id }).then(({ undoId }) => toast.done(t('activity.outbox.toDraft'), { undoId }));
  const undoEntry = (id: string): Promise<unknown> => rpc.command('outbox.cancel', { id }).then((ended) => {
    // Where it may have been carried out, core says so itself.
    if (ended.reason === null) toast.done(t('activity.outbox.takenOut'), { run: () => rpc.command('outbox.retry', { id }), lasting: true });
  });
  const acts: RowActs = {
    open: (row) => { if (row.publication) onRecord(row.key); },
    undo: (row) => void (row.entry ? undoEntry(row.key) : row.publication?.state === 'scheduled' ? unplan(row.key) : decide(row, 'toDraft', t('activity.outbox.toDraft'))).catch(toast.failed),
    settle(row) {
      if (row.state === 'decide') {
        setAll(true);
        requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-conflict="${CSS.escape(row.key)}"] button`)?.focus());
      }
      else if (row.publication?.state === 'paused') void decide(row, 'sendNow', t('activity.outbox.sending')).catch(toast.failed);
      else openComposer({ kind: 'edit', id: row.key });
    },
    retry: (row) => void rpc.command('outbox.retry', { id: row.key }).catch(toast.failed),
    canMove,
    move(row, by) {
      if (!canMove(row, by)) return false;
      void rpc.command('outbox.move', { id: row.key, before: queueOf(row)[placeOf(row) + (by === -1 ? -1 : 2)]?.key ?? null }).catch(toast.failed);
      return true;
    },
  };
  const lastReply = Math.max(0, ...outbox.rows.map((row) => (row.action === 'reply' && row.state === 'done' ? (row.at ?? 0) : 0)));
  const soon = offline ? (status?.nextTryAt ?? 0) : lastReply + REPLY_GAP_MS;
  const boxes = all ? outbox.conflicts : outbox.conflicts.slice(0, MOST_BOXES);
  const today = outbox.earlier.filter((row) => (row.at ?? 0) >= dayStart);
  const record = (row: OutboxRow): void => onRecord(row.key);
  return (
    <div className="outbox" data-testid="outbox">
      <Head it={it} paused={paused} />
      {boxes.map((row) => <Conflict key={row.id} row={row} />)}
      {outbox.conflicts.length > boxes.length ? <div className="outbox-more"><button type="button" className="link-button" onClick={() => setAll(true)}>{t('activity.outbox.moreConflicts', { count: outbox.conflicts.length - boxes.length })}</button></div> : null}
      {outbox.rows.length > 0 ? <OutboxTable rows={outbox.rows} now={{ now, held, paused, offline, nextAt: soon > now ? soon : null, locked }} acts={acts} chosen={chosen} /> : null}
      {outbox.rows.length === 0 && outbox.earlier.length === 0 ? <p className="outbox-nothing">{t('activity.outbox.emptyBody')}</p> : null}
      <Earlier title={t('activity.outbox.earlier')} rows={today} today onRecord={record} onRetry={acts.retry} />
      <Earlier title={t('activity.outbox.before')} rows={outbox.earlier.filter((row) => (row.at ?? 0) < dayStart)} today={false} onRecord={record} onRetry={acts.retry} />
    </div>
  );
}
