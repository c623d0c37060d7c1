import { WebSocket } from 'ws';
import type { HostFrame } from '../src/shared/contract/frames.ts';
import { PROTOCOL_VERSION } from '../src/shared/contract/frames.ts';
import type { InputOf, OutputOf, QueryName } from '../src/shared/contract/index.ts';

export interface RpcLine {
  /** One query at a time; throws what the host refuses. */
  ask<M extends QueryName>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  close(): void;
}
/** A line of its own to a host, as a window has one. */
export async function rpcLine(host: { url: string }): Promise<RpcLine> {
  const { origin } = new URL(host.url);
  const cookie = (await fetch(host.url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, { headers: { cookie, origin } });
  await new Promise((resolve) => socket.once('open', resolve));
  let answered: (frame: HostFrame) => void = () => {};
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as HostFrame;
    if (frame.t === 'response' || frame.t === 'hello' || frame.t === 'failure') answered(frame);
  });
  const send = (frame: unknown): Promise<HostFrame> =>
    new Promise((resolve) => {
      answered = resolve;
      socket.send(JSON.stringify(frame));
    });
  await send({ t: 'hello', protocol: PROTOCOL_VERSION });
  let asked = 0;
  return {
    async ask(method, input) {
      const frame = await send({ t: 'request', id: `b${(asked += 1)}`, method, input });
      if (frame.t !== 'response') throw new Error(JSON.stringify(frame));
      return frame.output as OutputOf<typeof method>;
    },
    close: () => socket.close(),
  };
}
