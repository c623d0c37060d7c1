import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Column } from '../../../shared/contract/columns.ts';
import type { EventPayload } from '../../../shared/contract/index.ts';
import { useRpcEvent } from '../../rpc/hooks.ts';

/** Keeps the heads of all columns as they are, on every screen: the bar says how fresh they are. */
export function useColumnsCache(): void {
  const cache = useQueryClient();
  useRpcEvent('column.updated', useCallback((event: EventPayload<'column.updated'>) => {
    cache.setQueryData<Column[]>(['columns.list', {}], (old) => old?.map((each) => (each.id === event.column.id ? event.column : each)));
  }, [cache]));
}
