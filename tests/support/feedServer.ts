import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server on loopback that answers each path as the test says, and keeps what was asked. */
export interface FeedServer {
  url: string;
  asked: { path: string; headers: IncomingMessage['headers'] }[];
  /** How a path is answered from now on; a text is a feed with no marks. */
  on(path: string, answer: string | ((request: IncomingMessage, response: ServerResponse) => void)): void;
  close(): Promise<void>;
}
export async function startFeedServer(): Promise<FeedServer> {
  const answers = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>();
  const asked: FeedServer['asked'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push({ path, headers: request.headers });
    const answer = answers.get(path);
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked,
    on: (path, answer) => void answers.set(path, typeof answer === 'string' ? (_request, response) => response.writeHead(200, { 'content-type': 'application/xml' }).end(answer) : answer),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Entry {
  title: string;
  link?: string;
  guid?: string;
  date?: string;
  summary?: string;
}
/** An RSS feed with these entries, written as they are. */
export function rss(title: string, entries: readonly Entry[]): string {
  const item = ({ title: name, link, guid, date, summary }: Entry): string => `<item><title>${name}</title>${link === undefined ? '' : `<link>${link}</link>`}${guid === undefined ? '' : `<guid isPermaLink="false">${guid}</guid>`}${date === undefined ? '' : `<pubDate>${date}</pubDate>`}${summary === undefined ? '' : `<description>${summary}</description>`}</item>`;
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>${title}</title><link>https://cuentaclara.example.com</link>${entries.map(item).join('')}</channel></rss>`;
}
