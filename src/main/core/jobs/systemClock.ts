import { randomBytes } from 'node:crypto';
import { uptime } from 'node:os';
import type { Clock, Random } from '../ports.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  bootTime: () => uptime() * 1000,
  timer(fn, ms) {
    const handle = setTimeout(fn, ms);
    return () => clearTimeout(handle);
  },
};
export const systemRandom: Random = {
  bytes: (n) => randomBytes(n),
  fraction: () => Math.random(),
};
