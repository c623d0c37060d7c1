import { AppError } from '../../../../shared/contract/errors.ts';
import { byTurn } from '../../../../shared/domain/publicationTime.ts';
import type { PublicationsRepository, StoredPublication } from './repository.ts';

/**
 * Puts an answer that waits before another, or last; returns those whose place changed. Their times stay: how old an answer
 * is decides whether it is reviewed (PUBLISHING 13), its place only who comes first.
 * Throws AppError `not_found` where one of the two does not wait.
 */
export function moveAnswer(repository: PublicationsRepository, id: string, before: string | null, now: number): StoredPublication[] {
  const waiting = repository.inState('retry_wait').filter((row) => row.kind === 'reply').toSorted(byTurn);
  const moved = waiting.find((row) => row.id === id);
  const others = waiting.filter((row) => row.id !== id);
  const at = before === null ? others.length : others.findIndex((row) => row.id === before);
  if (!moved || (before !== id && at < 0)) throw new AppError('not_found', { what: 'outbox entry' });
  if (before === id) return [];
  return others.toSpliced(at, 0, moved).flatMap((row, i) => {
    const place = String(i).padStart(6, '0');
    return row.place === place ? [] : [repository.edit(row.id, { place }, now)];
  });
}
