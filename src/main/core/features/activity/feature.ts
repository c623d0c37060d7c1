import { z } from 'zod';
import type { Settings } from '../../../../shared/contract/host.ts';
import type { Lang } from '../../../../shared/domain/types.ts';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import { Notices } from './notices.ts';

const q = defineStatements('activity', {
  add: 'INSERT INTO activity (at, account_id, level, code, params) VALUES (:at, :accountId, :level, :code, :params)',
  list: 'SELECT id, at, account_id, level, code, params FROM activity ORDER BY id DESC LIMIT :limit',
  settle: "UPDATE activity SET level = 'info' WHERE code = :code AND level <> 'info'",
  trim: 'DELETE FROM activity WHERE id <= (SELECT max(id) FROM activity) - 20000',
});
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const rowSchema = z.object({ id: z.number(), at: z.number(), account_id: z.string().nullable(), level: z.enum(['info', 'warning', 'error']), code: z.string(), params: z.string() });

export interface Happening {
  accountId: string | null;
  level: 'info' | 'warning' | 'error';
  code: string;
  params: z.infer<typeof paramsSchema>;
}
export interface ActivityService {
  /** Keeps what happened; `say` also raises a notice and, where the user allows it, a notification of the system. */
  add(happening: Happening, say: boolean): void;
  /** What was told by this code is no problem any more: it stays to be read, among the rest. False where there was nothing to settle. */
  settle(code: string): boolean;
  /** Raises the notice alone: what it sums up is kept one by one. */
  raise(happening: Omit<Happening, 'accountId'>): void;
}

/** What was sent, missed and refused, kept for the Activity screen, and said as notices. */
export function createActivityFeature(deps: CoreDeps, services: { lang: () => Lang; settings: () => Settings }): { handlers: Pick<Handlers, 'activity.list' | 'notices.test'>; service: ActivityService; /** Tells what quiet hours held back. */ job: Job } {
  const { db, ports } = deps;
  const notices = new Notices(deps, services);
  return {
    handlers: {
      'notices.test': () => notices.test(),
      'activity.list': ({ limit }) =>
        db.all(q.list, { limit }).map((raw) => {
          const row = rowSchema.parse(raw);
          return { id: String(row.id), at: row.at, accountId: row.account_id, level: row.level, code: row.code, params: paramsSchema.parse(JSON.parse(row.params)) };
        }),
    },
    service: {
      add(happening, say) {
        db.run(q.add, { at: ports.clock.now(), accountId: happening.accountId, level: happening.level, code: happening.code, params: JSON.stringify(happening.params) });
        db.run(q.trim);
        if (say) notices.raise(happening);
      },
      settle: (code) => db.run(q.settle, { code }).changes > 0,
      raise: (happening) => notices.raise(happening),
    },
    job: notices.job,
  };
}
