import { AppError } from '../../../../shared/contract/errors.ts';
import { compareIds } from '../../../../shared/domain/ids.ts';
import { afterLook, isUnsettled, LOOKS_MS } from '../../../../shared/domain/publicationAttempt.ts';
import type { CoreDeps } from '../../feature.ts';
import type { RemotePost } from '../../network/port.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { Attempt, AttemptsRepository } from './attempts.ts';
import type { Durations } from './durations.ts';
import { type OwnPosts, type Seen, SKEW_MS } from './ownPosts.ts';
import type { PublicationsRepository, StoredPublication } from './repository.ts';
import type { SenderEvents } from './senderEvents.ts';

/** Pages that a look reads back at most; a look that ends there cannot say that a post is not there. */
const MAX_PAGES = 8;
const PAGE = 100;
const LONGEST_LOOK_MS = LOOKS_MS.at(-1) ?? 0;
interface Doubt {
  row: StoredPublication;
  attempt: Attempt;
}

/** Looks for posts whose create had no clear answer (PUBLISHING 5): only successful reads count, and nothing here sends. */
export class Reconciler {
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly attempts: AttemptsRepository;
  private readonly accounts: AccountsService;
  private readonly own: OwnPosts;
  private readonly durations: Durations;
  private readonly events: SenderEvents;
  constructor(deps: CoreDeps, services: { repository: PublicationsRepository; attempts: AttemptsRepository; accounts: AccountsService; own: OwnPosts; durations: Durations; events: SenderEvents }) {
    this.deps = deps;
    this.repository = services.repository;
    this.attempts = services.attempts;
    this.accounts = services.accounts;
    this.own = services.own;
    this.durations = services.durations;
    this.events = services.events;
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }
  /** What is in doubt; `attempt: null` where nothing is left to look for. */
  private unknown(): { row: StoredPublication; attempt: Attempt | null }[] {
    return this.repository.inState('unknown').map((row) => ({ row, attempt: this.attempts.list(row.id).findLast(isUnsettled) ?? null }));
  }
  /** Ms until its next look. */
  private left({ attempt }: Doubt): number {
    this.durations.since(`ended:${attempt.id}`);
    return attempt.nextLookAt === null ? 0 : this.durations.left(`look:${attempt.id}`, attempt.nextLookAt, LONGEST_LOOK_MS);
  }
  /** Ms until the next look, or null. */
  nextIn(): number | null {
    const left = this.unknown().map(({ row, attempt }) => (attempt ? this.left({ row, attempt }) : 0));
    return left.length === 0 ? null : Math.min(...left);
  }

  async run(): Promise<void> {
    const byAccount = new Map<string, Doubt[]>();
    for (const { row, attempt } of this.unknown()) {
      if (attempt) byAccount.set(row.accountId, [...(byAccount.get(row.accountId) ?? []), { row, attempt }]);
      // Only the user can tell.
      else this.giveUp(row, 0);
    }
    for (const [accountId, doubts] of byAccount) {
      const account = this.accounts.list().find((each) => each.id === accountId);
      // Nobody is left who could look: the user is the only one who can tell.
      if (!account) for (const { row, attempt } of doubts) this.giveUp(row, attempt.looks);
      else if (doubts.some((doubt) => this.left(doubt) <= 0)) await this.look(account, doubts);
    }
  }

  private giveUp(row: StoredPublication, looks: number, note: () => void = () => undefined): void {
    const after = this.deps.db.tx(() => {
      note();
      const next = this.repository.apply(row.id, { type: 'lastLook' }, { reason: { code: 'not_found_after_looks', params: { looks } } }, this.now());
      this.deps.ports.point?.('notfound.before-commit');
      return next;
    });
    this.deps.ports.point?.('notfound.after-commit');
    this.events.changed([after]);
  }

  /** One read for all that is in doubt on the account; what it shows is offered to every unsettled attempt. */
  private async look(account: StoredAccount, doubts: readonly Doubt[]): Promise<void> {
    const begun = new Map(doubts.map((doubt) => [doubt.attempt.id, { after: this.durations.since(`ended:${doubt.attempt.id}`), due: this.left(doubt) <= 0 }]));
    let read: { posts: RemotePost[]; complete: boolean } | null = null;
    try {
      read = await this.read(account, doubts.map((doubt) => doubt.attempt));
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
    }
    if (read === null && account.network === 'practice') this.accounts.sessions.drop(account.id);
    const now = this.now();
    const seen = this.deps.db.tx(() => {
      const made = this.own.offer(account.id, read?.posts ?? [], now);
      if (made.length > 0) this.deps.ports.point?.('found.before-commit');
      return made;
    });
    if (seen.length > 0) this.deps.ports.point?.('found.after-commit');
    this.tell(account.id, seen);
    for (const { row, attempt } of doubts) {
      const at = begun.get(attempt.id);
      const current = this.repository.find(row.id);
      if (!at?.due || current?.state !== 'unknown' || seen.some((each) => each.attempt.id === attempt.id)) continue;
      this.absent({ row: current, attempt }, account, { result: read ? 'absent' : 'unread', complete: read?.complete ?? false, after: at.after });
    }
  }
  private absent({ row, attempt }: Doubt, account: StoredAccount, look: { result: 'absent' | 'unread'; complete: boolean; after: number }): void {
    const next = afterLook({ ...look, looks: attempt.looks });
    const looks = attempt.looks + (look.result === 'absent' ? 1 : 0);
    if (next.next === 'again') {
      this.deps.db.tx(() => {
        this.attempts.noteLook(attempt.id, looks, this.now() + next.inMs);
        this.noteInRecord(row, look.result);
      });
      this.events.changed([row]);
      return;
    }
    this.giveUp(row, looks, () => {
      this.noteInRecord(row, look.result);
      this.attempts.noteLook(attempt.id, looks, null);
      this.attempts.noteEvidence(attempt.id, { kind: 'notFound', at: this.now(), looks });
    });
    this.events.say(row, account, 'warning', 'needs_review', {});
  }

  /** Each look that worked stands in the record, and the first of those in a row that did not. */
  private noteInRecord(row: StoredPublication, result: 'absent' | 'unread'): void {
    if (result === 'unread' && this.repository.history(row.id).at(-1)?.event === 'lookFailed') return;
    this.repository.note(row.id, result === 'absent' ? 'looked' : 'lookFailed', this.now());
  }

  /** Says what was recognised on the network. */
  tell(accountId: string, seen: readonly Seen[]): void {
    if (seen.length === 0) return;
    const account = this.accounts.list().find((each) => each.id === accountId);
    this.events.changed(seen.map((each) => each.row));
    if (!account) return;
    for (const each of seen) {
      if (each.kind === 'found') this.events.say(each.row, account, 'info', 'unknown_found', {});
      else this.events.say(each.row, account, 'warning', 'sent_twice', { remoteId: each.post.id, other: each.row.remoteId ?? '' });
    }
    this.events.sent(accountId);
  }

  /** Own posts back to the floor of the oldest attempt in doubt; null when a read failed. One that could not be read may be the one that is looked for. */
  private async read(account: StoredAccount, attempts: readonly Attempt[]): Promise<{ posts: RemotePost[]; complete: boolean } | null> {
    const { session } = await this.accounts.sessions.get(account.id);
    const floors = attempts.map((attempt) => attempt.idFloor);
    const floor = floors.includes(null) ? null : (floors.filter((each) => each !== null).sort(compareIds)[0] ?? null);
    const oldest = Math.min(...attempts.map((attempt) => attempt.startedAt)) - SKEW_MS;
    const posts: RemotePost[] = [];
    let pageToken: string | undefined;
    let leftOut = 0;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const outcome = await session.read({ source: { kind: 'own' }, userId: account.remoteId, limit: PAGE, ...(floor === null ? {} : { sinceId: floor }), ...(pageToken ? { pageToken } : {}) });
      if (!outcome.ok) return null;
      posts.push(...outcome.value.posts);
      leftOut += outcome.value.leftOut;
      const bottom = outcome.value.posts.at(-1);
      if (outcome.value.nextToken === null || (floor === null && bottom !== undefined && bottom.createdAt < oldest)) return { posts, complete: leftOut === 0 };
      pageToken = outcome.value.nextToken;
    }
    return { posts, complete: false };
  }
}
