import type { Publication } from '../../../shared/contract/publications.ts';
import { freeSlots, instantToWall, wallToInstant } from '../../../shared/domain/time.ts';
import { tierOf } from '../../../shared/domain/ratioTier.ts';
import type { RatioPolicy } from '../../../shared/domain/types.ts';
import type { Rule } from './usePlan.ts';

export type Choice = 'now' | 'next' | 'drop';
/** What becomes of one missed post. */
export interface Answer {
  publication: Publication;
  choice: Choice;
  /** Where it would go; null where it goes nowhere, or no place takes it. */
  wall: string | null;
}
const GAP_MS = 5 * 60_000;
const SOON_MS = 2 * 60_000;
const LOOK_DAYS = 14;

/** Its tier says that it is worth its time only; what stands outside the ratio has no tier to say so. */
export const worthItsTime = (publication: Publication, policy: RatioPolicy): boolean => policy.tiers.find((tier) => tier.key === tierOf(publication))?.tiedToTime ?? false;
/** What is worth its time only has lost it; everything else waits for the next slot that takes it. */
export const presetFor = (publication: Publication, policy: RatioPolicy): Choice => (worthItsTime(publication, policy) ? 'drop' : 'next');

/** Where each goes: those sent now five minutes apart, those for a slot to the first that the rule takes, each with the others before it in place. */
export function answersFor(missed: readonly Publication[], choices: ReadonlyMap<string, Choice>, plan: { rule: Rule | null; policy: RatioPolicy; zone: string; now: number; taken: ReadonlySet<number> }): { answers: Answer[]; after: Rule | null } {
  const { policy, zone, now } = plan;
  const taken = new Set(plan.taken);
  let { rule } = plan;
  let sent = 0;
  const answers = missed.map((publication): Answer => {
    const choice = choices.get(publication.id) ?? presetFor(publication, policy);
    let at: number | null = null;
    if (choice === 'now') {
      at = wallToInstant(instantToWall(now + SOON_MS + sent * GAP_MS, zone), zone);
      sent += 1;
    } else if (choice === 'next') {
      for (const slot of freeSlots(now, zone, taken, LOOK_DAYS)) {
        if (rule?.enforced && publication.counts && rule.breaks({ kind: 'at', publication, at: slot.at })) continue;
        at = slot.at;
        break;
      }
    }
    if (at !== null) {
      taken.add(at);
      if (rule && publication.counts) rule = rule.after({ kind: 'at', publication, at });
    }
    return { publication, choice, wall: at === null ? null : instantToWall(at, zone) };
  });
  return { answers, after: rule };
}
