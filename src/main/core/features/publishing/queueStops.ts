import { type Db, defineStatements } from '../../db/db.ts';

const q = defineStatements('queueStops', {
  stop: `INSERT INTO queue_stops (account_id, reason, since) SELECT id, 'budget', :now FROM accounts WHERE id = :accountId ON CONFLICT (account_id) DO NOTHING`,
  lift: 'DELETE FROM queue_stops WHERE :accountId IS NULL OR account_id = :accountId',
  list: 'SELECT account_id, since FROM queue_stops ORDER BY since, account_id',
  has: 'SELECT 1 AS stopped FROM queue_stops WHERE account_id = :accountId',
});

/** Accounts whose queue stands still because the network says that their money is used up (PUBLISHING 8). */
export class QueueStops {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  stop(accountId: string, now: number): void {
    this.db.run(q.stop, { accountId, now });
  }
  /** Null for every account. Answers whether one was stopped. */
  lift(accountId: string | null): boolean {
    return this.db.run(q.lift, { accountId }).changes > 0;
  }
  has(accountId: string): boolean {
    return this.db.get(q.has, { accountId }) !== undefined;
  }
  list(): { accountId: string; reason: 'budget'; since: number }[] {
    return this.db.all(q.list).map((row) => ({ accountId: String(row['account_id']), reason: 'budget' as const, since: Number(row['since']) }));
  }
}
