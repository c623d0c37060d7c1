import type { CoreDeps } from '../../feature.ts';
import type { StoredPublication } from './repository.ts';

/** Outcomes that must not be lost: what the disk does not take is kept in memory and tried again, and nothing is sent before it is written. */
export class Durable {
  private readonly deps: CoreDeps;
  private readonly changed: (rows: readonly StoredPublication[]) => void;
  private unwritten: (() => void)[] = [];
  constructor(deps: CoreDeps, changed: (rows: readonly StoredPublication[]) => void) {
    this.deps = deps;
    this.changed = changed;
  }
  /** Are there outcomes that wait for the disk? */
  get waiting(): boolean {
    return this.unwritten.length > 0;
  }
  /** Writes what could not be written before. False while the disk still refuses. */
  settle(): boolean {
    while (this.unwritten[0]) {
      try {
        this.unwritten[0]();
        this.unwritten.shift();
      } catch (cause) {
        this.deps.ports.log.error('an outcome could not be written', { cause: String(cause) });
        return false;
      }
    }
    return true;
  }
  /** One transaction; null when the disk did not take it yet. */
  write(work: () => StoredPublication): StoredPublication | null {
    let row: StoredPublication | null = null;
    const run = (): void => {
      row = this.deps.db.tx(work);
      this.changed([row]);
    };
    try {
      run();
    } catch (cause) {
      this.deps.ports.log.error('an outcome could not be written', { cause: String(cause) });
      // Room was kept for this moment (db/reserve.ts).
      this.deps.reserve.free();
      this.unwritten.push(run);
      this.settle();
    }
    return row;
  }
}
