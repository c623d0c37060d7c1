import { closeSync, openSync, readSync } from 'node:fs';

export const HEADER_BYTES = 100;
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');

/** The first bytes of a file, at most a database's header (SQLite file format, 1.3). */
export function headOf(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEADER_BYTES);
    return head.subarray(0, readSync(file, head, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(file);
  }
}
export const isDatabase = (head: Buffer): boolean => head.subarray(0, MAGIC.length).equals(MAGIC);
