import { linksOf } from './text.ts';
import type { TierKey } from './types.ts';

const TRACKING = /^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|_ga|ref_src)$/i;

/** One address for one page: lower-case host, no fragment, default port or tracking, sorted query (DOMAIN §3). Null when it is not a web address. */
export function canonicalUrl(text: string): string | null {
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  url.searchParams.sort();
  return url.toString();
}

export interface UrlRule {
  /** `*` stands for anything; without scheme; `example.com/premium/*`. */
  pattern: string;
  tier: TierKey;
}

function matches(pattern: string, address: string): boolean {
  const wanted = pattern.trim().replace(/^https?:\/\//i, '').toLowerCase();
  const found = address.replace(/^https?:\/\//i, '').toLowerCase();
  // Walks the pieces between stars: linear in the address, whatever the user wrote.
  const pieces = wanted.split('*');
  const first = pieces[0] ?? '';
  if (!found.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const next = found.indexOf(piece, at);
    if (next < 0) return false;
    at = next + piece.length;
  }
  if (pieces.length === 1) return at === found.length || found[at] === '/' || found[at] === '?';
  const last = pieces.at(-1) ?? '';
  return found.length - last.length >= at && found.endsWith(last);
}

/** The tier of the library's item at an address in its one form; null where it has none there. */
export type KnownTier = (canonical: string) => TierKey | null;

/** The addresses a text links to, each once, in their one form. */
export function addressesOf(text: string): string[] {
  return [...new Set(linksOf(text).flatMap((link) => canonicalUrl(link) ?? []))];
}

/** The tier that the text's first link with an item of the library or a rule proposes, the item before the rule; null when none does (DOMAIN §2, tier by link). */
export function proposeTier(text: string, rules: readonly UrlRule[], known: KnownTier = () => null): TierKey | null {
  for (const address of addressesOf(text)) {
    const tier = known(address) ?? rules.find((each) => matches(each.pattern, address))?.tier;
    if (tier !== undefined) return tier;
  }
  return null;
}
