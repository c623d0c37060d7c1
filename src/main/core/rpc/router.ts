import { randomUUID } from 'node:crypto';
import { AppError, type AppErrorData } from '../../../shared/contract/errors.ts';
import { clientFrameSchema, type HostFrame } from '../../../shared/contract/frames.ts';
import { type MethodName, methods } from '../../../shared/contract/index.ts';
import { diskFailure } from '../db/failure.ts';
import type { Handlers } from '../feature.ts';
import type { Log } from '../ports.ts';
import type { Receipts } from './receipts.ts';

const isMethod = (name: string): name is MethodName => Object.hasOwn(methods, name);

/** Turns whatever was thrown into the one error of the contract; the unexpected keep their detail in the log only. */
export function toErrorData(cause: unknown, log: Log, method: string): AppErrorData {
  const correlationId = randomUUID();
  const disk = cause instanceof AppError ? null : diskFailure(cause, '');
  if (disk) log.error('the disk refused', { method, correlationId, code: disk.code, detail: String(disk.data.params['detail'] ?? '') });
  const typed = cause instanceof AppError ? cause : disk;
  if (typed) return { ...typed.data, correlationId };
  log.error('unexpected failure', { method, correlationId, cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
  return { code: 'internal', params: { method }, retry: 'never', correlationId };
}

/** Answers the requests of every transport: parses input, keeps receipts of commands, turns failures into typed errors. */
export class Router {
  private readonly handlers: Handlers;
  private readonly receipts: Receipts;
  private readonly log: Log;
  private readonly running = new Map<string, { method: MethodName; answer: Promise<unknown> }>();
  constructor(handlers: Handlers, receipts: Receipts, log: Log) {
    this.handlers = handlers;
    this.receipts = receipts;
    this.log = log;
  }

  /** Runs one method. Throws AppError; a command whose id was answered in the last 24 h gives the same answer again. */
  async call(method: string, input: unknown, options: { commandId?: string; signal?: AbortSignal } = {}): Promise<unknown> {
    if (!isMethod(method)) throw new AppError('unknown_method', { method: method.slice(0, 100) });
    const def = methods[method];
    const parsed = def.input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new AppError('bad_input', { method, path: issue?.path.join('.') ?? '', detail: issue?.message ?? '' });
    }
    const signal = options.signal ?? new AbortController().signal;
    if (def.kind === 'query') return this.invoke(method, parsed.data, signal, null);
    if (!options.commandId) throw new AppError('bad_input', { method, path: 'commandId', detail: 'a command needs a commandId' });
    const key = options.commandId;
    const known = this.receipts.find(key, method);
    if (known) return known.output;
    const already = this.running.get(key);
    if (already && already.method !== method) throw new AppError('conflict', { commandId: key });
    if (already) return already.answer;
    const run = this.command(method, parsed.data, signal, key).finally(() => this.running.delete(key));
    this.running.set(key, { method, answer: run });
    return run;
  }

  /**
   * A command and its receipt are one transaction: killed at any moment, it was carried out with its receipt or not at all. One that
   * has to wait for something outside, a network or a file, keeps its receipt once it is done.
   */
  private async command(method: MethodName, input: unknown, signal: AbortSignal, key: string): Promise<unknown> {
    const begun = this.receipts.together(() => {
      const output = this.handle(method, input, signal, key);
      if (output instanceof Promise) return { waits: output as Promise<unknown> };
      const checked = this.checked(method, output);
      this.receipts.put(key, method, checked);
      return { waits: null, checked };
    });
    if (begun.waits === null) return begun.checked;
    const checked = this.checked(method, await begun.waits);
    this.receipts.keep(key, method, checked);
    return checked;
  }
  private async invoke(method: MethodName, input: unknown, signal: AbortSignal, commandId: string | null): Promise<unknown> {
    return this.checked(method, await this.handle(method, input, signal, commandId));
  }
  private handle(method: MethodName, input: unknown, signal: AbortSignal, commandId: string | null): unknown {
    // The table's type ties each handler to its own input; a lookup by a variable name loses that tie.
    const handler = this.handlers[method] as (input: unknown, context: { signal: AbortSignal; commandId: string | null }) => unknown;
    return handler(input, { signal, commandId });
  }
  private checked(method: MethodName, output: unknown): unknown {
    const checked = methods[method].output.safeParse(output);
    if (!checked.success) {
      const issue = checked.error.issues[0];
      throw new Error(`answer of ${method} does not fit the contract at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
    }
    return checked.data;
  }

  /** One client's frames in, frames out. Garbage is answered, never thrown. */
  connection(send: (frame: HostFrame) => void): { receive(frame: unknown): void; close(): void } {
    const open = new Map<string, AbortController>();
    const receive = (raw: unknown): void => {
      const frame = clientFrameSchema.safeParse(raw);
      if (!frame.success) {
        send({ t: 'failure', id: frameId(raw), error: toErrorData(new AppError('bad_input', { path: 'frame' }), this.log, '') });
        return;
      }
      const data = frame.data;
      if (data.t === 'cancel') {
        open.get(data.id)?.abort();
        return;
      }
      if (data.t === 'hello') return;
      const abort = new AbortController();
      open.set(data.id, abort);
      const answer = this.call(data.method, data.input, {
        signal: abort.signal,
        ...(data.commandId === undefined ? {} : { commandId: data.commandId }),
      });
      answer
        .then(
          (output) => send({ t: 'response', id: data.id, ok: true, output }),
          (cause: unknown) => send({ t: 'failure', id: data.id, error: toErrorData(cause, this.log, data.method) }),
        )
        .finally(() => open.delete(data.id))
        .catch((cause: unknown) => this.log.error('answer could not be sent', { cause: String(cause) }));
    };
    return {
      receive,
      close() {
        // Queries stop; a command that began goes on, its receipt waits for the client's next try.
        for (const abort of open.values()) abort.abort();
        open.clear();
      },
    };
  }
}

function frameId(raw: unknown): string {
  if (typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string') return raw.id.slice(0, 64) || '?';
  return '?';
}
