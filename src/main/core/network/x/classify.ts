import { z } from 'zod';
import type { Failure } from '../port.ts';

/** What is known of an answer, or of its absence. */
export interface Answer {
  /** HTTP status; null when none came. */
  status: number | null;
  /** Body as parsed, or null. */
  body: unknown;
  headers: Record<string, string | string[] | undefined>;
  /** A connection stood, so bytes of the request may have reached the network. */
  connected: boolean;
  detail: string;
}

const problemSchema = z.looseObject({
  title: z.string().optional(),
  detail: z.string().optional(),
  type: z.string().optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
  errors: z.array(z.looseObject({ message: z.string().optional(), detail: z.string().optional(), code: z.number().optional() })).optional(),
});

const DUPLICATE = /duplicate content/i;
const TOO_LONG = /too long/i;
const REPLY = /(not been mentioned|reply to this conversation is not allowed|only reply to or quote)/i;
/** The account's own suspension; another's is said in other words. */
const SUSPENDED = /your account is (temporarily |permanently )?(suspended|locked)/i;
/** Refusals of the app or the account, whatever the post (PUBLISHING 8). */
const OF_THE_ACCOUNT = new Set(['client-forbidden', 'oauth1-permissions', 'unsupported-authentication']);
const DEFAULT_WAIT_MS = 15 * 60_000;
/** No counter of X is longer than 24 hours (x-api-facts §2.2); a header that says more is not believed. */
const MOST_WAIT_MS = 25 * 60 * 60_000;
const DETAIL_CHARS = 300;

/** Last part of a problem type: its host differs between what X documents and what it sends. The library's own `hasErrorCode` never matches and its message drops `detail` (x-api-facts §8.4, trap 2). */
const lastSegment = (type: string): string => type.split('/').at(-1) ?? '';

function header(answer: Answer, name: string): string | null {
  const value = answer.headers[name];
  return Array.isArray(value) ? (value[0] ?? null) : (value ?? null);
}
function numberHeader(answer: Answer, name: string): number | null {
  const value = header(answer, name);
  return value === null || !/^\d{1,12}$/.test(value) ? null : Number(value);
}

/** When a 429 ends, epoch ms: a 24-hour counter that is used up decides before the 15-minute one. */
export function resetOf(answer: Answer, now: number): number {
  return Math.min(saidReset(answer, now), now + MOST_WAIT_MS);
}
function saidReset(answer: Answer, now: number): number {
  for (const kind of ['x-user-limit-24hour', 'x-app-limit-24hour']) {
    const reset = numberHeader(answer, `${kind}-reset`);
    if (numberHeader(answer, `${kind}-remaining`) === 0 && reset !== null) return reset * 1000;
  }
  const reset = numberHeader(answer, 'x-rate-limit-reset');
  const after = numberHeader(answer, 'retry-after');
  if (reset !== null && reset * 1000 > now) return reset * 1000;
  return now + (after === null ? DEFAULT_WAIT_MS : after * 1000);
}

/**
 * The one table of how a call can end (ARCHITECTURE §7; x-api-facts §2.2, §4.4, §5). Never guesses that something was
 * not carried out: what is not clearly refused is `ambiguous`.
 */
export function classify(answer: Answer, now: number): Failure {
  const { status } = answer;
  if (status === null) return answer.connected ? { kind: 'ambiguous', status: null, detail: answer.detail } : { kind: 'notSent', detail: answer.detail };
  const parsed = problemSchema.safeParse(answer.body);
  const problem = parsed.success ? parsed.data : {};
  const first = problem.errors?.[0];
  const words = [problem.title, problem.detail, problem.error_description, first?.message, first?.detail].filter((word) => word !== undefined).join(' · ');
  const detail = (words || answer.detail).slice(0, DETAIL_CHARS);
  const type = lastSegment(problem.type ?? '');
  const isBudget = problem.title === 'SpendCapReached' || problem.title === 'UsageCapExceeded' || type === 'usage-capped' || type === 'credits';
  if (status === 402 || ((status === 403 || status === 429) && isBudget)) return { kind: 'budget', status, detail };
  if (status === 401 || (status === 403 && (OF_THE_ACCOUNT.has(type) || SUSPENDED.test(detail) || first?.code === 64))) return { kind: 'reauth', status, detail };
  if (status === 429) return { kind: 'rateLimited', status, resetAt: resetOf(answer, now) };
  if (status === 403 && (DUPLICATE.test(detail) || first?.code === 187)) return { kind: 'duplicate', status, detail };
  if ((status === 403 || status === 400) && TOO_LONG.test(detail)) return { kind: 'definite', code: 'text_too_long', status, detail };
  if (status === 403 && REPLY.test(detail)) return { kind: 'definite', code: 'network_reply_not_allowed', status, detail };
  if (status === 403) return { kind: 'definite', code: 'network_forbidden', status, detail };
  if (status === 404 || status === 410) return { kind: 'definite', code: 'network_not_found', status, detail };
  if (status >= 400 && status < 500 && status !== 408) return { kind: 'definite', code: 'network_refused', status, detail };
  // 5xx, 408, and a 2xx or 3xx whose body could not be read: it may have been done.
  return { kind: 'ambiguous', status, detail };
}
