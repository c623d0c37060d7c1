import { z } from 'zod';

/** Our own account of what X answers, kept apart from the app's parser so that both cannot be wrong together. */
const id = z.string().regex(/^\d{1,19}$/);
const span = { start: z.number().int().nonnegative(), end: z.number().int().positive() };
const post = z
  .object({
    id, text: z.string(), author_id: id.optional(), created_at: z.iso.datetime().optional(), lang: z.string().optional(), conversation_id: id.optional(),
    in_reply_to_user_id: id.optional(), edit_history_tweet_ids: z.array(id).min(1).optional(), edit_history_post_ids: z.array(id).min(1).optional(),
    reply_settings: z.string().optional(), possibly_sensitive: z.boolean().optional(), source: z.string().optional(),
    entities: z
      .object({
        urls: z.array(z.object({ ...span, url: z.url(), expanded_url: z.url(), display_url: z.string(), media_key: z.string().optional() }).strict()).min(1).optional(),
        mentions: z.array(z.object({ ...span, username: z.string() }).strict()).min(1).optional(),
        hashtags: z.array(z.object({ ...span, tag: z.string() }).strict()).min(1).optional(),
        cashtags: z.array(z.object({ ...span, tag: z.string() }).strict()).min(1).optional(),
      })
      .strict()
      .optional(),
    note_tweet: z.looseObject({ text: z.string() }).optional(), note_post: z.looseObject({ text: z.string() }).optional(),
    referenced_tweets: z.array(z.object({ type: z.enum(['retweeted', 'quoted', 'replied_to']), id }).strict()).min(1).optional(),
    referenced_posts: z.array(z.object({ type: z.enum(['reposted', 'quoted', 'replied_to']), id }).strict()).min(1).optional(),
    attachments: z.object({ media_keys: z.array(z.string()).optional(), poll_ids: z.array(id).optional() }).strict().optional(),
    public_metrics: z.looseObject({ reply_count: z.number().int(), like_count: z.number().int(), quote_count: z.number().int() }).optional(),
  })
  .strict();
const user = z.looseObject({ id, name: z.string(), username: z.string().regex(/^[A-Za-z0-9_]{1,15}$/) });
const error = z.object({ value: z.string(), resource_id: z.string(), parameter: z.string(), resource_type: z.string(), title: z.string(), detail: z.string(), type: z.url() }).strict();
const includes = z
  .object({
    users: z.array(user).optional(), tweets: z.array(post).optional(), posts: z.array(post).optional(),
    media: z.array(z.looseObject({ media_key: z.string(), type: z.string() })).optional(),
    polls: z.array(z.looseObject({ id, options: z.array(z.object({ position: z.number(), label: z.string().max(25), votes: z.number() })).min(2).max(4) })).optional(),
  })
  .strict();
const page = z
  .object({
    data: z.array(post).min(1).optional(), includes: includes.optional(), errors: z.array(error).optional(),
    meta: z.object({ result_count: z.number().int(), newest_id: id.optional(), oldest_id: id.optional(), next_token: z.string().optional() }).strict().optional(),
  })
  .strict();

const meta = z.object({}).strict();
const processing = z.object({ type: z.string(), state: z.enum(['pending', 'in_progress', 'succeeded', 'failed']), check_after_secs: z.number().optional(), progress_percent: z.number().optional(), error: z.looseObject({}).optional() }).strict();

/** Schema of a 2xx answer by route; every answer is checked before it leaves. */
export const SCHEMAS = {
  page,
  lookup: z.object({ data: z.array(post).optional(), includes: includes.optional(), errors: z.array(error).optional() }).strict(),
  single: z.object({ data: post.optional(), includes: includes.optional(), errors: z.array(error).optional() }).strict(),
  user: z.object({ data: user.optional(), errors: z.array(error).optional() }).strict(),
  users: z.object({ data: z.array(user).optional(), errors: z.array(error).optional() }).strict(),
  created: z.object({ data: z.object({ id, text: z.string(), edit_history_tweet_ids: z.array(id) }).strict() }).strict(),
  deleted: z.object({ data: z.object({ deleted: z.boolean() }).strict() }).strict(),
  reposted: z.object({ data: z.object({ retweeted: z.boolean(), id: id.optional(), rest_id: id.optional() }).strict() }).strict(),
  bookmarked: z.object({ data: z.object({ bookmarked: z.boolean() }).strict() }).strict(),
  hidden: z.object({ data: z.object({ hidden: z.boolean() }).strict() }).strict(),
  uploaded: z.object({ data: z.object({ id, media_key: z.string(), expires_after_secs: z.number(), size: z.number() }).strict(), meta }).strict(),
  initialized: z.object({ data: z.object({ id, media_key: z.string(), expires_after_secs: z.number() }).strict(), meta }).strict(),
  appended: z.object({ data: z.object({ expires_at: z.number() }).strict(), meta }).strict(),
  finalized: z.object({ data: z.object({ id, media_key: z.string(), expires_after_secs: z.number(), size: z.number(), processing_info: processing.optional() }).strict(), meta }).strict(),
  described: z.object({ data: z.looseObject({ id }) }).strict(),
} as const;
export type SchemaName = keyof typeof SCHEMAS;
