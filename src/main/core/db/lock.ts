import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../../../shared/contract/errors.ts';

/** Held for the life of the process; SQLite's file lock is freed by the system even after SIGKILL. */
export interface ProfileLock {
  release(): void;
}

/**
 * Takes the profile for this process (ARCHITECTURE §6: two hosts, one profile).
 * Throws AppError `profile_locked` naming the holder, at once and without waiting.
 */
export function lockProfile(path: string, holder: { pid: number; host: string }, nativeBinding?: string): ProfileLock {
  const db = new Database(path, { timeout: 0, ...(nativeBinding ? { nativeBinding } : {}) });
  const notePath = `${path}.holder`;
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    if (!(cause instanceof Database.SqliteError) || !cause.code.startsWith('SQLITE_BUSY')) throw cause;
    let who = { pid: 0, host: '' };
    try {
      const note: unknown = JSON.parse(readFileSync(notePath, 'utf8'));
      if (typeof note === 'object' && note !== null && 'pid' in note && 'host' in note) {
        who = { pid: Number(note.pid), host: String(note.host) };
      }
    } catch {
      // The note only words the message; the lock itself is what counts.
    }
    throw new AppError('profile_locked', who, { cause });
  }
  writeFileSync(notePath, JSON.stringify(holder));
  return {
    release() {
      if (db.inTransaction) db.exec('ROLLBACK');
      db.close();
    },
  };
}
