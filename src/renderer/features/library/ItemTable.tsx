import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VList, type VListHandle } from 'virtua';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { RatioPolicy } from '../../../shared/domain/types.ts';
import { TierBadge } from '../../ui/bits.tsx';
import { firstOrder, type Order, type SortBy } from './items.ts';
import type { ItemWords } from './useItemWords.ts';

/** What a row of the table is high, px (LOOK). */
export const ROW_PX = 33;
const COLUMNS: readonly { by: SortBy; right?: true }[] = [
  { by: 'tier' }, { by: 'title' }, { by: 'theme' }, { by: 'published', right: true }, { by: 'expires', right: true }, { by: 'shares', right: true },
  { by: 'last', right: true }, { by: 'views', right: true }, { by: 'interactions', right: true }, { by: 'clicks', right: true }, { by: 'z7', right: true },
];

interface RowProps {
  item: LibraryItem;
  index: number;
  policy: RatioPolicy;
  words: ItemWords;
  now: number;
  selected: boolean;
  chosen: boolean;
  /** Web statistics tell of some item. */
  withClicks: boolean;
  reached: boolean;
  onSelect: (id: string) => void;
  onChoose: (id: string) => void;
  chooseWords: string;
}
const Row = memo(function Row({ item, index, policy, words, now, selected, chosen, withClicks, reached, onSelect, onChoose, chooseWords }: RowProps) {
  return (
    <div
      role="row" aria-rowindex={index + 2} aria-selected={selected} tabIndex={reached ? 0 : -1} className={`item-row${selected ? ' selected' : ''}${chosen ? ' chosen' : ''}`} data-testid="item-row" data-id={item.id}
      onClick={() => onSelect(item.id)}
    >
      <span role="gridcell" className="item-mark"><input type="checkbox" tabIndex={-1} checked={chosen} aria-label={`${chooseWords}: ${item.title}`} onChange={() => onChoose(item.id)} onClick={(event) => event.stopPropagation()} /><TierBadge policy={policy} tier={item.tier} /></span>
      <span role="gridcell" className="clip item-title" dir="auto" title={item.title}>{item.title}</span>
      <span role="gridcell" className="clip of-theme">{item.theme}</span>
      <span role="gridcell" className="right of-published">{item.publishedOn === null ? words.figure(null) : words.day(item.publishedOn, now)}</span>
      <span role="gridcell" className="right of-expires">{item.expiresOn === null ? words.figure(null) : words.day(item.expiresOn, now)}</span>
      <span role="gridcell" className="right">{words.format.number(item.shares)}</span>
      <span role="gridcell" className={item.lastSharedAt === null ? 'right quiet' : 'right'}>{words.last(item, now)}</span>
      <span role="gridcell" className="right">{words.figure(item.views)}</span>
      <span role="gridcell" className="right of-interactions">{words.figure(item.interactions)}</span>
      {withClicks ? <span role="gridcell" className="right of-clicks">{words.figure(item.clicks)}</span> : null}
      <span role="gridcell" className="right of-z7">{words.score(item.z7)}</span>
    </div>
  );
});

/** The items as a table: only the rows on show are drawn, so that 5,000 scroll as ten do (LOOK, 09 library). */
export function ItemTable({ items, policy, words, now, order, onOrder, selectedId, chosen, onSelect, onChoose, list }: {
  items: readonly LibraryItem[]; policy: RatioPolicy; words: ItemWords; now: number; order: Order; onOrder: (order: Order) => void;
  selectedId: string | null; chosen: ReadonlySet<string>; onSelect: (id: string) => void; onChoose: (id: string) => void; list: RefObject<VListHandle | null>;
}) {
  const { t } = useTranslation();
  const chooseWords = t('library.choose');
  const table = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const rows = table.current?.querySelector('.item-head + div');
    if (!rows) return undefined;
    const watch = new ResizeObserver(() => setRoom(rows.clientHeight));
    watch.observe(rows);
    return () => watch.disconnect();
  }, []);
  const withClicks = items.some((each) => each.clicks !== null);
  const reachedId = items.some((each) => each.id === selectedId) ? selectedId : (items[0]?.id ?? null);
  return (
    <div ref={table} className={`item-table${chosen.size > 0 ? ' choosing' : ''}${withClicks ? ' with-clicks' : ''}${items.length * ROW_PX <= room ? ' fits' : ''}`} role="grid" aria-label={t('library.title')} aria-rowcount={items.length + 1} aria-multiselectable="true" data-testid="item-table">
      <div role="row" aria-rowindex={1} className="item-head">
        {COLUMNS.filter(({ by }) => withClicks || by !== 'clicks').map(({ by, right }) => {
          const here = order.by === by;
          const Arrow = order.down ? IconArrowDown : IconArrowUp;
          return (
            <span key={by} role="columnheader" aria-sort={here ? (order.down ? 'descending' : 'ascending') : 'none'} className={`${right ? 'right' : ''} of-${by}`}>
              <button type="button" title={t(`library.sortBy.${by}`)} data-testid={`sort-${by}`} onClick={() => onOrder(here ? { by, down: !order.down } : firstOrder(by))}>
                {by === 'tier' ? <span className="sr">{t('library.tier')}</span> : t(`library.column.${by}`)}{here ? <Arrow size={11} stroke={2} aria-hidden="true" /> : null}
              </button>
            </span>
          );
        })}
      </div>
      <VList ref={list} style={{ flex: 1 }} itemSize={ROW_PX} data={items}>
        {(item, i) => <Row key={item.id} item={item} index={i} policy={policy} words={words} now={now} selected={item.id === selectedId} chosen={chosen.has(item.id)} withClicks={withClicks} reached={item.id === reachedId} onSelect={onSelect} onChoose={onChoose} chooseWords={chooseWords} />}
      </VList>
    </div>
  );
}
