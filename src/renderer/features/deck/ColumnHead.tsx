import { ActionIcon } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconAt, IconChecks, IconClockHour4, IconFilter, IconHome, IconListSearch, IconSearch, IconSend } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { type Column, isNetworkSource } from '../../../shared/contract/columns.ts';
import { isNoFilter } from '../../../shared/domain/columnFilter.ts';
import type { Format } from '../../ui/format.ts';
import { useAccounts } from '../../ui/useAccounts.ts';

export const COLUMN_ICONS = { home: IconHome, mentions: IconAt, own: IconSend, search: IconSearch, scheduled: IconClockHour4, local: IconListSearch };

/** How fresh a column is, or since when it is not, and when it goes on. */
function useFreshness(column: Column, format: Format, now: number): { words: string; bad: boolean } {
  const { t } = useTranslation();
  if (column.error?.code === 'secrets_locked') return { words: t('deck.keysLocked'), bad: true };
  if (column.error?.resumesAt) return { words: t('deck.resumes', { time: format.time(column.error.resumesAt) }), bad: true };
  if (column.error) return { words: t('deck.offlineSince', { time: format.time(column.error.since) }), bad: true };
  if (column.refreshedAt === null) return { words: column.loading ? t('deck.loading') : t('deck.never'), bad: false };
  return { words: now - column.refreshedAt < 60_000 ? t('deck.now') : format.ago(column.refreshedAt, now), bad: false };
}

interface Props {
  column: Column;
  account: Account | undefined;
  index: number;
  title: string;
  format: Format;
  now: number;
  optionsOpen: boolean;
  ref: Ref<HTMLElement>;
  onClear: () => void;
  onOptions: () => void;
  onFold: () => void;
  /** What stands in the second line in place of account and freshness. */
  facts?: ReactNode;
}

/** Two lines, all facts: kind, unread, number, title; account, freshness, price a day (UX, deck). It is what drags the column. */
export function ColumnHead({ column, account, index, title, format, now, optionsOpen, ref, onClear, onOptions, onFold, facts }: Props) {
  // A practice account may have the name of a real one.
  const several = useAccounts().accounts.length > 1;
  const { t } = useTranslation();
  const Icon = COLUMN_ICONS[column.source.kind];
  const fresh = useFreshness(column, format, now);
  const local = column.source.kind === 'local';
  return (
    <header className="column-head" ref={ref}>
      <Icon size={16} stroke={1.75} aria-hidden="true" />
      <div className="column-title">
        {column.unread > 0 ? <span className="count" title={t('deck.unread', { count: column.unread })}>{column.unread > 99 ? '99+' : column.unread}</span> : null}
        <span className="column-n" aria-hidden="true">{index + 1}</span>
        <h2 className="clip" title={title}>{title}</h2>
      </div>
      <div style={{ display: 'flex', gap: 2 }}>
        {isNetworkSource(column.source) ? <ActionIcon size={24} aria-label={t('deck.clearTitle')} title={t('deck.clearTitle')} onClick={onClear} disabled={column.unread === 0} data-testid="column-clear"><IconChecks size={16} stroke={1.75} /></ActionIcon> : null}
        <ActionIcon size={24} aria-label={t('deck.options')} title={t('deck.options')} aria-expanded={optionsOpen} variant={optionsOpen ? 'light' : 'subtle'} color={optionsOpen ? 'teal' : 'gray'} data-testid="column-options" onClick={onOptions}><IconAdjustmentsHorizontal size={16} stroke={1.75} /></ActionIcon>
      </div>
      <div className="column-sub">
        {column.group ? <button type="button" className="group-chip" data-color={column.group.color} title={t('deck.group.fold', { name: column.group.name })} aria-label={t('deck.group.fold', { name: column.group.name })} data-testid="group-fold" onClick={onFold}><span className="clip">{column.group.name}</span></button> : null}
        {isNoFilter(column.filter) ? null : <span className="filter-mark" title={t('deck.filter.on')}><IconFilter size={12} stroke={2} aria-label={t('deck.filter.on')} /></span>}
        {facts ?? (
          <>
            <span className="clip">@{account?.username ?? ''}{several && account?.network === 'practice' ? ` (${t('shell.practice')})` : ''}</span>
            <span>·</span>
            {local ? <span className="clip">{t('deck.localFree')}</span> : <span className={fresh.bad ? 'bad nowrap' : 'nowrap'} aria-live="off">{fresh.words}</span>}
            <span className="grow" />
            {column.usdPerDay > 0 ? <span className="nowrap">{t('deck.perDay', { usd: format.usd(column.usdPerDay) })}</span> : null}
          </>
        )}
      </div>
    </header>
  );
}
