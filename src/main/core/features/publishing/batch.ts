import { wallToInstant } from '../../../../shared/domain/time.ts';
import type { CoreDeps } from '../../feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { PublicationsRepository, Reason } from './repository.ts';

export interface BatchRow {
  text: string;
  tier: string;
  wall: string | null;
  scheduled: boolean;
  /** Its place among equal times once it is planned. */
  place: string;
  reason: Reason;
}

/** Takes many new publications in one command with one undo: a paste or a file. */
export function createMany(deps: CoreDeps, services: { repository: PublicationsRepository; poke: () => void }, account: StoredAccount, rows: readonly BatchRow[]): { undoId: string } {
  const { repository } = services;
  const now = (): number => deps.ports.clock.now();
  const made = deps.db.tx(() =>
    rows.map((row, i) =>
      repository.create(
        { accountId: account.id, text: row.text, tier: row.tier, tierReason: null, zone: account.zone, wall: row.wall, dueAt: row.scheduled && row.wall !== null ? wallToInstant(row.wall, account.zone) : null, place: row.scheduled ? row.place : null, state: row.scheduled ? 'scheduled' : 'draft', reason: row.reason },
        // A millisecond apart: drafts without a time stay in the order in which they were written.
        now() + i,
      ),
    ),
  );
  const after = (): void => {
    deps.bus.emit('plan.changed', { accountId: account.id });
    deps.bus.emit('scheduler.changed', {});
    services.poke();
  };
  after();
  const undoId = deps.undo.register('imported', () => {
    deps.db.tx(() => {
      for (const row of made) {
        const current = repository.find(row.id);
        if (current && current.revision === row.revision) repository.edit(row.id, { deletedAt: now() }, now());
      }
    });
    after();
  });
  return { undoId };
}
