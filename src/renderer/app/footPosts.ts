import type { Publication } from '../../shared/contract/publications.ts';
import { ON_TIME_MS } from '../../shared/domain/publicationTime.ts';

type Due = Pick<Publication, 'id' | 'kind' | 'state' | 'dueAt' | 'tier' | 'counts'>;
export interface FootPosts {
  /** The soonest whose time is still to come. */
  next: (Due & { dueAt: number }) | null;
  /** Past their time and still to go out: they wait for their turn or for the network. */
  late: number;
  /** When the last of the coming 12 hours goes out, epoch ms: until then this computer is needed. */
  until: number | null;
}
const SOON_MS = 12 * 3_600_000;

/** What the foot says of an account's planned posts. An answer that waits for the network is no plan: Activity counts it. */
export function footPosts(planned: readonly Due[], now: number): FootPosts {
  let next: FootPosts['next'] = null;
  let late = 0;
  let until: number | null = null;
  for (const each of planned) {
    const { dueAt } = each;
    if (dueAt === null || each.kind === 'reply' || (each.state !== 'scheduled' && each.state !== 'retry_wait')) continue;
    if (dueAt > now) {
      if (next === null || dueAt < next.dueAt) next = { ...each, dueAt };
      if (dueAt < now + SOON_MS && (until === null || dueAt > until)) until = dueAt;
    } else if (dueAt < now - ON_TIME_MS) late += 1;
  }
  return { next, late, until };
}
