import { randomUUID } from 'node:crypto';
import { AppError } from '../../../../shared/contract/errors.ts';
import { type Phase, type PublicationEvent, SENDS_ANEW, transition } from '../../../../shared/domain/publication.ts';
import { NEAR_MS } from '../../../../shared/domain/publicationTime.ts';
import type { PublicationState } from '../../../../shared/domain/types.ts';
import { type Db, defineStatements } from '../../db/db.ts';
import { AttemptsRepository } from './attempts.ts';
import { type Content, fromRow, historyRow, mediaRow, type Part, type PartMedia, partRow, type Patch, type Poll, type Reason, type StoredPublication } from './rows.ts';

export type { Content, Part, PartMedia, Patch, Poll, Reason, StoredPublication } from './rows.ts';

const q = defineStatements('publications', {
  insert: `INSERT INTO publications (id, account_id, state, kind, text, tier, tier_reason, wall, zone, due_at, reason_code, reason_params, poll, target_id, target_name, via, counts, place, revision, created_at, updated_at)
    VALUES (:id, :accountId, :state, :kind, :text, :tier, :tierReason, :wall, :zone, :dueAt, :reasonCode, :reasonParams, :poll, :targetId, :targetName, :via, :counts, :place, 1, :now, :now)`,
  get: 'SELECT * FROM publications WHERE id = :id AND deleted_at IS NULL',
  revision: 'SELECT revision FROM publications WHERE id = :id',
  list: `SELECT * FROM publications WHERE deleted_at IS NULL AND (:accountId IS NULL OR account_id = :accountId)
    AND (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))
    AND (:from IS NULL OR coalesce(sent_at, due_at) >= :from) AND (:to IS NULL OR coalesce(sent_at, due_at) < :to)
    ORDER BY coalesce(sent_at, due_at), created_at, id LIMIT :limit`,
  inState: 'SELECT * FROM publications WHERE deleted_at IS NULL AND state = :state ORDER BY due_at, id',
  write: `UPDATE publications SET state = :state, held_reason = :heldReason, text = :text, tier = :tier, tier_reason = :tierReason, wall = :wall, zone = :zone, due_at = :dueAt,
    next_try_at = :nextTryAt, place = :place, sent_at = :sentAt, remote_id = :remoteId, override_reason = :overrideReason, late = :late, reason_code = :reasonCode, reason_params = :reasonParams,
    deleted_at = :deletedAt, begun = :begun, manual = :manual, poll = :poll, via = :via, removed_at = :removedAt, revision = revision + 1, updated_at = :now WHERE id = :id`,
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
  due: `SELECT * FROM publications WHERE deleted_at IS NULL AND (state = 'scheduled' AND (due_at <= :now OR manual = 1) OR state IN ('retry_wait','partial') AND next_try_at IS NOT NULL) ORDER BY due_at, coalesce(place, id), id`,
  planned: "SELECT due_at FROM publications WHERE deleted_at IS NULL AND state = 'scheduled' AND due_at > :after ORDER BY due_at LIMIT 1",
  onTime: `SELECT due_at FROM publications WHERE deleted_at IS NULL AND account_id = :accountId AND due_at >= :from AND due_at < :to
    AND (state = 'scheduled' OR late = 0 AND manual = 0 AND state IN ('sending','posted','unknown','needs_review')) ORDER BY due_at`,
  sameText: `SELECT 1 AS found FROM attempt_looks l JOIN attempt_starts s ON s.id = l.attempt_id JOIN publications p ON p.id = s.publication_id
    WHERE l.account_id = :accountId AND l.settled_at IS NULL AND s.text_hash = :textHash AND p.id <> :id AND p.state = 'unknown' AND p.deleted_at IS NULL`,
  newestRemote: `SELECT remote_id FROM (SELECT remote_id FROM publications WHERE account_id = :accountId AND remote_id IS NOT NULL UNION ALL
    SELECT remote_id FROM publication_parts WHERE account_id = :accountId AND remote_id IS NOT NULL) ORDER BY length(remote_id) DESC, remote_id DESC LIMIT 1`,
  repostedSince: `SELECT 1 AS found FROM publications p JOIN attempt_starts s ON s.publication_id = p.id
    WHERE p.account_id = :accountId AND p.kind = 'repost' AND p.target_id = :targetId AND p.state IN ('sending','unknown','posted') AND s.started_at > :since`,
  byRemote: `SELECT * FROM publications WHERE account_id = :accountId AND (remote_id = :remoteId OR id IN (SELECT publication_id FROM publication_parts WHERE account_id = :accountId AND remote_id = :remoteId))`,
  newestOwn: `SELECT newest_id FROM sources WHERE account_id = :accountId AND kind = 'own'`,
  claimed: `SELECT id FROM publications WHERE account_id = :accountId AND remote_id = :remoteId
    UNION ALL SELECT publication_id FROM publication_parts WHERE account_id = :accountId AND remote_id = :remoteId`,
});

/** Where the table finds this row. */
export const phaseOf = (row: StoredPublication): Phase => (row.state === 'sending' && row.begun ? 'begun' : row.state);
const phaseFields = (phase: Phase): { state: PublicationState; begun: boolean } => (phase === 'begun' ? { state: 'sending', begun: true } : { state: phase, begun: false });

/** Publications and their contents. State changes go through the table of DOMAIN §4 and nothing else. */
export class PublicationsRepository {
  private readonly db: Db;
  private readonly bootId: string;
  private readonly attempts: AttemptsRepository;
  /** Told, in the same transaction, of each text that was written: of a new publication (`copyOf`: made from that one), or of one whose words changed. */
  onText: (id: string, copyOf?: string) => void = () => undefined;
  constructor(db: Db, bootId: string) {
    this.db = db;
    this.bootId = bootId;
    this.attempts = new AttemptsRepository(db);
  }
  create(input: { accountId: string; text: string; tier: string; tierReason: string | null; zone: string; wall?: string | null; dueAt?: number | null; state?: 'draft' | 'scheduled'; reason?: Reason; content?: Content; kind?: StoredPublication['kind']; poll?: Poll | null; targetId?: string | null; targetName?: string | null; via?: StoredPublication['via']; counts?: boolean; place?: string | null; id?: string; copyOf?: string }, now: number): StoredPublication {
    const id = input.id ?? randomUUID();
    this.db.run(q.insert, {
      id, accountId: input.accountId, state: input.state ?? 'draft', text: input.text, tier: input.tier, tierReason: input.tierReason, wall: input.wall ?? null, zone: input.zone,
      dueAt: input.dueAt ?? null, reasonCode: input.reason?.code ?? null, reasonParams: input.reason ? JSON.stringify(input.reason.params) : null, now,
      kind: input.kind ?? 'post', poll: input.poll ? JSON.stringify(input.poll) : null, targetId: input.targetId ?? null, targetName: input.targetName ?? null, via: input.via ?? 'api', counts: input.counts === false ? 0 : 1, place: input.place ?? null,
    });
    if (input.content) this.setContent(id, input.content);
    this.onText(id, input.copyOf);
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
  /** Also of one that was deleted; null when it never was. */
  revisionOf(id: string): number | null {
    const found = this.db.get(q.revision, { id })?.['revision'];
    return typeof found === 'number' ? found : null;
  }
  list(filter: { accountId?: string | undefined; states?: readonly PublicationState[] | undefined; from?: number | undefined; to?: number | undefined; limit?: number | undefined }): StoredPublication[] {
    return this.db
      .all(q.list, { accountId: filter.accountId ?? null, states: filter.states ? JSON.stringify(filter.states) : null, from: filter.from ?? null, to: filter.to ?? null, limit: filter.limit ?? 5000 })
      .map(fromRow);
  }
  /** Was a repost of it begun since, which may have gone out? */
  repostedSince(accountId: string, targetId: string, since: number): boolean {
    return this.db.get(q.repostedSince, { accountId, targetId, since }) !== undefined;
  }
  inState(state: PublicationState): StoredPublication[] {
    return this.db.all(q.inState, { state }).map(fromRow);
  }

  /** Are some parts of it on the network, and some not? */
  isMid(row: StoredPublication): boolean {
    return row.sentAt !== null && this.parts(row.id).some((part) => part.sentAt === null);
  }
  /** Carries out an event. Throws AppError `state_refused` when the table does not allow it. */
  apply(id: string, event: PublicationEvent, patch: Patch, now: number): StoredPublication {
    const before = this.need(id);
    const next = this.next(before, event);
    const wanted = { ...before, heldReason: null, nextTryAt: null, manual: event.type === 'due' && before.manual, ...patch, ...phaseFields(next) };
    // A thread that stops midway is `partial`, whatever held it.
    const after = this.write(next === 'held' ? wanted : { ...wanted, heldReason: null }, now);
    if (SENDS_ANEW.has(event.type)) this.attempts.waive(id, now);
    this.db.run(q.note, { id, now, event: event.type, from: before.state, to: after.state, bootId: this.bootId, reason: after.reason?.code ?? null });
    return after;
  }
  private next(before: StoredPublication, event: PublicationEvent): Phase {
    const next = transition(phaseOf(before), event, this.isMid(before));
    if (next === null) throw new AppError('state_refused', { state: before.state, event: event.type });
    return next;
  }
  /** Changes fields and leaves the state as it is. */
  edit(id: string, patch: Patch, now: number): StoredPublication {
    const written = this.write({ ...this.need(id), ...patch }, now);
    if (patch.text !== undefined) this.onText(id);
    return written;
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
        // Only the place it left is put back, and only by the table: what is on the network stays so.
        if (current.state !== before.state) this.next(current, { type: 'undo', to: before.state });
        this.write({ ...before, manual: false }, now);
        this.db.run(q.note, { id: before.id, now, event: 'undo', from: current.state, to: before.state, bootId: this.bootId, reason: null });
        // A draft that a command made goes away again: nothing of it is put back.
        if (before.deletedAt !== null) continue;
        this.setContent(before.id, content);
        this.onText(before.id);
      }
    });
  }
  private write(row: StoredPublication, now: number): StoredPublication {
    this.db.run(q.write, {
      id: row.id, state: row.state, heldReason: row.heldReason, text: row.text, tier: row.tier, tierReason: row.tierReason, wall: row.wall, zone: row.zone, dueAt: row.dueAt, nextTryAt: row.nextTryAt,
      sentAt: row.sentAt, remoteId: row.remoteId, overrideReason: row.overrideReason, late: row.late ? 1 : 0, reasonCode: row.reason?.code ?? null,
      reasonParams: row.reason ? JSON.stringify(row.reason.params) : null, deletedAt: row.deletedAt, now,
      poll: row.poll ? JSON.stringify(row.poll) : null, via: row.via, removedAt: row.removedAt, place: row.place, begun: row.begun ? 1 : 0, manual: row.manual ? 1 : 0,
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
  /** What is planned and due, and what is sent now or waits for another try, whenever that is; in order. */
  due(now: number): StoredPublication[] {
    return this.db.all(q.due, { now }).map(fromRow);
  }
  /** The next planned time after an instant, epoch ms. */
  nextPlanned(after: number): number | null {
    const at = this.db.get(q.planned, { after })?.['due_at'];
    return typeof at === 'number' ? at : null;
  }
  /** Times of an account's posts that go, or just went, on time, epoch ms. */
  onTime(accountId: string, from: number, to: number): number[] {
    return this.db.all(q.onTime, { accountId, from: from - NEAR_MS, to }).map((row) => Number(row['due_at']));
  }
  /** Is the same text in doubt in another publication of the account (PUBLISHING 7)? */
  sameTextInDoubt(accountId: string, textHash: string, id: string): boolean {
    return this.db.get(q.sameText, { accountId, textHash, id }) !== undefined;
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
