import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { messagePage } from '../core/adapters/failurePage.ts';
import { SECURITY_HEADERS, SIDE_PATHS, STATIC_TYPES } from '../core/adapters/staticFiles.ts';
import type { SidePath } from '../core/sidepath.ts';
import { type FirstSight, withSight } from '../../shared/contract/firstSight.ts';
import type { Links } from './links.ts';

export interface HttpHost {
  links: Links;
  rendererDir: string;
  lang: () => 'es' | 'en';
  /** Null while core could not start: every path then shows `failure`. */
  sidePath: () => SidePath | null;
  failure: () => string | null;
  /** What is stored, for a window that has just come in by its link. */
  firstSight: () => Promise<FirstSight | null>;
}

export const cookieName = (port: number): string => `parrilla_${port}`;

/** The session of the cookie, or null. */
export function sessionOf(request: IncomingMessage, port: number): string | null {
  const wanted = `${cookieName(port)}=`;
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const text = part.trim();
    if (text.startsWith(wanted)) return text.slice(wanted.length);
  }
  return null;
}

/** Only this computer's names with our port: a page of another origin that resolves to 127.0.0.1 is refused. */
export function hostAllowed(request: IncomingMessage, port: number): boolean {
  const host = request.headers.host ?? '';
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** An Origin must be there and be our own, with the very host the request names. */
export function originAllowed(request: IncomingMessage): boolean {
  return request.headers.origin === `http://${request.headers.host ?? ''}`;
}

const WORDS = {
  es: {
    noKey: ['Hace falta un enlace', 'Esta ventana se abre con un enlace de un solo uso.', 'Pulsa Intro en el terminal donde corre Parrilla, o ejecuta npm start -- --new-link, y abre el enlace que imprime.'],
    used: ['Este enlace ya se ha usado', 'Cada enlace vale una vez. No se ha perdido nada.', 'Pulsa Intro en el terminal donde corre Parrilla, o ejecuta npm start -- --new-link, para tener otro.'],
  },
  en: {
    noKey: ['A link is needed', 'This window opens with a one-time link.', 'Press Enter in the terminal where Parrilla runs, or run npm start -- --new-link, and open the link it prints.'],
    used: ['This link was used already', 'Each link works once. Nothing was lost.', 'Press Enter in the terminal where Parrilla runs, or run npm start -- --new-link, to get another.'],
  },
} as const;

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array, extra: Record<string, string> = {}): void {
  response.writeHead(status, { ...SECURITY_HEADERS, 'content-type': type, 'cache-control': 'no-store', ...extra });
  response.end(body);
}

/** The window's files and the side path for media, behind Host, Origin and cookie checks (ARCHITECTURE §5). */
export function createHttpServer(host: HttpHost, portOf: () => number): Server {
  const page = (response: ServerResponse, status: number, which: 'noKey' | 'used'): void => {
    const [title, ...paragraphs] = WORDS[host.lang()][which];
    send(response, status, 'text/html; charset=utf-8', messagePage(host.lang(), title, paragraphs));
  };
  /** Sessions whose window comes in now: its first page carries what is stored, one that is loaded again knows where it was. */
  const entering = new Set<string>();
  const welcome = (response: ServerResponse, session: string, extra: Record<string, string> = {}): void => {
    entering.add(session);
    send(response, 303, 'text/plain', '', { location: '/', ...extra });
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const port = portOf();
    if (!hostAllowed(request, port)) return send(response, 421, 'text/plain', 'wrong host');
    const method = request.method ?? 'GET';
    if (method !== 'GET' && method !== 'HEAD' && !originAllowed(request)) return send(response, 403, 'text/plain', 'wrong origin');
    const address = `http://127.0.0.1:${port}${request.url ?? '/'}`;
    if (!(request.url ?? '/').startsWith('/') || !URL.canParse(address)) return send(response, 400, 'text/plain', 'bad path');
    const url = new URL(address);
    const token = url.searchParams.get('t');
    if (url.pathname === '/' && token !== null) {
      const session = host.links.redeem(token);
      if (session) {
        return welcome(response, session, { 'set-cookie': `${cookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000` });
      }
      // A used link opened again by a browser that is already in just goes in.
      const known = sessionOf(request, port);
      if (known && host.links.holds(known)) return welcome(response, known);
      return page(response, 403, 'used');
    }
    const session = sessionOf(request, port);
    if (!session || !host.links.holds(session)) return page(response, 401, 'noKey');
    const failure = host.failure();
    if (failure !== null) return send(response, 503, 'text/html; charset=utf-8', failure);
    if (SIDE_PATHS.test(url.pathname)) {
      const side = host.sidePath();
      if (!side) return send(response, 503, 'text/plain', 'starting');
      // Refused in the middle, the rest is still taken: a line that is cut would take the reason with it.
      const result = await side.handle({ method, path: url.pathname, headers: flatten(request), body: request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array> });
      request.resume();
      response.writeHead(result.status, { ...SECURITY_HEADERS, ...result.headers });
      response.end(result.body ?? undefined);
      return;
    }
    if (method !== 'GET' && method !== 'HEAD') return send(response, 405, 'text/plain', 'method not allowed');
    const sight = url.pathname === '/' && entering.delete(session) ? await host.firstSight() : null;
    await file(host.rendererDir, url.pathname, response, sight);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) send(response, 500, 'text/plain', 'internal error');
      else response.destroy();
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 60_000;
  return server;
}

function flatten(request: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') flat[name] = value;
  return flat;
}

async function file(root: string, pathname: string, response: ServerResponse, sight: FirstSight | null): Promise<void> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname === '/' ? '/index.html' : pathname);
  } catch {
    return send(response, 400, 'text/plain', 'bad path');
  }
  const full = normalize(join(root, decoded));
  const type = STATIC_TYPES[extname(full)];
  if (!full.startsWith(root + sep) || decoded.includes('\0') || !type) return send(response, 404, 'text/plain', 'not found');
  try {
    const body = await readFile(full);
    const lasting = decoded.startsWith('/assets/') ? { 'cache-control': 'private, max-age=31536000, immutable' } : {};
    send(response, 200, type, sight ? withSight(body.toString('utf8'), sight) : body, lasting);
  } catch {
    send(response, 404, 'text/plain', 'not found');
  }
}
