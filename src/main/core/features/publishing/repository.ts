import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import { pollSchema, PUBLICATION_KINDS, publicationSchema } from '../../../../shared/contract/publications.ts';
import { type PublicationEvent, transition } from '../../../../shared/domain/publication.ts';
import { HELD_REASONS, PUBLICATION_STATES, type PublicationState } from '../../../../shared/domain/types.ts';
import { type Db, defineStatements } from '../../db/db.ts';

const q = defineStatements('publications', {
  insert: `INSERT INTO publications (id, account_id, state, kind, text, tier, tier_reason, wall, zone, due_at, reason_code, reason_params, poll, target_id, target_name, via, counts, revision, created_at, updated_at)
    VALUES (:id, :accountId, :state, :kind, :text, :tier, :tierReason, :wall, :zone, :dueAt, :reasonCode, :reasonParams, :poll, :targetId, :targetName, :via, :counts, 1, :now, :now)`,
  get: 'SELECT * FROM publications WHERE id = :id AND deleted_at IS NULL',
  list: `SELECT * FROM publications WHERE deleted_at IS NULL AND (:accountId IS NULL OR account_id = :accountId)
    AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))
    AND (:from IS NULL OR coalesce(sent_at, due_at) >= :from) AND (:to IS NULL OR coalesce(sent_at, due_at) < :to)
    ORDER BY coalesce(sent_at, due_at), created_at, id LIMIT :limit`,
  inState: 'SELECT * FROM publications WHERE deleted_at IS NULL AND state = :state ORDER BY due_at, id',
  write: `UPDATE publications SET state = :state, held_reason = :heldReason, text = :text, tier = :tier, tier_reason = :tierReason, wall = :wall, zone = :zone, due_at = :dueAt,
    next_try_at = :nextTryAt, place = :place, sent_at = :sentAt, remote_id = :remoteId, override_reason = :overrideReason, late = :late, reason_code = :reasonCode, reason_params = :reasonParams,
    deleted_at = :deletedAt, poll = :poll, via = :via, removed_at = :removedAt, revision = revision + 1, updated_at = :now WHERE id = :id`,
  media: 'SELECT part, media_id, alt, remote_media_id, expires_at FROM publication_media WHERE publication_id = :id ORDER BY part, position',
  dropMedia: 'DELETE FROM publication_media WHERE publication_id = :id',
  addMedia: `INSERT INTO publication_media (publication_id, part, position, media_id, alt, remote_media_id, expires_at)
    VALUES (:id, :part, :position, :mediaId, :alt, :remoteMediaId, :expiresAt)`,
  noteUpload: 'UPDATE publication_media SET remote_media_id = :remoteMediaId, expires_at = :expiresAt WHERE publication_id = :id AND part = :part AND media_id = :mediaId AND alt = :alt',
  parts: 'SELECT position, text, remote_id, sent_at FROM publication_parts WHERE publication_id = :id ORDER BY position',
  dropParts: 'DELETE FROM publication_parts WHERE publication_id = :id',
  addPart: 'INSERT INTO publication_parts (publication_id, position, account_id, text, remote_id, sent_at) VALUES (:id, :position, :accountId, :text, :remoteId, :sentAt)',
  partSent: 'UPDATE publication_parts SET remote_id = :remoteId, sent_at = :sentAt WHERE publication_id = :id AND position = :position',
  note: `INSERT INTO publication_history (publication_id, at, event, from_state, to_state, boot_id, reason_code) VALUES (:id, :now, :event, :from, :to, :bootId, :reason)`,
  noted: 'SELECT 1 AS noted FROM publication_history WHERE publication_id = :id AND event = :event',
  history: 'SELECT at, event, from_state, to_state, boot_id, reason_code FROM publication_history WHERE publication_id = :id ORDER BY id',
  due: `SELECT * FROM (SELECT * FROM publications WHERE deleted_at IS NULL AND state = 'scheduled' AND due_at <= :now
    UNION ALL SELECT * FROM publications WHERE deleted_at IS NULL AND state = 'retry_wait' AND coalesce(next_try_at, due_at) <= :now) ORDER BY due_at, coalesce(place, id), id`,
  upcoming: "SELECT due_at FROM publications WHERE deleted_at IS NULL AND state = 'scheduled' AND due_at >= :from AND due_at < :to ORDER BY due_at",
  nextTimes: `SELECT (SELECT min(due_at) FROM publications WHERE state = 'scheduled' AND deleted_at IS NULL) AS due,
    (SELECT min(next_try_at) FROM publications WHERE state = 'retry_wait' AND deleted_at IS NULL) AS retry,
    (SELECT min(a.next_look_at) FROM publication_attempts a JOIN publications p ON p.id = a.publication_id WHERE p.state = 'unknown') AS look`,
  newestRemote: `SELECT remote_id FROM (SELECT remote_id FROM publications WHERE account_id = :accountId AND remote_id IS NOT NULL UNION ALL
    SELECT remote_id FROM publication_parts WHERE account_id = :accountId AND remote_id IS NOT NULL) ORDER BY length(remote_id) DESC, remote_id DESC LIMIT 1`,
  byRemote: `SELECT * FROM publications WHERE account_id = :accountId AND (remote_id = :remoteId OR id IN (SELECT publication_id FROM publication_parts WHERE account_id = :accountId AND remote_id = :remoteId))`,
  newestOwn: `SELECT newest_id FROM sources WHERE account_id = :accountId AND kind = 'own'`,
  claimed: `SELECT id FROM publications WHERE account_id = :accountId AND remote_id = :remoteId
    UNION ALL SELECT publication_id FROM publication_parts WHERE account_id = :accountId AND remote_id = :remoteId`,
});

const rowSchema = z.object({
  id: z.string(), account_id: z.string(), state: z.enum(PUBLICATION_STATES), held_reason: z.enum(HELD_REASONS).nullable(), text: z.string(), tier: z.string(), tier_reason: z.string().nullable(),
  wall: z.string().nullable(), zone: z.string(), due_at: z.number().nullable(), next_try_at: z.number().nullable(), sent_at: z.number().nullable(), remote_id: z.string().nullable(),
  override_reason: z.string().nullable(), late: z.number(), reason_code: z.string().nullable(), reason_params: z.string().nullable(), revision: z.number(),
  created_at: z.number(), updated_at: z.number(), deleted_at: z.number().nullable(),
  kind: z.enum(PUBLICATION_KINDS), poll: z.string().nullable(), target_id: z.string().nullable(), target_name: z.string().nullable(), via: z.enum(['api', 'handoff']), counts: z.number(), removed_at: z.number().nullable(), place: z.string().nullable(),
});
const partRow = z.object({ position: z.number(), text: z.string(), remote_id: z.string().nullable(), sent_at: z.number().nullable() });
const mediaRow = z.object({ part: z.number(), media_id: z.string(), alt: z.string(), remote_media_id: z.string().nullable(), expires_at: z.number().nullable() });
const historyRow = z.object({ at: z.number(), event: z.string(), from_state: z.string(), to_state: z.string(), boot_id: z.string(), reason_code: z.string().nullable() });
const reasonParams = publicationSchema.shape.reason.unwrap().shape.params;

export type Reason = z.infer<typeof publicationSchema.shape.reason>;
export type Poll = NonNullable<z.infer<typeof publicationSchema.shape.poll>>;
/** A part of a thread after the first, which is the publication itself. */
export interface Part {
  text: string;
  remoteId: string | null;
  sentAt: number | null;
}
export interface PartMedia {
  part: number;
  id: string;
  alt: string;
  /** The network's id of an upload that was not used yet, and when it ends, epoch ms. */
  remoteMediaId: string | null;
  expiresAt: number | null;
}
export interface StoredPublication {
  id: string;
  accountId: string;
  kind: (typeof PUBLICATION_KINDS)[number];
  poll: Poll | null;
  /** The post answered or reposted. */
  targetId: string | null;
  targetName: string | null;
  via: 'api' | 'handoff';
  /** A unit of the ratio (DOMAIN §2): replies and reposts of others are not. */
  counts: boolean;
  /** Deleted on the network, epoch ms. */
  removedAt: number | null;
  /** Orders it among posts of the same instant; null for its own id (RATIO 6). */
  place: string | null;
  state: PublicationState;
  heldReason: (typeof HELD_REASONS)[number] | null;
  text: string;
  tier: string;
  tierReason: string | null;
  wall: string | null;
  zone: string;
  dueAt: number | null;
  nextTryAt: number | null;
  sentAt: number | null;
  remoteId: string | null;
  overrideReason: string | null;
  late: boolean;
  reason: Reason;
  revision: number;
  createdAt: number;
  updatedAt: number;
  deletedAt: number | null;
}
/** What a publication says beyond its first text: later parts, and media by part. */
export interface Content {
  parts: readonly { text: string; remoteId?: string | null; sentAt?: number | null }[];
  media: readonly { part: number; id: string; alt: string }[];
}
/** Fields a change may carry beside its event. */
export type Patch = Partial<Omit<StoredPublication, 'id' | 'accountId' | 'state' | 'kind' | 'counts' | 'revision' | 'createdAt' | 'updatedAt'>>;

function fromRow(raw: unknown): StoredPublication {
  const row = rowSchema.parse(raw);
  return {
    id: row.id, accountId: row.account_id, state: row.state, heldReason: row.held_reason, text: row.text, tier: row.tier, tierReason: row.tier_reason, wall: row.wall, zone: row.zone,
    dueAt: row.due_at, nextTryAt: row.next_try_at, sentAt: row.sent_at, remoteId: row.remote_id, overrideReason: row.override_reason, late: row.late === 1,
    reason: row.reason_code === null ? null : { code: row.reason_code, params: reasonParams.parse(JSON.parse(row.reason_params ?? '{}')) },
    kind: row.kind, poll: row.poll === null ? null : pollSchema.parse(JSON.parse(row.poll)), targetId: row.target_id, targetName: row.target_name, via: row.via, counts: row.counts === 1, removedAt: row.removed_at, place: row.place,
    revision: row.revision, createdAt: row.created_at, updatedAt: row.updated_at, deletedAt: row.deleted_at,
  };
}

/** Publications and their attempts. State changes go through the table of DOMAIN §4 and nothing else. */
export class PublicationsRepository {
  private readonly db: Db;
  private readonly bootId: string;
  constructor(db: Db, bootId: string) {
    this.db = db;
    this.bootId = bootId;
  }
  create(input: { accountId: string; text: string; tier: string; tierReason: string | null; zone: string; wall?: string | null; dueAt?: number | null; state?: 'draft' | 'scheduled'; reason?: Reason; content?: Content; kind?: StoredPublication['kind']; poll?: Poll | null; targetId?: string | null; targetName?: string | null; via?: StoredPublication['via']; counts?: boolean; id?: string }, now: number): StoredPublication {
    const id = input.id ?? randomUUID();
    this.db.run(q.insert, {
      id, accountId: input.accountId, state: input.state ?? 'draft', text: input.text, tier: input.tier, tierReason: input.tierReason, wall: input.wall ?? null, zone: input.zone,
      dueAt: input.dueAt ?? null, reasonCode: input.reason?.code ?? null, reasonParams: input.reason ? JSON.stringify(input.reason.params) : null, now,
      kind: input.kind ?? 'post', poll: input.poll ? JSON.stringify(input.poll) : null, targetId: input.targetId ?? null, targetName: input.targetName ?? null, via: input.via ?? 'api', counts: input.counts === false ? 0 : 1,
    });
    if (input.content) this.setContent(id, input.content);
    return this.need(id);
  }
  find(id: string): StoredPublication | null {
    const row = this.db.get(q.get, { id });
    return row ? fromRow(row) : null;
  }
  /** Throws AppError `not_found`. */
  need(id: string): StoredPublication {
    const found = this.find(id);
    if (!found) throw new AppError('not_found', { what: 'publication' });
    return found;
  }
  list(filter: { accountId?: string | undefined; states?: readonly PublicationState[] | undefined; from?: number | undefined; to?: number | undefined; limit?: number | undefined }): StoredPublication[] {
    return this.db
      .all(q.list, { accountId: filter.accountId ?? null, states: filter.states ? JSON.stringify(filter.states) : null, from: filter.from ?? null, to: filter.to ?? null, limit: filter.limit ?? 5000 })
      .map(fromRow);
  }
  inState(state: PublicationState): StoredPublication[] {
    return this.db.all(q.inState, { state }).map(fromRow);
  }

  /** Carries out an event. Throws AppError `state_refused` when the table does not allow it. */
  apply(id: string, event: PublicationEvent, patch: Patch, now: number): StoredPublication {
    const before = this.need(id);
    const state = transition(before.state, event);
    if (state === null) throw new AppError('state_refused', { state: before.state, event: event.type });
    const after = this.write({ ...before, heldReason: null, nextTryAt: null, ...patch, state }, now);
    this.db.run(q.note, { id, now, event: event.type, from: before.state, to: state, bootId: this.bootId, reason: after.reason?.code ?? null });
    return after;
  }
  /** Changes fields and leaves the state as it is. */
  edit(id: string, patch: Patch, now: number): StoredPublication {
    return this.write({ ...this.need(id), ...patch }, now);
  }
  /** Writes something down in a publication's history beside its changes of state. */
  note(id: string, event: string, now: number): void {
    const { state, reason } = this.need(id);
    this.db.run(q.note, { id, now, event, from: state, to: state, bootId: this.bootId, reason: reason?.code ?? null });
  }
  hasNote(id: string, event: string): boolean {
    return this.db.get(q.noted, { id, event }) !== undefined;
  }
  /** Puts back rows as they were, for undo. Throws AppError `conflict` when one has changed since. */
  restore(rows: readonly { before: StoredPublication; revision: number; content: Content }[], now: number): void {
    this.db.tx(() => {
      for (const { before, revision, content } of rows) {
        const raw = this.db.get('SELECT * FROM publications WHERE id = :id', { id: before.id });
        const current = raw ? fromRow(raw) : null;
        if (!current || current.revision !== revision) throw new AppError('undo_gone');
        this.write(before, now);
        this.db.run(q.note, { id: before.id, now, event: 'undo', from: current.state, to: before.state, bootId: this.bootId, reason: null });
        this.setContent(before.id, content);
      }
    });
  }
  private write(row: StoredPublication, now: number): StoredPublication {
    this.db.run(q.write, {
      id: row.id, state: row.state, heldReason: row.heldReason, text: row.text, tier: row.tier, tierReason: row.tierReason, wall: row.wall, zone: row.zone, dueAt: row.dueAt, nextTryAt: row.nextTryAt,
      sentAt: row.sentAt, remoteId: row.remoteId, overrideReason: row.overrideReason, late: row.late ? 1 : 0, reasonCode: row.reason?.code ?? null,
      reasonParams: row.reason ? JSON.stringify(row.reason.params) : null, deletedAt: row.deletedAt, now,
      poll: row.poll ? JSON.stringify(row.poll) : null, via: row.via, removedAt: row.removedAt, place: row.place,
    });
    return { ...row, revision: row.revision + 1, updatedAt: now };
  }

  /** Media of every part, in order. */
  media(id: string): PartMedia[] {
    return this.db.all(q.media, { id }).map((raw) => {
      const row = mediaRow.parse(raw);
      return { part: row.part, id: row.media_id, alt: row.alt, remoteMediaId: row.remote_media_id, expiresAt: row.expires_at };
    });
  }
  parts(id: string): Part[] {
    return this.db.all(q.parts, { id }).map((raw) => {
      const row = partRow.parse(raw);
      return { text: row.text, remoteId: row.remote_id, sentAt: row.sent_at };
    });
  }
  content(id: string): Content {
    return { parts: this.parts(id), media: this.media(id) };
  }
  /** Replaces parts and media; an upload that is still good stays with its file. */
  setContent(id: string, content: Content): void {
    const { accountId } = this.need(id);
    const known = this.media(id);
    this.db.run(q.dropMedia, { id });
    this.db.run(q.dropParts, { id });
    content.parts.forEach((part, i) => this.db.run(q.addPart, { id, position: i + 1, accountId, text: part.text, remoteId: part.remoteId ?? null, sentAt: part.sentAt ?? null }));
    const next = new Map<number, number>();
    for (const each of content.media) {
      const position = next.get(each.part) ?? 0;
      next.set(each.part, position + 1);
      const before = known.find((other) => other.id === each.id && other.alt === each.alt);
      this.db.run(q.addMedia, { id, part: each.part, position, mediaId: each.id, alt: each.alt, remoteMediaId: before?.remoteMediaId ?? null, expiresAt: before?.expiresAt ?? null });
    }
  }
  noteUpload(id: string, media: { part: number; id: string; alt: string }, remoteMediaId: string | null, expiresAt: number | null): void {
    this.db.run(q.noteUpload, { id, part: media.part, mediaId: media.id, alt: media.alt, remoteMediaId, expiresAt });
  }
  /** A part is on the network: the first keeps its id in the publication, later ones in their own row. */
  partSent(row: StoredPublication, part: number, remoteId: string | null, sentAt: number, now: number): StoredPublication {
    if (part > 0) {
      this.db.run(q.partSent, { id: row.id, position: part, remoteId, sentAt });
      return this.need(row.id);
    }
    return this.edit(row.id, { remoteId, sentAt }, now);
  }
  history(id: string): { at: number; event: string; from: string; to: string; bootId: string; reason: string | null }[] {
    return this.db.all(q.history, { id }).map((raw) => {
      const row = historyRow.parse(raw);
      return { at: row.at, event: row.event, from: row.from_state, to: row.to_state, bootId: row.boot_id, reason: row.reason_code };
    });
  }
  /** What is due now: planned and waiting ones, in order. */
  due(now: number): StoredPublication[] {
    return this.db.all(q.due, { now }).map(fromRow);
  }
  /** Due times of planned ones in a span, epoch ms. */
  upcoming(from: number, to: number): number[] {
    return this.db.all(q.upcoming, { from, to }).map((row) => Number(row['due_at']));
  }

  /** When the scheduler is next wanted, epoch ms. */
  nextDue(): number | null {
    const row = this.db.get(q.nextTimes);
    const times = [row?.['due'], row?.['retry'], row?.['look']].filter((at) => typeof at === 'number');
    return times.length === 0 ? null : Math.min(...times);
  }
  /** Newest own post known before an attempt: from the own-posts source or from what was sent. */
  newestOwnId(accountId: string): string | null {
    const own = this.db.get(q.newestOwn, { accountId })?.['newest_id'];
    const sent = this.db.get(q.newestRemote, { accountId })?.['remote_id'];
    const ids = [own, sent].filter((id) => typeof id === 'string').sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    return ids.at(-1) ?? null;
  }
  /** Our publication of which this is a part, or null. */
  byRemote(accountId: string, remoteId: string): StoredPublication | null {
    const row = this.db.get(q.byRemote, { accountId, remoteId });
    return row ? fromRow(row) : null;
  }
  isClaimed(accountId: string, remoteId: string): boolean {
    return this.db.get(q.claimed, { accountId, remoteId }) !== undefined;
  }
}
