import { closeSync, fsyncSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA_VERSION } from './version.ts';

/** A copy's name says its schema and when it was made, epoch ms. */
const NAME = /^backup-v(\d+)-(\d+)\.db$/;
const PART = /^backup-.*\.part/;
/** Of the copies of this schema one a day makes a week, besides the newest; of those made before a migration the newest are kept. */
const DAYS_KEPT = 7;
const NEWEST_KEPT = 3;
const DAY_MS = 86_400_000;
/** Posts of others are in them: older ones go, but for the newest. */
const OLDEST_MS = 30 * DAY_MS;
/** A copy that is younger than now was named by a clock that ran ahead: it counts for the oldest. */
const AHEAD_MS = 3_600_000;
/** The last instant there is a date for. */
const LAST_INSTANT = 8.64e15;
/** What a database that was put aside is called, with the time of that in UTC. */
export const KEPT = /^parrilla-lost-\d{8}-\d{6}(-\d+)?\.db(-wal|-shm|-journal)?$/;

export interface Backup {
  name: string;
  version: number;
  /** Epoch ms. */
  at: number;
  bytes: number;
}

export const isBackup = (name: string): boolean => NAME.test(name);
export const backupName = (version: number, at: number): string => `backup-v${version}-${at}.db`;

/** A name that no copy has. */
export function freeBackupName(folder: string, version: number, at: number): string {
  const taken = new Set(namesIn(folder));
  for (let ms = at; ; ms += 1) if (!taken.has(backupName(version, ms))) return backupName(version, ms);
}

export const namesIn = (folder: string): string[] => { try { return readdirSync(folder); } catch { return []; } };

/** The copies of a profile, newest first. */
export function backupsIn(folder: string): Backup[] {
  return namesIn(folder).flatMap((name): Backup[] => {
    const found = NAME.exec(name);
    return found && Number(found[2]) <= LAST_INSTANT ? [{ name, version: Number(found[1]), at: Number(found[2]), bytes: statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0 }] : [];
  }).sort((a, b) => b.at - a.at);
}

/** What SQLite keeps beside a database: it belongs to that one and must never meet another. */
export const PARTS = ['', '-wal', '-shm', '-journal'] as const;
export const removeDatabase = (path: string): void => { for (const part of PARTS) rmSync(`${path}${part}`, { force: true }); };

/** What an ended program left half written. */
export function sweepParts(folder: string): void {
  for (const name of namesIn(folder)) if (PART.test(name)) rmSync(join(folder, name), { force: true });
}

/** When the newest copy was made, as far as the clock can be believed; 0 where there is none. */
export const newestBackup = (folder: string, now: number): number => backupsIn(folder).find((each) => each.at <= now + AHEAD_MS)?.at ?? 0;

/** Lets go of copies beyond those that are kept; `except` stay. */
export function pruneBackups(folder: string, now: number, except: readonly (string | null)[] = []): void {
  const all = backupsIn(folder);
  const trusted = [...all.filter((each) => each.at <= now + AHEAD_MS), ...all.filter((each) => each.at > now + AHEAD_MS)];
  const older = trusted.filter((each) => each.version !== SCHEMA_VERSION);
  const own = trusted.filter((each) => each.version === SCHEMA_VERSION);
  const days = new Set<number>();
  const kept = new Set([...except, ...older.slice(0, NEWEST_KEPT).map((each) => each.name)]);
  own.forEach(({ name, at }, i) => {
    const day = Math.floor(at / DAY_MS);
    const first = !days.has(day) && days.size < DAYS_KEPT;
    days.add(day);
    if (i < NEWEST_KEPT || (first && at <= now + AHEAD_MS && at >= now - OLDEST_MS)) kept.add(name);
  });
  for (const { name } of all) if (!kept.has(name)) rmSync(join(folder, name), { force: true });
}

/** Removes every copy, and everything that was put aside. */
export function removeCopies(folder: string): void {
  for (const name of namesIn(folder)) if (NAME.test(name) || PART.test(name) || KEPT.test(name)) rmSync(join(folder, name), { force: true });
}

/** Its bytes are on the disk, not on their way there. */
export function settleFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
