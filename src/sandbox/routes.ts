import type { Api } from './api.ts';
import { type Answered, type Asked, forbidden } from './http.ts';
import type { SchemaName } from './schemas.ts';
import type { Uploads } from './uploads.ts';
import type { WorldUser } from './types.ts';

export interface Route {
  /** Name of its rate limit. */
  limit: string;
  /** Schema of its answer, or null when it is always refused. */
  schema: SchemaName | null;
  run(asked: Asked, me: WorldUser): Answered;
}

const REFUSED = 'This action is not permitted with your access level: it is available to Enterprise customers only.';

/** Which call a request is; null when X has none like it. */
export function routeOf(api: Api, uploads: Uploads, asked: Asked): Route | null {
  const parts = asked.path.split('/').filter((part) => part !== '').map(decodeURIComponent);
  const [version, first, second, third, fourth] = parts;
  if (version !== '2') return null;
  const at = `${asked.method} ${first ?? ''}`;
  const route = (limit: string, schema: SchemaName | null, run: Route['run']): Route => ({ limit, schema, run });
  if (at === 'GET users') {
    if (second === 'me' && parts.length === 3) return route('me', 'user', (each, me) => api.me(each, me));
    if (second === 'by' && third === 'username' && fourth) return route('user', 'user', (each) => api.userByName(each, fourth));
    if (second === 'by' && third === undefined) return route('users', 'users', (each) => api.users(each, 'usernames'));
    if (second === undefined) return route('users', 'users', (each) => api.users(each, 'ids'));
    if (parts.length === 3) return route('user', 'user', (each) => api.userById(each, second));
    if (third === 'timelines' && fourth === 'reverse_chronological') return route('home', 'page', (each, me) => api.home(each, me, second));
    if (third === 'mentions') return route('mentions', 'page', (each) => api.mentions(each, second));
    if (third === 'tweets') return route('own', 'page', (each) => api.own(each, second));
  }
  if (at === 'GET tweets') {
    if (second === 'search' && third === 'recent') return route('search', 'page', (each) => api.search(each));
    if (second === undefined) return route('lookup', 'lookup', (each) => api.lookups(each));
    if (parts.length === 3) return route('lookup', 'single', (each) => api.lookup(each, [second], true));
  }
  if (at === 'POST tweets' && second === undefined) return route('create', 'created', (each, me) => api.create(each, me));
  if (at === 'DELETE tweets' && second) return route('delete', 'deleted', (_, me) => api.remove(second, me));
  if (first === 'users' && third === 'retweets') {
    if (asked.method === 'POST') return route('repost', 'reposted', (each, me) => api.repost(each, me, true));
    if (asked.method === 'DELETE' && fourth) return route('repost', 'reposted', (each, me) => api.repost(each, me, false, fourth));
  }
  if (first === 'users' && third === 'bookmarks') {
    if (asked.method === 'POST') return route('bookmark', 'bookmarked', (each, me) => api.bookmark(each, me, true));
    if (asked.method === 'DELETE' && fourth) return route('bookmark', 'bookmarked', (each, me) => api.bookmark(each, me, false, fourth));
  }
  if (at === 'PUT tweets' && second && third === 'hidden') return route('hide', 'hidden', (each, me) => api.hide(each, me, second));
  if (first === 'users' && (third === 'likes' || third === 'following')) {
    return route('repost', null, () => {
      throw forbidden(REFUSED);
    });
  }
  if (at === 'POST media' && second === 'upload' && third === undefined) return route('upload', 'uploaded', (each, me) => uploads.upload(each, me));
  if (at === 'POST media' && second === 'upload' && third === 'initialize') return route('chunk', 'initialized', (each, me) => uploads.initialize(each, me));
  if (at === 'POST media' && second === 'upload' && third && fourth === 'append') return route('chunk', 'appended', (each, me) => uploads.append(each, me, third));
  if (at === 'POST media' && second === 'upload' && third && fourth === 'finalize') return route('chunk', 'finalized', (_, me) => uploads.finalize(me, third));
  if (at === 'GET media' && second === 'upload') return route('status', 'finalized', (each, me) => uploads.status(each, me));
  if (at === 'POST media' && second === 'metadata') return route('describe', 'described', (each, me) => uploads.describe(each, me));
  return null;
}
