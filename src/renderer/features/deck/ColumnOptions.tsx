import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconLayoutSidebarLeftCollapse, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Column, isNetworkSource } from '../../../shared/contract/columns.ts';

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
}

/** The options of a column, inside it (UX, deck). */
export function ColumnOptions({ column, index, count, onWidth, onMove, onCollapse, onRefresh, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <div className="column-options" data-testid="options-panel">
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
