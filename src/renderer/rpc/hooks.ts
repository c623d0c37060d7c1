import { type QueryClient, useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import type { AppError } from '../../shared/contract/errors.ts';
import { type CommandName, type EventName, type EventPayload, type InputOf, INVALIDATES, type OutputOf, type QueryName } from '../../shared/contract/index.ts';
import type { Connection, RpcClient } from './client.ts';

export const RpcContext = createContext<RpcClient | null>(null);
export function useRpc(): RpcClient {
  const client = useContext(RpcContext);
  if (!client) throw new Error('no RpcContext above');
  return client;
}
/** Reads a query; kept until an event makes it stale (ARCHITECTURE §8). Query key: [method, input]. */
export function useRpcQuery<M extends QueryName>(method: M, input: InputOf<M>, options: { enabled?: boolean } = {}): UseQueryResult<OutputOf<M>, AppError> {
  const rpc = useRpc();
  return useQuery<OutputOf<M>, AppError>({ queryKey: [method, input], queryFn: ({ signal }) => rpc.query(method, input, signal), enabled: options.enabled ?? true });
}
/** Runs a command; `mutateAsync(input)` rejects with AppError. */
export function useRpcCommand<M extends CommandName>(method: M) {
  const rpc = useRpc();
  return useMutation<OutputOf<M>, AppError, InputOf<M>>({ mutationFn: (input) => rpc.command(method, input) });
}
export function useRpcEvent<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): void {
  const rpc = useRpc();
  useEffect(() => rpc.onEvent(name, listener), [rpc, name, listener]);
}
export function useConnection(): Connection {
  const rpc = useRpc();
  return useSyncExternalStore(
    (listener) => rpc.watch(listener),
    () => rpc.connection,
  );
}
/** Ties events to the cache: one table says what becomes stale. */
export function connectCache(rpc: Pick<RpcClient, 'onAnyEvent' | 'onMissed'>, cache: QueryClient): void {
  rpc.onAnyEvent((name) => {
    for (const method of INVALIDATES[name]) makeStale(cache, [method]);
  });
  rpc.onMissed(() => makeStale(cache, []));
}
/** A first answer that is still on its way may be older than what just happened; the cache would take it for fresh, so it is asked once more. */
function makeStale(cache: QueryClient, queryKey: readonly unknown[]): void {
  const first = cache.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' }).filter((query) => query.state.data === undefined);
  void cache.invalidateQueries({ queryKey });
  for (const query of first) {
    void query.fetch().catch(() => undefined).then(() => cache.invalidateQueries({ queryKey: query.queryKey, exact: true }));
  }
}
