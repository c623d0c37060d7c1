import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { type Db, defineStatements } from '../db/db.ts';
import { diskFailure } from '../db/failure.ts';
import type { Clock } from '../ports.ts';

const KEPT_MS = 24 * 60 * 60 * 1000;
const q = defineStatements('receipts', {
  find: 'SELECT method, output FROM command_receipts WHERE command_id = :id',
  keep: 'INSERT OR IGNORE INTO command_receipts (command_id, method, at, output) VALUES (:id, :method, :at, :output)',
  sweep: 'DELETE FROM command_receipts WHERE at < :before',
});
/** Receipts in memory at most, while the disk takes none. */
const HELD = 1000;
const rowSchema = z.object({ method: z.string(), output: z.string() });

/** Answers of commands, kept 24 h so that a resent command is not carried out twice (ARCHITECTURE §4). */
export class Receipts {
  private readonly db: Db;
  private readonly clock: Clock;
  private readonly held = new Map<string, { method: string; at: number; output: string }>();
  constructor(db: Db, clock: Clock) {
    this.db = db;
    this.clock = clock;
  }
  /** Throws AppError `conflict` when the id was used for another method. */
  find(id: string, method: string): { output: unknown } | null {
    this.settle();
    const found = this.held.get(id) ?? this.db.get(q.find, { id });
    if (!found) return null;
    const parsed = rowSchema.parse(found);
    if (parsed.method !== method) throw new AppError('conflict', { commandId: id });
    return { output: JSON.parse(parsed.output) as unknown };
  }
  /** One transaction of what a command writes and its receipt. */
  together<T>(run: () => T): T {
    return this.db.tx(run);
  }
  /** With the command's own writes, in `together`: where the disk takes no receipt it takes none of them. */
  put(id: string, method: string, output: unknown): void {
    this.db.run(q.keep, { id, method, at: this.clock.now(), output: JSON.stringify(output) });
  }
  /** Never throws for the disk: the command is done, and must not be done again because its receipt could not be written. */
  keep(id: string, method: string, output: unknown): void {
    this.held.set(id, { method, at: this.clock.now(), output: JSON.stringify(output) });
    this.settle();
    const oldest = this.held.keys().next().value;
    if (this.held.size > HELD && oldest !== undefined) this.held.delete(oldest);
  }
  /** Forgets those older than 24 h. */
  sweep(): void {
    this.settle();
    this.db.run(q.sweep, { before: this.clock.now() - KEPT_MS });
  }
  private settle(): void {
    for (const [id, { method, at, output }] of this.held) {
      try {
        this.db.run(q.keep, { id, method, at, output });
      } catch (cause) {
        if (!diskFailure(cause, '')) throw cause;
        return;
      }
      this.held.delete(id);
    }
  }
}
