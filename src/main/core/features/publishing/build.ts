import type { CoreDeps } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { ActivityService } from '../activity/feature.ts';
import type { PlanningService } from '../planning/service.ts';
import type { AttemptsRepository } from './attempts.ts';
import { ClockTrust } from './clockTrust.ts';
import { Durable } from './durable.ts';
import { Durations } from './durations.ts';
import { Outcomes } from './outcomes.ts';
import { listenToOwnPosts, OwnPosts } from './ownPosts.ts';
import { Pause } from './pause.ts';
import { QueueStops } from './queueStops.ts';
import { RatioGate } from './ratioGate.ts';
import { Reconciler } from './reconcile.ts';
import type { PublicationsRepository } from './repository.ts';
import { Scheduler } from './scheduler.ts';
import { Sender } from './sender.ts';
import type { SenderEvents } from './senderEvents.ts';
import type { PublishingService } from './service.ts';
import type { Uploads } from './uploads.ts';

interface Given {
  repository: PublicationsRepository;
  attempts: AttemptsRepository;
  planning: PlanningService;
  publishing: PublishingService;
  accounts: AccountsService;
  uploads: Uploads;
  activity: ActivityService;
  events: SenderEvents;
  outboxHeld: () => boolean;
  undoingRepost: (accountId: string, postId: string) => boolean;
  lastTickAt: () => number | null;
}

/** The parts of publishing, put together. */
export function buildScheduler(deps: CoreDeps, given: Given): Scheduler {
  const { events } = given;
  const durable = new Durable(deps, (rows) => events.changed(rows));
  const durations = new Durations(deps.ports.clock);
  const stops = new QueueStops(deps.db);
  const own = new OwnPosts(deps, given);
  const pause = new Pause(deps, given);
  const ratio = new RatioGate(deps, given);
  const outcomes = new Outcomes(deps, { ...given, durable, stops });
  const sender = new Sender(deps, { ...given, durable, outcomes, stops, ratio });
  const reconciler = new Reconciler(deps, { ...given, own, durations });
  listenToOwnPosts(deps.db, (accountId, posts) => {
    const seen = own.offer(accountId, posts, deps.ports.clock.now());
    return () => reconciler.tell(accountId, seen);
  });
  return new Scheduler(deps, { ...given, sender, durable, durations, reconciler, ratio, pause, stops, clockTrust: new ClockTrust(deps, given) });
}
