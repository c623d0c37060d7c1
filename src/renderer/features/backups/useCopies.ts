import { useRef, useState } from 'react';
import { type BackupData, backupSchema } from '../../../shared/contract/backups.ts';
import { AppError, appErrorSchema } from '../../../shared/contract/errors.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { useToast } from '../../ui/useToast.tsx';

/** A copy's own name says when it was made; another file only when it was last written. */
const MADE = /^backup-v\d+-(\d+)\.db$/;

/** Sends a file from elsewhere by the side path. Throws AppError with core's reason. */
async function adopt(file: File): Promise<BackupData> {
  const made = MADE.exec(file.name)?.[1] ?? String(file.lastModified);
  const response = await fetch('/backup', { method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream', 'x-made-at': made } });
  const body: unknown = await response.json();
  if (response.ok) return backupSchema.parse(body);
  const error = appErrorSchema.parse(body);
  throw new AppError(error.code, error.params);
}

/** Copies of the database, and what can be done with them. `busy` names what is under way. */
export function useCopies() {
  const rpc = useRpc();
  const toast = useToast();
  const list = useRpcQuery('backups.list', {}).data;
  const [busy, setBusy] = useState<'make' | 'restore' | 'adopt' | null>(null);
  const running = useRef(false);
  const run = async (what: NonNullable<typeof busy>, act: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(what);
    try {
      await act();
      return true;
    } catch (cause) {
      toast.failed(cause);
      return false;
    } finally {
      running.current = false;
      setBusy(null);
    }
  };
  return {
    list, busy,
    wished: list?.copies.find((each) => each.name === list.wished) ?? null,
    make: () => run('make', () => rpc.command('backups.make', {})),
    restore: (name: string) => run('restore', () => rpc.command('backups.restore', { name })),
    stay: () => run('restore', () => rpc.command('backups.stay', {})),
    /** Takes a file among the copies; `found` is told which it is. */
    adopt: (file: File, found: (copy: BackupData) => void) => run('adopt', async () => found(await adopt(file))),
  };
}
