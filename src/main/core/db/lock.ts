import { closeSync, ftruncateSync, lstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../../../shared/contract/errors.ts';

/** Held for the life of the process; SQLite's file lock is freed by the system even after SIGKILL. */
export interface ProfileLock {
  release(): void;
}
/** Who holds a profile, as far as its note says; pid 0 where it says nothing. */
export interface Holder {
  pid: number;
  host: string;
}

const codeOf = (cause: unknown): string => (cause instanceof Error && 'code' in cause ? String(cause.code) : '');
const isBusy = (cause: unknown): boolean => codeOf(cause).startsWith('SQLITE_BUSY');

/** The note beside the lock only words messages: what cannot be read says nothing. */
function noteOf(path: string): Holder {
  try {
    const note: unknown = JSON.parse(readFileSync(`${path}.holder`, 'utf8'));
    if (typeof note === 'object' && note !== null && 'pid' in note && 'host' in note && Number.isSafeInteger(note.pid)) return { pid: Number(note.pid), host: String(note.host) };
  } catch {
    // Falls through.
  }
  return { pid: 0, host: '' };
}
function lockedBy(path: string, cause: unknown): AppError {
  const { pid, host } = noteOf(path);
  return new AppError('profile_locked', pid > 0 ? { pid, host } : {}, { cause });
}

function take(path: string, nativeBinding: string | undefined): Database.Database {
  const db = new Database(path, { timeout: 0, ...(nativeBinding ? { nativeBinding } : {}) });
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (cause) {
    db.close();
    throw cause;
  }
}

/**
 * Takes the profile for this process (ARCHITECTURE §6: two hosts, one profile), at once and without waiting.
 * Throws AppError `profile_locked` naming the holder, `profile_unwritable` where no lock file can be.
 */
export function lockProfile(path: string, holder: Holder, nativeBinding?: string): ProfileLock {
  let db: Database.Database;
  try {
    // SQLite would wait for ever on what is neither a file nor a folder.
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) throw new AppError('profile_unwritable', { path, detail: 'EISDIR' });
    try {
      db = take(path, nativeBinding);
    } catch (cause) {
      if (codeOf(cause) !== 'SQLITE_NOTADB') throw cause;
      // SQLite reads a file only under its lock, so nobody holds this one, and it keeps nothing. Emptied in place, not
      // replaced: a lock taken meanwhile stays on the same file.
      const file = openSync(path, 'r+');
      ftruncateSync(file, 0);
      closeSync(file);
      db = take(path, nativeBinding);
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (isBusy(cause)) throw lockedBy(path, cause);
    throw new AppError('profile_unwritable', { path, detail: codeOf(cause) || String(cause) }, { cause });
  }
  try {
    writeFileSync(`${path}.holder`, JSON.stringify(holder));
  } catch {
    // Without a note the lock holds as well; a second start then cannot name this process.
  }
  return {
    release() {
      if (db.inTransaction) db.exec('ROLLBACK');
      db.close();
    },
  };
}

/** Who holds the profile now, or null when nobody does, whatever the notes of a killed process say. */
export function profileHolder(path: string): Holder | null {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return null;
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { timeout: 0, readonly: true });
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return null;
  } catch (cause) {
    return isBusy(cause) ? noteOf(path) : null;
  } finally {
    db?.close();
  }
}
