const WINDOW_MS = 15 * 60_000;
/** X's published limits per user and 15 minutes (x-api-facts §3). */
const LIMITS: Readonly<Record<string, number>> = {
  home: 180, mentions: 300, own: 900, search: 300, me: 75, user: 900, users: 900, lookup: 5000, create: 100, delete: 50, repost: 50, upload: 500, describe: 500, chunk: 1875, status: 1000,
};

/** True rate-limit counters per account and call. */
export class Limits {
  private readonly used = new Map<string, { start: number; n: number }>();
  private readonly changed = new Map<string, number>();
  set(name: string, limit: number): void {
    this.changed.set(name, limit);
  }
  /** Counts one call; `ok` false when the window is used up. */
  count(name: string, userId: string, now: number, force = false): { ok: boolean; headers: Record<string, string> } {
    const key = `${userId} ${name}`;
    let entry = this.used.get(key);
    if (!entry || now - entry.start >= WINDOW_MS || now < entry.start) this.used.set(key, (entry = { start: now, n: 0 }));
    const limit = this.changed.get(name) ?? LIMITS[name] ?? 900;
    const ok = entry.n < limit && !force;
    if (ok) entry.n += 1;
    const remaining = force ? 0 : Math.max(0, limit - entry.n);
    return { ok, headers: { 'x-rate-limit-limit': String(limit), 'x-rate-limit-remaining': String(remaining), 'x-rate-limit-reset': String(Math.ceil((entry.start + WINDOW_MS) / 1000)) } };
  }
}
