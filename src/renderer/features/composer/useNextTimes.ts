import { useMemo } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { freeTimes } from '../../../shared/domain/freeTimes.ts';
import { isSent } from '../../../shared/domain/ratio/index.ts';
import { useNow } from '../../ui/useNow.ts';
import type { Plan } from '../calendar/usePlan.ts';

export interface NextTime {
  wall: string;
  at: number;
}
/** How far ahead free times are looked for, days; how many of them are judged. */
const DAYS = 14;
const MOST_JUDGED = 400;
const MINUTE = 60_000;

/** The next free times of a tier that the rule allows, in order: what is proposed beside the time, and what is named where another does not fit. Empty until the plan is known. */
export function nextTimes({ plan, account, publication, tier, now, count }: { plan: Pick<Plan, 'rule' | 'units' | 'template'>; account: Account; publication: Publication; tier: string; now: number; count: number }): NextTime[] {
  const { rule } = plan;
  if (!rule) return [];
  const taken = new Set(plan.units.filter((unit) => !isSent(unit) && unit.id !== publication.id).map((unit) => unit.dueAt));
  const found: NextTime[] = [];
  let judged = 0;
  for (const each of freeTimes({ template: plan.template, tier: publication.counts ? tier : null, zone: account.zone, now, taken, days: DAYS })) {
    if (judged === MOST_JUDGED || found.length === count) break;
    judged += 1;
    if (publication.counts && rule.enforced && rule.breaks({ kind: 'at', publication: { ...publication, tier }, at: each.at }) !== null) continue;
    found.push(each);
  }
  return found;
}

/** The next three for the post that is being written; they follow its tier, the plan and the clock. */
export function useNextTimes(account: Account, plan: Plan, publication: Publication, tier: string, enabled: boolean): readonly NextTime[] {
  const minute = Math.floor(useNow() / MINUTE) * MINUTE;
  const { rule, units, template } = plan;
  const { id, counts } = publication;
  return useMemo(
    () => (enabled ? nextTimes({ plan: { rule, units, template }, account, publication, tier, now: Math.max(minute, Date.now()), count: 3 }) : []),
    // The words of the post change nothing here.
    [enabled, rule, units, template, account, id, counts, tier, minute],
  );
}
