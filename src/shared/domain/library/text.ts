import { linksOf } from '../text.ts';
import { canonicalUrl } from '../tierByLink.ts';

/** The addresses a text links to, each in its one form, in order. */
export function addressesOf(text: string): string[] {
  // Cheap first: most of thousands of texts are asked for nothing.
  if (!text.includes('.')) return [];
  return linksOf(text).map(canonicalUrl).filter((each) => each !== null);
}

/** The text an item goes out with: the variant, else its title; its address stands at the end unless the text links to it. */
export function shareText(item: { title: string; url: string | null }, variant: { text: string } | null): string {
  const text = variant?.text ?? item.title;
  const { url } = item;
  if (url === null || addressesOf(text).includes(canonicalUrl(url) ?? url)) return text;
  return `${text.trimEnd()}${text.includes('\n') ? '\n' : ' '}${url}`;
}

/** The variant shared longest ago; those never shared come first, in their order. Null without any. */
export function nextVariant<V extends { id: string }>(variants: readonly V[], lastShared: ReadonlyMap<string, number>): V | null {
  return variants.reduce<V | null>((best, each) => (best === null || (lastShared.get(each.id) ?? -Infinity) < (lastShared.get(best.id) ?? -Infinity) ? each : best), null);
}

const LONGEST_TITLE = 100;
/** A title out of a post's text: its first line without links, cut at a word; its first address where nothing is left. */
export function titleOf(text: string): string {
  const [first] = linksOf(text);
  const bare = linksOf(text).reduce((rest, link) => rest.replace(link, ' '), text);
  const line = bare.split(/\r\n|\r|\n/u).map((each) => each.replace(/\s+/gu, ' ').trim()).find((each) => each !== '') ?? first ?? '';
  if (line.length <= LONGEST_TITLE) return line;
  const cut = line.slice(0, LONGEST_TITLE - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > LONGEST_TITLE / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
