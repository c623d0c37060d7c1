import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import type { LostDatabase } from '../../src/shared/contract/host.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { openDatabase } from '../../src/main/core/db/open.ts';
import { SCHEMA_VERSION } from '../../src/main/core/db/version.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { silentLog, tempProfile } from '../support/memoryPorts.ts';

const START = Date.UTC(2026, 10, 24, 9, 0);
const MINUTE = 60_000;
let core: TestCore;
let clock: ManualClock;
afterEach(() => core?.stop().catch(() => {}));

/** Core on a profile with an account, a draft, and a post planned in so many minutes. */
async function used(inMinutes = 60): Promise<{ path: string; folder: string; id: string }> {
  clock = new ManualClock(START);
  core = await startCore({ clock });
  const account = await core.call('accounts.addPractice', {});
  const saved = await core.call('publications.save', { accountId: account.id, text: 'Cierre del trimestre', tier: 'free', tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  const placed = await core.call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(clock.now() + inMinutes * MINUTE, account.zone) } });
  expect(placed.result).toBe('placed');
  const path = core.ports.paths.database;
  // A picture: what a profile in use has beside its database.
  writeFileSync(join(core.ports.paths.media, 'a-picture'), 'bytes');
  return { path, folder: core.ports.paths.profile, id: saved.publication.id };
}
async function said(): Promise<LostDatabase> {
  const lost = await core.call('host.lost', {});
  if (!lost) throw new Error('nothing was said');
  return lost;
}
const bytesOf = (path: string): Buffer => readFileSync(path);
/** What was sent to the network with this text. */
const created = async (text: string): Promise<number> => (await core.control<{ text: string }[]>('GET', 'created')).filter((each) => each.text === text).length;
async function letPass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 10_000) {
    await clock.advance(10_000);
    await Promise.race([core.app.idle(), new Promise((resolve) => setTimeout(resolve, 12))]);
  }
}

describe('a database that was lost', () => {
  it.each<[string, LostDatabase['what'], (path: string) => void]>([
    ['of no bytes', 'emptied', (path) => truncateSync(path, 0)],
    ['cut in half', 'damaged', (path) => truncateSync(path, Math.floor(statSync(path).size / 2))],
    ['cut within its header', 'damaged', (path) => truncateSync(path, 60)],
    ['of other bytes', 'notDatabase', (path) => writeFileSync(path, 'a letter to nobody '.repeat(900))],
    ['of nothing but a header', 'noSchema', (path) => { rmSync(path); const db = new Database(path); db.exec('CREATE TABLE x (y); DROP TABLE x'); db.close(); }],
    ['of another program', 'noSchema', (path) => { rmSync(path); const db = new Database(path); db.exec('CREATE TABLE recipes (name)'); db.close(); }],
  ])('%s is kept beside, byte for byte, and said until it was read', async (_, what, harm) => {
    const { path, folder } = await used();
    let before: Buffer = Buffer.alloc(0);
    await core.restart(() => {
      harm(path);
      before = bytesOf(path);
    });
    const lost = await said();
    expect(lost).toEqual({ what, at: START, kept: join(folder, 'parrilla-lost-20261124-090000.db'), database: path, backupAt: null });
    expect(bytesOf(lost.kept ?? '').equals(before)).toBe(true);
    // It works on, from nothing.
    expect(await core.call('accounts.list', {})).toEqual([]);
    expect(await core.call('scheduler.status', {})).toMatchObject({ paused: null });
    await core.restart();
    expect(await said()).toEqual(lost);
    await core.call('host.lostRead', {});
    expect(core.events.some((each) => each.name === 'settings.changed')).toBe(true);
    await core.restart();
    expect(await core.call('host.lost', {})).toBeNull();
    expect(bytesOf(lost.kept ?? '').equals(before)).toBe(true);
  });

  it('that is gone from its folder is said too, with nothing kept to name', async () => {
    const { path } = await used();
    await core.restart(() => rmSync(path));
    expect(await said()).toMatchObject({ what: 'missing', kept: null, backupAt: null });
  });

  it('takes its journal with it, which never meets the new one', async () => {
    const { path } = await used();
    const wal = Buffer.from('what was not yet in the file');
    await core.restart(() => {
      truncateSync(path, 0);
      writeFileSync(`${path}-wal`, wal);
      writeFileSync(`${path}-shm`, 'index');
    });
    const { kept } = await said();
    expect(bytesOf(`${kept}-wal`).equals(wal)).toBe(true);
    expect(bytesOf(`${kept}-shm`).toString()).toBe('index');
    expect(await core.call('accounts.list', {})).toEqual([]);
  });

  it('cut short while a journal waited for a killed program: the end that is in neither is missed', async () => {
    const { path } = await used();
    const { raw } = core.app.db;
    raw.pragma('wal_checkpoint(TRUNCATE)');
    raw.exec("INSERT INTO settings (key, value) VALUES ('late', '1')");
    const profile = tempProfile();
    for (const part of ['', '-wal']) copyFileSync(`${path}${part}`, join(profile, `parrilla.db${part}`));
    const copy = join(profile, 'parrilla.db');
    // Whole, the same files open as they are, journal included.
    const whole = tempProfile();
    for (const part of ['', '-wal']) copyFileSync(join(profile, `parrilla.db${part}`), join(whole, `parrilla.db${part}`));
    const opened = openDatabase({ path: join(whole, 'parrilla.db'), log: silentLog, now: START });
    expect(opened.get("SELECT value FROM settings WHERE key = 'late'")).toEqual({ value: '1' });
    expect(opened.get("SELECT value FROM settings WHERE key = 'lostDatabase'")).toBeUndefined();
    opened.close();
    truncateSync(copy, 4096 * 3);
    const wal = bytesOf(`${copy}-wal`);
    const anew = openDatabase({ path: copy, log: silentLog, now: START });
    expect(JSON.parse(String(anew.get("SELECT value FROM settings WHERE key = 'lostDatabase'")?.['value']))).toMatchObject({ what: 'damaged' });
    anew.close();
    expect(bytesOf(join(profile, 'parrilla-lost-20261124-090000.db-wal')).equals(wal)).toBe(true);
    expect(statSync(join(profile, 'parrilla-lost-20261124-090000.db')).size).toBe(4096 * 3);
  });

  it('twice in the same second keeps both', async () => {
    const { path, folder } = await used();
    await core.restart(() => writeFileSync(path, 'first '.repeat(100)));
    await core.restart(() => writeFileSync(path, 'second '.repeat(100)));
    expect(readdirSync(folder).filter((name) => name.startsWith('parrilla-lost-')).sort()).toEqual(['parrilla-lost-20261124-090000-2.db', 'parrilla-lost-20261124-090000.db']);
    expect((await said()).kept).toBe(join(folder, 'parrilla-lost-20261124-090000-2.db'));
    expect(bytesOf(join(folder, 'parrilla-lost-20261124-090000.db')).toString()).toContain('first');
  });

  it('on a folder that was never used is a first start, and nothing is said', async () => {
    for (const there of [false, true]) {
      const path = join(tempProfile(), 'parrilla.db');
      if (there) writeFileSync(path, '');
      const db = openDatabase({ path, log: silentLog, now: START });
      expect(db.get("SELECT value FROM settings WHERE key = 'lostDatabase'")).toBeUndefined();
      db.close();
    }
  });
});

describe('the newest backup takes the place of a database that was lost', () => {
  it('paused: what went out after the backup does not go out twice, what is planned waits', async () => {
    const { path, folder, id } = await used(2);
    core.app.db.raw.prepare('VACUUM INTO ?').run(join(folder, `backup-v${SCHEMA_VERSION}-${START}.db`));
    await letPass(4 * MINUTE);
    expect((await core.call('publications.get', { id })).state).toBe('posted');
    expect(await created('Cierre del trimestre')).toBe(1);
    await core.restart(() => truncateSync(path, 0));
    expect(await said()).toMatchObject({ what: 'emptied', backupAt: START });
    expect(await core.call('accounts.list', {})).toHaveLength(1);
    expect((await core.call('scheduler.status', {})).paused).toMatchObject({ reason: 'restored' });
    await letPass(30 * MINUTE);
    expect(await created('Cierre del trimestre')).toBe(1);
    // Resuming sends nothing whose time has passed: the user decides.
    await core.call('scheduler.resume', {});
    await letPass(5 * MINUTE);
    expect(await created('Cierre del trimestre')).toBe(1);
  });

  it('the one before, where the newest cannot be used, brought to this version; the backups stay', async () => {
    const { path, folder } = await used();
    const whole = `backup-v${SCHEMA_VERSION}-${START - 3000}.db`;
    core.app.db.raw.prepare('VACUUM INTO ?').run(join(folder, whole));
    const half = `backup-v${SCHEMA_VERSION}-${START - 2000}.db`;
    copyFileSync(join(folder, whole), join(folder, half));
    truncateSync(join(folder, half), 8192);
    const later = `backup-v${SCHEMA_VERSION + 10}-${START - 1000}.db`;
    copyFileSync(join(folder, whole), join(folder, later));
    const db = new Database(join(folder, later));
    db.pragma(`user_version = ${SCHEMA_VERSION + 10}`);
    db.close();
    await core.restart(() => writeFileSync(path, 'nothing'));
    expect(await said()).toMatchObject({ what: 'notDatabase', backupAt: START - 3000 });
    expect(await core.call('accounts.list', {})).toHaveLength(1);
    for (const name of [whole, half, later]) expect(existsSync(join(folder, name)), name).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('.new'))).toEqual([]);
  });
});

describe('a database of a later version', () => {
  const later = (): string => {
    const path = join(tempProfile(), 'parrilla.db');
    openDatabase({ path, log: silentLog, now: START }).close();
    mkdirSync(join(path, '..', 'media'));
    writeFileSync(join(path, '..', 'media', 'a-picture'), 'bytes');
    return path;
  };
  const all = (folder: string): Record<string, string> => Object.fromEntries(readdirSync(folder).filter((name) => !name.endsWith('-shm') && name !== 'media').map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
  const refused = (path: string): unknown => { try { openDatabase({ path, log: silentLog, now: START }).close(); return 'opened'; } catch (cause) { return cause; } };

  it('is refused with both versions, and nothing in the folder changes', () => {
    const path = later();
    const db = new Database(path);
    db.pragma('user_version = 9990');
    db.close();
    const before = all(join(path, '..'));
    expect(refused(path)).toMatchObject({ code: 'database_newer', data: { params: { found: 9990, known: SCHEMA_VERSION } } });
    expect(all(join(path, '..'))).toEqual(before);
  });
  it('also while its version is in the journal only: the journal is not written into it', () => {
    const path = later();
    const db = new Database(path);
    db.pragma('user_version = 9990');
    const target = join(tempProfile(), 'parrilla.db');
    for (const part of ['', '-wal']) copyFileSync(`${path}${part}`, `${target}${part}`);
    db.close();
    const before = all(join(target, '..'));
    expect(refused(target)).toMatchObject({ code: 'database_newer' });
    expect(all(join(target, '..'))).toEqual(before);
  });
});
