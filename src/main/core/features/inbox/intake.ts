import type { RuleView } from '../../../../shared/contract/inbox.ts';
import { compareIds } from '../../../../shared/domain/ids.ts';
import { OWES_ANSWER } from '../../../../shared/domain/inbox.ts';
import { firstRule, guessKind, type InboxRule } from '../../../../shared/domain/inboxRules.ts';
import { officeMinutes } from '../../../../shared/domain/responseClock.ts';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps } from '../../feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import { clocked, moved, type Office } from './clock.ts';
import type { InboxKept } from './keptRepository.ts';
import type { CasesRepository, StoredCase, Tie } from './repository.ts';

const MINUTE = 60_000;

const q = defineStatements('intake', {
  username: 'SELECT username FROM users WHERE origin = :origin AND id = :id',
  /** Our own answers to a post that were stored before it. */
  answers: 'SELECT id, created_at FROM posts WHERE reply_to_id = :id AND origin = :origin AND author_id = :me AND tombstone = 0 ORDER BY created_at',
  author: 'SELECT author_id FROM posts WHERE origin = :origin AND id = :id',
});

/** What the inbox needs to know of a post. */
export interface Incoming {
  id: string; authorId: string; createdAt: number; text: string; lang: string | null; conversationId: string | null;
  replyTo: { postId: string; userId: string | null } | null; quotedId: string | null; repostOfId: string | null;
  entities: readonly { kind: string; display: string }[];
}
/** Told once the transaction has committed. */
export interface Told { fresh: StoredCase[]; changed: Set<string>; routes: { row: StoredCase; routeId: string }[] }

/** Turns posts into cases as they are stored, in the same transaction (DOMAIN §6): mentions, replies to us, quotes of us, and our own answers. */
export class Intake {
  private readonly deps: CoreDeps;
  private readonly cases: CasesRepository;
  private readonly kept: InboxKept;
  constructor(deps: CoreDeps, cases: CasesRepository, kept: InboxKept) {
    this.deps = deps;
    this.cases = cases;
    this.kept = kept;
  }

  /** `mentions`: the network itself says that these speak to us. Throws nothing that a post could cause. */
  take(account: StoredAccount, posts: readonly Incoming[], mentions: boolean): Told {
    const told: Told = { fresh: [], changed: new Set(), routes: [] };
    const concerning = posts.filter((post) => post.repostOfId === null && (post.authorId === account.remoteId ? post.replyTo !== null : mentions || this.addresses(account, post)));
    if (concerning.length === 0) return told;
    const office: Office = { settings: this.kept.settings(account.id), zone: account.zone };
    const rules = this.kept.rules(account.id);
    for (const post of concerning.toSorted((a, b) => compareIds(a.id, b.id))) {
      if (post.authorId === account.remoteId) this.answer(account, post, office, told);
      else this.message(account, post, office, rules, told);
    }
    return told;
  }
  private addresses(account: StoredAccount, post: Incoming): boolean {
    if (post.replyTo?.userId === account.remoteId) return true;
    const me = `@${account.username.toLowerCase()}`;
    if (post.entities.some((each) => each.kind === 'mention' && each.display.toLowerCase() === me)) return true;
    return post.quotedId !== null && this.deps.db.get(q.author, { origin: account.origin, id: post.quotedId })?.['author_id'] === account.remoteId;
  }

  private message(account: StoredAccount, post: Incoming, office: Office, rules: readonly RuleView[], told: Told): void {
    const now = this.deps.ports.clock.now();
    const conversationId = post.conversationId ?? post.id;
    const found = this.cases.find(account.id, conversationId, post.authorId);
    const before = found ?? this.cases.create({ accountId: account.id, personId: post.authorId, conversationId, kind: guessKind(post.text), kindBy: 'guess', summoned: true, messageId: post.id, messageAt: post.createdAt }, now);
    if (!this.cases.addMessage({ caseId: before.id, postId: post.id, direction: 'in', at: post.createdAt, seenAt: now })) return;
    const latest = compareIds(post.id, before.lastMessageId) >= 0;
    const answered = this.answeredAlready(account, before, post);
    let next = moved(before, 'message', office, {
      summoned: true, ...(latest ? { lastMessageId: post.id, lastMessageAt: post.createdAt } : {}),
      // A conversation that goes on becomes what its last message is: nobody owes an answer within the minute to a thank-you.
      ...(before.kindBy === 'guess' && found && latest && guessKind(post.text) !== 'other' ? { kind: guessKind(post.text) } : {}),
      ...(before.state === 'muted' || answered ? {} : { owedSince: before.owedSince ?? now }),
    });
    if (found?.state === 'done') this.cases.addEvent(before.id, now, 'reopened', 'app');
    const rule = firstRule(rules, { text: post.text, username: this.username(account, post.authorId), lang: post.lang, hasLink: post.entities.some((each) => each.kind === 'url'), personLabels: this.kept.person(account.id, post.authorId).labels });
    if (rule && before.state !== 'muted') next = this.byRule(next, rule, office, now, told);
    if (answered) next = moved(next, office.settings.afterReply === 'done' ? 'done' : 'wait', office);
    const stored = this.cases.write(next, now);
    if (!found) told.fresh.push(stored);
    told.changed.add(stored.id);
  }
  /** Rules never send (DOMAIN §6): they sort, and propose. */
  private byRule(row: StoredCase, rule: InboxRule, office: Office, now: number, told: Told): StoredCase {
    const { kind, high, label, snoozeMinutes, mute, routeId } = rule.actions;
    let next: StoredCase = {
      ...row, ...(kind && row.kindBy !== 'user' ? { kind, kindBy: 'rule' as const } : {}), ...(high === undefined ? {} : { high }),
      ...(label === undefined || row.labels.includes(label) ? {} : { labels: [...row.labels, label] }),
    };
    if (mute) next = moved(next, 'mute', office);
    else if (snoozeMinutes !== undefined) next = moved(next, 'snooze', office, { snoozedUntil: now + snoozeMinutes * MINUTE });
    else next = clocked(next, office);
    this.cases.addEvent(row.id, now, 'ruled', 'rule', { rule: rule.name, ...(kind ? { kind } : {}), ...(high ? { high: true } : {}), ...(label ? { label } : {}) });
    if (routeId !== undefined) told.routes.push({ row: next, routeId });
    return next;
  }
  private username(account: StoredAccount, id: string): string {
    return String(this.deps.db.get(q.username, { origin: account.origin, id })?.['username'] ?? '');
  }
  /** Answers of ours that were stored before the message they answer. */
  private answeredAlready(account: StoredAccount, row: StoredCase, post: Incoming): boolean {
    const answers = this.deps.db.all(q.answers, { id: post.id, origin: account.origin, me: account.remoteId });
    for (const answer of answers) this.cases.addMessage({ caseId: row.id, postId: String(answer['id']), direction: 'out', at: Number(answer['created_at']), seenAt: Number(answer['created_at']) });
    return answers.length > 0;
  }

  /** A post of ours that answers somebody: sent from here it is known already, else it was answered elsewhere. */
  private answer(account: StoredAccount, post: Incoming, office: Office, told: Told): void {
    const person = post.replyTo?.userId ?? null;
    if (person === null || person === account.remoteId) return;
    const row = this.cases.find(account.id, post.conversationId ?? post.replyTo?.postId ?? post.id, person);
    if (row) this.answered(row, post, office, true, told);
  }
  /** An answer of ours is out. `tie`: it was sent from here, and the case moved when it was. */
  answered(row: StoredCase, post: { id: string; createdAt: number }, office: Office, elsewhere: boolean, told: Pick<Told, 'changed'>, tie: Tie | null = null): void {
    const now = this.deps.ports.clock.now();
    const lastIn = this.cases.lastIn(row.id);
    const owed = tie ? tie.owedSince : lastIn !== null && post.createdAt < lastIn.at ? null : row.owedSince;
    const took = owed === null ? null : officeMinutes(Math.min(owed, post.createdAt), post.createdAt, office.settings.office, office.zone);
    if (!this.cases.addMessage({ caseId: row.id, postId: post.id, direction: 'out', at: post.createdAt, seenAt: now, took })) return;
    const latest = compareIds(post.id, row.lastMessageId) > 0 ? { lastMessageId: post.id, lastMessageAt: post.createdAt } : {};
    const next = { ...row, ...latest };
    told.changed.add(row.id);
    if (!elsewhere || owed === null || !OWES_ANSWER.has(row.state)) {
      this.cases.write(next, now);
      return;
    }
    this.cases.addEvent(row.id, now, 'answeredElsewhere', 'app', { at: post.createdAt });
    this.cases.write(moved(next, office.settings.afterReply === 'done' ? 'done' : 'wait', office), now);
  }
}
