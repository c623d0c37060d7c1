import type { Clock } from '../../ports.ts';

const KEPT = 2000;

/**
 * Waits run on monotonic time (PUBLISHING 9): the first look at a stored instant fixes how long is left, and a wall clock that is moved
 * later changes nothing. After a start the stored instant is read anew, never further off than `most`.
 */
export class Durations {
  private readonly clock: Clock;
  private readonly ends = new Map<string, { at: number; mono: number }>();
  private readonly begins = new Map<string, number>();
  constructor(clock: Clock) {
    this.clock = clock;
  }
  /** Whole ms until the instant `at` of `key`, so that an instant made of it is one too; negative once it has passed. */
  left(key: string, at: number, most: number): number {
    const mono = this.clock.monotonic();
    const known = this.ends.get(key);
    if (known?.at === at) return Math.ceil(known.mono - mono);
    const left = Math.ceil(Math.min(most, Math.max(0, at - this.clock.now())));
    keep(this.ends, key, { at, mono: mono + left });
    return left;
  }
  /** Whole ms since `key` was first asked for in this run. */
  since(key: string): number {
    const mono = this.clock.monotonic();
    const known = this.begins.get(key);
    if (known !== undefined) return Math.floor(mono - known);
    keep(this.begins, key, mono);
    return 0;
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest);
}
