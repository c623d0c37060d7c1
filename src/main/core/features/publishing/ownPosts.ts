import { createHash } from 'node:crypto';
import { compareIds } from '../../../../shared/domain/ids.ts';
import { isUnsettled } from '../../../../shared/domain/publicationAttempt.ts';
import { normaliseText } from '../../../../shared/domain/text.ts';
import { type Db, defineStatements } from '../../db/db.ts';
import type { CoreDeps } from '../../feature.ts';
import type { RemotePost } from '../../network/port.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { Attempt, AttemptsRepository } from './attempts.ts';
import { graceEndOf } from './grace.ts';
import { phaseOf, type PublicationsRepository, type StoredPublication } from './repository.ts';

const q = defineStatements('ownPosts', { me: 'SELECT remote_id FROM accounts WHERE id = :accountId' });
/** Where no own post was known before, one this much older than the attempt is not it, ms. */
export const SKEW_MS = 10 * 60_000;

/** What a text is known by in an attempt: case, spaces, links' addresses and escapes do not matter. */
export const textHashOf = (text: string): string => createHash('sha256').update(normaliseText(text)).digest('hex');

/** `found`: the attempt's post; `twice`: another copy of what is out already. */
export interface Seen {
  kind: 'found' | 'twice';
  row: StoredPublication;
  attempt: Attempt;
  post: { id: string; createdAt: number };
}

/** Own posts seen on the network, by a look or by a column, against every attempt whose outcome is open, whatever became of its publication (PUBLISHING 6). */
export class OwnPosts {
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly attempts: AttemptsRepository;
  private readonly accounts: AccountsService;
  constructor(deps: CoreDeps, services: { repository: PublicationsRepository; attempts: AttemptsRepository; accounts: AccountsService }) {
    this.deps = deps;
    this.repository = services.repository;
    this.attempts = services.attempts;
    this.accounts = services.accounts;
  }

  /** In the caller's transaction. Answers what was recognised, to be told once it has committed. */
  offer(accountId: string, posts: readonly RemotePost[], now: number): Seen[] {
    const open = this.attempts.unsettled(accountId);
    if (open.length === 0) return [];
    const me = this.deps.db.get(q.me, { accountId })?.['remote_id'];
    const seen: Seen[] = [];
    for (const post of posts.filter((each) => each.authorId === me).sort((a, b) => compareIds(a.id, b.id))) {
      if (this.repository.isClaimed(accountId, post.id)) continue;
      const fits = open.filter((attempt) => !seen.some((each) => each.attempt.id === attempt.id) && this.fits(attempt, post));
      // What is on the wire now may have made it: its answer decides.
      const onTheWire = fits.find((attempt) => attempt.outcome === null);
      if (onTheWire) this.attempts.noteEvidence(onTheWire.id, { kind: 'found', at: now, remoteId: post.id, createdAt: post.createdAt });
      const oldest = onTheWire ? undefined : fits[0];
      const made = oldest ? this.claim(oldest, post, now) : null;
      if (made) seen.push(made);
    }
    return seen;
  }

  private fits(attempt: Attempt, post: RemotePost): boolean {
    const row = this.repository.find(attempt.publicationId);
    if (!row || !isUnsettled(attempt)) return false;
    if (attempt.idFloor === null ? post.createdAt < attempt.startedAt - SKEW_MS : compareIds(post.id, attempt.idFloor) <= 0) return false;
    if (row.kind === 'repost') return post.repostOfId === row.targetId;
    return post.repostOfId === null && (post.replyTo?.postId ?? null) === attempt.replyToId && post.media.length === attempt.mediaCount
      && (row.poll === null || attempt.part > 0 || post.poll !== null) && textHashOf(post.text) === attempt.textHash;
  }

  /** The attempt made this post. In the caller's transaction; null where a create of the same publication is on the wire. */
  claim(attempt: Attempt, post: { id: string; createdAt: number }, now: number): Seen | null {
    const row = this.repository.need(attempt.publicationId);
    if (phaseOf(row) === 'begun') return null;
    const parts = this.repository.parts(row.id);
    const out = attempt.part === 0 ? { sentAt: row.sentAt, remoteId: row.remoteId } : (parts[attempt.part - 1] ?? null);
    this.attempts.settle(attempt.id, now);
    this.attempts.noteEvidence(attempt.id, { kind: 'found', at: now, looks: attempt.looks, remoteId: post.id, createdAt: post.createdAt });
    if (out !== null && out.sentAt !== null && out.remoteId !== null) return { kind: 'twice', row, attempt, post };
    const saved = this.repository.partSent(row, attempt.part, post.id, out?.sentAt ?? post.createdAt, now);
    // The user had said that it was out: now its id is known too.
    if (out !== null && out.sentAt !== null) return { kind: 'found', row: saved, attempt, post };
    const rest = saved.sentAt === null || this.repository.parts(row.id).some((part) => part.sentAt === null);
    const account = this.accounts.list().find((each) => each.id === row.accountId);
    const goesOn = row.state === 'unknown' && account !== undefined && now <= graceEndOf(row, account, now);
    const reason = rest ? { code: 'part_found', params: { part: attempt.part + 1, parts: parts.length + 1 } } : null;
    const next = this.repository.apply(row.id, { type: rest ? (goesOn ? 'foundPart' : 'foundLate') : 'found' }, { reason }, now);
    return { kind: 'found', row: next, attempt, post };
  }
}

type Listener = (accountId: string, posts: readonly RemotePost[]) => () => void;
/** Who hears of own posts as columns store them, by database: ingest writes and knows nothing of publications. */
const listeners = new WeakMap<Db, Listener>();
export function listenToOwnPosts(db: Db, listener: Listener): void {
  listeners.set(db, listener);
}
/** Called where posts are stored, in the same transaction; the answer is called once it has committed. */
export function offerOwnPosts(db: Db, accountId: string, posts: readonly RemotePost[]): () => void {
  return listeners.get(db)?.(accountId, posts) ?? (() => undefined);
}
