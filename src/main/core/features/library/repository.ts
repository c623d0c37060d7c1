import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import { ITEM_SOURCES, type LibraryItem } from '../../../../shared/contract/library.ts';
import { canonicalUrl } from '../../../../shared/domain/tierByLink.ts';
import { type Db, defineStatements } from '../../db/db.ts';

const q = defineStatements('library', {
  list: 'SELECT * FROM items WHERE account_id = :accountId AND deleted_at IS NULL ORDER BY updated_at DESC, id',
  get: 'SELECT * FROM items WHERE id = :id',
  byAddress: 'SELECT * FROM items WHERE account_id = :accountId AND canonical = :canonical AND deleted_at IS NULL',
  addresses: 'SELECT id, canonical FROM items WHERE account_id = :accountId AND canonical IS NOT NULL AND deleted_at IS NULL',
  count: 'SELECT count(*) AS n FROM items WHERE account_id = :accountId AND deleted_at IS NULL',
  ever: 'SELECT 1 AS found FROM items WHERE account_id = :accountId LIMIT 1',
  put: `INSERT INTO items (id, account_id, title, url, canonical, summary, theme, tier, published_on, expires_on, evergreen, rest_days, notes, source_kind, source_name, revision, created_at, updated_at, deleted_at)
    VALUES (:id, :accountId, :title, :url, :canonical, :summary, :theme, :tier, :publishedOn, :expiresOn, :evergreen, :restDays, :notes, :sourceKind, :sourceName, 1, :createdAt, :now, :deletedAt)
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, url = excluded.url, canonical = excluded.canonical, summary = excluded.summary, theme = excluded.theme, tier = excluded.tier,
      published_on = excluded.published_on, expires_on = excluded.expires_on, evergreen = excluded.evergreen, rest_days = excluded.rest_days, notes = excluded.notes,
      revision = items.revision + 1, updated_at = excluded.updated_at, deleted_at = excluded.deleted_at`,
  variants: 'SELECT v.id, v.item_id, v.text FROM item_variants v JOIN items i ON i.id = v.item_id WHERE i.account_id = :accountId AND i.deleted_at IS NULL ORDER BY v.item_id, v.position',
  variantsOf: 'SELECT id, item_id, text FROM item_variants WHERE item_id = :itemId ORDER BY position',
  dropVariants: 'DELETE FROM item_variants WHERE item_id = :itemId',
  addVariant: 'INSERT INTO item_variants (id, item_id, position, text) VALUES (:id, :itemId, :position, :text)',
  media: 'SELECT m.item_id, m.media_id, m.alt FROM item_media m JOIN items i ON i.id = m.item_id WHERE i.account_id = :accountId AND i.deleted_at IS NULL ORDER BY m.item_id, m.position',
  mediaOf: 'SELECT item_id, media_id, alt FROM item_media WHERE item_id = :itemId ORDER BY position',
  everyMedia: 'SELECT DISTINCT m.media_id FROM item_media m JOIN items i ON i.id = m.item_id WHERE i.account_id = :accountId',
  dropMedia: 'DELETE FROM item_media WHERE item_id = :itemId',
  addMedia: 'INSERT INTO item_media (item_id, position, media_id, alt) VALUES (:itemId, :position, :mediaId, :alt)',
});
const rowSchema = z.object({
  id: z.string(), account_id: z.string(), title: z.string(), url: z.string().nullable(), summary: z.string(), theme: z.string(), tier: z.string(), published_on: z.string().nullable(), expires_on: z.string().nullable(),
  evergreen: z.number(), rest_days: z.number(), notes: z.string(), source_kind: z.enum(ITEM_SOURCES), source_name: z.string(), revision: z.number(), created_at: z.number(), updated_at: z.number(), deleted_at: z.number().nullable(),
});
const variantRow = z.object({ id: z.string(), item_id: z.string(), text: z.string() });
const mediaRow = z.object({ item_id: z.string(), media_id: z.string(), alt: z.string() });

/** A picture of an item, by its file. */
export interface ItemMedia {
  id: string;
  alt: string;
}

/** An item as it is stored: without what is worked out from its shares. */
export type StoredItem = Omit<LibraryItem, 'shares' | 'lastSharedAt' | 'nextDueAt' | 'views' | 'interactions' | 'clicks' | 'z7' | 'media' | 'link'> & { media: readonly ItemMedia[]; deletedAt: number | null };
/** What a new item is made of. */
export type NewItem = Omit<StoredItem, 'id' | 'revision' | 'createdAt' | 'updatedAt' | 'deletedAt' | 'variants' | 'media'> & { variants: readonly { id?: string | undefined; text: string }[]; media?: readonly ItemMedia[] };

/** Rows of a list by the item they belong to. */
function byItem<R, T>(rows: readonly R[], itemOf: (row: R) => string, valueOf: (row: R) => T): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const known = found.get(itemOf(row));
    if (known) known.push(valueOf(row));
    else found.set(itemOf(row), [valueOf(row)]);
  }
  return found;
}
function fromRow(raw: unknown, variants: StoredItem['variants'], media: StoredItem['media']): StoredItem {
  const row = rowSchema.parse(raw);
  return {
    id: row.id, accountId: row.account_id, title: row.title, url: row.url, summary: row.summary, theme: row.theme, tier: row.tier, publishedOn: row.published_on, expiresOn: row.expires_on,
    evergreen: row.evergreen === 1, restDays: row.rest_days, notes: row.notes, source: { kind: row.source_kind, name: row.source_name }, variants, media,
    revision: row.revision, createdAt: row.created_at, updatedAt: row.updated_at, deletedAt: row.deleted_at,
  };
}

/** Items, their texts and pictures. Writes are in the caller's transaction. */
export class ItemsRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  /** Newest change first. */
  list(accountId: string): StoredItem[] {
    const variants = byItem(this.db.all(q.variants, { accountId }).map((raw) => variantRow.parse(raw)), (row) => row.item_id, ({ id, text }) => ({ id, text }));
    const media = byItem(this.db.all(q.media, { accountId }).map((raw) => mediaRow.parse(raw)), (row) => row.item_id, ({ media_id: id, alt }) => ({ id, alt }));
    return this.db.all(q.list, { accountId }).map((raw) => fromRow(raw, variants.get(String(raw['id'])) ?? [], media.get(String(raw['id'])) ?? []));
  }
  private whole(raw: Record<string, unknown>): StoredItem {
    const itemId = raw['id'];
    const variants = this.db.all(q.variantsOf, { itemId }).map((each) => variantRow.parse(each)).map(({ id, text }) => ({ id, text }));
    return fromRow(raw, variants, this.db.all(q.mediaOf, { itemId }).map((each) => mediaRow.parse(each)).map(({ media_id: id, alt }) => ({ id, alt })));
  }
  /** Also one that was taken out. */
  stored(id: string): StoredItem | null {
    const raw = this.db.get(q.get, { id });
    return raw ? this.whole(raw) : null;
  }
  /** Throws AppError `not_found`. */
  need(id: string): StoredItem {
    const found = this.stored(id);
    if (!found || found.deletedAt !== null) throw new AppError('not_found', { what: 'item' });
    return found;
  }
  /** The account's item that has this address, in its one form. */
  byAddress(accountId: string, canonical: string): StoredItem | null {
    const raw = this.db.get(q.byAddress, { accountId, canonical });
    return raw ? this.whole(raw) : null;
  }
  /** Of the items that have an address, in its one form. */
  addresses(accountId: string): { id: string; canonical: string }[] {
    return this.db.all(q.addresses, { accountId }).map((row) => ({ id: String(row['id']), canonical: String(row['canonical']) }));
  }
  count(accountId: string): number {
    return Number(this.db.get(q.count, { accountId })?.['n'] ?? 0);
  }
  /** Had the account ever an item, also one that was taken out? */
  hadAny(accountId: string): boolean {
    return this.db.get(q.ever, { accountId }) !== undefined;
  }
  create(item: NewItem, now: number): StoredItem {
    return this.put({ ...item, id: randomUUID(), createdAt: now, deletedAt: null }, now);
  }
  /** Files of all pictures of an account's items, also of those taken out. */
  media(accountId: string): string[] {
    return this.db.all(q.everyMedia, { accountId }).map((row) => String(row['media_id']));
  }
  /** Writes an item as it is given, its texts and pictures too; its revision goes up by one. */
  put(item: NewItem & { id: string; createdAt: number; deletedAt: number | null }, now: number): StoredItem {
    this.db.run(q.put, {
      id: item.id, accountId: item.accountId, title: item.title, url: item.url, canonical: item.url === null ? null : canonicalUrl(item.url), summary: item.summary, theme: item.theme, tier: item.tier,
      publishedOn: item.publishedOn, expiresOn: item.expiresOn, evergreen: item.evergreen ? 1 : 0, restDays: item.restDays, notes: item.notes, sourceKind: item.source.kind, sourceName: item.source.name,
      createdAt: item.createdAt, deletedAt: item.deletedAt, now,
    });
    this.db.run(q.dropVariants, { itemId: item.id });
    item.variants.forEach((variant, position) => this.db.run(q.addVariant, { id: variant.id ?? randomUUID(), itemId: item.id, position, text: variant.text }));
    this.db.run(q.dropMedia, { itemId: item.id });
    item.media?.forEach(({ id: mediaId, alt }, position) => this.db.run(q.addMedia, { itemId: item.id, position, mediaId, alt }));
    const stored = this.stored(item.id);
    if (!stored) throw new Error('an item that was not written');
    return stored;
  }
}
