import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AttachedMedia } from '../../../../shared/contract/publications.ts';
import { receiveFile } from '../../adapters/receiveFile.ts';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps } from '../../feature.ts';
import type { MediaFile } from '../../network/port.ts';
import { sniffImage } from '../images/sniff.ts';
import { sniffVideo, videoDurationMs } from './mp4.ts';
import { LONGEST_SIDE, pictureSize } from './picture.ts';

/** X's limits for pictures, bytes (X documentation, media best practices). */
const IMAGE_BYTES = 5 * 1024 * 1024;
const GIF_BYTES = 15 * 1024 * 1024;
const VIDEO_BYTES = 512 * 1024 * 1024;

const q = defineStatements('media', {
  add: 'INSERT INTO media (id, mime, bytes, width, height, duration_ms, created_at) VALUES (:id, :mime, :bytes, :width, :height, :durationMs, :now)',
  get: 'SELECT id, mime, bytes, width, height FROM media WHERE id = :id',
  dropUnused: `DELETE FROM media WHERE id = :id AND NOT EXISTS (SELECT 1 FROM publication_media p WHERE p.media_id = :id) AND NOT EXISTS (SELECT 1 FROM item_media i WHERE i.media_id = :id)`,
});
const rowSchema = z.object({ id: z.string(), mime: z.string(), bytes: z.number(), width: z.number().nullable(), height: z.number().nullable() });

/** A video lasts from half a second to 140 seconds (x-api-facts §5.7), ms. */
const SHORTEST_MS = 500;
const LONGEST_MS = 140_000;
const HEAD_BYTES = 64;

type Reader = (from: number, to: number) => Promise<Uint8Array>;
function readerOf(path: string): Reader {
  return async (from, to) => {
    const handle = await open(path, 'r');
    try {
      const bytes = Buffer.alloc(Math.max(0, to - from));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
      return bytes.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  };
}
/** Kind, size and length of a file by its bytes. Throws AppError `media_unsupported`, `media_mismatch`, `media_too_large`, `video_length`. */
async function inspect(path: string, bytes: number, statedMime: string): Promise<{ mime: string; width: number | null; height: number | null; durationMs: number | null }> {
  const read = readerOf(path);
  const head = await read(0, Math.min(bytes, HEAD_BYTES));
  const stated = statedMime.split(';')[0]?.trim().toLowerCase() ?? '';
  const video = sniffVideo(head);
  if (video) {
    const durationMs = await videoDurationMs(read, bytes);
    if (durationMs === null) throw new AppError('media_unsupported', { stated: stated.slice(0, 60) });
    if (durationMs < SHORTEST_MS || durationMs > LONGEST_MS) throw new AppError('video_length', { seconds: Math.round(durationMs / 1000), max: LONGEST_MS / 1000 });
    return { mime: video, width: null, height: null, durationMs };
  }
  if (bytes > GIF_BYTES) throw new AppError('media_too_large', { limit: GIF_BYTES });
  const mime = sniffImage(head);
  if (!mime) throw new AppError(stated.startsWith('image/') ? 'media_mismatch' : 'media_unsupported', { stated: stated.slice(0, 60) });
  if (stated.startsWith('image/') && stated !== mime && stated !== 'image/jpg') throw new AppError('media_mismatch', { stated, found: mime });
  const limit = mime === 'image/gif' ? GIF_BYTES : IMAGE_BYTES;
  if (bytes > limit) throw new AppError('media_too_large', { limit });
  const size = pictureSize(await read(0, bytes), mime);
  if (!size || size.width === 0 || size.height === 0) throw new AppError('media_unsupported', { stated: stated.slice(0, 60), found: mime });
  if (Math.max(size.width, size.height) > LONGEST_SIDE) throw new AppError('media_too_large', { width: size.width, height: size.height, maxSide: LONGEST_SIDE });
  return { mime, ...size, durationMs: null };
}

export interface MediaService {
  readonly maxBytes: number;
  /** Checks and keeps a picture, GIF or video. Throws AppError `media_unsupported`, `media_mismatch`, `media_too_large`, `video_length`. */
  add(body: AsyncIterable<Uint8Array>, statedMime: string): Promise<AttachedMedia>;
  describe(id: string, alt: string): AttachedMedia | null;
  load(id: string): Promise<{ mime: string; bytes: Uint8Array } | null>;
  /** For uploading: pieces are read as they are wanted. Null when the file is gone. */
  open(id: string): Promise<Omit<MediaFile, 'alt'> | null>;
  /** Lets go of those of these files that no post and no item has any more. */
  dropUnused(ids: readonly string[]): Promise<void>;
}

/** Pictures attached to drafts, kept in the profile; looked at when added, uploaded only at send time (DOMAIN §4). */
export function createMedia(deps: CoreDeps): MediaService {
  const { db, ports } = deps;
  const describe = (id: string, alt: string): AttachedMedia | null => {
    const raw = db.get(q.get, { id });
    if (!raw) return null;
    const row = rowSchema.parse(raw);
    return { id: row.id, mime: row.mime, bytes: row.bytes, width: row.width, height: row.height, alt, src: `/media/${row.id}` };
  };
  return {
    maxBytes: VIDEO_BYTES,
    async add(body, statedMime) {
      const id = randomUUID();
      const path = join(ports.paths.media, id);
      const part = `${path}.part`;
      try {
        const bytes = await receiveFile(part, body, VIDEO_BYTES, () => new AppError('media_too_large', { limit: VIDEO_BYTES }));
        const seen = await inspect(part, bytes, statedMime);
        await rename(part, path);
        db.run(q.add, { id, mime: seen.mime, bytes, width: seen.width, height: seen.height, durationMs: seen.durationMs, now: ports.clock.now() });
      } catch (cause) {
        // Also the file that has its name already, but no row.
        await Promise.all([part, path].map((each) => rm(each, { force: true })));
        throw cause;
      }
      const attached = describe(id, '');
      if (!attached) throw new Error('media row vanished');
      return attached;
    },
    describe,
    async open(id) {
      const raw = db.get(q.get, { id });
      const path = join(ports.paths.media, id);
      const size = raw ? await stat(path).then((found) => found.size, () => null) : null;
      if (!raw || size === null) return null;
      return {
        mime: rowSchema.parse(raw).mime, bytes: size, read: readerOf(path),
      };
    },
    async dropUnused(ids) {
      const gone = ids.filter((id) => db.run(q.dropUnused, { id }).changes > 0);
      await Promise.all(gone.map((id) => rm(join(ports.paths.media, id), { force: true })));
    },
    async load(id) {
      const raw = db.get(q.get, { id });
      if (!raw) return null;
      const bytes = await readFile(join(ports.paths.media, id)).catch(() => null);
      return bytes ? { mime: rowSchema.parse(raw).mime, bytes } : null;
    },
  };
}
