import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { evidenceSchema } from '../../../../shared/contract/publications.ts';
import { type Db, defineStatements } from '../../db/db.ts';

const q = defineStatements('attempts', {
  begin: `INSERT INTO publication_attempts (id, publication_id, part, started_at, due_at, boot_id, text_hash, newest_own_id)
    VALUES (:id, :publicationId, :part, :now, :dueAt, :bootId, :textHash, :newestOwnId)`,
  end: `UPDATE publication_attempts SET ended_at = :now, outcome = :outcome, status = :status, error_code = :errorCode, next_look_at = :nextLookAt,
    remote_id = :remoteId, limits = :limits WHERE id = :id`,
  look: 'UPDATE publication_attempts SET looks = :looks, next_look_at = :nextLookAt WHERE id = :id',
  evidence: 'UPDATE publication_attempts SET evidence = :evidence WHERE id = :id',
  list: 'SELECT * FROM publication_attempts WHERE publication_id = :id ORDER BY started_at, rowid',
});
const limitsSchema = z.record(z.string(), z.string());
const rowSchema = z.object({
  id: z.string(), publication_id: z.string(), part: z.number(), started_at: z.number(), ended_at: z.number().nullable(), due_at: z.number().nullable(), outcome: z.string().nullable(),
  status: z.number().nullable(), error_code: z.string().nullable(), newest_own_id: z.string().nullable(), looks: z.number(), next_look_at: z.number().nullable(),
  remote_id: z.string().nullable(), limits: z.string().nullable(), evidence: z.string().nullable(), boot_id: z.string(),
});

export type Evidence = z.infer<typeof evidenceSchema>;
export interface Attempt {
  id: string;
  publicationId: string;
  /** Part of the thread, from 0. */
  part: number;
  startedAt: number;
  endedAt: number | null;
  dueAt: number | null;
  outcome: string | null;
  status: number | null;
  errorCode: string | null;
  newestOwnId: string | null;
  looks: number;
  nextLookAt: number | null;
  remoteId: string | null;
  limits: Record<string, string>;
  evidence: Evidence | null;
  bootId: string;
}

/** The black box (ARCHITECTURE §7): a row per create that was begun, ended once, never deleted; triggers of the schema hold that. */
export class AttemptsRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  begin(publicationId: string, more: { part: number; dueAt: number | null; bootId: string; textHash: string; newestOwnId: string | null }, now: number): string {
    const id = randomUUID();
    this.db.run(q.begin, { id, publicationId, now, ...more });
    return id;
  }
  end(id: string, end: { outcome: string; status: number | null; errorCode: string | null; nextLookAt?: number | null; remoteId?: string | null; limits?: Record<string, string> | undefined }, now: number): void {
    const { outcome, status, errorCode } = end;
    this.db.run(q.end, { id, now, outcome, status, errorCode, nextLookAt: end.nextLookAt ?? null, remoteId: end.remoteId ?? null, limits: end.limits ? JSON.stringify(end.limits) : null });
  }
  noteLook(id: string, looks: number, nextLookAt: number | null): void {
    this.db.run(q.look, { id, looks, nextLookAt });
  }
  noteEvidence(id: string, evidence: Evidence): void {
    this.db.run(q.evidence, { id, evidence: JSON.stringify(evidence) });
  }
  list(publicationId: string): Attempt[] {
    return this.db.all(q.list, { id: publicationId }).map((raw) => {
      const row = rowSchema.parse(raw);
      return {
        id: row.id, publicationId: row.publication_id, part: row.part, startedAt: row.started_at, endedAt: row.ended_at, dueAt: row.due_at, outcome: row.outcome, status: row.status, errorCode: row.error_code,
        newestOwnId: row.newest_own_id, looks: row.looks, nextLookAt: row.next_look_at, remoteId: row.remote_id, bootId: row.boot_id,
        limits: row.limits === null ? {} : limitsSchema.parse(JSON.parse(row.limits)), evidence: row.evidence === null ? null : evidenceSchema.parse(JSON.parse(row.evidence)),
      };
    });
  }
}
