import type { OutputOf } from '../../../shared/contract/index.ts';
import type { RpcClient } from '../../rpc/client.ts';

/** Posts of the first page of a column. */
export const FIRST_PAGE = 50;
type Page = OutputOf<'columns.page'>;
interface Kept {
  columnId: string;
  page: Page;
  /** Something changed after it was asked for. */
  stale: boolean;
  stop: () => void;
}
let kept: Kept | null = null;

/** Keeps a page that was asked for before the column is drawn, and notices when it grows old meanwhile. */
export async function keepFirst(rpc: RpcClient, columnId: string, asked: Promise<Page>): Promise<void> {
  let stale = false;
  const old = (): void => {
    stale = true;
    if (kept) kept.stale = true;
  };
  const stops = [rpc.onEvent('column.updated', (event) => { if (event.column.id === columnId && (event.newPosts > 0 || !event.column.loading)) old(); }), rpc.onEvent('mutes.changed', old), rpc.onMissed(old)];
  const stop = (): void => { for (const each of stops) each(); };
  try {
    const page = await asked;
    kept = { columnId, page, stale, stop };
  } catch {
    stop();
  }
}
/** The page of this column, where one was kept. */
export const firstPageOf = (columnId: string): Page | null => (kept?.columnId === columnId ? kept.page : null);
/** The column listens by itself now: was its page still right until here? */
export function letFirstGo(columnId: string): boolean {
  if (kept?.columnId !== columnId) return true;
  const right = !kept.stale;
  kept.stop();
  kept = null;
  return right;
}
