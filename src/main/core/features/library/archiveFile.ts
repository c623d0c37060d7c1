import { z } from 'zod';
import { LONGEST_TEXT, MOST_VARIANTS } from '../../../../shared/contract/library.ts';
import { normaliseText } from '../../../../shared/domain/text.ts';
import { canonicalUrl } from '../../../../shared/domain/tierByLink.ts';
import { decodeEntities } from './plainText.ts';

/** Characters of one post at most: with all that X keeps of it a long one has some tens of thousands. */
const LONGEST_POST = 1_000_000;
/** Pages that are kept of an archive: many more than a library takes. */
const MOST_PAGES = 20_000;
/** Addresses of posts, not of pages. */
const POSTS = /^https?:\/\/(?:(?:www|mobile)\.)?(?:twitter|x)\.com\//iu;
const SHORT = /^https?:\/\/t\.co\//iu;

const OPEN = 123;
const CLOSE = 125;
const QUOTE = 34;
const BACKSLASH = 92;

/** Finds the objects of a script such as `window.YTD.tweets.part0 = [ … ]`, as it comes in pieces; what stands between them is passed over. */
export class ObjectScanner {
  private depth = 0;
  private quoted = false;
  private escaped = false;
  /** What has come of the object that is open. */
  private parts: string[] = [];
  private length = 0;
  /** Each whole object, outermost ones only, as text; one that is too long is answered as ''. */
  *push(piece: string): Generator<string> {
    let from = 0;
    for (let i = 0; i < piece.length; i += 1) {
      const code = piece.charCodeAt(i);
      if (this.quoted) {
        if (this.escaped) this.escaped = false;
        else if (code === BACKSLASH) this.escaped = true;
        else if (code === QUOTE) this.quoted = false;
      } else if (code === OPEN) {
        if (this.depth === 0) from = i;
        this.depth += 1;
      } else if (this.depth > 0 && code === QUOTE) this.quoted = true;
      else if (this.depth > 0 && code === CLOSE) {
        this.depth -= 1;
        if (this.depth === 0) {
          this.keep(piece.slice(from, i + 1));
          yield this.length > LONGEST_POST ? '' : this.parts.join('');
          this.parts = [];
          this.length = 0;
        }
      }
    }
    if (this.depth > 0) this.keep(piece.slice(from));
  }
  private keep(text: string): void {
    this.length += text.length;
    if (this.length <= LONGEST_POST) this.parts.push(text);
    else this.parts = [];
  }
}

const linkSchema = z.looseObject({ url: z.string(), expanded_url: z.string().nullish().transform((each) => each ?? null) });
const links = z.array(linkSchema).optional().catch(undefined);
const answered = z.union([z.string(), z.number()]).nullish().transform((each) => each ?? null);
const postSchema = z.looseObject({
  full_text: z.string().optional(), text: z.string().optional(), created_at: z.string(), in_reply_to_status_id_str: answered, in_reply_to_status_id: answered, retweeted_status: z.unknown().optional(),
  entities: z.looseObject({ urls: links, media: links }).optional().catch(undefined), extended_entities: z.looseObject({ media: links }).optional().catch(undefined),
});
const entrySchema = z.union([z.looseObject({ tweet: postSchema }).transform((each) => each.tweet), postSchema]);

/** What one post of an archive is for the library. */
export type ArchivePost = { kind: 'repost' | 'reply' | 'plain' | 'unread' } | { kind: 'page'; url: string; canonical: string; text: string; at: number };

/** A post of X's archive, its short links as what they stand for. */
export function postOf(json: string): ArchivePost {
  let raw;
  try {
    raw = entrySchema.safeParse(JSON.parse(json));
  } catch {
    return { kind: 'unread' };
  }
  const source = raw.success ? (raw.data.full_text ?? raw.data.text) : undefined;
  if (!raw.success || source === undefined) return { kind: 'unread' };
  const post = raw.data;
  if (source.startsWith('RT @') || post.retweeted_status !== undefined) return { kind: 'repost' };
  if (post.in_reply_to_status_id_str !== null || post.in_reply_to_status_id !== null) return { kind: 'reply' };
  let text = source;
  for (const { url } of [...(post.entities?.media ?? []), ...(post.extended_entities?.media ?? [])]) text = text.replaceAll(url, '');
  const pages: string[] = [];
  for (const { url, expanded_url: whole } of post.entities?.urls ?? []) {
    if (whole === null || !SHORT.test(url)) continue;
    text = text.replaceAll(url, POSTS.test(whole) ? '' : whole);
    if (!POSTS.test(whole) && whole.length <= 2000 && canonicalUrl(whole) !== null) pages.push(whole);
  }
  const [page] = pages;
  const canonical = page === undefined ? null : canonicalUrl(page);
  if (page === undefined || canonical === null || SHORT.test(page)) return { kind: 'plain' };
  const at = Date.parse(post.created_at);
  return { kind: 'page', url: page, canonical, text: decodeEntities(text).replace(/[^\S\n]+/gu, ' ').replace(/ ?\n ?/gu, '\n').trim().slice(0, LONGEST_TEXT), at: Number.isNaN(at) ? 0 : at };
}

/** A page that posts of an archive share, with their texts. */
export interface ArchivePage {
  url: string;
  canonical: string;
  /** Newest first, at most MOST_VARIANTS; each once, however often it went out. */
  texts: { text: string; at: number }[];
  /** Posts that shared it. */
  posts: number;
}
export interface Archive {
  /** The page shared last first. */
  pages: ArchivePage[];
  counts: { posts: number; reposts: number; replies: number; plain: number; unread: number };
}

/** Reads an archive as it comes: between two pieces of it the event loop runs. */
export async function readArchive(body: AsyncIterable<Uint8Array>): Promise<Archive> {
  const scanner = new ObjectScanner();
  const letters = new TextDecoder();
  const pages = new Map<string, ArchivePage>();
  const counts = { posts: 0, reposts: 0, replies: 0, plain: 0, unread: 0 };
  const take = (json: string): void => {
    const post = postOf(json);
    counts.posts += 1;
    if (post.kind === 'unread') counts.unread += 1;
    else if (post.kind === 'repost') counts.reposts += 1;
    else if (post.kind === 'reply') counts.replies += 1;
    else if (post.kind === 'plain') counts.plain += 1;
    if (post.kind === 'page') {
      const page = pages.get(post.canonical) ?? { url: post.url, canonical: post.canonical, texts: [], posts: 0 };
      if (!pages.has(post.canonical) && pages.size >= MOST_PAGES) return;
      pages.set(post.canonical, page);
      page.posts += 1;
      const same = page.texts.find((each) => normaliseText(each.text) === normaliseText(post.text));
      if (same) same.at = Math.max(same.at, post.at);
      else page.texts.push({ text: post.text, at: post.at });
      page.texts.sort((a, b) => b.at - a.at);
      page.texts.splice(MOST_VARIANTS);
    }
  };
  for await (const piece of body) for (const json of scanner.push(letters.decode(piece, { stream: true }))) take(json);
  return { counts, pages: [...pages.values()].sort((a, b) => (b.texts[0]?.at ?? 0) - (a.texts[0]?.at ?? 0)) };
}
