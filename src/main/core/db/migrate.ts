import { renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { AppError } from '../../../shared/contract/errors.ts';
import { backupName, pruneBackups, settleFile, sweepParts } from './backups.ts';
import { sql as first } from './migrations/0010-first.ts';
import { sql as publishing } from './migrations/0020-publishing.ts';
import { sql as templates } from './migrations/0030-templates.ts';
import { sql as localColumns } from './migrations/0040-local-columns.ts';
import { sql as attempts } from './migrations/0050-attempts.ts';
import { sql as inbox } from './migrations/0060-inbox.ts';
import { sql as outbox } from './migrations/0080-outbox.ts';
import { sql as columns } from './migrations/0090-columns.ts';
import { sql as library } from './migrations/0100-library.ts';
import { sql as campaigns } from './migrations/0110-campaigns.ts';
import { sql as profiles } from './migrations/0120-profiles.ts';
import { sql as sources } from './migrations/0130-sources.ts';
import { sql as libraryPicturesLinks } from './migrations/0140-library-pictures-links.ts';
import { sql as notices } from './migrations/0150-notices.ts';
import { sql as houseStyle } from './migrations/0160-house-style.ts';
import { sql as postMetrics } from './migrations/0170-post-metrics.ts';
import { SCHEMA_VERSION } from './version.ts';

/** Steps of 10 in `user_version`; landed ones never change. */
export const MIGRATIONS: readonly { to: number; sql: string }[] = [{ to: 10, sql: first }, { to: 20, sql: publishing }, { to: 30, sql: templates }, { to: 40, sql: localColumns }, { to: 50, sql: attempts }, { to: 60, sql: inbox }, { to: 80, sql: outbox }, { to: 90, sql: columns }, { to: 100, sql: library }, { to: 110, sql: campaigns }, { to: 120, sql: profiles }, { to: 130, sql: sources }, { to: 140, sql: libraryPicturesLinks }, { to: 150, sql: notices }, { to: 160, sql: houseStyle }, { to: 170, sql: postMetrics }];

/** Writes a whole copy beside the database before a migration. It has its name only once it is whole. */
function backup(db: Database.Database, path: string, version: number, now: number): string {
  const folder = dirname(path);
  sweepParts(folder);
  const name = backupName(version, now);
  const part = join(folder, `${name}.part`);
  try {
    db.prepare('VACUUM INTO ?').run(part);
    settleFile(part);
    renameSync(part, join(folder, name));
  } catch (cause) {
    rmSync(part, { force: true });
    throw cause;
  }
  pruneBackups(folder, now);
  return name;
}

/**
 * Brings the schema to SCHEMA_VERSION, one transaction per step, with a backup first when there is data (none where `path` is null).
 * Throws AppError `database_newer` for a database of a later version, untouched.
 */
export function migrate(db: Database.Database, path: string | null, now: number): { from: number; backup: string | null } {
  const from = Number(db.pragma('user_version', { simple: true }));
  if (from > SCHEMA_VERSION) throw new AppError('database_newer', { found: from, known: SCHEMA_VERSION });
  const steps = MIGRATIONS.filter((step) => step.to > from);
  if (steps.length === 0) return { from, backup: null };
  const saved = from > 0 && path !== null ? backup(db, path, from, now) : null;
  // A table that others refer to can only be made anew with foreign keys off (SQLite documentation, ALTER TABLE); each step is checked whole before it commits.
  const enforced = Number(db.pragma('foreign_keys', { simple: true }));
  db.pragma('foreign_keys = OFF');
  try {
    for (const step of steps) {
      db.transaction(() => {
        db.exec(step.sql);
        const dangling = db.pragma('foreign_key_check') as unknown[];
        if (dangling.length > 0) throw new Error(`migration ${step.to} leaves ${dangling.length} rows that refer to nothing`);
        db.pragma(`user_version = ${step.to}`);
      }).immediate();
    }
  } finally {
    db.pragma(`foreign_keys = ${enforced}`);
  }
  return { from, backup: saved };
}
