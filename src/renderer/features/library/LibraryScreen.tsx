import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconBooks, IconCopy, IconPencil, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VList } from 'virtua';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { weightedLength } from '../../../shared/domain/text.ts';
import { useView } from '../../app/viewStore.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { stepThrough } from '../../hotkeys/stepThrough.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { EmptyState } from '../../ui/bits.tsx';
import { TierMark } from '../../ui/TierMark.tsx';
import { useFormat } from '../../ui/format.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useToast } from '../../ui/useToast.tsx';

const FILTERS = ['all', 'draft', 'planned', 'posted', 'replies'] as const;
type Which = (typeof FILTERS)[number];
const MOST = 5000;
/** Answers have their own place: among what was written to be read by everybody they hide it. */
const OF: Readonly<Record<Which, (row: Publication) => boolean>> = {
  all: (row) => row.state !== 'cancelled' && row.kind !== 'reply',
  draft: (row) => row.state === 'draft' && row.kind !== 'reply',
  planned: (row) => row.state !== 'draft' && row.state !== 'posted' && row.state !== 'cancelled' && row.kind !== 'reply',
  posted: (row) => row.state === 'posted' && row.kind !== 'reply',
  replies: (row) => row.state !== 'cancelled' && row.kind === 'reply',
};
/** Letters without accents and case, as a reader searches. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Everything written for the account, searchable, to edit or to write a variation from. */
export function LibraryScreen() {
  const { current } = useAccounts();
  return current ? <Library key={current.id} account={current} /> : null;
}

function Library({ account }: { account: Account }) {
  const { t } = useTranslation();
  const format = useFormat(account.zone);
  const toast = useToast();
  const openComposer = useView((state) => state.openComposer);
  const copy = useRpcCommand('publications.copy');
  const rows = useRpcQuery('publications.list', { accountId: account.id, limit: MOST }).data;
  const [which, setWhich] = useState<Which>('all');
  const [word, setWord] = useState('');
  const shown = useMemo(() => {
    const wanted = plain(word).split(/\s+/).filter((each) => each !== '');
    return (rows ?? []).filter((each) => OF[which](each) && wanted.every((word) => plain(each.text).includes(word))).sort((a, b) => b.updatedAt - a.updatedAt);
  }, [rows, which, word]);
  const through = (by: 1 | -1) => (): boolean => stepThrough([...document.querySelectorAll<HTMLElement>('.library-row > .link-button')], by);
  useKeys({ j: through(1), k: through(-1) });
  const count = (each: Which): number => (rows ?? []).filter((row) => OF[each](row)).length;
  return (
    <div className="library" data-testid="library">
      <div className="toolbar">
        <h1>{t('library.title')}</h1>
        <SegmentedControl value={which} onChange={(value) => setWhich(value as Which)} aria-label={t('library.title')} data={FILTERS.map((each) => ({ value: each, label: `${t(`library.${each}`)} ${format.number(count(each))}` }))} />
        <span className="grow" />
        <TextInput leftSection={<IconSearch size={14} stroke={1.75} />} placeholder={t('library.search')} aria-label={t('library.search')} data-find value={word} onChange={(event) => setWord(event.currentTarget.value)} w={260} />
      </div>
      {rows && shown.length === 0 ? (
        <EmptyState icon={IconBooks} title={word.trim() === '' ? t('library.empty') : t('library.nothing')} body={word.trim() === '' ? t('library.emptyBody') : t('library.nothingBody')}>
          {word.trim() === '' ? <Button onClick={() => openComposer({ kind: 'new' })}>{t('shell.newPost')}</Button> : <Button variant="default" onClick={() => setWord('')}>{t('library.clear')}</Button>}
        </EmptyState>
      ) : (
        <VList style={{ flex: 1 }}>
          {shown.map((each) => (
            <div key={each.id} className="library-row" data-id={each.id}>
              <TierMark policy={account.policy} post={each} hollow={each.state === 'draft'} />
              <button type="button" className="link-button clip grow" dir="auto" onClick={() => openComposer({ kind: 'edit', id: each.id })}>{each.kind === 'repost' ? t('composer.repostOf', { username: each.target?.username ?? '…' }) : each.text.trim() === '' ? t('calendar.noText') : `${each.kind === 'reply' ? `↩ @${each.target?.username ?? '…'} · ` : ''}${each.text.replace(/\s+/g, ' ')}`}</button>
              <span className="quiet nowrap">{format.number(weightedLength(each.text.slice(0, 5000)))}</span>
              <span className="library-state nowrap">{t(`calendar.state.${each.state}`)}{each.sentAt ?? each.dueAt ? ` · ${format.when(each.sentAt ?? each.dueAt ?? 0)}` : ''}</span>
              <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconPencil size={13} stroke={1.75} />} onClick={() => openComposer({ kind: 'edit', id: each.id })}>{t('library.open')}</Button>
              <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconCopy size={13} stroke={1.75} />} onClick={() => copy.mutate({ id: each.id }, { onSuccess: (made) => openComposer({ kind: 'edit', id: made.id }), onError: toast.failed })}>{t('library.variation')}</Button>
            </div>
          ))}
        </VList>
      )}
    </div>
  );
}
