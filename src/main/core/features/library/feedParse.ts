import { z } from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import { MOST_ENTRIES } from '../../../../shared/contract/sources.ts';
import { daySchema } from '../../../../shared/contract/time.ts';
import { dayOf } from '../../../../shared/domain/time.ts';
import { canonicalUrl } from '../../../../shared/domain/tierByLink.ts';
import { plainText, shortened } from './plainText.ts';

const LONGEST = { title: 200, name: 120, summary: 1000, url: 2000, key: 1000 };
/** Of a text this much is looked at: what comes of it is far shorter. */
const LOOKED_AT = 50_000;

export interface FeedEntry {
  /** What it is known by: its GUID, and its address in its one form; at least one of them. */
  keys: string[];
  title: string;
  url: string | null;
  summary: string;
  /** Day of the account's calendar. */
  publishedOn: string | null;
}
export interface ParsedFeed {
  title: string;
  /** In the feed's order, at most MOST_ENTRIES. */
  entries: FeedEntry[];
}

const worded = z.union([z.string(), z.looseObject({ value: z.string().optional().catch(undefined) }).transform((each) => each.value ?? '')]).optional().catch(undefined);
const word = z.string().optional().catch(undefined);
const list = <T extends z.ZodType>(each: T) => z.array(each).optional().catch(undefined);
const linkSchema = z.looseObject({ href: word, rel: word, type: word });
const dcSchema = z.looseObject({ dates: list(z.string()), date: word }).optional().catch(undefined);
/** What is used of each kind of feed, as the reader answers it. */
const entrySchema = z.looseObject({
  title: worded, link: word, url: word, external_url: word, links: list(linkSchema), id: word, guid: z.looseObject({ value: word, isPermaLink: z.boolean().optional().catch(undefined) }).optional().catch(undefined),
  pubDate: word, published: word, updated: word, date_published: word, dc: dcSchema,
  description: worded, summary: worded, content: z.union([z.string(), z.looseObject({ value: word, encoded: word }).transform((each) => each.encoded ?? each.value ?? '')]).optional().catch(undefined), content_text: word, content_html: word,
});
type Raw = z.infer<typeof entrySchema>;
const feedSchema = z.looseObject({ title: worded, items: z.array(z.unknown()).optional(), entries: z.array(z.unknown()).optional() });

/** A web address without credentials, from where it stands; null where it is none. */
function addressOf(text: string | undefined, base: string): string | null {
  if (text === undefined || text.trim() === '') return null;
  try {
    const url = new URL(text.trim(), base);
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.href.length <= LONGEST.url ? url.href : null;
  } catch {
    return null;
  }
}
function dayOfDate(raw: string | undefined, zone: string, now: number): string | null {
  const text = raw?.trim() ?? '';
  // A date alone is a day wherever one is.
  const alone = /^(\d{4}-\d{2}-\d{2})$/u.exec(text)?.[1];
  const at = Date.parse(text);
  const day = alone ?? (Number.isNaN(at) || at > now + 366 * 86_400_000 || at < 0 ? null : dayOf(at, zone));
  return day !== null && daySchema.safeParse(day).success ? day : null;
}
function said(text: string | undefined, most: number): string {
  return shortened(plainText((text ?? '').slice(0, LOOKED_AT)), most);
}
function summaryOf(raw: Raw): string {
  for (const each of [raw.description, raw.summary, raw.content_text, raw.content, raw.content_html]) {
    const text = said(each, LONGEST.summary);
    if (text !== '') return text;
  }
  return '';
}
function entryOf(raw: Raw, base: string, zone: string, now: number): FeedEntry | null {
  const alternate = raw.links?.find((each) => (each.rel === undefined || each.rel === 'alternate') && (each.type === undefined || /html/iu.test(each.type))) ?? raw.links?.find((each) => each.rel === undefined || each.rel === 'alternate');
  const guid = raw.guid?.value ?? raw.id;
  const permanent = raw.guid?.isPermaLink === false ? undefined : guid;
  const url = addressOf(raw.link ?? raw.url ?? raw.external_url ?? alternate?.href, base) ?? (permanent !== undefined && /^https?:\/\//iu.test(permanent) ? addressOf(permanent, base) : null);
  const summary = summaryOf(raw);
  const title = said(raw.title, LONGEST.title) || shortened(summary, 100) || (url ?? '').replace(/^https?:\/\//iu, '').slice(0, LONGEST.title);
  const canonical = url === null ? null : canonicalUrl(url);
  const keys = [...(guid === undefined || guid.trim() === '' ? [] : [`guid ${guid.trim().slice(0, LONGEST.key)}`]), ...(canonical === null ? [] : [`url ${canonical}`])];
  if (title === '') return null;
  // Without either, its title is all there is to know it by.
  return { keys: keys.length > 0 ? keys : [`title ${title}`], title, url, summary, publishedOn: dayOfDate(raw.pubDate ?? raw.published ?? raw.date_published ?? raw.dc?.dates?.[0] ?? raw.dc?.date ?? raw.updated, zone, now) };
}

/** Reads RSS, Atom, RDF and JSON feeds; `url` is where it was read from, `zone` whose days count. Throws AppError `feed_invalid`. */
export async function parseFeedText(text: string, url: string, zone: string, now: number): Promise<ParsedFeed> {
  // A start has no use for it.
  const { parseFeed } = await import('feedsmith');
  let read;
  try {
    read = feedSchema.parse(parseFeed(text, { maxItems: MOST_ENTRIES }).feed);
  } catch (cause) {
    throw new AppError('feed_invalid', {}, { cause });
  }
  const entries = (read.items ?? read.entries ?? []).flatMap((raw) => {
    const parsed = entrySchema.safeParse(raw);
    return parsed.success ? (entryOf(parsed.data, url, zone, now) ?? []) : [];
  });
  return { title: said(read.title, LONGEST.name) || new URL(url).hostname.slice(0, LONGEST.name), entries };
}

/** The address of the feed that a page names in its head; null where it names none. */
export function feedNamedBy(html: string, base: string): string | null {
  for (const [tag] of html.slice(0, 500_000).matchAll(/<link\b[^>]{1,2000}>/giu)) {
    if (!/\brel\s*=\s*["']?alternate\b/iu.test(tag) || !/\btype\s*=\s*["']?application\/(?:rss\+xml|atom\+xml|feed\+json)\b/iu.test(tag)) continue;
    const found = addressOf(/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/iu.exec(tag)?.slice(1).find((each) => each !== undefined)?.replaceAll('&amp;', '&'), base);
    if (found !== null) return found;
  }
  return null;
}
