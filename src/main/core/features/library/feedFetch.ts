import { AppError } from '../../../../shared/contract/errors.ts';
import type { Ports } from '../../ports.ts';
import { addressVerdict } from '../images/guard.ts';

const MOST_BYTES = 5 * 1024 * 1024;
const FETCH_MS = 15_000;
const MAX_REDIRECTS = 5;

/** What a server said of its answer, to be told back to it. */
export interface Marks {
  etag: string | null;
  lastModified: string | null;
}
export type Fetched = { unchanged: true } | ({ unchanged: false; url: string; text: string } & Marks);

/** `example.com/feed` and `feed:` addresses as what is asked for. Throws AppError `feed_refused`. */
export function feedAddress(text: string): URL {
  const bare = text.trim().replace(/^feed:(?:\/\/)?(?=https?:)/iu, '').replace(/^feed:\/\//iu, 'https://');
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:\/\//iu.test(bare) ? bare : `https://${bare}`);
  } catch {
    throw new AppError('feed_refused');
  }
}

/** The server that stands in for X on this computer may give feeds too: nothing else here is asked. */
function isTrusted(url: URL, apiOrigin: string): boolean {
  return url.protocol === 'http:' && url.origin === apiOrigin;
}

/** An address that was written without TLS, with it: what is read is public, what changes it on its way is not. */
export function overTls(url: URL, apiOrigin: string): URL {
  if (url.protocol !== 'http:' || isTrusted(url, apiOrigin)) return url;
  const secured = new URL(url);
  secured.protocol = 'https:';
  return secured;
}

/** Letters of what was sent: by its mark, by what the server says, by what the file says, else UTF-8. */
function decoded(bytes: Uint8Array, contentType: string): string {
  const named = /charset\s*=\s*"?([\w-]+)/iu.exec(contentType)?.[1] ?? /^[^>]{0,200}\bencoding\s*=\s*["']([\w-]+)["']/iu.exec(Buffer.from(bytes.subarray(0, 240)).toString('latin1'))?.[1];
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : bytes[0] === 0xef && bytes[1] === 0xbb ? 'utf-8' : null;
  try {
    return new TextDecoder(marked ?? named ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

async function bodyOf(response: Response): Promise<Uint8Array> {
  const tooLarge = (): AppError => new AppError('feed_too_large', { max: MOST_BYTES / 1024 / 1024 });
  if (Number(response.headers.get('content-length') ?? 0) > MOST_BYTES) {
    await response.body?.cancel();
    throw tooLarge();
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > MOST_BYTES) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * Asks for a feed, or whether it changed since `marks`. Each address it is sent on to is looked at before it is asked. Throws AppError
 * `feed_refused`, `feed_missing`, `feed_too_large`, `feed_unreachable`.
 */
export async function fetchFeed(ports: Pick<Ports, 'fetch' | 'apiOrigin'>, start: URL, marks: Marks | null, signal: AbortSignal): Promise<Fetched> {
  let url = start;
  const until = AbortSignal.any([signal, AbortSignal.timeout(FETCH_MS)]);
  try {
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const standing = isTrusted(url, ports.apiOrigin) ? 'open' : await addressVerdict(url);
      if (standing === 'closed') throw new AppError('feed_refused');
      if (standing !== 'open') throw new AppError('feed_unreachable', { detail: 'DNS' });
      const response = await ports.fetch(url, {
        redirect: 'manual', signal: until,
        headers: {
          accept: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5', 'user-agent': 'Parrilla (feed reader)',
          ...(marks?.etag ? { 'if-none-match': marks.etag } : {}), ...(marks?.lastModified ? { 'if-modified-since': marks.lastModified } : {}),
        },
      });
      if (response.status === 304 && marks) return { unchanged: true };
      const location = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel();
        url = new URL(location, url);
        continue;
      }
      if (!response.ok) {
        await response.body?.cancel();
        throw response.status === 404 || response.status === 410 ? new AppError('feed_missing') : new AppError('feed_unreachable', { detail: String(response.status) });
      }
      const bytes = await bodyOf(response);
      const kept = (name: string): string | null => response.headers.get(name)?.slice(0, 500) ?? null;
      return { unchanged: false, url: url.href, text: decoded(bytes, response.headers.get('content-type') ?? ''), etag: kept('etag'), lastModified: kept('last-modified') };
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (signal.aborted) throw new AppError('cancelled', {}, { cause });
    throw new AppError('feed_unreachable', { detail: detailOf(cause) }, { cause });
  }
  throw new AppError('feed_unreachable', { detail: 'redirects' });
}
/** The system's own word for it, such as ECONNREFUSED. */
function detailOf(cause: unknown): string {
  if (cause instanceof DOMException && cause.name === 'TimeoutError') return 'timeout';
  const inner: unknown = cause instanceof Error ? cause.cause : null;
  return typeof inner === 'object' && inner !== null && 'code' in inner ? String(inner.code).slice(0, 40) : 'network';
}
