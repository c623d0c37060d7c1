import type { FillItem } from '../../../../shared/domain/library/fill.ts';
import { dayNumber } from '../../../../shared/domain/ratio/index.ts';
import { dayOf } from '../../../../shared/domain/time.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { ItemMedia } from './repository.ts';
import { lastByVariant, type LibraryService } from './service.ts';

interface Behind {
  url: string | null;
  media: readonly ItemMedia[];
  variants: readonly string[];
}
/** An account's items as filling sees them, and what it needs to write a post from one. */
export interface Candidates {
  items: FillItem[];
  /** Of each item its address, its pictures, and the variants of its texts in the same order; none for one that goes out as its title. */
  behind: ReadonlyMap<string, Behind>;
  /** Those whose link is known to be broken. */
  broken: ReadonlySet<string>;
}

/** Shares that wait for something other than their time, such as the ratio, are still to come. */
const STILL_TO_COME: ReadonlySet<string> = new Set(['held', 'paused']);

/** `also`: shares that are not planned yet and are about to be: item by day `YYYY-MM-DD`. */
export function candidatesOf(library: LibraryService, account: StoredAccount, now: number, also: readonly { itemId: string; day: string }[]): Candidates {
  const shares = library.shares.list(account.id);
  const last = lastByVariant(shares);
  const { scores } = library.performance(account.id, shares, now);
  const days = new Map<string, number[]>();
  const add = (itemId: string, day: string): void => {
    const known = days.get(itemId);
    if (known) known.push(dayNumber(day));
    else days.set(itemId, [dayNumber(day)]);
  };
  for (const share of shares) if (share.at !== null && (share.sent || share.planned || STILL_TO_COME.has(share.state))) add(share.itemId, dayOf(share.at, account.zone));
  for (const each of also) add(each.itemId, each.day);
  const behind = new Map<string, Behind>();
  const items = library.items.list(account.id).map((item): FillItem => {
    const variants = item.variants.toSorted((a, b) => (last.get(a.id) ?? -Infinity) - (last.get(b.id) ?? -Infinity) || 0);
    behind.set(item.id, { url: item.url, media: item.media, variants: variants.map((each) => each.id) });
    return {
      id: item.id, title: item.title, theme: item.theme, tier: item.tier, publishedOn: item.publishedOn, expiresOn: item.expiresOn, evergreen: item.evergreen, restDays: item.restDays,
      texts: variants.length === 0 ? [item.title] : variants.map((each) => each.text), z7: scores.get(item.id) ?? null, days: (days.get(item.id) ?? []).sort((a, b) => a - b),
    };
  });
  const broken = new Set([...library.links.of(account.id)].flatMap(([id, { status }]) => (status === 'broken' ? [id] : [])));
  return { items, behind, broken };
}
