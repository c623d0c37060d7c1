import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps } from '../../feature.ts';
import { mayFetch } from './guard.ts';
import { sniffImage } from './sniff.ts';

const MAX_BYTES = 8 * 1024 * 1024;
const FETCH_MS = 15_000;
const MAX_REDIRECTS = 3;
/** A picture that could not be had is asked for again after this, ms. */
const AGAIN_MS = 10 * 60_000;

const q = defineStatements('images', {
  add: 'INSERT OR IGNORE INTO remote_images (key, url) VALUES (:key, :url)',
  get: 'SELECT url, mime, failed_at FROM remote_images WHERE key = :key',
  got: 'UPDATE remote_images SET mime = :mime, bytes = :bytes, fetched_at = :now, failed_at = NULL WHERE key = :key',
  failed: 'UPDATE remote_images SET failed_at = :now WHERE key = :key',
});
const rowSchema = z.object({ url: z.string(), mime: z.string().nullable(), failed_at: z.number().nullable() });

const keyOf = (stored: string): string => createHash('sha256').update(stored).digest('hex').slice(0, 40);

export interface ImagesService {
  /** Notes a remote picture so that it may be asked for; answers the address to keep with the row. A loopback server's own address is kept without its port, which changes. */
  register(url: string | null, base: string, network: 'x' | 'practice'): string | null;
  /** Path that the host serves it at. Pure. */
  path(stored: string | null): string | null;
  load(key: string): Promise<{ mime: string; bytes: Uint8Array } | null>;
}

/** Remote pictures, fetched by core into a cache named by their address (ARCHITECTURE §5): works offline, leaks no reads. */
export function createImages(deps: CoreDeps, practiceUrl: () => Promise<string | null>): ImagesService {
  const { db, ports } = deps;
  const running = new Map<string, Promise<{ mime: string; bytes: Uint8Array } | null>>();
  const loopback = (origin: string): boolean => origin.startsWith('http://127.0.0.1:') || origin.startsWith('http://localhost:');

  const addressOf = async (stored: string): Promise<{ url: URL; trusted: string | null } | null> => {
    const own = stored.startsWith('practice:') ? await practiceUrl() : stored.startsWith('api:') ? ports.apiOrigin : null;
    if (own !== null) return { url: new URL(stored.slice(stored.indexOf(':') + 1), own), trusted: own };
    return stored.startsWith('https:') ? { url: new URL(stored), trusted: null } : null;
  };
  const download = async (stored: string): Promise<Uint8Array | null> => {
    const start = await addressOf(stored);
    if (!start) return null;
    let { url } = start;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      if (url.origin !== start.trusted && !(await mayFetch(url))) return null;
      const response = await ports.fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(FETCH_MS), headers: { accept: 'image/*' } });
      const location = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && location) {
        url = new URL(location, url);
        continue;
      }
      if (!response.ok || !response.body) return null;
      const parts: Uint8Array[] = [];
      let size = 0;
      for await (const part of response.body as AsyncIterable<Uint8Array>) {
        size += part.length;
        if (size > MAX_BYTES) return null;
        parts.push(part);
      }
      return Buffer.concat(parts);
    }
    return null;
  };
  const fetchIt = async (key: string, stored: string): Promise<{ mime: string; bytes: Uint8Array } | null> => {
    try {
      const bytes = await download(stored);
      const mime = bytes ? sniffImage(bytes) : null;
      if (bytes && mime) {
        const path = join(ports.paths.images, key);
        await writeFile(`${path}.part`, bytes);
        await rename(`${path}.part`, path);
        db.run(q.got, { key, mime, bytes: bytes.length, now: ports.clock.now() });
        return { mime, bytes };
      }
    } catch (cause) {
      ports.log.info('a picture could not be fetched', { key, cause: cause instanceof Error ? cause.message : String(cause) });
    }
    db.run(q.failed, { key, now: ports.clock.now() });
    return null;
  };

  return {
    register(url, base, network) {
      if (!url) return null;
      let parsed: URL;
      try {
        parsed = new URL(url, base);
      } catch {
        return null;
      }
      const stored = parsed.origin === base && loopback(base) ? `${network === 'practice' ? 'practice' : 'api'}:${parsed.pathname}${parsed.search}` : parsed.protocol === 'https:' ? parsed.toString() : null;
      if (stored) db.run(q.add, { key: keyOf(stored), url: stored });
      return stored;
    },
    path: (stored) => (stored === null ? null : `/img/${keyOf(stored)}`),
    async load(key) {
      const raw = db.get(q.get, { key });
      if (!raw) return null;
      const row = rowSchema.parse(raw);
      if (row.mime) {
        const cached = await readFile(join(ports.paths.images, key)).catch(() => null);
        if (cached) return { mime: row.mime, bytes: cached };
      }
      if (row.failed_at !== null && ports.clock.now() - row.failed_at < AGAIN_MS) return null;
      const already = running.get(key);
      if (already) return already;
      const run = fetchIt(key, row.url).finally(() => running.delete(key));
      running.set(key, run);
      return run;
    },
  };
}
