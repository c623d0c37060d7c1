import { snowflakeAt } from '../shared/domain/ids.ts';
import { CAST } from './story/cast.ts';
import type { WorldUser } from './types.ts';

const FICTION = 'Cuenta ficticia de la red de prácticas · Fictional practice account';
/** Age of the accounts, ids included. */
export const JOINED = Date.UTC(2021, 0, 4);

/** The cast as users, the same for every seed; the brand comes first. */
export function cast(): WorldUser[] {
  const base = BigInt(snowflakeAt(JOINED));
  return CAST.map((each, index) => ({
    id: String(base + BigInt(index * 7_919)), username: each.username, name: each.name, role: each.role, lang: each.lang, bio: `${each.bio} ${FICTION}`,
    verified: each.verified === true, initials: each.initials, colour: each.colour, followers: each.followers, followed: each.followed,
  }));
}
