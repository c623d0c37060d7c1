import { Button, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, type ColumnGroup, GROUP_COLORS } from '../../../shared/contract/columns.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { useToast } from '../../ui/useToast.tsx';

/** The group a column belongs to: a name and a colour; columns of one name are one group. */
export function GroupOption({ column }: { column: Column }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const all = useRpcQuery('columns.list', {}).data ?? [];
  const [name, setName] = useState(column.group?.name ?? '');
  useEffect(() => setName(column.group?.name ?? ''), [column.group?.name]);
  const names = [...new Set(all.flatMap((each) => (each.group ? [each.group.name] : [])))];
  const put = (group: { name: string; color: ColumnGroup['color'] } | null): void => {
    rpc.command('columns.setGroup', { columnId: column.id, group }).then(({ undoId }) => toast.done(t('deck.group.changed'), { undoId }), toast.failed);
  };
  const typed = name.trim();
  const same = typed === (column.group?.name ?? '');
  // A known group keeps its colour; a new one takes the first that is free.
  const colorOf = (wanted: string): ColumnGroup['color'] => all.find((each) => each.group?.name === wanted)?.group?.color ?? GROUP_COLORS.find((color) => !all.some((each) => each.group?.color === color)) ?? 'teal';
  return (
    <>
      <form onSubmit={(event) => { event.preventDefault(); if (!same) put(typed === '' ? null : { name: typed, color: colorOf(typed) }); }}>
        <span className="label">{t('deck.group.title')}</span>
        <TextInput className="grow" aria-label={t('deck.group.name')} placeholder={t('deck.group.none')} value={name} maxLength={40} list={`groups-${column.id}`} onChange={(event) => setName(event.currentTarget.value)} data-testid="group-name" />
        <datalist id={`groups-${column.id}`}>{names.map((each) => <option key={each} value={each} />)}</datalist>
        <Button type="submit" variant="default" size="compact-sm" disabled={same} data-testid="group-apply">{t('deck.changeQuery')}</Button>
      </form>
      {column.group ? (
        <div role="group" aria-label={t('deck.group.color')}>
          <span className="label">{t('deck.group.color')}</span>
          {GROUP_COLORS.map((color) => <button key={color} type="button" className="group-color" data-color={color} aria-pressed={column.group?.color === color} aria-label={t(`deck.group.colors.${color}`)} title={t(`deck.group.colors.${color}`)} onClick={() => { if (column.group) put({ name: column.group.name, color }); }} />)}
        </div>
      ) : null}
    </>
  );
}
