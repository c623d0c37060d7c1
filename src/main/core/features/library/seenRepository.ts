import { z } from 'zod';
import { canonicalUrl } from '../../../../shared/domain/tierByLink.ts';
import { type Db, defineStatements } from '../../db/db.ts';
import type { Share } from './sharesRepository.ts';

const q = defineStatements('librarySeen', {
  /** Links of own posts that were seen on the network and not sent from here. */
  links: `SELECT p.id, p.text, p.created_at, json_extract(e.value, '$.href') AS href, json_extract(p.payload, '$.metrics.views') AS views,
      json_extract(p.payload, '$.metrics.likes') + json_extract(p.payload, '$.metrics.reposts') + json_extract(p.payload, '$.metrics.replies') + json_extract(p.payload, '$.metrics.quotes') AS interactions
    FROM sources s JOIN source_posts sp ON sp.source_id = s.id JOIN posts p ON p.pk = sp.post_pk JOIN json_each(p.payload, '$.entities') e
    WHERE s.account_id = :accountId AND s.kind = 'own' AND p.tombstone = 0 AND p.repost_of_id IS NULL AND p.reply_to_id IS NULL AND json_extract(e.value, '$.kind') = 'url'
    AND NOT EXISTS (SELECT 1 FROM publications b WHERE b.account_id = :accountId AND b.remote_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM publication_parts b WHERE b.account_id = :accountId AND b.remote_id = p.id)`,
  addresses: 'SELECT id, canonical FROM items WHERE account_id = :accountId AND canonical IS NOT NULL AND deleted_at IS NULL',
});
const linkRow = z.object({ id: z.string(), text: z.string(), created_at: z.number(), href: z.string().nullable(), views: z.number().nullable(), interactions: z.number().nullable() });

/** Own posts written elsewhere that link to an item: they shared it as much as those sent from here, and it rests after them too. */
export function seenShares(db: Db, accountId: string): Share[] {
  const items = new Map(db.all(q.addresses, { accountId }).map((row) => [String(row['canonical']), String(row['id'])]));
  if (items.size === 0) return [];
  const found = new Map<string, Share>();
  for (const raw of db.all(q.links, { accountId })) {
    const row = linkRow.parse(raw);
    const itemId = row.href === null ? undefined : items.get(canonicalUrl(row.href) ?? '');
    if (itemId === undefined || found.has(row.id)) continue;
    found.set(row.id, { itemId, variantId: null, publicationId: null, seen: { id: row.id, text: row.text }, state: 'posted', at: row.created_at, sent: true, planned: false, views: row.views, interactions: row.interactions });
  }
  return [...found.values()];
}
