import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import type { ItemRow } from '../../../shared/contract/library.ts';
import { useRpc, useRpcCommand } from '../../rpc/hooks.ts';
import { Empty, ErrorNote, TierBadge, tierName } from '../../ui/bits.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { useErrorWords, useToast } from '../../ui/useToast.tsx';
import { useReasonWords } from '../activity/useNotices.ts';
import { decodeText, MOST_IMPORTED } from '../bulk/decode.ts';

type Preview = OutputOf<'library.importPreview'>;
type DateOrder = 'auto' | 'dmy' | 'mdy';
const SHOWN_ROWS = 200;
const LONGEST_NAME = 120;

/** What was understood of each row, and what becomes of it. */
function Rows({ account, rows }: { account: Account; rows: readonly ItemRow[] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat(account.zone);
  const other = useReasonWords(account.policy);
  const reason = ({ code, params }: NonNullable<ItemRow['reason']>): string => {
    const key = `library.why.${code}`;
    const { proposed } = params;
    return i18n.exists(key) ? t(key as 'library.why.bad_tier', { ...params, word: params['word'] ?? '', ...(typeof proposed === 'string' ? { proposed: tierName(account.policy, proposed, i18n.language) } : {}) }) : other({ code, params });
  };
  const day = (value: string | null): string => (value === null ? '' : format.fullDate(value));
  return (
    <div className="dialog-table" tabIndex={0} role="region" aria-label={t('bulk.preview')}>
      <table className="plain">
        <thead><tr><th>{t('bulk.line')}</th><th>{t('library.column.title')}</th><th>{t('library.theme')}</th><th>{t('library.column.published')}</th><th>{t('library.column.expires')}</th><th>{t('bulk.verdict')}</th></tr></thead>
        <tbody>
          {rows.slice(0, SHOWN_ROWS).map((row) => (
            <tr key={row.line} data-testid="import-row" data-verdict={row.verdict === 'same' ? 'ok' : row.verdict === 'new' ? 'ok' : 'skipped'}>
              <td>{row.line}</td>
              <td className="anywhere"><TierBadge policy={account.policy} tier={row.tier} /> {row.title}{row.url === null ? null : <div className="quiet">{row.url}</div>}</td>
              <td>{row.theme}</td><td className="nowrap">{day(row.publishedOn)}</td><td className="nowrap">{day(row.expiresOn)}</td>
              <td>{t(`library.import.verdict.${row.verdict}`)}{row.reason ? <div className="quiet">{reason(row.reason)}</div> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN_ROWS ? <p className="quiet import-more">{t('library.import.more', { count: rows.length - SHOWN_ROWS })}</p> : null}
    </div>
  );
}

/** A file of items, seen row by row before anything is kept (DOMAIN §3, sources). */
export function ImportDialog({ account, themes, opened, onClose }: { account: Account; themes: readonly string[]; opened: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const words = useErrorWords();
  const commit = useRpcCommand('library.import');
  const list = useId();
  const file = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [content, setContent] = useState('');
  const [tier, setTier] = useState<string | null>(null);
  const [theme, setTheme] = useState('');
  const [dateOrder, setDateOrder] = useState<DateOrder>('auto');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const input = { accountId: account.id, name: name.slice(0, LONGEST_NAME), content, dateOrder, defaultTier: tier ?? account.policy.base, defaultTheme: theme.trim() };
  const stale = (change: () => void): void => {
    change();
    setPreview(null);
    setFailed(null);
  };
  const look = async (wanted: typeof input): Promise<void> => {
    if (wanted.content.length > MOST_IMPORTED) return setFailed(t('bulk.tooBig'));
    setBusy(true);
    setFailed(null);
    try {
      setPreview(await rpc.query('library.importPreview', wanted));
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
    stale(() => { setContent(decoded.text); setName(chosen.name); });
    if (decoded.encoding === 'windows-1252') toast.done(t('bulk.guessed'));
    await look({ ...input, name: chosen.name.slice(0, LONGEST_NAME), content: decoded.text });
  };
  const keep = (): void => commit.mutate(input, {
    onSuccess: ({ added, changed, skipped, undoId }) => {
      toast.done([t('library.import.added', { count: added }), changed > 0 ? t('library.import.changed', { count: changed }) : '', skipped > 0 ? t('library.import.skipped', { count: skipped }) : ''].filter((each) => each !== '').join(' · '), { undoId });
      stale(() => { setContent(''); setName(''); });
      onClose();
    },
    onError: (error) => setFailed(words(error)),
  });
  const kept = preview ? preview.fresh + preview.same : 0;
  return (
    <Dialog opened={opened} onClose={onClose} title={t('library.import.title')} size="xl">
      <Stack gap="sm">
        <Group align="center"><Button variant="default" data-autofocus onClick={() => file.current?.click()}>{t('bulk.chooseFile')}</Button><span className="quiet">{name === '' ? t('library.import.orPaste') : name}</span></Group>
        <input ref={file} type="file" hidden accept=".csv,.tsv,.txt,text/csv" data-testid="import-file" aria-label={t('bulk.chooseFile')} onChange={(event) => { const chosen = event.currentTarget.files?.[0]; event.currentTarget.value = ''; if (chosen) void read(chosen); }} />
        <Textarea label={t('bulk.contentCsv')} description={t('library.import.hint')} placeholder={t('library.import.example')} value={content} minRows={4} maxRows={8} autosize data-longest={MOST_IMPORTED} data-testid="import-content" onChange={(event) => { const text = event.currentTarget.value; stale(() => setContent(text)); }} />
        <Group align="flex-end">
          <NativeSelect label={t('bulk.defaultTier')} value={input.defaultTier} onChange={(event) => { const { value } = event.currentTarget; stale(() => setTier(value)); }} data={account.policy.tiers.map((each) => ({ value: each.key, label: tierName(account.policy, each.key, i18n.language) }))} />
          <TextInput label={t('library.import.defaultTheme')} value={theme} list={list} maxLength={60} autoComplete="off" onChange={(event) => { const { value } = event.currentTarget; stale(() => setTheme(value)); }} />
          <datalist id={list}>{themes.map((each) => <option key={each} value={each} />)}</datalist>
          <NativeSelect label={t('bulk.dateOrder')} value={dateOrder} onChange={(event) => { const value = event.currentTarget.value as DateOrder; stale(() => setDateOrder(value)); }} data={[{ value: 'auto', label: t('bulk.dateAuto') }, { value: 'dmy', label: t('bulk.dmy') }, { value: 'mdy', label: t('bulk.mdy') }]} />
          <Button onClick={() => void look(input)} disabled={content.trim() === ''} loading={busy} data-testid="import-preview">{t('bulk.preview')}</Button>
        </Group>
        {failed ? <ErrorNote>{failed}</ErrorNote> : null}
        {preview ? (
          <>
            <p className="bulk-summary" aria-live="polite" data-testid="import-summary">{[t('library.import.sum.fresh', { count: preview.fresh }), preview.same > 0 ? t('library.import.sum.same', { count: preview.same }) : '', preview.skipped > 0 ? t('library.import.sum.skipped', { count: preview.skipped }) : ''].filter((each) => each !== '').join(' · ')}</p>
            {preview.unknownColumns.length > 0 ? <p className="bulk-unknown" role="status">{t('bulk.unknownColumns', { names: preview.unknownColumns.join(', ') })}</p> : null}
            <Rows account={account} rows={preview.rows} />
            <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('shell.cancel')}</Button><Button onClick={keep} disabled={kept === 0} loading={commit.isPending} data-testid="import-commit">{t('library.import.commit', { count: kept })}</Button></Group>
          </>
        ) : <Empty>{t('library.import.empty')}</Empty>}
      </Stack>
    </Dialog>
  );
}
