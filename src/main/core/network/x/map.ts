import { MAX_WEIGHTED, MAX_WEIGHTED_LONG } from '../../../../shared/domain/text.ts';
import { snowflakeTime } from '../../../../shared/domain/ids.ts';
import type { MetricsPage, ReadPage, RemoteMedia, RemoteMetrics, RemotePost, RemoteUser } from '../port.ts';
import type { MediaDto, PageDto, PollDto, PostDto, UserDto } from './schemas.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
const LONGEST_ESCAPE = 5;
/** X takes 160 characters; more is nobody's own words. */
const LONGEST_BIO = 300;

/** Text without X's escapes, and where each code point of the escaped text went. */
export function unescapeText(escaped: string): { text: string; offsets: number[] } {
  const points = [...escaped];
  const offsets: number[] = [];
  const out: string[] = [];
  for (let i = 0; i < points.length; ) {
    let taken = 1;
    let char = points[i] ?? '';
    if (char === '&') {
      for (let length = 4; length <= LONGEST_ESCAPE; length += 1) {
        const plain = ESCAPES[points.slice(i, i + length).join('')];
        if (plain !== undefined) {
          char = plain;
          taken = length;
        }
      }
    }
    for (let k = 0; k < taken; k += 1) offsets.push(out.length);
    out.push(char);
    i += taken;
  }
  offsets.push(out.length);
  return { text: out.join(''), offsets };
}

/** Only https addresses are ever opened or fetched; http ones of a loopback server stand in for them in practice. */
function safeHref(address: string | undefined): string | null {
  if (!address) return null;
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === '127.0.0.1') ? url.toString() : null;
  } catch {
    return null;
  }
}

const OWN_MEDIA = /\/(photo|video)\/\d+$/;

function entitiesOf(dto: PostDto['entities'], text: string, offsets: number[], quotedId: string | null): { text: string; entities: RemotePost['entities'] } {
  // NaN for what lies outside the text; such an entity fits nowhere below.
  const at = (offset: number): number => offsets[offset] ?? Number.NaN;
  let all: RemotePost['entities'] = [];
  const points = [...text];
  let cut = points.length;
  for (const url of [...(dto?.urls ?? [])].sort((a, b) => b.end - a.end)) {
    const address = url.expanded_url ?? url.url;
    const isMedia = url.media_key !== undefined || OWN_MEDIA.test(address);
    const isQuote = quotedId !== null && address.includes(`/status/${quotedId}`);
    // X writes a link to a post's own picture or quoted post at its end; both are shown as such instead.
    if (Number.isNaN(at(url.start) + at(url.end))) continue;
    if ((isMedia || isQuote) && points.slice(at(url.end), cut).join('').trim() === '') {
      cut = at(url.start);
      continue;
    }
    all.push({ kind: 'url', start: at(url.start), end: at(url.end), display: url.display_url ?? url.url, href: safeHref(url.expanded_url) ?? safeHref(url.url) });
  }
  for (const each of dto?.mentions ?? []) all.push({ kind: 'mention', start: at(each.start), end: at(each.end), display: `@${each.username}`, href: `https://x.com/${encodeURIComponent(each.username)}` });
  for (const each of dto?.hashtags ?? []) all.push({ kind: 'hashtag', start: at(each.start), end: at(each.end), display: `#${each.tag}`, href: `https://x.com/hashtag/${encodeURIComponent(each.tag)}` });
  for (const each of dto?.cashtags ?? []) all.push({ kind: 'cashtag', start: at(each.start), end: at(each.end), display: `$${each.tag}`, href: `https://x.com/search?q=${encodeURIComponent(`$${each.tag}`)}` });
  const shown = points.slice(0, cut).join('').trimEnd();
  const end = [...shown].length;
  // Entities that overlap or lie outside the text would cut it wrongly: the earlier one wins.
  let last = 0;
  all = all.sort((a, b) => a.start - b.start).filter((each) => {
    const fits = each.start >= last && each.end > each.start && each.end <= end;
    if (fits) last = each.end;
    return fits;
  });
  return { text: shown, entities: all };
}

const KINDS = ['photo', 'video', 'animated_gif'] as const;
function mediaOf(dto: MediaDto): RemoteMedia[] {
  const type = KINDS.find((each) => each === dto.type);
  if (!type) return [];
  return [{
    key: dto.media_key, type, url: dto.url ?? dto.preview_image_url ?? null,
    width: dto.width ?? null, height: dto.height ?? null, alt: dto.alt_text ?? null,
  }];
}

function timeOf(dto: PostDto): number {
  const stated = dto.created_at === undefined ? Number.NaN : Date.parse(dto.created_at);
  return Number.isNaN(stated) ? (snowflakeTime(dto.id) ?? 0) : stated;
}

function metricsOf(counts: PostDto['public_metrics']): RemoteMetrics {
  return {
    reposts: counts?.retweet_count ?? counts?.repost_count ?? 0, replies: counts?.reply_count ?? 0, likes: counts?.like_count ?? 0, quotes: counts?.quote_count ?? 0,
    ...(counts?.impression_count === undefined ? {} : { views: counts.impression_count }),
  };
}

export function postOf(dto: PostDto, media: ReadonlyMap<string, MediaDto>, polls: ReadonlyMap<string, PollDto>): RemotePost {
  const references = dto.referenced_tweets ?? dto.referenced_posts ?? [];
  const refer = (...types: string[]): string | null => references.find((each) => types.includes(each.type))?.id ?? null;
  const note = dto.note_tweet ?? dto.note_post;
  const quotedId = refer('quoted');
  const { text: plain, offsets } = unescapeText(note?.text ?? dto.text);
  const { text, entities } = entitiesOf(note ? note.entities : dto.entities, plain, offsets, quotedId);
  const replyId = refer('replied_to');
  const history = dto.edit_history_tweet_ids ?? dto.edit_history_post_ids ?? [];
  const poll = (dto.attachments?.poll_ids ?? []).map((key) => polls.get(key)).find((each) => each !== undefined);
  return {
    id: dto.id, authorId: dto.author_id ?? '', createdAt: timeOf(dto), text, lang: dto.lang ?? null, conversationId: dto.conversation_id ?? null, entities,
    media: (dto.attachments?.media_keys ?? []).map((key) => media.get(key)).filter((each) => each !== undefined).flatMap(mediaOf),
    replyTo: replyId === null ? null : { postId: replyId, userId: dto.in_reply_to_user_id ?? null },
    quotedId, repostOfId: refer('retweeted', 'reposted'),
    poll: poll
      ? { options: poll.options.map((each) => ({ label: unescapeText(each.label).text, votes: each.votes ?? 0 })), endsAt: poll.end_datetime === undefined ? null : Date.parse(poll.end_datetime) || null }
      : null,
    edited: history.length > 1, editHistory: history.filter((each) => each !== dto.id),
    metrics: metricsOf(dto.public_metrics),
    source: dto.source ?? null,
  };
}

export function userOf(dto: UserDto): RemoteUser {
  const paid = dto.subscription_type !== undefined && dto.subscription_type !== 'None';
  return {
    id: dto.id, username: dto.username, name: dto.name, avatarUrl: dto.profile_image_url ?? null,
    verified: dto.verified ?? false, protected: dto.protected ?? false, bio: unescapeText(dto.description ?? '').text.slice(0, LONGEST_BIO), followers: dto.public_metrics?.followers_count ?? null, maxWeighted: paid ? MAX_WEIGHTED_LONG : MAX_WEIGHTED,
  };
}

/** X says it of what is not there; the others may be there and are not shown to us. */
const NOT_FOUND = 'resource-not-found';
const GONE = new Set([NOT_FOUND, 'not-authorized-for-resource', 'resource-unavailable', 'disallowed-resource']);

type InlineError = NonNullable<PageDto['errors']>[number];
const problemOf = (error: InlineError): string => error.type?.split('/').at(-1) ?? '';
/** Posts of which one of these problems is said, by id. */
function idsWith(errors: PageDto['errors'], problems: ReadonlySet<string>): string[] {
  return (errors ?? [])
    .filter((each) => problems.has(problemOf(each)) && (each.resource_type === undefined || each.resource_type === 'tweet' || each.resource_type === 'post'))
    .map((each) => each.resource_id ?? each.value ?? '')
    .filter((each) => /^\d+$/.test(each));
}

/** Posts whose counts cannot be read are left out: nothing is said of them. */
export function metricsPageOf(dto: PageDto): MetricsPage {
  return {
    posts: (dto.data?.kept ?? []).flatMap(({ id, public_metrics: counts }) => (counts === undefined ? [] : [{ id, metrics: metricsOf(counts) }])),
    gone: idsWith(dto.errors, new Set([NOT_FOUND])),
  };
}

export function pageOf(dto: PageDto): ReadPage {
  const media = new Map((dto.includes?.media ?? []).map((each) => [each.media_key, each]));
  const polls = new Map((dto.includes?.polls ?? []).map((each) => [each.id, each]));
  const own = dto.data?.kept ?? [];
  const related = (dto.includes?.tweets ?? dto.includes?.posts)?.kept ?? [];
  const withheld = [...own, ...related].filter((each) => each.withheld !== undefined).map((each) => each.id);
  return {
    posts: own.map((each) => postOf(each, media, polls)),
    related: related.map((each) => postOf(each, media, polls)),
    users: (dto.includes?.users?.kept ?? []).map(userOf),
    gone: [...idsWith(dto.errors, GONE), ...withheld],
    nextToken: dto.meta?.next_token ?? null, leftOut: dto.data?.left ?? 0,
  };
}
