/** How much is said in each hour of a weekday in Europe/Madrid; only the proportions matter. */
const HOURS = [0.12, 0.05, 0.03, 0.02, 0.02, 0.04, 0.12, 0.4, 0.85, 1.15, 1.3, 1.25, 1.2, 1.05, 0.7, 0.6, 0.85, 1, 1, 0.85, 0.7, 0.65, 0.5, 0.28] as const;
const WEEKEND = 0.5;
const STEP_MS = 10 * 60_000;
/** The newest of a history are from the last while whatever the hour, so that the world looks awake: how many at most. */
const FRESH = 9;
const FRESH_MS = 40 * 60_000;

const clockOf = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Madrid', hour: '2-digit', hourCycle: 'h23', weekday: 'short' });

/** Hour 0 to 23 in Madrid and whether it is a weekend there. */
export function madrid(at: number): { hour: number; weekend: boolean } {
  const parts = clockOf.formatToParts(at);
  const get = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { hour: Number(get('hour')), weekend: get('weekday').startsWith('S') };
}
function weightAt(at: number): number {
  const { hour, weekend } = madrid(at);
  return (HOURS[hour] ?? 1) * (weekend ? WEEKEND : 1);
}

/** `many` instants (epoch ms, rising) in the stretch before `now`, as dense as the day is busy; the last `fresh` just now. */
export function moments(now: number, spanMs: number, many: number, random: () => number, fresh = FRESH): number[] {
  const bins = Array.from({ length: Math.max(1, Math.floor((spanMs - FRESH_MS) / STEP_MS)) }, (_, i) => now - spanMs + i * STEP_MS);
  const weights = bins.map(weightAt);
  const total = weights.reduce((sum, each) => sum + each, 0);
  const early = Math.max(0, many - fresh);
  const found: number[] = [];
  let bin = 0;
  let before = 0;
  for (let i = 0; i < early; i += 1) {
    const wanted = ((i + 0.1 + random() * 0.8) / early) * total;
    while (bin < bins.length - 1 && before + (weights[bin] ?? 0) < wanted) before += weights[bin++] ?? 0;
    const part = Math.min(1, Math.max(0, (wanted - before) / (weights[bin] ?? 1)));
    found.push((bins[bin] ?? now) + Math.floor(part * STEP_MS));
  }
  for (let i = 0; i < many - early; i += 1) found.push(now - Math.floor(((fresh - i - random() * 0.7) / fresh) * FRESH_MS) - 5000);
  return found.sort((a, b) => a - b);
}

/** Time to the next post, ms: short bursts and longer breaths around the mean of the pace. */
export function breath(perMinute: number, random: () => number): number {
  const mean = 60_000 / perMinute;
  return Math.max(mean * 0.25, Math.min(mean * 2.5, -Math.log(1 - random() * 0.92) * mean * 1.27));
}
