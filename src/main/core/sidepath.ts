import { toErrorData } from './rpc/router.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { archiveSchema } from '../../shared/contract/sources.ts';
import type { Backups } from './features/backups/service.ts';
import type { XArchive } from './features/library/archive.ts';
import type { ImagesService } from './features/images/service.ts';
import type { MediaService } from './features/media/service.ts';
import type { Log } from './ports.ts';

export interface SideRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
}
export interface SideAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | string | null;
}
/** Bodies too large for a frame (ARCHITECTURE §4): remote pictures out, attached media in and out, a copy of a database and an archive of X in. The host checks who asks. */
export interface SidePath {
  handle(request: SideRequest): Promise<SideAnswer>;
}

const TAKEN: ReadonlySet<string> = new Set(['/media', '/backup', '/archive']);
const json = (status: number, value: unknown): SideAnswer => ({ status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body: JSON.stringify(value) });
const nothing = (status: number): SideAnswer => ({ status, headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' }, body: '' });

/** `GET /img/KEY`, `GET /media/ID`, `POST /media`, `POST /backup` and `POST /archive` (bytes in the body, answers the attached file, the copy or what was read, or an error, as JSON). */
export function createSidePath(services: { images: ImagesService; media: MediaService; backups: Pick<Backups, 'adopt'>; archive: Pick<XArchive, 'receive'>; log: Log }): SidePath {
  const file = (found: { mime: string; bytes: Uint8Array } | null): SideAnswer =>
    found ? { status: 200, headers: { 'content-type': found.mime, 'cache-control': 'private, max-age=31536000, immutable' }, body: found.bytes } : nothing(404);
  return {
    async handle({ method, path, headers, body }) {
      if (method === 'GET' || method === 'HEAD') {
        const [, kind, key] = path.split('/');
        if (!key || !/^[0-9a-f-]{8,64}$/.test(key)) return nothing(404);
        return file(kind === 'img' ? await services.images.load(key) : await services.media.load(key));
      }
      if (method !== 'POST' || !TAKEN.has(path)) return nothing(405);
      try {
        if (path === '/backup') return json(200, await services.backups.adopt(body, Number(headers['x-made-at']) || 0));
        if (path === '/archive') {
          const owner = archiveSchema.shape.owner.safeParse({ id: headers['x-owner-id'], username: headers['x-owner-name'] });
          return json(200, await services.archive.receive(body, owner.success ? owner.data : null));
        }
        const declared = Number(headers['content-length'] ?? 0);
        if (declared > services.media.maxBytes) throw new AppError('media_too_large', { limit: services.media.maxBytes });
        return json(200, await services.media.add(body, headers['content-type'] ?? ''));
      } catch (cause) {
        const error = toErrorData(cause, services.log, `POST ${path}`);
        return json(error.code === 'internal' ? 500 : 400, error);
      }
    },
  };
}
