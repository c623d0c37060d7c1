const DAY_MS = 86_400_000;
/** An address is asked for at most this often by itself, ms. */
const EVERY_MS = 7 * DAY_MS;

export const LINK_STATUSES = ['ok', 'broken', 'unsure'] as const;
export type LinkStatus = (typeof LINK_STATUSES)[number];

/**
 * What one look at an address found: an answer with its code and the page's title; that no host has the name; or nothing that tells of
 * the page, such as time that ran out, a certificate, or a way that leads to where nothing is asked.
 */
export type LinkSeen = { kind: 'answer'; code: number; title: string | null } | { kind: 'noHost' } | { kind: 'silent' };

/** What is known of an address. */
export interface LinkRecord {
  /** When it was last looked at, epoch ms. */
  at: number;
  status: LinkStatus;
  /** The answer's code; null without one. */
  code: number | null;
  /** Since when no host has its name; null while one does. */
  noHostSince: number | null;
  /** As the page last said it, and when it changed it last. */
  title: string | null;
  retitledAt: number | null;
}

/**
 * What is known after a look. Broken is only what says so: gone (404, 410), or a name that no host has had for a day. What is closed, asks
 * to wait or fails today (401, 403, 429, 5xx) is unsure, whatever was known before.
 */
export function recordOf(before: LinkRecord | null, seen: LinkSeen, now: number): LinkRecord {
  const kept = { at: now, code: null, noHostSince: null, title: before?.title ?? null, retitledAt: before?.retitledAt ?? null };
  if (seen.kind === 'silent') return { ...kept, status: 'unsure' };
  if (seen.kind === 'noHost') {
    const noHostSince = Math.min(before?.noHostSince ?? now, now);
    return { ...kept, noHostSince, status: now - noHostSince >= DAY_MS ? 'broken' : 'unsure' };
  }
  const { code } = seen;
  if (code === 404 || code === 410) return { ...kept, code, status: 'broken' };
  if (code < 200 || code >= 300) return { ...kept, code, status: 'unsure' };
  const title = seen.title ?? kept.title;
  return { ...kept, code, status: 'ok', title, retitledAt: kept.title !== null && title !== kept.title ? now : kept.retitledAt };
}

/** When it is looked at again by itself, epoch ms: a name without a host a day later. */
export const lookAgainAt = ({ at, noHostSince, status }: LinkRecord): number => at + (noHostSince !== null && status !== 'broken' ? DAY_MS : EVERY_MS);

/** Names that are for examples and tests, and this computer's own (RFC 2606, RFC 6761). */
const RESERVED = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost|local)$/;
/** Is this an address that is asked for at all? https, and on a host that can be another's. */
export function isCheckable(url: URL): boolean {
  return url.protocol === 'https:' && !RESERVED.test(url.hostname.replace(/\.$/, ''));
}

/** The title that a page begins with, without needless room; null where it has none. */
export function titleOfPage(html: string): string | null {
  const title = /<title(?:\s[^>]*)?>([^<]*)<\/title/i.exec(html)?.[1]?.replace(/\s+/g, ' ').trim().slice(0, 300) ?? '';
  return title === '' ? null : title;
}
