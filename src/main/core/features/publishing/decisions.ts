import { AppError } from '../../../../shared/contract/errors.ts';
import type { InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import type { Placed, Publication } from '../../../../shared/contract/publications.ts';
import type { CoreDeps } from '../../feature.ts';
import { appErrorOf } from '../../network/failures.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { AttemptsRepository } from './attempts.ts';
import type { PublicationsRepository, StoredPublication } from './repository.ts';
import type { PublishingService } from './service.ts';

/** What only the user can decide: of a post whose outcome is not known, a thread that stopped, a post that is out and should not be. */
export class Decisions {
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly attempts: AttemptsRepository;
  private readonly publishing: PublishingService;
  private readonly accounts: AccountsService;
  constructor(deps: CoreDeps, services: { repository: PublicationsRepository; attempts: AttemptsRepository; publishing: PublishingService; accounts: AccountsService }) {
    this.deps = deps;
    this.repository = services.repository;
    this.attempts = services.attempts;
    this.publishing = services.publishing;
    this.accounts = services.accounts;
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }

  decide(input: InputOf<'publications.decide'>): Placed {
    const { id, decision } = input;
    if (decision === 'sendNow') return this.publishing.sendNow(id);
    if (decision === 'nextFree') return this.publishing.place({ id, at: 'nextFree' });
    if (decision === 'sendAgain') return this.sendAgain(id);
    const before = this.publishing.snapshot(id);
    const row = before.before;
    const now = this.now();
    let stored: StoredPublication;
    let undoable = false;
    switch (decision) {
      case 'toDraft':
        stored = this.repository.apply(id, { type: 'unschedule' }, { wall: null, dueAt: null, place: null, reason: null, overrideReason: null }, now);
        undoable = true;
        break;
      case 'drop':
        stored = this.repository.apply(id, { type: 'cancel' }, { reason: null }, now);
        undoable = row.state !== 'needs_review';
        break;
      case 'wasPosted':
        stored = this.deps.db.tx(() => this.wasPosted(row, input.remoteUrl));
        break;
      case 'wasNotPosted':
        stored = this.deps.db.tx(() => this.notPosted(row));
        break;
      case 'resumeThread':
        this.publishing.checkSendable(row, this.accounts.need(row.accountId));
        // One request of the user's own passes a pause; its grace begins now.
        stored = this.repository.apply(id, { type: 'resume' }, { dueAt: now, manual: true, reason: null }, now);
        break;
      case 'leaveThread':
        stored = this.repository.apply(id, { type: 'close' }, { reason: { code: 'thread_left', params: {} } }, now);
        break;
      default:
        return decision satisfies never;
    }
    const undoId = undoable ? this.publishing.undoOf('decided', [before]) : this.noUndo();
    this.changed(stored);
    return { result: 'placed', publication: this.publishing.view(stored), alsoChanged: [], warnings: [], undoId };
  }
  /** The user says that it is not there: it goes out anew, by the rule, and what is in doubt is still watched for. */
  private sendAgain(id: string): Placed {
    const before = this.publishing.snapshot(id);
    const { part } = this.doubtfulPart(before.before);
    const now = this.now();
    let refused: Placed | null = null;
    try {
      return this.deps.db.tx(() => {
        const row = this.repository.apply(id, { type: 'resend' }, { dueAt: part > 0 ? now : (before.before.dueAt ?? now), manual: true, reason: null }, now);
        // A later part has its place already: it goes as soon as it can.
        if (row.sentAt !== null) {
          this.changed(row);
          return { result: 'placed', publication: this.publishing.view(row), alsoChanged: [], warnings: [], undoId: this.noUndo() };
        }
        const placed = this.publishing.sendNow(id, undefined, before);
        if (placed.result === 'placed') return placed;
        refused = placed;
        throw new AppError('ratio_refused');
      });
    } catch (cause) {
      if (refused) return refused;
      throw cause;
    }
  }
  /** What says something about the network cannot be taken back by an undo: only by another decision. */
  private noUndo(): string {
    return this.deps.undo.register('decided', () => { throw new AppError('undo_gone'); });
  }
  private changed(row: StoredPublication): void {
    this.publishing.changed([row]);
    this.deps.bus.emit('plan.changed', { accountId: row.accountId });
  }

  /** The part of which the last attempt speaks. */
  private doubtfulPart(row: StoredPublication): { part: number; attemptId: string | null; last: boolean } {
    const attempt = this.attempts.list(row.id).at(-1);
    const part = attempt?.part ?? 0;
    return { part, attemptId: attempt?.id ?? null, last: part >= this.repository.parts(row.id).length };
  }
  private wasPosted(row: StoredPublication, url: string | undefined): StoredPublication {
    const remoteId = /\/status(?:es)?\/(\d{1,19})/.exec(url ?? '')?.[1] ?? null;
    if (remoteId !== null && this.repository.isClaimed(row.accountId, remoteId)) throw new AppError('conflict', { remoteId });
    const now = this.now();
    const { part, attemptId, last } = this.doubtfulPart(row);
    const next = this.repository.partSent(row, part, remoteId, part === 0 ? (row.dueAt ?? now) : now, now);
    if (attemptId) {
      this.attempts.noteEvidence(attemptId, { kind: 'saidByUser', at: now, remoteId });
      // Without its id it may still be seen on the network, and is then known.
      if (remoteId !== null) this.attempts.settle(attemptId, now);
    }
    // A part without its id cannot be answered: the thread cannot go on under it.
    if (!last && remoteId !== null) return this.repository.apply(row.id, { type: 'sayPart' }, { reason: { code: 'part_found', params: { part: part + 1, parts: this.repository.parts(row.id).length + 1 } } }, now);
    return this.repository.apply(row.id, { type: 'sayPosted' }, { sentAt: next.sentAt, reason: last ? null : { code: 'thread_left', params: {} } }, now);
  }
  private notPosted(row: StoredPublication): StoredPublication {
    const { attemptId } = this.doubtfulPart(row);
    const now = this.now();
    if (attemptId) this.attempts.noteEvidence(attemptId, { kind: 'saidByUser', at: now, remoteId: null });
    return this.repository.apply(row.id, { type: 'sayNotSent' }, { reason: { code: 'said_not_posted', params: {} } }, now);
  }

  /** One decision for many: each by itself, with one undo for those that took it. */
  decideMany(input: InputOf<'publications.decideMany'>): OutputOf<'publications.decideMany'> {
    const refused: { id: string; code: string }[] = [];
    const before: ReturnType<PublishingService['snapshot']>[] = [];
    for (const id of input.ids) {
      try {
        const snapshot = this.publishing.snapshot(id);
        const answer = this.decide({ id, decision: input.decision });
        if (answer.result === 'refused') refused.push({ id, code: 'ratio_refused' });
        else if (snapshot.before.state !== 'needs_review') before.push(snapshot);
      } catch (cause) {
        if (!(cause instanceof AppError)) throw cause;
        refused.push({ id, code: cause.code });
      }
    }
    return { done: input.ids.length - refused.length, refused, undoId: this.publishing.undoOf('decided', before) };
  }

  /** Deletes on the network, later parts first; what is left is said. Deleting there is safe to repeat. */
  async removeRemote(id: string): Promise<OutputOf<'publications.removeRemote'>> {
    const row = this.repository.need(id);
    const parts = this.repository.parts(id);
    const ids = [...(row.remoteId === null ? [] : [row.remoteId]), ...parts.map((part) => part.remoteId).filter((each) => each !== null)];
    if (row.state !== 'posted' && row.state !== 'partial') throw new AppError('state_refused', { state: row.state, event: 'removeRemote' });
    if (ids.length === 0) throw new AppError('not_found', { what: 'remote post' });
    const { session } = await this.accounts.sessions.get(row.accountId);
    let removed = 0;
    for (const remoteId of ids.toReversed()) {
      const outcome = await session.remove(remoteId);
      if (!outcome.ok) {
        if (removed === 0) throw appErrorOf(outcome.failure);
        break;
      }
      removed += 1;
    }
    const left = ids.length - removed;
    const now = this.now();
    const current = this.repository.need(id);
    const stored = left === 0
      ? this.repository.edit(current.state === 'partial' ? this.repository.apply(id, { type: 'close' }, { reason: null }, now).id : id, { removedAt: now }, now)
      : current;
    this.changed(stored);
    return { publication: this.publishing.view(stored), removed, left };
  }

  /** A new draft with the same words, to be varied: X refuses the same text twice. */
  copy(id: string): Publication {
    const row = this.repository.need(id);
    const { parts, media } = this.repository.content(id);
    const stored = this.deps.db.tx(() =>
      this.repository.create(
        {
          accountId: row.accountId, text: row.text, tier: row.tier, tierReason: row.tierReason, zone: row.zone, kind: row.kind, poll: row.poll, targetId: row.targetId, targetName: row.targetName, via: row.via, counts: row.counts,
          content: { parts: parts.map((part) => ({ text: part.text })), media }, copyOf: id,
        },
        this.now(),
      ),
    );
    this.changed(stored);
    return this.publishing.view(stored);
  }
}
