import '../../styles/library.css';
import { Button, TextInput } from '@mantine/core';
import { IconBooks, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { VList } from 'virtua';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { dayOf } from '../../../shared/domain/time.ts';
import { useView } from '../../app/viewStore.ts';
import { useKeyOf } from '../../hotkeys/Key.tsx';
import { meaningOf } from '../../hotkeys/keys.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { TierBadge } from '../../ui/bits.tsx';
import { useNow } from '../../ui/useNow.ts';
import { DRAG_TYPE } from '../calendar/Chip.tsx';
import { useDrag } from '../calendar/dragStore.ts';
import type { Kit } from '../calendar/kit.ts';
import type { Move } from '../calendar/useMove.ts';
import { asDraft } from './asDraft.ts';
import { isExpired, isRested, matches, MOST_DUE, sorted, wordsOf } from './items.ts';
import { type ItemWords, useItemWords } from './useItemWords.ts';
import { showItem, useWantedCard } from './wantedItem.ts';

const NONE: readonly LibraryItem[] = [];
const CARD_PX = 49;

function ItemCard({ item, account, kit, move, words, now }: { item: LibraryItem; account: Account; kit: Kit; move: Move; words: ItemWords; now: number }) {
  const { t } = kit;
  const keyOf = useKeyOf();
  const lift = (): ReturnType<typeof asDraft> => asDraft(item, account);
  return (
    <div className="tray-item">
      <button
        type="button" className="draft-card" data-testid="library-card" data-id={`item:${item.id}`} draggable data-tier={kit.color(item.tier)} title={item.title} aria-description={t('library.keysCard', { key: keyOf('m') })}
        onClick={() => showItem(item.id)}
        onKeyDown={(event) => { if (meaningOf(event) === 'm' && !useDrag.getState().subject) { event.preventDefault(); event.stopPropagation(); move.grab(lift(), 'keys'); } }}
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAG_TYPE, `item:${item.id}`);
          event.dataTransfer.effectAllowed = 'copyMove';
          move.lift(lift());
        }}
        onDragEnd={move.end}
      >
        <TierBadge policy={account.policy} tier={item.tier} />
        <span className="clip">{item.title}</span>
        <span className="card-why clip">{[item.nextDueAt === null ? words.last(item, now) : t('library.plannedFor', { when: kit.format.when(item.nextDueAt) }), item.theme].filter((each) => each !== '').join(' · ')}</span>
      </button>
    </div>
  );
}

/** Items whose turn it is, to be dragged onto the calendar as drafts are; a search looks through all of them. */
export function TrayLibrary({ account, kit, move }: { account: Account; kit: Kit; move: Move }) {
  const { t } = kit;
  const go = useView((state) => state.go);
  const words = useItemWords(account, kit.format);
  const asked = useRpcQuery('library.list', { accountId: account.id }).data;
  const items = asked ?? NONE;
  const minute = Math.floor(useNow() / 60_000) * 60_000;
  const [search, setSearch] = useState(() => useWantedCard.getState().words ?? '');
  useEffect(() => useWantedCard.setState({ words: null }), []);
  const shown = useMemo(() => {
    const wanted = wordsOf(search);
    const today = dayOf(minute, account.zone);
    const fit = items.filter((item) => !isExpired(item, today) && (wanted.length > 0 ? matches(item, wanted) : item.nextDueAt === null && isRested(item, minute)));
    return sorted(fit, MOST_DUE, [], minute, account.zone, kit.lang);
  }, [items, search, minute, account.zone, kit.lang]);
  if (asked?.length === 0) {
    return <div className="tray-empty"><IconBooks size={22} stroke={1.5} aria-hidden="true" /><p>{t('library.trayBare')}</p><Button size="compact-xs" variant="default" onClick={() => go('library')}>{t('library.trayGo')}</Button></div>;
  }
  return (
    <div className="tray-library" data-testid="tray-library">
      <TextInput leftSection={<IconSearch size={13} stroke={1.75} />} placeholder={t('library.searchItems')} aria-label={t('library.searchItems')} value={search} data-testid="tray-search" onChange={(event) => setSearch(event.currentTarget.value)} />
      <p className="tray-hint">{shown.length === 0 ? t(search.trim() === '' ? 'library.trayNone' : 'library.nothing') : search.trim() === '' ? t('library.trayHint', { count: shown.length, n: kit.format.number(shown.length) }) : t('library.count', { count: shown.length, n: kit.format.number(shown.length) })}</p>
      <VList style={{ flex: 1 }} itemSize={CARD_PX} data={shown}>{(item) => <ItemCard key={item.id} item={item} account={account} kit={kit} move={move} words={words} now={minute} />}</VList>
    </div>
  );
}
