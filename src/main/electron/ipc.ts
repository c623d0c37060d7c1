import { type BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { HostFrame } from '../../shared/contract/frames.ts';
import { ORIGIN } from './protocol.ts';

/** Takes one frame of the window; a greeting is answered at once, all else by events. */
export type Line = (frame: unknown) => HostFrame | null;

/**
 * The one place where the window's frames come in: only our own main frame at app:// is heard (ARCHITECTURE §5). The window
 * is there before core is: its first frames wait for `connect`, in their order.
 */
export function listenToWindow(window: BrowserWindow): { connect(line: Line, refused: () => void): void; end(): void } {
  let stranger = (): void => {};
  let open: (line: Line) => void = () => {};
  const line = new Promise<Line>((resolve) => { open = resolve; });
  const ours = (event: IpcMainInvokeEvent): boolean => event.senderFrame !== null && event.senderFrame === window.webContents.mainFrame && event.senderFrame.url.startsWith(`${ORIGIN}/`);
  ipcMain.handle('parrilla:request', async (event, frame: unknown) => {
    if (ours(event)) return (await line)(frame);
    stranger();
    return null;
  });
  return {
    connect(found, refused) {
      stranger = refused;
      open(found);
    },
    end: () => ipcMain.removeHandler('parrilla:request'),
  };
}
