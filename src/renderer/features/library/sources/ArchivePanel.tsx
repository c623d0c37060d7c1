import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import { useRpc, useRpcCommand } from '../../../rpc/hooks.ts';
import { Empty, ErrorNote, TierBadge, tierName } from '../../../ui/bits.tsx';
import { useErrorWords, useToast } from '../../../ui/useToast.tsx';
import type { ItemWords } from '../useItemWords.ts';
import { sendArchive } from './unpack.ts';

type Preview = OutputOf<'sources.archivePreview'>;

/** What was posted already, from the archive that X gives: counted before anything is kept (DOMAIN §3, sources). */
export default function ArchivePanel({ account, themes, words, onClose }: { account: Account; themes: readonly string[]; words: ItemWords; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const errorWords = useErrorWords();
  const commit = useRpcCommand('sources.archiveImport');
  const list = useId();
  const file = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [read, setRead] = useState<{ name: string; token: string } | null>(null);
  const [theme, setTheme] = useState('');
  const [tier, setTier] = useState(account.policy.base);
  const [mine, setMine] = useState(false);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { number } = words.format;
  const input = { accountId: account.id, theme: theme.trim(), tier };
  const run = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setFailed(null);
    await act().catch((error: unknown) => { setPreview(null); setFailed(errorWords(error)); });
    setBusy(false);
  };
  const choose = (chosen: File): Promise<void> => run(async () => {
    setPreview(null);
    setRead(null);
    setMine(false);
    const { token } = await sendArchive(chosen);
    setRead({ name: chosen.name, token });
    setPreview(await rpc.query('sources.archivePreview', { ...input, token }));
  });
  const withTier = (next: string): void => {
    setTier(next);
    if (read) void run(async () => setPreview(await rpc.query('sources.archivePreview', { ...input, tier: next, token: read.token })));
  };
  const keep = (): void => {
    if (!read) return;
    commit.mutate({ ...input, token: read.token, mine }, {
      onSuccess: ({ added, changed, undoId }) => {
        toast.done(t('sources.archive.done', { count: added + changed, n: number(added + changed) }), { undoId });
        setRead(null);
        setPreview(null);
        onClose();
      },
      onError: (error) => setFailed(errorWords(error)),
    });
  };
  const kept = preview ? preview.fresh + preview.same : 0;
  return (
    <Stack gap="sm">
      <Group align="center"><Button ref={first} variant="default" loading={busy} onClick={() => file.current?.click()}>{t('sources.archive.choose')}</Button><span className="quiet" role="status">{busy && !read ? t('sources.archive.reading') : (read?.name ?? t('sources.archive.hint'))}</span></Group>
      <input ref={file} type="file" hidden accept=".zip,.js,application/zip" data-testid="archive-file" aria-label={t('sources.archive.choose')} onChange={(event) => { const chosen = event.currentTarget.files?.[0]; event.currentTarget.value = ''; if (chosen) void choose(chosen); }} />
      {failed === null ? null : <ErrorNote>{failed}</ErrorNote>}
      {preview ? (
        <>
          <div data-testid="archive-summary" aria-live="polite">
            <p className="bulk-summary">{[t('sources.archive.posts', { count: preview.posts, n: number(preview.posts) }), kept === 0 ? t('sources.archive.nothing') : '', preview.fresh > 0 ? t('sources.archive.fresh', { count: preview.fresh, n: number(preview.fresh) }) : '', preview.same > 0 ? t('sources.archive.same', { count: preview.same, n: number(preview.same) }) : '', kept > 0 ? t('sources.archive.texts', { count: preview.texts, n: number(preview.texts) }) : '', preview.full > 0 ? t('sources.archive.full', { count: preview.full, n: number(preview.full) }) : ''].filter((each) => each !== '').join(' · ')}</p>
            <p className="quiet stats-read">{[t('sources.archive.left', { reposts: number(preview.reposts), replies: number(preview.replies), plain: number(preview.plain) }), preview.unread > 0 ? t('sources.archive.unread', { count: preview.unread, n: number(preview.unread) }) : ''].filter((each) => each !== '').join(' · ')}</p>
          </div>
          <Group grow align="flex-end">
            <TextInput label={t('sources.theme')} value={theme} list={list} maxLength={60} autoComplete="off" onChange={(event) => setTheme(event.currentTarget.value)} />
            <NativeSelect label={t('sources.tier')} value={tier} onChange={(event) => withTier(event.currentTarget.value)} data={account.policy.tiers.map((each) => ({ value: each.key, label: tierName(account.policy, each.key, i18n.language) }))} />
          </Group>
          <datalist id={list}>{themes.map((each) => <option key={each} value={each} />)}</datalist>
          {preview.shown.length > 0 ? (
            <div className="dialog-table" tabIndex={0} role="region" aria-label={t('sources.archive.shown')}>
              <table className="plain archive-table">
                <thead><tr><th>{t('sources.archive.shown')}</th><th className="number">{t('sources.archive.columnTexts')}</th><th>{t('bulk.verdict')}</th></tr></thead>
                <tbody>{preview.shown.map((row) => <tr key={row.url} data-testid="archive-row"><td className="anywhere"><TierBadge policy={account.policy} tier={row.tier} /> <span dir="auto">{row.title}</span><div className="quiet">{row.url}</div></td><td className="number">{number(row.texts)}</td><td className="nowrap">{t(`sources.archive.verdict.${row.verdict}`)}</td></tr>)}</tbody>
              </table>
            </div>
          ) : null}
          {preview.owner === null ? <Checkbox label={t('sources.archive.mine', { username: account.username })} checked={mine} data-testid="archive-mine" onChange={(event) => setMine(event.currentTarget.checked)} /> : null}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('shell.cancel')}</Button><Button onClick={keep} disabled={kept === 0 || busy || (preview.owner === null && !mine)} loading={commit.isPending} data-testid="archive-commit">{t('sources.archive.commit', { count: kept })}</Button></Group>
        </>
      ) : failed === null ? <Empty>{t('sources.archive.empty')}</Empty> : null}
    </Stack>
  );
}
