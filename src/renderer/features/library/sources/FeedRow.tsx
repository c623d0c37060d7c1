import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { Feed } from '../../../../shared/contract/sources.ts';
import { useRpc } from '../../../rpc/hooks.ts';
import { TierBadge } from '../../../ui/bits.tsx';
import { excerptOf } from '../../../ui/format.ts';
import { useToast } from '../../../ui/useToast.tsx';
import type { ItemWords } from '../useItemWords.ts';

/** One feed: what it is, when it was read and what that brought, or why it could not be. */
export function FeedRow({ account, feed, words, now, onEdit, onRemove }: { account: Account; feed: Feed; words: ItemWords; now: number; onEdit: () => void; onRemove: () => void }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const { format } = words;
  const read = (): void => {
    if (busy) return;
    setBusy(true);
    rpc.command('sources.read', { id: feed.id }).then(({ feed: after, added }) => {
      if (after.error === null) toast.done(added > 0 ? t('sources.brought', { title: excerptOf(feed.title), count: added }) : t('sources.nothingNew', { title: excerptOf(feed.title) }));
    }, toast.failed).finally(() => setBusy(false));
  };
  const last = feed.readAt === null ? t('sources.neverRead') : now - feed.readAt < 60_000 ? t('sources.readNowAgo') : t('sources.readAgo', { time: format.ago(feed.readAt, now) });
  return (
    <li className="feed-row" data-testid="feed-row" data-error={feed.error?.code ?? ''}>
      <div className="feed-words">
        <div className="feed-name"><TierBadge policy={account.policy} tier={feed.tier} /><b className="clip" dir="auto">{feed.title}</b>{feed.theme === '' ? null : <span className="tag line">{feed.theme}</span>}</div>
        <div className="quiet clip" title={feed.url}>{feed.url}</div>
        {feed.error ? <div className="feed-error" role="status">{t(`errors.${feed.error.code}`, feed.error.params)}</div> : null}
        <div className="quiet">{[last, feed.error === null && feed.fresh > 0 ? t('sources.fresh', { count: feed.fresh }) : '', t('sources.kept', { count: feed.items }), t(feed.error ? 'sources.nextTry' : 'sources.next', { when: format.isToday(feed.nextAt, now) ? format.time(feed.nextAt) : format.when(feed.nextAt) })].filter((each) => each !== '').join(' · ')}</div>
      </div>
      <Button size="compact-sm" variant="default" leftSection={<IconRefresh size={14} stroke={1.75} />} loading={busy} aria-label={`${t('sources.readNow')}: ${feed.title}`} data-testid="feed-read" onClick={read}>{t('sources.readNow')}</Button>
      <ActionIcon id={`feed-edit-${feed.id}`} size={26} aria-label={`${t('sources.edit')}: ${feed.title}`} title={t('sources.edit')} data-testid="feed-edit" onClick={onEdit}><IconPencil size={15} stroke={1.75} /></ActionIcon>
      <ActionIcon size={26} aria-label={`${t('sources.remove')}: ${feed.title}`} title={t('sources.remove')} data-testid="feed-remove" onClick={onRemove}><IconTrash size={15} stroke={1.75} /></ActionIcon>
    </li>
  );
}
