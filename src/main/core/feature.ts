import type { InputOf, MethodName, OutputOf } from '../../shared/contract/index.ts';
import type { Db } from './db/db.ts';
import type { Reserve } from './db/reserve.ts';
import type { Ports } from './ports.ts';
import type { EventBus } from './rpc/bus.ts';
import type { UndoStack } from './rpc/undo.ts';

export interface CallContext {
  signal: AbortSignal;
  /** Present for commands. */
  commandId: string | null;
}
export type Handler<M extends MethodName> = (input: InputOf<M>, context: CallContext) => OutputOf<M> | Promise<OutputOf<M>>;
export type Handlers = { [M in MethodName]: Handler<M> };

/** What every feature is built from. */
export interface CoreDeps {
  ports: Ports;
  db: Db;
  bus: EventBus;
  undo: UndoStack;
  /** Room on the disk for what must be written. */
  reserve: Reserve;
  /** Random id of this run of the core. */
  bootId: string;
}
