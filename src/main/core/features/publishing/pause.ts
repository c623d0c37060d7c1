import { z } from 'zod';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps } from '../../feature.ts';
import type { ActivityService } from '../activity/feature.ts';
import type { PublicationsRepository, StoredPublication } from './repository.ts';

const q = defineStatements('pause', {
  get: "SELECT value FROM settings WHERE key = 'pause'",
  put: "INSERT INTO settings (key, value) VALUES ('pause', :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
});
const pauseSchema = z.object({ reason: z.string(), since: z.number() }).nullable();

/** One flag that stops all automatic sending; it outlives the program (DOMAIN §4). */
export class Pause {
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly activity: ActivityService;
  constructor(deps: CoreDeps, services: { repository: PublicationsRepository; activity: ActivityService }) {
    this.deps = deps;
    this.repository = services.repository;
    this.activity = services.activity;
  }
  by(): { reason: string; since: number } | null {
    const row = this.deps.db.get(q.get);
    if (!row) return null;
    const parsed = pauseSchema.safeParse(JSON.parse(String(row['value'])));
    return parsed.success ? parsed.data : null;
  }
  /** What waits for another try is paused at once; what is planned, when its time passes. Answers what changed. */
  begin(reason: string): StoredPublication[] {
    const now = this.deps.ports.clock.now();
    const rows = this.deps.db.tx(() => {
      this.deps.db.run(q.put, { value: JSON.stringify({ reason, since: now }) });
      return [...this.repository.inState('retry_wait'), ...this.repository.inState('partial').filter((row) => row.nextTryAt !== null)].map((row) => this.park(row, now));
    });
    this.activity.add({ accountId: null, level: 'warning', code: 'paused', params: { reason } }, false);
    this.deps.bus.emit('scheduler.changed', {});
    return rows;
  }
  end(): void {
    this.deps.db.run(q.put, { value: 'null' });
    this.activity.add({ accountId: null, level: 'info', code: 'resumed', params: {} }, false);
    this.deps.bus.emit('scheduler.changed', {});
  }
  /** Its time came while everything stands still. */
  park(row: StoredPublication, now: number): StoredPublication {
    return this.repository.apply(row.id, { type: 'pause' }, { reason: row.sentAt === null ? null : { code: 'paused_thread', params: {} } }, now);
  }
}
