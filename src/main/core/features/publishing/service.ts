import { AppError } from '../../../../shared/contract/errors.ts';
import type { InputOf } from '../../../../shared/contract/index.ts';
import type { Placed, Publication, ViolationData } from '../../../../shared/contract/publications.ts';
import { EDITABLE, GOES_BY_ITSELF } from '../../../../shared/domain/publication.ts';
import { isUnsettled } from '../../../../shared/domain/publicationAttempt.ts';
import { type Edit, editOf, type RatioIndex } from '../../../../shared/domain/ratio/index.ts';
import { instantToWall, LONGEST_AHEAD_MS, wallToInstant } from '../../../../shared/domain/time.ts';
import type { CoreDeps } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import { type Propose, proposing } from '../library/linkTiers.ts';
import type { MediaService } from '../media/service.ts';
import { unitOf } from '../planning/context.ts';
import type { PlanningService } from '../planning/service.ts';
import { AttemptsRepository } from './attempts.ts';
import { type BatchRow, createMany } from './batch.ts';
import { checkContent, checkDoubtKept, checkSentKept, checkStyle, checkTier, checkTierKept, contentOf, contradicted } from './content.ts';
import type { Content, PublicationsRepository, StoredPublication } from './repository.ts';
import { nextFreeSlot } from './slots.ts';
import { type Snapshot, UndoPublishing } from './undo.ts';
import { viewOf } from './view.ts';

/** "Send now" waits this long and can be undone (DOMAIN §4), ms. */
export const SEND_NOW_MS = 10_000;

/** Drafts and their places: what the user does with publications. */
export class PublishingService {
  private readonly deps: CoreDeps;
  readonly repository: PublicationsRepository;
  private readonly planning: PlanningService;
  readonly accounts: AccountsService;
  readonly media: MediaService;
  private readonly attempts: AttemptsRepository;
  private readonly poke: () => void;
  private readonly undo: UndoPublishing;
  /** What "send now" replaced, for taking it back. */
  private readonly beforeSend = new Map<string, Snapshot & { revision: number }>();
  constructor(deps: CoreDeps, services: { repository: PublicationsRepository; planning: PlanningService; accounts: AccountsService; media: MediaService; poke: () => void }) {
    this.deps = deps;
    this.repository = services.repository;
    this.attempts = new AttemptsRepository(deps.db);
    this.planning = services.planning;
    this.accounts = services.accounts;
    this.media = services.media;
    this.poke = services.poke;
    this.undo = new UndoPublishing(deps, { ...services, changed: (rows) => this.changed(rows) });
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }

  /** What the links of a text say of its tier, for this account. */
  proposing(account: StoredAccount): Propose {
    return proposing(this.deps.db, account);
  }
  view(stored: StoredPublication): Publication {
    return viewOf(this, stored);
  }
  changed(rows: readonly StoredPublication[]): void {
    for (const row of rows) this.deps.bus.emit('publication.changed', { publication: this.view(row) });
    if (rows.length > 0) this.deps.bus.emit('scheduler.changed', {});
    this.poke();
  }
  snapshot(id: string): Snapshot {
    return { before: this.repository.need(id), content: this.repository.content(id) };
  }
  /** An undo that puts back these rows, called after they changed (see `UndoPublishing`). */
  undoOf(label: string, snapshots: readonly Snapshot[], toTray = false): string {
    return this.undo.of(label, snapshots, toTray);
  }

  /** Takes a new draft back, unless it became more than a draft. */
  undoNew(id: string): string {
    return this.deps.undo.register('draft_made', () => {
      if (this.repository.find(id)?.state !== 'draft') throw new AppError('undo_gone');
      this.softDelete(id);
    });
  }

  private tierOf(account: StoredAccount, tier: string, stored: string | null): string {
    // A tier that a newer policy no longer has stays where it is until the user chooses another.
    if (tier !== stored && !account.policy.tiers.some((each) => each.key === tier)) throw new AppError('bad_input', { path: 'tier', detail: tier.slice(0, 40) });
    return tier;
  }
  private checkMedia(content: Content): void {
    for (const each of content.media) if (!this.media.describe(each.id, '')) throw new AppError('not_found', { what: 'media' });
  }

  /** Autosave (DOMAIN §4): the text is kept in any case; a changed tier of a planned post is judged, and it needs a reason where its links say another. */
  save(input: InputOf<'publications.save'>): Placed {
    const account = this.accounts.need(input.accountId);
    this.tierOf(account, input.tier, input.id === undefined ? null : (this.repository.find(input.id)?.tier ?? null));
    const kept = input.id === undefined ? null : this.repository.content(input.id);
    const content = contentOf(input, kept);
    this.checkMedia(content);
    const now = this.now();
    if (input.id === undefined) {
      const { kind = 'post', target } = input;
      if (kind !== 'post' && !target) throw new AppError('target_missing');
      // Reposting one's own post is a unit of that post's tier (DOMAIN §2).
      const own = kind === 'repost' && target ? this.repository.byRemote(account.id, target.id) : null;
      const stored = this.deps.db.tx(() =>
        this.repository.create(
          {
            accountId: account.id, text: input.text, tier: own?.tier ?? input.tier, tierReason: input.tierReason, zone: account.zone, content, kind, poll: input.poll ?? null,
            targetId: target?.id ?? null, targetName: target?.username ?? null, via: input.via ?? account.via, counts: kind === 'post' || own !== null,
          },
          now,
        ),
      );
      this.changed([stored]);
      return { result: 'placed', publication: this.view(stored), alsoChanged: [], warnings: [], undoId: this.undoNew(stored.id) };
    }
    const before = this.snapshot(input.id);
    const row = before.before;
    if (row.accountId !== account.id) throw new AppError('bad_input', { path: 'accountId', detail: '' });
    if (!EDITABLE.has(row.state)) throw new AppError('state_refused', { state: row.state, event: 'edit' });
    checkSentKept(row, kept ?? { parts: [], media: [] }, input, content);
    checkDoubtKept(row, kept ?? { parts: [], media: [] }, input, content, this.attempts.list(row.id).filter(isUnsettled).map((attempt) => attempt.part));
    if (input.baseRevision !== undefined && input.baseRevision !== row.revision) throw new AppError('conflict', { revision: row.revision });
    const index = this.planning.index(account);
    // A repost of one's own post counts as what it repeats, whatever is asked (DOMAIN §2).
    const tier = row.kind === 'repost' && row.counts ? row.tier : input.tier;
    if (GOES_BY_ITSELF.has(row.state)) checkTierKept(before, { ...row, text: input.text, tier, tierReason: input.tierReason }, content, this.proposing(account));
    const planned = index.byId.has(row.id) && row.tier !== tier;
    let overrideReason = row.overrideReason;
    let warnings: ViolationData[] = [];
    if (planned) {
      const judged = this.planning.judge(index, editOf(index, { kind: 'retier', id: row.id, tier }), { overrideReason: input.override?.reason });
      if (judged.result === 'refused') return { result: 'refused', violations: judged.violations, fixes: judged.fixes };
      // An exception is for one tier: a new tier has it anew or not at all (RATIO 8).
      overrideReason = judged.overridden ? (input.override?.reason.trim() ?? null) : null;
      warnings = judged.warnings;
    }
    const stored = this.deps.db.tx(() => {
      this.repository.setContent(row.id, content);
      return this.repository.edit(row.id, { text: input.text, tier, tierReason: input.tierReason, overrideReason, ...(input.poll === undefined ? {} : { poll: input.poll }), ...(input.via === undefined ? {} : { via: input.via }) }, now);
    });
    const undoId = this.undoOf('text_changed', [before]);
    this.changed([stored]);
    if (planned) this.deps.bus.emit('plan.changed', { accountId: account.id });
    return { result: 'placed', publication: this.view(stored), alsoChanged: [], warnings, undoId };
  }

  /** Throws AppError for what cannot be posted: it is not planned. */
  checkSendable(row: StoredPublication, account: StoredAccount): void {
    const content = this.repository.content(row.id);
    checkContent(row, content, account, this.media);
    checkStyle(row, content, account);
  }
  /** A thread of which parts are out is finished or left, never planned anew. Throws AppError `part_is_out`. */
  private checkNotBegun(row: StoredPublication): void {
    if (row.sentAt !== null && ['retry_wait', 'scheduled', 'partial'].includes(row.state)) throw new AppError('part_is_out', { parts: 1 });
  }

  /** The publication as a unit at a time, out of or into the plan. */
  private editTo(row: StoredPublication, account: StoredAccount, dueAt: number): Edit {
    const unit = unitOf({ ...row, counts: true, state: 'scheduled', dueAt, sentAt: null, overrideReason: null, place: null }, account);
    if (!unit) throw new Error('a unit without a time');
    return { remove: [row.id], insert: [unit] };
  }

  place(input: InputOf<'publications.place'>): Placed {
    const before = this.snapshot(input.id);
    const row = before.before;
    const account = this.accounts.need(row.accountId);
    this.checkNotBegun(row);
    this.checkSendable(row, account);
    checkTier(row, before.content, this.proposing(account));
    const index = this.planning.index(account);
    const planned = index.byId.has(row.id);
    let dueAt: number;
    if (input.at === 'nextFree') dueAt = nextFreeSlot(this.planning, index, row, account, (at) => this.editTo(row, account, at));
    else {
      try {
        dueAt = wallToInstant(input.at.wall, account.zone);
      } catch (cause) {
        throw new AppError('bad_input', { path: 'wall', detail: input.at.wall }, { cause });
      }
    }
    if (dueAt <= this.now()) throw new AppError('time_in_past', { wall: input.at === 'nextFree' ? '' : input.at.wall });
    if (dueAt > this.now() + LONGEST_AHEAD_MS) throw new AppError('bad_input', { path: 'wall', detail: input.at === 'nextFree' ? '' : input.at.wall });
    return this.carry(row, account, index, this.editTo(row, account, dueAt), { fix: input.fix, overrideReason: input.override?.reason, label: planned ? 'moved' : 'scheduled' });
  }

  /** Another tier is a way out only where neither the link nor what is repeated says which it is. */
  private mayRetier(row: StoredPublication, account: StoredAccount, tier: string): boolean {
    return row.kind !== 'repost' && contradicted({ ...row, tier }, this.repository.content(row.id), this.proposing(account)) === null;
  }
  private carry(row: StoredPublication, account: StoredAccount, index: RatioIndex, wanted: Edit, more: { fix?: InputOf<'publications.place'>['fix']; overrideReason?: string | undefined; label: string; manual?: boolean }): Placed {
    if (!row.counts) return this.carryUncounted(row, account, wanted, more);
    if (more.fix?.kind === 'retier' && !this.mayRetier(row, account, more.fix.tier)) throw new AppError('bad_input', { path: 'fix', detail: 'retier' });
    const judged = this.planning.judge(index, wanted, more);
    if (judged.result === 'refused') return { result: 'refused', violations: judged.violations, fixes: judged.fixes.filter((fix) => fix.kind !== 'retier' || this.mayRetier(row, account, fix.tier)) };
    if (judged.edit.insert.some((unit) => unit.dueAt > this.now() + LONGEST_AHEAD_MS)) throw new AppError('bad_input', { path: 'fix', detail: '' });
    const touched = new Set([...this.planning.touches(judged.edit), row.id]);
    const before = new Map([...touched].map((id) => [id, this.snapshot(id)]));
    const rows = this.deps.db.tx(() => {
      // The account's zone is the plan's zone: a draft written before a zone change takes it when it is placed.
      if (row.zone !== account.zone) this.repository.edit(row.id, { zone: account.zone }, this.now());
      const carried = this.planning.carryOut(index, judged.edit, judged.overridden ? (more.overrideReason?.trim() ?? null) : null);
      if (more.manual) this.repository.edit(row.id, { manual: true }, this.now());
      return carried;
    });
    const mine = this.repository.need(row.id);
    const changedIds = new Set([...rows.map((each) => each.id), row.id]);
    const undoId = this.undoOf(more.label, [...before.values()].filter((each) => changedIds.has(each.before.id)), more.manual);
    this.changed([...changedIds].map((id) => this.repository.need(id)));
    this.deps.bus.emit('plan.changed', { accountId: account.id });
    return { result: 'placed', publication: this.view(mine), alsoChanged: rows.filter((each) => each.id !== row.id).map((each) => this.view(this.repository.need(each.id))), warnings: judged.warnings, undoId };
  }
  /** Replies and reposts of others are no units: they have a time and no rule. */
  private carryUncounted(row: StoredPublication, account: StoredAccount, wanted: Edit, more: { label: string; manual?: boolean }): Placed {
    const before = this.snapshot(row.id);
    const dueAt = wanted.insert[0]?.dueAt ?? row.dueAt ?? this.now();
    const stored = this.repository.apply(row.id, { type: more.manual ? 'sendNow' : 'schedule' }, { zone: account.zone, wall: instantToWall(dueAt, account.zone), dueAt, reason: null, late: false, manual: more.manual === true }, this.now());
    const undoId = this.undoOf(more.label, [before], more.manual);
    this.changed([stored]);
    return { result: 'placed', publication: this.view(stored), alsoChanged: [], warnings: [], undoId };
  }
  unschedule(id: string): { publication: Publication; undoId: string; breaks: ReturnType<PlanningService['breaksWithout']> } {
    const before = this.snapshot(id);
    const account = this.accounts.need(before.before.accountId);
    this.checkNotBegun(before.before);
    const breaks = this.planning.breaksWithout(this.planning.index(account), id);
    const stored = this.repository.apply(id, { type: 'unschedule' }, { wall: null, dueAt: null, place: null, overrideReason: null, reason: null }, this.now());
    const undoId = this.undoOf('unscheduled', [before]);
    this.changed([stored]);
    this.deps.bus.emit('plan.changed', { accountId: account.id });
    return { publication: this.view(stored), undoId, breaks };
  }

  remove(id: string): { undoId: string; breaks: ReturnType<PlanningService['breaksWithout']> } {
    const before = this.snapshot(id);
    const { state, accountId } = before.before;
    this.checkNotBegun(before.before);
    if (!EDITABLE.has(state) && state !== 'cancelled') throw new AppError('state_refused', { state, event: 'delete' });
    const account = this.accounts.list().find((each) => each.id === accountId);
    const breaks = account ? this.planning.breaksWithout(this.planning.index(account), id) : [];
    this.softDelete(id);
    return { undoId: this.undoOf('deleted', [before], true), breaks };
  }
  private softDelete(id: string): void {
    const row = this.repository.need(id);
    this.repository.edit(id, { deletedAt: this.now() }, this.now());
    this.deps.bus.emit('publication.deleted', { id, accountId: row.accountId });
    this.deps.bus.emit('plan.changed', { accountId: row.accountId });
    this.deps.bus.emit('scheduler.changed', {});
    this.poke();
  }

  /** Due in ten seconds; judged like any other place. `before` is what taking it back returns to. */
  sendNow(id: string, overrideReason?: string, before: Snapshot = this.snapshot(id)): Placed {
    const row = this.repository.need(id);
    const account = this.accounts.need(row.accountId);
    this.checkNotBegun(row);
    this.checkSendable(row, account);
    checkTier(row, before.content, this.proposing(account));
    // Asked again while it waits: taking it back still returns to what stood before the first time.
    const pending = this.beforeSend.get(id);
    const original = pending?.revision === row.revision ? pending : before;
    const dueAt = this.now() + SEND_NOW_MS;
    const placed = this.carry(row, account, this.planning.index(account), this.editTo(row, account, dueAt), { overrideReason, label: 'send_now', manual: true });
    if (placed.result === 'placed') this.beforeSend.set(id, { ...original, revision: this.repository.need(id).revision });
    return placed;
  }
  /** Back to the state before, unless something happened to it since. */
  cancelSend(id: string): Publication {
    const row = this.repository.need(id);
    if (row.state !== 'scheduled') throw new AppError('state_refused', { state: row.state, event: 'cancelSend' });
    const before = this.beforeSend.get(id);
    const now = this.now();
    // Taken back already, or never asked for: its planned time is not this command's to take.
    if (before?.revision !== row.revision && !row.manual && (row.dueAt ?? 0) > now + SEND_NOW_MS) throw new AppError('state_refused', { state: row.state, event: 'cancelSend' });
    this.beforeSend.delete(id);
    const back = before?.before;
    // Neither a time that passed meanwhile nor an earlier "send now" is one to go back to.
    if (!before || !back || back.manual || before.revision !== row.revision || (back.state === 'scheduled' && (back.dueAt ?? 0) <= now)) this.repository.apply(id, { type: 'unschedule' }, { wall: null, dueAt: null, place: null, overrideReason: null, reason: null }, now);
    else this.repository.restore([before], now);
    const stored = this.repository.need(id);
    this.changed([stored]);
    this.deps.bus.emit('plan.changed', { accountId: stored.accountId });
    return this.view(stored);
  }

  createMany(account: StoredAccount, rows: readonly BatchRow[]): { undoId: string } {
    return createMany(this.deps, { repository: this.repository, poke: this.poke }, account, rows);
  }

  /** Two posts change places, at a post's send time. */
  exchange(account: StoredAccount, index: RatioIndex, a: string, b: string): { undoId: string } {
    return this.carryEdit(account, index, editOf(index, { kind: 'exchange', a, b }), 'send_exchanged');
  }
  /**
   * An edit of many posts, such as a repair: one command and one undo (DOMAIN §2). `make` writes, in the same transaction, drafts that
   * the edit plans, and answers their ids: the undo takes them away.
   */
  carryEdit(account: StoredAccount, index: RatioIndex, edit: Edit, label: string, make: () => readonly string[] = () => []): { undoId: string } {
    const { rows, snapshots } = this.deps.db.tx(() => {
      const made = new Set(make());
      const snapshots = this.planning.touches(edit).map((id) => this.snapshot(id)).map((each) => (made.has(each.before.id) ? { ...each, before: { ...each.before, deletedAt: this.now() } } : each));
      return { rows: this.planning.carryOut(index, edit, null), snapshots };
    });
    const ids = new Set(rows.map((row) => row.id));
    const undoId = this.undoOf(label, snapshots.filter((each) => ids.has(each.before.id)));
    this.changed([...ids].map((id) => this.repository.need(id)));
    this.deps.bus.emit('plan.changed', { accountId: account.id });
    return { undoId };
  }
}
