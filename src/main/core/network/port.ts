/**
 * What core needs of any social network. Nothing here names X: lengths, limits, prices and what may be done
 * come through `NetworkCapabilities`, since a second network will stand behind the same port.
 */
export interface NetworkCapabilities {
  maxWeighted: number;
  /** Whom an API reply may answer. */
  reply: 'anyone' | 'whoMentionedUs' | 'nobody';
  repost: boolean;
  quote: boolean;
  like: boolean;
  thread: boolean;
  media: { maxPerPost: number; mimes: readonly string[]; maxBytes: number; maxAlt: number };
  /** Name of the rate-limit bucket that reading this source counts against. */
  bucket: (source: SourceRef) => string;
  /** USD per returned resource, by kind of source. */
  readPrice: (source: SourceRef) => { low: number; high: number };
  /** USD for publishing this text. */
  publishPrice: (text: string) => number;
}

export type SourceRef = { kind: 'home' } | { kind: 'mentions' } | { kind: 'own' } | { kind: 'search'; query: string };

export interface RemoteUser {
  id: string; username: string; name: string; avatarUrl: string | null; verified: boolean; protected: boolean;
  /** What they say of themselves, as they wrote it; null for followers where the network does not say. */
  bio: string; followers: number | null;
  /** Longest post of this account, weighted characters. */
  maxWeighted: number;
}
export interface RemoteMedia {
  key: string; type: 'photo' | 'video' | 'animated_gif'; url: string | null; width: number | null; height: number | null; alt: string | null;
}
export interface RemotePost {
  id: string; authorId: string; createdAt: number;
  /** Decoded from the network's escaping, full text of a long post. */
  text: string;
  lang: string | null; conversationId: string | null;
  /** Offsets in code points of the decoded text. */
  entities: { kind: 'url' | 'mention' | 'hashtag' | 'cashtag'; start: number; end: number; display: string; href: string | null }[];
  media: RemoteMedia[];
  replyTo: { postId: string; userId: string | null } | null;
  quotedId: string | null; repostOfId: string | null;
  poll: { options: { label: string; votes: number }[]; endsAt: number | null } | null;
  edited: boolean;
  /** Earlier ids of an edited post. */
  editHistory: string[];
  /** `views` only where the network says it. */
  metrics: { reposts: number; replies: number; likes: number; quotes: number; views?: number };
  source: string | null;
}
/** What the public gave a post so far; `views` only where the network says it. */
export type RemoteMetrics = RemotePost['metrics'];
export interface MetricsPage {
  posts: { id: string; metrics: RemoteMetrics }[];
  /** Ids of which the network said that there is no such post. */
  gone: string[];
}
export interface ReadPage {
  /** Newest first, only the source's own posts; `related` are the quoted, reposted and answered ones. */
  posts: RemotePost[]; related: RemotePost[]; users: RemoteUser[];
  /** Ids the network said are gone or hidden. */
  gone: string[];
  nextToken: string | null;
  /** The source's own posts that could not be read: the page says nothing of them. */
  leftOut: number;
}

/** Every way a call can end; the one table is the network's classify file (ARCHITECTURE §7). */
export type Failure =
  /** The network refused it for good. */
  | { kind: 'definite'; code: 'network_forbidden' | 'network_not_found' | 'network_reply_not_allowed' | 'network_refused' | 'network_answer_invalid' | 'text_too_long'; status: number; detail: string }
  | { kind: 'duplicate'; status: number; detail: string }
  | { kind: 'rateLimited'; resetAt: number; status: number }
  | { kind: 'budget'; detail: string; status: number }
  | { kind: 'reauth'; status: number; detail: string }
  /** Signatures were refused because this computer's clock is off; by so much it is ahead, ms. Not carried out. */
  | { kind: 'clockOff'; status: number; aheadMs: number; detail: string }
  /** The request may have been carried out: never sent again by itself. */
  | { kind: 'ambiguous'; status: number | null; detail: string }
  /** The user stopped it; only uploads can be stopped. */
  | { kind: 'cancelled'; detail: string }
  /** Surely not carried out: nothing was written to the network (DNS, TLS, connect). */
  | { kind: 'notSent'; detail: string };
/** Rate-limit headers as they came, kept with the attempt. */
export type LimitHeaders = Record<string, string>;
export type Outcome<T> = { ok: true; value: T; dateHeader: number | null; limits?: LimitHeaders } | { ok: false; failure: Failure; limits?: LimitHeaders };

export type UploadPhase = 'sending' | 'processing';
/** A file as the uploader reads it: never whole in memory when it is large. */
export interface MediaFile { mime: string; bytes: number; alt: string; read(from: number, to: number): Promise<Uint8Array> }
/** What one create sends. */
export interface OutgoingPost { text: string; mediaIds: string[]; replyToId: string | null; poll: { options: string[]; minutes: number } | null; /** Answers somebody who mentioned us: cheaper. */ summoned: boolean }

export type Credentials =
  | { auth: 'oauth1'; appKey: string; appSecret: string; accessToken: string; accessSecret: string }
  | { auth: 'oauth2'; clientId: string; clientSecret: string | null; accessToken: string; refreshToken: string | null; expiresAt: number };

export interface ReadRequest { source: SourceRef; userId: string; sinceId?: string; untilId?: string; limit: number; pageToken?: string }

/** One account's line to its network. */
export interface NetworkSession {
  capabilities: NetworkCapabilities;
  me(signal?: AbortSignal): Promise<Outcome<RemoteUser>>;
  read(request: ReadRequest, signal?: AbortSignal): Promise<Outcome<ReadPage>>;
  /** Uploads one file and sets its alt text; the id expires (epoch ms), so this is done at send time. */
  upload(file: MediaFile, options?: { signal?: AbortSignal; onProgress?: (phase: UploadPhase, done: number, total: number) => void; point?: (name: string) => void }): Promise<Outcome<{ mediaId: string; expiresAt: number }>>;
  /** Creates one post. Called at most once per attempt; never retries inside. */
  publish(post: OutgoingPost, signal?: AbortSignal): Promise<Outcome<{ remoteId: string }>>;
  /** Reposts; X takes a second one of the same post as done. */
  repost(userId: string, postId: string, signal?: AbortSignal): Promise<Outcome<{ reposted: boolean }>>;
  /** Takes a repost back; safe to repeat. */
  undoRepost(userId: string, postId: string, signal?: AbortSignal): Promise<Outcome<{ reposted: boolean }>>;
  /** Bookmarks a post or takes the mark away; safe to repeat. */
  bookmark(userId: string, postId: string, on: boolean, signal?: AbortSignal): Promise<Outcome<{ bookmarked: boolean }>>;
  /** Hides an answer under one of our posts or shows it again; safe to repeat. */
  hideReply(postId: string, hidden: boolean, signal?: AbortSignal): Promise<Outcome<{ hidden: boolean }>>;
  /** Deletes one of our own posts; gone already counts as deleted. Safe to repeat. */
  remove(postId: string, signal?: AbortSignal): Promise<Outcome<{ deleted: boolean }>>;
  /** Is this post there for us? */
  exists(postId: string, signal?: AbortSignal): Promise<Outcome<boolean>>;
  /** Public figures of 1 to 100 of our own posts, and nothing else of them; one of which the network says nothing is in neither list. */
  metrics(ids: readonly string[], signal?: AbortSignal): Promise<Outcome<MetricsPage>>;
  /** Renews tokens that would end before `at`, epoch ms. `refused`: the user must connect again. */
  renew(at: number): Promise<'fine' | 'refused' | 'later'>;
  /** The network's clock, from its Date header; no cost. */
  serverTime(signal?: AbortSignal): Promise<number | null>;
}

/** What a session tells its owner as calls end. */
export interface SessionHooks {
  /** New tokens after a refresh: must be stored durably before the answer resolves. */
  saveCredentials(credentials: Credentials): Promise<void>;
  /** Named places of the way, for tests that kill the process there. */
  point?(name: string): void;
  onBucket(endpoint: string, bucket: { limit: number; remaining: number; resetAt: number }): void;
  onBilled(row: { endpoint: string; resources: number; usdLow: number; usdHigh: number }): void;
}
