import twitter from 'twitter-text';
import { compareIds } from '../shared/domain/ids.ts';
import { type Answered, type Asked, forbidden, invalid, jsonBody, Problem } from './http.ts';
import { countsOf } from './metrics.ts';
import { promiseThanks } from './relief.ts';
import { fieldsOf, pageDto, userDto } from './render.ts';
import { searchTest } from './search.ts';
import type { WorldPost, WorldUser } from './types.ts';
import { mediaKey } from './uploads.ts';
import type { World } from './world.ts';

const DUPLICATE_MS = 24 * 3_600_000;
/** How long a post may be edited, and how often (x-api-facts §4.3). */
const EDIT_MS = 3_600_000;
const MOST_EDITS = 5;
const MOST_IDS = 100;

export interface CreatedEntry {
  id: string;
  accountId: string;
  text: string;
  createdAt: number;
  replyToId: string | null;
  mediaIds: string[];
}

function between(query: URLSearchParams, name: string, least: number, most: number, usual: number): number {
  const raw = query.get(name);
  if (raw === null) return usual;
  const value = Number(raw);
  if (!Number.isInteger(value) || value < least || value > most) throw invalid(`The \`${name}\` query parameter value [${raw}] is not between ${least} and ${most}`);
  return value;
}

function idOf(query: URLSearchParams, name: string): string | null {
  const raw = query.get(name);
  if (raw !== null && !/^\d{1,19}$/.test(raw)) throw invalid(`The \`${name}\` query parameter value [${raw}] does not match ^[0-9]{1,19}$`);
  return raw;
}
function timeOf(query: URLSearchParams, name: string): number | null {
  const raw = query.get(name);
  const value = raw === null ? null : Date.parse(raw);
  if (Number.isNaN(value)) throw invalid(`The \`${name}\` query parameter value [${raw ?? ''}] is not a valid RFC 3339 timestamp`);
  return value;
}
function listOf(query: URLSearchParams, name: string): string[] {
  const list = (query.get(name) ?? '').split(',').filter((each) => each !== '');
  if (list.length === 0 || list.length > MOST_IDS) throw invalid(`The \`${name}\` query parameter has to name 1 to ${MOST_IDS}`);
  return list;
}

function pollOf(raw: unknown, now: number): WorldPost['poll'] | undefined {
  if (raw === undefined || raw === null) return undefined;
  const { options, duration_minutes: minutes } = raw as { options?: unknown; duration_minutes?: unknown };
  if (!Array.isArray(options) || options.length < 2 || options.length > 4 || options.some((each) => typeof each !== 'string' || each.length === 0 || each.length > 25)) throw invalid('poll.options: 2 to 4 answers of at most 25 characters.');
  if (typeof minutes !== 'number' || !Number.isInteger(minutes) || minutes < 5 || minutes > 10_080) throw invalid('poll.duration_minutes: 5 to 10080.');
  return { options: options.map(String), endsAt: now + minutes * 60_000 };
}

/** The calls of X's API v2 that a column client needs. `me` is who signed the request. */
export class Api {
  readonly created: CreatedEntry[] = [];
  /** Every bookmark and hidden answer as it was asked for, in order. */
  readonly marks: { kind: 'bookmark' | 'hidden'; userId: string; postId: string; on: boolean }[] = [];
  private readonly world: World;
  constructor(world: World) {
    this.world = world;
    for (const post of world.posts) if (post.viaApi) this.note(post, (post.media ?? []).map((each) => each.key));
  }
  private note(post: WorldPost, mediaIds: string[]): void {
    this.created.push({ id: post.id, accountId: post.authorId, text: post.text, createdAt: post.createdAt, replyToId: post.replyToId ?? null, mediaIds });
  }

  /** Deleted, or its author's posts are protected. */
  private hiddenFrom(post: WorldPost): boolean {
    return post.deleted === true || this.world.user(post.authorId)?.protected === true;
  }
  private page(asked: Asked, least: number, usual: number, test: (post: WorldPost) => boolean, tokenName: string): Answered {
    const { query } = asked;
    const size = between(query, 'max_results', least, 100, usual);
    const since = idOf(query, 'since_id');
    const until = idOf(query, 'until_id');
    const start = timeOf(query, 'start_time');
    const end = timeOf(query, 'end_time');
    const without = new Set((query.get('exclude') ?? '').split(','));
    const token = query.get(tokenName) ?? query.get('pagination_token') ?? query.get('next_token');
    const below = token === null ? null : /^p(\d+)$/.exec(token)?.[1];
    if (below === undefined) throw invalid(`The \`${tokenName}\` query parameter value is not valid`);
    const found = this.world.posts
      .filter((post) => !this.hiddenFrom(post) && !post.retired && test(post) && !(without.has('replies') && post.replyToId) && !(without.has('retweets') && post.repostOfId))
      .filter((post) => (since === null || compareIds(post.id, since) > 0) && (until === null || compareIds(post.id, until) < 0) && (below === null || compareIds(post.id, below) < 0))
      .filter((post) => (start === null || post.createdAt >= start) && (end === null || post.createdAt < end))
      .sort((a, b) => compareIds(b.id, a.id));
    const shown = found.slice(0, size);
    const last = shown.at(-1);
    const meta = {
      result_count: shown.length,
      ...(shown[0] && last ? { newest_id: shown[0].id, oldest_id: last.id } : {}),
      ...(found.length > size && last ? { next_token: `p${last.id}` } : {}),
    };
    return { status: 200, body: pageDto(this.world, asked.origin, shown, fieldsOf(query), meta) };
  }

  me(asked: Asked, me: WorldUser): Answered {
    return { status: 200, body: { data: userDto(this.world, asked.origin, me, fieldsOf(asked.query).user) } };
  }
  userById(asked: Asked, id: string): Answered {
    const user = this.world.user(id);
    if (user) return { status: 200, body: { data: userDto(this.world, asked.origin, user, fieldsOf(asked.query).user) } };
    return { status: 200, body: { errors: [this.missing('user', id, 'id')] } };
  }
  userByName(asked: Asked, name: string): Answered {
    const user = this.world.byName(name);
    if (user) return { status: 200, body: { data: userDto(this.world, asked.origin, user, fieldsOf(asked.query).user) } };
    return { status: 200, body: { errors: [this.missing('user', name, 'username')] } };
  }
  users(asked: Asked, by: 'ids' | 'usernames'): Answered {
    const wanted = listOf(asked.query, by);
    const found = wanted.map((each) => ({ each, user: by === 'ids' ? this.world.user(each) : this.world.byName(each) }));
    const users = found.map(({ user }) => user).filter((user) => user !== undefined);
    const errors = found.filter(({ user }) => !user).map(({ each }) => this.missing('user', each, by));
    return { status: 200, body: { ...(users.length > 0 ? { data: users.map((user) => userDto(this.world, asked.origin, user, fieldsOf(asked.query).user)) } : {}), ...(errors.length > 0 ? { errors } : {}) } };
  }
  private missing(kind: 'user' | 'tweet', value: string, parameter: string): Record<string, unknown> {
    return { value, resource_id: value, parameter, resource_type: kind, title: 'Not Found Error', detail: `Could not find ${kind} with ${parameter}: [${value}].`, type: 'https://api.twitter.com/2/problems/resource-not-found' };
  }

  /** Whom our accounts follow and their own posts; replies only between those, and nothing addressed to us (that is in mentions). */
  home(asked: Asked, me: WorldUser, id: string): Answered {
    if (id !== me.id) throw forbidden('You can only read your own home timeline.');
    const seen = new Set(this.world.users.filter((user) => user.followed || user.id === me.id).map((user) => user.id));
    return this.page(asked, 1, 100, (post) => {
      if (!seen.has(post.authorId) || (post.authorId !== me.id && post.text.toLowerCase().startsWith(`@${me.username.toLowerCase()} `))) return false;
      const answered = post.replyToId === undefined || post.authorId === me.id ? undefined : this.world.post(post.replyToId)?.authorId;
      return answered === undefined || (answered !== me.id && seen.has(answered));
    }, 'pagination_token');
  }
  /** By name, and quotes, as X counts them (x-api-facts §4.1). */
  mentions(asked: Asked, id: string): Answered {
    const user = this.world.user(id);
    if (!user) return { status: 200, body: { errors: [this.missing('user', id, 'id')] } };
    const mark = new RegExp(`@${user.username}(?![A-Za-z0-9_])`, 'i');
    return this.page(asked, 5, 10, (post) => post.authorId !== user.id && !post.repostOfId && (mark.test(post.text) || (post.quotedId !== undefined && this.world.post(post.quotedId)?.authorId === user.id)), 'pagination_token');
  }
  own(asked: Asked, id: string): Answered {
    if (!this.world.user(id)) return { status: 200, body: { errors: [this.missing('user', id, 'id')] } };
    return this.page(asked, 5, 10, (post) => post.authorId === id, 'pagination_token');
  }
  search(asked: Asked): Answered {
    const query = asked.query.get('query') ?? '';
    if (query.trim() === '' || query.length > 512) throw invalid('The `query` query parameter has to be between 1 and 512 characters.');
    let counts: ReturnType<typeof countsOf> | null = null;
    const test = searchTest(this.world, query, () => (counts ??= countsOf(this.world)));
    if (!test) throw invalid('There were errors processing your request: an operator is not supported.');
    const week = this.world.now() - 7 * 86_400_000;
    return this.page(asked, 10, 10, (post) => post.createdAt > week && test(post), 'next_token');
  }
  lookups(asked: Asked): Answered {
    return this.lookup(asked, listOf(asked.query, 'ids').map((id) => {
      if (!/^\d{1,19}$/.test(id)) throw invalid(`The \`ids\` query parameter value [${id}] does not match ^[0-9]{1,19}$`);
      return id;
    }), false);
  }
  lookup(asked: Asked, ids: string[], single: boolean): Answered {
    const found = ids.map((id) => this.world.post(id)).filter((post): post is WorldPost => post !== undefined && !this.hiddenFrom(post));
    const body = pageDto(this.world, asked.origin, found, fieldsOf(asked.query), null);
    const errors = ids.filter((id) => !found.some((post) => post.id === id)).map((id) => this.missing('tweet', id, single ? 'id' : 'ids'));
    const data = body['data'] as unknown[];
    return { status: 200, body: { ...body, data: single ? data[0] : data.length > 0 ? data : undefined, ...(errors.length > 0 ? { errors } : {}) } };
  }

  create(asked: Asked, me: WorldUser): Answered {
    const body = jsonBody(asked);
    const known = new Set(['text', 'media', 'poll', 'reply', 'quote_tweet_id', 'quote_post_id', 'reply_settings', 'for_super_followers_only', 'nullcast', 'made_with_ai', 'paid_partnership', 'edit_options']);
    for (const key of Object.keys(body)) if (!known.has(key)) throw invalid(`$.${key}: is not defined in the schema and the schema does not allow additional properties`);
    const text = typeof body['text'] === 'string' ? body['text'] : '';
    const media = (body['media'] as { media_ids?: unknown } | undefined)?.media_ids;
    const mediaIds = Array.isArray(media) ? media.map(String) : [];
    const poll = pollOf(body['poll'], this.world.now());
    const before = this.editedPost(body['edit_options'], me);
    if (poll && mediaIds.length > 0) throw invalid('A post has either a poll or media.');
    if (text.trim() === '' && mediaIds.length === 0) throw invalid('The text of a post may not be empty.');
    if ('quote_tweet_id' in body || 'quote_post_id' in body) throw forbidden('Quoting posts via the API is not permitted with your access level.');
    if (twitter.parseTweet(text).weightedLength > 280) throw forbidden('Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.');
    const replyTo = (body['reply'] as { in_reply_to_tweet_id?: unknown } | undefined)?.in_reply_to_tweet_id;
    const replyToId = typeof replyTo === 'string' ? replyTo : undefined;
    if (replyToId !== undefined) this.checkReply(replyToId, me);
    const now = this.world.now();
    const twin = this.world.posts.find((post) => post.authorId === me.id && !post.deleted && !post.retired && !post.repostOfId && post.replyToId === replyToId && post.text.trim() === text.trim() && now - post.createdAt < DUPLICATE_MS);
    if (twin && mediaIds.length === 0) throw forbidden('You are not allowed to create a Tweet with duplicate content.');
    if (mediaIds.length > 4) throw invalid('A post has at most 4 media.');
    const kinds = mediaIds.map((id) => this.world.uploads.find((each) => each.id === id)?.mime ?? '');
    if (mediaIds.length > 1 && kinds.some((mime) => mime === 'image/gif' || mime.startsWith('video/'))) throw invalid('A GIF or video cannot be mixed with other media.');
    const attached = mediaIds.map((id) => {
      const upload = this.world.uploads.find((each) => each.id === id && each.ownerId === me.id);
      if (!upload || (upload.expiresAt ?? Infinity) < now || (upload.readyAt ?? 0) > now) throw invalid('Your media IDs are invalid.');
      return { key: mediaKey(id, upload.mime), source: { upload: upload.file, mime: upload.mime }, alt: upload.alt, width: 480, height: 270 };
    });
    const post = this.world.add({ authorId: me.id, text, lang: me.lang, viaApi: true, ...(replyToId ? { replyToId } : {}), ...(attached.length > 0 ? { media: attached } : {}), ...(poll ? { poll } : {}), ...(before ? { editHistory: [...(before.editHistory ?? []), before.id] } : {}) });
    if (before) before.retired = true;
    if (replyToId) promiseThanks(this.world, post);
    this.note(post, mediaIds);
    this.world.save();
    return { status: 201, body: { data: { id: post.id, text: post.text, edit_history_tweet_ids: [...(post.editHistory ?? []), post.id] } } };
  }
  /** The post that an edit takes the place of. */
  private editedPost(raw: unknown, me: WorldUser): WorldPost | undefined {
    if (raw === undefined || raw === null) return undefined;
    const id = (raw as { previous_post_id?: unknown }).previous_post_id;
    const post = typeof id === 'string' ? this.world.post(id) : undefined;
    if (!post || post.deleted || post.authorId !== me.id) throw forbidden('You are not authorized to edit this Tweet.');
    if (post.retired || (post.editHistory?.length ?? 0) >= MOST_EDITS || this.world.now() - post.createdAt > EDIT_MS) throw forbidden('This Tweet can no longer be edited.');
    return post;
  }
  private checkReply(targetId: string, me: WorldUser): void {
    const target = this.world.post(targetId);
    if (!target || this.hiddenFrom(target)) throw forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
    const quoted = target.quotedId ? this.world.post(target.quotedId)?.authorId === me.id : false;
    if (target.authorId !== me.id && !quoted && !new RegExp(`@${me.username}(?![A-Za-z0-9_])`, 'i').test(target.text)) {
      throw forbidden('Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.');
    }
  }
  remove(id: string, me: WorldUser): Answered {
    const post = this.world.post(id);
    if (post && post.authorId !== me.id) throw forbidden('You are not authorized to delete this Tweet.');
    // Deleting one version of an edited post deletes all.
    const versions = post ? this.world.posts.filter((each) => each.id === id || each.editHistory?.includes(id) || post.editHistory?.includes(each.id)) : [];
    for (const each of versions) each.deleted = true;
    this.world.save();
    return { status: 200, body: { data: { deleted: post !== undefined } } };
  }
  repost(asked: Asked, me: WorldUser, on: boolean, id?: string): Answered {
    const raw = id ?? jsonBody(asked)['tweet_id'];
    const postId = typeof raw === 'string' ? raw : '';
    const target = this.world.post(postId);
    if (!target || target.deleted) throw new Problem(404, { title: 'Not Found', detail: 'Not Found' });
    const mine = this.world.posts.find((post) => post.authorId === me.id && post.repostOfId === postId && !post.deleted);
    if (on && !mine) this.world.add({ authorId: me.id, text: '', lang: me.lang, repostOfId: postId, viaApi: true });
    if (!on && mine) mine.deleted = true;
    this.world.save();
    return { status: 200, body: { data: { retweeted: on, ...(on ? { id: postId, rest_id: postId } : {}) } } };
  }
  /** Bookmarks ask for OAuth 2 (x-api-facts §1.2). */
  bookmark(asked: Asked, me: WorldUser, on: boolean, id?: string): Answered {
    if ((asked.headers['authorization'] ?? '').startsWith('OAuth ')) throw new Problem(403, { title: 'Unsupported Authentication', detail: 'Authenticating with OAuth 1.0a User Context is forbidden for this endpoint. Supported authentication types are [OAuth 2.0 User Context].', type: 'https://api.twitter.com/2/problems/unsupported-authentication' });
    const raw = id ?? jsonBody(asked)['tweet_id'];
    const postId = typeof raw === 'string' ? raw : '';
    const target = this.world.post(postId);
    if (!target || target.deleted) throw new Problem(404, { title: 'Not Found', detail: 'Not Found' });
    this.mark('bookmark', me.id, postId, on);
    return { status: 200, body: { data: { bookmarked: on } } };
  }
  /** Hides an answer to one of our posts. */
  hide(asked: Asked, me: WorldUser, postId: string): Answered {
    const hidden = jsonBody(asked)['hidden'];
    if (typeof hidden !== 'boolean') throw invalid('$.hidden: is missing but it is required');
    const target = this.world.post(postId);
    if (!target || target.deleted) throw new Problem(404, { title: 'Not Found', detail: 'Not Found' });
    const parent = target.replyToId === undefined ? undefined : this.world.post(target.replyToId);
    if (parent?.authorId !== me.id) throw forbidden('You are not allowed to hide replies in a conversation that you did not start.');
    this.mark('hidden', me.id, postId, hidden);
    return { status: 200, body: { data: { hidden } } };
  }
  private mark(kind: 'bookmark' | 'hidden', userId: string, postId: string, on: boolean): void {
    this.marks.push({ kind, userId, postId, on });
    this.world.marks = [...this.world.marks.filter((each) => each.kind !== kind || each.userId !== userId || each.postId !== postId), ...(on ? [{ kind, userId, postId }] : [])];
    this.world.save();
  }
}
