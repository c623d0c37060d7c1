import { useCallback } from 'react';
import type { EventPayload } from '../../shared/contract/index.ts';
import { useRpcEvent } from '../rpc/hooks.ts';
import { openPalette } from './paletteStore.ts';
import { useView } from './viewStore.ts';

/** What was chosen in the host's menu, tray or notification happens here. */
export function useHostActs(): void {
  useRpcEvent('host.chose', useCallback(({ act }: EventPayload<'host.chose'>) => {
    const view = useView.getState();
    switch (act) {
      case 'newPost': return view.openComposer({ kind: 'new' });
      case 'paste': return view.set({ bulkOpen: true });
      case 'pause': return view.set({ pauseOpen: true });
      case 'keys': return view.set({ keysOpen: true });
      case 'palette': return openPalette();
      default: return view.go(act);
    }
  }, []));
}
