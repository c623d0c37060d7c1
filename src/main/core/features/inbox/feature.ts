import { AppError } from '../../../../shared/contract/errors.ts';
import type { MethodName } from '../../../../shared/contract/index.ts';
import type { Publication } from '../../../../shared/contract/publications.ts';
import { firstRule } from '../../../../shared/domain/inboxRules.ts';
import { REPLY_VARIABLES, ROUTE_VARIABLES, unknownVariables, type Variable, variableList } from '../../../../shared/domain/savedReply.ts';
import { median } from '../../../../shared/domain/responseClock.ts';
import type { Lang } from '../../../../shared/domain/types.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { ActivityService } from '../activity/feature.ts';
import type { PostsRepository } from '../columns/postsRepository.ts';
import type { PublishingService } from '../publishing/service.ts';
import { Answers } from './answers.ts';
import { clocked, moved } from './clock.ts';
import { type Incoming, Intake, type Told } from './intake.ts';
import { InboxKept } from './keptRepository.ts';
import { seedPractice } from './practice.ts';
import { CasesRepository } from './repository.ts';
import { InboxService } from './service.ts';
import { storedPieces, storedPost } from './stored.ts';
import { CaseViews } from './views.ts';

const DAY_MS = 86_400_000;
/** Answers of this long are in the median, and stored messages of this long in a dry run, ms. */
const LOOK_BACK_MS = 30 * DAY_MS;
const PIECE = 100;
const EXAMPLES = 3;
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Throws AppError `variable_unknown`: what is no variable would be sent as it is, or stop the sending. */
function refuseUnknown(text: string, known: readonly Variable[], lang: Lang): void {
  const names = unknownVariables(text);
  if (names.length > 0) throw new AppError('variable_unknown', { names: names.join(', '), known: variableList(known, lang) });
}

type InboxMethod = Extract<MethodName, `inbox.${string}`>;
export interface InboxFeature {
  handlers: Pick<Handlers, InboxMethod>;
  /** Called where posts are stored, in the same transaction; the answer is called once it has committed. */
  stored(account: StoredAccount, posts: readonly Incoming[], mentions: boolean): () => void;
  job: Job;
}

/** The inbox: cases from what is said to us, answers, channels, rules and people (DOMAIN §6). */
export function createInbox(deps: CoreDeps, services: { accounts: () => AccountsService; posts: PostsRepository; publishing: PublishingService; activity: ActivityService; lang: () => Lang }): InboxFeature {
  const { db, bus, undo, ports } = deps;
  const now = (): number => ports.clock.now();
  const cases = new CasesRepository(db);
  const kept = new InboxKept(db);
  const { publishing } = services;
  const publication = (id: string): Publication | null => {
    const row = publishing.repository.find(id);
    return row && publishing.view(row);
  };
  const sentFromHere = (accountId: string, remoteId: string): Publication | null => {
    const row = publishing.repository.byRemote(accountId, remoteId);
    return row && publishing.view(row);
  };
  const views = new CaseViews({ cases, kept, posts: services.posts, publication, sent: sentFromHere });
  const inbox = new InboxService(deps, { cases, kept, accounts: services.accounts });
  const intake = new Intake(deps, cases, kept);
  const answers = new Answers(deps, { inbox, kept, views, publishing, intake });
  const accountOf = (caseId: string): { row: ReturnType<CasesRepository['need']>; account: StoredAccount } => {
    const row = cases.need(caseId);
    return { row, account: services.accounts().need(row.accountId) };
  };
  const view = (caseId: string) => {
    const { row, account } = accountOf(caseId);
    return views.one(account, row);
  };
  const changed = (accountId: string): void => bus.emit('inbox.changed', { accountId });

  const tell = (account: StoredAccount, told: Told): void => {
    for (const { row, routeId } of told.routes) {
      try {
        answers.prepare(row, routeId);
      } catch (cause) {
        ports.log.warn('a proposed route could not be prepared', { cause: String(cause) });
      }
    }
    if (told.changed.size > 0) changed(account.id);
  };
  /** Mentions that were here before the inbox, or that came while it was not looked at. */
  const build = async (account: StoredAccount): Promise<void> => {
    for (const piece of storedPieces(db, account.id, now() - LOOK_BACK_MS, PIECE)) {
      const told = db.tx(() => {
        const mentions = intake.take(account, piece.filter((post) => post.kind === 'mentions'), true);
        const own = intake.take(account, piece.filter((post) => post.kind === 'own'), false);
        for (const id of own.changed) mentions.changed.add(id);
        return mentions;
      });
      tell(account, told);
      await breathe();
    }
    kept.setBuilt(account.id);
  };
  const unbuilt = (): StoredAccount[] => services.accounts().list().filter((account) => !kept.isBuilt(account.id));
  const wakeAndSay = (at: number): void => {
    const touched = new Set<string>();
    for (const row of cases.toWake(at)) {
      cases.write(moved(row, 'wake', inbox.office(row.accountId)), at);
      cases.addEvent(row.id, at, 'woke', 'app');
      touched.add(row.accountId);
    }
    const late = cases.toSay(at);
    for (const accountId of new Set(late.map((row) => row.accountId))) {
      const rows = late.filter((row) => row.accountId === accountId);
      const account = services.accounts().need(accountId);
      touched.add(accountId);
      for (const row of rows) {
        cases.write({ ...row, overdueSaid: true }, at);
        const { person, excerpt } = views.one(account, row);
        services.activity.add({ accountId, level: 'warning', code: 'case_overdue', params: { username: account.username, accountId, person: person.username, text: excerpt.slice(0, 60), kind: row.kind } }, rows.length === 1);
      }
      // After a night or a weekend many are overdue at once: each is kept, and said they are in one notice.
      if (rows.length > 1) services.activity.raise({ level: 'warning', code: 'cases_overdue', params: { username: account.username, accountId, count: rows.length } });
    }
    inbox.changed(touched);
  };

  return {
    stored(account, posts, mentions) {
      const told = intake.take(account, posts, mentions);
      return () => tell(account, told);
    },
    job: {
      name: 'inbox',
      nextDue: () => (unbuilt().length > 0 ? 0 : cases.nextAt()),
      async run(at) {
        for (const account of unbuilt()) {
          if (account.network === 'practice') seedPractice(kept, account.id, at);
          // What cannot be read now is not tried at every tick: new messages become cases in any case.
          await build(account).catch((cause: unknown) => {
            ports.log.error('stored mentions could not be made into cases', { account: account.id, cause: String(cause) });
            kept.setBuilt(account.id);
          });
        }
        db.tx(() => wakeAndSay(at));
      },
    },
    handlers: {
      'inbox.list': ({ accountId, view: shown, kind, label, limit }) => {
        const account = services.accounts().need(accountId);
        const rows = cases.list({ accountId, view: shown, kind: kind ?? null, label: label ?? null, limit: limit + 1 });
        const { states, overdue } = cases.counts(accountId, now());
        const n = (state: string): number => states.get(state) ?? 0;
        return {
          cases: views.many(account, rows.slice(0, limit)), more: rows.length > limit, labels: cases.labels(accountId), medianMinutes: median(cases.took(accountId, now() - LOOK_BACK_MS)),
          counts: { attend: n('new') + n('open'), waiting: n('waiting'), snoozed: n('snoozed'), done: n('done'), muted: n('muted'), overdue },
        };
      },
      'inbox.case': ({ caseId }) => {
        const { row, account } = accountOf(caseId);
        return views.whole(account, row);
      },
      'inbox.marks': ({ accountId, postIds }) => cases.marks(services.accounts().need(accountId), postIds),
      'inbox.act': (input) => inbox.act(input),
      'inbox.note': ({ caseId, note }) => {
        inbox.note(caseId, note);
        return view(caseId);
      },
      'inbox.draft': (input) => ({ draft: db.tx(() => answers.draft(input)) }),
      'inbox.reply': (input) => answers.reply(input),
      'inbox.route': (input) => answers.route(input),
      'inbox.answeredByHand': ({ caseId, becomes }) => {
        const { row } = accountOf(caseId);
        const office = inbox.office(row.accountId);
        cases.write(moved(row, (becomes ?? office.settings.afterReply) === 'done' ? 'done' : 'wait', office), now());
        cases.addEvent(caseId, now(), 'answeredByHand', 'user');
        changed(row.accountId);
        return { changed: 1, refused: [], undoId: inbox.undoOf('case_changed', [row]) };
      },
      'inbox.fill': (input) => answers.fill(input),
      'inbox.setPerson': ({ accountId, personId, ...patch }) => {
        const account = services.accounts().need(accountId);
        const before = kept.person(accountId, personId);
        kept.putPerson(accountId, personId, { labels: patch.labels ?? before.labels, note: patch.note ?? before.note, phone: patch.phone ?? before.phone, promises: patch.promises ?? before.promises }, now());
        changed(accountId);
        return views.person(account, personId, null);
      },
      'inbox.lead': ({ accountId, postId }) => {
        const account = services.accounts().need(accountId);
        const post = storedPost(db, account, postId);
        if (!post) throw new AppError('not_found', { what: 'post' });
        const found = cases.find(accountId, post.conversationId ?? post.id, post.authorId);
        if (found) return views.one(account, found);
        const row = db.tx(() => {
          const made = cases.create({ accountId, personId: post.authorId, conversationId: post.conversationId ?? post.id, kind: 'lead', kindBy: 'user', summoned: false, messageId: post.id, messageAt: post.createdAt }, now());
          cases.addMessage({ caseId: made.id, postId: post.id, direction: 'in', at: post.createdAt, seenAt: now() });
          cases.addEvent(made.id, now(), 'lead', 'user');
          return cases.write(clocked({ ...made, state: 'open', owedSince: now() }, inbox.office(accountId)), now());
        });
        changed(accountId);
        return views.one(account, row);
      },
      'inbox.settings': ({ accountId }) => kept.settings(services.accounts().need(accountId).id),
      'inbox.setSettings': ({ accountId, settings }) => {
        inbox.setSettings(services.accounts().need(accountId).id, settings);
        return kept.settings(accountId);
      },
      'inbox.replies': ({ accountId }) => kept.replies(accountId),
      'inbox.saveReply': ({ accountId, ...reply }) => {
        refuseUnknown(reply.text, REPLY_VARIABLES, services.lang());
        const saved = kept.putReply(services.accounts().need(accountId).id, reply, now());
        changed(accountId);
        return saved;
      },
      'inbox.deleteReply': ({ accountId, id }) => {
        const reply = kept.replies(accountId).find((each) => each.id === id);
        if (!reply) throw new AppError('not_found', { what: 'saved reply' });
        kept.dropReply(accountId, id);
        changed(accountId);
        return { undoId: undo.register('reply_deleted', () => { kept.putReply(accountId, reply, now()); changed(accountId); }) };
      },
      'inbox.routes': ({ accountId }) => kept.routes(accountId),
      'inbox.saveRoute': ({ accountId, ...route }) => {
        refuseUnknown(`${route.replies.es}\n${route.replies.en}`, ROUTE_VARIABLES, services.lang());
        const saved = kept.putRoute(services.accounts().need(accountId).id, route, now());
        changed(accountId);
        return saved;
      },
      'inbox.deleteRoute': ({ accountId, id }) => {
        const route = kept.routes(accountId).find((each) => each.id === id);
        if (!route) throw new AppError('not_found', { what: 'route' });
        const madeAt = kept.dropRoute(accountId, id);
        changed(accountId);
        return { undoId: undo.register('route_deleted', () => { kept.putRoute(accountId, route, madeAt); changed(accountId); }) };
      },
      'inbox.rules': ({ accountId }) => kept.rules(accountId),
      'inbox.setRules': ({ accountId, rules }) => {
        const before = kept.rules(services.accounts().need(accountId).id);
        kept.setRules(accountId, rules);
        changed(accountId);
        return { rules: kept.rules(accountId), undoId: undo.register('rules_changed', () => { kept.setRules(accountId, before); changed(accountId); }) };
      },
      'inbox.dryRun': async ({ accountId, rules }, { signal }) => {
        const account = services.accounts().need(accountId);
        const hits = new Map(rules.map((rule) => [rule.id, { ruleId: rule.id, count: 0, examples: [] as { username: string; text: string }[] }]));
        let looked = 0;
        let none = 0;
        for (const piece of storedPieces(db, accountId, now() - LOOK_BACK_MS, PIECE)) {
          if (signal.aborted) throw new AppError('cancelled');
          const messages = piece.filter((post) => post.kind === 'mentions' && post.authorId !== account.remoteId && post.repostOfId === null);
          const people = services.posts.people(account.origin, messages.map((post) => post.authorId));
          for (const post of messages) {
            looked += 1;
            const username = people.get(post.authorId)?.username ?? '';
            const rule = firstRule(rules, { text: post.text, username, lang: post.lang, hasLink: post.entities.some((each) => each.kind === 'url'), personLabels: kept.person(accountId, post.authorId).labels });
            const hit = rule && hits.get(rule.id);
            if (!hit) none += 1;
            else {
              hit.count += 1;
              if (hit.examples.length < EXAMPLES) hit.examples.push({ username, text: post.text.slice(0, 140) });
            }
          }
          await breathe();
        }
        return { looked, none, hits: [...hits.values()] };
      },
    },
  };
}
