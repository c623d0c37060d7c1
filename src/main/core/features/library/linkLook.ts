import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isCheckable, type LinkSeen, titleOfPage } from '../../../../shared/domain/library/linkCheck.ts';
import type { CoreDeps } from '../../feature.ts';
import { addressVerdict } from '../images/guard.ts';

const FETCH_MS = 10_000;
const MAX_BYTES = 64 * 1024;
const MAX_REDIRECTS = 5;
/** An answer of anybody proves for this long that the network is there, ms. */
const REACHED_MS = 60 * 60_000;
/** Failures of a call that tell of this computer's network and not of the host. */
const NO_NETWORK: ReadonlySet<unknown> = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EAI_AGAIN', 'ENOTFOUND']);

/** How a page begins: at most 64 KB, no more than up to the end of its title. */
async function beginning(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    text += decoder.decode(part.subarray(0, Math.max(0, part.length - Math.max(0, size - MAX_BYTES))), { stream: true });
    // Leaving the loop ends the answer.
    if (size >= MAX_BYTES || /<\/title/i.test(text)) break;
  }
  return text;
}

/** Looks at addresses of other servers: https to public addresses only, each way on checked anew, as for pictures. */
export class LinkLook {
  private readonly deps: CoreDeps;
  private reachedAt: number | null = null;
  constructor(deps: CoreDeps) {
    this.deps = deps;
  }
  /** The server that stands in for X on this computer may be asked, as for pictures. */
  private trusted(url: URL): boolean {
    const { apiOrigin } = this.deps.ports;
    return apiOrigin.startsWith('http://') && url.origin === apiOrigin;
  }
  isAsked(address: string): boolean {
    try {
      const url = new URL(address);
      return this.trusted(url) || isCheckable(url);
    } catch {
      return false;
    }
  }
  /** Is the network there, so that a name without a host says something of the name? */
  private async reaches(): Promise<boolean> {
    const { clock, apiOrigin } = this.deps.ports;
    if (this.reachedAt !== null && clock.now() - this.reachedAt < REACHED_MS) return true;
    const host = new URL(apiOrigin).hostname;
    return isIP(host) === 0 && host !== 'localhost' && lookup(host).then(() => true, () => false);
  }
  /** What is found there; null where nothing could be asked, which proves nothing. Rejects only when it was called off. */
  async at(address: string, off: AbortSignal): Promise<LinkSeen | null> {
    const { ports } = this.deps;
    const signal = AbortSignal.any([off, AbortSignal.timeout(FETCH_MS)]);
    try {
      let url = new URL(address);
      for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
        const verdict = this.trusted(url) ? 'open' : await addressVerdict(url);
        if (verdict === 'noNetwork') return null;
        if (verdict === 'noHost') return (await this.reaches()) ? { kind: 'noHost' } : null;
        if (verdict === 'closed') return { kind: 'silent' };
        const response = await ports.fetch(url, { redirect: 'manual', signal, headers: { accept: 'text/html, */*;q=0.5', 'user-agent': `Parrilla/${ports.version}` } });
        this.reachedAt = ports.clock.now();
        const location = response.headers.get('location');
        if (response.status >= 300 && response.status < 400 && location) {
          await response.body?.cancel();
          url = new URL(location, url);
          continue;
        }
        const page = response.ok && (response.headers.get('content-type') ?? '').includes('html');
        const title = page ? titleOfPage(await beginning(response)) : null;
        if (!page) await response.body?.cancel();
        return { kind: 'answer', code: response.status, title };
      }
      return { kind: 'silent' };
    } catch (cause) {
      off.throwIfAborted();
      const { code } = (cause instanceof Error && cause.cause instanceof Error ? cause.cause : {}) as { code?: unknown };
      return NO_NETWORK.has(code) ? null : { kind: 'silent' };
    }
  }
}
