import { rmSync, statSync, writeFileSync } from 'node:fs';

const BYTES = 2 * 1024 * 1024;

/** Room on the disk that is kept for one purpose: the outcome of a post must find a place even when the disk has just become full. */
export interface Reserve {
  /** Makes sure that the room is there. Throws what the disk says when it is full or read-only. */
  keep(): void;
  /** Gives the room back. */
  free(): void;
}

/** A file of zeros beside the database; deleting it lets SQLite write on a full disk. */
export function createReserve(path: string): Reserve {
  let kept = false;
  return {
    keep() {
      if (kept) return;
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      if (size !== BYTES) writeFileSync(path, Buffer.alloc(BYTES));
      kept = true;
    },
    free() {
      rmSync(path, { force: true });
      kept = false;
    },
  };
}
