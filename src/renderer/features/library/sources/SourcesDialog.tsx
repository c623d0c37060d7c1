import '../../../styles/sources.css';
import { Button } from '@mantine/core';
import { IconArchive, IconChartBar, IconPlus, IconRss } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { Feed } from '../../../../shared/contract/sources.ts';
import { useRpc, useRpcQuery } from '../../../rpc/hooks.ts';
import { EmptyState, ErrorNote } from '../../../ui/bits.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { excerptOf } from '../../../ui/format.ts';
import { useNow } from '../../../ui/useNow.ts';
import { useErrorWords, useToast } from '../../../ui/useToast.tsx';
import { focusSoon } from '../../inbox/settings/useKept.ts';
import type { ItemWords } from '../useItemWords.ts';
import { FeedForm } from './FeedForm.tsx';
import { FeedRow } from './FeedRow.tsx';

const ArchivePanel = lazy(() => import('./ArchivePanel.tsx'));
const StatsPanel = lazy(() => import('./StatsPanel.tsx'));
const NEW = 'new';

/** Where the library's items come from by themselves, and what else can be read into it (DOMAIN §3, sources). */
export default function SourcesDialog({ account, themes, words, opened, onClose }: { account: Account; themes: readonly string[]; words: ItemWords; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const errorWords = useErrorWords();
  const now = useNow();
  const asked = useRpcQuery('sources.list', { accountId: account.id });
  const [editing, setEditing] = useState<string | null>(null);
  const feeds = asked.data?.feeds ?? [];
  const stats = asked.data?.stats ?? null;
  /** The kind of file that is being read in, in this dialog's place. */
  const [reading, setReading] = useState<'archive' | 'stats' | null>(null);
  const close = (): void => {
    setEditing(null);
    focusSoon(editing === null || editing === NEW ? 'feed-add' : `feed-edit-${editing}`);
  };
  const back = (): void => {
    setReading(null);
    focusSoon(`${reading}-open`);
  };
  const remove = ({ id, title }: Feed): void => {
    rpc.command('sources.remove', { id }).then(({ undoId }) => { focusSoon('feed-add'); toast.done(t('sources.removed', { title: excerptOf(title) }), { undoId }); }, toast.failed);
  };
  const form = (feed: Feed | null) => <FeedForm account={account} feed={feed} themes={themes} words={words} onClose={close} />;
  return (
    <Dialog opened={opened} onClose={reading === null ? onClose : back} title={t(reading === null ? 'sources.title' : `sources.${reading}.title`)} size="xl">
      {reading === 'archive' ? <Suspense><ArchivePanel account={account} themes={themes} words={words} onClose={back} /></Suspense> : null}
      {reading === 'stats' ? <Suspense><StatsPanel account={account} words={words} onClose={back} /></Suspense> : null}
      {reading === null ? <div className="sources" data-testid="sources">
        <section>
          <header>
            <div className="grow"><h3>{t('sources.feeds')}</h3><p className="quiet">{t('sources.feedsHint')}</p></div>
            <Button id="feed-add" variant="default" leftSection={<IconPlus size={14} stroke={1.75} />} disabled={editing === NEW} data-autofocus data-testid="feed-add" onClick={() => setEditing(NEW)}>{t('sources.addFeed')}</Button>
          </header>
          {asked.error ? <ErrorNote>{errorWords(asked.error)}</ErrorNote> : null}
          {editing === NEW ? form(null) : null}
          {asked.data && feeds.length === 0 && editing !== NEW ? <EmptyState icon={IconRss} title={t('sources.none')} body={t('sources.noneBody')} /> : null}
          {feeds.length > 0 ? (
            <ul className="feeds">
              {feeds.map((feed) => (editing === feed.id ? <li key={feed.id}>{form(feed)}</li> : <FeedRow key={feed.id} account={account} feed={feed} words={words} now={now} onEdit={() => setEditing(feed.id)} onRemove={() => remove(feed)} />))}
            </ul>
          ) : null}
        </section>
        <section>
          <ul className="source-rows">
            <li>
              <div className="grow"><h3>{t('sources.archive.title')}</h3><p className="quiet">{t('sources.archive.about')}</p></div>
              <Button id="archive-open" variant="default" leftSection={<IconArchive size={14} stroke={1.75} />} data-testid="archive-open" onClick={() => setReading('archive')}>{t('sources.archive.open')}</Button>
            </li>
            <li>
              <div className="grow"><h3>{t('sources.stats.title')}</h3><p className="quiet">{t('sources.stats.about')}{stats ? ` ${t('sources.stats.have', { count: stats.pages, from: words.day(stats.from, now), to: words.day(stats.to, now) })}` : ''}</p></div>
              <Button id="stats-open" variant="default" leftSection={<IconChartBar size={14} stroke={1.75} />} data-testid="stats-open" onClick={() => setReading('stats')}>{t('sources.stats.open')}</Button>
            </li>
          </ul>
        </section>
      </div> : null}
    </Dialog>
  );
}
