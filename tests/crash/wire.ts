import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One create as it came over the wire; `status` is null where no answer was made. */
export interface Create {
  text: string;
  status: number | null;
}
export interface Wire {
  url: string;
  creates: Create[];
  close(): Promise<void>;
}
const CREATES = /^\/2\/(tweets|users\/\d+\/retweets)$/;

/** Stands between the program and the network and counts what is asked: the network itself refuses duplicates, so its posts alone would hide a second request. */
export async function startWire(target: string): Promise<Wire> {
  const to = new URL(target);
  const creates: Create[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (data: Buffer) => parts.push(data));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      let create: Create | null = null;
      if (request.method === 'POST' && CREATES.test(request.url ?? '')) {
        const asked = JSON.parse(body.toString('utf8')) as { text?: string; tweet_id?: string };
        create = { text: asked.text ?? `repost ${asked.tweet_id ?? ''}`, status: null };
        creates.push(create);
      }
      const break_ = (): void => void request.socket.resetAndDestroy();
      const up = httpRequest({ host: to.hostname, port: to.port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
        if (create) create.status = answer.statusCode ?? null;
        if (response.destroyed) return void answer.resume();
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('error', break_).on('aborted', break_);
        answer.pipe(response);
      });
      up.on('error', break_);
      up.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, creates,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** X surely did not carry these out; after any other answer, or none, the same create may not be asked for again by itself (PUBLISHING 1). */
const REFUSED = new Set([400, 401, 402, 403, 404, 413, 429]);
/** Texts that were asked for once more although an earlier request may have been carried out. */
export function repeated(creates: readonly Create[]): string[] {
  const done = new Set<string>();
  const twice: string[] = [];
  for (const { text, status } of creates) {
    if (done.has(text)) twice.push(`asked twice: ${text}`);
    if (status === null || !REFUSED.has(status)) done.add(text);
  }
  return twice;
}
