import { Button } from '@mantine/core';
import { IconBookmarkPlus, IconBooks, IconCopy, IconPencil } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { VList } from 'virtua';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { weightedLength } from '../../../shared/domain/text.ts';
import { useView } from '../../app/viewStore.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { stepThrough } from '../../hotkeys/stepThrough.ts';
import { useRpcCommand } from '../../rpc/hooks.ts';
import { EmptyState } from '../../ui/bits.tsx';
import { excerptOf, type Format } from '../../ui/format.ts';
import { TierMark } from '../../ui/TierMark.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { plain } from './items.ts';
import { isKeepable, OF, type WrittenView } from './writtenViews.ts';

/** Everything written for the account, newest change first: to edit, to write a variation from, to keep in the library. */
export function Written({ account, format, rows, view, words, onClear, onKept }: { account: Account; format: Format; rows: readonly Publication[] | undefined; view: WrittenView; words: readonly string[]; onClear: () => void; onKept: (id: string) => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const openComposer = useView((state) => state.openComposer);
  const copy = useRpcCommand('publications.copy');
  const keep = useRpcCommand('library.keep');
  const shown = useMemo(() => (rows ?? []).filter((each) => OF[view](each) && words.every((word) => plain(each.text).includes(word))).sort((a, b) => b.updatedAt - a.updatedAt), [rows, view, words]);
  const through = (by: 1 | -1) => (): boolean => stepThrough([...document.querySelectorAll<HTMLElement>('.library-row > .link-button')], by);
  useKeys({ j: through(1), k: through(-1) });
  const keepOne = (row: Publication): void => keep.mutate({ publicationId: row.id }, {
    onSuccess: ({ item, undoId }) => {
      toast.done(t('library.kept', { text: excerptOf(item.title) }), { undoId });
      onKept(item.id);
    },
    onError: toast.failed,
  });
  if (rows && shown.length === 0) {
    const searching = words.length > 0;
    return (
      <EmptyState icon={IconBooks} title={searching ? t('library.nothing') : t('library.empty')} body={searching ? t('library.nothingBody') : t('library.emptyBody')}>
        {searching ? <Button variant="default" onClick={onClear}>{t('library.clear')}</Button> : <Button onClick={() => openComposer({ kind: 'new' })}>{t('shell.newPost')}</Button>}
      </EmptyState>
    );
  }
  return (
    <VList style={{ flex: 1 }} data-testid="written">
      {shown.map((each) => (
        <div key={each.id} className="library-row" data-id={each.id}>
          <TierMark policy={account.policy} post={each} hollow={each.state === 'draft'} />
          <button type="button" className="link-button clip grow" dir="auto" onClick={() => openComposer({ kind: 'edit', id: each.id })}>{each.kind === 'repost' ? t('composer.repostOf', { username: each.target?.username ?? '…' }) : each.text.trim() === '' ? t('calendar.noText') : `${each.kind === 'reply' ? `↩ @${each.target?.username ?? '…'} · ` : ''}${each.text.replace(/\s+/g, ' ')}`}</button>
          <span className="quiet nowrap">{format.number(weightedLength(each.text.slice(0, 5000)))}</span>
          <span className="library-state nowrap">{t(`calendar.state.${each.state}`)}{each.sentAt ?? each.dueAt ? ` · ${format.when(each.sentAt ?? each.dueAt ?? 0)}` : ''}</span>
          {isKeepable(each) ? <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconBookmarkPlus size={13} stroke={1.75} />} data-testid="keep-post" title={t('library.keepTitle')} onClick={() => keepOne(each)}>{t('library.keep')}</Button> : null}
          <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconPencil size={13} stroke={1.75} />} onClick={() => openComposer({ kind: 'edit', id: each.id })}>{t('library.open')}</Button>
          <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconCopy size={13} stroke={1.75} />} onClick={() => copy.mutate({ id: each.id }, { onSuccess: (made) => openComposer({ kind: 'edit', id: made.id }), onError: toast.failed })}>{t('library.variation')}</Button>
        </div>
      ))}
    </VList>
  );
}
