import { hashOf } from './random.ts';
import type { WorldPost } from './types.ts';
import type { World } from './world.ts';

export interface Metrics {
  likes: number;
  reposts: number;
  replies: number;
  quotes: number;
  bookmarks: number;
  impressions: number;
}
/** Half of the attention comes in this time, ms. */
const HALF_MS = 3 * 3_600_000;
const DAY_MS = 86_400_000;

/** What really refers to a post: id -> counts. One pass, for a whole answer. */
export function countsOf(world: World): ReadonlyMap<string, { replies: number; reposts: number; quotes: number }> {
  const counts = new Map<string, { replies: number; reposts: number; quotes: number }>();
  const at = (id: string): { replies: number; reposts: number; quotes: number } => {
    const found = counts.get(id) ?? { replies: 0, reposts: 0, quotes: 0 };
    counts.set(id, found);
    return found;
  };
  for (const post of world.posts) {
    if (post.deleted || post.retired) continue;
    if (post.replyToId) at(post.replyToId).replies += 1;
    if (post.quotedId) at(post.quotedId).quotes += 1;
    if (post.repostOfId) at(post.repostOfId).reposts += 1;
  }
  return counts;
}

/**
 * Public numbers of a post: what its author's followers would give it, growing fast for some hours and slowly for some
 * days, never shrinking, plus what really happened on this network.
 */
export function metricsOf(world: World, post: WorldPost, counts: ReturnType<typeof countsOf>): Metrics {
  const real = counts.get(post.id) ?? { replies: 0, reposts: 0, quotes: 0 };
  const followers = world.user(post.authorId)?.followers ?? 100;
  const age = Math.max(0, world.now() - post.createdAt);
  const grown = 0.85 * (1 - 2 ** (-age / HALF_MS)) + 0.15 * Math.min(1, age / (3 * DAY_MS));
  // From a dull post (a quarter) to a good one (about three times), fixed by its words.
  const luck = 0.25 + 2.6 * ((hashOf(post.text) % 1009) / 1009) ** 2.4;
  const answer = post.replyToId ? 0.18 : 1;
  const likes = Math.floor(followers ** 0.62 * 0.32 * luck * answer * grown);
  return {
    likes,
    reposts: real.reposts + Math.floor(likes * (post.media ? 0.24 : 0.15)),
    replies: real.replies + Math.floor(likes * (/[?]/.test(post.text) ? 0.12 : 0.05)),
    quotes: real.quotes + Math.floor(likes * 0.025),
    bookmarks: Math.floor(likes * 0.09),
    impressions: Math.floor(followers * 0.22 * luck * grown) + likes * 14,
  };
}

/** Votes of a poll by option: rising as it is seen, in a split fixed by its words. */
export function votesOf(world: World, post: WorldPost): number[] {
  const options = post.poll?.options ?? [];
  const weights = options.map((label) => 1 + (hashOf(`${post.text}${label}`) % 13));
  const all = weights.reduce((sum, each) => sum + each, 0);
  const followers = world.user(post.authorId)?.followers ?? 100;
  const until = Math.min(world.now(), post.poll?.endsAt ?? 0);
  const total = Math.floor(followers ** 0.6 * (1 - 2 ** (-Math.max(0, until - post.createdAt) / HALF_MS)));
  return weights.map((each) => Math.floor((total * each) / all));
}
