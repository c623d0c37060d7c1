import type { Account } from '../../../shared/contract/accounts.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { AttachedMedia } from '../../../shared/contract/publications.ts';
import { canonicalUrl, proposeTier } from '../../../shared/domain/tierByLink.ts';

/** Days that an evergreen item rests unless it says otherwise (DOMAIN §3). */
const REST_DAYS = 30;

/** An item as it is being written: days are '' where there is none. */
export interface Fields {
  title: string;
  url: string;
  theme: string;
  tier: string;
  /** Chosen by hand: no address changes it any more. */
  tierChosen: boolean;
  publishedOn: string;
  expiresOn: string;
  evergreen: boolean;
  restDays: number;
  notes: string;
  summary: string;
  variants: readonly { id?: string; text: string }[];
  media: readonly AttachedMedia[];
}
export function fieldsOf(item: LibraryItem | null, account: Account): Fields {
  if (!item) return { title: '', url: '', theme: '', tier: account.policy.base, tierChosen: false, publishedOn: '', expiresOn: '', evergreen: false, restDays: REST_DAYS, notes: '', summary: '', variants: [], media: [] };
  const { title, theme, tier, evergreen, notes, summary } = item;
  return { title, url: item.url ?? '', theme, tier, tierChosen: true, publishedOn: item.publishedOn ?? '', expiresOn: item.expiresOn ?? '', evergreen, restDays: item.restDays > 0 ? item.restDays : REST_DAYS, notes, summary, variants: item.variants.map(({ id, text }) => ({ id, text })), media: item.media };
}
/** With another address; the account's rule for it proposes the tier, unless that was chosen by hand. */
export function withUrl(fields: Fields, url: string, account: Account): Fields {
  return { ...fields, url, tier: fields.tierChosen ? fields.tier : (proposeTier(url, account.urlRules) ?? account.policy.base) };
}
export interface Faults {
  title: boolean;
  url: boolean;
}
/** What keeps it from being saved. */
export function faultsOf(fields: Fields): Faults {
  const url = fields.url.trim();
  return { title: fields.title.trim() === '', url: url !== '' && (canonicalUrl(url) === null || /\s/.test(url)) };
}
export const isWhole = (fields: Fields): boolean => !faultsOf(fields).title && !faultsOf(fields).url;

/** What is saved of it; texts that are empty are none. */
export function inputOf(fields: Fields, account: Account, item: LibraryItem | null): InputOf<'library.save'> {
  const url = fields.url.trim();
  return {
    ...(item ? { id: item.id, baseRevision: item.revision } : {}),
    accountId: account.id, title: fields.title.trim(), url: url === '' ? null : url, summary: fields.summary, theme: fields.theme.trim(), tier: fields.tier,
    publishedOn: fields.publishedOn === '' ? null : fields.publishedOn, expiresOn: fields.expiresOn === '' ? null : fields.expiresOn,
    evergreen: fields.evergreen, restDays: fields.restDays, notes: fields.notes,
    variants: fields.variants.filter((each) => each.text.trim() !== ''), media: fields.media.map(({ id, alt }) => ({ id, alt })),
  };
}
