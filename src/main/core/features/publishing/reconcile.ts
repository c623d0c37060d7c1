import { AppError } from '../../../../shared/contract/errors.ts';
import { compareIds } from '../../../../shared/domain/ids.ts';
import { normaliseText } from '../../../../shared/domain/text.ts';
import type { CoreDeps } from '../../feature.ts';
import type { NetworkSession, RemotePost } from '../../network/port.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { Attempt, AttemptsRepository } from './attempts.ts';
import type { PublicationsRepository, StoredPublication } from './repository.ts';
import type { SenderEvents } from './sender.ts';

/** When an unknown outcome is looked for, ms after the attempt (ARCHITECTURE §7). */
export const LOOKS_MS = [10_000, 30_000, 120_000];
export const LOOK_AGAIN_MS = 30_000;
/** A look reads back to the newest own post before the attempt, at most this many pages. */
const MAX_PAGES = 8;
/** Where no own post was known before, one this much older than the attempt is not it, ms. */
const SKEW_MS = 10 * 60_000;

/** Looks for posts whose create had no clear answer (DOMAIN §4): only successful reads count, and nothing here sends. */
export class Reconciler {
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly attempts: AttemptsRepository;
  private readonly accounts: AccountsService;
  private readonly events: SenderEvents;
  constructor(deps: CoreDeps, services: { repository: PublicationsRepository; attempts: AttemptsRepository; accounts: AccountsService; events: SenderEvents }) {
    this.deps = deps;
    this.repository = services.repository;
    this.attempts = services.attempts;
    this.accounts = services.accounts;
    this.events = services.events;
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }

  /** Looks for every unknown outcome whose time for a look has come. */
  async run(now: number): Promise<void> {
    for (const row of this.repository.inState('unknown')) {
      const attempt = this.attempts.list(row.id).findLast((each) => each.nextLookAt !== null);
      const account = this.accounts.list().find((each) => each.id === row.accountId);
      if (!account) {
        // Nobody is left who could look: the user is the only one who can tell.
        this.giveUp(row, attempt?.looks ?? 0);
        continue;
      }
      if (!attempt) {
        const last = this.attempts.list(row.id).at(-1);
        if (last) this.attempts.noteLook(last.id, last.looks, now);
        continue;
      }
      if ((attempt.nextLookAt ?? Infinity) <= now) await this.look(row, account, attempt);
    }
  }

  private giveUp(row: StoredPublication, looks: number): void {
    this.events.changed([this.repository.apply(row.id, { type: 'notFoundOnNetwork' }, { reason: { code: 'not_found_after_looks', params: { looks } } }, this.now())]);
  }

  /** Only a successful read proves anything (DOMAIN §4). */
  private async look(row: StoredPublication, account: StoredAccount, attempt: Attempt): Promise<void> {
    this.deps.ports.point?.('look.before');
    let found: RemotePost | null | 'unread';
    try {
      const { session } = await this.accounts.sessions.get(account.id);
      found = await this.search(session, account, row, attempt);
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      found = 'unread';
    }
    this.deps.ports.point?.('look.after');
    if (found === 'unread') {
      if (account.network === 'practice') this.accounts.sessions.drop(account.id);
      this.attempts.noteLook(attempt.id, attempt.looks, this.now() + LOOK_AGAIN_MS);
      return;
    }
    const looks = attempt.looks + 1;
    if (found) {
      const { id, createdAt } = found;
      const parts = this.repository.parts(row.id).length;
      const after = this.deps.db.tx(() => {
        this.attempts.noteLook(attempt.id, looks, null);
        this.attempts.noteEvidence(attempt.id, { kind: 'found', at: this.now(), looks, remoteId: id, createdAt });
        const saved = this.repository.partSent(row, attempt.part, id, createdAt, this.now());
        this.deps.ports.point?.('look.inside-commit');
        if (attempt.part === parts) return this.repository.apply(row.id, { type: 'foundOnNetwork' }, { sentAt: saved.sentAt ?? createdAt, reason: null }, this.now());
        return this.repository.apply(row.id, { type: 'foundPart' }, { reason: { code: 'part_found', params: { part: attempt.part + 1, parts: parts + 1 } } }, this.now());
      });
      this.deps.ports.point?.('look.after-commit');
      this.events.changed([after]);
      this.events.sent(account.id);
      this.events.say(row, account, 'info', 'unknown_found', {});
      return;
    }
    const next = LOOKS_MS[looks];
    if (next !== undefined) {
      this.attempts.noteLook(attempt.id, looks, Math.max(this.now() + 1000, attempt.startedAt + next));
      return;
    }
    this.deps.db.tx(() => {
      this.attempts.noteLook(attempt.id, looks, null);
      this.attempts.noteEvidence(attempt.id, { kind: 'notFound', at: this.now(), looks });
      this.giveUp(row, looks);
    });
    this.events.say(row, account, 'warning', 'needs_review', {});
  }

  private async search(session: NetworkSession, account: StoredAccount, row: StoredPublication, attempt: Attempt): Promise<RemotePost | null | 'unread'> {
    const parts = this.repository.parts(row.id);
    const part = attempt.part;
    const wanted = normaliseText(part === 0 ? row.text : (parts[part - 1]?.text ?? ''));
    const files = this.repository.media(row.id).filter((each) => each.part === part).length;
    const answers = part === 0 ? (row.kind === 'reply' ? row.targetId : null) : part === 1 ? row.remoteId : (parts[part - 2]?.remoteId ?? null);
    const isIt = (post: RemotePost): boolean =>
      row.kind === 'repost'
        ? post.repostOfId === row.targetId
        : post.repostOfId === null && (post.replyTo?.postId ?? null) === answers && post.media.length === files && (row.poll === null || part > 0 || post.poll !== null) && normaliseText(post.text) === wanted;
    let pageToken: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const outcome = await session.read({ source: { kind: 'own' }, userId: account.remoteId, limit: 20, ...(attempt.newestOwnId ? { sinceId: attempt.newestOwnId } : {}), ...(pageToken ? { pageToken } : {}) });
      if (!outcome.ok) return 'unread';
      const match = outcome.value.posts
        .filter(isIt)
        .filter((post) => (attempt.newestOwnId === null ? post.createdAt >= attempt.startedAt - SKEW_MS : compareIds(post.id, attempt.newestOwnId) > 0))
        .find((post) => !this.repository.isClaimed(account.id, post.id));
      if (match) return match;
      if (outcome.value.nextToken === null) return null;
      pageToken = outcome.value.nextToken;
    }
    return null;
  }
}
