import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import '../../src/main/core/app.ts';
import { allStatements } from '../../src/main/core/db/db.ts';
import { migrate, MIGRATIONS } from '../../src/main/core/db/migrate.ts';
import { openDatabase } from '../../src/main/core/db/open.ts';
import { SCHEMA_VERSION } from '../../src/main/core/db/version.ts';
import { PEOPLE_SQL } from '../../src/main/core/features/columns/peopleRepository.ts';
import { MARKS_SQL } from '../../src/main/core/features/inbox/repository.ts';
import { FIND_SQL, PAGE_SQL, SCAN_SQL } from '../../src/main/core/features/columns/postsRepository.ts';
import { silentLog, tempProfile } from '../support/memoryPorts.ts';

const root = join(import.meta.dirname, '..', '..');
const fresh = (): ReturnType<typeof openDatabase> => openDatabase({ path: join(tempProfile(), 'parrilla.db'), log: silentLog, now: 1 });
/** Landed migrations never change: profiles out there have run them as they are. */
const HASHES: Record<number, string> = { 10: 'd63d13c91862fd37da22a77c03cb866157b1a738429c68a57a538cb75feae3ce', 20: '78fbf98c75d56435317234ebff40fc0ed81b7a0a9a8440890e28cfa80fc70c35', 30: '89f3dc98b76e6798f83225dbb14dd60d7838ac29bcc51b7362c9fc60a4e1c822', 40: 'a6816bb72de68c45133bfce0652d2e6d8c52b86ac80d17a6042ade372d5fe147', 50: '7d919e740baca64b6843390c333c5450ad436c02bbead130fe068e48084fe2d2', 60: '630efb01db4ad52bfd011f6570deb1f7392c35ff8efe98b3e75df82bea357767', 80: '70186fb3751a0ac9465ef86724e872cf71ca892b13d7811798f8cbcbf716646a', 90: '97208a97cdfecb59e3c39912e8a1f100d30d205fad1adf10e8c76e546dcc7aa9', 100: '7ace9da6443c36f73f0d66f4b32ba2b7bc4d735ffe6a01a30d2403e486f4e5e3', 110: '0f2fca105d440c09ef474c988adfabcdeb2cce555fa810a78dde32582a44b1c7', 120: 'e14074df7233ddad862bc1e5a0d247e8c3afcbe2cf33ef16e1f616ddc15f4d48', 130: '3a5ecab66ed98ea56db56ac3cab7e8fc578f9bc43b9a414b94d847c17c1507b4', 140: 'fe58a577bd9914e30851173a5cc516a37309c6540746a01ffc680ffb44e12bf6', 150: '41943629fc402ca79093c65e70b935ead80c938b2c532199f7279578e39703f9', 160: '75a4b8723e12e63f5c99f13d07b264ea50e7e15e12f6b4d0330a2db9db9b4951', 170: 'deb3d589241d20a8b42bc4b72052302054db5399ecc756367d7845a6cd715996' };

describe('the database', () => {
  it('prepares every statement of every repository', () => {
    const db = fresh();
    let count = 0;
    for (const [repository, statements] of allStatements()) {
      for (const [name, sql] of Object.entries(statements)) {
        expect(() => db.raw.prepare(sql), `${repository}.${name}`).not.toThrow();
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(60);
    db.close();
  });
  it('has migrations that stay as they landed', () => {
    for (const { to, sql } of MIGRATIONS) expect(createHash('sha256').update(sql).digest('hex'), `migration ${to}`).toBe(HASHES[to]);
  });
  it('is what schema.sql says', () => {
    const db = fresh();
    const dump = `${(db.all("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'posts_fts_%' OR type = 'trigger' ORDER BY type DESC, name") as { sql: string }[]).map((row) => `${row.sql};`).join('\n')}\n`;
    const path = join(root, 'src', 'main', 'core', 'db', 'schema.sql');
    if (process.env['UPDATE_SCHEMA'] || !existsSync(path)) writeFileSync(path, dump);
    expect(readFileSync(path, 'utf8')).toBe(dump);
    db.close();
  });
  it('keeps its promises: strict tables, foreign keys, full sync', () => {
    const db = fresh();
    expect(db.raw.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.raw.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.raw.pragma('journal_mode', { simple: true })).toBe('wal');
    const loose = (db.all('PRAGMA table_list') as { name: string; strict: number; type: string; schema: string }[]).filter((table) => table.schema === 'main' && table.type === 'table' && table.strict === 0 && !table.name.startsWith('sqlite_'));
    expect(loose.map((table) => table.name)).toEqual([]);
    db.close();
  });
  it('backs up before it migrates, and keeps three', () => {
    const profile = tempProfile();
    const path = join(profile, 'old.db');
    const db = new Database(path);
    db.exec("CREATE TABLE kept (x TEXT); INSERT INTO kept VALUES ('still here');");
    for (let i = 0; i < 5; i += 1) {
      db.pragma('user_version = 5');
      for (const row of db.prepare("SELECT name, type FROM sqlite_schema WHERE name <> 'kept' AND type IN ('trigger','table','view') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'posts_fts_%'").all() as { name: string; type: string }[]) {
        db.pragma('foreign_keys = OFF');
        if (row.type !== 'trigger') db.exec(`DROP ${row.type} "${row.name}"`);
      }
      const result = migrate(db, path, 1000 + i);
      expect(result.backup).toBe(`backup-v5-${1000 + i}.db`);
    }
    expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    expect(readdirSync(profile).filter((name) => name.startsWith('backup-'))).toEqual(['backup-v5-1002.db', 'backup-v5-1003.db', 'backup-v5-1004.db']);
    const copy = new Database(join(profile, 'backup-v5-1004.db'), { readonly: true });
    expect(copy.prepare('SELECT x FROM kept').get()).toEqual({ x: 'still here' });
    copy.close();
    db.close();
  });
  it('keeps the rows of a profile of each version before', () => {
    const path = join(tempProfile(), 'before.db');
    const db = new Database(path);
    db.pragma('foreign_keys = ON');
    for (const step of MIGRATIONS.filter((each) => each.to <= 20)) db.exec(step.sql);
    db.pragma('user_version = 20');
    db.exec("INSERT INTO publications (id, account_id, state, text, tier, zone, due_at, revision, created_at, updated_at) VALUES ('p', 'a', 'scheduled', 'Sigue aquí', 'premium', 'UTC', 5, 3, 1, 1)");
    db.exec("INSERT INTO publication_history (publication_id, at, event, from_state, to_state, boot_id) VALUES ('p', 1, 'schedule', 'draft', 'scheduled', 'b')");
    // What hangs on a table that is made anew stays: columns, their posts, their gaps.
    db.exec("INSERT INTO accounts (id, network, origin, remote_id, username, name, role, auth, policy, zone, url_rules, max_weighted, created_at, via) VALUES ('a', 'practice', 'practice', '1', 'u', 'U', 'brand', 'oauth1', '{}', 'UTC', '[]', 280, 1, 'api')");
    db.exec("INSERT INTO sources (id, account_id, kind, newest_id) VALUES (7, 'a', 'home', '9')");
    db.exec("INSERT INTO posts (pk, origin, id, author_id, created_at, text, payload, edited, fetched_at) VALUES (3, 'practice', '9', '1', 1, 'hola', '{}', 0, 1)");
    db.exec('INSERT INTO source_posts (source_id, sort_id, post_pk) VALUES (7, 9, 3)');
    db.exec("INSERT INTO columns (id, account_id, source_id, position, width, created_at) VALUES ('c', 'a', 7, 0, 340, 1)");
    db.exec("INSERT INTO gaps (id, source_id, before_id, after_id, estimate) VALUES ('g', 7, 9, 2, 4)");
    db.exec("INSERT INTO publications (id, account_id, state, text, tier, zone, due_at, target_id, kind, revision, created_at, updated_at) VALUES ('u', 'a', 'unknown', 'Duda', 'free', 'UTC', 5, '77', 'reply', 3, 1, 1), ('s', 'a', 'sending', 'Va', 'free', 'UTC', 5, NULL, 'post', 3, 1, 1)");
    db.exec("INSERT INTO publication_attempts (id, publication_id, started_at, ended_at, outcome, status, boot_id, text_hash, newest_own_id, looks, next_look_at) VALUES ('a1', 'u', 10, 11, 'rate_limited', 429, 'b', 'h', '5', 0, NULL), ('a2', 'u', 20, 21, 'ambiguous', NULL, 'b', 'h', '6', 1, 60), ('a3', 's', 30, NULL, NULL, NULL, 'b', 'h2', NULL, 0, NULL)");
    expect(migrate(db, path, 2000)).toEqual({ from: 20, backup: 'backup-v20-2000.db' });
    expect(db.prepare('SELECT id, text, due_at, revision, place FROM publications').all()).toContainEqual({ id: 'p', text: 'Sigue aquí', due_at: 5, revision: 3, place: null });
    // An attempt is two rows by now; what was in doubt still is, and what was on the wire is known to be.
    expect(db.prepare('SELECT id, outcome, status, reply_to_id, id_floor, looks, next_look_at, settled_at FROM publication_attempts ORDER BY id').all()).toEqual([
      { id: 'a1', outcome: 'rate_limited', status: 429, reply_to_id: '77', id_floor: '5', looks: 0, next_look_at: null, settled_at: 11 },
      { id: 'a2', outcome: 'ambiguous', status: null, reply_to_id: '77', id_floor: '6', looks: 1, next_look_at: 60, settled_at: null },
      { id: 'a3', outcome: null, status: null, reply_to_id: null, id_floor: null, looks: 0, next_look_at: null, settled_at: null },
    ]);
    expect(db.prepare('SELECT id, begun FROM publications ORDER BY id').all()).toEqual([{ id: 'p', begun: 0 }, { id: 's', begun: 1 }, { id: 'u', begun: 0 }]);
    const count = (table: string): unknown => db.prepare(`SELECT count(*) AS n FROM ${table}`).get();
    for (const table of ['publication_history', 'sources', 'source_posts', 'columns', 'gaps']) expect(count(table), table).toEqual({ n: 1 });
    expect(count('templates')).toEqual({ n: 0 });
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    db.exec("INSERT INTO sources (account_id, kind) VALUES ('a', 'scheduled')");
    db.exec("DELETE FROM accounts WHERE id = 'a'");
    expect(count('columns')).toEqual({ n: 0 });
    db.close();
  });
  it('keeps items with their texts and shares where their table is made anew', () => {
    const path = join(tempProfile(), 'before.db');
    const db = new Database(path);
    for (const step of MIGRATIONS.filter((each) => each.to <= 120)) db.exec(step.sql);
    db.pragma('user_version = 120');
    db.pragma('foreign_keys = ON');
    db.exec("INSERT INTO accounts (id, network, origin, remote_id, username, name, role, auth, policy, zone, url_rules, max_weighted, created_at, via) VALUES ('a', 'practice', 'practice', '1', 'u', 'U', 'brand', 'oauth1', '{}', 'UTC', '[]', 280, 1, 'api')");
    db.exec("INSERT INTO items (id, account_id, title, url, canonical, summary, theme, tier, rest_days, notes, source_kind, source_name, revision, created_at, updated_at) VALUES ('i', 'a', 'Cierre', 'https://e.com/a', 'https://e.com/a', '', 't', 'free', 30, 'n', 'csv', 'f.csv', 4, 1, 2)");
    db.exec("INSERT INTO item_variants (id, item_id, position, text) VALUES ('v', 'i', 0, 'Un texto')");
    db.exec("INSERT INTO publications (id, account_id, state, text, tier, zone, revision, created_at, updated_at) VALUES ('p', 'a', 'draft', 't', 'free', 'UTC', 1, 1, 1)");
    db.exec("INSERT INTO item_posts (publication_id, item_id, variant_id, by_link) VALUES ('p', 'i', 'v', 0)");
    expect(migrate(db, path, 2000)).toMatchObject({ from: 120 });
    expect(db.prepare('SELECT title, source_kind, source_name, revision, notes FROM items').all()).toEqual([{ title: 'Cierre', source_kind: 'csv', source_name: 'f.csv', revision: 4, notes: 'n' }]);
    const count = (table: string): unknown => db.prepare(`SELECT count(*) AS n FROM ${table}`).get();
    for (const table of ['item_variants', 'item_posts']) expect(count(table), table).toEqual({ n: 1 });
    db.exec("UPDATE items SET source_kind = 'feed'");
    expect(() => db.exec("INSERT INTO items SELECT 'j', account_id, title, url, canonical, summary, theme, tier, published_on, expires_on, evergreen, rest_days, notes, source_kind, source_name, revision, created_at, updated_at, deleted_at FROM items")).toThrow('UNIQUE');
    db.exec("DELETE FROM items WHERE id = 'i'");
    for (const table of ['item_variants', 'item_posts']) expect(count(table), table).toEqual({ n: 0 });
    db.close();
  });
  it('opens a column by its index, filtered or not, and finds words without accents', () => {
    const db = fresh();
    const planOf = (sql: string): string => (db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all({ sourceId: 1, before: '1', limit: 50, accountId: 'a', origin: 'o', match: '"x"', personId: '1', me: '2', conversation: '3', ids: '["1"]' }) as { detail: string }[]).map((row) => row.detail).join('\n');
    for (const sql of [PAGE_SQL, SCAN_SQL]) {
      expect(planOf(sql)).toContain('SEARCH sp USING PRIMARY KEY');
      expect(planOf(sql)).not.toMatch(/SCAN|TEMP B-TREE/);
    }
    // The search gives its rows newest first by itself: nothing is sorted, and what it joins is found by key.
    expect(planOf(FIND_SQL)).toMatch(/SCAN posts_fts VIRTUAL TABLE/);
    expect(planOf(FIND_SQL)).toContain('SEARCH p USING INTEGER PRIMARY KEY');
    expect(planOf(FIND_SQL)).not.toMatch(/TEMP B-TREE|AUTOMATIC|SCAN (p|u|o|ou|qp|mine|x|y)\b/);
    for (const [name, sql] of Object.entries(PEOPLE_SQL)) {
      expect(planOf(sql), name).toContain(name === 'conversation' ? 'USING INDEX posts_conversation' : 'USING INDEX posts_author');
      expect(planOf(sql), name).not.toMatch(/SCAN|TEMP B-TREE/);
    }
    // The chips of a column's cards: only the list of the page's ids is gone through, everything else is found by key.
    for (const [name, sql] of Object.entries(MARKS_SQL)) {
      expect(planOf(sql), name).toContain(name === 'marks' ? 'SEARCH m USING INDEX case_messages_post' : 'SEARCH c EXISTS USING COVERING INDEX cases_person');
      expect(planOf(sql).replace(/SCAN w VIRTUAL TABLE/, ''), name).not.toMatch(/SCAN|TEMP B-TREE|AUTOMATIC/);
    }
    db.run("INSERT INTO posts (origin, id, author_id, created_at, text, payload, edited, fetched_at) VALUES ('o', '1', 'a', 1, 'El Camión azul', '{}', 0, 1)");
    expect(db.all("SELECT rowid FROM posts_fts WHERE posts_fts MATCH '\"camion\"'")).toHaveLength(1);
    db.close();
  });
  it('never lets an attempt vanish or end twice', () => {
    const db = fresh();
    db.run("INSERT INTO publications (id, account_id, state, text, tier, zone, revision, created_at, updated_at) VALUES ('p', 'a', 'draft', 't', 'free', 'UTC', 1, 1, 1)");
    db.run("INSERT INTO attempt_starts (id, publication_id, account_id, part, started_at, boot_id, text_hash, media_count, asked_by) VALUES ('x', 'p', 'a', 0, 1, 'b', 'h', 0, 'user')");
    db.run("INSERT INTO attempt_ends (attempt_id, ended_at, outcome) VALUES ('x', 2, 'accepted')");
    expect(() => db.run("INSERT INTO attempt_ends (attempt_id, ended_at, outcome) VALUES ('x', 3, 'refused')")).toThrow('UNIQUE');
    for (const table of ['attempt_starts', 'attempt_ends']) {
      expect(() => db.run(`DELETE FROM ${table}`)).toThrow('append-only');
      expect(() => db.run(`UPDATE ${table} SET rowid = 9`)).toThrow('append-only');
    }
    expect(db.all('SELECT part, outcome, ended_at FROM publication_attempts')).toEqual([{ part: 0, outcome: 'accepted', ended_at: 2 }]);
    db.close();
  });
});
