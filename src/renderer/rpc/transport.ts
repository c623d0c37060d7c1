import type { ClientFrame, HostFrame } from '../../shared/contract/frames.ts';

/** The line to the host: frames out, frames in. The only place that knows which host it is. */
export interface Transport {
  send(frame: ClientFrame): void;
  onFrame(listener: (frame: HostFrame) => void): void;
  /** `open` after each (re)connection, `closed` when the line is lost. */
  onState(listener: (state: 'open' | 'closed') => void): void;
}
interface Bridge {
  platform: string;
  request(frame: ClientFrame): Promise<HostFrame | null>;
  subscribe(listener: (frame: HostFrame) => void): () => void;
}
declare global {
  interface Window {
    parrilla?: Bridge;
  }
}

const RETRY_MS = [250, 500, 1000, 2000, 5000];

function socketTransport(): Transport {
  let frames: (frame: HostFrame) => void = () => {};
  let states: (state: 'open' | 'closed') => void = () => {};
  let socket: WebSocket | null = null;
  let tries = 0;
  const connect = (): void => {
    const next = new WebSocket(`ws://${window.location.host}/ws`);
    socket = next;
    next.onopen = () => {
      tries = 0;
      states('open');
    };
    next.onmessage = (event) => frames(JSON.parse(String(event.data)) as HostFrame);
    next.onclose = () => {
      states('closed');
      setTimeout(connect, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
      tries += 1;
    };
  };
  // The listeners are set in the same turn as the transport is made.
  queueMicrotask(connect);
  return {
    send: (frame) => socket?.send(JSON.stringify(frame)),
    onFrame: (listener) => {
      frames = listener;
    },
    onState: (listener) => {
      states = listener;
    },
  };
}

function bridgeTransport(bridge: Bridge): Transport {
  let frames: (frame: HostFrame) => void = () => {};
  bridge.subscribe((frame) => frames(frame));
  return {
    send: (frame) => {
      void bridge.request(frame).then((answer) => {
        if (answer) frames(answer);
      });
    },
    onFrame: (listener) => {
      frames = listener;
    },
    onState: (listener) => queueMicrotask(() => listener('open')),
  };
}

/** Electron's preload object where it is, else the WebSocket of the Node host. */
export function createTransport(): Transport {
  return window.parrilla ? bridgeTransport(window.parrilla) : socketTransport();
}
