import { z } from 'zod';
import { type Db, defineStatements } from '../../db/db.ts';

const q = defineStatements('outboxHold', {
  get: "SELECT value FROM settings WHERE key = 'outbox_hold'",
  put: "INSERT INTO settings (key, value) VALUES ('outbox_hold', :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
});
const holdSchema = z.object({ since: z.number() }).nullable();

/**
 * What waits for the network is kept here until it is let go; what is planned goes out at its time. A switch of its own and not the
 * pause: the pause makes every answer that waits `paused`, to be decided one by one, and this lets them all go as they are.
 */
export class OutboxHold {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  /** Since when, epoch ms; null while things go. It outlives the program. */
  since(): number | null {
    const row = this.db.get(q.get);
    if (!row) return null;
    const parsed = holdSchema.safeParse(JSON.parse(String(row['value'])));
    return parsed.success && parsed.data ? parsed.data.since : null;
  }
  /** Switched on twice, it keeps its first moment. */
  set(on: boolean, now: number): void {
    if (on === (this.since() !== null)) return;
    this.db.run(q.put, { value: JSON.stringify(on ? { since: now } : null) });
  }
}
