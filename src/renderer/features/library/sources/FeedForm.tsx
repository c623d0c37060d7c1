import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import type { Feed } from '../../../../shared/contract/sources.ts';
import { useRpc } from '../../../rpc/hooks.ts';
import { ErrorNote, TierBadge, tierName } from '../../../ui/bits.tsx';
import { excerptOf } from '../../../ui/format.ts';
import { useErrorWords, useToast } from '../../../ui/useToast.tsx';
import type { ItemWords } from '../useItemWords.ts';

type Preview = OutputOf<'sources.preview'>;

/** What a feed holds, before anything of it is taken. */
function Found({ account, preview, words }: { account: Account; preview: Preview; words: ItemWords }) {
  const { t } = useTranslation();
  const now = Date.now();
  return (
    <div data-testid="feed-preview">
      <p className="bulk-summary" aria-live="polite"><b>{preview.title}</b> · {t('sources.entries', { count: preview.entries })} · {t('sources.wouldAdd', { count: preview.fresh })}</p>
      {preview.shown.length > 0 ? (
        <div className="dialog-table" tabIndex={0} role="region" aria-label={t('sources.first')}>
          <table className="plain">
            <thead><tr><th>{t('library.column.title')}</th><th>{t('library.theme')}</th><th>{t('library.column.published')}</th><th>{t('bulk.verdict')}</th></tr></thead>
            <tbody>
              {preview.shown.map((entry, i) => (
                <tr key={i} data-testid="feed-entry" data-verdict={entry.verdict}>
                  <td className="anywhere"><TierBadge policy={account.policy} tier={entry.tier} /> <span dir="auto">{entry.title}</span>{entry.url === null ? null : <div className="quiet">{entry.url}</div>}</td>
                  <td>{words.theme(entry.theme)}</td><td className="nowrap">{entry.publishedOn === null ? words.figure(null) : words.day(entry.publishedOn, now)}</td><td>{t(`sources.verdict.${entry.verdict}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </div>
  );
}

/** A new feed: its address, what it holds, then adding it; or one that is there: its name, theme and tier. */
export function FeedForm({ account, feed, themes, words, onClose }: { account: Account; feed: Feed | null; themes: readonly string[]; words: ItemWords; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const errorWords = useErrorWords();
  const list = useId();
  const keep = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [url, setUrl] = useState('');
  const [title, setTitle] = useState(feed?.title ?? '');
  const [theme, setTheme] = useState(feed?.theme ?? '');
  const [tier, setTier] = useState(feed?.tier ?? account.policy.base);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => field.current?.focus(), []);
  // What was seen is added by Enter, without looking for the button.
  useEffect(() => { if (preview) keep.current?.focus(); }, [preview]);
  const stale = (change: () => void): void => {
    change();
    setPreview(null);
    setFailed(null);
  };
  const run = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setFailed(null);
    await act().catch((error: unknown) => setFailed(errorWords(error)));
    setBusy(false);
  };
  const input = { theme: theme.trim(), tier };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (busy) return;
    void run(async () => {
      if (feed) {
        const { undoId } = await rpc.command('sources.save', { id: feed.id, title: title.trim(), ...input });
        toast.done(t('sources.saved', { title: excerptOf(title) }), { undoId });
        onClose();
      } else if (preview) {
        const done = await rpc.command('sources.add', { accountId: account.id, url: preview.url, ...input });
        toast.done(t('sources.added', { title: excerptOf(done.feed.title), count: done.added }), { undoId: done.undoId });
        onClose();
      } else setPreview(await rpc.query('sources.preview', { accountId: account.id, url: url.trim(), ...input }));
    });
  };
  return (
    <form className="feed-form" onSubmit={submit} data-testid="feed-form">
      {feed ? <TextInput ref={field} label={t('sources.name')} value={title} maxLength={120} required autoComplete="off" onChange={(event) => setTitle(event.currentTarget.value)} />
        : <TextInput ref={field} label={t('sources.address')} description={t('sources.addressHint')} placeholder="https://cuentaclara.example.com/feed" value={url} maxLength={2000} required autoComplete="off" data-testid="feed-url" onChange={(event) => { const { value } = event.currentTarget; stale(() => setUrl(value)); }} />}
      <Group grow align="flex-end">
        <TextInput label={t('sources.theme')} value={theme} list={list} maxLength={60} autoComplete="off" data-testid="feed-theme" onChange={(event) => { const { value } = event.currentTarget; stale(() => setTheme(value)); }} />
        <NativeSelect label={t('sources.tier')} value={tier} onChange={(event) => { const { value } = event.currentTarget; stale(() => setTier(value)); }} data={account.policy.tiers.map((each) => ({ value: each.key, label: tierName(account.policy, each.key, i18n.language) }))} />
      </Group>
      <datalist id={list}>{themes.map((each) => <option key={each} value={each} />)}</datalist>
      <p className="quiet">{t(feed ? 'sources.fromNowOn' : 'sources.tierHint')}</p>
      {failed === null ? null : <ErrorNote>{failed}</ErrorNote>}
      {preview ? <Found account={account} preview={preview} words={words} /> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>{t('shell.cancel')}</Button>
        <Button ref={keep} type="submit" loading={busy} data-testid="feed-submit">{feed ? t('sources.save') : preview ? t('sources.addIt', { count: preview.fresh }) : t('sources.look')}</Button>
      </Group>
    </form>
  );
}
