import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { type Db, defineStatements } from '../db/db.ts';
import type { Clock } from '../ports.ts';

const KEPT_MS = 24 * 60 * 60 * 1000;
const q = defineStatements('receipts', {
  find: 'SELECT method, output FROM command_receipts WHERE command_id = :id',
  keep: 'INSERT OR IGNORE INTO command_receipts (command_id, method, at, output) VALUES (:id, :method, :at, :output)',
  sweep: 'DELETE FROM command_receipts WHERE at < :before',
});
const rowSchema = z.object({ method: z.string(), output: z.string() });

/** Answers of commands, kept 24 h so that a resent command is not carried out twice (ARCHITECTURE §4). */
export class Receipts {
  private readonly db: Db;
  private readonly clock: Clock;
  constructor(db: Db, clock: Clock) {
    this.db = db;
    this.clock = clock;
  }
  /** Throws AppError `conflict` when the id was used for another method. */
  find(id: string, method: string): { output: unknown } | null {
    const row = this.db.get(q.find, { id });
    if (!row) return null;
    const parsed = rowSchema.parse(row);
    if (parsed.method !== method) throw new AppError('conflict', { commandId: id });
    return { output: JSON.parse(parsed.output) as unknown };
  }
  keep(id: string, method: string, output: unknown): void {
    this.db.run(q.keep, { id, method, at: this.clock.now(), output: JSON.stringify(output) });
  }
  /** Forgets those older than 24 h. */
  sweep(): void {
    this.db.run(q.sweep, { before: this.clock.now() - KEPT_MS });
  }
}
