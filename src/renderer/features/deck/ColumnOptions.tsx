import { ActionIcon, Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconLayoutSidebarLeftCollapse, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, isNetworkSource } from '../../../shared/contract/columns.ts';
import { ColumnFilters } from './ColumnFilters.tsx';
import { GroupOption } from './GroupOption.tsx';

/** Widths that the options offer, CSS px; what is left over is shared by all columns. */
const WIDTHS = { narrow: 280, medium: 340, wide: 400 } as const;
type Width = keyof typeof WIDTHS;
const nearest = (width: number): Width => (width <= 310 ? 'narrow' : width <= 370 ? 'medium' : 'wide');

interface Props {
  column: Column;
  index: number;
  count: number;
  onWidth: (width: number) => void;
  onMove: (toIndex: number) => void;
  onCollapse: () => void;
  onRefresh: () => void;
  onRemove: () => void;
  onQuery: (query: string) => void;
}

/** Other words for a search. */
function Query({ now, onQuery }: { now: string; onQuery: (query: string) => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState(now);
  const wanted = query.trim();
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (wanted !== '' && wanted !== now) onQuery(wanted); }}>
      <TextInput className="grow" aria-label={t('deck.query')} title={t('deck.queryHint')} value={query} maxLength={512} data-testid="options-query" onChange={(event) => setQuery(event.currentTarget.value)} />
      <Button type="submit" variant="default" size="compact-sm" disabled={wanted === '' || wanted === now} data-testid="options-query-apply">{t('deck.changeQuery')}</Button>
    </form>
  );
}

/** The options of a column, inside it (UX, deck). */
export function ColumnOptions({ column, index, count, onWidth, onMove, onCollapse, onRefresh, onRemove, onQuery }: Props) {
  const { t } = useTranslation();
  return (
    <div className="column-options" data-testid="options-panel">
      {column.source.kind === 'search' ? <Query now={column.source.query} onQuery={onQuery} /> : null}
      {column.source.kind === 'scheduled' ? null : <ColumnFilters column={column} />}
      <GroupOption column={column} />
      <div>
        <span className="label" id={`width-${column.id}`}>{t('deck.width')}</span>
        <SegmentedControl aria-labelledby={`width-${column.id}`} value={nearest(column.width)} onChange={(value) => onWidth(WIDTHS[value as Width])} data={(['narrow', 'medium', 'wide'] as const).map((each) => ({ value: each, label: t(`deck.widths.${each}`) }))} />
      </div>
      <div>
        <ActionIcon size={24} aria-label={t('deck.moveLeft')} title={t('deck.moveLeft')} disabled={index === 0} onClick={() => onMove(index - 1)}><IconArrowLeft size={15} stroke={1.75} /></ActionIcon>
        <ActionIcon size={24} aria-label={t('deck.moveRight')} title={t('deck.moveRight')} disabled={index === count - 1} onClick={() => onMove(index + 1)}><IconArrowRight size={15} stroke={1.75} /></ActionIcon>
        <ActionIcon size={24} aria-label={t('deck.collapse')} title={t('deck.collapse')} onClick={onCollapse}><IconLayoutSidebarLeftCollapse size={15} stroke={1.75} /></ActionIcon>
        {isNetworkSource(column.source) ? <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconRefresh size={14} stroke={1.75} />} onClick={onRefresh}>{t('deck.refresh')}</Button> : null}
        <span className="grow" />
        <Button variant="default" color="red" size="compact-xs" c="var(--error)" leftSection={<IconTrash size={14} stroke={1.75} />} onClick={onRemove} data-testid="column-remove">{t('deck.remove')}</Button>
      </div>
    </div>
  );
}
