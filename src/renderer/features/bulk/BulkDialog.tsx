import { Button, Group, NativeSelect, SegmentedControl, Stack, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpcCommand, useRpc } from '../../rpc/hooks.ts';
import { Empty, ErrorNote, tierLetter, tierName } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { decodeText, MOST_IMPORTED } from './decode.ts';
import { useErrorWords, useToast } from '../../ui/useToast.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { BulkRows } from './BulkRows.tsx';

type Preview = OutputOf<'publications.bulkPreview'>;

/** Many lines or a CSV, seen row by row before anything is kept (DOMAIN §2, batches). */
export function BulkDialog() {
  const { t, i18n } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const words = useErrorWords();
  const view = useView();
  const { current } = useAccounts();
  const format = useFormat(current?.zone);
  const commit = useRpcCommand('publications.bulkCommit');
  const file = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState<'lines' | 'csv'>('lines');
  const [content, setContent] = useState('');
  const [to, setTo] = useState<'tray' | 'calendar'>('tray');
  const [tier, setTier] = useState<string | null>(null);
  const [dateOrder, setDateOrder] = useState<'auto' | 'dmy' | 'mdy'>('auto');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (!current) return null;
  const input = { accountId: current.id, format: kind, content, to, defaultTier: tier ?? current.policy.base, dateOrder };
  const letter = tierLetter(current.policy, current.policy.tiers.find((each) => each.key !== current.policy.base)?.key ?? current.policy.base, i18n.language);
  const stale = (change: () => void): void => {
    change();
    setPreview(null);
    setFailed(null);
  };
  const look = async (): Promise<void> => {
    if (content.length > MOST_IMPORTED) return setFailed(t('bulk.tooBig'));
    setBusy(true);
    setFailed(null);
    try {
      setPreview(await rpc.query('publications.bulkPreview', input));
    } catch (error) {
      setPreview(null);
      setFailed(words(error));
    } finally {
      setBusy(false);
    }
  };
  const read = async (chosen: File): Promise<void> => {
    if (chosen.size > MOST_IMPORTED) return setFailed(t('bulk.tooBig'));
    const decoded = decodeText(new Uint8Array(await chosen.arrayBuffer()));
    if (!decoded) return setFailed(t('bulk.noText'));
    stale(() => { setContent(decoded.text); setKind('csv'); });
    // Nothing is imported before it was looked at: what was guessed is said.
    if (decoded.encoding === 'windows-1252') toast.done(t('bulk.guessed'));
  };
  const close = (): void => view.set({ bulkOpen: false });
  const keep = (): void =>
    commit.mutate(input, {
      onSuccess: (done) => {
        toast.done(t('bulk.done', { scheduled: done.scheduled, drafts: done.drafts }), { undoId: done.undoId });
        stale(() => setContent(''));
        close();
      },
      onError: (error) => setFailed(words(error)),
    });
  const unknown = preview?.unknownColumns ?? [];
  const kept = preview ? preview.ok + preview.drafts : 0;
  const act = to === 'calendar' && preview && preview.ok > 0 ? t('bulk.commitCalendar', { count: preview.ok }) : t('bulk.commitTray', { count: kept });
  return (
    <Dialog opened={view.bulkOpen} onClose={close} title={t('bulk.title')} size="xl">
      <Stack gap="sm">
        <Group align="flex-end">
          <div><div className="field-label">{t('bulk.kind')}</div><SegmentedControl value={kind} onChange={(value) => stale(() => setKind(value as 'lines' | 'csv'))} data={[{ value: 'lines', label: t('bulk.lines') }, { value: 'csv', label: t('bulk.csv') }]} aria-label={t('bulk.kind')} /></div>
          <div><div className="field-label">{t('bulk.to')}</div><SegmentedControl value={to} onChange={(value) => stale(() => setTo(value as 'tray' | 'calendar'))} data={[{ value: 'tray', label: t('bulk.tray') }, { value: 'calendar', label: t('bulk.calendar') }]} aria-label={t('bulk.to')} data-testid="bulk-to" /></div>
          {kind === 'csv' ? <Button variant="default" onClick={() => file.current?.click()}>{t('bulk.chooseFile')}</Button> : null}
          <input ref={file} type="file" hidden accept=".csv,.tsv,.txt,text/csv" data-testid="bulk-file" aria-label={t('bulk.chooseFile')} onChange={(event) => { const chosen = event.currentTarget.files?.[0]; event.currentTarget.value = ''; if (chosen) void read(chosen); }} />
        </Group>
        <Textarea label={kind === 'csv' ? t('bulk.contentCsv') : t('bulk.content')} placeholder={kind === 'csv' ? t('bulk.exampleCsv') : t('bulk.example', { letter })} description={kind === 'csv' ? t('bulk.csvHint') : t('bulk.linesHint', { letter, zone: current.zone })} value={content} data-autofocus minRows={5} maxRows={10} autosize data-longest={MOST_IMPORTED} data-testid="bulk-content" onChange={(event) => { const text = event.currentTarget.value; stale(() => setContent(text)); }} />
        <Group align="flex-end">
          <NativeSelect label={t('bulk.defaultTier')} value={input.defaultTier} onChange={(event) => { const value = event.currentTarget.value; stale(() => setTier(value)); }} data={current.policy.tiers.map((each) => ({ value: each.key, label: tierName(current.policy, each.key, i18n.language) }))} />
          <NativeSelect label={t('bulk.dateOrder')} value={dateOrder} onChange={(event) => { const value = event.currentTarget.value as 'auto'; stale(() => setDateOrder(value)); }} data={[{ value: 'auto', label: t('bulk.dateAuto') }, { value: 'dmy', label: t('bulk.dmy') }, { value: 'mdy', label: t('bulk.mdy') }]} data-testid="bulk-date-order" />
          <Button onClick={() => void look()} disabled={content.trim() === ''} loading={busy} data-testid="bulk-preview">{t('bulk.preview')}</Button>
        </Group>
        {failed ? <ErrorNote>{failed}</ErrorNote> : null}
        {preview ? (
          <>
            <p className="bulk-summary" aria-live="polite" data-testid="bulk-summary">{[t('bulk.sum.ok', { count: preview.ok }), preview.drafts > 0 ? t('bulk.sum.drafts', { count: preview.drafts }) : '', preview.skipped > 0 ? t('bulk.sum.skipped', { count: preview.skipped }) : '', format.usd(preview.usd)].filter((each) => each !== '').join(' · ')}</p>
            {unknown.length > 0 ? <p className="bulk-unknown" role="status" data-testid="bulk-unknown">{t('bulk.unknownColumns', { names: unknown.join(', ') })}</p> : null}
            <BulkRows rows={preview.rows} account={current} to={to} />
            <Group justify="flex-end"><Button variant="default" onClick={close}>{t('shell.cancel')}</Button><Button onClick={keep} disabled={kept === 0} loading={commit.isPending} data-testid="bulk-commit">{act}</Button></Group>
          </>
        ) : <Empty>{t('bulk.empty')}</Empty>}
      </Stack>
    </Dialog>
  );
}
