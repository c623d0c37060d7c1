import { type EventName, type EventPayload, events } from '../../../shared/contract/index.ts';
import type { Log } from '../ports.ts';

export interface EventFrame {
  seq: number;
  name: EventName;
  payload: unknown;
}

/** Past-tense facts with a sequence number; a listener that throws never stops the others. */
export class EventBus {
  private seqNow = 0;
  private readonly listeners = new Set<(frame: EventFrame) => void>();
  private readonly log: Log;
  constructor(log: Log) {
    this.log = log;
  }
  get seq(): number {
    return this.seqNow;
  }
  emit<E extends EventName>(name: E, payload: EventPayload<E>): void {
    const checked = events[name].safeParse(payload);
    if (!checked.success) {
      this.log.error('event does not fit the contract', { name, issues: checked.error.issues.length });
      return;
    }
    this.seqNow += 1;
    const frame: EventFrame = { seq: this.seqNow, name, payload: checked.data };
    for (const listener of this.listeners) {
      try {
        listener(frame);
      } catch (cause) {
        this.log.error('event listener failed', { name, cause: String(cause) });
      }
    }
  }
  subscribe(listener: (frame: EventFrame) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
