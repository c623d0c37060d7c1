import type Database from 'better-sqlite3';
import type { Log } from '../ports.ts';

export type Row = Record<string, unknown>;
export type Statement = Database.Statement<unknown[], Row>;

/** A synchronous call longer than this is logged, ms (ARCHITECTURE §6). */
const SLOW_MS = 40;

/** Every statement of every repository, so that one test can prepare them all. */
const registry = new Map<string, Record<string, string>>();

/** Names a repository's hand-written statements. Values are plain SQL; parameters are bound, never spliced. */
export function defineStatements<T extends Record<string, string>>(repository: string, statements: T): T {
  registry.set(repository, statements);
  return statements;
}
export function allStatements(): ReadonlyMap<string, Record<string, string>> {
  return registry;
}

/** One open database: prepares each statement once. better-sqlite3 is synchronous, so nothing interleaves in `tx`. */
export class Db {
  readonly raw: Database.Database;
  private readonly prepared = new Map<string, Statement>();
  private readonly log: Log;
  constructor(raw: Database.Database, log: Log) {
    this.raw = raw;
    this.log = log;
  }
  private statement(sql: string): Statement {
    let found = this.prepared.get(sql);
    if (!found) {
      found = this.raw.prepare<unknown[], Row>(sql);
      this.prepared.set(sql, found);
    }
    return found;
  }
  private timed<T>(sql: string, run: () => T): T {
    const start = performance.now();
    const value = run();
    const took = performance.now() - start;
    if (took > SLOW_MS) this.log.warn('slow statement', { ms: Math.round(took), sql: sql.trim().slice(0, 120) });
    return value;
  }
  /** Parameters: one object of named (`:name`) values. */
  all(sql: string, params: Row = {}): Row[] {
    return this.timed(sql, () => this.statement(sql).all(params));
  }
  get(sql: string, params: Row = {}): Row | undefined {
    return this.timed(sql, () => this.statement(sql).get(params));
  }
  run(sql: string, params: Row = {}): { changes: number; lastInsertRowid: number } {
    const result = this.timed(sql, () => this.statement(sql).run(params));
    return { changes: result.changes, lastInsertRowid: Number(result.lastInsertRowid) };
  }
  /** One transaction (BEGIN IMMEDIATE); a nested call joins it as a savepoint. */
  tx<T>(run: () => T): T {
    return this.raw.transaction(run).immediate();
  }
  close(): void {
    this.raw.close();
  }
}
