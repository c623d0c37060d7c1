import Database from 'better-sqlite3';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Log } from '../ports.ts';
import { Db } from './db.ts';
import { diskFailure } from './failure.ts';
import { lostFields, startAnew, whatIsLost } from './lost.ts';
import { migrate } from './migrate.ts';
import { restoreWished } from './restore.ts';

/**
 * Opens (or makes) the profile's database with the pragmas of ARCHITECTURE §6 and migrates it. One that was lost is put aside
 * and begun anew, see `startAnew`. Throws AppError `database_newer`, `profile_unwritable`, or `database_corrupt` for pages that
 * are met broken; the file is then left as it was.
 */
export function openDatabase(options: { path: string; log: Log; now: number; nativeBinding?: string }): Db {
  let raw: Database.Database | null = null;
  try {
    const restored = restoreWished(options);
    if (restored) options.log.warn('a copy was opened, as the user asked', lostFields(restored));
    const lost = restored ? null : whatIsLost(options);
    if (lost !== null) options.log.error('the database could not be opened; another was begun', lostFields(startAnew(lost, options)));
    raw = new Database(options.path, options.nativeBinding ? { nativeBinding: options.nativeBinding } : {});
    raw.pragma('busy_timeout = 5000');
    raw.pragma('journal_mode = WAL');
    // FULL, because a lost "attempt started" row would mean a duplicate post.
    raw.pragma('synchronous = FULL');
    raw.pragma('foreign_keys = ON');
    raw.pragma('trusted_schema = OFF');
    raw.pragma('cache_size = -32000');
    // A full integrity check reads every page, too slow for each start: a broken page is reported by the statement that meets it.
    migrate(raw, options.path, options.now);
    return new Db(raw, options.log);
  } catch (cause) {
    raw?.close();
    if (cause instanceof AppError) throw cause;
    throw diskFailure(cause, options.path) ?? cause;
  }
}
