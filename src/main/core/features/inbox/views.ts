import type { Post } from '../../../../shared/contract/columns.ts';
import type { CaseView, PersonView } from '../../../../shared/contract/inbox.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import type { Publication } from '../../../../shared/contract/publications.ts';
import { sharedWords } from '../../../../shared/domain/alike.ts';
import { actionRoute } from '../../../../shared/domain/inbox.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { PostsRepository } from '../columns/postsRepository.ts';
import type { InboxKept, Person } from './keptRepository.ts';
import type { CasesRepository, StoredCase } from './repository.ts';

/** Characters of a message that the list shows. */
const EXCERPT = 140;
/** Earlier cases of a person that are listed. */
const BEFORE = 50;
const UNKNOWN = { id: '', username: '', name: '', avatar: null, verified: false };

/** Cases as the contract says them. */
export class CaseViews {
  private readonly cases: CasesRepository;
  private readonly kept: InboxKept;
  private readonly posts: PostsRepository;
  private readonly publication: (id: string) => Publication | null;
  /** What was sent from here and has this id on the network. */
  private readonly sent: (accountId: string, remoteId: string) => Publication | null;
  constructor(services: { cases: CasesRepository; kept: InboxKept; posts: PostsRepository; publication: (id: string) => Publication | null; sent: (accountId: string, remoteId: string) => Publication | null }) {
    this.cases = services.cases;
    this.kept = services.kept;
    this.posts = services.posts;
    this.publication = services.publication;
    this.sent = services.sent;
  }
  /** Posts by id; one that was sent from here and not read back yet is shown as it was written. */
  private read(account: StoredAccount, ids: readonly string[]): Map<string, Post> {
    const found = new Map(this.posts.byIds(account, ids).map((post) => [post.id, post]));
    for (const id of new Set(ids)) {
      const mine = found.has(id) ? null : this.sent(account.id, id);
      if (mine) found.set(id, ownPost(account, mine, id, this.posts.people(account.origin, [account.remoteId]).get(account.remoteId) ?? null));
    }
    return found;
  }

  many(account: StoredAccount, rows: readonly StoredCase[]): CaseView[] {
    const posts = this.read(account, rows.map((row) => row.lastMessageId));
    const people = this.posts.people(account.origin, rows.map((row) => row.personId));
    return rows.map((row) => {
      const post = posts.get(row.lastMessageId);
      return {
        id: row.id, accountId: row.accountId, person: people.get(row.personId) ?? { ...UNKNOWN, id: row.personId }, state: row.state, kind: row.kind, high: row.high, labels: row.labels,
        personLabels: this.kept.person(account.id, row.personId).labels, outcome: row.outcome, note: row.note, excerpt: excerptOf(post), lang: post?.lang ?? null,
        lastMessageAt: row.lastMessageAt, owedSince: row.owedSince, dueAt: row.dueAt, snoozedUntil: row.snoozedUntil,
        replyRoute: actionRoute('reply', account, { own: false, addressesUs: row.summoned }) === 'outbox' ? 'outbox' : 'handOff', pending: this.pending(row), revision: row.revision,
      };
    });
  }
  one(account: StoredAccount, row: StoredCase): CaseView {
    const [view] = this.many(account, [row]);
    if (!view) throw new Error('a case without a view');
    return view;
  }
  /** An answer on its way, or one that did not go out. */
  private pending(row: StoredCase): CaseView['pending'] {
    for (const tie of this.cases.tiedTo(row.id).toReversed()) {
      const publication = this.publication(tie.publicationId);
      if (publication && publication.state !== 'posted' && publication.state !== 'cancelled' && (tie.becomes !== null || publication.text.trim() !== '' || publication.media.length > 0)) return { publicationId: publication.id, state: publication.state, reason: publication.reason };
    }
    return null;
  }
  draft(row: StoredCase): Publication | null {
    for (const tie of this.cases.tiedTo(row.id).toReversed()) {
      const publication = this.publication(tie.publicationId);
      if (publication?.state === 'draft') return publication;
    }
    return null;
  }
  whole(account: StoredAccount, row: StoredCase): OutputOf<'inbox.case'> {
    const messages = this.cases.messages(row.id);
    const posts = this.read(account, messages.map((each) => each.postId));
    return {
      case: this.one(account, row),
      messages: messages.flatMap((each) => {
        const post = posts.get(each.postId);
        return post ? [{ post, direction: each.direction, seenAt: each.seenAt, tookMinutes: each.tookMinutes }] : [];
      }),
      events: this.cases.events(row.id), person: this.person(account, row.personId, row.id), draft: this.draft(row),
    };
  }
  person(account: StoredAccount, personId: string, besides: string | null): PersonView {
    const known: Person = this.kept.person(account.id, personId);
    const all = this.cases.ofPerson(account.id, personId);
    const before = all.filter((each) => each.id !== besides).slice(0, BEFORE);
    // What the person said is what a case was about, not what we answered.
    const said = this.cases.lastIns(besides === null ? before.map((each) => each.id) : [besides, ...before.map((each) => each.id)]);
    const posts = this.read(account, [...said.values(), ...before.map((each) => each.lastMessageId)]);
    const wordsOf = (id: string, last: string): string => excerptOf(posts.get(said.get(id) ?? last));
    const looked = all.find((each) => each.id === besides);
    const about = looked ? wordsOf(looked.id, looked.lastMessageId) : '';
    const author = this.posts.people(account.origin, [personId]).get(personId) ?? { ...UNKNOWN, id: personId };
    return {
      author, ...this.posts.profile(account.origin, personId), ...known, exchanges: all.length, firstSeenAt: all.length === 0 ? null : Math.min(...all.map((each) => each.lastMessageAt)),
      before: before.map((each) => ({ caseId: each.id, at: each.lastMessageAt, kind: each.kind, excerpt: wordsOf(each.id, each.lastMessageId), outcome: each.outcome, state: each.state, alike: looked?.kind === each.kind ? sharedWords(about, wordsOf(each.id, each.lastMessageId)) : [] })),
    };
  }
}

/** First words of a message, without the handles that it is addressed to. */
function excerptOf(post: Post | undefined): string {
  return (post?.text ?? '').replace(/^(?:\s*@\w{1,20})+\s*/, '').replace(/\s+/g, ' ').slice(0, EXCERPT);
}

function ownPost(account: StoredAccount, publication: Publication, id: string, author: Post['author'] | null): Post {
  return {
    id, originalId: id, author: author ?? { id: account.remoteId, username: account.username, name: account.name, avatar: null, verified: false }, createdAt: publication.sentAt ?? publication.updatedAt, text: publication.text, entities: [],
    media: publication.media.map((each) => ({ type: each.mime.startsWith('video/') ? 'video' as const : 'photo' as const, src: each.mime.startsWith('video/') ? null : each.src, width: each.width, height: each.height, alt: each.alt || null })),
    lang: null, url: publication.url ?? '', edited: false, tombstone: publication.removedAt !== null, quoted: null, replyTo: publication.target ? { postId: publication.target.id, username: publication.target.username } : null,
    repostedBy: null, poll: null, metrics: { reposts: 0, replies: 0, likes: 0, quotes: 0 },
  };
}
