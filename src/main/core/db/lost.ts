import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../../shared/contract/errors.ts';
import type { LostDatabase } from '../../../shared/contract/host.ts';
import { backupsIn, freeBackupName, isBackup, KEPT, namesIn, PARTS, removeDatabase, settleFile } from './backups.ts';
import { diskFailure } from './failure.ts';
import { HEADER_BYTES, headOf, isDatabase } from './header.ts';
import { migrate } from './migrate.ts';
import { isOurs } from './ours.ts';
import { SCHEMA_VERSION } from './version.ts';

type What = LostDatabase['what'];
interface Options {
  path: string;
  now: number;
  nativeBinding?: string;
}

/** What only a profile with a database has beside it. */
const BESIDE = [KEPT, /^(reserve\.bin|practice-world\.json|parrilla\.db\.new)$/];
const FOLDERS = ['media', 'images'];
/** Where the header has `user_version` (SQLite file format, 1.3). */
const VERSION_AT = 60;
const WAL_HEADER = 32;
const FRAME_HEADER = 24;

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const wasUsed = (folder: string): boolean => namesIn(folder).some((name) => isBackup(name) || BESIDE.some((each) => each.test(name))) || FOLDERS.some((name) => namesIn(join(folder, name)).length > 0);

const newer = (found: number): AppError => new AppError('database_newer', { found, known: SCHEMA_VERSION });

/** As SQLite sees it, journal included. Where a journal waits it is opened for reading only: closing would otherwise write it into the file. */
function asSqliteSees({ path, nativeBinding }: Options): What | null {
  const wal = sizeOf(`${path}-wal`);
  const raw = new Database(path, { readonly: wal > 0, ...(nativeBinding ? { nativeBinding } : {}) });
  try {
    raw.pragma('busy_timeout = 5000');
    const number = (name: string): number => Number(raw.pragma(name, { simple: true }));
    const found = number('user_version');
    if (found > SCHEMA_VERSION) throw newer(found);
    const tables = raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
    if (found > 0 ? !tables.includes('settings') : tables.length > 0 || wasUsed(dirname(path))) return 'noSchema';
    // SQLite finds a missing end by itself only where no journal waits: with one, the pages that are not in the file must be in there.
    const page = number('page_size');
    return (number('page_count') * page - sizeOf(path)) / page > Math.max(0, wal - WAL_HEADER) / (page + FRAME_HEADER) ? 'damaged' : null;
  } catch (cause) {
    if (diskFailure(cause, path)?.code === 'database_corrupt') return 'damaged';
    throw cause;
  } finally {
    raw.close();
  }
}

/**
 * Whether the profile's database is no longer there to be opened, or null. Writes nothing.
 * Throws AppError `database_newer` for one of a later version.
 */
export function whatIsLost(options: Options): What | null {
  const { path } = options;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat || stat.size === 0) return !wasUsed(dirname(path)) ? null : stat ? 'emptied' : 'missing';
  // A folder of that name: the opening says so.
  if (!stat.isFile()) return null;
  const head = headOf(path);
  if (!isDatabase(head)) return 'notDatabase';
  if (head.length < HEADER_BYTES) return 'damaged';
  // Asked of the bytes: SQLite would make its files beside a database that must stay untouched.
  if (head.readUInt32BE(VERSION_AT) > SCHEMA_VERSION) throw newer(head.readUInt32BE(VERSION_AT));
  return asSqliteSees(options);
}

/** False for a backup that cannot be read. Throws what the disk says where there is no room for it. */
function copied(backup: string, target: string): boolean {
  try {
    copyFileSync(backup, target);
    return true;
  } catch (cause) {
    if (diskFailure(cause, target)?.code === 'profile_unwritable') throw cause;
    return false;
  }
}

/** Fills `target` from a backup, or as a new database; false where the backup cannot be used. */
function fill(target: string, backup: string | null, options: Options, write: (db: Database.Database) => void): boolean {
  removeDatabase(target);
  if (backup !== null && !copied(backup, target)) return false;
  const db = new Database(target, options.nativeBinding ? { nativeBinding: options.nativeBinding } : {});
  try {
    if (backup !== null) {
      if (!isOurs(db, options.nativeBinding) || db.pragma('quick_check(1)', { simple: true }) !== 'ok') return false;
    }
    migrate(db, null, options.now);
    db.transaction(() => write(db)).immediate();
  } catch (cause) {
    if (backup !== null && diskFailure(cause, target)?.code !== 'profile_unwritable') return false;
    throw cause;
  } finally {
    db.close();
  }
  settleFile(target);
  return true;
}

const put = (db: Database.Database, key: string, value: unknown): void => void db.prepare('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, JSON.stringify(value));

/** What went out after a copy was made would go out twice: it is paused from its first moment, and says which it is. */
function sayRestored(db: Database.Database, lost: LostDatabase): void {
  put(db, 'lostDatabase', lost);
  put(db, 'pause', { reason: 'restored', since: lost.at });
}
/** Beside the database while another takes its place: under which name the old one is put aside. */
const MOVING = 'parrilla.db.moving';

/** Puts what stands there aside and `made` in its place. Ended in its middle, `finishMove` ends it: a database and its journal are never parted. */
function putInPlace(path: string, target: string): void {
  const moving = join(dirname(path), MOVING);
  writeFileSync(`${moving}.part`, JSON.stringify({ target: basename(target) }), { mode: 0o600 });
  settleFile(`${moving}.part`);
  renameSync(`${moving}.part`, moving);
  carryOn(path, target);
}
function carryOn(path: string, target: string): void {
  const made = `${path}.new`;
  // Without it the move was made, and what has the name is the new one.
  if (!existsSync(made)) return;
  for (const part of PARTS) if (existsSync(`${path}${part}`)) renameSync(`${path}${part}`, `${target}${part}`);
  renameSync(made, path);
}
/** Ends a move that an earlier start began: true where there was one. `settle` is done before it counts as ended. */
export function finishMove(path: string, settle: () => void): boolean {
  const moving = join(dirname(path), MOVING);
  let target: string | null = null;
  try {
    const found: unknown = JSON.parse(readFileSync(moving, 'utf8'));
    const name = typeof found === 'object' && found !== null && 'target' in found ? found.target : null;
    if (typeof name === 'string' && (KEPT.test(name) || isBackup(name))) target = join(dirname(path), name);
  } catch {
    // None, or one that nobody here wrote.
  }
  if (target !== null) {
    carryOn(path, target);
    settle();
  }
  rmSync(moving, { force: true });
  return target !== null;
}

/** Makes one file of a database and its journal, and answers its schema's version; null where it cannot. */
function tidied({ path, nativeBinding }: Options): number | null {
  if (!existsSync(path)) return null;
  try {
    const db = new Database(path, nativeBinding ? { nativeBinding } : {});
    try {
      if (!isOurs(db, nativeBinding)) return null;
      db.pragma('journal_mode = DELETE');
      return Number(db.pragma('user_version', { simple: true }));
    } finally {
      db.close();
    }
  } catch {
    return null;
  }
}

/** A name beside the database that nothing has, with the time of the loss in UTC. */
function keptName(path: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  for (let n = 1; ; n += 1) {
    const name = join(dirname(path), `parrilla-lost-${stamp}${n === 1 ? '' : `-${n}`}.db`);
    if (!PARTS.some((part) => existsSync(`${name}${part}`))) return name;
  }
}

/**
 * Puts what is there aside and the newest usable backup, or a new database, in its place. What is put there says what happened
 * (`host.lost`), and a backup is paused from its first moment: what went out after it was made would go out twice.
 * The new one is whole before the old one is moved. Throws what the disk says; the old file then stands where it stood.
 */
export function startAnew(what: What, options: Options): LostDatabase {
  const { path, now } = options;
  const folder = dirname(path);
  const made = `${path}.new`;
  const target = keptName(path, now);
  const kept = what === 'missing' ? null : target;
  let lost: LostDatabase = { what, at: now, kept, database: path, backupAt: null };
  const taken = backupsIn(folder).find(({ name, at }) => fill(made, join(folder, name), options, (db) => sayRestored(db, { ...lost, backupAt: at })));
  if (taken) lost = { ...lost, backupAt: taken.at };
  else fill(made, null, options, (db) => put(db, 'lostDatabase', lost));
  putInPlace(path, target);
  finishMove(path, () => {});
  return lost;
}

/**
 * Puts a copy that the user asked for in the database's place, paused and saying so, and what stood there aside.
 * Null where the copy cannot be used, or has no room: nothing is moved then. `settle` is done before the move counts as ended.
 */
export function startFrom(name: string, options: Options, settle: () => void): LostDatabase | null {
  const { path, now } = options;
  const folder = dirname(path);
  const made = `${path}.new`;
  const backup = backupsIn(folder).find((each) => each.name === name);
  // What stood there is a copy like the others, to which one can go back.
  const version = tidied(options);
  const target = version === null ? keptName(path, now) : join(folder, freeBackupName(folder, version, now));
  const lost: LostDatabase = { what: 'restored', at: now, kept: existsSync(path) ? target : null, database: path, backupAt: backup?.at ?? null };
  let filled = false;
  try {
    filled = backup !== undefined && fill(made, join(folder, name), options, (db) => sayRestored(db, lost));
  } catch {
    // No room: what is there is whole, and opens.
  }
  if (!filled) {
    removeDatabase(made);
    return null;
  }
  putInPlace(path, target);
  finishMove(path, settle);
  return lost;
}

/** For the log: names without folders. */
export const lostFields = (lost: LostDatabase): Record<string, unknown> => ({ what: lost.what, kept: lost.kept === null ? null : basename(lost.kept), backupAt: lost.backupAt });
