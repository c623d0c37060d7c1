import type { HeldReason, PublicationState } from './types.ts';

/** Everything that can happen to a publication (DOMAIN §4). */
export type PublicationEvent =
  | { type: 'schedule' }
  | { type: 'unschedule' }
  | { type: 'begin' }
  | { type: 'accepted' }
  | { type: 'refused' }
  | { type: 'ambiguous' }
  /** Surely not sent (offline, rate limit): wait and try again inside its grace. */
  | { type: 'wait' }
  | { type: 'hold'; reason: HeldReason }
  | { type: 'release' }
  | { type: 'graceOver' }
  | { type: 'pausePassed' }
  | { type: 'foundOnNetwork' }
  | { type: 'notFoundOnNetwork' }
  | { type: 'sayPosted' }
  | { type: 'sayNotPosted' }
  /** At boot: it was `sending` when the program ended. */
  | { type: 'bootWithAttempt' }
  | { type: 'bootWithoutAttempt' }
  /** A thread whose first parts are out stopped at a later one. */
  | { type: 'partFailed' }
  /** At boot: parts are out and the next had not begun. */
  | { type: 'bootMidThread' }
  /** A part whose outcome was not known is out, and more are to come. */
  | { type: 'foundPart' }
  /** The user says of such a part that it is out, or is not. */
  | { type: 'sayPart' }
  /** The user: go on at the first part that is not out. */
  | { type: 'resume' }
  /** The user: leave the thread as it is. */
  | { type: 'leave' }
  /** The user stopped an upload; no create had begun. */
  | { type: 'cancelUpload' }
  /** It is time for the user to publish it by hand. */
  | { type: 'handOff' }
  | { type: 'drop' };
export type PublicationEventType = PublicationEvent['type'];

type Table = { readonly [S in PublicationState]: { readonly [E in PublicationEventType]?: PublicationState } };

/** The one table: state x event -> state; what is not here is refused. No event leads from an accepted create back to a create. */
export const TRANSITIONS: Table = {
  draft: { schedule: 'scheduled', drop: 'cancelled' },
  scheduled: { schedule: 'scheduled', unschedule: 'draft', begin: 'sending', hold: 'held', wait: 'retry_wait', graceOver: 'missed', pausePassed: 'paused', handOff: 'needs_review', drop: 'cancelled' },
  sending: { accepted: 'posted', refused: 'failed', ambiguous: 'unknown', wait: 'retry_wait', hold: 'held', partFailed: 'partial', cancelUpload: 'draft', bootWithAttempt: 'unknown', bootWithoutAttempt: 'scheduled', bootMidThread: 'partial' },
  retry_wait: { begin: 'sending', schedule: 'scheduled', unschedule: 'draft', hold: 'held', wait: 'retry_wait', graceOver: 'missed', pausePassed: 'paused', partFailed: 'partial', drop: 'cancelled' },
  held: { schedule: 'scheduled', unschedule: 'draft', release: 'scheduled', hold: 'held', graceOver: 'missed', drop: 'cancelled' },
  missed: { schedule: 'scheduled', unschedule: 'draft', drop: 'cancelled' },
  paused: { schedule: 'scheduled', unschedule: 'draft', graceOver: 'missed', drop: 'cancelled' },
  failed: { schedule: 'scheduled', unschedule: 'draft', drop: 'cancelled' },
  unknown: { foundOnNetwork: 'posted', foundPart: 'partial', notFoundOnNetwork: 'needs_review' },
  needs_review: { foundOnNetwork: 'posted', foundPart: 'partial', sayPosted: 'posted', sayPart: 'partial', sayNotPosted: 'failed', drop: 'cancelled' },
  partial: { resume: 'retry_wait', leave: 'posted' },
  posted: {},
  cancelled: {},
};

/** Next state, or null when the event is refused in this state. */
export function transition(state: PublicationState, event: PublicationEvent): PublicationState | null {
  return TRANSITIONS[state][event.type] ?? null;
}

/** States in which text and media may be changed. */
export const EDITABLE: ReadonlySet<PublicationState> = new Set<PublicationState>(['draft', 'scheduled', 'held', 'missed', 'failed', 'paused', 'retry_wait', 'partial']);
/** States that wait for the user's decision (the wake-up tray). */
export const NEEDS_DECISION: ReadonlySet<PublicationState> = new Set<PublicationState>(['missed', 'held', 'failed', 'needs_review', 'paused', 'partial']);
/** What only the user does: between an accepted or doubtful create and another create lies at least one of these. */
export const USER_ACTS: ReadonlySet<PublicationEventType> = new Set<PublicationEventType>(['schedule', 'unschedule', 'sayPosted', 'sayNotPosted', 'sayPart', 'resume', 'leave', 'cancelUpload', 'drop']);
