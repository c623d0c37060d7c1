import { useTranslation } from 'react-i18next';
import type { Column, ColumnGroup } from '../../../shared/contract/columns.ts';

/** A folded group: its name, how many columns it holds and what is unread in them. */
export function GroupStrip({ group, columns, onOpen }: { group: ColumnGroup; columns: readonly Column[]; onOpen: (name: string, collapsed: boolean) => void }) {
  const { t } = useTranslation();
  const unread = columns.reduce((sum, column) => sum + column.unread, 0);
  return (
    <section className="column collapsed" aria-label={t('deck.group.strip', { name: group.name, count: columns.length })} data-testid="group-strip">
      <button type="button" className="column-strip" data-color={group.color} aria-label={t('deck.group.unfold', { name: group.name })} onClick={() => onOpen(group.name, false)}>
        {group.name}<span className="quiet">{columns.length}</span>{unread > 0 ? <span className="count">{unread > 99 ? '99+' : unread}</span> : null}
      </button>
    </section>
  );
}
