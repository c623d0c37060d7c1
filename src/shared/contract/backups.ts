import { z } from 'zod';
import { command, query } from './define.ts';

/** A copy of the database in the profile's folder. */
export const backupSchema = z.object({ name: z.string(), at: z.number(), bytes: z.number().int() });
export type BackupData = z.infer<typeof backupSchema>;

const empty = z.object({}).strict();

export const backupMethods = {
  /** Newest first. `wished`: the copy that the next start opens; `refused`: one that a start could not open. */
  'backups.list': query(empty, z.object({ folder: z.string(), copies: z.array(backupSchema), wished: z.string().nullable(), refused: z.string().nullable() })),
  /** A copy of how all stands now. Throws AppError `profile_unwritable`. */
  'backups.make': command(empty, backupSchema),
  /** Wishes that the next start opens this copy; what is open until then is another copy from there on. Throws AppError `not_found`, `backup_unusable`, `database_newer`, `profile_unwritable`. */
  'backups.restore': command(z.object({ name: z.string().max(80) }).strict(), z.object({ wished: backupSchema })),
  /** The next start opens what is open now. */
  'backups.stay': command(empty, empty),
};
