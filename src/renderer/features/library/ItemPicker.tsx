import '../../styles/library.css';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VList, type VListHandle } from 'virtua';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { useNow } from '../../ui/useNow.ts';
import { matches, MOST_DUE, sorted, wordsOf } from './items.ts';
import { useItemWords } from './useItemWords.ts';

const NONE: readonly LibraryItem[] = [];
const OPTION_PX = 38;

/** A searchable list of the items of one tier, to choose one from: arrows and Enter, or a click; Esc leaves it to who opened it. */
export function ItemPicker({ account, tier, theme, currentId, used, onPick, label }: { account: Account; tier: string; /** Its items come first. */ theme: string; currentId: string | null; /** Where else an item stands, in words. */ used: ReadonlyMap<string, string>; onPick: (item: LibraryItem) => void; label: string }) {
  const { t, i18n } = useTranslation();
  const words = useItemWords(account, useFormat(account.zone));
  const items = useRpcQuery('library.list', { accountId: account.id }).data ?? NONE;
  const minute = Math.floor(useNow() / 60_000) * 60_000;
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<VListHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const shown = useMemo(() => {
    const wanted = wordsOf(search);
    const due = sorted(items.filter((item) => item.tier === tier && matches(item, wanted)), MOST_DUE, [], minute, account.zone, i18n.language);
    return [...due.filter((item) => item.theme === theme), ...due.filter((item) => item.theme !== theme)];
  }, [items, tier, theme, search, minute, account.zone, i18n.language]);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = event.key === 'ArrowDown' ? Math.min(shown.length - 1, at + 1) : event.key === 'ArrowUp' ? Math.max(0, at - 1) : null;
    const picked = event.key === 'Enter' && !event.ctrlKey && !event.metaKey ? shown[at] : undefined;
    if (to !== null) {
      setAt(to);
      list.current?.scrollToIndex(to, { align: 'nearest' });
    } else if (picked) onPick(picked);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="item-picker" data-testid="item-picker">
      <TextInput ref={field} leftSection={<IconSearch size={13} stroke={1.75} />} placeholder={t('library.searchItems')} aria-label={label} role="combobox" aria-expanded="true" aria-controls={`${id}-list`} aria-activedescendant={shown[at] ? `${id}-${at}` : undefined} value={search} data-testid="picker-search" onKeyDown={onKeyDown} onChange={(event) => { setSearch(event.currentTarget.value); setAt(0); }} />
      {shown.length === 0 ? <p className="quiet">{t(items.some((item) => item.tier === tier) ? 'library.nothing' : 'library.noneOfTier')}</p> : null}
      <VList ref={list} id={`${id}-list`} role="listbox" aria-label={label} tabIndex={-1} style={{ flex: 1 }} itemSize={OPTION_PX} data={shown}>
        {(item, i) => (
          <div key={item.id} id={`${id}-${i}`} role="option" aria-selected={i === at} className={i === at ? 'picker-row on' : 'picker-row'} data-testid="picker-row" onClick={() => onPick(item)}>
            <span className="clip" dir="auto">{item.title}</span>
            <span className="clip quiet">{[item.id === currentId ? t('library.chosenHere') : (used.get(item.id) ?? ''), item.nextDueAt === null ? words.last(item, minute) : t('library.plannedFor', { when: words.format.when(item.nextDueAt) }), item.theme].filter((each) => each !== '').join(' · ')}</span>
          </div>
        )}
      </VList>
    </div>
  );
}
