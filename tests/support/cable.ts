import { createServer, type Socket } from 'node:net';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';

/** The line to a server on loopback, which can be cut: nobody listens then, as with no network. */
export interface Cable {
  url: string;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** A way to `target` at an address of its own. */
export async function startCable(target: string): Promise<Cable> {
  const to = new URL(target);
  const open = new Set<Socket>();
  let whole = true;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    // Refused before a byte of the request is read: what was asked surely did not arrive.
    if (!whole) return void socket.resetAndDestroy();
    const up = connect(Number(to.port), to.hostname);
    open.add(socket);
    socket.pipe(up).pipe(socket);
    const end = (): void => {
      open.delete(socket);
      socket.destroy();
      up.destroy();
    };
    up.on('error', end).on('close', end);
    socket.on('close', end);
    return undefined;
  });
  const listen = (port: number): Promise<void> => new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    cut() {
      whole = false;
      for (const socket of open) socket.destroy();
      server.close();
    },
    mend() {
      whole = true;
      if (!server.listening) void listen(port);
    },
    async close() {
      for (const socket of open) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
