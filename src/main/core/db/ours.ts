import Database from 'better-sqlite3';
import { MIGRATIONS } from './migrate.ts';

/** What SQLite makes for itself. */
const ITS_OWN = "type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4', 'sqlite_sequence')";

/** Versions of SQLite write names with and without quotes. */
const plain = (sql: unknown): string => String(sql).replace(/["`[\]]/g, '').replace(/\s+/g, ' ');
const shapeOf = (db: Database.Database): string => JSON.stringify((db.prepare(`SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND NOT (${ITS_OWN}) ORDER BY type, name`).raw().all() as unknown[][]).map((row) => row.map(plain)));

/**
 * Is a database made of what this program makes, at its version, and of nothing else? A file from elsewhere may have triggers and
 * views of its own: they would run with the first row that is written. Throws what SQLite says of a broken file.
 */
export function isOurs(db: Database.Database, nativeBinding?: string): boolean {
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  const version = Number(db.pragma('user_version', { simple: true }));
  const steps = MIGRATIONS.filter((step) => step.to <= version);
  if (steps.at(-1)?.to !== version) return false;
  const fresh = new Database(':memory:', nativeBinding ? { nativeBinding } : {});
  try {
    fresh.pragma('foreign_keys = OFF');
    for (const step of steps) fresh.exec(step.sql);
    return shapeOf(fresh) === shapeOf(db);
  } finally {
    fresh.close();
  }
}
