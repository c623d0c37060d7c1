import { AppError } from '../../../../shared/contract/errors.ts';
import { checkPlacement, type Edit, type RatioIndex } from '../../../../shared/domain/ratio/index.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import { tierOf } from '../../../../shared/domain/ratioTier.ts';
import type { PlanningService } from '../planning/service.ts';
import type { StoredPublication } from './repository.ts';

/** How far ahead a free slot is looked for, days. */
const SLOT_DAYS = 60;
/** From the first free slot, how long one that the rule allows is looked for, ms. */
const SEARCH_MS = 14 * 86_400_000;

/** The next free slot of its tier that the rule allows too; the next free one where it allows none (DOMAIN §4), and the next free quarter for what stands outside the ratio. Throws AppError `not_found`. */
export function nextFreeSlot(planning: PlanningService, index: RatioIndex, row: StoredPublication, account: StoredAccount, editTo: (at: number) => Edit): number {
  const tier = tierOf(row);
  let first: number | null = null;
  for (const slot of (tier === null ? planning.freeQuarters(index, account.id, SLOT_DAYS) : planning.freeTimes(index, planning.template(account.id), tier, SLOT_DAYS))) {
    first ??= slot.at;
    if (tier === null || !checkPlacement(index, editTo(slot.at)).refused) return slot.at;
    // A plan that never takes it (its share is used up) is answered by the refusal of the first slot, with its fixes.
    if (slot.at - first > SEARCH_MS) break;
  }
  if (first === null) throw new AppError('not_found', { what: 'slot' });
  return first;
}
