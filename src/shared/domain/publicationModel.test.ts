import { describe, expect, it } from 'vitest';
import { type Phase, type PublicationEvent, type PublicationEventType, SENDS_ANEW, transition } from './publication.ts';
import { afterLook, ATTEMPT_OUTCOMES, type AttemptFacts, type AttemptOutcome, DOUBTFUL, eventOfEnd, isUnsettled, mayCreate } from './publicationAttempt.ts';
import { decideDue, graceEnd, mayRelease } from './publicationTime.ts';

/**
 * Walks every state that one publication can reach through the real table and the real decisions (PUBLISHING): all answers, a kill
 * anywhere, all acts of the user, pause, clock and time. `copies` is what the network really has of the part under way.
 */
interface State {
  phase: Phase;
  /** Parts known to be out. */
  out: number;
  /** Of the part under way; equal ones are kept once, since nothing counts them. */
  attempts: readonly AttemptFacts[];
  copies: 0 | 1 | 2;
  /** A create of this part may have been carried out, and the user did not choose to send anew since. */
  loose: boolean;
  paused: boolean;
  manual: boolean;
  released: boolean;
  clockSure: boolean;
  /** A partial thread that goes on by itself. */
  goesOn: boolean;
  /** Before its time, on time, late, long after; minutes of `NOW`. */
  time: 0 | 1 | 2 | 3;
  /** Two minutes have passed since the attempt in doubt. */
  lookedLong: boolean;
}
interface Kind {
  name: string;
  kind: 'post' | 'reply';
  parts: number;
}
const MINUTE = 60_000;
const NOW = [-60 * MINUTE, MINUTE / 2, 30 * MINUTE, 300 * MINUTE] as const;
const KINDS: Kind[] = [{ name: 'post', kind: 'post', parts: 1 }, { name: 'reply', kind: 'reply', parts: 1 }, { name: 'thread of two', kind: 'post', parts: 2 }, { name: 'thread of three', kind: 'post', parts: 3 }];
const START: State = { phase: 'draft', out: 0, attempts: [], copies: 0, loose: false, paused: false, manual: false, released: false, clockSure: true, goesOn: false, time: 0, lookedLong: false };
const WAITS: ReadonlySet<Phase> = new Set<Phase>(['scheduled', 'retry_wait', 'held']);

/** What the decisions can tell apart of an attempt (`mayCreate`, `isUnsettled`): open, in doubt or waived, surely not carried out. */
function once(attempts: readonly AttemptFacts[]): AttemptFacts[] {
  const classes = new Map<string, AttemptFacts>();
  for (const each of attempts) {
    const same: AttemptFacts = each.outcome === null ? each : DOUBTFUL.has(each.outcome) ? { ...each, outcome: 'ambiguous' } : { outcome: 'refused', settled: true, waived: false };
    classes.set(`${same.outcome} ${same.settled} ${same.waived}`, same);
  }
  return [...classes.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, each]) => each);
}
const keyOf = (state: State): string => `${state.phase} ${state.out} ${state.attempts.map((each) => `${each.outcome}${each.settled ? '!' : each.waived ? '~' : '?'}`).join()} ${state.copies} ${[state.loose, state.paused, state.manual, state.released, state.clockSure, state.goesOn, state.lookedLong].map(Number).join('')} ${state.time}`;
const more = (copies: State['copies']): State['copies'] => (copies === 0 ? 1 : 2);

class Walk {
  readonly seen = new Map<string, State>();
  readonly back = new Map<string, string[]>();
  private readonly end: number;
  private readonly on: Kind;
  constructor(on: Kind) {
    this.on = on;
    this.end = graceEnd({ kind: on.kind, dueAt: 0 }, 120 * MINUTE);
  }
  private mid(state: State): boolean {
    return state.out > 0 && state.out < this.on.parts;
  }
  private inGrace(state: State): boolean {
    return NOW[state.time] <= this.end;
  }
  /** Through the table, with what the repository does beside it; null where it is refused. */
  private step(state: State, type: PublicationEventType, patch: Partial<State> = {}): State | null {
    const phase = transition(state.phase, { type } as PublicationEvent, this.mid(state));
    if (phase === null) return null;
    const anew = SENDS_ANEW.has(type);
    const attempts = (patch.attempts ?? state.attempts).map((each) => (anew && isUnsettled(each) ? { ...each, waived: true } : each));
    const next = { ...state, manual: type === 'due' && state.manual, released: false, goesOn: false, ...patch, phase, attempts: once(attempts) };
    if (phase === 'posted') return { ...START, phase, out: next.out };
    return { ...next, loose: anew ? false : next.loose };
  }
  /** The part is out; the next one has no attempts yet. */
  private outNow(state: State): Partial<State> {
    return { out: state.out + 1, attempts: [], copies: 0, loose: false, lookedLong: false };
  }
  private waits(state: State | null): State | null {
    if (state === null) return null;
    const waiting = state.phase === 'partial' ? { ...state, goesOn: true } : state;
    return state.paused && !state.manual && (state.phase === 'retry_wait' || state.phase === 'partial') ? this.step(waiting, 'pause') : waiting;
  }

  /** What the scheduler does at its next look. */
  due(state: State): State | null {
    const waits = state.phase === 'scheduled' || state.phase === 'retry_wait' || (state.phase === 'partial' && state.goesOn);
    if (!waits || NOW[state.time] < 0) return null;
    const decision = decideDue({
      state: state.phase as 'scheduled' | 'retry_wait' | 'partial', now: NOW[state.time], dueAt: 0, end: this.end, released: state.released, mid: this.mid(state), manual: state.manual, paused: state.paused, clockSure: state.clockSure,
    });
    if (decision === 'wait') return null;
    return this.step(state, decision === 'pause' ? 'pause' : decision === 'miss' ? 'graceOver' : 'due');
  }
  private program(state: State): (State | null)[] {
    const found = (): State | null => {
      // Seen by a look or a column: the oldest attempt in doubt has it, and the rest stays in doubt until the part is out.
      if (state.copies === 0 || !state.attempts.some(isUnsettled) || state.phase === 'begun') return null;
      const rest = state.out + 1 < this.on.parts;
      return this.step(state, !rest ? 'found' : state.phase === 'unknown' && this.inGrace(state) ? 'foundPart' : 'foundLate', this.outNow(state));
    };
    const next: (State | null)[] = [this.due(state), found()];
    if (state.phase === 'held') next.push(mayRelease(NOW[state.time], this.end) ? this.step(state, 'release', { released: NOW[state.time] >= 0 }) : this.step(state, 'graceOver'));
    if (state.phase === 'sending') next.push(this.step(state, 'hold'), this.waits(this.step(state, 'wait')), this.step(state, 'unschedule'), ...(this.on.parts === 1 ? [this.step(state, 'exchange', { time: 0 })] : []), this.begin(state));
    if (state.phase === 'begun') next.push(...this.answers(state));
    if (state.phase === 'unknown') {
      const look = afterLook({ result: 'absent', complete: true, after: state.lookedLong ? 120_000 : 0, looks: 0 });
      // What was accepted may be shown nowhere.
      next.push(look.next === 'giveUp' ? this.step(state, 'lastLook') : { ...state, lookedLong: true });
    }
    return next;
  }
  private begin(state: State): State | null {
    if (state.paused && !state.manual) return this.step(state, 'pause');
    if (!mayCreate(state.attempts)) return this.waits(this.step(state, 'wait'));
    if (state.loose) expect.fail(`a second create by itself: ${keyOf(state)}`);
    if (state.paused && !state.manual) expect.fail(`a create in a pause: ${keyOf(state)}`);
    return this.step(state, 'begin', { attempts: [...state.attempts, { outcome: null, settled: false, waived: false }] });
  }
  private answers(state: State): (State | null)[] {
    const earlier = state.attempts.filter((each) => each.outcome !== null);
    const last = state.out + 1 === this.on.parts;
    const ended = (outcome: AttemptOutcome, copies: State['copies']): State | null => {
      const doubtful = DOUBTFUL.has(outcome);
      const type = eventOfEnd(outcome, { doubt: earlier.some(isUnsettled), last });
      const attempts = [...earlier, { outcome, settled: !doubtful, waived: false }];
      const patch = outcome === 'accepted' ? this.outNow(state) : { attempts, copies, lookedLong: false, loose: state.loose || doubtful };
      const next = this.step(state, type, patch);
      return type === 'wait' ? this.waits(next) : next;
    };
    return ATTEMPT_OUTCOMES.filter((outcome) => outcome !== 'interrupted').flatMap((outcome) => (outcome === 'ambiguous' ? [ended(outcome, state.copies), ended(outcome, more(state.copies))] : [ended(outcome, state.copies)]));
  }
  private killed(state: State): (State | null)[] {
    const clockSure = state.clockSure && NOW[state.time] < 0;
    if (state.phase === 'begun') {
      const attempts = state.attempts.map((each) => (each.outcome === null ? { ...each, outcome: 'interrupted' as const } : each));
      return [state.copies, more(state.copies)].map((copies) => this.step(state, 'boot', { attempts, copies, loose: true, manual: false, clockSure, lookedLong: false }));
    }
    const at = { ...state, clockSure, lookedLong: false, manual: false };
    return [state.phase === 'sending' ? this.step(at, 'boot') : at];
  }
  private user(state: State): (State | null)[] {
    // A thread that has begun is finished or left, never planned anew (service.ts).
    const begun = this.mid(state) && ['scheduled', 'retry_wait', 'partial'].includes(state.phase);
    const now = { time: 1 as const, manual: true };
    const rest = state.out + 1 < this.on.parts;
    const said = (): State | null => this.step(state, rest ? 'sayPart' : 'sayPosted', this.outNow(state));
    return [
      ...(begun ? [] : [this.step(state, 'schedule', { time: 0 }), this.step(state, 'sendNow', now), state.phase === 'sending' ? null : this.step(state, 'unschedule')]),
      this.step(state, 'cancel'), this.step(state, 'sayNotSent'), this.step(state, 'resend', now), this.step(state, 'resume', now), this.step(state, 'close'), said(),
      this.paused(state), { ...state, paused: false },
    ];
  }
  private paused(state: State): State | null {
    const next = { ...state, paused: true };
    return state.phase === 'retry_wait' || (state.phase === 'partial' && state.goesOn) ? this.step(next, 'pause') : next;
  }
  private world(state: State): (State | null)[] {
    const passed = { ...state, time: Math.min(3, state.time + 1) as State['time'], lookedLong: true };
    return [
      passed, { ...state, clockSure: true }, { ...state, clockSure: false },
      state.phase === 'scheduled' && !this.mid(state) ? this.step(passed, 'jump') : null, WAITS.has(state.phase) && !this.mid(state) ? this.step(passed, 'zone') : null,
    ];
  }

  run(): void {
    const queue: State[] = [START];
    this.seen.set(keyOf(START), START);
    for (let state = queue.pop(); state; state = queue.pop()) {
      const key = keyOf(state);
      for (const wanted of state.phase === 'posted' ? [] : [...this.program(state), ...this.killed(state), ...this.user(state), ...this.world(state)]) {
        if (wanted === null) continue;
        // Looks matter only where something is in doubt.
        const next = wanted.phase === 'unknown' ? wanted : { ...wanted, lookedLong: false };
        const to = keyOf(next);
        this.back.set(to, [...(this.back.get(to) ?? []), key]);
        if (this.seen.has(to)) continue;
        this.seen.set(to, next);
        queue.push(next);
      }
    }
  }
  /** States from which the end can still be reached. */
  canEnd(): Set<string> {
    const queue = [...this.seen].filter(([, state]) => state.phase === 'posted').map(([key]) => key);
    const found = new Set(queue);
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      for (const before of this.back.get(key) ?? []) if (!found.has(before)) queue.push((found.add(before), before));
    }
    return found;
  }
  overdue(state: State): boolean {
    return NOW[state.time] > this.end;
  }
}

let explored = 0;
describe('every reachable state of a publication', () => {
  it.each(KINDS)('$name: no second create by itself, no create in a pause, an exit from everywhere, nothing overdue stays planned, nothing lost', (kind) => {
    const walk = new Walk(kind);
    walk.run();
    explored += walk.seen.size;
    const canEnd = walk.canEnd();
    for (const [key, state] of walk.seen) {
      if (!canEnd.has(key)) expect.fail(`no exit: ${key}`);
      // What the network may have stays watched for, whatever the state says.
      if (state.copies > 0 && !state.attempts.some((each) => isUnsettled(each))) expect.fail(`lost: ${key}`);
      if (state.paused && state.phase === 'retry_wait') expect.fail(`waits in a pause: ${key}`);
      if ((state.phase === 'scheduled' || state.phase === 'retry_wait') && walk.overdue(state)) {
        const next = walk.due(state);
        const left = state.paused && state.manual ? ['missed', 'partial'] : ['missed', 'partial', 'paused'];
        if (!left.includes(next?.phase ?? '')) expect.fail(`overdue and planned: ${key}`);
      }
    }
    process.stdout.write(`${kind.name}: ${walk.seen.size} states, ${explored} so far\n`);
    expect(walk.seen.size).toBeGreaterThan(500);
  });
});
