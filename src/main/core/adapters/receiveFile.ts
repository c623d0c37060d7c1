import { open } from 'node:fs/promises';
import type { AppError } from '../../../shared/contract/errors.ts';

/** Writes what comes to the disk as it comes, whole or not at all: it is never in memory at once. Answers its bytes; throws `tooLarge()` beyond `most`, and what the disk says. */
export async function receiveFile(path: string, body: AsyncIterable<Uint8Array>, most: number, tooLarge: () => AppError): Promise<number> {
  const handle = await open(path, 'w', 0o600);
  let size = 0;
  try {
    for await (const piece of body) {
      size += piece.length;
      if (size > most) throw tooLarge();
      // A short write would look like a damaged file: this one writes all of it, or says why not.
      await handle.writeFile(piece);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return size;
}
