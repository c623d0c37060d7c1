import { z } from 'zod';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import { noticeWords } from './words.ts';

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

/** What was sent, missed and refused, kept for the Activity screen. */
export function createActivityFeature(deps: CoreDeps, services: { lang: () => 'es' | 'en'; notify: () => boolean }): { handlers: Pick<Handlers, 'activity.list'>; service: ActivityService } {
  const { db, ports, bus } = deps;
  const raise = ({ level, code, params }: Omit<Happening, 'accountId'>): void => {
    bus.emit('notice.raised', { level, code, params });
    const words = noticeWords(services.lang(), code, params);
    if (words && services.notify()) ports.notifier.notify({ ...words, tag: code });
  };
  return {
    handlers: {
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
        if (say) raise(happening);
      },
      settle: (code) => db.run(q.settle, { code }).changes > 0,
      raise,
    },
  };
}
