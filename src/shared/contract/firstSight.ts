import type { PostEntity } from './columns.ts';

/** Words of a post, ready to be drawn. Entities count code points of `text`. */
export interface SightWords {
  name: string;
  username: string;
  verified: boolean;
  /** When it was written, as its column says it. */
  stamp: string;
  text: string;
  entities: PostEntity[];
  lang: string | null;
  /** Width to height of each picture, where it is known. */
  media: (number | null)[];
}
export interface SightPost extends SightWords {
  id: string;
  /** Above it: who reposted it; below its head: what it answers. */
  above: string | null;
  answers: string | null;
  /** It is no longer on the network: this is said in its place. */
  gone: string | null;
  quoted: SightWords | null;
  /** Answers, reposts, likes as they are counted; empty for none. */
  counts: [string, string, string];
}
export interface SightColumn {
  title: string;
  sub: string;
  /** CSS px; null: folded to a strip. */
  width: number | null;
  color: string | null;
  posts: SightPost[];
  /** How far the first post is above the edge, CSS px. */
  offset: number;
}
/** What a window shows until its own script has been read: the columns as they were left, from what is stored. */
export interface FirstSight {
  lang: 'es' | 'en';
  theme: 'auto' | 'light' | 'dark';
  /** Words of the rail, top to bottom. */
  rail: string[];
  /** The account in the bar, and the words of its search. */
  account: string;
  search: string;
  columns: SightColumn[];
}

const ID = 'first-sight-data';
/** As a block of data for a page: no text of a post can end it or be taken for markup. */
function sightBlock(sight: FirstSight): string {
  return `<script type="application/json" id="${ID}">${JSON.stringify(sight).replaceAll('<', '\\u003c')}</script>`;
}
/** A window's page that carries it. */
export const withSight = (page: string, sight: FirstSight): string => page.replace('</body>', () => `${sightBlock(sight)}</body>`);
/** What the host put into this page, once; null where it put nothing. */
export function takeSight(page: { getElementById(id: string): { textContent: string | null; remove(): void } | null }): FirstSight | null {
  const block = page.getElementById(ID);
  if (!block) return null;
  block.remove();
  return JSON.parse(block.textContent ?? 'null') as FirstSight | null;
}
