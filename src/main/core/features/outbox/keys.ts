import type { OutboxRepository, StoredEntry } from './repository.ts';

/** Looked at again after this in case, ms; unlocking does it at once. */
const LOOK_MS = 15 * 60_000;
const perhaps = (entry: StoredEntry): boolean => entry.reason?.params['perhaps'] === true;

export const waitsForKeys = (entry: StoredEntry | null): boolean => entry?.reason?.code === 'keys_locked';

/** The account's keys are locked. Nothing was asked, so no try is counted: it waits for the user. */
export function waitForKeys(repository: OutboxRepository, id: string, now: number): void {
  const found = repository.find(id);
  if (found?.state === 'waiting') repository.write({ ...found, nextTryAt: now + LOOK_MS, reason: { code: 'keys_locked', params: perhaps(found) ? { perhaps: true } : {} } });
}
/** They are unlocked: what waited for them goes now. One that X may have carried out before still says so. */
export function goOnWithKeys(repository: OutboxRepository): void {
  for (const entry of repository.open()) if (entry.state === 'waiting' && waitsForKeys(entry)) repository.write({ ...entry, nextTryAt: null, reason: perhaps(entry) ? { code: 'interrupted', params: { perhaps: true } } : null });
}
