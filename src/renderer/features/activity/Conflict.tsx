import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Publication } from '../../../shared/contract/publications.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useToast } from '../../ui/useToast.tsx';

const MOST_CASES = 1000;

/** An answer that was not sent because something else happened on X meanwhile: what, what is kept, and named acts (LOOK, 08). */
export function Conflict({ row }: { row: Publication }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rpc = useRpc();
  const toast = useToast();
  const { accounts } = useAccounts();
  const openComposer = useView((state) => state.openComposer);
  const found = useRpcQuery('inbox.list', { accountId: row.accountId, view: 'attend', limit: MOST_CASES }).data?.cases.find((each) => each.pending?.publicationId === row.id);
  const gone = row.reason?.code === 'target_gone';
  const at = Number(row.reason?.params['at'] ?? 0);
  const said = row.reason?.params['text'];
  const when = (ms: number): string => (format.isToday(ms, Date.now()) ? format.time(ms) : format.when(ms));
  const who = found?.person.name || `@${row.target?.username ?? ''}`;
  const paid = accounts.find((each) => each.id === row.accountId)?.network === 'x';

  const drop = async (): Promise<void> => {
    const dropped = await rpc.command('publications.decide', { id: row.id, decision: 'drop' });
    if (dropped.result !== 'placed') return;
    const back = (): Promise<unknown> => rpc.command('undo.apply', { undoId: dropped.undoId });
    if (!found) return toast.done(t('activity.outbox.dropped'), { run: back });
    const done = await rpc.command('inbox.act', { caseIds: [found.id], act: { type: 'done' } });
    toast.done(t('activity.outbox.droppedDone'), { run: async () => { await rpc.command('undo.apply', { undoId: done.undoId }); await back(); } });
  };
  const sendAnyway = (): Promise<void> => rpc.command('publications.decide', { id: row.id, decision: 'sendNow' }).then((placed) => {
    if (placed.result === 'placed') toast.done(t('activity.outbox.sending'), { run: () => rpc.command('undo.apply', { undoId: placed.undoId }) });
  });
  return (
    <div className="outbox-conflict" role="alert" data-testid="outbox-conflict" data-conflict={row.id}>
      <IconAlertTriangle size={18} stroke={1.75} aria-hidden="true" />
      <div className="grow">
        <b>{gone ? t('activity.outbox.goneTitle', { who }) : t('activity.outbox.elsewhereTitle', { who, time: when(at) })}</b>
        <p dir="auto">{typeof said === 'string' && said !== '' ? t('activity.outbox.onX', { time: when(at), text: said }) : ''} {t('activity.outbox.kept', { time: when(row.dueAt ?? row.createdAt), text: row.text })}</p>
        <div className="outbox-choices">
          <Button variant="default" size="compact-sm" onClick={() => void drop().catch(toast.failed)} data-testid="conflict-drop">{found ? t('activity.outbox.dropDone') : t('activity.outbox.drop')}</Button>
          {gone ? null : <Button variant="default" size="compact-sm" onClick={() => void sendAnyway().catch(toast.failed)} data-testid="conflict-send">{t('activity.outbox.sendAnyway')}{paid ? ` · ${format.usd(row.usd)}` : ''}</Button>}
          <Button variant="default" size="compact-sm" onClick={() => openComposer({ kind: 'edit', id: row.id })} data-testid="conflict-edit">{t('activity.outbox.editDraft')}</Button>
        </div>
      </div>
    </div>
  );
}
