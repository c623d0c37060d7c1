import { LOOKS_MS } from '../../../../shared/domain/publicationAttempt.ts';
import type { CoreDeps } from '../../feature.ts';
import type { AttemptsRepository } from './attempts.ts';
import type { PublicationsRepository } from './repository.ts';

/** Before the first tick: what was being sent when the program ended (PUBLISHING, table). A create that had begun is in doubt; without one the claim goes back. */
export function recover(deps: CoreDeps, services: { repository: PublicationsRepository; attempts: AttemptsRepository }): void {
  const { repository, attempts } = services;
  const now = deps.ports.clock.now();
  for (const row of repository.inState('sending')) {
    deps.db.tx(() => {
      for (const attempt of attempts.list(row.id)) {
        if (attempt.outcome === null) attempts.end(attempt.id, { outcome: 'interrupted', status: null, errorCode: 'app_closed', nextLookAt: now + (LOOKS_MS[0] ?? 0) }, now);
      }
      repository.apply(row.id, { type: 'boot' }, row.begun ? { reason: { code: 'unknown', params: {} } } : {}, now);
    });
  }
  // What the user asked for at once was asked of that run: from here on it goes like any other.
  for (const row of repository.inState('scheduled')) if (row.manual) repository.edit(row.id, { manual: false }, now);
  deps.ports.point?.('boot.after-recovery');
}
