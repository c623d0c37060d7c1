import { contextBridge, ipcRenderer } from 'electron';
import type { ClientFrame, HostFrame } from '../shared/contract/frames.ts';

/** The one object the window gets: frames in, frames out. The host checks the sender and every frame. */
const bridge = Object.freeze({
  platform: process.platform,
  /** Sends one frame; answers come to `subscribe`. */
  request: (frame: ClientFrame): Promise<HostFrame | null> => ipcRenderer.invoke('parrilla:request', frame) as Promise<HostFrame | null>,
  subscribe: (listener: (frame: HostFrame) => void): (() => void) => {
    const receive = (_event: unknown, frame: HostFrame): void => listener(frame);
    ipcRenderer.on('parrilla:event', receive);
    return () => ipcRenderer.removeListener('parrilla:event', receive);
  },
});
contextBridge.exposeInMainWorld('parrilla', bridge);
