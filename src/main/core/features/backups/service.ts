import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { BackupData } from '../../../../shared/contract/backups.ts';
import { receiveFile } from '../../adapters/receiveFile.ts';
import { type Backup, backupsIn, freeBackupName, newestBackup, pruneBackups, removeCopies, removeDatabase, settleFile, sweepParts } from '../../db/backups.ts';
import { diskFailure } from '../../db/failure.ts';
import { refusedIn, wish, wishOf } from '../../db/restore.ts';
import { SCHEMA_VERSION } from '../../db/version.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import { checkCopy } from './check.ts';

const DAY_MS = 24 * 3_600_000;
/** A start has other things to do first, ms. */
const FIRST_MS = 10 * 60_000;
/** After one that failed, ms. */
const AGAIN_MS = 3_600_000;
/** Pages of one step: between two of them the event loop runs. */
const PAGES = 100;
/** A new copy is looked through page by page up to this, bytes: half a second. What opens a copy looks through all of it. */
const LOOKED_THROUGH = 200 * 1024 ** 2;
/** A file from elsewhere is no larger than this, bytes. */
const MOST_BYTES = 8 * 1024 ** 3;

type Methods = Extract<keyof Handlers, `backups.${string}`>;

export interface Backups {
  handlers: Pick<Handlers, Methods>;
  /** One copy a day while the program is open. */
  job: Job;
  /** Takes a file from elsewhere among the copies; `madeAt` epoch ms. Throws AppError `backup_unusable`, `database_newer`, `too_large`, `profile_unwritable`. */
  adopt(body: AsyncIterable<Uint8Array>, madeAt: number): Promise<BackupData>;
  /** What an account's keys brought is in the copies too: they go, and a new one is made soon. */
  purge(): void;
}

class Stopped extends Error {}

/** Copies of the database in the profile's folder: made each day and by hand, opened by the next start (DOMAIN §5). */
export function createBackups(deps: CoreDeps, services: { /** There is something to lose. */ used: () => boolean }): Backups {
  const { ports, db, bus } = deps;
  const folder = ports.paths.profile;
  const now = (): number => ports.clock.now();
  let notBefore = now() + FIRST_MS;
  let stopping = false;
  let making: Promise<BackupData> | null = null;
  let newest = newestBackup(folder, now());
  /** Counts removals: what was begun before one holds what was removed. */
  let purges = 0;
  sweepParts(folder);
  const view = ({ name, at, bytes }: Backup): BackupData => ({ name, at, bytes });
  const changed = (): void => {
    newest = newestBackup(folder, now());
    bus.emit('backups.changed', {});
  };
  const of = (name: string): Backup => {
    const found = backupsIn(folder).find((each) => each.name === name);
    if (!found) throw new AppError('not_found', { what: 'backup' });
    return found;
  };
  const write = async (): Promise<BackupData> => {
    const before = purges;
    const name = freeBackupName(folder, SCHEMA_VERSION, now());
    const part = join(folder, `${name}.part`);
    try {
      // Not within the transaction of the command that asked for it.
      await new Promise((resolve) => { setImmediate(resolve); });
      db.raw.pragma('wal_checkpoint(TRUNCATE)');
      await db.raw.backup(part, {
        progress() {
          if (stopping || purges !== before) throw new Stopped('the program ends, or an account is removed');
          return PAGES;
        },
      });
      checkCopy(part, ports.nativeBinding, LOOKED_THROUGH);
      if (purges !== before) throw new Stopped('an account was removed');
      settleFile(part);
      renameSync(part, join(folder, name));
    } catch (cause) {
      removeDatabase(part);
      throw cause instanceof AppError ? cause : (diskFailure(cause, part) ?? cause);
    }
    pruneBackups(folder, now(), [name, wishOf(folder)]);
    changed();
    return view(of(name));
  };
  /** Asked for twice at once it is one copy. */
  const make = (): Promise<BackupData> => (making ??= write().finally(() => { making = null; }));
  return {
    handlers: {
      'backups.list': () => ({ folder, copies: backupsIn(folder).map(view), wished: wishOf(folder), refused: refusedIn(folder) }),
      'backups.make': () => make().catch((cause: unknown) => { throw cause instanceof Stopped ? new AppError('cancelled') : cause; }),
      'backups.restore'({ name }) {
        const wished = of(name);
        checkCopy(join(folder, name), ports.nativeBinding);
        wish(folder, name);
        changed();
        return { wished: view(wished) };
      },
      'backups.stay'() {
        wish(folder, null);
        changed();
        return {};
      },
    },
    job: {
      name: 'backups',
      nextDue: () => (services.used() && !ports.fleeting ? Math.max(notBefore, newest + DAY_MS) : null),
      async run() {
        try {
          await make();
        } catch (cause) {
          // Ended by a removal, it is begun anew at once.
          if (cause instanceof Stopped) return;
          notBefore = now() + AGAIN_MS;
          ports.log.error('no copy of the database could be made', { cause: String(cause) });
        }
      },
      stop: () => { stopping = true; },
    },
    async adopt(body, madeAt) {
      const before = purges;
      const part = join(folder, `backup-adopted-${deps.ports.random.bytes(6).join('')}.part`);
      try {
        await receiveFile(part, body, MOST_BYTES, () => new AppError('too_large', { limit: MOST_BYTES }));
        if (purges !== before) throw new AppError('conflict', { what: 'account_removed' });
        const name = freeBackupName(folder, checkCopy(part, ports.nativeBinding), Math.min(Math.max(1, Math.trunc(madeAt)), now()));
        renameSync(part, join(folder, name));
        changed();
        return view(of(name));
      } catch (cause) {
        removeDatabase(part);
        throw cause instanceof AppError ? cause : (diskFailure(cause, part) ?? cause);
      }
    },
    purge() {
      purges += 1;
      wish(folder, null);
      removeCopies(folder);
      notBefore = now();
      changed();
    },
  };
}
