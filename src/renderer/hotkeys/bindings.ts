import { create } from 'zustand';
import type { ChangedKeys } from '../../shared/domain/hotkeys.ts';

/** The keys the user changed, as the settings say; empty until they are read. */
export const useBindings = create<{ changed: ChangedKeys }>(() => ({ changed: {} }));
