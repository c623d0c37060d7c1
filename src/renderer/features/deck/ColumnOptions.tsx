import { ActionIcon, Button, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { IconBell, IconChevronLeft, IconChevronRight, IconLayoutSidebarLeftCollapse, IconRefresh, IconTrash, IconVolume } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, isNetworkSource } from '../../../shared/contract/columns.ts';
import { useRpcCommand } from '../../rpc/hooks.ts';
import { useToast } from '../../ui/useToast.tsx';
import { ColumnFilters, FilterCount, NOTHING_TYPED } from './ColumnFilters.tsx';
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

/** What it does when something new comes: off until it is wanted. */
function Alerts({ column }: { column: Column }) {
  const { t } = useTranslation();
  const toast = useToast();
  const set = useRpcCommand('columns.setAlerts');
  const put = (patch: Partial<Column['alerts']>): void => set.mutate({ columnId: column.id, alerts: patch }, { onError: toast.failed });
  return (
    <div className="options-alerts" role="group" aria-label={t('deck.alerts.title')}>
      <span className="label">{t('deck.alerts.title')}</span>
      <IconVolume size={15} stroke={1.75} aria-hidden="true" /><Switch size="xs" labelPosition="left" label={t('deck.alerts.sound')} title={t('deck.alerts.soundWhy')} checked={column.alerts.sound} onChange={(event) => put({ sound: event.currentTarget.checked })} data-testid="alert-sound" />
      <span className="grow" />
      <IconBell size={15} stroke={1.75} aria-hidden="true" /><Switch size="xs" labelPosition="left" label={t('deck.alerts.notice')} title={t('deck.alerts.noticeWhy')} checked={column.alerts.notice} onChange={(event) => put({ notice: event.currentTarget.checked })} data-testid="alert-notice" />
    </div>
  );
}

/** The options of a column, inside it (UX, deck). */
export function ColumnOptions({ column, index, count, onWidth, onMove, onCollapse, onRefresh, onRemove, onQuery }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(NOTHING_TYPED);
  return (
    <div className="column-options" data-testid="options-panel">
      {column.source.kind === 'search' ? <Query now={column.source.query} onQuery={onQuery} /> : null}
      {column.source.kind === 'scheduled' ? null : <ColumnFilters column={column} typed={typed} onType={setTyped} />}
      {isNetworkSource(column.source) ? <Alerts column={column} /> : null}
      <GroupOption column={column} />
      <div>
        <span className="label" id={`width-${column.id}`}>{t('deck.width')}</span>
        <SegmentedControl aria-labelledby={`width-${column.id}`} value={nearest(column.width)} onChange={(value) => onWidth(WIDTHS[value as Width])} data={(['narrow', 'medium', 'wide'] as const).map((each) => ({ value: each, label: t(`deck.widths.${each}`) }))} />
      </div>
      <div>
        <span className="label">{t('deck.columnItself')}</span>
        <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconLayoutSidebarLeftCollapse size={14} stroke={1.75} />} onClick={onCollapse}>{t('deck.collapse')}</Button>
        {isNetworkSource(column.source) ? <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconRefresh size={14} stroke={1.75} />} onClick={onRefresh} data-testid="column-refresh">{t('deck.refresh')}</Button> : null}
      </div>
      <div className="options-foot">
        <ActionIcon size={24} aria-label={t('deck.moveLeft')} title={t('deck.moveLeft')} disabled={index === 0} onClick={() => onMove(index - 1)}><IconChevronLeft size={15} stroke={1.75} /></ActionIcon>
        <ActionIcon size={24} aria-label={t('deck.moveRight')} title={t('deck.moveRight')} disabled={index === count - 1} onClick={() => onMove(index + 1)}><IconChevronRight size={15} stroke={1.75} /></ActionIcon>
        <span className="quiet">{t('deck.move')}</span>
        {column.source.kind === 'scheduled' ? null : <FilterCount column={column} typed={typed} />}
        <span className="grow" />
        <Button variant="default" color="red" size="compact-xs" c="var(--error)" leftSection={<IconTrash size={14} stroke={1.75} />} onClick={onRemove} data-testid="column-remove">{t('deck.remove')}</Button>
      </div>
    </div>
  );
}
