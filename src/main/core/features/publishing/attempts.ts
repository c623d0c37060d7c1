import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { evidenceSchema } from '../../../../shared/contract/publications.ts';
import { ATTEMPT_OUTCOMES, type AttemptFacts, type AttemptOutcome, DOUBTFUL } from '../../../../shared/domain/publicationAttempt.ts';
import { type Db, defineStatements } from '../../db/db.ts';

const q = defineStatements('attempts', {
  start: `INSERT INTO attempt_starts (id, publication_id, account_id, part, started_at, due_at, boot_id, text_hash, reply_to_id, media_count, id_floor, asked_by)
    VALUES (:id, :publicationId, :accountId, :part, :now, :dueAt, :bootId, :textHash, :replyToId, :mediaCount, :idFloor, :askedBy)`,
  watch: 'INSERT INTO attempt_looks (attempt_id, account_id) VALUES (:id, :accountId)',
  end: 'INSERT INTO attempt_ends (attempt_id, ended_at, outcome, status, error_code, remote_id, limits) VALUES (:id, :now, :outcome, :status, :errorCode, :remoteId, :limits)',
  look: 'UPDATE attempt_looks SET looks = :looks, next_look_at = :nextLookAt WHERE attempt_id = :id',
  evidence: 'UPDATE attempt_looks SET evidence = :evidence WHERE attempt_id = :id',
  settle: 'UPDATE attempt_looks SET settled_at = :now, next_look_at = NULL WHERE attempt_id = :id AND settled_at IS NULL',
  waive: 'UPDATE attempt_looks SET waived_at = :now WHERE settled_at IS NULL AND waived_at IS NULL AND attempt_id IN (SELECT id FROM attempt_starts WHERE publication_id = :publicationId)',
  list: 'SELECT * FROM publication_attempts WHERE publication_id = :id ORDER BY position',
  open: 'SELECT * FROM publication_attempts WHERE id IN (SELECT attempt_id FROM attempt_looks WHERE account_id = :accountId AND settled_at IS NULL) ORDER BY position',
});
const limitsSchema = z.record(z.string(), z.string());
const rowSchema = z.object({
  id: z.string(), publication_id: z.string(), account_id: z.string(), part: z.number(), started_at: z.number(), due_at: z.number().nullable(), boot_id: z.string(), text_hash: z.string(),
  reply_to_id: z.string().nullable(), media_count: z.number(), id_floor: z.string().nullable(), asked_by: z.enum(['user', 'scheduler']),
  ended_at: z.number().nullable(), outcome: z.enum(ATTEMPT_OUTCOMES).nullable(), status: z.number().nullable(), error_code: z.string().nullable(), remote_id: z.string().nullable(), limits: z.string().nullable(),
  looks: z.number(), next_look_at: z.number().nullable(), waived_at: z.number().nullable(), settled_at: z.number().nullable(), evidence: z.string().nullable(),
});

export type Evidence = z.infer<typeof evidenceSchema>;
/** What is written before a create, PUBLISHING 3. */
export interface AttemptStart {
  publicationId: string;
  accountId: string;
  /** Part of the thread, from 0. */
  part: number;
  dueAt: number | null;
  bootId: string;
  /** SHA-256 of the normalised text. */
  textHash: string;
  replyToId: string | null;
  mediaCount: number;
  /** Newest own post before the oldest unsettled attempt: what this one made is newer. */
  idFloor: string | null;
  askedBy: 'user' | 'scheduler';
}
export interface AttemptEnd {
  outcome: AttemptOutcome;
  status: number | null;
  errorCode: string | null;
  nextLookAt?: number | null;
  remoteId?: string | null;
  limits?: Record<string, string> | undefined;
}
export interface Attempt extends AttemptStart, AttemptFacts {
  id: string;
  startedAt: number;
  endedAt: number | null;
  status: number | null;
  errorCode: string | null;
  looks: number;
  nextLookAt: number | null;
  remoteId: string | null;
  limits: Record<string, string>;
  evidence: Evidence | null;
}

function fromRow(raw: unknown): Attempt {
  const row = rowSchema.parse(raw);
  return {
    id: row.id, publicationId: row.publication_id, accountId: row.account_id, part: row.part, startedAt: row.started_at, dueAt: row.due_at, bootId: row.boot_id, textHash: row.text_hash,
    replyToId: row.reply_to_id, mediaCount: row.media_count, idFloor: row.id_floor, askedBy: row.asked_by,
    endedAt: row.ended_at, outcome: row.outcome, status: row.status, errorCode: row.error_code, remoteId: row.remote_id, limits: row.limits === null ? {} : limitsSchema.parse(JSON.parse(row.limits)),
    looks: row.looks, nextLookAt: row.next_look_at, waived: row.waived_at !== null, settled: row.settled_at !== null,
    evidence: row.evidence === null ? null : evidenceSchema.parse(JSON.parse(row.evidence)),
  };
}

/** The black box (PUBLISHING 2): a row where a create begins and one where it ends, neither changed nor deleted; triggers of the schema hold that. */
export class AttemptsRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  begin(start: AttemptStart, now: number): string {
    const id = randomUUID();
    this.db.run(q.start, { id, now, ...start });
    this.db.run(q.watch, { id, accountId: start.accountId });
    return id;
  }
  /** In the transaction that writes the publication's new state. */
  end(id: string, end: AttemptEnd, now: number): void {
    const { outcome, status, errorCode } = end;
    this.db.run(q.end, { id, now, outcome, status, errorCode, remoteId: end.remoteId ?? null, limits: end.limits ? JSON.stringify(end.limits) : null });
    if (DOUBTFUL.has(outcome)) this.noteLook(id, 0, end.nextLookAt ?? null);
    else this.settle(id, now);
  }
  noteLook(id: string, looks: number, nextLookAt: number | null): void {
    this.db.run(q.look, { id, looks, nextLookAt });
  }
  noteEvidence(id: string, evidence: Evidence): void {
    this.db.run(q.evidence, { id, evidence: JSON.stringify(evidence) });
  }
  /** It is known by now what it left on the network. */
  settle(id: string, now: number): void {
    this.db.run(q.settle, { id, now });
  }
  /** The user sends again in spite of what is in doubt; it is still watched for. */
  waive(publicationId: string, now: number): void {
    this.db.run(q.waive, { publicationId, now });
  }
  list(publicationId: string): Attempt[] {
    return this.db.all(q.list, { id: publicationId }).map(fromRow);
  }
  /** Those of an account that may have left a post nobody knows of, oldest first. */
  unsettled(accountId: string): Attempt[] {
    return this.db.all(q.open, { accountId }).map(fromRow);
  }
}
