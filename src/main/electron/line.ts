import type { BrowserWindow } from 'electron';
import { AppError } from '../../shared/contract/errors.ts';
import { type HostFrame, MAX_FRAME_BYTES, PROTOCOL_VERSION } from '../../shared/contract/frames.ts';
import type { App } from '../core/app.ts';
import { toErrorData } from '../core/rpc/router.ts';
import type { Log } from '../core/ports.ts';
import type { Line } from './ipc.ts';

/** Frames of one window, in and out. */
export function lineTo(window: BrowserWindow, app: App, log: Log): { receive: Line; end(): void } {
  const send = (frame: HostFrame): void => {
    if (!window.isDestroyed()) window.webContents.send('parrilla:event', frame);
  };
  let connection = app.router.connection(send);
  const unsubscribe = app.bus.subscribe((event) => send({ t: 'event', seq: event.seq, name: event.name, payload: event.payload }));
  const receive: Line = (frame) => {
    if (typeof frame === 'object' && frame !== null && 't' in frame && frame.t === 'hello') {
      const protocol = 'protocol' in frame ? frame.protocol : null;
      if (protocol !== PROTOCOL_VERSION) return { t: 'failure', id: '?', error: toErrorData(new AppError('protocol_mismatch', { host: PROTOCOL_VERSION }), log, '') };
      connection.close();
      connection = app.router.connection(send);
      return { t: 'hello', protocol: PROTOCOL_VERSION, bootId: app.bootId, seq: app.bus.seq, capabilities: app.capabilities() };
    }
    if (JSON.stringify(frame)?.length > MAX_FRAME_BYTES) {
      send({ t: 'failure', id: '?', error: toErrorData(new AppError('too_large'), log, '') });
      return null;
    }
    connection.receive(frame);
    return null;
  };
  return {
    receive,
    end() {
      unsubscribe();
      connection.close();
    },
  };
}
