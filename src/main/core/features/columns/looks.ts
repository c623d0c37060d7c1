import { randomUUID } from 'node:crypto';
import { type Column, type ColumnSource, isNetworkSource, type Mute } from '../../../../shared/contract/columns.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import type { AccountsService } from '../accounts/feature.ts';
import { checkTerms } from './filters.ts';
import type { MutesRepository } from './mutesRepository.ts';
import type { ColumnPages } from './pages.ts';
import type { ColumnsRepository, StoredColumn } from './repository.ts';

type Methods = 'columns.setFilter' | 'columns.setAlerts' | 'columns.tryFilter' | 'columns.setGroup' | 'columns.foldGroup' | 'columns.keepPlace' | 'mutes.list' | 'mutes.add' | 'mutes.remove';

interface Parts {
  accounts: () => AccountsService;
  columns: ColumnsRepository;
  mutes: MutesRepository;
  pages: ColumnPages;
  need: (columnId: string) => StoredColumn;
  source: (column: StoredColumn) => ColumnSource;
  view: (column: StoredColumn) => Column;
  poke: () => void;
}

/** How a column looks: its filter, its group, its reading place; and what is left out everywhere. All of it can be taken back. */
export function createLooks(deps: CoreDeps, parts: Parts): { handlers: Pick<Handlers, Methods>; job: Job } {
  const { bus, undo, ports } = deps;
  const { columns, mutes, pages, need, view } = parts;
  const changed = (): void => bus.emit('columns.changed', {});
  const mutesChanged = (): void => {
    bus.emit('mutes.changed', {});
    parts.poke();
  };
  const all = (): Column[] => columns.list().map(view);
  const soonest = (): number | null => mutes.list().reduce<number | null>((least, mute) => (mute.until !== null && (least === null || mute.until < least) ? mute.until : least), null);
  return {
    handlers: {
      'columns.setFilter': ({ columnId, filter }) => {
        const before = need(columnId);
        if (parts.source(before).kind === 'scheduled') throw new AppError('bad_input', { path: 'columnId', detail: 'scheduled' });
        checkTerms([...filter.include, ...filter.exclude]);
        columns.setFilter(columnId, filter);
        changed();
        const undoId = undo.register('filter_changed', () => {
          need(columnId);
          columns.setFilter(columnId, before.filter);
          changed();
        });
        return { column: view(need(columnId)), undoId };
      },
      'columns.setAlerts': ({ columnId, alerts }) => {
        const column = need(columnId);
        if (!isNetworkSource(parts.source(column))) throw new AppError('bad_input', { path: 'columnId', detail: 'nothing new comes' });
        columns.setAlerts(columnId, { sound: alerts.sound ?? column.alerts.sound, notice: alerts.notice ?? column.alerts.notice });
        changed();
        return view(need(columnId));
      },
      'columns.tryFilter': ({ columnId, filter }) => {
        const column = need(columnId);
        checkTerms([...filter.include, ...filter.exclude]);
        return pages.tried(column, parts.source(column), parts.accounts().need(column.accountId), filter);
      },
      'columns.setGroup': ({ columnId, group }) => {
        const before = need(columnId);
        const known = columns.list().find((each) => each.group?.name === group?.name)?.group;
        columns.setGroup(columnId, group && { ...group, collapsed: known?.collapsed ?? false });
        changed();
        const undoId = undo.register('group_changed', () => {
          need(columnId);
          columns.setGroup(columnId, before.group);
          changed();
        });
        return { columns: all(), undoId };
      },
      'columns.foldGroup': ({ name, collapsed }) => {
        columns.foldGroup(name, collapsed);
        changed();
        return all();
      },
      'columns.keepPlace': ({ columnId, place }) => {
        if (isNetworkSource(parts.source(need(columnId))) || place === null) columns.setPlace(columnId, place);
        return { place: need(columnId).place };
      },
      'mutes.list': () => mutes.list().filter((mute) => mute.until === null || mute.until > ports.clock.now()),
      'mutes.add': ({ term, accountId, until }) => {
        if (accountId !== null) parts.accounts().need(accountId);
        checkTerms([term]);
        const now = ports.clock.now();
        if (until !== null && until <= now) throw new AppError('time_in_past');
        const same = mutes.list().filter((each) => each.term === term && each.accountId === accountId);
        const mute: Mute = { id: randomUUID(), accountId, term, until, createdAt: now };
        deps.db.tx(() => {
          for (const old of same) mutes.remove(old.id);
          mutes.insert(mute);
        });
        mutesChanged();
        const undoId = undo.register('mute_added', () => {
          deps.db.tx(() => {
            mutes.remove(mute.id);
            for (const old of same) mutes.insert(old);
          });
          mutesChanged();
        });
        return { mute, undoId };
      },
      'mutes.remove': ({ muteId }) => {
        const mute = mutes.list().find((each) => each.id === muteId);
        if (!mute) throw new AppError('not_found', { what: 'mute' });
        mutes.remove(muteId);
        mutesChanged();
        const undoId = undo.register('mute_removed', () => {
          if (mute.accountId !== null) parts.accounts().need(mute.accountId);
          mutes.insert(mute);
          mutesChanged();
        });
        return { undoId };
      },
    },
    job: {
      name: 'mutes',
      nextDue: soonest,
      run(now) {
        if (mutes.dropOver(now) > 0) bus.emit('mutes.changed', {});
      },
    },
  };
}
