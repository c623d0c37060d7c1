import { slotsOn, type WeekTemplate } from './template.ts';
import { addDays, dayOf, freeSlots, wallToInstant } from './time.ts';

/** Free times for a post of a tier, in order, later than `now` and not in `taken` (instants, epoch ms), over so many days: the template's slots of that tier; every 15 min from 08:00 to 20:00 without a template, or where it has no slot of the tier (DOMAIN §4). A null tier stands outside the ratio and takes any quarter. */
export function* freeTimes(asked: { template: Pick<WeekTemplate, 'days'> | null; tier: string | null; zone: string; now: number; taken: ReadonlySet<number>; days: number }): Generator<{ wall: string; at: number }> {
  const { template, tier, zone, now, taken, days } = asked;
  if (tier === null || !template?.days.some((slots) => slots.some((slot) => slot.tier === tier))) {
    yield* freeSlots(now, zone, taken, days);
    return;
  }
  let day = dayOf(now, zone);
  for (let n = 0; n < days; n += 1, day = addDays(day, 1)) {
    for (const slot of slotsOn(template, day)) {
      if (slot.tier !== tier) continue;
      const wall = `${day}T${slot.time}`;
      const at = wallToInstant(wall, zone);
      if (at > now && !taken.has(at)) yield { wall, at };
    }
  }
}
