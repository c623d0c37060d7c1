import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { BackupData } from '../../src/shared/contract/backups.ts';
import { SCHEMA_VERSION } from '../../src/main/core/db/version.ts';
import { startCore, type TestCore, until } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { settle } from '../support/reading.ts';

const START = Date.UTC(2026, 10, 24, 9, 0);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let core: TestCore;
let clock: ManualClock;
let account: Account;
beforeEach(async () => {
  clock = new ManualClock(START);
  core = await startCore({ clock });
  account = await core.call('accounts.addPractice', {});
});
afterEach(() => core.stop().catch(() => {}));

const folder = (): string => core.ports.paths.profile;
const list = () => core.call('backups.list', {});
const copies = async (): Promise<BackupData[]> => (await list()).copies;
async function write(text: string): Promise<string> {
  const saved = await core.call('publications.save', { accountId: account.id, text, tier: 'free', tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  return saved.publication.id;
}
const texts = async (): Promise<string[]> => (await core.call('publications.list', { accountId: account.id })).map((each) => each.text).sort();
function textsIn(name: string): string[] {
  const db = new Database(join(folder(), name), { readonly: true });
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    return db.prepare('SELECT text FROM publications ORDER BY text').pluck().all() as string[];
  } finally {
    db.close();
  }
}
async function pass(ms: number): Promise<void> {
  await clock.advance(ms);
  await settle(core);
}
/** The program is still open after so long; every minute of it would take a minute to play. */
async function later(ms: number): Promise<void> {
  clock.jumpWall(ms);
  await core.app.tick();
  await settle(core);
}
const send = async (bytes: Uint8Array, madeAt = START): Promise<{ status: number; body: { code?: string; name?: string; params?: Record<string, unknown> } }> => {
  const answer = await core.app.sidePath.handle({
    method: 'POST', path: '/backup', headers: { 'x-made-at': String(madeAt) }, body: (async function* whole() { yield bytes; })(),
  });
  return { status: answer.status, body: JSON.parse(String(answer.body)) as never };
};
const leftOver = (): string[] => readdirSync(folder()).filter((name) => /\.part|\.new|-journal$|^backup-.*-(wal|shm)$/.test(name));

describe('a copy a day', () => {
  it('is made by itself, ten minutes after a start at the soonest, and a week of them is kept', async () => {
    await write('Lunes');
    await pass(9 * MINUTE);
    expect(await copies()).toEqual([]);
    await pass(2 * MINUTE);
    const [first] = await until(async () => ((await copies()).length === 1 ? await copies() : null));
    expect(textsIn(first?.name ?? '')).toEqual(['Lunes']);
    await core.restart();
    await pass(HOUR);
    expect(await copies()).toHaveLength(1);
    for (let day = 2; day <= 9; day += 1) {
      await later(25 * HOUR);
      await until(async () => (await copies()).length === Math.min(day, 7) && ((await copies())[0]?.at ?? 0) > clock.now() - 25 * HOUR);
    }
    const kept = await copies();
    expect(kept).toHaveLength(7);
    expect(kept.map((each) => each.at)).toEqual(kept.map((each) => each.at).sort((a, b) => b - a));
    expect(kept.some((each) => each.name === first?.name)).toBe(false);
    // After a month away the old ones go, but for the newest, because posts of others are in them.
    await later(40 * 24 * HOUR);
    await until(async () => (await copies()).length === 3);
    expect(leftOver()).toEqual([]);
  });
  it('is made of nothing where there is nothing', async () => {
    await core.call('accounts.remove', { accountId: account.id });
    await later(26 * HOUR);
    expect(await copies()).toEqual([]);
  });
  it('holds what is written while it is made, and a program that ends leaves no half of one', async () => {
    await write('Antes');
    const made = core.call('backups.make', {});
    await write('Entretanto');
    expect(textsIn((await made).name)).toContain('Antes');
    const second = core.call('backups.make', {}).catch((cause: unknown) => cause);
    await core.restart();
    await second;
    expect(leftOver()).toEqual([]);
    expect(await texts()).toEqual(['Antes', 'Entretanto']);
  });
  it('goes with an account that is removed, and another is made of what stays', async () => {
    const before = await core.call('backups.make', {});
    await core.call('accounts.remove', { accountId: account.id });
    expect(existsSync(join(folder(), before.name))).toBe(false);
    expect(readdirSync(folder()).filter((name) => /^(backup-|parrilla-lost-)/.test(name))).toEqual([]);
    account = await core.call('accounts.addPractice', {});
    await pass(MINUTE);
    await until(async () => (await copies()).length === 1);
  });
});

describe('copies and clocks', () => {
  it('that ran ahead for a while cost no copy of the right time, and keep none from being made', async () => {
    await core.call('backups.make', {});
    const days = 400 * 24 * HOUR;
    await later(days);
    await until(async () => (await copies()).length === 2);
    clock.jumpWall(-days);
    await core.app.tick();
    const made = await core.call('backups.make', {});
    expect((await copies()).map((each) => each.name)).toContain(made.name);
    for (let i = 0; i < 9; i += 1) await core.call('backups.make', {});
    const all = await copies();
    // The newest of now, and of the future as many as there is room for.
    expect(all.filter((each) => each.at <= clock.now() + HOUR).length).toBeGreaterThanOrEqual(3);
    await later(25 * HOUR);
    await until(async () => (await copies()).some((each) => each.at > START + 24 * HOUR && each.at < START + 48 * HOUR));
  });
  it('made by hand again and again leave those of the days before', async () => {
    const first = await core.call('backups.make', {});
    await later(26 * HOUR);
    await until(async () => (await copies()).length === 2);
    for (let i = 0; i < 9; i += 1) await core.call('backups.make', {});
    expect((await copies()).map((each) => each.name)).toContain(first.name);
    expect((await copies()).length).toBeLessThanOrEqual(5);
  });
});

describe('a copy that is opened', () => {
  it('by the next start: paused, said, with what came after it in another copy, to which one can go back', async () => {
    await write('Primero');
    const old = await core.call('backups.make', {});
    clock.jumpWall(HOUR);
    await write('Después');
    const { wished } = await core.call('backups.restore', { name: old.name });
    expect(wished).toEqual(old);
    expect((await list()).wished).toBe(old.name);
    // Until then all goes on.
    await write('Y aún');
    await core.restart();
    expect(await texts()).toEqual(['Primero']);
    expect(await list()).toMatchObject({ wished: null, refused: null });
    expect((await core.call('scheduler.status', {})).paused).toMatchObject({ reason: 'restored' });
    const lost = await core.call('host.lost', {});
    expect(lost).toMatchObject({ what: 'restored', backupAt: old.at });
    expect(existsSync(lost?.kept ?? '')).toBe(true);
    // All of it until the end, as one file.
    const [newest] = await copies();
    expect([lost?.kept, textsIn(newest?.name ?? '')]).toEqual([join(folder(), newest?.name ?? ''), ['Después', 'Primero', 'Y aún']]);
    await core.call('backups.restore', { name: newest?.name ?? '' });
    await core.restart();
    expect(await texts()).toEqual(['Después', 'Primero', 'Y aún']);
    expect(readdirSync(folder()).filter((name) => name.startsWith('parrilla-lost'))).toEqual([]);
  });
  it('is not, where the wish is taken back, or where it is there no more', async () => {
    await write('Primero');
    const old = await core.call('backups.make', {});
    await write('Después');
    await core.call('backups.restore', { name: old.name });
    await core.call('backups.stay', {});
    await core.restart();
    expect(await texts()).toEqual(['Después', 'Primero']);
    expect(await core.call('host.lost', {})).toBeNull();
    await expect(core.call('backups.restore', { name: `backup-v${SCHEMA_VERSION}-5.db` })).rejects.toMatchObject({ data: { code: 'not_found' } });
    await expect(core.call('backups.restore', { name: '../../etc/passwd' })).rejects.toMatchObject({ data: { code: 'not_found' } });
  });
  it('is not, where it broke meanwhile: all stays, and that is said until it was read', async () => {
    await write('Primero');
    const old = await core.call('backups.make', {});
    await write('Después');
    await core.call('backups.restore', { name: old.name });
    await core.restart(() => truncateSync(join(folder(), old.name), 9000));
    expect(await texts()).toEqual(['Después', 'Primero']);
    expect(await core.call('host.lost', {})).toBeNull();
    expect((await core.call('scheduler.status', {})).paused).toBeNull();
    expect(await list()).toMatchObject({ wished: null, refused: old.name });
    await core.call('backups.stay', {});
    expect(await list()).toMatchObject({ refused: null });
    await expect(core.call('backups.restore', { name: old.name })).rejects.toMatchObject({ data: { code: 'backup_unusable' } });
    expect(leftOver()).toEqual([]);
  });
  it('is opened whole by the start after one that ended between putting the old aside and the copy in its place', async () => {
    await write('Primero');
    const old = await core.call('backups.make', {});
    await write('Después');
    await core.call('backups.restore', { name: old.name });
    core.app.db.raw.pragma('wal_checkpoint(TRUNCATE)');
    await write('Aún en el diario');
    const kept = 'parrilla-lost-20261124-090000.db';
    const journal = readFileSync(`${core.ports.paths.database}-wal`);
    await core.restart(() => {
      const path = core.ports.paths.database;
      copyFileSync(join(folder(), old.name), `${path}.new`);
      renameSync(path, join(folder(), kept));
      writeFileSync(`${path}-wal`, journal);
      writeFileSync(`${path}.moving`, JSON.stringify({ target: kept }));
    });
    expect(await texts()).toEqual(['Primero']);
    expect(await list()).toMatchObject({ wished: null, refused: null });
    // What was put aside has its journal beside it.
    expect(readFileSync(join(folder(), `${kept}-wal`)).equals(journal)).toBe(true);
    expect(readdirSync(folder()).filter((name) => name.startsWith('parrilla-lost'))).toHaveLength(2);
    expect(leftOver()).toEqual([]);
  });
});

describe('a wish that cannot be granted', () => {
  it('keeps no start from opening what is there: a folder, a link to nowhere, nothing that may be read', async () => {
    await write('Sigue');
    const old = await core.call('backups.make', {});
    const path = join(folder(), old.name);
    const bytes = readFileSync(path);
    const put: [string, () => void][] = [
      ['a folder', () => { rmSync(path); mkdirSync(path); }],
      ['nothing', () => rmSync(path, { recursive: true })],
      ['no bytes', () => writeFileSync(path, '')],
      ...(process.getuid?.() === 0 ? [] : [['not to be read', () => { writeFileSync(path, bytes); chmodSync(path, 0); }] as [string, () => void]]),
    ];
    for (const [what, harm] of put) {
      await core.restart(() => {
        writeFileSync(join(folder(), 'restore.json'), JSON.stringify({ name: old.name }));
        harm();
      });
      expect(await texts(), what).toEqual(['Sigue']);
      expect(await list(), what).toMatchObject({ wished: null, refused: old.name });
    }
  });
});

describe('a file from elsewhere', () => {
  it('is taken among the copies with its own time, and can be opened', async () => {
    await write('De otro sitio');
    const made = await core.call('backups.make', {});
    const bytes = readFileSync(join(folder(), made.name));
    const other = new ManualClock(START + 40 * HOUR);
    await core.stop();
    core = await startCore({ clock: other });
    const taken = await send(bytes, START);
    expect(taken).toMatchObject({ status: 200, body: { name: `backup-v${SCHEMA_VERSION}-${START}.db` } });
    // The same again stands beside it.
    expect((await send(bytes, START)).body.name).toBe(`backup-v${SCHEMA_VERSION}-${START + 1}.db`);
    await core.call('backups.restore', { name: taken.body.name ?? '' });
    await core.restart();
    account = (await core.call('accounts.list', {}))[0] ?? account;
    expect(await texts()).toEqual(['De otro sitio']);
  });
  it('is refused where it is something else, damaged, of a later version or of the future', async () => {
    await write('Uno');
    const made = await core.call('backups.make', {});
    const bytes = readFileSync(join(folder(), made.name));
    const unusable = (what: string) => ({ status: 400, body: { code: 'backup_unusable', params: { what } } });
    expect(await send(Buffer.from('a letter to nobody '.repeat(99)))).toMatchObject(unusable('notDatabase'));
    expect(await send(new Uint8Array())).toMatchObject(unusable('notDatabase'));
    expect(await send(bytes.subarray(0, Math.floor(bytes.length / 2)))).toMatchObject(unusable('damaged'));
    const path = join(folder(), 'other.db');
    const db = new Database(path);
    db.exec('CREATE TABLE recipes (name)');
    db.close();
    expect(await send(readFileSync(path))).toMatchObject(unusable('noSchema'));
    writeFileSync(path, bytes);
    const later = new Database(path);
    later.pragma(`user_version = ${SCHEMA_VERSION + 10}`);
    later.close();
    expect(await send(readFileSync(path))).toMatchObject({ status: 400, body: { code: 'database_newer' } });
    // A table of that name makes no copy, and a stranger's trigger would run with the first row that is written.
    writeFileSync(path, '');
    const bare = new Database(path);
    bare.exec(`CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT; PRAGMA user_version = ${SCHEMA_VERSION}`);
    bare.close();
    expect(await send(readFileSync(path))).toMatchObject(unusable('noSchema'));
    for (const sql of ["CREATE TRIGGER e1 AFTER INSERT ON settings WHEN NEW.key = 'pause' BEGIN DELETE FROM settings WHERE key = 'pause'; END", 'CREATE VIEW v AS SELECT 1', 'DROP INDEX items_account', 'PRAGMA user_version = -1', 'PRAGMA user_version = 5']) {
      writeFileSync(path, bytes);
      const strange = new Database(path);
      strange.exec(sql);
      strange.close();
      expect(await send(readFileSync(path)), sql).toMatchObject(unusable('noSchema'));
      // Put there by hand, and wished for by hand, it is not opened either.
      copyFileSync(path, join(folder(), `backup-v${SCHEMA_VERSION}-77.db`));
      writeFileSync(join(folder(), 'restore.json'), JSON.stringify({ name: `backup-v${SCHEMA_VERSION}-77.db` }));
      await core.restart();
      expect(await list(), sql).toMatchObject({ wished: null, refused: `backup-v${SCHEMA_VERSION}-77.db` });
      expect(await texts(), sql).toEqual(['Uno']);
      rmSync(join(folder(), `backup-v${SCHEMA_VERSION}-77.db`));
    }
    expect((await send(bytes, START + 900 * HOUR)).body.name).toBe(`backup-v${SCHEMA_VERSION}-${START + 1}.db`);
    expect(leftOver()).toEqual([]);
    expect(await texts()).toEqual(['Uno']);
  });
});
