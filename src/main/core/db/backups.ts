import { closeSync, fsyncSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA_VERSION } from './version.ts';

/** A copy's name says its schema and when it was made, epoch ms. */
const NAME = /^backup-v(\d+)-(\d+)\.db$/;
const PART = /^backup-.*\.part/;
/** Copies of this schema that are kept: one a day makes a week. Of those made before a migration, the newest. */
const OWN_KEPT = 7;
const OLDER_KEPT = 3;
const OLDEST_MS = 30 * 86_400_000;

export interface Backup {
  name: string;
  version: number;
  /** Epoch ms. */
  at: number;
  bytes: number;
}

export const isBackup = (name: string): boolean => NAME.test(name);
export const backupName = (version: number, at: number): string => `backup-v${version}-${at}.db`;

const namesIn = (folder: string): string[] => { try { return readdirSync(folder); } catch { return []; } };

/** The copies of a profile, newest first. */
export function backupsIn(folder: string): Backup[] {
  return namesIn(folder).flatMap((name): Backup[] => {
    const found = NAME.exec(name);
    return found ? [{ name, version: Number(found[1]), at: Number(found[2]), bytes: statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0 }] : [];
  }).sort((a, b) => b.at - a.at);
}

/** What an ended program left half written. */
export function sweepParts(folder: string): void {
  for (const name of namesIn(folder)) if (PART.test(name)) rmSync(join(folder, name), { force: true });
}

/** Lets go of copies beyond those that are kept, and of old ones, because posts of others are in them; the newest and `except` stay. */
export function pruneBackups(folder: string, now: number, except: string | null = null): void {
  const all = backupsIn(folder);
  const old = all.slice(1).filter((each) => each.at < now - OLDEST_MS);
  const own = all.filter((each) => each.version === SCHEMA_VERSION).slice(OWN_KEPT);
  const older = all.filter((each) => each.version !== SCHEMA_VERSION).slice(OLDER_KEPT);
  for (const { name } of [...own, ...older, ...old]) if (name !== except) rmSync(join(folder, name), { force: true });
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
