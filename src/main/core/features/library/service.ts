import { AppError } from '../../../../shared/contract/errors.ts';
import type { InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import { type ItemShare, type LibraryItem, MOST_ITEMS, MOST_VARIANTS } from '../../../../shared/contract/library.ts';
import { tagLinks } from '../../../../shared/domain/linkTagging.ts';
import { RECENT_DAYS, scoresOf } from '../../../../shared/domain/library/performance.ts';
import { nextVariant, shareText, titleOf } from '../../../../shared/domain/library/text.ts';
import { isBlank, linksOf, normaliseText } from '../../../../shared/domain/text.ts';
import { canonicalUrl } from '../../../../shared/domain/tierByLink.ts';
import { addDays, dayOf } from '../../../../shared/domain/time.ts';
import type { CoreDeps } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { PublishingService } from '../publishing/service.ts';
import type { Content } from '../publishing/rows.ts';
import { LinksRepository } from './linksRepository.ts';
import { PageViewsRepository } from './pageViewsRepository.ts';
import { type ItemMedia, ItemsRepository, type NewItem, type StoredItem } from './repository.ts';
import { type Share, SharesRepository } from './sharesRepository.ts';

/** Rest of an item that says nothing of it, days (DOMAIN §3). */
export const REST_DAYS = 30;

/** When a text was last out or will be, by variant, epoch ms. */
export function lastByVariant(shares: readonly Share[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const { variantId, at, sent, planned } of shares) if (variantId !== null && at !== null && (sent || planned)) last.set(variantId, Math.max(at, last.get(variantId) ?? -Infinity));
  return last;
}

/** What a post written from an item has beside its text. */
export const contentOf = ({ media }: { media: readonly ItemMedia[] }): Content => ({ parts: [], media: media.map(({ id, alt }) => ({ part: 0, id, alt })) });

/** Up to so many new items look for their own shares; for more one look at all posts is less. */
const FEW = 20;

/** An item as it was and as it is now. */
export interface Written {
  before: StoredItem | null;
  stored: StoredItem;
}

/** What can be shared, its texts, and what came of sharing it (DOMAIN §3). */
export class LibraryService {
  private readonly deps: CoreDeps;
  readonly items: ItemsRepository;
  readonly shares: SharesRepository;
  readonly links: LinksRepository;
  readonly pageViews: PageViewsRepository;
  private readonly accounts: () => AccountsService;
  private readonly publishing: PublishingService;
  constructor(deps: CoreDeps, services: { accounts: () => AccountsService; publishing: PublishingService }) {
    this.deps = deps;
    this.items = new ItemsRepository(deps.db);
    this.shares = new SharesRepository(deps.db);
    this.links = new LinksRepository(deps.db);
    this.pageViews = new PageViewsRepository(deps.db);
    this.accounts = services.accounts;
    this.publishing = services.publishing;
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }
  changed(accountId: string): void {
    this.deps.bus.emit('library.changed', { accountId });
  }

  list(accountId: string): LibraryItem[] {
    return this.withShares(accountId, this.items.list(accountId));
  }
  /** One item as the contract says it. */
  view(item: StoredItem): LibraryItem {
    const [found] = this.withShares(item.accountId, [item]);
    if (!found) throw new Error('an item that is not there');
    return found;
  }
  /** How each item did in the last 7 days, by its shares and its page's views; and all views of its page. */
  performance(accountId: string, shares: readonly Share[], now: number): { scores: Map<string, number>; clicks: Map<string, number> } {
    const today = dayOf(now, this.accounts().need(accountId).zone);
    const pages = this.pageViews.totals(accountId, addDays(today, -RECENT_DAYS), today);
    const [clicks, recent] = [new Map<string, number>(), new Map<string, number>()];
    if (pages.size > 0) {
      for (const { id, canonical } of this.items.addresses(accountId)) {
        const page = pages.get(canonical);
        if (page) clicks.set(id, page.views);
        if (page && page.recent !== null) recent.set(id, page.recent);
      }
    }
    const sent = shares.filter((share) => share.sent && share.at !== null).map((share) => ({ itemId: share.itemId, at: share.at ?? 0, views: share.views, interactions: share.interactions }));
    return { scores: scoresOf(sent, now, recent), clicks };
  }
  private withShares(accountId: string, items: readonly StoredItem[]): LibraryItem[] {
    const all = this.shares.list(accountId);
    const links = this.links.of(accountId);
    const byItem = new Map<string, Share[]>();
    for (const share of all) {
      const known = byItem.get(share.itemId);
      if (known) known.push(share);
      else byItem.set(share.itemId, [share]);
    }
    const { scores, clicks } = this.performance(accountId, all, this.now());
    return items.map((stored) => {
      const { deletedAt: _, media, ...item } = stored;
      const own = byItem.get(item.id) ?? [];
      const link = links.get(item.id);
      const sent = own.filter((share) => share.sent);
      const sum = (counts: (number | null)[]): number | null => counts.reduce((total, each) => (each === null ? total : (total ?? 0) + each), null);
      const times = (shares: Share[]): number[] => shares.flatMap((share) => share.at ?? []);
      const [past, due] = [times(sent), times(own.filter((share) => share.planned))];
      return {
        ...item, media: media.flatMap(({ id, alt }) => this.publishing.media.describe(id, alt) ?? []), shares: sent.length, lastSharedAt: past.length === 0 ? null : Math.max(...past), nextDueAt: due.length === 0 ? null : Math.min(...due),
        views: sum(sent.map((share) => share.views)), interactions: sum(sent.map((share) => share.interactions)), clicks: clicks.get(item.id) ?? null, z7: scores.get(item.id) ?? null, link: link ? { status: link.status, at: link.at, code: link.code, retitledAt: link.retitledAt } : null,
      };
    });
  }
  item(id: string): OutputOf<'library.item'> {
    const item = this.items.need(id);
    const shares = this.shares.list(item.accountId).filter((share) => share.itemId === id).sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
    return {
      item: this.view(item),
      shares: shares.flatMap((share): ItemShare[] => {
        const row = share.publicationId === null ? null : this.publishing.repository.find(share.publicationId);
        if (share.seen) return [{ publicationId: null, at: share.at, state: share.state, text: share.seen.text, url: `https://x.com/i/status/${share.seen.id}`, views: share.views, interactions: share.interactions }];
        return row ? [{ publicationId: row.id, at: share.at, state: row.state, text: row.text, url: this.publishing.view(row).url, views: share.views, interactions: share.interactions }] : [];
      }),
    };
  }

  private checkTier(account: StoredAccount, tier: string, stored: string | null): void {
    // A tier that a newer policy no longer has stays where it is until the user chooses another.
    if (tier !== stored && !account.policy.tiers.some((each) => each.key === tier)) throw new AppError('bad_input', { path: 'tier', detail: tier.slice(0, 40) });
  }
  /** Pictures only, and a GIF alone, as X takes them. */
  private checkMedia(media: readonly ItemMedia[]): void {
    const mimes = media.map(({ id }) => {
      const mime = this.publishing.media.describe(id, '')?.mime;
      if (mime === undefined) throw new AppError('not_found', { what: 'media' });
      if (!mime.startsWith('image/')) throw new AppError('media_unsupported', { stated: mime });
      return mime;
    });
    if (mimes.length > 1 && mimes.includes('image/gif')) throw new AppError('item_gif_alone');
  }
  private checkRoom(accountId: string): void {
    if (this.items.count(accountId) >= MOST_ITEMS) throw new AppError('library_full', { max: MOST_ITEMS });
  }

  save(input: InputOf<'library.save'>): OutputOf<'library.save'> {
    const account = this.accounts().need(input.accountId);
    const before = input.id === undefined ? null : this.items.need(input.id);
    if (before && before.accountId !== account.id) throw new AppError('bad_input', { path: 'accountId', detail: '' });
    if (before && input.baseRevision !== undefined && input.baseRevision !== before.revision) throw new AppError('conflict', { revision: before.revision });
    this.checkTier(account, input.tier, before?.tier ?? null);
    const canonical = input.url === null ? null : canonicalUrl(input.url);
    const same = canonical === null ? null : this.items.byAddress(account.id, canonical);
    if (same && same.id !== before?.id) return { result: 'same', item: this.view(same) };
    if (!before) this.checkRoom(account.id);
    const known = new Set(before?.variants.map((each) => each.id));
    const { id: _, baseRevision: __, variants, media = before?.media ?? [], ...fields } = input;
    if (input.media) this.checkMedia(input.media);
    const next: NewItem = { ...fields, media, source: before?.source ?? { kind: 'hand', name: '' }, variants: variants.map((each) => (each.id !== undefined && known.has(each.id) ? each : { text: each.text })) };
    const stored = this.deps.db.tx(() => this.write(before, next));
    const undoId = this.undoOf('item_saved', [{ before, stored }]);
    this.changed(account.id);
    return { result: 'saved', item: this.view(stored), undoId };
  }
  /** Writes one new or changed item and finds its shares; in the caller's transaction. */
  write(before: StoredItem | null, next: NewItem): StoredItem {
    const now = this.now();
    const stored = before ? this.items.put({ ...next, id: before.id, createdAt: before.createdAt, deletedAt: null }, now) : this.items.create(next, now);
    if (!before || stored.url !== before.url) this.shares.addressed(stored);
    return stored;
  }
  /** The same of many, of which one look at the posts finds all shares. */
  writeMany(accountId: string, rows: readonly { before: StoredItem | null; next: NewItem }[]): Written[] {
    const now = this.now();
    const written = this.deps.db.tx(() => {
      const all = rows.map(({ before, next }) => ({ before, stored: before ? this.items.put({ ...next, id: before.id, createdAt: before.createdAt, deletedAt: null }, now) : this.items.create(next, now) }));
      const fresh = all.filter(({ before }) => before === null);
      if (fresh.length > FEW) this.shares.look(accountId);
      else for (const { stored } of fresh) this.shares.addressed(stored);
      return all;
    });
    this.changed(accountId);
    return written;
  }
  /** Puts items back as they were; new ones vanish. Throws AppError `undo_gone` in its step where one changed since or its address is another's by now. */
  undoOf(label: string, rows: readonly Written[]): string {
    return this.deps.undo.register(label, () => this.putBack(rows));
  }
  /** What `undoOf` does, at once. */
  putBack(rows: readonly Written[]): void {
    this.deps.db.tx(() => {
      const now = this.now();
      for (const { stored } of rows) if (this.items.stored(stored.id)?.revision !== stored.revision) throw new AppError('undo_gone');
      for (const { before, stored } of rows) {
        const next = before ?? { ...stored, deletedAt: now };
        const holder = next.url === null || next.deletedAt !== null ? null : this.items.byAddress(next.accountId, canonicalUrl(next.url) ?? '');
        if (holder && holder.id !== next.id) throw new AppError('undo_gone');
        this.items.put(next, now);
        if (next.deletedAt !== null || stored.deletedAt !== null || next.url !== stored.url) this.shares.addressed(next.deletedAt === null ? next : { ...next, url: null });
      }
    });
    for (const accountId of new Set(rows.map(({ stored }) => stored.accountId))) this.changed(accountId);
  }
  remove(ids: readonly string[]): OutputOf<'library.remove'> {
    const now = this.now();
    const rows = this.deps.db.tx(() => [...new Set(ids)].map((id) => {
      const before = this.items.need(id);
      return { before, stored: this.items.put({ ...before, deletedAt: now }, now) };
    }));
    const undoId = this.undoOf('items_removed', rows);
    for (const accountId of new Set(rows.map(({ stored }) => stored.accountId))) this.changed(accountId);
    return { removed: rows.length, undoId };
  }

  compose({ id, variantId }: InputOf<'library.compose'>): OutputOf<'library.compose'> {
    const item = this.items.need(id);
    const account = this.accounts().need(item.accountId);
    this.checkTier(account, item.tier, null);
    const named = variantId === null ? null : item.variants.find((each) => each.id === variantId);
    if (named === undefined) throw new AppError('not_found', { what: 'variant' });
    const variant = named ?? nextVariant(item.variants, lastByVariant(this.shares.list(account.id)));
    const row = this.deps.db.tx(() => {
      const made = this.publishing.repository.create({ accountId: account.id, text: tagLinks(shareText(item, variant), account.tagging, { theme: item.theme, tier: item.tier, account: account.username, day: dayOf(this.now(), account.zone) }), tier: item.tier, tierReason: null, zone: account.zone, via: account.via, content: contentOf(item) }, this.now());
      this.shares.put(made.id, item.id, variant?.id ?? null);
      return made;
    });
    this.publishing.changed([row]);
    return { publication: this.publishing.view(row), undoId: this.publishing.undoNew(row.id) };
  }
  /** From a post: a new item, or its text for the one that has its address already. */
  keep(publicationId: string): OutputOf<'library.keep'> {
    const row = this.publishing.repository.need(publicationId);
    const account = this.accounts().need(row.accountId);
    if (isBlank(row.text)) throw new AppError('text_empty');
    const address = linksOf(row.text).find((each) => canonicalUrl(each) !== null);
    const url = address === undefined ? null : /^https?:\/\//i.test(address) ? address : `https://${address}`;
    const known = url === null ? null : this.items.byAddress(account.id, canonicalUrl(url) ?? '');
    if (!known) this.checkRoom(account.id);
    const said = known?.variants.some((each) => normaliseText(each.text) === normaliseText(row.text)) ?? false;
    if (known && !said && known.variants.length >= MOST_VARIANTS) throw new AppError('texts_full', { max: MOST_VARIANTS });
    const stored = this.deps.db.tx(() => {
      const next: NewItem = known
        ? { ...known, variants: said ? known.variants : [...known.variants, { text: row.text }] }
        : {
          accountId: account.id, title: titleOf(row.text), url, summary: '', theme: '', tier: row.tier, publishedOn: null, expiresOn: null, evergreen: false, restDays: REST_DAYS, notes: '',
          source: { kind: 'post', name: '' }, variants: [{ text: row.text }],
          media: this.publishing.repository.media(row.id).filter((each) => each.part === 0 && this.publishing.media.describe(each.id, '')?.mime.startsWith('image/')).map(({ id, alt }) => ({ id, alt })),
        };
      const written = this.write(known, next);
      const variant = written.variants.find((each) => normaliseText(each.text) === normaliseText(row.text));
      if (row.kind === 'post') this.shares.put(row.id, written.id, variant?.id ?? null);
      return written;
    });
    const undoId = this.undoOf('item_kept', [{ before: known, stored }]);
    this.changed(account.id);
    return { item: this.view(stored), undoId };
  }
}
