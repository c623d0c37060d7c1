import { AppError } from '../../../../shared/contract/errors.ts';
import { NEEDS_DECISION } from '../../../../shared/domain/publication.ts';
import { SAID_BEFORE_MS } from '../../../../shared/domain/saidBefore.ts';
import { normaliseText } from '../../../../shared/domain/text.ts';
import { ON_TIME_MS } from '../../../../shared/domain/publicationTime.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { PlanningService } from '../planning/service.ts';
import { judgeBulk, placeInBatch } from './bulk.ts';
import type { AttemptsRepository } from './attempts.ts';
import type { Decisions } from './decisions.ts';
import type { PublicationsRepository, StoredPublication } from './repository.ts';
import { SaidBefore } from './saidBefore.ts';
import type { PublishingService } from './service.ts';
import type { Scheduler } from './scheduler.ts';
import type { Uploads } from './uploads.ts';
import type { Zones } from './zones.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import type { MetricStep } from '../../../../shared/contract/publications.ts';

type Methods =
  | 'publications.list' | 'publications.get' | 'publications.save' | 'publications.delete' | 'publications.place' | 'publications.unschedule' | 'publications.sendNow'
  | 'publications.saidBefore' | 'accounts.zonePreview' | 'accounts.changeZone' | 'scheduler.offHours' | 'publications.blackBox' | 'publications.removeRemote' | 'publications.cancelUpload' | 'publications.copy' | 'publications.decideMany'
  | 'publications.cancelSend' | 'publications.decide' | 'publications.attempts' | 'publications.bulkPreview' | 'publications.bulkCommit'
  | 'scheduler.status' | 'scheduler.pause' | 'scheduler.resume';

const SOON_MS = 12 * 3_600_000;

/** Commands and queries of publications, plan and scheduler. */
export function publishingHandlers(
  deps: CoreDeps,
  services: { repository: PublicationsRepository; planning: PlanningService; publishing: PublishingService; scheduler: Scheduler; accounts: AccountsService; attempts: AttemptsRepository; decisions: Decisions; uploads: Uploads; zones: Zones; off: (zone: string) => OutputOf<'scheduler.offHours'>; createCost: (accountId: string, from: number, to: number) => number | null; metrics: (row: StoredPublication) => MetricStep[] },
): Pick<Handlers, Methods> {
  const { repository, planning, publishing, scheduler, accounts, attempts, decisions, uploads } = services;
  const attemptsOf = (id: string): OutputOf<'publications.attempts'> => attempts.list(id).map((each) => ({
    id: each.id, part: each.part, startedAt: each.startedAt, endedAt: each.endedAt, dueAt: each.dueAt, outcome: each.outcome, status: each.status, errorCode: each.errorCode, remoteId: each.remoteId,
    looks: each.looks, nextLookAt: each.nextLookAt, limits: each.limits, evidence: each.evidence, bootId: each.bootId, textHash: each.textHash,
  }));
  const saidBefore = new SaidBefore(deps, repository);
  const now = (): number => deps.ports.clock.now();
  /** Later batches stand behind earlier ones. */
  const markNow = (): string => now().toString(36);
  const blackBoxOf = (id: string): OutputOf<'publications.blackBox'> => {
    const row = repository.need(id);
    const made = attemptsOf(id);
    const costs = made.map((each) => (each.endedAt === null ? null : services.createCost(row.accountId, each.startedAt, each.endedAt))).filter((each) => each !== null);
    return { publication: publishing.view(row), attempts: made, history: repository.history(id), createUsd: costs.length === 0 ? null : costs.reduce((sum, each) => sum + each, 0), metrics: services.metrics(row) };
  };
  const judge = (input: Parameters<Handlers['publications.bulkPreview']>[0], mark: string): ReturnType<typeof judgeBulk> => {
    const account = accounts.need(input.accountId);
    const said = new Set(repository.list({ accountId: account.id, limit: 100_000 }).filter((row) => row.createdAt > now() - SAID_BEFORE_MS && row.state !== 'cancelled').map((row) => normaliseText(row.text)));
    return judgeBulk(input, account, planning, publishing.proposing(account), said, mark);
  };
  return {
    'publications.list': (filter) => repository.list(filter).map((row) => publishing.view(row)),
    'publications.get': ({ id }) => publishing.view(repository.need(id)),
    'publications.save': (input) => publishing.save(input),
    'publications.delete': ({ id }) => publishing.remove(id),
    'publications.place': (input) => publishing.place(input),
    'publications.unschedule': ({ id }) => publishing.unschedule(id),
    'publications.sendNow': ({ id, override }) => publishing.sendNow(id, override?.reason),
    'publications.cancelSend': ({ id }) => publishing.cancelSend(id),
    'publications.decide': (input) => decisions.decide(input),
    'accounts.zonePreview': ({ accountId, zone }) => services.zones.preview(accountId, zone),
    'accounts.changeZone': ({ accountId, zone, keep }) => services.zones.change(accountId, zone, keep),
    'scheduler.offHours': ({ zone }) => services.off(zone),
    'publications.decideMany': (input) => decisions.decideMany(input),
    'publications.removeRemote': ({ id }) => decisions.removeRemote(id),
    'publications.copy': ({ id }) => decisions.copy(id),
    'publications.saidBefore': ({ accountId, text, exceptId }) => saidBefore.find(accounts.need(accountId).id, text, exceptId),
    'publications.cancelUpload': ({ id }) => ({ stopped: uploads.cancel(id) }),
    'publications.attempts': ({ id }) => attemptsOf(id),
    'publications.blackBox': ({ id }) => blackBoxOf(id),
    'publications.bulkPreview': (input) => judge(input, markNow()),
    'publications.bulkCommit': (input) => {
      const mark = markNow();
      const judged = judge(input, mark);
      const kept = judged.rows.filter((row) => row.verdict !== 'skipped');
      if (kept.length === 0) throw new AppError('text_empty');
      const { undoId } = publishing.createMany(
        accounts.need(input.accountId),
        kept.map((row) => ({ text: row.text, tier: row.tier, wall: row.wall, scheduled: input.to === 'calendar' && row.verdict === 'ok', place: placeInBatch(mark, row.line), reason: row.reason })),
      );
      const scheduled = input.to === 'calendar' ? judged.ok : 0;
      return { scheduled, drafts: kept.length - scheduled, skipped: judged.skipped, rows: judged.rows, undoId };
    },
    'scheduler.status': () => {
      const planned = repository.list({ states: ['scheduled', 'retry_wait'], limit: 100_000 });
      // An answer that waits for the network is no plan, and what is overdue is not what comes next.
      const plan = planned.filter((row) => row.kind !== 'reply');
      const toDecide = repository.list({ states: [...NEEDS_DECISION], limit: 100_000 });
      const needsDecisionOf: Record<string, number> = {};
      for (const { accountId } of toDecide) needsDecisionOf[accountId] = (needsDecisionOf[accountId] ?? 0) + 1;
      const next = plan.find((row) => (row.dueAt ?? 0) >= now());
      return {
        paused: scheduler.pausedBy(),
        stopped: scheduler.stopped(),
        nextDue: next?.dueAt ? { id: next.id, dueAt: next.dueAt } : null,
        late: plan.filter((row) => (row.dueAt ?? Infinity) < now() - ON_TIME_MS).length,
        // What waits or is in doubt counts as soon: quitting asks about it too.
        dueWithin12h: planned.filter((row) => row.state !== 'scheduled' || (row.dueAt ?? Infinity) <= now() + SOON_MS).length + repository.list({ states: ['sending', 'unknown'], limit: 100_000 }).length,
        needsDecision: toDecide.length,
        needsDecisionOf,
        lastTickAt: scheduler.lastTickAt(),
      };
    },
    'scheduler.pause': ({ reason }) => {
      scheduler.pause(reason);
      return { paused: true };
    },
    'scheduler.resume': () => {
      scheduler.resume();
      return { paused: false };
    },
  };
}
