import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { type HostFrame, MAX_FRAME_BYTES, PROTOCOL_VERSION } from '../../shared/contract/frames.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { App } from '../core/app.ts';
import { toErrorData } from '../core/rpc/router.ts';
import type { Log } from '../core/ports.ts';
import { hostAllowed, originAllowed, sessionOf } from './httpServer.ts';
import type { Links } from './links.ts';

/** Frames a client may send at once, and per second after that. */
const BURST = 400;
const PER_SECOND = 200;
/** A client that does not read is dropped when this much waits for it, bytes. */
const MAX_WAITING = 32 * 1024 * 1024;
const HELLO_MS = 10_000;

/** The WebSocket transport at /ws: checks at the upgrade, frame size and rate limits, one router connection each. */
export function attachWebSocket(server: Server, options: { app: () => App | null; links: Links; port: () => number; log: Log }): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    const refuse = (status: string): void => {
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    };
    socket.on('error', () => socket.destroy());
    if (!hostAllowed(request, options.port())) return refuse('421 Misdirected Request');
    if (!originAllowed(request)) return refuse('403 Forbidden');
    const session = sessionOf(request, options.port());
    if (!session || !options.links.holds(session)) return refuse('401 Unauthorized');
    if ((request.url ?? '').split('?')[0] !== '/ws') return refuse('404 Not Found');
    const app = options.app();
    if (!app) return refuse('503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, (ws) => serve(ws, app, options.log));
  });
  return {
    close() {
      for (const ws of sockets.clients) ws.terminate();
      sockets.close();
    },
  };
}

function serve(ws: WebSocket, app: App, log: Log): void {
  const send = (frame: HostFrame): void => {
    if (ws.readyState !== ws.OPEN) return;
    if (ws.bufferedAmount > MAX_WAITING) {
      ws.terminate();
      return;
    }
    ws.send(JSON.stringify(frame));
  };
  const connection = app.router.connection(send);
  const unsubscribe = app.bus.subscribe((event) => send({ t: 'event', seq: event.seq, name: event.name, payload: event.payload }));
  let greeted = false;
  const late = setTimeout(() => ws.close(1008, 'no hello'), HELLO_MS);
  let allowance = BURST;
  let counted = performance.now();
  ws.on('message', (data, binary) => {
    const now = performance.now();
    allowance = Math.min(BURST, allowance + ((now - counted) / 1000) * PER_SECOND);
    counted = now;
    allowance -= 1;
    if (allowance < 0) {
      send({ t: 'failure', id: '?', error: toErrorData(new AppError('rate_limited'), log, '') });
      ws.close(1008, 'too many frames');
      return;
    }
    let frame: unknown = null;
    if (!binary) {
      try {
        frame = JSON.parse(String(data)) as unknown;
      } catch {
        // Falls through as null, which the router answers as a bad frame.
      }
    }
    if (!greeted) {
      const protocol = typeof frame === 'object' && frame !== null && 't' in frame && frame.t === 'hello' && 'protocol' in frame ? frame.protocol : null;
      if (protocol !== PROTOCOL_VERSION) {
        send({ t: 'failure', id: '?', error: toErrorData(new AppError(protocol === null ? 'bad_input' : 'protocol_mismatch', { path: 'hello', host: PROTOCOL_VERSION }), log, '') });
        ws.close(1002, 'hello expected');
        return;
      }
      greeted = true;
      clearTimeout(late);
      send({ t: 'hello', protocol: PROTOCOL_VERSION, bootId: app.bootId, seq: app.bus.seq, capabilities: app.capabilities() });
      return;
    }
    connection.receive(frame);
  });
  ws.on('error', () => ws.terminate());
  ws.on('close', () => {
    clearTimeout(late);
    unsubscribe();
    connection.close();
  });
}
