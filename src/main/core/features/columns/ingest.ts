import { randomUUID } from 'node:crypto';
import { compareIds } from '../../../../shared/domain/ids.ts';
import type { Db } from '../../db/db.ts';
import type { ReadPage, RemotePost } from '../../network/port.ts';
import type { ColumnsRepository, StoredSource } from './repository.ts';
import type { Place, PostsRepository } from './postsRepository.ts';
import { offerOwnPosts } from '../publishing/ownPosts.ts';

/** Hears of posts as they are stored, in the same transaction; its answer is called once it has committed. */
export type StoredListener = (posts: readonly RemotePost[]) => () => void;

/** Posts written in one transaction; between two of them the event loop runs (ARCHITECTURE §6: no block over 40 ms). */
const CHUNK = 40;

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const newest = (posts: readonly RemotePost[]): string | null => posts.reduce<string | null>((found, post) => (found === null || compareIds(post.id, found) > 0 ? post.id : found), null);
const oldest = (posts: readonly RemotePost[]): string | null => posts.reduce<string | null>((found, post) => (found === null || compareIds(post.id, found) < 0 ? post.id : found), null);

export interface Ingested {
  added: number;
  newestId: string | null;
}

/**
 * Stores one page of a source, oldest first, so that a stop in the middle loses only the newest, which are read again.
 * The newest id and the gap marker are written with the last chunk.
 */
export async function ingestPage(
  deps: { db: Db; columns: ColumnsRepository; posts: PostsRepository },
  place: Place,
  source: StoredSource,
  page: ReadPage,
  times: { now: number; next: number },
  stored: StoredListener,
): Promise<Ingested> {
  const { db, columns, posts } = deps;
  const rows = [...page.posts].sort((a, b) => compareIds(a.id, b.id));
  let added = 0;
  const count = (part: readonly RemotePost[]): void => {
    added += part.filter((post) => !columns.hasPost(source.id, post.id)).length;
  };
  for (let i = 0; i < page.related.length || i < page.users.length; i += CHUNK) {
    const part = { posts: [], related: page.related.slice(i, i + CHUNK), users: page.users.slice(i, i + CHUNK), gone: [] };
    db.tx(() => posts.store(place, part, times.now));
    await breathe();
  }
  for (let i = 0; i + CHUNK < rows.length; i += CHUNK) {
    const part = { posts: rows.slice(i, i + CHUNK), related: [], users: [], gone: [] };
    // Own posts are offered to what is in doubt first, or they would count twice (PUBLISHING 6).
    const tell = db.tx(() => {
      count(part.posts);
      const told = offerOwnPosts(db, place.accountId, part.posts);
      posts.store(place, part, times.now);
      const heard = stored(part.posts);
      return () => { told(); heard(); };
    });
    tell();
    await breathe();
  }
  const last = rows.slice(rows.length === 0 ? 0 : Math.floor((rows.length - 1) / CHUNK) * CHUNK);
  const top = newest(rows);
  const newestId = top !== null && (source.newestId === null || compareIds(top, source.newestId) > 0) ? top : source.newestId;
  const tell = db.tx(() => {
    count(last);
    const told = offerOwnPosts(db, place.accountId, last);
    posts.store(place, { posts: last, related: [], users: [], gone: page.gone }, times.now);
    const heard = stored(last);
    const bottom = oldest(rows);
    if (source.newestId !== null && page.nextToken !== null && bottom !== null && compareIds(bottom, source.newestId) > 0) {
      columns.addGap(source.id, { id: randomUUID(), beforeId: bottom, afterId: source.newestId, estimate: rows.length });
    }
    columns.refreshed(source.id, newestId, times.now, times.next);
    return () => { told(); heard(); };
  });
  tell();
  return { added, newestId };
}
