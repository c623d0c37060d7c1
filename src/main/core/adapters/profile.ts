import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Paths } from '../ports.ts';
import { makeFolder } from './folder.ts';

/** Makes the profile's folders. Throws AppError `profile_unwritable` with the folder and the system's reason. */
export function preparePaths(profile: string): Paths {
  const paths: Paths = {
    profile,
    database: join(profile, 'parrilla.db'),
    media: join(profile, 'media'),
    images: join(profile, 'images'),
    practiceWorld: join(profile, 'practice-world.json'),
  };
  try {
    makeFolder(paths.media);
    makeFolder(paths.images);
    accessSync(profile, constants.W_OK);
  } catch (cause) {
    const detail = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new AppError('profile_unwritable', { path: profile, detail }, { cause });
  }
  return paths;
}
