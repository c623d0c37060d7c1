import type { QueryClient } from '@tanstack/react-query';
import { isNetworkSource } from '../../shared/contract/columns.ts';
import type { InputOf, OutputOf, QueryName } from '../../shared/contract/index.ts';
import { FIRST_PAGE, keepFirst } from '../features/deck/firstPage.ts';
import type { RpcClient } from '../rpc/client.ts';
import { DUE_SOON, SCHEDULED_LIST, UNREAD } from './firstQueries.ts';

/** The window is drawn without what has not come by then, ms after settings and columns have. */
const REST_MS = 300;

/** Resolves when the host will not talk to this window: that is said, not waited for. */
function refused(rpc: RpcClient): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (rpc.connection.state !== 'refused') return;
      stop();
      resolve();
    };
    const stop = rpc.watch(look);
    look();
  });
}

/**
 * Asks for what the first drawing shows before anything is drawn: one drawing of all of it takes a third of the time of five, each with
 * its own layout. Never rejects: what fails is asked again by who shows it.
 */
export async function readAhead(rpc: RpcClient, cache: QueryClient): Promise<void> {
  const ask = <M extends QueryName>(method: M, input: InputOf<M>): Promise<OutputOf<M>> => cache.fetchQuery({ queryKey: [method, input], queryFn: () => rpc.query(method, input) });
  const all = async (): Promise<void> => {
    const [settings, accounts, columns] = await Promise.all([ask('settings.get', {}), ask('accounts.list', {}), ask('columns.list', {})]);
    const account = accounts.find((each) => each.id === settings.currentAccountId) ?? accounts[0];
    if (!account || settings.lang === null) return;
    const first = columns.find((each) => !each.group?.collapsed);
    const rest: Promise<unknown>[] = [
      ask('sync.status', {}), ask('scheduler.status', {}), ask('secrets.status', {}), ask('inbox.list', UNREAD(account.id)), ask('planning.context', { accountId: account.id }), ask('publications.list', DUE_SOON(account.id)),
      ...(columns.some((each) => each.source.kind === 'scheduled') ? [ask('publications.list', SCHEDULED_LIST(account.id))] : []),
    ];
    // One that opens further down reads its pages by itself.
    if (first && first.place === null && !first.collapsed && (isNetworkSource(first.source) || first.source.kind === 'local')) rest.push(keepFirst(rpc, first.id, rpc.query('columns.page', { columnId: first.id, limit: FIRST_PAGE })));
    await Promise.race([Promise.allSettled(rest), new Promise((resolve) => { setTimeout(resolve, REST_MS); })]);
  };
  await Promise.race([all().catch(() => undefined), refused(rpc)]);
}
