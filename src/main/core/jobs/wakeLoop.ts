import type { Clock, Log } from '../ports.ts';

/** Longest time between two looks at the clock, ms: a moved clock or a sleep is noticed within it. */
export const LONGEST_WAIT_MS = 30_000;
/** A difference between wall and monotonic time below this is drift, not a jump, ms. */
const JUMP_MS = 5_000;

export interface Job {
  name: string;
  /** Epoch ms at which `run` is wanted; null for never. */
  nextDue(): number | null;
  run(now: number): Promise<void> | void;
}
export interface Jump {
  /** `slept`: the computer stood still; `forward`, `backward`: the wall clock was moved. */
  kind: 'slept' | 'forward' | 'backward';
  ms: number;
}

/** One timer for all background work (ARCHITECTURE §7): fires at min(next due, 30 s) and knows nothing of what it runs. */
export class WakeLoop {
  private readonly clock: Clock;
  private readonly log: Log;
  private readonly jobs: Job[] = [];
  private readonly active = new Map<string, Promise<void>>();
  private readonly jumpListeners = new Set<(jump: Jump) => void | Promise<void>>();
  private cancelTimer: (() => void) | null = null;
  private running = false;
  private expected: { wall: number; mono: number; wait: number } | null = null;
  lastTickAt: number | null = null;

  constructor(options: { clock: Clock; log: Log }) {
    this.clock = options.clock;
    this.log = options.log;
  }
  register(job: Job): void {
    this.jobs.push(job);
  }
  onJump(listener: (jump: Jump) => void | Promise<void>): () => void {
    this.jumpListeners.add(listener);
    return () => this.jumpListeners.delete(listener);
  }
  start(): void {
    if (this.running) return;
    this.running = true;
    void this.tick();
  }
  /** Stops the timer and waits for the jobs under way. */
  async stop(): Promise<void> {
    this.running = false;
    this.cancelTimer?.();
    this.cancelTimer = null;
    await Promise.allSettled(this.active.values());
  }
  /** Something became due sooner: look again now. */
  poke(): void {
    if (!this.running) return;
    this.arm(0);
  }

  /** Resolves when no job is under way: for simulated time. */
  async idle(): Promise<void> {
    while (this.active.size > 0) await Promise.allSettled(this.active.values());
  }

  /** One look at the clock; the host's power events call it too. */
  async tick(): Promise<void> {
    const jump = this.noticeJump();
    if (jump) {
      this.log.warn('clock jump', { ...jump });
      for (const listener of this.jumpListeners) {
        try {
          await listener(jump);
        } catch (cause) {
          this.log.error('jump listener failed', { cause: String(cause) });
        }
      }
    }
    if (!this.running) return;
    const now = this.clock.now();
    this.lastTickAt = now;
    for (const job of this.jobs) {
      if (this.active.has(job.name)) continue;
      let due: number | null = null;
      try {
        due = job.nextDue();
      } catch (cause) {
        this.log.error('job cannot tell when it is due', { job: job.name, cause: String(cause) });
      }
      if (due !== null && due <= now) this.launch(job, now);
    }
    this.arm();
  }

  private launch(job: Job, now: number): void {
    const run = Promise.resolve()
      .then(() => job.run(now))
      .catch((cause: unknown) => {
        this.log.error('job failed', { job: job.name, cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
      })
      .finally(() => {
        this.active.delete(job.name);
        if (this.running) this.arm();
      });
    this.active.set(job.name, run);
  }

  private arm(atMost = LONGEST_WAIT_MS): void {
    if (!this.running) return;
    this.cancelTimer?.();
    const now = this.clock.now();
    let wait = atMost;
    for (const job of this.jobs) {
      if (this.active.has(job.name)) continue;
      const due = job.nextDue();
      // A job that is due but was just run without progress may not spin: at least 50 ms between looks.
      if (due !== null) wait = Math.min(wait, Math.max(due - now, 50));
    }
    wait = Math.max(0, Math.min(wait, LONGEST_WAIT_MS));
    this.expected ??= { wall: now, mono: this.clock.monotonic(), wait };
    this.expected.wait = wait;
    this.cancelTimer = this.clock.timer(() => void this.tick(), wait);
  }

  /** Compares what the two clocks say passed since the last look. */
  private noticeJump(): Jump | null {
    const before = this.expected;
    const wall = this.clock.now();
    const mono = this.clock.monotonic();
    this.expected = { wall, mono, wait: 0 };
    if (!before) return null;
    const wallPassed = wall - before.wall;
    const monoPassed = mono - before.mono;
    const apart = wallPassed - monoPassed;
    if (apart < -JUMP_MS) return { kind: 'backward', ms: -apart };
    // Linux's monotonic clock stands still in sleep, so sleep and a forward jump look alike there; a long gap on
    // both clocks is sleep where monotonic time counts it.
    if (apart > JUMP_MS) return { kind: 'forward', ms: apart };
    if (monoPassed > LONGEST_WAIT_MS + JUMP_MS * 2) return { kind: 'slept', ms: monoPassed };
    return null;
  }
}
