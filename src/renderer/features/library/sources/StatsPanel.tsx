import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import { useRpc, useRpcCommand } from '../../../rpc/hooks.ts';
import { Empty, ErrorNote } from '../../../ui/bits.tsx';
import { useErrorWords, useToast } from '../../../ui/useToast.tsx';
import { decodeText, MOST_IMPORTED } from '../../bulk/decode.ts';
import type { ItemWords } from '../useItemWords.ts';

type Preview = OutputOf<'sources.statsPreview'>;
type DateOrder = 'auto' | 'dmy' | 'mdy';
const LONGEST_NAME = 120;

/** What was understood of each row, and whose page it is. */
function Rows({ preview, words }: { preview: Preview; words: ItemWords }) {
  const { t } = useTranslation();
  const { format } = words;
  const days = (from: string | null, to: string | null): string => (from === null || to === null ? '' : from === to ? format.fullDate(from) : `${format.fullDate(from)} – ${format.fullDate(to)}`);
  return (
    <div className="dialog-table" tabIndex={0} role="region" aria-label={t('bulk.preview')}>
      <table className="plain stats-table">
        <thead><tr><th>{t('bulk.line')}</th><th>{t('sources.stats.page')}</th><th>{t('sources.stats.days')}</th><th className="number">{t('sources.stats.views')}</th><th>{t('sources.stats.item')}</th></tr></thead>
        <tbody>
          {preview.rows.map((row) => (
            <tr key={row.line} data-testid="stats-row" data-reason={row.reason?.code ?? ''}>
              <td>{row.line}</td><td className="anywhere">{row.page}</td><td className="nowrap">{days(row.from, row.to)}</td><td className="number">{words.figure(row.views)}</td>
              <td className={row.reason ? 'quiet' : ''}>{row.reason ? t(`sources.why.${row.reason.code}` as 'sources.why.bad_date', { word: '', ...row.reason.params }) : row.title}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {preview.total > preview.rows.length ? <p className="quiet import-more">{t('library.import.more', { count: preview.total - preview.rows.length })}</p> : null}
    </div>
  );
}

/** A file of web statistics, seen row by row before anything is kept (DOMAIN §3, sources). */
export default function StatsPanel({ account, words, onClose }: { account: Account; words: ItemWords; onClose: () => void }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const errorWords = useErrorWords();
  const commit = useRpcCommand('sources.statsImport');
  const file = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [given, setGiven] = useState<{ name: string; content: string } | null>(null);
  const [host, setHost] = useState<string | null>(null);
  const [dateOrder, setDateOrder] = useState<DateOrder>('auto');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { format } = words;
  const inputOf = (of: { name: string; content: string }, change: { host?: string; dateOrder?: DateOrder } = {}) => ({ accountId: account.id, name: of.name.slice(0, LONGEST_NAME), content: of.content, host, dateOrder, ...change });
  const look = async (wanted: ReturnType<typeof inputOf>): Promise<void> => {
    setBusy(true);
    setFailed(null);
    setPreview(await rpc.query('sources.statsPreview', wanted).catch((error: unknown) => {
      setFailed(errorWords(error));
      return null;
    }));
    setBusy(false);
  };
  const read = async (chosen: File): Promise<void> => {
    setPreview(null);
    setGiven(null);
    if (chosen.size > MOST_IMPORTED) return setFailed(t('bulk.tooBig'));
    const decoded = decodeText(new Uint8Array(await chosen.arrayBuffer()));
    if (!decoded) return setFailed(t('bulk.noText'));
    const next = { name: chosen.name, content: decoded.text };
    setGiven(next);
    await look(inputOf(next));
  };
  const keep = (): void => {
    if (!given) return;
    commit.mutate(inputOf(given), {
      onSuccess: ({ items, views, undoId }) => {
        toast.done(t('sources.stats.done', { count: items, views: format.number(views) }), { undoId });
        setGiven(null);
        setPreview(null);
        onClose();
      },
      onError: (error) => setFailed(errorWords(error)),
    });
  };
  const { columns } = preview ?? {};
  return (
    <Stack gap="sm">
      <Group align="center"><Button ref={first} variant="default" loading={busy} onClick={() => file.current?.click()}>{t('bulk.chooseFile')}</Button><span className="quiet">{given?.name ?? t('sources.stats.hint')}</span></Group>
      <input ref={file} type="file" hidden accept=".csv,.tsv,.txt,text/csv" data-testid="stats-file" aria-label={t('bulk.chooseFile')} onChange={(event) => { const chosen = event.currentTarget.files?.[0]; event.currentTarget.value = ''; if (chosen) void read(chosen); }} />
      {failed === null ? null : <ErrorNote>{failed}</ErrorNote>}
      {preview && given && columns ? (
        <>
          <Group align="flex-end">
            {preview.hosts.length > 0 ? <NativeSelect label={t('sources.stats.host')} value={preview.host ?? ''} data={preview.hosts} data-testid="stats-host" onChange={(event) => { const { value } = event.currentTarget; setHost(value); void look(inputOf(given, { host: value })); }} /> : null}
            {columns.day === null ? null : <NativeSelect label={t('bulk.dateOrder')} value={dateOrder} onChange={(event) => { const value = event.currentTarget.value as DateOrder; setDateOrder(value); void look(inputOf(given, { dateOrder: value })); }} data={[{ value: 'auto', label: t('bulk.dateAuto') }, { value: 'dmy', label: t('bulk.dmy') }, { value: 'mdy', label: t('bulk.mdy') }]} />}
          </Group>
          <div>
            <p className="bulk-summary" aria-live="polite" data-testid="stats-summary">{[t('sources.stats.sum.items', { count: preview.items }), t('sources.stats.sum.views', { count: preview.views, n: format.number(preview.views) }), preview.unmatched > 0 ? t('sources.stats.sum.unmatched', { count: preview.unmatched }) : '', preview.skipped > 0 ? t('sources.stats.sum.skipped', { count: preview.skipped }) : '', preview.replaced > 0 ? t('sources.stats.sum.replaced', { count: preview.replaced }) : ''].filter((each) => each !== '').join(' · ')}</p>
            <p className="quiet stats-read">{[t('sources.stats.read', { page: columns.page, views: columns.views }), columns.day === null ? t('sources.stats.readSpan') : t('sources.stats.readDay', { day: columns.day }), columns.host === null ? '' : t('sources.stats.readHost', { host: columns.host })].filter((each) => each !== '').join(' · ')}</p>
          </div>
          <Rows preview={preview} words={words} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('shell.cancel')}</Button><Button onClick={keep} disabled={preview.items === 0 || busy} loading={commit.isPending} data-testid="stats-commit">{t('sources.stats.commit', { count: preview.items })}</Button></Group>
        </>
      ) : failed === null ? <Empty>{t('sources.stats.empty')}</Empty> : null}
    </Stack>
  );
}
