import type { Clock, Log } from '../ports.ts';

/** Longest time between two looks at the clock, ms: a moved clock or a sleep is noticed within it. */
export const LONGEST_WAIT_MS = 30_000;
/** Rest of a job after a failure, ms; twice as long after each further one. */
const FIRST_REST_MS = 1_000;
/** A difference between wall and monotonic time below this is drift, not a jump, ms. */
const JUMP_MS = 5_000;

export interface Job {
  name: string;
  /** Epoch ms at which `run` is wanted; null for never. */
  nextDue(): number | null;
  run(now: number): Promise<void> | void;
  /** The program ends: begin nothing new; what is under way is waited for. */
  stop?(): void;
}
export interface Jump {
  /** `slept`: the computer stood still, proven; `forward`, `backward`: the wall clock was moved, or nothing proves that it was not. */
  kind: 'slept' | 'forward' | 'backward';
  ms: number;
}

/** One timer for all background work (ARCHITECTURE §7): fires at min(next due, 30 s) and knows nothing of what it runs. */
export class WakeLoop {
  private readonly clock: Clock;
  private readonly log: Log;
  private readonly jobs: Job[] = [];
  private readonly active = new Map<string, Promise<void>>();
  /** Jobs that failed: how often in a row, and until when they rest (monotonic ms). */
  private readonly failed = new Map<string, { times: number; until: number }>();
  private readonly jumpListeners = new Set<(jump: Jump) => void | Promise<void>>();
  private cancelTimer: (() => void) | null = null;
  private running = false;
  private expected: { wall: number; mono: number; boot: number | null } | null = null;
  /** The host said that the computer slept since the last look. */
  private woken = false;
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
  /** Looks at the clock at once, or after some milliseconds unless something pokes it before. */
  start(afterMs = 0): void {
    if (this.running) return;
    this.running = true;
    if (afterMs === 0) return void this.tick();
    this.expected ??= this.reading();
    this.cancelTimer = this.clock.timer(() => void this.tick(), afterMs);
  }
  /** Stops the timer and waits for the jobs under way. */
  async stop(): Promise<void> {
    this.running = false;
    this.cancelTimer?.();
    this.cancelTimer = null;
    for (const job of this.jobs) job.stop?.();
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

  /** The host's power events: the computer has slept, which explains a jump. */
  async resumed(): Promise<void> {
    this.woken = true;
    await this.tick();
  }
  /** One look at the clock. */
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
      const due = this.dueOf(job);
      if (due !== null && due <= now) this.launch(job, now);
    }
    this.arm();
  }

  /** A job that cannot tell, because its rows cannot be read, holds up no other. */
  private dueOf(job: Job): number | null {
    try {
      const due = job.nextDue();
      const rests = this.failed.get(job.name);
      return due === null || !rests ? due : Math.max(due, this.clock.now() + rests.until - this.clock.monotonic());
    } catch (cause) {
      this.log.error('job cannot tell when it is due', { job: job.name, cause: String(cause) });
      return null;
    }
  }
  private launch(job: Job, now: number): void {
    const run = Promise.resolve()
      .then(() => job.run(now))
      .then(() => void this.failed.delete(job.name))
      .catch((cause: unknown) => {
        // What fails at once would fail again at once, and may have asked a network for money before it did.
        const times = (this.failed.get(job.name)?.times ?? 0) + 1;
        this.failed.set(job.name, { times, until: this.clock.monotonic() + Math.min(LONGEST_WAIT_MS, FIRST_REST_MS * 2 ** (times - 1)) });
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
      const due = this.dueOf(job);
      // A job that is due but was just run without progress may not spin: at least 50 ms between looks.
      if (due !== null) wait = Math.min(wait, Math.max(due - now, 50));
    }
    wait = Math.max(0, Math.min(wait, LONGEST_WAIT_MS));
    this.expected ??= this.reading();
    this.cancelTimer = this.clock.timer(() => void this.tick(), wait);
  }

  private reading(): { wall: number; mono: number; boot: number | null } {
    return { wall: this.clock.now(), mono: this.clock.monotonic(), boot: this.clock.bootTime?.() ?? null };
  }
  /** Compares what the clocks say passed since the last look. Sleep is proven by a power event or by the clock that counts it (PUBLISHING 10). */
  private noticeJump(): Jump | null {
    const before = this.expected;
    const after = this.reading();
    const woken = this.woken;
    this.expected = after;
    this.woken = false;
    if (!before) return null;
    const monoPassed = after.mono - before.mono;
    const apart = after.wall - before.wall - monoPassed;
    const slept = before.boot === null || after.boot === null ? 0 : Math.max(0, after.boot - before.boot - monoPassed);
    const left = apart - slept;
    if (left < -JUMP_MS) return { kind: 'backward', ms: -left };
    // Where monotonic time stands still in sleep and nothing counts it, sleep and a clock set forward look alike.
    if (left > JUMP_MS) return { kind: woken ? 'slept' : 'forward', ms: left };
    if (slept > JUMP_MS) return { kind: 'slept', ms: slept };
    if (monoPassed > LONGEST_WAIT_MS + JUMP_MS * 2) return { kind: 'slept', ms: monoPassed };
    return null;
  }
}
