const WINDOW_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** Creates per app and 24 hours (x-api-facts §3); X says it in headers of their own. */
const CREATES_A_DAY = 10_000;
/** X's published limits per user and 15 minutes (x-api-facts §3). */
const LIMITS: Readonly<Record<string, number>> = {
  home: 180, mentions: 300, own: 900, search: 300, me: 75, user: 900, users: 900, lookup: 5000, create: 100, delete: 50, repost: 50, bookmark: 50, hide: 50, upload: 500, describe: 500, chunk: 1875, status: 1000,
};

/** True rate-limit counters per account and call. */
export class Limits {
  private readonly used = new Map<string, { start: number; n: number }>();
  private readonly changed = new Map<string, number>();
  private day = { start: 0, n: 0 };
  set(name: string, limit: number): void {
    this.changed.set(name, limit);
  }
  /** Counts one call; `ok` false when the window is used up. */
  count(name: string, userId: string, now: number, force = false): { ok: boolean; headers: Record<string, string> } {
    const key = `${userId} ${name}`;
    let entry = this.used.get(key);
    if (!entry || now - entry.start >= WINDOW_MS || now < entry.start) this.used.set(key, (entry = { start: now, n: 0 }));
    const limit = this.changed.get(name) ?? LIMITS[name] ?? 900;
    if (now - this.day.start >= DAY_MS || now < this.day.start) this.day = { start: now, n: 0 };
    const most = this.changed.get('createDay') ?? Math.max(limit, CREATES_A_DAY);
    const daily = name === 'create' ? most - this.day.n : Infinity;
    const ok = entry.n < limit && daily > 0 && !force;
    if (ok) entry.n += 1;
    if (ok && name === 'create') this.day.n += 1;
    const remaining = force ? 0 : Math.max(0, limit - entry.n);
    const ofDay = name === 'create' ? { 'x-app-limit-24hour-limit': String(most), 'x-app-limit-24hour-remaining': String(Math.max(0, most - this.day.n)), 'x-app-limit-24hour-reset': String(Math.ceil((this.day.start + DAY_MS) / 1000)) } : {};
    return { ok, headers: { ...ofDay, 'x-rate-limit-limit': String(limit), 'x-rate-limit-remaining': String(remaining), 'x-rate-limit-reset': String(Math.ceil((entry.start + WINDOW_MS) / 1000)) } };
  }
}
