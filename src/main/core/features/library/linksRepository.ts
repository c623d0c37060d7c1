import { z } from 'zod';
import { LINK_STATUSES, type LinkRecord, lookAgainAt } from '../../../../shared/domain/library/linkCheck.ts';
import { type Db, defineStatements } from '../../db/db.ts';

const COLUMNS = 'l.item_id, l.link_checked_at, l.link_status, l.http_code, l.no_host_since, l.title, l.retitled_at';
const q = defineStatements('libraryLinks', {
  /** What was found at another address than the item's own says nothing of it. */
  of: `SELECT ${COLUMNS} FROM item_links l JOIN items i ON i.id = l.item_id AND i.canonical = l.canonical WHERE i.account_id = :accountId AND i.deleted_at IS NULL`,
  one: `SELECT ${COLUMNS} FROM item_links l JOIN items i ON i.id = l.item_id AND i.canonical = l.canonical WHERE i.id = :itemId`,
  /** What is planned first, then what went out lately; of those the one looked at longest ago. */
  candidates: `SELECT i.id, i.url, i.canonical, ${COLUMNS}, coalesce((SELECT max(CASE WHEN p.state IN ('scheduled','retry_wait') THEN 2 WHEN p.sent_at > :lately THEN 1 ELSE 0 END)
      FROM item_posts ip JOIN publications p ON p.id = ip.publication_id AND p.deleted_at IS NULL WHERE ip.item_id = i.id), 0) AS turn
    FROM items i LEFT JOIN item_links l ON l.item_id = i.id AND l.canonical = i.canonical
    WHERE i.deleted_at IS NULL AND i.canonical IS NOT NULL AND (i.expires_on IS NULL OR i.expires_on >= :today) ORDER BY turn DESC, l.link_checked_at, i.id`,
  accounts: 'SELECT DISTINCT account_id FROM items WHERE canonical = :canonical AND deleted_at IS NULL',
  put: `INSERT INTO item_links (item_id, canonical, link_checked_at, link_status, http_code, no_host_since, title, retitled_at)
    SELECT i.id, :canonical, :at, :status, :code, :noHostSince, :title, :retitledAt FROM items i WHERE i.canonical = :canonical AND i.deleted_at IS NULL
    ON CONFLICT (item_id) DO UPDATE SET canonical = excluded.canonical, link_checked_at = excluded.link_checked_at, link_status = excluded.link_status, http_code = excluded.http_code,
      no_host_since = excluded.no_host_since, title = excluded.title, retitled_at = excluded.retitled_at`,
});
const linkRow = z.object({
  item_id: z.string(), link_checked_at: z.number(), link_status: z.enum(LINK_STATUSES), http_code: z.number().nullable(), no_host_since: z.number().nullable(), title: z.string().nullable(), retitled_at: z.number().nullable(),
});
const candidateRow = z.object({ id: z.string(), url: z.string(), canonical: z.string() });

function fromRow(raw: unknown): { itemId: string; record: LinkRecord } {
  const row = linkRow.parse(raw);
  return { itemId: row.item_id, record: { at: row.link_checked_at, status: row.link_status, code: row.http_code, noHostSince: row.no_host_since, title: row.title, retitledAt: row.retitled_at } };
}

/** What the links of items answered. */
export class LinksRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  /** By item. */
  of(accountId: string): Map<string, LinkRecord> {
    return new Map(this.db.all(q.of, { accountId }).map(fromRow).map(({ itemId, record }) => [itemId, record]));
  }
  record(itemId: string): LinkRecord | null {
    const raw = this.db.get(q.one, { itemId });
    return raw ? fromRow(raw).record : null;
  }
  /** Items whose address is to be looked at by now, of every account, each address once; `today` is a day `YYYY-MM-DD`. */
  due(now: number, lately: number, today: string): { itemId: string; url: string }[] {
    const seen = new Set<string>();
    return this.db.all(q.candidates, { lately, today }).flatMap((raw) => {
      const row = candidateRow.parse(raw);
      if (seen.has(row.canonical)) return [];
      seen.add(row.canonical);
      const record = raw['item_id'] === null ? null : fromRow(raw).record;
      // A clock that ran ahead keeps nothing from being looked at.
      return record !== null && record.at <= now && lookAgainAt(record) > now ? [] : [{ itemId: row.id, url: row.url }];
    });
  }
  /** For every item that has this address; answers their accounts. */
  put(canonical: string, record: LinkRecord): string[] {
    this.db.run(q.put, { canonical, ...record });
    return this.db.all(q.accounts, { canonical }).map((row) => String(row['account_id']));
  }
}
