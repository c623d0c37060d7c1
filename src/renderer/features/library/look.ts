import { create } from 'zustand';
import { EVERYTHING, MOST_DUE, type Narrow, type Order } from './items.ts';

interface Look {
  narrow: Narrow;
  order: Order;
}
const FIRST: Look = { narrow: EVERYTHING, order: MOST_DUE };
const useLooks = create<Readonly<Record<string, Look>>>(() => ({}));

/** What of an account's library is shown, and in which order: kept while the window is open, whichever screen is on show. */
export function useLook(accountId: string): Look & { setNarrow: (narrow: Narrow) => void; setOrder: (order: Order) => void } {
  const look = useLooks((looks) => looks[accountId]) ?? FIRST;
  const set = (patch: Partial<Look>): void => useLooks.setState((looks) => ({ [accountId]: { ...(looks[accountId] ?? FIRST), ...patch } }));
  return { ...look, setNarrow: (narrow) => set({ narrow }), setOrder: (order) => set({ order }) };
}
