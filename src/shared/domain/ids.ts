/** X's snowflake epoch, epoch ms (X documentation, X IDs). */
const EPOCH = 1_288_834_974_657n;

export const isSnowflake = (id: string): boolean => /^\d{1,19}$/.test(id);

/** Instant at which a snowflake id was made, epoch ms; null for what is not one. */
export function snowflakeTime(id: string): number | null {
  return isSnowflake(id) ? Number((BigInt(id) >> 22n) + EPOCH) : null;
}

/** Smallest snowflake id of an instant: everything made at or after it is at least this. */
export function snowflakeAt(ms: number): string {
  return String((BigInt(Math.floor(ms)) - EPOCH) << 22n);
}

/** Orders two snowflake ids; ids are too long for a number. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
