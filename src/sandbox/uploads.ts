import { type Answered, type Asked, invalid, jsonBody, Problem, uploadParts } from './http.ts';
import type { WorldUser } from './types.ts';
import type { World } from './world.ts';

const LIFE_MS = 24 * 3_600_000;
const MOST_BYTES: Readonly<Record<string, number>> = { tweet_image: 5 * 1024 * 1024, tweet_gif: 15 * 1024 * 1024, tweet_video: 512 * 1024 * 1024 };
const MOST_SIMPLE = 15 * 1024 * 1024;
/** How long a video is worked on here, ms; X takes seconds to minutes. */
const PROCESSING_MS = 1200;

/** X's description asks for `meta` beside every answer about an upload, and for a `type` in its processing; it says nothing of what is in them. */
const META = {};
export const mediaKey = (id: string, mime: string): string => `${mime.startsWith('video/') ? '7' : mime === 'image/gif' ? '16' : '3'}_${id}`;

interface Open {
  ownerId: string;
  mime: string;
  category: string;
  total: number;
  segments: Map<number, Buffer>;
}

/** Uploads as X takes them: images in one call; in chunks: initialize, append by segment, finalize, then a wait for videos (x-api-facts §5.7). */
export class Uploads {
  private readonly world: World;
  private readonly open = new Map<string, Open>();
  /** Ids whose processing ends badly, named by the file's first bytes `BAD!`. */
  private readonly bad = new Set<string>();
  constructor(world: World) {
    this.world = world;
  }

  initialize(asked: Asked, me: WorldUser): Answered {
    const body = jsonBody(asked);
    const mime = String(body['media_type'] ?? '');
    const category = String(body['media_category'] ?? '');
    const total = Number(body['total_bytes']);
    const most = MOST_BYTES[category];
    if (most === undefined) throw invalid('media_category: is not known.');
    if (!Number.isInteger(total) || total <= 0) throw invalid('total_bytes: must be a positive number.');
    if (total > most) throw invalid('total_bytes: the media file is too large.');
    const id = this.world.nextId();
    this.open.set(id, { ownerId: me.id, mime, category, total, segments: new Map() });
    return { status: 200, body: { data: { id, media_key: mediaKey(id, mime), expires_after_secs: LIFE_MS / 1000 }, meta: META } };
  }
  private mine(id: string, me: WorldUser): Open {
    const found = this.open.get(id);
    if (!found || found.ownerId !== me.id) throw new Problem(404, { title: 'Not Found', detail: 'The media id is not known.' });
    return found;
  }
  append(asked: Asked, me: WorldUser, id: string): Answered {
    const upload = this.mine(id, me);
    const parts = uploadParts(asked);
    const index = Number(parts.get('segment_index')?.toString('utf8') ?? 'x');
    const bytes = parts.get('media');
    if (!Number.isInteger(index) || index < 0 || index > 999) throw invalid('segment_index: must be between 0 and 999.');
    if (!bytes || bytes.length === 0) throw invalid('media: must be present');
    upload.segments.set(index, bytes);
    return { status: 200, body: { data: { expires_at: Math.floor((this.world.now() + LIFE_MS) / 1000) }, meta: META } };
  }
  finalize(me: WorldUser, id: string): Answered {
    const upload = this.mine(id, me);
    const bytes = Buffer.concat([...upload.segments.entries()].sort((a, b) => a[0] - b[0]).map((entry) => entry[1]));
    if (bytes.length !== upload.total) throw invalid(`The segments do not add up: ${bytes.length} of ${upload.total} bytes.`);
    const now = this.world.now();
    const video = upload.category === 'tweet_video';
    const file = `${id}.${upload.mime.split('/')[1] ?? 'bin'}`;
    if (bytes.subarray(0, 64).includes('BAD!')) this.bad.add(id);
    this.world.keepUpload(file, bytes);
    this.world.uploads.push({ id, ownerId: me.id, mime: upload.mime, alt: null, file, expiresAt: now + LIFE_MS, ...(video ? { readyAt: now + PROCESSING_MS } : {}) });
    this.world.save();
    this.open.delete(id);
    return { status: 200, body: { data: this.stateOf(id, bytes.length), meta: META } };
  }
  status(asked: Asked, me: WorldUser): Answered {
    const id = asked.query.get('media_id') ?? '';
    const upload = this.world.uploads.find((each) => each.id === id && each.ownerId === me.id);
    if (asked.query.get('command') !== 'STATUS' || !upload) throw invalid('The media id is not known.');
    return { status: 200, body: { data: this.stateOf(id, 1), meta: META } };
  }
  private stateOf(id: string, size: number): Record<string, unknown> {
    const readyAt = this.world.uploads.find((each) => each.id === id)?.readyAt;
    const left = readyAt === undefined ? null : readyAt - this.world.now();
    const info = left === null ? null
      : left > 0 ? { state: 'in_progress', check_after_secs: 1, progress_percent: Math.max(1, Math.round(100 - (left / PROCESSING_MS) * 100)) }
      : this.bad.has(id) ? { state: 'failed', error: { code: 1, name: 'InvalidMedia', message: 'Unsupported video format' } }
      : { state: 'succeeded', progress_percent: 100 };
    return { id, media_key: mediaKey(id, this.world.uploads.find((each) => each.id === id)?.mime ?? ''), expires_after_secs: LIFE_MS / 1000, size, ...(info ? { processing_info: { type: 'processing', ...info } } : {}) };
  }

  upload(asked: Asked, me: WorldUser): Answered {
    const parts = uploadParts(asked);
    const bytes = parts.get('media');
    if (!bytes || bytes.length === 0) throw invalid('media: must be present');
    if (bytes.length > MOST_SIMPLE) throw new Problem(413, { title: 'Payload Too Large', detail: 'The media file is too large.' });
    const mime = bytes[0] === 0x89 ? 'image/png' : bytes[0] === 0xff ? 'image/jpeg' : bytes[0] === 0x47 ? 'image/gif' : bytes[0] === 0x52 ? 'image/webp' : null;
    if (!mime) throw invalid('The media type is not recognised.');
    const id = this.world.nextId();
    const file = `${id}.${mime.slice(6)}`;
    this.world.keepUpload(file, bytes);
    this.world.uploads.push({ id, ownerId: me.id, mime, alt: null, file, expiresAt: this.world.now() + LIFE_MS });
    this.world.save();
    return { status: 200, body: { data: { id, media_key: mediaKey(id, mime), expires_after_secs: LIFE_MS / 1000, size: bytes.length }, meta: META } };
  }
  describe(asked: Asked, me: WorldUser): Answered {
    const body = jsonBody(asked);
    const upload = this.world.uploads.find((each) => each.id === body['id'] && each.ownerId === me.id);
    if (!upload) throw invalid('The media id is not known.');
    const text = (body['metadata'] as { alt_text?: { text?: unknown } } | undefined)?.alt_text?.text;
    if (typeof text !== 'string' || text.length > 1000) throw invalid('alt_text.text must have at most 1000 characters.');
    upload.alt = text;
    this.world.save();
    return { status: 200, body: { data: { id: upload.id, associated_metadata: { alt_text: { text } } } } };
  }
}
