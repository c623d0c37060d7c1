import type { Clock } from '../ports.ts';

/** A clock that stands until it is moved; timers fire in order as time passes. For rehearsals and tests. */
export class SimulatedClock implements Clock {
  private wall: number;
  private mono = 0;
  private timers: { at: number; fn: () => void }[] = [];
  constructor(start: number) {
    this.wall = start;
  }
  now(): number {
    return this.wall;
  }
  monotonic(): number {
    return this.mono;
  }
  timer(fn: () => void, ms: number): () => void {
    const entry = { at: this.mono + ms, fn };
    this.timers.push(entry);
    return () => {
      this.timers = this.timers.filter((other) => other !== entry);
    };
  }
  /** Lets `ms` pass on both clocks, firing each timer at its moment and letting promises settle between. */
  async advance(ms: number): Promise<void> {
    const end = this.mono + ms;
    for (;;) {
      await settle();
      const next = this.timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((t) => t !== next);
      const step = Math.max(0, next.at - this.mono);
      this.mono += step;
      this.wall += step;
      next.fn();
    }
    const rest = end - this.mono;
    this.mono += rest;
    this.wall += rest;
    await settle();
  }
  /** Moves the wall clock alone, as a user or a time server does. */
  jumpWall(ms: number): void {
    this.wall += ms;
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
