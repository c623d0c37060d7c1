import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Log } from '../ports.ts';
import { Db } from './db.ts';
import { diskFailure } from './failure.ts';
import { migrate } from './migrate.ts';
import { SCHEMA_VERSION } from './version.ts';

/** What only a profile with a database has beside it. */
const BESIDE = /^(backup-v\d+-\d+\.db|reserve\.bin|practice-world\.json)$/;
const FOLDERS = ['media', 'images'];

/** A file of no bytes where a database stood: SQLite would begin a new one in it, and what was lost would go unsaid. */
function wasEmptied(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.size !== 0) return false;
  const folder = dirname(path);
  const inside = (name: string): string[] => { try { return readdirSync(join(folder, name)); } catch { return []; } };
  return inside('.').some((file) => BESIDE.test(file)) || FOLDERS.some((name) => inside(name).length > 0);
}

/**
 * Opens (or makes) the profile's database with the pragmas of ARCHITECTURE §6 and migrates it.
 * Throws AppError `database_corrupt`, `database_newer` or `profile_unwritable`; the file is left as it was.
 */
export function openDatabase(options: { path: string; log: Log; now: number; nativeBinding?: string }): Db {
  let raw: Database.Database | null = null;
  try {
    if (wasEmptied(options.path)) throw new AppError('database_corrupt', { path: options.path });
    raw = new Database(options.path, options.nativeBinding ? { nativeBinding: options.nativeBinding } : {});
    raw.pragma('busy_timeout = 5000');
    // Asked before anything is set: a database of a later version stays byte for byte as it is.
    const found = Number(raw.pragma('user_version', { simple: true }));
    if (found > SCHEMA_VERSION) throw new AppError('database_newer', { found, known: SCHEMA_VERSION });
    raw.pragma('journal_mode = WAL');
    // FULL, because a lost "attempt started" row would mean a duplicate post.
    raw.pragma('synchronous = FULL');
    raw.pragma('foreign_keys = ON');
    raw.pragma('trusted_schema = OFF');
    raw.pragma('cache_size = -32000');
    // A full integrity check reads every page, too slow for each start: reading the schema finds a file that is not a
    // database, a broken page is reported by the statement that meets it.
    raw.prepare('SELECT count(*) FROM sqlite_schema').get();
    migrate(raw, options.path, options.now);
    return new Db(raw, options.log);
  } catch (cause) {
    raw?.close();
    if (cause instanceof AppError) throw cause;
    throw diskFailure(cause, options.path) ?? cause;
  }
}
