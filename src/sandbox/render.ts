import twitter from 'twitter-text';
import { countsOf, metricsOf, votesOf } from './metrics.ts';
import { JOINED } from './people.ts';
import { hashOf } from './random.ts';
import type { World } from './world.ts';
import type { WorldMedia, WorldPost, WorldUser } from './types.ts';

type Dto = Record<string, unknown>;
const SHORT = 280;

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const points = (text: string): number => [...text].length;
const shortLink = (url: string): string => `https://t.co/${hashOf(url).toString(36).padStart(7, '0')}${(hashOf(`${url}#`) % 46_656).toString(36).padStart(3, '0')}`;

/** The first so many code points, marked where something is left out. */
function cut(text: string, most: number): string {
  const all = [...text];
  return all.length > most ? `${all.slice(0, most).join('')}…` : text;
}
function shortDisplay(url: string): string {
  const bare = url.replace(/^https?:\/\//, '');
  return bare.length > 30 ? `${bare.slice(0, 30)}…` : bare;
}

interface Rendered {
  text: string;
  entities: Dto;
}

/** Text as X sends it: links shortened, HTML escaped, entity offsets in code points of the escaped text. */
export function renderText(plain: string, tail: { url: string; display: string; mediaKey?: string }[]): Rendered {
  const found = twitter.extractEntitiesWithIndices(plain);
  const lists: Record<'urls' | 'mentions' | 'hashtags' | 'cashtags', Dto[]> = { urls: [], mentions: [], hashtags: [], cashtags: [] };
  let text = '';
  let at = 0;
  for (const entity of found) {
    const [start, end] = entity.indices;
    text += escape(plain.slice(at, start));
    const from = points(text);
    if ('url' in entity) {
      const expanded = /^https?:/i.test(entity.url) ? entity.url : `https://${entity.url}`;
      text += shortLink(expanded);
      lists.urls.push({ start: from, end: points(text), url: shortLink(expanded), expanded_url: expanded, display_url: shortDisplay(expanded) });
    } else {
      text += escape(plain.slice(start, end));
      const span = { start: from, end: points(text) };
      if ('screenName' in entity) lists.mentions.push({ ...span, username: entity.screenName });
      else if ('hashtag' in entity) lists.hashtags.push({ ...span, tag: entity.hashtag });
      else if ('cashtag' in entity) lists.cashtags.push({ ...span, tag: entity.cashtag });
    }
    at = end;
  }
  text += escape(plain.slice(at));
  for (const each of tail) {
    if (text !== '') text += ' ';
    const from = points(text);
    text += shortLink(each.url);
    lists.urls.push({ start: from, end: points(text), url: shortLink(each.url), expanded_url: each.url, display_url: each.display, ...(each.mediaKey ? { media_key: each.mediaKey } : {}) });
  }
  return { text, entities: Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)) };
}

export const avatarUrl = (origin: string, user: WorldUser): string => `${origin}/img/avatar/${user.id}.png`;
const mediaUrl = (origin: string, media: WorldMedia): string => ('drawn' in media.source ? `${origin}/img/picture/${encodeURIComponent(media.source.drawn)}.png` : `${origin}/img/upload/${media.source.upload}`);

/** Which optional fields were asked for, and in which of X's two vocabularies. */
export interface Fields {
  post: ReadonlySet<string>;
  user: ReadonlySet<string>;
  media: ReadonlySet<string>;
  poll: ReadonlySet<string>;
  expansions: ReadonlySet<string>;
  vocabulary: 'legacy' | 'new';
}
export function fieldsOf(query: URLSearchParams): Fields {
  const set = (name: string): Set<string> => new Set((query.get(name) ?? '').split(',').filter((word) => word !== ''));
  const isNew = query.has('post.fields');
  return { post: set(isNew ? 'post.fields' : 'tweet.fields'), user: set('user.fields'), media: set('media.fields'), poll: set('poll.fields'), expansions: set('expansions'), vocabulary: isNew ? 'new' : 'legacy' };
}

export function userDto(world: World, origin: string, user: WorldUser, fields: ReadonlySet<string>): Dto {
  const all: Dto = {
    profile_image_url: avatarUrl(origin, user), description: user.bio, verified: user.verified, protected: user.protected === true, verified_type: user.verified ? 'business' : 'none', subscription_type: 'None',
    created_at: new Date(JOINED).toISOString(),
    public_metrics: { followers_count: user.followers, following_count: 40 + (hashOf(user.username) % 700), tweet_count: 300 + (hashOf(user.id) % 4000) + world.posts.filter((post) => post.authorId === user.id && !post.deleted).length, listed_count: Math.floor(user.followers / 180) },
  };
  return { id: user.id, name: user.name, username: user.username, ...Object.fromEntries(Object.entries(all).filter(([key]) => fields.has(key))) };
}

export function postDto(world: World, post: WorldPost, fields: Fields, counts: ReturnType<typeof countsOf>): Dto {
  const author = world.user(post.authorId);
  const original = post.repostOfId ? world.post(post.repostOfId) : undefined;
  const originalAuthor = original ? world.user(original.authorId) : undefined;
  const plain = original ? `RT @${originalAuthor?.username ?? ''}: ${cut(original.text, 110)}` : post.text;
  const quoted = post.quotedId ? world.post(post.quotedId) : undefined;
  const tail = [
    ...(post.media ?? []).slice(0, 1).map((media) => ({ url: `https://x.com/${author?.username ?? ''}/status/${post.id}/photo/1`, display: `pic.x.com/${hashOf(post.id).toString(36)}`, mediaKey: media.key })),
    ...(quoted ? [{ url: `https://x.com/${world.user(quoted.authorId)?.username ?? 'i'}/status/${quoted.id}`, display: 'x.com/…' }] : []),
  ];
  const long = twitter.parseTweet(plain).weightedLength > SHORT;
  const rendered = renderText(long ? cut(plain, 240) : plain, tail);
  const whole = long ? renderText(plain, []) : null;
  const references = [
    ...(post.repostOfId ? [{ type: fields.vocabulary === 'new' ? 'reposted' : 'retweeted', id: post.repostOfId }] : []),
    ...(post.quotedId ? [{ type: 'quoted', id: post.quotedId }] : []),
    ...(post.replyToId ? [{ type: 'replied_to', id: post.replyToId }] : []),
  ];
  const history = [...(post.editHistory ?? []), post.id];
  const numbers = metricsOf(world, post, counts);
  const repostKey = fields.vocabulary === 'new' ? 'repost_count' : 'retweet_count';
  const all: Dto = {
    author_id: post.authorId, created_at: new Date(post.createdAt).toISOString(), lang: post.lang, conversation_id: world.conversationOf(post), reply_settings: 'everyone', possibly_sensitive: false,
    ...(Object.keys(rendered.entities).length > 0 ? { entities: rendered.entities } : {}),
    ...(whole ? { [fields.vocabulary === 'new' ? 'note_post' : 'note_tweet']: { text: whole.text, ...(Object.keys(whole.entities).length > 0 ? { entities: whole.entities } : {}) } } : {}),
    ...(references.length > 0 ? { [fields.vocabulary === 'new' ? 'referenced_posts' : 'referenced_tweets']: references } : {}),
    ...(post.replyToId ? { in_reply_to_user_id: world.post(post.replyToId)?.authorId ?? post.authorId } : {}),
    ...(post.media || post.poll ? { attachments: { ...(post.media ? { media_keys: post.media.map((each) => each.key) } : {}), ...(post.poll ? { poll_ids: [pollId(post)] } : {}) } } : {}),
    public_metrics: { [repostKey]: numbers.reposts, reply_count: numbers.replies, like_count: numbers.likes, quote_count: numbers.quotes, bookmark_count: numbers.bookmarks, impression_count: numbers.impressions },
    source: 'Parrilla practice network',
  };
  const historyKey = fields.vocabulary === 'new' ? 'edit_history_post_ids' : 'edit_history_tweet_ids';
  return { id: post.id, text: rendered.text, [historyKey]: history, ...Object.fromEntries(Object.entries(all).filter(([key]) => fields.post.has(key))) };
}
const pollId = (post: WorldPost): string => String(BigInt(post.id) + 1n);
/** A page of posts with what was asked to come along; what is gone is said in `errors`, inside 200. */
export function pageDto(world: World, origin: string, posts: readonly WorldPost[], fields: Fields, meta: Dto | null): Dto {
  const counts = countsOf(world);
  const data = posts.map((post) => postDto(world, post, fields, counts));
  const has = (...names: string[]): boolean => names.some((name) => fields.expansions.has(name));
  const related = new Map<string, WorldPost>();
  const errors: Dto[] = [];
  if (has('referenced_tweets.id', 'referenced_posts')) {
    for (const post of posts) {
      for (const id of [post.repostOfId, post.quotedId, post.replyToId]) {
        if (!id || posts.some((each) => each.id === id)) continue;
        const found = world.post(id);
        if (found && !found.deleted) related.set(id, found);
        else errors.push({ value: id, resource_id: id, parameter: 'referenced_tweets.id', resource_type: 'tweet', title: 'Not Found Error', detail: `Could not find tweet with referenced_tweets.id: [${id}].`, type: 'https://api.twitter.com/2/problems/resource-not-found' });
      }
    }
  }
  const users = new Map<string, WorldUser>();
  const addUser = (id: string | undefined): void => {
    const user = id === undefined ? undefined : world.user(id);
    if (user) users.set(user.id, user);
  };
  if (has('author_id')) for (const post of posts) addUser(post.authorId);
  if (has('referenced_tweets.id.author_id') || (fields.vocabulary === 'new' && has('author_id'))) for (const post of related.values()) addUser(post.authorId);
  if (has('in_reply_to_user_id')) for (const post of posts) if (post.replyToId) addUser(world.post(post.replyToId)?.authorId);
  if (has('entities.mentions.username')) for (const post of posts) for (const name of twitter.extractMentions(post.text)) addUser(world.byName(name)?.id);
  const withMedia = [...posts, ...related.values()];
  const media = has('attachments.media_keys', 'referenced_tweets.id.attachments.media_keys')
    ? withMedia.flatMap((post) => post.media ?? []).map((each): Dto => {
        const type = each.key.startsWith('7_') ? 'video' : each.key.startsWith('16_') ? 'animated_gif' : 'photo';
        const address = mediaUrl(origin, each);
        // Only photos have a `url`; what moves has a still and variants (x-api-facts §4.3).
        const where: Dto = type === 'photo' ? { url: address } : { preview_image_url: `${origin}/img/picture/0.png`, variants: [{ content_type: 'upload' in each.source ? each.source.mime : 'video/mp4', url: address }] };
        const all: Dto = { ...where, alt_text: each.alt, width: each.width, height: each.height };
        return { media_key: each.key, type, ...Object.fromEntries(Object.entries(all).filter(([key, value]) => fields.media.has(key) && value !== null)) };
      })
    : [];
  const polls = has('attachments.poll_ids')
    ? withMedia.flatMap((post) => {
        const { poll } = post;
        if (!poll) return [];
        const votes = votesOf(world, post);
        return [{ id: pollId(post), options: poll.options.map((label, position) => ({ position: position + 1, label, votes: votes[position] ?? 0 })), ...(fields.poll.has('end_datetime') ? { end_datetime: new Date(poll.endsAt).toISOString() } : {}), ...(fields.poll.has('voting_status') ? { voting_status: poll.endsAt > world.now() ? 'open' : 'closed' } : {}) }];
      })
    : [];
  const includes: Dto = {
    ...(users.size > 0 ? { users: [...users.values()].map((user) => userDto(world, origin, user, fields.user)) } : {}),
    ...(related.size > 0 ? { [fields.vocabulary === 'new' ? 'posts' : 'tweets']: [...related.values()].map((post) => postDto(world, post, fields, counts)) } : {}),
    ...(media.length > 0 ? { media: uniqueBy(media, 'media_key') } : {}),
    ...(polls.length > 0 ? { polls } : {}),
  };
  return {
    ...(data.length > 0 || meta === null ? { data } : {}),
    ...(Object.keys(includes).length > 0 ? { includes } : {}),
    ...(errors.length > 0 ? { errors } : {}),
    ...(meta ? { meta } : {}),
  };
}
function uniqueBy(list: readonly Dto[], key: string): Dto[] {
  return [...new Map(list.map((each) => [each[key], each])).values()];
}
