import { z } from 'zod';
import { addressesOf } from '../../../../shared/domain/library/text.ts';
import { canonicalUrl } from '../../../../shared/domain/tierByLink.ts';
import { PUBLICATION_STATES, type PublicationState, SENT_STATES } from '../../../../shared/domain/types.ts';
import { type Db, defineStatements } from '../../db/db.ts';
import { seenShares } from './seenRepository.ts';

const SHARED = `FROM items i JOIN item_posts ip ON ip.item_id = i.id JOIN publications p ON p.id = ip.publication_id AND p.deleted_at IS NULL AND p.state NOT IN ('draft','cancelled')`;
const OUT = `SELECT p.id AS id, p.remote_id AS remote_id, 1 AS first ${SHARED} WHERE i.account_id = :accountId AND i.deleted_at IS NULL AND p.remote_id IS NOT NULL
  UNION ALL SELECT p.id, t.remote_id, 0 ${SHARED} JOIN publication_parts t ON t.publication_id = p.id AND t.remote_id IS NOT NULL WHERE i.account_id = :accountId AND i.deleted_at IS NULL`;
const CARRIES = `instr(lower(p.text), :needle) > 0 OR EXISTS (SELECT 1 FROM publication_parts t WHERE t.publication_id = p.id AND instr(lower(t.text), :needle) > 0)`;

const q = defineStatements('libraryShares', {
  shares: `SELECT ip.item_id, ip.variant_id, p.id, p.state, p.due_at, p.sent_at ${SHARED} WHERE i.account_id = :accountId AND i.deleted_at IS NULL`,
  /** What has been read of them on the network, a thread's parts together; of a post that no column brought, what its own reading said. */
  figures: `WITH read AS MATERIALIZED (SELECT o.id AS id, coalesce(json_extract(x.payload, '$.metrics'), (SELECT m.figures FROM post_metrics m WHERE o.first = 1 AND m.publication_id = o.id AND m.figures IS NOT NULL ORDER BY m.stage DESC LIMIT 1)) AS counts
      FROM (${OUT}) o JOIN accounts a ON a.id = :accountId LEFT JOIN posts x ON x.origin = a.origin AND x.id = o.remote_id)
    SELECT id, sum(json_extract(counts, '$.views')) AS views,
      sum(json_extract(counts, '$.likes') + json_extract(counts, '$.reposts') + json_extract(counts, '$.replies') + json_extract(counts, '$.quotes')) AS interactions
    FROM read WHERE counts IS NOT NULL GROUP BY id`,
  publication: 'SELECT account_id, kind, text FROM publications WHERE id = :id',
  parts: 'SELECT text FROM publication_parts WHERE publication_id = :id ORDER BY position',
  anyAddress: 'SELECT 1 AS found FROM items WHERE account_id = :accountId AND canonical IS NOT NULL AND deleted_at IS NULL LIMIT 1',
  byAddress: 'SELECT id FROM items WHERE account_id = :accountId AND canonical = :canonical AND deleted_at IS NULL',
  of: 'SELECT ip.item_id, ip.by_link, i.deleted_at FROM item_posts ip JOIN items i ON i.id = ip.item_id WHERE ip.publication_id = :id',
  put: `INSERT INTO item_posts (publication_id, item_id, variant_id, by_link) VALUES (:id, :itemId, :variantId, :byLink)
    ON CONFLICT (publication_id) DO UPDATE SET item_id = excluded.item_id, variant_id = excluded.variant_id, by_link = excluded.by_link`,
  copy: 'INSERT OR IGNORE INTO item_posts (publication_id, item_id, variant_id, by_link) SELECT :id, item_id, variant_id, by_link FROM item_posts WHERE publication_id = :from',
  drop: 'DELETE FROM item_posts WHERE publication_id = :id',
  drafts: `SELECT ip.publication_id, ip.item_id FROM publications p JOIN item_posts ip ON ip.publication_id = p.id WHERE p.account_id = :accountId AND p.state = 'draft' AND p.deleted_at IS NULL`,
  found: 'SELECT publication_id FROM item_posts WHERE item_id = :itemId AND by_link = 1',
  posts: `SELECT id FROM publications WHERE account_id = :accountId AND kind = 'post' AND deleted_at IS NULL AND instr(text, '.') > 0`,
  carrying: `SELECT p.id FROM publications p WHERE p.account_id = :accountId AND p.kind = 'post' AND p.deleted_at IS NULL AND (${CARRIES})`,
});
const shareRow = z.object({ item_id: z.string(), variant_id: z.string().nullable(), id: z.string(), state: z.enum(PUBLICATION_STATES), due_at: z.number().nullable(), sent_at: z.number().nullable() });
const figuresRow = z.object({ id: z.string(), views: z.number().nullable(), interactions: z.number().nullable() });
const ofRow = z.object({ item_id: z.string(), by_link: z.number(), deleted_at: z.number().nullable() });

/** A post that shares an item and is more than a draft. */
export interface Share {
  itemId: string;
  variantId: string | null;
  /** Null for a post that was seen on the network and not sent from here. */
  publicationId: string | null;
  seen: { id: string; text: string } | null;
  state: PublicationState;
  /** When it was sent, else when it is due, epoch ms. */
  at: number | null;
  /** May have left already (DOMAIN §4): a share. */
  sent: boolean;
  /** Waits for its time. */
  planned: boolean;
  views: number | null;
  interactions: number | null;
}
const PLANNED: ReadonlySet<PublicationState> = new Set<PublicationState>(['scheduled', 'retry_wait']);

/** Which post shares which item. Writes are in the caller's transaction. */
export class SharesRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  /** Every share of an account's items, those seen on the network included. */
  list(accountId: string): Share[] {
    const figures = new Map(this.db.all(q.figures, { accountId }).map((raw) => {
      const row = figuresRow.parse(raw);
      return [row.id, row];
    }));
    const ours = this.db.all(q.shares, { accountId }).map((raw): Share => {
      const row = shareRow.parse(raw);
      const sent = row.sent_at !== null || SENT_STATES.has(row.state);
      const read = figures.get(row.id);
      return {
        itemId: row.item_id, variantId: row.variant_id, publicationId: row.id, seen: null, state: row.state, at: row.sent_at ?? row.due_at, sent, planned: !sent && PLANNED.has(row.state),
        views: read?.views ?? null, interactions: read?.interactions ?? null,
      };
    });
    return [...ours, ...seenShares(this.db, accountId)];
  }
  /** Items of an account's drafts, by the draft. */
  drafts(accountId: string): Map<string, string> {
    return new Map(this.db.all(q.drafts, { accountId }).map((row) => [String(row['publication_id']), String(row['item_id'])]));
  }
  /** This post was written from this item. */
  put(publicationId: string, itemId: string, variantId: string | null): void {
    this.db.run(q.put, { id: publicationId, itemId, variantId, byLink: 0 });
  }

  /**
   * A post's text was written: it shares the item it was written from as long as it links to no other; one that was found by its
   * link shares it as long as it has that link. A copy of a share is a share.
   */
  noted(publicationId: string, copyOf?: string): void {
    const post = this.db.get(q.publication, { id: publicationId });
    if (!post || post['kind'] !== 'post') return;
    if (copyOf !== undefined) this.db.run(q.copy, { id: publicationId, from: copyOf });
    const accountId = String(post['account_id']);
    const known = this.db.get(q.of, { id: publicationId });
    const current = known ? ofRow.parse(known) : null;
    if (current === null && !this.db.get(q.anyAddress, { accountId })) return;
    const linked = this.addresses(publicationId, String(post['text'])).flatMap((canonical) => {
      const id = this.db.get(q.byAddress, { accountId, canonical })?.['id'];
      return typeof id === 'string' ? [id] : [];
    });
    const [first] = linked;
    if (first === undefined) {
      if (current?.by_link === 1) this.db.run(q.drop, { id: publicationId });
    } else if (current === null || !linked.includes(current.item_id)) this.db.run(q.put, { id: publicationId, itemId: first, variantId: null, byLink: 1 });
  }
  private addresses(publicationId: string, text: string): string[] {
    return [text, ...this.db.all(q.parts, { id: publicationId }).map((row) => String(row['text']))].flatMap(addressesOf);
  }

  /** Looks through all of an account's posts for what they share: after many items came at once. */
  look(accountId: string): void {
    for (const row of this.db.all(q.posts, { accountId })) this.noted(String(row['id']));
  }
  /** An item has a new address: posts that carry it are its shares, and those found by the one before no longer are. */
  addressed(item: { id: string; accountId: string; url: string | null }): void {
    for (const row of this.db.all(q.found, { itemId: item.id })) this.noted(String(row['publication_id']));
    if (item.url !== null) for (const row of this.db.all(q.carrying, { accountId: item.accountId, needle: needleOf(item.url) })) this.noted(String(row['id']));
  }
}

/** What a text that links to an address holds for sure, in lower case: the end of its path, else its host. */
function needleOf(address: string): string {
  const url = new URL(canonicalUrl(address) ?? address);
  const last = url.pathname.split('/').findLast((piece) => piece !== '') ?? '';
  // What is escaped in an address may be written plain in a text.
  return (/^[\w.~-]+$/.test(last) ? last : url.hostname.startsWith('xn--') || url.hostname.includes('.xn--') ? '.' : url.hostname).toLowerCase();
}
