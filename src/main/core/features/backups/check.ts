import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../../../../shared/contract/errors.ts';
import { headOf, isDatabase } from '../../db/header.ts';
import { isOurs } from '../../db/ours.ts';
import { SCHEMA_VERSION } from '../../db/version.ts';

/**
 * Looks through a file, page by page where it is not larger than `most` bytes, and leaves it so that nothing stands beside it.
 * Answers its schema's version.
 * Throws AppError `backup_unusable` (`what`: `notDatabase`, `noSchema`, `damaged`), `database_newer`.
 */
export function checkCopy(path: string, nativeBinding: string | undefined, most = Infinity): number {
  if (!isDatabase(headOf(path))) throw new AppError('backup_unusable', { what: 'notDatabase' });
  let db: Database.Database | null = null;
  try {
    db = new Database(path, nativeBinding ? { nativeBinding } : {});
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > SCHEMA_VERSION) throw new AppError('database_newer', { found: version, known: SCHEMA_VERSION });
    if (!isOurs(db, nativeBinding)) throw new AppError('backup_unusable', { what: 'noSchema' });
    if (statSync(path).size <= most && db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new AppError('backup_unusable', { what: 'damaged' });
    db.pragma('journal_mode = DELETE');
    return version;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('backup_unusable', { what: 'damaged' }, { cause });
  } finally {
    db?.close();
  }
}
