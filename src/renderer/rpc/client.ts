import { AppError, type AppErrorData } from '../../shared/contract/errors.ts';
import { type HostFrame, PROTOCOL_VERSION } from '../../shared/contract/frames.ts';
import type { Capabilities } from '../../shared/contract/host.ts';
import { type CommandName, type EventName, type EventPayload, type InputOf, type MethodName, methods, type OutputOf, type QueryName } from '../../shared/contract/index.ts';
import type { Transport } from './transport.ts';

interface Waiting {
  resolve: (output: unknown) => void;
  reject: (error: AppError) => void;
  frame: { t: 'request'; id: string; method: string; input: unknown; commandId?: string };
}
export interface Connection {
  state: 'connecting' | 'open' | 'closed' | 'refused';
  bootId: string | null;
  capabilities: Capabilities | null;
}

const fromData = (data: AppErrorData): AppError =>
  new AppError(data.code, data.params, { retry: data.retry, correlationId: data.correlationId, ...(data.retryAt === undefined ? {} : { retryAt: data.retryAt }) });

/** Requests and events over one transport. What was under way when the line broke is sent again: commands carry their id. */
export class RpcClient {
  connection: Connection = { state: 'connecting', bootId: null, capabilities: null };
  private readonly transport: Transport;
  private readonly waiting = new Map<string, Waiting>();
  private readonly listeners = new Set<(name: EventName, payload: unknown) => void>();
  private readonly watchers = new Set<() => void>();
  private readonly missed = new Set<() => void>();
  private next = 1;
  private seq = 0;
  constructor(transport: Transport) {
    this.transport = transport;
    transport.onFrame((frame) => this.receive(frame));
    transport.onState((state) => {
      if (state === 'open') transport.send({ t: 'hello', protocol: PROTOCOL_VERSION });
      else this.become({ ...this.connection, state: 'closed' });
    });
  }
  query<M extends QueryName>(method: M, input: InputOf<M>, signal?: AbortSignal): Promise<OutputOf<M>> {
    return this.request(method, input, undefined, signal) as Promise<OutputOf<M>>;
  }
  /** Sent again with the same id after a broken line, so that it is carried out once. */
  command<M extends CommandName>(method: M, input: InputOf<M>, commandId: string = crypto.randomUUID()): Promise<OutputOf<M>> {
    return this.request(method, input, commandId) as Promise<OutputOf<M>>;
  }
  onEvent<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void {
    const each = (found: EventName, payload: unknown): void => {
      if (found === name) listener(payload as EventPayload<E>);
    };
    this.listeners.add(each);
    return () => this.listeners.delete(each);
  }
  onAnyEvent(listener: (name: EventName, payload: unknown) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  /** Events were lost: everything shown must be read again. */
  onMissed(listener: () => void): () => void {
    this.missed.add(listener);
    return () => this.missed.delete(listener);
  }
  watch(listener: () => void): () => void {
    this.watchers.add(listener);
    return () => this.watchers.delete(listener);
  }

  private request(method: MethodName, input: unknown, commandId?: string, signal?: AbortSignal): Promise<unknown> {
    const id = String(this.next++);
    const frame = { t: 'request' as const, id, method, input, ...(commandId === undefined ? {} : { commandId }) };
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, frame });
      signal?.addEventListener('abort', () => {
        if (!this.waiting.delete(id)) return;
        if (this.connection.state === 'open') this.transport.send({ t: 'cancel', id });
        reject(new AppError('cancelled'));
      });
      if (this.connection.state === 'open') this.transport.send(frame);
    });
  }
  private receive(frame: HostFrame): void {
    switch (frame.t) {
      case 'hello': {
        const another = this.connection.bootId !== null && (this.connection.bootId !== frame.bootId || this.seq !== frame.seq);
        this.seq = frame.seq;
        this.become({ state: 'open', bootId: frame.bootId, capabilities: frame.capabilities });
        for (const { frame: waiting } of this.waiting.values()) this.transport.send(waiting);
        if (another) for (const each of this.missed) each();
        return;
      }
      case 'response': {
        const waiting = this.waiting.get(frame.id);
        if (!waiting) return;
        this.waiting.delete(frame.id);
        waiting.resolve(frame.output);
        return;
      }
      case 'failure': {
        if (frame.error.code === 'protocol_mismatch') this.become({ ...this.connection, state: 'refused' });
        const waiting = this.waiting.get(frame.id);
        if (!waiting) return;
        this.waiting.delete(frame.id);
        waiting.reject(fromData(frame.error));
        return;
      }
      case 'event': {
        const gap = frame.seq !== this.seq + 1;
        this.seq = frame.seq;
        if (gap) for (const each of this.missed) each();
        for (const each of this.listeners) each(frame.name as EventName, frame.payload);
        return;
      }
      default:
        frame satisfies never;
    }
  }
  private become(next: Connection): void {
    this.connection = next;
    for (const each of this.watchers) each();
  }
}

export const isQuery = (name: MethodName): name is QueryName => methods[name].kind === 'query';
