import { z } from 'zod';
import type { Mute } from '../../../../shared/contract/columns.ts';
import { type Db, defineStatements } from '../../db/db.ts';

const q = defineStatements('mutes', {
  list: 'SELECT * FROM mutes ORDER BY created_at DESC, id',
  insert: 'INSERT INTO mutes (id, account_id, term, until, created_at) VALUES (:id, :accountId, :term, :until, :createdAt)',
  remove: 'DELETE FROM mutes WHERE id = :id',
  over: 'DELETE FROM mutes WHERE until <= :now',
});
const row = z.object({ id: z.string(), account_id: z.string().nullable(), term: z.string(), until: z.number().nullable(), created_at: z.number() });

/** What is left out in every column, or in those of one account. */
export class MutesRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  list(): Mute[] {
    return this.db.all(q.list).map((raw) => {
      const found = row.parse(raw);
      return { id: found.id, accountId: found.account_id, term: found.term, until: found.until, createdAt: found.created_at };
    });
  }
  insert(mute: Mute): void {
    this.db.run(q.insert, { ...mute });
  }
  /** Answers whether it was there. */
  remove(id: string): boolean {
    return this.db.run(q.remove, { id }).changes > 0;
  }
  /** Takes out what has run out; answers how many. */
  dropOver(now: number): number {
    return this.db.run(q.over, { now }).changes;
  }
}
