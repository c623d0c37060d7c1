import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, for this user alone. Throws what the system says.
 * One at a time: Node's own recursive way never returns where the system answers ENOENT for a folder that it lists (/proc).
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = path; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  for (const each of missing) {
    try {
      mkdirSync(each, { mode: 0o700 });
    } catch (cause) {
      // Made meanwhile by another program that starts.
      if (!statSync(each, { throwIfNoEntry: false })?.isDirectory()) throw cause;
    }
  }
  // A file in its place is refused in the system's own words.
  if (!statSync(path).isDirectory()) mkdirSync(path);
}
