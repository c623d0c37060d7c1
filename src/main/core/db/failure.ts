import { AppError } from '../../../shared/contract/errors.ts';

/** SQLite's codes, extended ones by their first words, and the system's for a disk that takes nothing. */
const CORRUPT = /^SQLITE_(NOTADB|CORRUPT)/;
const UNWRITABLE = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)|^(ENOSPC|EDQUOT|EFBIG|EROFS|EIO)$/;
/** What is wrong with a folder, when a file was to be made or moved there. */
const NO_PLACE = /^(ENOENT|ENOTDIR|EISDIR|EACCES|EPERM)$/;
const PLACING = new Set(['open', 'rename', 'mkdir']);

const field = (cause: object, name: 'code' | 'syscall'): string => {
  const value = name in cause ? (cause as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
};

/** A failure of the disk or the database as AppError `profile_unwritable` or `database_corrupt`; null for any other. */
export function diskFailure(cause: unknown, path: string): AppError | null {
  if (typeof cause !== 'object' || cause === null) return null;
  const code = field(cause, 'code');
  if (CORRUPT.test(code)) return new AppError('database_corrupt', { path }, { cause });
  if (UNWRITABLE.test(code) || (NO_PLACE.test(code) && PLACING.has(field(cause, 'syscall')))) return new AppError('profile_unwritable', { path, detail: code }, { retry: 'later', cause });
  return null;
}
