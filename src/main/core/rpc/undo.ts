import { AppError } from '../../../shared/contract/errors.ts';
import type { Random } from '../ports.ts';

const KEPT = 200;

/** Undo steps of this run. A step is used once; an old or used id answers `undo_gone`. */
export class UndoStack {
  private readonly steps = new Map<string, { label: string; run: () => void }>();
  private readonly random: Random;
  constructor(random: Random) {
    this.random = random;
  }
  /** `label` is a code worded by the window (`undo.<label>`). */
  register(label: string, run: () => void): string {
    const id = Buffer.from(this.random.bytes(9)).toString('base64url');
    this.steps.set(id, { label, run });
    const oldest = this.steps.keys().next().value;
    if (this.steps.size > KEPT && oldest !== undefined) this.steps.delete(oldest);
    return id;
  }
  /** Runs the step; throws AppError `undo_gone` when it is no longer there, and keeps it when it fails. */
  apply(id: string): string {
    const step = this.steps.get(id);
    if (!step) throw new AppError('undo_gone');
    step.run();
    this.steps.delete(id);
    return step.label;
  }
}
