import { create } from 'zustand';
import { useView } from '../../app/viewStore.ts';

/** Words that the calendar's tray is to look for among the items, asked for from elsewhere. */
export const useWantedCard = create<{ words: string | null }>(() => ({ words: null }));

/** Goes to the calendar, with the item's card beside it to be dragged. */
export function showCard(title: string): void {
  useWantedCard.setState({ words: title });
  useView.getState().go('calendar');
}

/** An item that the library is to show, asked for from elsewhere. */
export const useWantedItem = create<{ id: string | null }>(() => ({ id: null }));

export function showItem(id: string): void {
  useWantedItem.setState({ id });
  useView.getState().go('library');
}
