import { create } from 'zustand';
import { useView } from '../../app/viewStore.ts';

/** An item that the library is to show, asked for from elsewhere. */
export const useWantedItem = create<{ id: string | null }>(() => ({ id: null }));

export function showItem(id: string): void {
  useWantedItem.setState({ id });
  useView.getState().go('library');
}
