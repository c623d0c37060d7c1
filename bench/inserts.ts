import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../src/main/core/db/open.ts';
import type { RemotePost } from '../src/main/core/network/port.ts';
import { silentLog, tempProfile } from '../tests/support/memoryPorts.ts';

/**
 * Bare inserts of the same rows into the same tables, indexes and full-text index included, in transactions of 40 as core writes them: rows a second.
 * `like`: into a copy of this database, beside what it holds; else into an empty one.
 */
export function bareInserts(rows: readonly RemotePost[], like?: string): number {
  const path = join(tempProfile(), 'bare.db');
  if (like !== undefined) copyFileSync(like, path);
  const db = openDatabase({ path, log: silentLog, now: Date.now() });
  db.raw.pragma('foreign_keys = OFF');
  const post = db.raw.prepare("INSERT INTO posts (pk, origin, id, author_id, created_at, text, lang, payload, edited, fetched_at) VALUES (?, 'bare', ?, ?, ?, ?, 'es', ?, 0, 1)");
  const seen = db.raw.prepare("INSERT INTO account_posts (account_id, post_pk) VALUES ('a', ?)");
  const shown = db.raw.prepare('INSERT INTO source_posts (source_id, sort_id, post_pk) VALUES (999, CAST(? AS INTEGER), ?)');
  const first = Number(db.get('SELECT coalesce(max(pk), 0) AS pk FROM posts')?.['pk']) + 1;
  const payload = rows.map((row) => JSON.stringify({ entities: row.entities, media: [], poll: null, metrics: row.metrics }));
  const began = performance.now();
  for (let from = 0; from < rows.length; from += 40) {
    db.raw.transaction(() => rows.slice(from, from + 40).forEach((row, i) => {
      const pk = first + from + i;
      post.run(pk, row.id, row.authorId, row.createdAt, row.text, payload[from + i]);
      seen.run(pk);
      shown.run(row.id, pk);
    }))();
  }
  const rate = rows.length / ((performance.now() - began) / 1000);
  db.close();
  return rate;
}
