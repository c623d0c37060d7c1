import { AppError } from '../../../../shared/contract/errors.ts';
import { snowflakeAt } from '../../../../shared/domain/ids.ts';
import { publicationUsd } from '../../../../shared/domain/price.ts';
import { isUnsettled, mayCreate } from '../../../../shared/domain/publicationAttempt.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Failure, NetworkSession, Outcome, ReadPage } from '../../network/port.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { AttemptsRepository } from './attempts.ts';
import type { Durable } from './durable.ts';
import { type Answer, type Going, type Outcomes, RETRY_MS } from './outcomes.ts';
import { textHashOf } from './ownPosts.ts';
import type { QueueStops } from './queueStops.ts';
import type { RatioGate } from './ratioGate.ts';
import { phaseOf, type PublicationsRepository, type Reason, type StoredPublication } from './repository.ts';
import type { SenderEvents } from './senderEvents.ts';
import type { PublishingService } from './service.ts';
import type { Uploads } from './uploads.ts';

/** What is in doubt with the same text is waited for this long before the next look, ms. */
const DOUBT_MS = 30_000;
/** An answer that waited longer than this is looked at before it goes, ms. */
const REPLY_CHECK_MS = 60_000;
const OWN_LOOKED_AT = 20;
/** Such a look serves the answers that follow it for so long, ms. */
const OWN_READ_MS = 60_000;
/** Characters kept of the answer that was given elsewhere. */
const OTHER_TEXT = 200;

/** At most one automatic create per post and part (ARCHITECTURE §7): checks, then the intent on the disk, then the request, then the outcome. */
export class Sender {
  /** Own posts as they were last read for an answer, by account; only where none were left out. */
  private readonly ownRead = new Map<string, { since: number; mono: number; page: Outcome<ReadPage> }>();
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly attempts: AttemptsRepository;
  private readonly accounts: AccountsService;
  private readonly publishing: PublishingService;
  private readonly uploads: Uploads;
  private readonly durable: Durable;
  private readonly outcomes: Outcomes;
  private readonly stops: QueueStops;
  private readonly ratio: RatioGate;
  private readonly events: SenderEvents;
  /** The program is ending: the open request is waited for, no other begins. */
  private stopping = false;
  constructor(
    deps: CoreDeps,
    services: { repository: PublicationsRepository; attempts: AttemptsRepository; accounts: AccountsService; publishing: PublishingService; uploads: Uploads; durable: Durable; outcomes: Outcomes; stops: QueueStops; ratio: RatioGate; events: SenderEvents },
  ) {
    this.deps = deps;
    this.repository = services.repository;
    this.attempts = services.attempts;
    this.accounts = services.accounts;
    this.publishing = services.publishing;
    this.uploads = services.uploads;
    this.durable = services.durable;
    this.outcomes = services.outcomes;
    this.stops = services.stops;
    this.ratio = services.ratio;
    this.events = services.events;
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }
  private point(name: string): void {
    this.deps.ports.point?.(name);
  }
  stop(): void {
    this.stopping = true;
  }

  async send(planned: StoredPublication, account: StoredAccount, late: boolean): Promise<void> {
    if (this.stopping) return;
    if (planned.via === 'handoff') {
      this.events.changed([this.repository.apply(planned.id, { type: 'handOff' }, { reason: { code: 'handoff', params: {} } }, this.now())]);
      this.events.say(planned, account, 'warning', 'handoff', {});
      return;
    }
    this.point('claim.before');
    let row = this.repository.apply(planned.id, { type: 'due' }, { reason: null }, this.now());
    this.events.changed([row]);
    this.point('claimed');
    const session = await this.ready(row, account);
    if (!session) return;
    const waited = planned.state === 'retry_wait' || this.now() - (planned.dueAt ?? this.now()) > REPLY_CHECK_MS;
    if (row.kind === 'reply' && row.sentAt === null && waited && !(await this.replyStands(row, account, session))) return;
    const sent = [row.sentAt !== null, ...this.repository.parts(row.id).map((part) => part.sentAt !== null)];
    const first = sent.indexOf(false);
    if (first > 0 && !(await this.parentStands({ row, account, session, part: first, last: false, late }))) return;
    for (let part = first; part < sent.length; part += 1) {
      if (part > first) this.point('between.parts');
      if (this.stopping) return;
      const next = await this.sendPart({ row, account, session, part, last: part === sent.length - 1, late });
      if (!next) return;
      row = next;
    }
  }

  /** Account, budget and style, in this order (PUBLISHING, exchange); null when one stopped it. */
  private async ready(row: StoredPublication, account: StoredAccount): Promise<NetworkSession | null> {
    const stopped = (why: 'auth' | 'budget' | 'style', reason: Reason): null => {
      this.outcomes.hold({ row, account }, why, reason);
      return null;
    };
    if (account.needsReauth && account.network !== 'practice') return stopped('auth', { code: 'reauth', params: {} });
    let session: NetworkSession;
    try {
      ({ session } = await this.accounts.sessions.get(account.id));
    } catch (cause) {
      const code = cause instanceof AppError ? cause.code : 'internal';
      if (code !== 'practice_unavailable' && code !== 'internal') return stopped('auth', { code: code === 'secrets_locked' ? 'keys_locked' : 'reauth', params: {} });
      this.outcomes.wait({ row, account }, { code: 'offline', params: {} }, this.now() + RETRY_MS);
      return null;
    }
    if (this.stops.has(account.id) && !row.manual) return stopped('budget', { code: 'budget', params: { detail: '' } });
    if (!this.events.affordable(account, publicationUsd({ ...row, parts: this.repository.parts(row.id), media: this.repository.media(row.id) }))) return stopped('budget', { code: 'cap', params: {} });
    try {
      this.publishing.checkSendable(row, account);
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      return stopped('style', { code: cause.code === 'text_empty' ? 'empty' : cause.code === 'text_too_long' ? 'too_long' : cause.code === 'style_refused' ? 'house_style' : 'content', params: cause.data.params });
    }
    return session;
  }

  /** An answer that had to wait is looked at before it goes: its message may be gone, or answered elsewhere meanwhile (DOMAIN §6, conflicts). */
  private async replyStands(row: StoredPublication, account: StoredAccount, session: NetworkSession): Promise<boolean> {
    const going = { row, account };
    const later = (failure: Failure | null): false => {
      if (failure?.kind === 'reauth' || failure?.kind === 'budget') this.accountStopped(going, failure);
      else if (failure?.kind === 'rateLimited') this.outcomes.wait(going, { code: 'rate_limited', params: { until: failure.resetAt } }, failure.resetAt);
      else this.outcomes.wait(going, { code: 'offline', params: {} }, this.now() + RETRY_MS);
      return false;
    };
    // Answers go out seconds apart, oldest first: one look at one's own posts serves those that follow it.
    const known = this.ownRead.get(account.id);
    const serves = known !== undefined && known.since <= row.createdAt && this.deps.ports.clock.monotonic() - known.mono < OWN_READ_MS;
    const own = serves ? known.page : await session.read({ source: { kind: 'own' }, userId: account.remoteId, limit: OWN_LOOKED_AT, sinceId: snowflakeAt(row.createdAt) }).catch(() => null);
    if (!own?.ok) return later(own?.failure ?? null);
    if (!serves && own.value.posts.length < OWN_LOOKED_AT) this.ownRead.set(account.id, { since: row.createdAt, mono: this.deps.ports.clock.monotonic(), page: own });
    const other = own.value.posts.find((post) => post.replyTo?.postId === row.targetId && !this.repository.isClaimed(account.id, post.id));
    if (other) {
      this.outcomes.hold(going, 'media', { code: 'answered_elsewhere', params: { at: other.createdAt, text: other.text.replace(/\s+/g, ' ').slice(0, OTHER_TEXT) } });
      return false;
    }
    const there = await session.exists(row.targetId ?? '').catch(() => null);
    if (!there?.ok) return later(there?.failure ?? null);
    if (!there.value) this.outcomes.hold(going, 'media', { code: 'target_gone', params: {} });
    return there.value;
  }
  /** A thread goes on only under a part that is still there (DOMAIN §4). */
  private async parentStands(going: Going): Promise<boolean> {
    const { row, account, session, part } = going;
    const parentId = this.parentOf(row, part);
    const outcome = parentId === null ? null : await session.exists(parentId).catch(() => null);
    this.point('parent.checked');
    if (outcome?.ok && outcome.value) return true;
    if (outcome?.ok || parentId === null) this.outcomes.hold(going, 'media', { code: 'parent_gone', params: { part } });
    else if (outcome?.failure.kind === 'reauth') this.accountStopped(going, outcome.failure);
    else this.outcomes.wait({ row, account }, { code: 'offline', params: {} }, this.now() + RETRY_MS);
    return false;
  }
  private parentOf(row: StoredPublication, part: number): string | null {
    if (part === 0) return row.kind === 'post' ? null : row.targetId;
    return part === 1 ? row.remoteId : (this.repository.parts(row.id)[part - 2]?.remoteId ?? null);
  }

  /** Sends one part; answers the row when the next may go. */
  private async sendPart(going: Going): Promise<StoredPublication | null> {
    const { row, account, session, part } = going;
    const uploaded = await this.uploads.ofPart(row, part, session);
    if (!uploaded.ok) {
      this.uploadFailed(going, uploaded.failure);
      return null;
    }
    if (part === 0 && !this.ratio.lets(row, account)) return null;
    if (this.stopping) return null;
    const text = part === 0 ? row.text : (this.repository.parts(row.id)[part - 1]?.text ?? '');
    const attemptId = this.begin(going, text, uploaded.ids.length);
    if (attemptId === null) return null;
    this.point('begun.after-commit');
    const answer = await this.create(going, text, uploaded.ids);
    this.point('request.answered');
    return this.outcomes.end(going, attemptId, answer);
  }

  /** The intent, on the disk before the request. The pause, what is on the wire and what is in doubt are read in the same transaction; null when it may not begin. */
  private begin(going: Going, text: string, mediaCount: number): string | null {
    const { account, part } = going;
    const { id } = going.row;
    const textHash = textHashOf(text);
    this.point('begin.before');
    try {
      this.deps.reserve.keep();
      const begun = this.deps.db.tx((): { attemptId: string | null; row: StoredPublication } => {
        const row = this.repository.need(id);
        const stay = (changed: StoredPublication): { attemptId: null; row: StoredPublication } => ({ attemptId: null, row: changed });
        // Meanwhile it was found on the network, or taken away.
        if (phaseOf(row) !== 'sending') return stay(row);
        const now = this.now();
        if (this.events.paused() && !row.manual) return stay(this.repository.apply(id, { type: 'pause' }, { reason: row.sentAt === null ? null : { code: 'paused_thread', params: { part: part + 1 } } }, now));
        const open = this.attempts.unsettled(account.id);
        const ours = this.attempts.list(id).filter((attempt) => attempt.part === part);
        if (open.some((attempt) => attempt.outcome === null) || this.repository.sameTextInDoubt(account.id, textHash, id) || !mayCreate(ours)) {
          return stay(this.repository.apply(id, { type: 'wait' }, { reason: { code: 'text_in_doubt', params: {} }, nextTryAt: now + DOUBT_MS }, now));
        }
        const oldest = ours.find(isUnsettled);
        const attemptId = this.attempts.begin({
          publicationId: id, accountId: account.id, part, dueAt: row.dueAt, bootId: this.deps.bootId, textHash, replyToId: this.parentOf(row, part), mediaCount,
          idFloor: oldest ? oldest.idFloor : this.repository.newestOwnId(account.id), askedBy: row.manual ? 'user' : 'scheduler',
        }, now);
        const next = this.repository.apply(id, { type: 'begin' }, { late: row.late }, now);
        this.point('begun.before-commit');
        return { attemptId, row: next };
      });
      if (begun.attemptId === null) this.events.changed([begun.row]);
      return begun.attemptId;
    } catch (cause) {
      // The intent is not on the disk, so nothing is sent; the claim goes back as soon as the disk takes it.
      this.deps.ports.log.error('an attempt could not be written', { cause: String(cause) });
      this.durable.write(() => this.repository.apply(id, { type: 'boot' }, { reason: { code: 'disk', params: {} } }, this.now()));
      return null;
    }
  }

  /** The one place that creates. Whatever goes wrong on the way back, the post may be out: it is looked for, never forgotten as `sending`. */
  private async create({ row, account, session, part }: Going, text: string, mediaIds: string[]): Promise<Answer> {
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

  private uploadFailed(going: Going, failure: Failure | null): void {
    const { row, account } = going;
    if (failure?.kind === 'reauth' || failure?.kind === 'budget') this.accountStopped(going, failure);
    else if (failure?.kind === 'cancelled') this.events.changed([this.repository.apply(row.id, { type: 'unschedule' }, { ...(row.sentAt === null ? { wall: null, dueAt: null } : {}), reason: { code: 'upload_cancelled', params: {} } }, this.now())]);
    else if (failure === null || failure.kind === 'definite' || failure.kind === 'duplicate') this.outcomes.hold(going, 'media', { code: 'media', params: failure ? { detail: failure.detail } : {} });
    else if (failure.kind === 'rateLimited') this.outcomes.wait({ row, account }, { code: 'rate_limited', params: { until: failure.resetAt } }, failure.resetAt);
    else this.outcomes.wait({ row, account }, { code: 'offline', params: {} }, this.now() + RETRY_MS);
  }
  /** Something before the create was refused for the account's sake. */
  private accountStopped(going: Pick<Going, 'row' | 'account'>, failure: Extract<Failure, { kind: 'budget' | 'reauth' }>): void {
    const why = failure.kind === 'reauth' ? 'auth' : 'budget';
    if (failure.kind === 'budget') this.stops.stop(going.account.id, this.now());
    this.outcomes.hold(going, why, { code: failure.kind === 'reauth' ? 'reauth' : 'budget', params: { detail: failure.detail } });
    if (failure.kind === 'reauth') this.accounts.needsReauth(going.account.id);
    else this.deps.bus.emit('scheduler.changed', {});
  }
}
