import type { Page } from 'playwright';
import type { InputOf, MethodName, OutputOf } from '../../src/shared/contract/index.ts';
import { PROTOCOL_VERSION } from '../../src/shared/contract/frames.ts';

/** Asks the host a page belongs to, over a line of its own: for setting up what a test is not about. */
export async function rpc<M extends MethodName>(page: Page, method: M, input: InputOf<M>): Promise<OutputOf<M>> {
  const output: unknown = await page.evaluate(
    ([name, value, protocol]) => new Promise<unknown>((resolve, reject) => {
      const socket = new WebSocket(`ws://${location.host}/ws`);
      socket.addEventListener('open', () => socket.send(JSON.stringify({ t: 'hello', protocol })));
      socket.addEventListener('error', () => reject(new Error('no line to the host')));
      socket.addEventListener('message', (event) => {
        const frame = JSON.parse(String(event.data)) as { t: string; output?: unknown; error?: unknown };
        if (frame.t === 'hello') socket.send(JSON.stringify({ t: 'request', id: '1', method: name, input: value, commandId: crypto.randomUUID() }));
        if (frame.t === 'response') resolve(frame.output);
        if (frame.t === 'failure') reject(new Error(JSON.stringify(frame.error)));
        if (frame.t === 'response' || frame.t === 'failure') socket.close();
      });
    }),
    [method, input as unknown, PROTOCOL_VERSION] as const,
  );
  return output as OutputOf<M>;
}

const pad = (n: number): string => String(n).padStart(2, '0');
/** An account's plan from a table of its own: each row a text, a tier, a day and a time. */
export async function plan(page: Page, accountId: string, rows: readonly { text: string; tier: string; day: string; time: string }[]): Promise<void> {
  const content = ['text,tier,time', ...rows.map((row) => `"${row.text}",${row.tier},${row.day} ${row.time}`)].join('\n');
  await rpc(page, 'publications.bulkCommit', { accountId, format: 'csv', content, to: 'calendar', defaultTier: 'free', dateOrder: 'auto' });
}
export const clock = (minute: number): string => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
