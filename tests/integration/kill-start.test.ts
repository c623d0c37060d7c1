import { spawn } from 'node:child_process';
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/main/core/db/migrate.ts';
import { SCHEMA_VERSION } from '../../src/main/core/db/version.ts';
import { root, startHost } from '../support/host.ts';
import { tempProfile } from '../support/memoryPorts.ts';

const preload = `--import ${fileURLToPath(new URL('../support/killAt.ts', import.meta.url))}`;

/** How many steps to the disk a start on a profile takes. */
async function stepsOf(profile: string): Promise<number> {
  const host = await startHost({ profile, env: { NODE_OPTIONS: preload } });
  await host.stop();
  return Number(/steps: (\d+)/.exec(host.output())?.[1]);
}
/** Starts the host on a profile and lets it die at a step. */
function dieAt(profile: string, at: number | 'backup'): Promise<NodeJS.Signals | null> {
  const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:', LANG: 'en_GB.UTF-8', NODE_OPTIONS: preload, PARRILLA_KILL_AT: String(at) };
  const child = spawn(process.execPath, [join(root, 'out', 'main', 'node.js'), '--browser', '--no-open', '--profile', profile], { env, stdio: ['ignore', 'ignore', 'ignore'] });
  return new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
}
/** Starts the host as its users do, and answers what its page is. */
async function comesUp(profile: string): Promise<number> {
  const host = await startHost({ profile });
  const cookie = (await fetch(host.url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(new URL('/', host.url), { headers: { cookie } });
  expect(await host.stop(), host.output()).toBe(0);
  return page.status;
}
function read<T>(path: string, work: (db: Database.Database) => T): T {
  const db = new Database(path, { readonly: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}
const schemaOf = (profile: string): unknown =>
  read(join(profile, 'parrilla.db'), (db) => [db.pragma('user_version', { simple: true }), db.pragma('integrity_check', { simple: true }), db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all()]);

/** A profile of version 20 with a post and what hangs on it. */
function oldProfile(): string {
  const profile = tempProfile();
  const db = new Database(join(profile, 'parrilla.db'));
  for (const step of MIGRATIONS.filter((each) => each.to <= 20)) db.exec(step.sql);
  db.pragma('user_version = 20');
  db.exec("INSERT INTO publications (id, account_id, state, text, tier, zone, due_at, revision, created_at, updated_at) VALUES ('p', 'a', 'draft', 'Sigue aquí', 'premium', 'UTC', NULL, 3, 1, 1)");
  db.exec("INSERT INTO publication_attempts (id, publication_id, started_at, ended_at, outcome, status, boot_id, text_hash, newest_own_id, looks, next_look_at) VALUES ('a1', 'p', 10, 11, 'refused', 403, 'b', 'h', '5', 0, NULL)");
  db.close();
  return profile;
}
const rowsOf = (db: Database.Database): unknown => [db.prepare('SELECT text, revision FROM publications').all(), db.prepare('SELECT id, outcome FROM publication_attempts').all()];
const ROWS = [[{ text: 'Sigue aquí', revision: 3 }], [{ id: 'a1', outcome: 'refused' }]];

/** So many of the steps, evenly from the first to the last. */
const some = (steps: number, count: number): number[] => [...new Set(Array.from({ length: count }, (_, i) => 1 + Math.round((i * (steps - 1)) / (count - 1))))];

describe('killed while it starts', () => {
  it('for the first time: the next start comes up whole, wherever it was', async () => {
    const whole = tempProfile();
    const steps = await stepsOf(whole);
    expect(steps).toBeGreaterThan(30);
    for (const at of some(steps, 7)) {
      const profile = tempProfile();
      expect(await dieAt(profile, at), `step ${at} of ${steps}`).toBe('SIGKILL');
      expect(await comesUp(profile), `step ${at} of ${steps}`).toBe(200);
      expect(schemaOf(profile), `step ${at} of ${steps}`).toEqual(schemaOf(whole));
    }
  });
  it('in a migration: nothing is lost, and every backup is whole', async () => {
    const whole = oldProfile();
    const steps = await stepsOf(whole);
    expect(read(join(whole, 'parrilla.db'), rowsOf)).toEqual(ROWS);
    for (const at of ['backup' as const, ...some(steps, 7)]) {
      const profile = oldProfile();
      expect(await dieAt(profile, at), `step ${at} of ${steps}`).toBe('SIGKILL');
      expect(await comesUp(profile), `step ${at} of ${steps}`).toBe(200);
      expect(schemaOf(profile), `step ${at} of ${steps}`).toEqual(schemaOf(whole));
      expect(read(join(profile, 'parrilla.db'), rowsOf), `step ${at} of ${steps}`).toEqual(ROWS);
      const backups = readdirSync(profile).filter((name) => name.startsWith('backup-'));
      expect(backups.length, `step ${at} of ${steps}`).toBeGreaterThan(0);
      for (const name of backups) {
        expect(name).toMatch(/^backup-v\d+-\d+\.db$/);
        const path = join(profile, name);
        expect(read(path, (db) => [db.pragma('integrity_check', { simple: true }), db.prepare('SELECT text FROM publications').all()]), `${name}, step ${at}`).toEqual(['ok', [{ text: 'Sigue aquí' }]]);
      }
    }
    expect(SCHEMA_VERSION).toBe(read(join(whole, 'parrilla.db'), (db) => db.pragma('user_version', { simple: true })));
  });
  it('while a copy is put in place: the next start has what the copy has, and the old file is kept', async () => {
    const wishing = (): string => {
      const profile = oldProfile();
      renameSync(join(profile, 'parrilla.db'), join(profile, 'backup-v20-1000.db'));
      const db = new Database(join(profile, 'parrilla.db'));
      for (const step of MIGRATIONS) db.exec(step.sql);
      db.pragma(`user_version = ${SCHEMA_VERSION}`);
      db.exec("INSERT INTO settings (key, value) VALUES ('mine', '1')");
      db.close();
      writeFileSync(join(profile, 'restore.json'), '{"name":"backup-v20-1000.db"}');
      return profile;
    };
    const whole = wishing();
    const steps = await stepsOf(whole);
    expect(read(join(whole, 'parrilla.db'), rowsOf)).toEqual(ROWS);
    for (const at of some(steps, 9)) {
      const profile = wishing();
      expect(await dieAt(profile, at), `step ${at} of ${steps}`).toBe('SIGKILL');
      expect(await comesUp(profile), `step ${at} of ${steps}`).toBe(200);
      expect(read(join(profile, 'parrilla.db'), rowsOf), `step ${at} of ${steps}`).toEqual(ROWS);
      const kept = readdirSync(profile).filter((name) => /^(parrilla-lost|backup-v\d+)-.*\.db$/.test(name)).map((name) => join(profile, name));
      expect(kept.filter((path) => read(path, (db) => db.prepare("SELECT 1 FROM settings WHERE key = 'mine'").get() !== undefined)), `step ${at} of ${steps}`).toHaveLength(1);
      expect(existsSync(join(profile, 'restore.json'))).toBe(false);
    }
  });
});
