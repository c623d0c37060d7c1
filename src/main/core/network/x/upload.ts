import type { z } from 'zod';
import type { TwitterApi } from 'twitter-api-v2';
import { PRICES } from '../../../../shared/domain/price.ts';
import type { Clock } from '../../ports.ts';
import type { MediaFile, Outcome, UploadPhase } from '../port.ts';
import { UPLOAD_MS } from './call.ts';
import { acceptedDto, finalizedDto, uploadedDto } from './schemas.ts';

/** Bytes per append: few calls, each short enough to be tried again (x-api-facts §5.7). */
const CHUNK_BYTES = 4 * 1024 * 1024;
const CHUNK_TRIES = 3;
/** Longest wait for X to process a video, and the wait where it names none, ms. */
const PROCESSING_MS = 10 * 60_000;
const CHECK_MS = 1_000;
const ID_LIFE_MS = 24 * 3_600_000;
/** An uploaded file is taken as expired this long before it is, ms. */
const EXPIRY_MARGIN_MS = 10 * 60_000;

type Send = <T>(endpoint: string, schema: z.ZodType<T>, request: (client: TwitterApi) => Promise<unknown>, more: { signal?: AbortSignal | undefined; timeoutMs?: number }) => Promise<Outcome<T>>;
export interface UploadOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((phase: UploadPhase, done: number, total: number) => void) | undefined;
  /** Named places of the way, for tests that kill the process there. */
  point?: ((name: string) => void) | undefined;
}

/** Pictures go in one call; GIF and video in chunks, then wait until they are processed (x-api-facts §5.7). Creates no post, so every part may be repeated. */
export async function uploadMedia(send: Send, clock: Clock, billed: (endpoint: string, n: number, usd: number) => void, file: MediaFile, options: UploadOptions): Promise<Outcome<{ mediaId: string; expiresAt: number }>> {
  const { signal, onProgress } = options;
  const point = options.point ?? (() => {});
  const stop = { ok: false as const, failure: { kind: 'cancelled' as const, detail: 'stopped by the user' } };
  const expiry = (seconds: number | undefined): number => clock.now() + (seconds === undefined ? ID_LIFE_MS : seconds * 1000) - EXPIRY_MARGIN_MS;
  let mediaId: string;
  let expiresAt: number;
  let date: number | null;
  if (file.mime === 'image/gif' || file.mime.startsWith('video/')) {
    point('upload.before-init');
    const begun = await send('media/initialize', uploadedDto, (client) => client.v2.post('media/upload/initialize', { media_type: file.mime, total_bytes: file.bytes, media_category: file.mime === 'image/gif' ? 'tweet_gif' : 'tweet_video' }, { fullResponse: true, forceBodyMode: 'json' }), { signal });
    if (!begun.ok) return begun;
    mediaId = begun.value.data.id;
    expiresAt = expiry(begun.value.data.expires_after_secs);
    point('upload.after-init');
    for (let at = 0, index = 0; at < file.bytes; at += CHUNK_BYTES, index += 1) {
      const bytes = await file.read(at, Math.min(file.bytes, at + CHUNK_BYTES));
      for (let round = 1; ; round += 1) {
        if (signal?.aborted) return stop;
        const sent = await send('media/append', acceptedDto, (client) => client.v2.post('media/upload/:id/append', { segment_index: index, media: Buffer.from(bytes) }, { fullResponse: true, forceBodyMode: 'form-data', params: { id: mediaId } }), { signal, timeoutMs: UPLOAD_MS });
        if (sent.ok) break;
        if (signal?.aborted) return stop;
        if (round === CHUNK_TRIES || (sent.failure.kind !== 'ambiguous' && sent.failure.kind !== 'notSent')) return sent;
      }
      point('upload.after-append');
      onProgress?.('sending', Math.min(file.bytes, at + CHUNK_BYTES), file.bytes);
    }
    point('upload.before-finalize');
    const closed = await send('media/finalize', finalizedDto, (client) => client.v2.post('media/upload/:id/finalize', undefined, { fullResponse: true, params: { id: mediaId } }), { signal, timeoutMs: UPLOAD_MS });
    if (!closed.ok) return closed;
    date = closed.dateHeader;
    point('upload.after-finalize');
    const began = clock.monotonic();
    for (let info = closed.value.data.processing_info; info && info.state !== 'succeeded'; ) {
      if (info.state === 'failed') return { ok: false, failure: { kind: 'definite', code: 'network_refused', status: 200, detail: info.error?.message ?? 'the file could not be processed' } };
      if (clock.monotonic() - began > PROCESSING_MS) return { ok: false, failure: { kind: 'notSent', detail: 'processing takes too long' } };
      onProgress?.('processing', info.progress_percent ?? 0, 100);
      const wait = (info.check_after_secs ?? 0) * 1000 || CHECK_MS;
      await new Promise<void>((resolve) => {
        clock.timer(resolve, wait);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
      if (signal?.aborted) return stop;
      point('upload.processing');
      const asked = await send('media/status', finalizedDto, (client) => client.v2.get('media/upload', { command: 'STATUS', media_id: mediaId }, { fullResponse: true }), { signal });
      if (!asked.ok) return asked;
      info = asked.value.data.processing_info;
    }
  } else {
    onProgress?.('sending', 0, file.bytes);
    const bytes = await file.read(0, file.bytes);
    point('upload.before-simple');
    const uploaded = await send('media/upload', uploadedDto, (client) => client.v2.post('media/upload', { media: Buffer.from(bytes), media_category: 'tweet_image', media_type: file.mime }, { fullResponse: true, forceBodyMode: 'form-data' }), { signal, timeoutMs: UPLOAD_MS });
    if (!uploaded.ok) return signal?.aborted ? stop : uploaded;
    mediaId = uploaded.value.data.id;
    expiresAt = expiry(uploaded.value.data.expires_after_secs);
    date = uploaded.dateHeader;
    onProgress?.('sending', file.bytes, file.bytes);
  }
  point('upload.before-alt');
  if (file.alt.trim() !== '') {
    const described = await send('media/metadata', acceptedDto, (client) => client.v2.post('media/metadata', { id: mediaId, metadata: { alt_text: { text: file.alt } } }, { fullResponse: true, forceBodyMode: 'json' }), { signal });
    if (!described.ok) return described;
    billed('media/metadata', 1, PRICES.mediaAlt);
  }
  point('upload.done');
  return { ok: true, value: { mediaId, expiresAt }, dateHeader: date };
}
