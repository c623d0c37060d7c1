import type { HeldReason, PublicationState } from './types.ts';

/** A stored state, or `begun`: `sending` whose create is on the wire (a field of the row, not a state of its own). */
export type Phase = PublicationState | 'begun';

/** Everything that can happen to a publication (PUBLISHING, table). */
export type PublicationEvent =
  | { type: 'schedule' }
  | { type: 'sendNow' }
  | { type: 'unschedule' }
  | { type: 'cancel' }
  /** The user takes back what they last did; nothing happened to it since. */
  | { type: 'undo'; to: PublicationState }
  /** Its time, or the end of a wait, has come: checks and uploads begin. */
  | { type: 'due' }
  /** A check before the create, or an answer about the account, stops it. */
  | { type: 'hold'; reason: HeldReason }
  /** Surely not sent (offline, 429, the rule's wait): tried again inside its grace. */
  | { type: 'wait' }
  | { type: 'pause' }
  /** The rule moved it to another time at the last moment. */
  | { type: 'exchange' }
  /** It is time for the user to publish it by hand. */
  | { type: 'handOff' }
  /** A create begins. */
  | { type: 'begin' }
  /** The program starts: this was being sent when it ended. */
  | { type: 'boot' }
  | { type: 'accepted' }
  /** A part of a thread is out and more are to come. */
  | { type: 'acceptedPart' }
  | { type: 'refused' }
  | { type: 'duplicate' }
  | { type: 'ambiguous' }
  | { type: 'release' }
  | { type: 'graceOver' }
  /** It became due by a clock jump that sleep does not explain. */
  | { type: 'jump' }
  /** It became due by a change of zone. */
  | { type: 'zone' }
  /** Seen on the network: nothing is left to send. */
  | { type: 'found' }
  /** Seen on the network; the next part goes on, inside the grace. */
  | { type: 'foundPart' }
  /** Seen on the network, and the next part waits for the user. */
  | { type: 'foundLate' }
  | { type: 'lastLook' }
  | { type: 'sayPosted' }
  /** The user says that this part is out; more are to come. */
  | { type: 'sayPart' }
  | { type: 'sayNotSent' }
  /** The user: it is not there, send it again. */
  | { type: 'resend' }
  /** The user: go on at the first part that is not out. */
  | { type: 'resume' }
  /** The user: leave the thread as it is. */
  | { type: 'close' };
export type PublicationEventType = PublicationEvent['type'];

type Row = { readonly [E in PublicationEventType]?: Phase };
type Table = { readonly [P in Phase]: Row };

const PLACED: Row = { schedule: 'scheduled', sendNow: 'scheduled' };
const TAKEN_OUT: Row = { unschedule: 'draft', cancel: 'cancelled' };
/** Where an attempt has no settled outcome, its post may be seen in any state. */
const SEEN: Row = { found: 'posted', foundPart: 'partial', foundLate: 'partial' };

/** The one table: phase x event -> phase; what is not here is refused. No event leads from a doubtful create to another without an act of the user. */
export const TRANSITIONS: Table = {
  draft: { ...PLACED, ...SEEN, cancel: 'cancelled' },
  scheduled: { ...PLACED, ...TAKEN_OUT, ...SEEN, due: 'sending', pause: 'paused', graceOver: 'missed', jump: 'missed', zone: 'missed', handOff: 'needs_review' },
  sending: { ...SEEN, begin: 'begun', hold: 'held', wait: 'retry_wait', pause: 'paused', exchange: 'scheduled', boot: 'scheduled', unschedule: 'draft' },
  begun: { accepted: 'posted', acceptedPart: 'sending', wait: 'retry_wait', hold: 'held', refused: 'failed', duplicate: 'failed', ambiguous: 'unknown', boot: 'unknown' },
  retry_wait: { ...PLACED, ...TAKEN_OUT, ...SEEN, due: 'sending', pause: 'paused', graceOver: 'missed', zone: 'missed' },
  held: { ...PLACED, ...TAKEN_OUT, ...SEEN, release: 'scheduled', graceOver: 'missed', zone: 'missed' },
  missed: { ...PLACED, ...TAKEN_OUT, ...SEEN },
  paused: { ...PLACED, ...TAKEN_OUT, ...SEEN },
  failed: { ...PLACED, ...TAKEN_OUT, ...SEEN },
  unknown: { found: 'posted', foundPart: 'scheduled', foundLate: 'partial', lastLook: 'needs_review', sayNotSent: 'needs_review', sayPosted: 'posted', sayPart: 'partial' },
  needs_review: { ...SEEN, sayPosted: 'posted', sayPart: 'partial', resend: 'scheduled', cancel: 'cancelled' },
  partial: { ...SEEN, due: 'sending', wait: 'partial', pause: 'partial', graceOver: 'partial', resume: 'scheduled', close: 'posted' },
  cancelled: { ...PLACED, ...SEEN },
  posted: {},
};

/** Where a thread of which parts are on the network stops, whatever stopped it, it is `partial`. */
const STOPS: ReadonlySet<Phase> = new Set<Phase>(['draft', 'held', 'retry_wait', 'failed', 'missed', 'paused', 'cancelled']);
/** Between these an act of the user can be taken back; nothing is on the wire. */
const UNDOABLE: ReadonlySet<Phase> = new Set<Phase>(['draft', 'scheduled', 'held', 'retry_wait', 'failed', 'missed', 'paused', 'cancelled', 'needs_review', 'partial']);

/** Next phase, or null when the event is refused. `mid`: some parts of the thread are on the network and some are not. */
export function transition(from: Phase, event: PublicationEvent, mid = false): Phase | null {
  if (event.type === 'undo') return UNDOABLE.has(from) && UNDOABLE.has(event.to) ? event.to : null;
  const next = TRANSITIONS[from][event.type] ?? null;
  return mid && next !== null && STOPS.has(next) ? 'partial' : next;
}

/** States in which text and media may be changed. */
export const EDITABLE: ReadonlySet<PublicationState> = new Set<PublicationState>(['draft', 'scheduled', 'held', 'missed', 'failed', 'paused', 'retry_wait', 'partial']);
/** Editable states from which it goes out without another act of the user. */
export const GOES_BY_ITSELF: ReadonlySet<PublicationState> = new Set<PublicationState>(['scheduled', 'retry_wait', 'held', 'partial']);
/** States that wait for the user's decision (the wake-up tray). */
export const NEEDS_DECISION: ReadonlySet<PublicationState> = new Set<PublicationState>(['missed', 'held', 'failed', 'needs_review', 'paused', 'partial']);
/** What only the user does: between a doubtful create and another create of the same part lies at least one of these. */
export const USER_ACTS: ReadonlySet<PublicationEventType> = new Set<PublicationEventType>(['schedule', 'sendNow', 'unschedule', 'cancel', 'undo', 'sayPosted', 'sayPart', 'sayNotSent', 'resend', 'resume', 'close']);
/** Acts after which a part may be created once more although an earlier attempt of it is in doubt. */
export const SENDS_ANEW: ReadonlySet<PublicationEventType> = new Set<PublicationEventType>(['schedule', 'sendNow', 'resend', 'resume']);
