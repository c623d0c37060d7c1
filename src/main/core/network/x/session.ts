import type { z } from 'zod';
import type { TwitterApi } from 'twitter-api-v2';
import { LOOKUP_ENDPOINT, PRICES, publishUsd, READ_ENDPOINTS, readUsd } from '../../../../shared/domain/price.ts';
import type { Clock, Log } from '../../ports.ts';
import type { Credentials, Failure, NetworkCapabilities, MetricsPage, NetworkSession, Outcome, ReadPage, ReadRequest, RemoteUser, SessionHooks, SourceRef } from '../port.ts';
import { call, type Tokens } from './call.ts';
import { type Answer, classify } from './classify.ts';
import { metricsPageOf, pageOf, userOf } from './map.ts';
import { requestTokens } from './oauth2.ts';
import { createdDto, deletedDto, meDto, pageDto, repostedDto, bookmarkedDto, hiddenDto, singleDto } from './schemas.ts';
import { uploadMedia } from './upload.ts';

const REFRESH_BEFORE_MS = 5 * 60_000;
const SERVER_TIME_MS = 8_000;

const legacyFields = {
  'tweet.fields': 'attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,entities,in_reply_to_user_id,lang,note_tweet,public_metrics,referenced_tweets,source,withheld',
  expansions: 'author_id,attachments.media_keys,attachments.poll_ids,referenced_tweets.id,referenced_tweets.id.author_id,referenced_tweets.id.attachments.media_keys,in_reply_to_user_id',
};
const newFields = {
  'post.fields': 'attachments,author_id,conversation_id,created_at,edit_history_post_ids,entities,in_reply_to_user_id,lang,note_post,public_metrics,referenced_posts,source,withheld',
  expansions: 'author_id,attachments.media_keys,attachments.poll_ids,referenced_posts,in_reply_to_user_id',
};
const otherFields = {
  'user.fields': 'name,username,profile_image_url,protected,verified,verified_type,description,public_metrics',
  'media.fields': 'media_key,type,url,preview_image_url,alt_text,width,height',
  'poll.fields': 'options,end_datetime,voting_status',
};
/** Smallest page each endpoint takes (x-api-facts §4.1). */
const SMALLEST: Readonly<Record<SourceRef['kind'], number>> = { home: 1, mentions: 5, own: 5, search: 10 };


export interface XSessionOptions {
  origin: string;
  credentials: Credentials;
  maxWeighted: number;
  hooks: SessionHooks;
  clock: Clock;
  log: Log;
}

/** The rate-limit headers of an answer, for the attempt's record. */
function limitsOf(headers: Answer['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => /^x-(rate|user|app)-limit/.test(name)).map(([name, value]) => [name, String(value)]));
}

/** What X allows a self-serve app, its limits and prices (x-api-facts §2, §5). */
export function xCapabilities(maxWeighted: number): NetworkCapabilities {
  return {
    maxWeighted,
    reply: 'whoMentionedUs',
    repost: true,
    quote: false,
    like: false,
    thread: true,
    media: { maxPerPost: 4, mimes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'video/mp4', 'video/quicktime'], maxBytes: 512 * 1024 * 1024, maxAlt: 1000 },
    bucket: (source) => READ_ENDPOINTS[source.kind],
    readPrice: (source) => readUsd(source.kind),
    publishPrice: (text) => publishUsd(text),
  };
}

/** Signatures by time (OAuth 1) are refused by a network whose clock differs more than this, ms: then the keys are not to blame. */
const SKEW_MS = 4 * 60_000;
function clockChecked(failure: Failure, headers: Answer['headers'], now: number, auth: Credentials['auth']): Failure {
  const date = Date.parse(String(headers['date'] ?? ''));
  if (failure.kind !== 'reauth' || failure.status !== 401 || auth !== 'oauth1' || Number.isNaN(date) || Math.abs(now - date) <= SKEW_MS) return failure;
  return { kind: 'clockOff', status: 401, aheadMs: now - date, detail: failure.detail };
}

/** One account's line to X. Reads may be asked again by the caller; nothing here repeats a write, except after a 401, which X did not carry out. */
export function createXSession(options: XSessionOptions): NetworkSession {
  let credentials = options.credentials;
  let refreshing: Promise<boolean> | null = null;
  /** The last refresh was refused, not merely unanswered. */
  let refusedRefresh = false;
  const now = (): number => options.clock.now();

  const tokens = (): Tokens =>
    credentials.auth === 'oauth1'
      ? { auth: 'oauth1', tokens: { appKey: credentials.appKey, appSecret: credentials.appSecret, accessToken: credentials.accessToken, accessSecret: credentials.accessSecret } }
      : { auth: 'oauth2', bearer: credentials.accessToken };

  /** One refresh at a time: a refresh token works once (x-api-facts §1.4). */
  const refresh = (): Promise<boolean> => {
    refreshing ??= (async () => {
      const held = credentials;
      if (held.auth !== 'oauth2' || !held.refreshToken) return false;
      const app = { clientId: held.clientId, clientSecret: held.clientSecret };
      options.hooks.point?.('refresh.before');
      let result = await requestTokens(options.origin, app, { refreshToken: held.refreshToken }, now());
      if (!result.ok && !result.refused) result = await requestTokens(options.origin, app, { refreshToken: held.refreshToken }, now());
      options.hooks.point?.('refresh.answered');
      refusedRefresh = !result.ok && result.refused;
      if (!result.ok) {
        options.log.warn('tokens could not be refreshed', { detail: result.detail });
        return false;
      }
      // Stored before it is used: the old pair is worth nothing from here on.
      await options.hooks.saveCredentials(result.credentials);
      options.hooks.point?.('refresh.saved');
      credentials = result.credentials;
      return true;
    })().finally(() => {
      refreshing = null;
    });
    return refreshing;
  };

  /** Book-keeping may fail (the account was just removed); what the network answered must not be lost with it. */
  const keepBooks = (work: () => void): void => {
    try {
      work();
    } catch (cause) {
      options.log.error('book-keeping failed', { cause: cause instanceof Error ? cause.message : String(cause) });
    }
  };
  const noteBucket = (endpoint: string, headers: Answer['headers']): void => {
    const read = (name: string): number => Number(headers[`x-rate-limit-${name}`] ?? Number.NaN);
    const bucket = { limit: read('limit'), remaining: read('remaining'), resetAt: read('reset') * 1000 };
    if (Object.values(bucket).every(Number.isFinite)) keepBooks(() => options.hooks.onBucket(endpoint, bucket));
  };

  const send = async <T>(
    endpoint: string,
    schema: z.ZodType<T>,
    request: (client: TwitterApi) => Promise<unknown>,
    more: { signal?: AbortSignal | undefined; timeoutMs?: number; write?: boolean } = {},
  ): Promise<Outcome<T>> => {
    if (credentials.auth === 'oauth2' && credentials.expiresAt - now() < REFRESH_BEFORE_MS) await refresh();
    for (let round = 0; ; round += 1) {
      const result = await call({ origin: options.origin, tokens: tokens(), signal: more.signal, ...(more.timeoutMs ? { timeoutMs: more.timeoutMs } : {}) }, async (client) => {
        const full = (await request(client)) as { data: unknown; headers: Answer['headers'] };
        return { data: full.data, headers: full.headers };
      });
      const headers = result.ok ? result.headers : result.answer.headers;
      noteBucket(endpoint, headers);
      const limits = limitsOf(headers);
      if (!result.ok) {
        const failure = clockChecked(classify(result.answer, now()), headers, now(), credentials.auth);
        // X did not carry out what it answers with 401, so this is the one request that may be sent again; never a 403,
        // for which the library's refresh plugin would do the same (x-api-facts §8.4, trap 5).
        if (failure.kind === 'reauth' && failure.status === 401 && round === 0 && (await refresh())) continue;
        return { ok: false, failure, limits };
      }
      const parsed = schema.safeParse(result.body);
      if (parsed.success) {
        const date = Date.parse(String(headers['date'] ?? ''));
        return { ok: true, value: parsed.data, dateHeader: Number.isNaN(date) ? null : date, limits };
      }
      const where = parsed.error.issues[0]?.path.join('.') ?? '';
      options.log.warn('an answer does not have the expected shape', { endpoint, where });
      const failure: Failure = more.write
        ? { kind: 'ambiguous', status: 200, detail: `unexpected answer at ${where}` }
        : { kind: 'definite', code: 'network_answer_invalid', status: 200, detail: where };
      return { ok: false, failure, limits };
    }
  };

  const billed = (endpoint: string, resources: number, usdLow: number, usdHigh: number): void => {
    if (usdHigh > 0) keepBooks(() => options.hooks.onBilled({ endpoint, resources, usdLow, usdHigh }));
  };
  /** X answered that all is well and, in the same answer, that it is not: never told to the user as done. */
  const contradicted = (detail: string): { ok: false; failure: Failure } => ({ ok: false, failure: { kind: 'definite', code: 'network_answer_invalid', status: 200, detail } });
  const capabilities = xCapabilities(options.maxWeighted);
  let vocabulary: typeof legacyFields | typeof newFields = legacyFields;
  /** Asks once more where the parameter names are the other vocabulary's; a refused request costs nothing. */
  const inVocabulary = async <T>(ask: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const outcome = await ask();
    if (outcome.ok || outcome.failure.kind !== 'definite' || outcome.failure.status !== 400 || !/(tweet|post)\.fields|expansions/.test(outcome.failure.detail)) return outcome;
    vocabulary = vocabulary === legacyFields ? newFields : legacyFields;
    return ask();
  };

  const readOnce = (request: ReadRequest, signal?: AbortSignal): Promise<Outcome<z.infer<typeof pageDto>>> => {
    const { source } = request;
    const query: Record<string, string> = {
      ...vocabulary, ...otherFields,
      max_results: String(Math.max(SMALLEST[source.kind], Math.min(100, request.limit))),
      ...(request.sinceId ? { since_id: request.sinceId } : {}),
      ...(request.untilId ? { until_id: request.untilId } : {}),
      ...(request.pageToken ? { [source.kind === 'search' ? 'next_token' : 'pagination_token']: request.pageToken } : {}),
      ...(source.kind === 'search' ? { query: source.query } : {}),
    };
    const params = source.kind === 'search' ? {} : { params: { id: request.userId } };
    return send(READ_ENDPOINTS[source.kind], pageDto, (client) => client.v2.get(READ_ENDPOINTS[source.kind], query, { fullResponse: true, ...params }), { signal });
  };

  return {
    capabilities,
    async me(signal): Promise<Outcome<RemoteUser>> {
      const outcome = await send('users/me', meDto, (client) => client.v2.get('users/me', { 'user.fields': `${otherFields['user.fields']},subscription_type` }, { fullResponse: true }), { signal });
      if (!outcome.ok) return outcome;
      billed('users/me', 1, PRICES.readOwned, PRICES.readUser);
      return { ...outcome, value: userOf(outcome.value.data) };
    },
    async read(request, signal): Promise<Outcome<ReadPage>> {
      const outcome = await inVocabulary(() => readOnce(request, signal));
      if (!outcome.ok) return outcome;
      const page = pageOf(outcome.value);
      if (page.leftOut > 0) options.log.warn('posts that cannot be read are left out', { endpoint: READ_ENDPOINTS[request.source.kind], count: page.leftOut });
      const price = capabilities.readPrice(request.source);
      const n = page.posts.length;
      billed(READ_ENDPOINTS[request.source.kind], n, n * price.low, n * price.high + page.users.length * PRICES.readUser + page.related.length * PRICES.readPost);
      return { ...outcome, value: page };
    },
    upload: (file, more = {}) => uploadMedia(send, options.clock, (endpoint, n, usd) => billed(endpoint, n, usd, usd), file, more),
    async publish(post, signal) {
      const body = {
        text: post.text,
        ...(post.mediaIds.length > 0 ? { media: { media_ids: post.mediaIds } } : {}),
        ...(post.poll ? { poll: { options: post.poll.options, duration_minutes: post.poll.minutes } } : {}),
        ...(post.replyToId ? { reply: { in_reply_to_tweet_id: post.replyToId } } : {}),
      };
      const outcome = await send('POST tweets', createdDto, (client) => client.v2.post('tweets', body, { fullResponse: true, forceBodyMode: 'json' }), { signal, write: true });
      if (!outcome.ok) return outcome;
      const usd = publishUsd(post.text, { summonedReply: post.summoned });
      billed('POST tweets', 1, usd, usd);
      return { ...outcome, value: { remoteId: outcome.value.data.id } };
    },
    async repost(userId, postId, signal) {
      const outcome = await send('POST retweets', repostedDto, (client) => client.v2.post('users/:id/retweets', { tweet_id: postId }, { fullResponse: true, forceBodyMode: 'json', params: { id: userId } }), { signal, write: true });
      if (!outcome.ok) return outcome;
      billed('POST retweets', 1, PRICES.repost, PRICES.repost);
      // Told so or not, it may be there: it is looked for.
      if ((outcome.value.data.retweeted ?? outcome.value.data.reposted) === false) return { ok: false, failure: { kind: 'ambiguous', status: 200, detail: 'retweeted: false' } };
      return { ...outcome, value: { reposted: true } };
    },
    async undoRepost(userId, postId, signal) {
      const outcome = await send('DELETE retweets', repostedDto, (client) => client.v2.delete('users/:id/retweets/:source_tweet_id', {}, { fullResponse: true, params: { id: userId, source_tweet_id: postId } }), { signal, write: true });
      if (!outcome.ok) return outcome;
      billed('DELETE retweets', 1, PRICES.manage, PRICES.manage);
      if ((outcome.value.data.retweeted ?? outcome.value.data.reposted) === true) return contradicted('retweeted: true');
      return { ...outcome, value: { reposted: false } };
    },
    async bookmark(userId, postId, on, signal) {
      const outcome = on
        ? await send('POST bookmarks', bookmarkedDto, (client) => client.v2.post('users/:id/bookmarks', { tweet_id: postId }, { fullResponse: true, forceBodyMode: 'json', params: { id: userId } }), { signal, write: true })
        : await send('DELETE bookmarks', bookmarkedDto, (client) => client.v2.delete('users/:id/bookmarks/:tweet_id', {}, { fullResponse: true, params: { id: userId, tweet_id: postId } }), { signal, write: true });
      if (!outcome.ok) return outcome;
      billed(on ? 'POST bookmarks' : 'DELETE bookmarks', 1, PRICES.manage, PRICES.manage);
      return outcome.value.data.bookmarked === on ? { ...outcome, value: { bookmarked: on } } : contradicted(`bookmarked: ${!on}`);
    },
    async hideReply(postId, hidden, signal) {
      const outcome = await send('PUT hidden', hiddenDto, (client) => client.v2.put('tweets/:tweet_id/hidden', { hidden }, { fullResponse: true, forceBodyMode: 'json', params: { tweet_id: postId } }), { signal, write: true });
      if (!outcome.ok) return outcome;
      billed('PUT hidden', 1, PRICES.manage, PRICES.manage);
      return outcome.value.data.hidden === hidden ? { ...outcome, value: { hidden } } : contradicted(`hidden: ${!hidden}`);
    },
    async remove(postId, signal) {
      const outcome = await send('DELETE tweets', deletedDto, (client) => client.v2.delete('tweets/:id', {}, { fullResponse: true, params: { id: postId } }), { signal, write: true });
      if (!outcome.ok) return outcome.failure.kind === 'definite' && outcome.failure.code === 'network_not_found' ? { ok: true, value: { deleted: true }, dateHeader: null } : outcome;
      billed('DELETE tweets', 1, PRICES.manage, PRICES.manage);
      return outcome.value.data.deleted ? { ...outcome, value: { deleted: true } } : contradicted('deleted: false');
    },
    async exists(postId, signal) {
      const outcome = await send('tweets/:id', singleDto, (client) => client.v2.get('tweets/:id', {}, { fullResponse: true, params: { id: postId } }), { signal });
      if (!outcome.ok) return outcome.failure.kind === 'definite' && outcome.failure.code === 'network_not_found' ? { ok: true, value: false, dateHeader: null } : outcome;
      if (outcome.value.data) billed('tweets/:id', 1, PRICES.readOwned, PRICES.readPost);
      return { ...outcome, value: outcome.value.data !== undefined };
    },
    async metrics(ids, signal): Promise<Outcome<MetricsPage>> {
      const outcome = await inVocabulary(() => {
        const query = { ids: ids.join(','), [vocabulary === legacyFields ? 'tweet.fields' : 'post.fields']: 'public_metrics' };
        return send(LOOKUP_ENDPOINT, pageDto, (client) => client.v2.get(LOOKUP_ENDPOINT, query, { fullResponse: true }), { signal });
      });
      if (!outcome.ok) return outcome;
      // What came back and could not be read is billed as well.
      const n = (outcome.value.data?.kept.length ?? 0) + (outcome.value.data?.left ?? 0);
      const { low, high } = readUsd('own');
      billed(LOOKUP_ENDPOINT, n, n * low, n * high);
      return { ...outcome, value: metricsPageOf(outcome.value) };
    },
    async renew(at) {
      if (credentials.auth !== 'oauth2' || credentials.expiresAt - REFRESH_BEFORE_MS > at) return 'fine';
      if (await refresh()) return 'fine';
      return refusedRefresh ? 'refused' : 'later';
    },
    async serverTime(signal) {
      try {
        const deadline = AbortSignal.timeout(SERVER_TIME_MS);
        const response = await fetch(new URL('/2/openapi.json', options.origin), { method: 'HEAD', redirect: 'manual', signal: signal ? AbortSignal.any([signal, deadline]) : deadline });
        const date = Date.parse(response.headers.get('date') ?? '');
        return Number.isNaN(date) ? null : date;
      } catch {
        return null;
      }
    },
  };
}
