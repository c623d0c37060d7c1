import type { LibraryItem } from '../../../shared/contract/library.ts';
import { addDays, dayOf, freeSlots, instantToWall, wallToInstant } from '../../../shared/domain/time.ts';
import type { Account } from '../../../shared/contract/accounts.ts';
import { wallAt } from '../calendar/grid.ts';
import type { Plan } from '../calendar/usePlan.ts';
import { asDraft } from './asDraft.ts';
import { plain } from './items.ts';

/** Days ahead that are looked through. */
const DAYS = 14;

/**
 * The next free time that fits an item: a slot of its tier and theme, else of its tier; without a template the next free quarter
 * (DOMAIN §4). It is to come, nothing stands in it, and the rule takes it; null where there is none in 14 days.
 */
export function nextSlot(item: LibraryItem, account: Account, plan: Pick<Plan, 'rule' | 'units' | 'slotsOf' | 'hasTemplate'>, now: number): { wall: string; template: boolean } | null {
  const { zone } = account;
  const taken = new Set(plan.units.filter((unit) => unit.sentAt === undefined).map((unit) => unit.dueAt));
  const draft = asDraft(item, account);
  const fits = (at: number): boolean => !taken.has(at) && !(plan.rule?.enforced && plan.rule.breaks({ kind: 'at', publication: draft, at }));
  const holds = (day: string): boolean => day >= (item.publishedOn ?? day) && day <= (item.expiresOn ?? day);
  if (!plan.hasTemplate) {
    for (const { wall, at } of freeSlots(now, zone, taken, DAYS)) if (holds(wall.slice(0, 10)) && fits(at)) return { wall, template: false };
    return null;
  }
  const today = dayOf(now, zone);
  const days = Array.from({ length: DAYS }, (_, i) => addDays(today, i)).filter(holds);
  const own = plan.slotsOf(days, now).filter((slot) => slot.tier === item.tier);
  const themed = own.filter((slot) => slot.theme !== null && item.theme !== '' && plain(slot.theme) === plain(item.theme));
  for (const slot of [...themed, ...own]) {
    const at = wallToInstant(wallAt(slot.day, slot.minute), zone);
    if (fits(at)) return { wall: instantToWall(at, zone), template: true };
  }
  return null;
}
