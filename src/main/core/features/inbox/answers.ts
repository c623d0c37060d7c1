import { AppError } from '../../../../shared/contract/errors.ts';
import type { InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import type { RouteView } from '../../../../shared/contract/inbox.ts';
import type { Publication } from '../../../../shared/contract/publications.ts';
import { actionRoute } from '../../../../shared/domain/inbox.ts';
import { composeUrl } from '../../../../shared/domain/intent.ts';
import { type FilledReply, fillReply, firstName } from '../../../../shared/domain/savedReply.ts';
import type { PublicationState } from '../../../../shared/domain/types.ts';
import type { CoreDeps } from '../../feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { PublishingService } from '../publishing/service.ts';
import { moved } from './clock.ts';
import type { Intake } from './intake.ts';
import type { InboxKept } from './keptRepository.ts';
import type { StoredCase } from './repository.ts';
import type { InboxService } from './service.ts';
import type { CaseViews } from './views.ts';

/** States in which an answer has not gone out and will not by itself. */
const FAILED: ReadonlySet<PublicationState> = new Set<PublicationState>(['failed', 'missed', 'held', 'needs_review', 'paused', 'draft', 'cancelled']);

/** Answers in cases: publications like any other, with the same table and attempts (DOMAIN §6, outbox). */
export class Answers {
  private readonly deps: CoreDeps;
  private readonly inbox: InboxService;
  private readonly kept: InboxKept;
  private readonly views: CaseViews;
  private readonly publishing: PublishingService;
  private readonly intake: Intake;
  constructor(deps: CoreDeps, services: { inbox: InboxService; kept: InboxKept; views: CaseViews; publishing: PublishingService; intake: Intake }) {
    this.deps = deps;
    this.inbox = services.inbox;
    this.kept = services.kept;
    this.views = services.views;
    this.publishing = services.publishing;
    this.intake = services.intake;
    // Whatever becomes of an answer is told in its case.
    deps.bus.subscribe((frame) => {
      if (frame.name === 'publication.changed') this.follow((frame.payload as { publication: Publication }).publication);
    });
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }
  private account(row: StoredCase): StoredAccount {
    return this.publishing.accounts.need(row.accountId);
  }
  private byHand(row: StoredCase): boolean {
    return actionRoute('reply', this.account(row), { own: false, addressesUs: row.summoned }) !== 'outbox';
  }
  /** The message that an answer answers: the person's last one. */
  private target(row: StoredCase): { id: string; username: string | null } {
    const last = this.inbox.cases.lastIn(row.id);
    return { id: last?.postId ?? row.lastMessageId, username: this.views.one(this.account(row), row).person.username || null };
  }

  /** The answer being written, kept as a draft of the case; null once it is empty. */
  draft({ caseId, text, media, baseRevision }: InputOf<'inbox.draft'>): Publication | null {
    const row = this.inbox.cases.need(caseId);
    const account = this.account(row);
    const draft = this.views.draft(row);
    if (text.trim() === '' && (media ?? draft?.media ?? []).length === 0) {
      if (draft) {
        this.publishing.remove(draft.id);
        this.inbox.cases.untie(draft.id);
        this.inbox.changed([row.accountId]);
      }
      return null;
    }
    const saved = this.publishing.save({
      ...(draft ? { id: draft.id } : { kind: 'reply' as const, target: this.target(row) }), accountId: account.id, text, tier: account.policy.base, tierReason: null,
      media: media ?? draft?.media.map(({ id, alt }) => ({ id, alt })) ?? [], ...(baseRevision === undefined ? {} : { baseRevision }),
    });
    if (saved.result !== 'placed') throw new AppError('ratio_refused');
    if (!draft) {
      this.inbox.cases.tie(saved.publication.id, row.id, null, null);
      this.inbox.changed([row.accountId]);
    }
    return saved.publication;
  }

  /** Sends an answer in ten seconds; offline it waits and goes by itself. Throws AppError `reply_by_hand`, `text_empty` and what sending refuses. */
  reply(input: InputOf<'inbox.reply'>): OutputOf<'inbox.reply'> {
    const row = this.inbox.cases.need(input.caseId);
    if (this.byHand(row)) throw new AppError('reply_by_hand');
    return this.deps.db.tx(() => {
      const publication = this.send(row, input.text, input.media);
      if (input.savedReplyId !== undefined) this.kept.useReply(row.accountId, input.savedReplyId);
      const office = this.inbox.office(row.accountId);
      const becomes = input.becomes ?? office.settings.afterReply;
      return this.sent(row, publication, becomes, {}, 'replied');
    });
  }
  private send(row: StoredCase, text: string, media?: InputOf<'inbox.draft'>['media']): Publication {
    const draft = this.draft({ caseId: row.id, text, ...(media ? { media } : {}) });
    if (!draft) throw new AppError('text_empty');
    const placed = this.publishing.sendNow(draft.id);
    if (placed.result !== 'placed') throw new AppError('ratio_refused');
    return placed.publication;
  }
  private sent(row: StoredCase, publication: Publication, becomes: 'waiting' | 'done', patch: Partial<StoredCase>, type: string, params: Record<string, string> = {}, written: Publication | null = null): OutputOf<'inbox.reply'> {
    this.inbox.cases.tie(publication.id, row.id, becomes, row.owedSince);
    const current = this.inbox.cases.need(row.id);
    const stored = this.inbox.cases.write(moved(current, becomes === 'done' ? 'done' : 'wait', this.inbox.office(row.accountId), patch), this.now());
    this.inbox.cases.addEvent(row.id, this.now(), type, 'user', params);
    const undoId = this.inbox.undoOf('reply_sent', [row], () => {
      // First only a draft again, so that taking it back is not told as a failure.
      this.inbox.cases.tie(publication.id, row.id, null, null);
      this.publishing.cancelSend(publication.id);
      if (written) this.draft({ caseId: row.id, text: written.text, media: written.media.map(({ id, alt }) => ({ id, alt })) });
    });
    this.inbox.changed([row.accountId]);
    return { case: this.views.one(this.account(row), stored), publication, undoId };
  }

  /** What a saved reply or a route says to this person. Throws AppError `not_found`. */
  fill({ caseId, savedReplyId, routeId }: InputOf<'inbox.fill'>): FilledReply {
    const row = this.inbox.cases.need(caseId);
    if (routeId !== undefined) return this.routeText(row, this.needRoute(row, routeId));
    const reply = this.kept.replies(row.accountId).find((each) => each.id === savedReplyId);
    if (!reply) throw new AppError('not_found', { what: 'saved reply' });
    return fillReply(reply.text, this.values(row, null));
  }
  private values(row: StoredCase, route: RouteView | null): Record<string, string> {
    const { person } = this.views.one(this.account(row), row);
    return { name: firstName(person.name), handle: `@${person.username}`, ...(route ? { route: route.name, url: route.url, phone: route.phone, hours: route.hours } : {}) };
  }
  private needRoute(row: StoredCase, routeId: string): RouteView {
    const route = this.kept.routes(row.accountId).find((each) => each.id === routeId);
    if (!route) throw new AppError('not_found', { what: 'route' });
    return route;
  }
  private routeText(row: StoredCase, route: RouteView): FilledReply {
    const { lang } = this.views.one(this.account(row), row);
    const wanted = lang === 'en' ? route.replies.en || route.replies.es : route.replies.es || route.replies.en;
    return fillReply(wanted, this.values(row, route));
  }
  /** The saved reply, `waiting` and a record (DOMAIN §6, routes). A missing variable is never sent: AppError `reply_incomplete`. */
  route({ caseId, routeId }: InputOf<'inbox.route'>): OutputOf<'inbox.route'> {
    const row = this.inbox.cases.need(caseId);
    const route = this.needRoute(row, routeId);
    const filled = this.routeText(row, route);
    const [missing] = filled.missing;
    if (missing !== undefined) throw new AppError('reply_incomplete', { name: missing });
    if (filled.text.trim() === '') throw new AppError('text_empty');
    // What was being written makes room for it, and is there again when this is taken back.
    const written = this.views.draft(row);
    if (!this.byHand(row)) return { ...this.deps.db.tx(() => this.sent(row, this.send(row, filled.text, []), 'waiting', { outcome: 'sentOn' }, 'routed', { route: route.name }, written)), handOffUrl: null };
    const now = this.now();
    const stored = this.deps.db.tx(() => {
      this.inbox.cases.addEvent(row.id, now, 'routed', 'user', { route: route.name });
      return this.inbox.cases.write(moved(row, 'wait', this.inbox.office(row.accountId), { outcome: 'sentOn' }), now);
    });
    const undoId = this.inbox.undoOf('case_changed', [row]);
    this.inbox.changed([row.accountId]);
    return { case: this.views.one(this.account(row), stored), publication: null, handOffUrl: composeUrl({ text: filled.text, replyToId: this.target(row).id }), undoId };
  }
  /** A rule proposes a route: its reply is prepared as a draft, where none is being written. */
  prepare(row: StoredCase, routeId: string): void {
    const route = this.kept.routes(row.accountId).find((each) => each.id === routeId);
    if (!route || this.views.draft(row)) return;
    this.draft({ caseId: row.id, text: this.routeText(row, route).text });
    this.inbox.cases.addEvent(row.id, this.now(), 'proposed', 'rule', { route: route.name });
  }

  /** An answer went out, or it will not by itself: its case hears of it, once for each state. */
  private follow(publication: Publication): void {
    if (publication.kind !== 'reply') return;
    const tie = this.inbox.cases.tied(publication.id);
    if (!tie || tie.told === publication.state) return;
    const row = this.inbox.cases.get(tie.caseId);
    if (!row) return;
    const now = this.now();
    const office = this.inbox.office(row.accountId);
    this.deps.db.tx(() => {
      this.inbox.cases.tell(publication.id, publication.state);
      if (publication.state === 'posted') {
        if (publication.remoteId !== null) this.intake.answered(row, { id: publication.remoteId, createdAt: publication.sentAt ?? now }, office, false, { changed: new Set() }, tie);
      } else if (tie.becomes !== null && FAILED.has(publication.state)) {
        this.inbox.cases.addEvent(row.id, now, 'replyFailed', 'app', { state: publication.state, code: publication.reason?.code ?? '' });
        this.inbox.cases.write(moved(row, 'replyFailed', office, { owedSince: row.owedSince ?? tie.owedSince }), now);
      }
    });
    this.inbox.changed([row.accountId]);
  }
}
