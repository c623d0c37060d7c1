import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LostDatabase } from '../../../shared/contract/host.ts';
import { isBackup, settleFile } from './backups.ts';
import { finishMove, startFrom } from './lost.ts';

/** Beside the database: the copy that is to be opened at the next start. */
const WISH = 'restore.json';
/** The same, where it could not be. */
const REFUSED = 'restore-refused.json';

function read(path: string): string | null {
  try {
    const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const name = typeof found === 'object' && found !== null && 'name' in found ? found.name : null;
    return typeof name === 'string' && isBackup(name) ? name : null;
  } catch {
    return null;
  }
}

/** The copy that is wished for, and one that was and could not be opened. */
export const wishOf = (folder: string): string | null => read(join(folder, WISH));
export const refusedIn = (folder: string): string | null => read(join(folder, REFUSED));

/** Wishes for a copy, or for none any more. Throws what the disk says. */
export function wish(folder: string, name: string | null): void {
  rmSync(join(folder, REFUSED), { force: true });
  if (name === null) return rmSync(join(folder, WISH), { force: true });
  const part = join(folder, `${WISH}.part`);
  writeFileSync(part, JSON.stringify({ name }), { mode: 0o600 });
  settleFile(part);
  renameSync(part, join(folder, WISH));
}

/**
 * Before a database is opened: puts the copy that was wished for in its place, as `startAnew` does. Null where nothing was wished
 * for, and where the copy cannot be used any more: all then stays as it is, and that it was refused is said. A move that an earlier
 * start began is ended first; the wish goes with it.
 */
export function restoreWished(options: { path: string; now: number; nativeBinding?: string }): LostDatabase | null {
  const folder = dirname(options.path);
  const granted = (): void => rmSync(join(folder, WISH), { force: true });
  if (finishMove(options.path, granted)) return null;
  const name = wishOf(folder);
  if (name === null) return null;
  const restored = startFrom(name, options, granted);
  if (!restored) renameSync(join(folder, WISH), join(folder, REFUSED));
  return restored;
}
