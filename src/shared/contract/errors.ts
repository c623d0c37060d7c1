import { z } from 'zod';

/** Every error the core can answer with. The renderer words each code in both languages (`errors.<code>`). */
export const ERROR_CODES = [
  'bad_input', 'unknown_method', 'not_found', 'conflict', 'too_large', 'rate_limited', 'cancelled', 'internal',
  'protocol_mismatch', 'unauthorised', 'disconnected',
  'profile_locked', 'profile_unwritable', 'database_newer', 'database_corrupt', 'port_in_use',
  'secrets_unavailable', 'secrets_locked', 'wrong_passphrase', 'keychain_locked',
  'network_offline', 'network_timeout', 'network_unavailable', 'network_answer_invalid', 'network_rate_limited',
  'network_budget', 'network_needs_reauth', 'network_forbidden', 'network_not_found', 'network_refused',
  'network_duplicate', 'network_reply_not_allowed', 'network_ambiguous',
  'account_exists', 'account_other_origin', 'credentials_wrong', 'credentials_read_only', 'clock_off', 'oauth_state_mismatch', 'oauth_denied', 'oauth_expired',
  'practice_unavailable', 'practice_all',
  'text_empty', 'text_too_long', 'media_unsupported', 'media_mismatch', 'media_too_large', 'media_too_many', 'media_mixed', 'rehearsal_running', 'spending_cap', 'video_length', 'poll_invalid', 'part_is_out', 'target_missing', 'reply_by_hand', 'reply_incomplete', 'variable_unknown',
  'time_in_past', 'state_refused', 'ratio_refused', 'override_needs_reason', 'tier_needs_reason', 'style_refused', 'undo_gone', 'undo_past', 'undo_ratio', 'csv_unreadable', 'batch_too_large', 'filter_refused', 'filter_too_heavy',
  'feed_invalid', 'feed_too_large', 'feed_missing', 'feed_unreachable', 'feed_refused', 'feed_known', 'feeds_full', 'stats_unknown', 'stats_undated', 'archive_unreadable', 'archive_gone', 'archive_other', 'archive_unsure',
  'bookmark_needs_oauth2', 'bookmark_practice', 'hide_not_reply', 'library_full', 'texts_full', 'item_gif_alone', 'link_not_asked', 'backup_unusable',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const appErrorSchema = z.object({
  code: z.enum(ERROR_CODES),
  /** Values for the message; never a secret. */
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  retry: z.enum(['never', 'later', 'after']),
  /** Epoch ms; present when `retry` is `after`. */
  retryAt: z.number().optional(),
  correlationId: z.string(),
});
export type AppErrorData = z.infer<typeof appErrorSchema>;

/** The one error that crosses layers (ARCHITECTURE, contract): a code and values, worded by the renderer. */
export class AppError extends Error {
  readonly data: AppErrorData;
  constructor(
    code: ErrorCode,
    params: AppErrorData['params'] = {},
    more: { retry?: AppErrorData['retry']; retryAt?: number; correlationId?: string; cause?: unknown } = {},
  ) {
    super(`${code} ${JSON.stringify(params)}`, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AppError';
    this.data = {
      code,
      params,
      retry: more.retry ?? 'never',
      correlationId: more.correlationId ?? '',
      ...(more.retryAt === undefined ? {} : { retryAt: more.retryAt }),
    };
  }
  get code(): ErrorCode {
    return this.data.code;
  }
}
