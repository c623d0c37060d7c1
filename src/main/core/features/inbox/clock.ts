import type { InboxSettings } from '../../../../shared/contract/inbox.ts';
import { type CaseEvent, caseTransition, OWES_ANSWER } from '../../../../shared/domain/inbox.ts';
import { answerDueAt } from '../../../../shared/domain/responseClock.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { StoredCase } from './repository.ts';

/** What the response clock is worked out from. */
export interface Office {
  settings: InboxSettings;
  /** IANA zone of the account. */
  zone: string;
}

/** The case with its answer's due time as its kind and the office say now. */
export function clocked(row: StoredCase, { settings, zone }: Office): StoredCase {
  const dueAt = row.owedSince === null || !OWES_ANSWER.has(row.state) ? null : answerDueAt(row.owedSince, settings.minutes[row.kind], settings.office, zone);
  return { ...row, dueAt, overdueSaid: dueAt === row.dueAt ? row.overdueSaid : false };
}

/** The case after an event, by the table. Throws AppError `state_refused`. */
export function moved(row: StoredCase, event: CaseEvent, office: Office, patch: Partial<StoredCase> = {}): StoredCase {
  const state = caseTransition(row.state, event);
  if (state === null) throw new AppError('state_refused', { state: row.state, event });
  // Answered, put away or silenced, nothing is owed; a snooze keeps what is owed and its clock waits with it.
  const owedSince = state === 'waiting' || state === 'done' || state === 'muted' ? null : row.owedSince;
  return clocked({ ...row, owedSince, snoozedUntil: state === 'snoozed' ? row.snoozedUntil : null, ...patch, state }, office);
}
