import { snowflakeAt } from '../../../../shared/domain/ids.ts';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import { rowNumber } from './postsRepository.ts';

const DAY_MS = 86_400_000;
/** How long posts of others are kept, ms (DOMAIN §5; X asks for no more than is needed). Own posts stay. */
export const RETENTION_MS = 30 * DAY_MS;
const EVERY_MS = 6 * 3_600_000;
/** A start has other things to do first, ms. */
const FIRST_MS = 60_000;
/** Rows of one transaction: between two of them the event loop runs. */
const CHUNK = 200;

const q = defineStatements('retention', {
  sources: 'SELECT id FROM sources ORDER BY id',
  leaveColumn: `DELETE FROM source_posts WHERE source_id = :sourceId AND sort_id IN (
    SELECT sp.sort_id FROM source_posts sp JOIN posts p ON p.pk = sp.post_pk WHERE sp.source_id = :sourceId AND sp.sort_id < CAST(:before AS INTEGER)
    AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.origin = p.origin AND a.remote_id = p.author_id) ORDER BY sp.sort_id LIMIT ${CHUNK})`,
  leaveGaps: 'DELETE FROM gaps WHERE before_id < CAST(:before AS INTEGER)',
  span: `SELECT max(pk) AS last, count(*) AS n FROM (SELECT pk FROM posts WHERE pk > :from AND pk <= :newest ORDER BY pk LIMIT ${CHUNK})`,
  forget: `DELETE FROM account_posts WHERE post_pk IN (SELECT pk FROM posts p WHERE p.pk > :from AND p.pk <= :to AND p.fetched_at < :before
    AND NOT EXISTS (SELECT 1 FROM source_posts sp WHERE sp.post_pk = p.pk) AND NOT EXISTS (SELECT 1 FROM case_messages m WHERE m.post_id = p.id) AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.origin = p.origin AND a.remote_id = p.author_id))`,
  drop: `DELETE FROM posts WHERE pk > :from AND pk <= :to AND NOT EXISTS (SELECT 1 FROM account_posts ap WHERE ap.post_pk = posts.pk)
    AND NOT EXISTS (SELECT 1 FROM source_posts sp WHERE sp.post_pk = posts.pk)`,
});

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lets go of posts of others that are older than the retention, in small steps; own posts and what a column still shows stay. */
export function createRetention(deps: CoreDeps): Job {
  const { db } = deps;
  let next = deps.ports.clock.now() + FIRST_MS;
  const sweepColumns = async (before: string): Promise<void> => {
    for (const row of db.all(q.sources)) {
      while (db.tx(() => db.run(q.leaveColumn, { sourceId: Number(row['id']), before })).changes === CHUNK) await breathe();
      await breathe();
    }
    db.run(q.leaveGaps, { before });
  };
  /** A row's number follows its post's age: what is younger than `before` was not fetched before it. */
  const sweepPosts = async (before: number): Promise<void> => {
    const newest = rowNumber(snowflakeAt(before)) + CHUNK;
    let from = 0;
    for (;;) {
      const span = db.get(q.span, { from, newest });
      if (!span || Number(span['n']) === 0) return;
      const to = Number(span['last']);
      db.tx(() => {
        db.run(q.forget, { from, to, before });
        db.run(q.drop, { from, to });
      });
      from = to;
      await breathe();
    }
  };
  return {
    name: 'retention',
    nextDue: () => next,
    async run(now) {
      next = now + EVERY_MS;
      await sweepColumns(snowflakeAt(now - RETENTION_MS));
      await sweepPosts(now - RETENTION_MS);
    },
  };
}
