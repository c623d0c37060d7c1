import { randomBytes } from 'node:crypto';
import type { Clock, Random } from '../ports.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  timer(fn, ms) {
    const handle = setTimeout(fn, ms);
    return () => clearTimeout(handle);
  },
};
export const systemRandom: Random = {
  bytes: (n) => randomBytes(n),
  fraction: () => Math.random(),
};
