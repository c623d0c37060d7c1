import { createHash } from 'node:crypto';
import { AppError } from '../../../../shared/contract/errors.ts';
import { publicationUsd } from '../../../../shared/domain/price.ts';
import type { PublicationEvent } from '../../../../shared/domain/publication.ts';
import { normaliseText } from '../../../../shared/domain/text.ts';
import type { HeldReason } from '../../../../shared/domain/types.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Failure, LimitHeaders, NetworkSession, Outcome } from '../../network/port.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { AttemptsRepository } from './attempts.ts';
import { LOOK_AGAIN_MS, LOOKS_MS } from './reconcile.ts';
import type { Patch, PublicationsRepository, Reason, StoredPublication } from './repository.ts';
import type { Uploads } from './uploads.ts';

const RETRY_MS = 30_000;

type Level = 'info' | 'warning' | 'error';
type Params = Record<string, string | number>;
export interface SenderEvents {
  changed(rows: readonly StoredPublication[]): void;
  say(row: StoredPublication, account: StoredAccount, level: Level, code: string, params: Params): void;
  /** Something of ours is on the network: the own-posts column may look. */
  sent(accountId: string): void;
  /** The network says the money is used up: stop all. */
  budget(detail: string): void;
  /** All automatic sending is stopped. */
  paused(): boolean;
  /** What the cap leaves allows this price, USD (DOMAIN §7). */
  affordable(account: StoredAccount, usd: number): boolean;
}
/** One part on its way. */
interface Going {
  row: StoredPublication;
  account: StoredAccount;
  session: NetworkSession;
  part: number;
}

/** At most one automatic create per post and part (ARCHITECTURE §7): intent first, outcome before anything else, doubt is looked up and never sent again. */
export class Sender {
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly attempts: AttemptsRepository;
  private readonly accounts: AccountsService;
  private readonly uploads: Uploads;
  private readonly events: SenderEvents;
  /** Outcomes that the disk did not take yet; nothing is sent before they are written. */
  private unwritten: (() => void)[] = [];
  constructor(deps: CoreDeps, services: { repository: PublicationsRepository; attempts: AttemptsRepository; accounts: AccountsService; uploads: Uploads; events: SenderEvents }) {
    this.deps = deps;
    this.repository = services.repository;
    this.attempts = services.attempts;
    this.accounts = services.accounts;
    this.uploads = services.uploads;
    this.events = services.events;
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }
  private point(name: string): void {
    this.deps.ports.point?.(name);
  }
  private to(row: StoredPublication, event: PublicationEvent, patch: Patch): StoredPublication {
    const next = this.repository.apply(row.id, event, patch, this.now());
    this.events.changed([next]);
    return next;
  }

  /** Are there outcomes that wait for the disk? */
  get waiting(): boolean {
    return this.unwritten.length > 0;
  }
  /** Writes outcomes that could not be written before. False while the disk still refuses: then nothing may be sent. */
  settle(): boolean {
    while (this.unwritten[0]) {
      try {
        this.unwritten[0]();
        this.unwritten.shift();
      } catch (cause) {
        this.deps.ports.log.error('an outcome could not be written', { cause: String(cause) });
        return false;
      }
    }
    return true;
  }
  /** An outcome that must not be lost: kept in memory and tried again where the disk is full or read-only. */
  private write(work: () => StoredPublication): StoredPublication | null {
    const run = (): StoredPublication => {
      const row = this.deps.db.tx(work);
      this.events.changed([row]);
      return row;
    };
    try {
      return run();
    } catch (cause) {
      this.deps.ports.log.error('an outcome could not be written', { cause: String(cause) });
      // Room was kept for this moment (db/reserve.ts).
      this.deps.reserve.free();
      let row: StoredPublication | null = null;
      this.unwritten.push(() => void (row = run()));
      this.settle();
      return row;
    }
  }

  async send(planned: StoredPublication, account: StoredAccount, late: boolean): Promise<void> {
    this.point('send.start');
    if (planned.via === 'handoff') {
      this.to(planned, { type: 'handOff' }, { reason: { code: 'handoff', params: {} } });
      this.events.say(planned, account, 'warning', 'handoff', {});
      return;
    }
    const media = this.repository.media(planned.id);
    const parts = this.repository.parts(planned.id);
    if (!this.events.affordable(account, publicationUsd({ ...planned, parts, media }))) {
      this.to(planned, { type: 'hold', reason: 'budget' }, { heldReason: 'budget', reason: { code: 'cap', params: {} } });
      this.events.say(planned, account, 'warning', 'held', { why: 'budget' });
      return;
    }
    let session: NetworkSession;
    try {
      ({ session } = await this.accounts.sessions.get(account.id));
    } catch (cause) {
      const code = cause instanceof AppError ? cause.code : 'internal';
      if (code === 'practice_unavailable' || code === 'internal') this.wait(planned, account, { code: 'offline', params: {} }, this.now() + RETRY_MS);
      else {
        this.stop({ row: planned, account, part: planned.sentAt === null ? 0 : 1 }, 'auth', { code: 'reauth', params: {} });
        this.events.say(planned, account, 'error', 'held', { why: 'auth' });
      }
      return;
    }
    this.point('claim.before');
    let row = this.to(planned, { type: 'begin' }, { reason: null });
    this.point('claim.after');
    const sent = [row.sentAt !== null, ...parts.map((part) => part.remoteId !== null)];
    const first = sent.indexOf(false);
    if (first > 0 && !(await this.parentStands({ row, account, session, part: first }))) return;
    for (let part = first; part < sent.length; part += 1) {
      if (part > first) {
        this.point('thread.between');
        if (this.events.paused()) {
          this.to(row, { type: 'partFailed' }, { reason: { code: 'paused_thread', params: { part: part + 1 } } });
          return;
        }
      }
      const next = await this.sendPart({ row, account, session, part }, part === sent.length - 1, late);
      if (!next) return;
      row = next;
    }
  }

  /** A thread goes on only under a part that is still there (DOMAIN §4). */
  private async parentStands(going: Going): Promise<boolean> {
    const { row, session, part } = going;
    const parentId = this.parentOf(row, part);
    this.point('thread.parent');
    const outcome = parentId === null ? null : await session.exists(parentId).catch(() => null);
    if (outcome?.ok && outcome.value) return true;
    if (outcome?.ok || parentId === null) this.to(row, { type: 'partFailed' }, { reason: { code: 'parent_gone', params: { part } } });
    else if (outcome?.failure.kind === 'reauth' || outcome?.failure.kind === 'budget') this.refusedForAll(going, outcome.failure);
    else this.wait(row, going.account, { code: 'offline', params: {} }, this.now() + RETRY_MS);
    return false;
  }
  private parentOf(row: StoredPublication, part: number): string | null {
    if (part === 0) return row.kind === 'reply' ? row.targetId : null;
    return part === 1 ? row.remoteId : (this.repository.parts(row.id)[part - 2]?.remoteId ?? null);
  }

  /** Sends one part; answers the row when it is out, null when it stopped here. */
  private async sendPart(going: Going, last: boolean, late: boolean): Promise<StoredPublication | null> {
    const { row, account, session, part } = going;
    const uploaded = await this.uploads.ofPart(row, part, session);
    if (!uploaded.ok) {
      this.uploadFailed(going, uploaded.failure);
      return null;
    }
    const text = part === 0 ? row.text : (this.repository.parts(row.id)[part - 1]?.text ?? '');
    this.point('attempt.before');
    let attemptId: string;
    try {
      this.deps.reserve.keep();
      attemptId = this.attempts.begin(row.id, { part, dueAt: row.dueAt, bootId: this.deps.bootId, textHash: createHash('sha256').update(normaliseText(text)).digest('hex'), newestOwnId: this.repository.newestOwnId(account.id) }, this.now());
    } catch (cause) {
      // The intent is not on the disk, so nothing is sent; the claim goes back as soon as the disk takes it.
      this.deps.ports.log.error('an attempt could not be written', { cause: String(cause) });
      this.write(() => this.repository.apply(row.id, { type: part > 0 ? 'bootMidThread' : 'bootWithoutAttempt' }, { nextTryAt: part > 0 ? this.now() + RETRY_MS : null, reason: { code: 'disk', params: {} } }, this.now()));
      return null;
    }
    this.point('attempt.after');
    const outcome = await this.create(going, text, uploaded.ids);
    this.point('request.answered');
    if (!outcome.ok) {
      this.ended(going, attemptId, outcome.failure, outcome.limits);
      return null;
    }
    const { remoteId } = outcome.value;
    const at = this.now();
    const saved = this.write(() => {
      this.attempts.end(attemptId, { outcome: 'accepted', status: 201, errorCode: null, remoteId, limits: outcome.limits }, at);
      const next = this.repository.partSent(row, part, remoteId, at, at);
      this.point('commit.inside');
      return last ? this.repository.apply(row.id, { type: 'accepted' }, { late, reason: null }, at) : next;
    });
    this.point('commit.after');
    if (part === 0) this.events.sent(account.id);
    if (last && saved) this.events.say(row, account, 'info', late ? 'posted_late' : 'posted', {});
    return saved;
  }

  /** The one place that creates. Whatever goes wrong on the way back, the post may be out: it is looked for, never forgotten as `sending`. */
  private async create({ row, account, session, part }: Going, text: string, mediaIds: string[]): Promise<Outcome<{ remoteId: string | null }>> {
    this.point('request.before');
    try {
      if (row.kind === 'repost') {
        const done = await session.repost(account.remoteId, row.targetId ?? '');
        // X names the reposted post, not the repost: its own id stays unknown.
        return done.ok ? { ...done, value: { remoteId: null } } : done;
      }
      const sending = session.publish({ text, mediaIds, replyToId: this.parentOf(row, part), poll: part === 0 ? row.poll : null, summoned: row.kind === 'reply' && part === 0 });
      this.point('request.sent');
      return await sending;
    } catch (cause) {
      this.deps.ports.log.error('publishing failed unexpectedly', { cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
      return { ok: false, failure: { kind: 'ambiguous', status: null, detail: 'unexpected' } };
    }
  }

  /** Stops for the user: a thread that has begun stays `partial`, everything else is held or failed. */
  private stop({ row, part }: { row: StoredPublication; account: StoredAccount; part: number }, held: HeldReason | null, reason: Reason): void {
    if (part > 0) this.to(row, { type: 'partFailed' }, { reason });
    else if (held) this.to(row, { type: 'hold', reason: held }, { heldReason: held, reason });
    else this.to(row, { type: 'refused' }, { reason });
  }

  private uploadFailed(going: Going, failure: Failure | null): void {
    const { row, account, part } = going;
    if (failure?.kind === 'reauth' || failure?.kind === 'budget') this.refusedForAll(going, failure);
    else if (failure?.kind === 'cancelled') {
      if (part > 0) this.stop(going, null, { code: 'upload_cancelled', params: {} });
      else this.to(row, { type: 'cancelUpload' }, { wall: null, dueAt: null, reason: { code: 'upload_cancelled', params: {} } });
    } else if (failure === null || failure.kind === 'definite' || failure.kind === 'duplicate') {
      this.stop(going, 'media', { code: 'media', params: failure ? { detail: failure.detail } : {} });
      this.events.say(row, account, 'error', 'held', { why: 'media' });
    } else this.wait(row, account, { code: failure.kind === 'rateLimited' ? 'rate_limited' : 'offline', params: {} }, failure.kind === 'rateLimited' ? failure.resetAt : this.now() + RETRY_MS);
  }

  private ended(going: Going, attemptId: string, failure: Failure, limits: LimitHeaders | undefined): void {
    const { row, account, part } = going;
    const end = (outcome: string, errorCode: string | null, nextLookAt: number | null = null): void =>
      this.attempts.end(attemptId, { outcome, status: 'status' in failure ? failure.status : null, errorCode, nextLookAt, limits }, this.now());
    switch (failure.kind) {
      case 'cancelled':
      case 'notSent':
        end('not_sent', failure.detail.slice(0, 80));
        // The practice network may have started again at another address.
        if (account.network === 'practice') this.accounts.sessions.drop(account.id);
        return this.wait(row, account, { code: 'offline', params: {} }, this.now() + RETRY_MS);
      case 'rateLimited':
        end('rate_limited', null);
        return this.wait(row, account, { code: 'rate_limited', params: { until: failure.resetAt } }, failure.resetAt);
      case 'budget':
      case 'reauth':
        end(failure.kind, null);
        return this.refusedForAll(going, failure);
      case 'duplicate':
        return this.duplicate(going, attemptId, end);
      case 'definite':
        end('refused', failure.code);
        if (/media/i.test(failure.detail)) this.uploads.forget(row, part);
        this.stop(going, null, { code: failure.code, params: { detail: failure.detail } });
        return this.events.say(row, account, 'error', 'failed', { why: failure.code });
      case 'ambiguous':
        this.write(() => {
          end('ambiguous', failure.detail.slice(0, 80), this.now() + (LOOKS_MS[0] ?? LOOK_AGAIN_MS));
          this.point('doubt.inside');
          return this.repository.apply(row.id, { type: 'ambiguous' }, { reason: { code: 'unknown', params: {} } }, this.now());
        });
        this.point('doubt.after');
        return undefined;
      default:
        return failure satisfies never;
    }
  }

  /** After an attempt of this very part whose outcome was not known, a duplicate means that one went through (DOMAIN §4). */
  private duplicate(going: Going, attemptId: string, end: (outcome: string, errorCode: string | null) => void): void {
    const { row, account, part } = going;
    end('duplicate', null);
    const doubtful = this.attempts.list(row.id).some((attempt) => attempt.id !== attemptId && attempt.part === part && (attempt.outcome === 'ambiguous' || attempt.outcome === 'interrupted'));
    if (doubtful) {
      this.attempts.noteLook(attemptId, 0, this.now() + LOOK_AGAIN_MS);
      this.to(row, { type: 'ambiguous' }, { reason: { code: 'duplicate', params: {} } });
      return;
    }
    const earlier = this.repository.list({ accountId: account.id, states: ['posted'], limit: 100_000 }).findLast((each) => normaliseText(each.text) === normaliseText(row.text));
    if (earlier) this.attempts.noteEvidence(attemptId, { kind: 'duplicateOf', at: this.now(), remoteId: earlier.remoteId, createdAt: earlier.sentAt });
    this.stop(going, null, { code: 'duplicate', params: earlier?.remoteId ? { remoteId: earlier.remoteId, id: earlier.id } : {} });
    this.events.say(row, account, 'error', 'failed', { why: 'duplicate' });
  }

  private refusedForAll(going: Going, failure: Extract<Failure, { kind: 'budget' | 'reauth' }>): void {
    const { row, account } = going;
    if (failure.kind === 'reauth') {
      this.accounts.needsReauth(account.id);
      this.stop(going, 'auth', { code: 'reauth', params: {} });
      return;
    }
    this.stop(going, 'budget', { code: 'budget', params: { detail: failure.detail } });
    this.events.say(row, account, 'error', 'budget_stopped', { detail: failure.detail });
    this.events.budget(failure.detail);
  }

  private wait(row: StoredPublication, account: StoredAccount, reason: Reason, nextTryAt: number): void {
    const grace = account.policy.tiers.find((tier) => tier.key === row.tier)?.graceMs ?? 0;
    const end = (row.dueAt ?? this.now()) + grace;
    // One more look just after its grace, to say that it was missed.
    this.to(row, { type: 'wait' }, { reason, nextTryAt: Math.min(nextTryAt, Math.max(end + 1, this.now() + 1000)) });
    this.point('wait.after');
  }
}
