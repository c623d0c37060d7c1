import type { Clock, Log } from '../../src/main/core/ports.ts';

export const quietLog: Log = { info() {}, warn() {}, error() {} };
/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  timer(fn, ms) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};
