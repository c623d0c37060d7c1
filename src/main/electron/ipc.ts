import { type BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import { AppError } from '../../shared/contract/errors.ts';
import { type HostFrame, MAX_FRAME_BYTES, PROTOCOL_VERSION } from '../../shared/contract/frames.ts';
import type { App } from '../core/app.ts';
import { toErrorData } from '../core/rpc/router.ts';
import type { Log } from '../core/ports.ts';
import { ORIGIN } from './protocol.ts';

/** The one place where the window's frames come in: only our own main frame at app:// is heard (ARCHITECTURE §5). */
export function connectWindow(window: BrowserWindow, app: App, log: Log): () => void {
  const send = (frame: HostFrame): void => {
    if (!window.isDestroyed()) window.webContents.send('parrilla:event', frame);
  };
  let connection = app.router.connection(send);
  const unsubscribe = app.bus.subscribe((event) => send({ t: 'event', seq: event.seq, name: event.name, payload: event.payload }));
  const ours = (event: IpcMainInvokeEvent): boolean => event.senderFrame !== null && event.senderFrame === window.webContents.mainFrame && event.senderFrame.url.startsWith(`${ORIGIN}/`);
  ipcMain.handle('parrilla:request', (event, frame: unknown) => {
    if (!ours(event)) {
      log.error('a frame from a stranger was refused', {});
      return null;
    }
    if (typeof frame === 'object' && frame !== null && 't' in frame && frame.t === 'hello') {
      const protocol = 'protocol' in frame ? frame.protocol : null;
      if (protocol !== PROTOCOL_VERSION) return { t: 'failure', id: '?', error: toErrorData(new AppError('protocol_mismatch', { host: PROTOCOL_VERSION }), log, '') } satisfies HostFrame;
      connection.close();
      connection = app.router.connection(send);
      return { t: 'hello', protocol: PROTOCOL_VERSION, bootId: app.bootId, seq: app.bus.seq, capabilities: app.capabilities() } satisfies HostFrame;
    }
    if (JSON.stringify(frame)?.length > MAX_FRAME_BYTES) {
      send({ t: 'failure', id: '?', error: toErrorData(new AppError('too_large'), log, '') });
      return null;
    }
    connection.receive(frame);
    return null;
  });
  return () => {
    ipcMain.removeHandler('parrilla:request');
    unsubscribe();
    connection.close();
  };
}
