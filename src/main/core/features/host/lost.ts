import { type LostDatabase, lostDatabaseSchema } from '../../../../shared/contract/host.ts';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps } from '../../feature.ts';

const q = defineStatements('lost', {
  get: "SELECT value FROM settings WHERE key = 'lostDatabase'",
  read: "DELETE FROM settings WHERE key = 'lostDatabase'",
});

/** What `startAnew` left to be said. It stands in the database it speaks of, so that it is said until it was read, however often the program starts. */
export function createLost({ db, ports }: CoreDeps): { get(): LostDatabase | null; read(): void } {
  return {
    get() {
      const row = db.get(q.get);
      if (!row) return null;
      const parsed = lostDatabaseSchema.safeParse(JSON.parse(String(row['value'])));
      if (!parsed.success) ports.log.warn('what was lost cannot be said', {});
      return parsed.success ? parsed.data : null;
    },
    read: () => void db.run(q.read),
  };
}
