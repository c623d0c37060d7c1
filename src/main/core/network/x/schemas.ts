import { z } from 'zod';

/** X answers in the vocabulary it is asked in (x-api-facts §4.2): both are read, legacy first. */
const id = z.string().regex(/^\d{1,20}$/);
const span = { start: z.number().int(), end: z.number().int() };
/** Names, tags and counts adorn a post: what cannot be read of them is left out and costs no page. Links and media stay strict: by them a post is recognised as ours. */
const entities = z.looseObject({
  urls: z.array(z.looseObject({ ...span, url: z.string(), expanded_url: z.string().optional(), display_url: z.string().optional(), media_key: z.string().optional() })).optional(),
  mentions: z.array(z.looseObject({ ...span, username: z.string() })).optional().catch(undefined),
  hashtags: z.array(z.looseObject({ ...span, tag: z.string() })).optional().catch(undefined),
  cashtags: z.array(z.looseObject({ ...span, tag: z.string() })).optional().catch(undefined),
});
const reference = z.looseObject({ type: z.string(), id });
const note = z.looseObject({ text: z.string(), entities: entities.optional() });
const count = z.number().int().optional().catch(undefined);

export const postDto = z.looseObject({
  id,
  text: z.string(),
  author_id: id.optional(),
  created_at: z.string().optional(),
  lang: z.string().optional(),
  conversation_id: id.optional(),
  in_reply_to_user_id: id.optional(),
  entities: entities.optional(),
  note_tweet: note.optional(),
  note_post: note.optional(),
  referenced_tweets: z.array(reference).optional(),
  referenced_posts: z.array(reference).optional(),
  edit_history_tweet_ids: z.array(id).optional(),
  edit_history_post_ids: z.array(id).optional(),
  attachments: z.looseObject({ media_keys: z.array(z.string()).optional(), poll_ids: z.array(z.string()).optional() }).optional(),
  public_metrics: z.looseObject({ retweet_count: count, repost_count: count, reply_count: count, like_count: count, quote_count: count, impression_count: count }).optional().catch(undefined),
  source: z.string().optional(),
  withheld: z.looseObject({}).optional(),
});
export type PostDto = z.infer<typeof postDto>;

export const userDto = z.looseObject({
  id,
  username: z.string(),
  name: z.string(),
  profile_image_url: z.string().optional(),
  verified: z.boolean().optional(),
  protected: z.boolean().optional(),
  description: z.string().optional().catch(undefined),
  public_metrics: z.looseObject({ followers_count: z.number().int().optional() }).optional().catch(undefined),
  subscription_type: z.string().optional(),
});
export type UserDto = z.infer<typeof userDto>;

export const mediaDto = z.looseObject({
  media_key: z.string(),
  /** Kinds that are not known yet must not cost the whole page (map.ts leaves them out). */
  type: z.string(),
  url: z.string().optional(),
  preview_image_url: z.string().optional(),
  alt_text: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
});
export type MediaDto = z.infer<typeof mediaDto>;

export const pollDto = z.looseObject({
  id: z.string(),
  options: z.array(z.looseObject({ label: z.string(), votes: z.number().optional() })),
  end_datetime: z.string().optional(),
});
export type PollDto = z.infer<typeof pollDto>;

const inlineError = z.looseObject({ resource_id: z.string().optional(), value: z.string().optional(), resource_type: z.string().optional(), title: z.string().optional(), type: z.string().optional() });

/** A list of which what cannot be read is left out and counted: one damaged post costs no column. */
const readable = <S extends z.ZodType>(item: S) =>
  z.array(z.unknown()).transform((all) => {
    const kept = all.flatMap((each) => {
      const parsed = item.safeParse(each);
      return parsed.success ? [parsed.data] : [];
    });
    return { kept, left: all.length - kept.length };
  });

export const pageDto = z.looseObject({
  // Where none of several can be read, it is no page of X.
  data: readable(postDto).refine((posts) => posts.kept.length > 0 || posts.left <= 1).optional(),
  includes: z
    .looseObject({ users: readable(userDto).optional(), tweets: readable(postDto).optional(), posts: readable(postDto).optional(), media: z.array(mediaDto).optional(), polls: z.array(pollDto).optional() })
    .optional(),
  errors: z.array(inlineError).optional(),
  meta: z.looseObject({ result_count: z.number().int().optional(), newest_id: z.string().optional(), oldest_id: z.string().optional(), next_token: z.string().optional() }).optional(),
});
export type PageDto = z.infer<typeof pageDto>;

export const meDto = z.looseObject({ data: userDto });
export const createdDto = z.looseObject({ data: z.looseObject({ id }) });
/** Ids become part of addresses, so they are digits or nothing. */
export const uploadedDto = z.looseObject({ data: z.looseObject({ id, expires_after_secs: z.number().positive().optional() }) });
const processing = z.looseObject({
  state: z.enum(['pending', 'in_progress', 'succeeded', 'failed']), check_after_secs: z.number().nonnegative().optional(), progress_percent: z.number().optional(),
  error: z.looseObject({ message: z.string().optional() }).optional(),
});
export const finalizedDto = z.looseObject({ data: z.looseObject({ id, processing_info: processing.optional() }) });
/** X documents a body here and may send none; a page of HTML is neither. */
export const acceptedDto = z.union([z.undefined(), z.literal(''), z.looseObject({})]);
export const repostedDto = z.looseObject({ data: z.looseObject({ retweeted: z.boolean().optional(), reposted: z.boolean().optional() }) });
export const bookmarkedDto = z.looseObject({ data: z.looseObject({ bookmarked: z.boolean() }) });
export const hiddenDto = z.looseObject({ data: z.looseObject({ hidden: z.boolean() }) });
export const deletedDto = z.looseObject({ data: z.looseObject({ deleted: z.boolean() }) });
export const singleDto = z.looseObject({ data: z.looseObject({ id }).optional(), errors: z.array(inlineError).optional() });
export const tokenDto = z.looseObject({ access_token: z.string().min(1), refresh_token: z.string().optional(), expires_in: z.number().positive() });
