import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol } from 'electron';
import { SECURITY_HEADERS, SIDE_PATHS, STATIC_TYPES } from '../core/adapters/staticFiles.ts';
import type { SidePath } from '../core/sidepath.ts';
import { type FirstSight, withSight } from '../../shared/contract/firstSight.ts';

export const ORIGIN = 'app://parrilla';

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]);
}

async function* chunks(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** Waits for no longer than this for a window to ask for its script. */
const FETCH_MS = 1500;

/**
 * Serves the window's files and the side path under app://, with the policy as headers (ARCHITECTURE §5). Resolves once the
 * window has what its page names: until then this process had better not be busy with something else. The first page asked for
 * carries what is stored for a first sight; one that is loaded again does without, core is there by then.
 */
export function serveApp(rendererDir: string, sidePath: () => SidePath | null, failure: () => string | null, firstSight: Promise<FirstSight | null>): Promise<void> {
  let fetched: () => void = () => {};
  const served = new Promise<void>((resolve) => { fetched = resolve; });
  setTimeout(fetched, FETCH_MS);
  const named = new Set<string>();
  let unseen = true;
  const seeing = async (page: Buffer): Promise<Buffer> => {
    if (!unseen) return page;
    unseen = false;
    const sight = await firstSight;
    return sight ? Buffer.from(withSight(page.toString('utf8'), sight)) : page;
  };
  const gave = (path: string, body: Buffer): void => {
    if (path === '/index.html') for (const [, found] of body.toString('utf8').matchAll(/(?:src|href)="\.?(\/assets\/[^"]+)"/g)) named.add(found ?? '');
    else if (named.delete(path) && named.size === 0) fetched();
  };
  const answer = (status: number, type: string, body: BodyInit): Response => new Response(body, { status, headers: { ...SECURITY_HEADERS, 'content-type': type } });
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'parrilla') return answer(404, 'text/plain', 'not found');
    const failed = failure();
    if (failed !== null) return answer(200, 'text/html; charset=utf-8', failed);
    if (SIDE_PATHS.test(url.pathname)) {
      const side = sidePath();
      if (!side) return answer(503, 'text/plain', 'starting');
      const result = await side.handle({ method: request.method, path: url.pathname, headers: Object.fromEntries(request.headers), body: chunks(request.body) });
      const body = result.body === null ? null : typeof result.body === 'string' ? result.body : new Uint8Array(result.body);
      return new Response(body, { status: result.status, headers: { ...SECURITY_HEADERS, ...result.headers } });
    }
    const path = decodeURIComponent(url.pathname === '/' ? '/index.html' : url.pathname);
    const full = normalize(join(rendererDir, path));
    const type = STATIC_TYPES[extname(full)];
    if (!full.startsWith(rendererDir + sep) || !type) return answer(404, 'text/plain', 'not found');
    try {
      const body = await readFile(full);
      gave(path, body);
      return answer(200, type, new Uint8Array(path === '/index.html' ? await seeing(body) : body));
    } catch {
      return answer(404, 'text/plain', 'not found');
    }
  });
  return served;
}
