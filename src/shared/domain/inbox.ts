/** States of a case: one conversation with one person (DOMAIN §6). */
export const CASE_STATES = ['new', 'open', 'waiting', 'snoozed', 'done', 'muted'] as const;
export type CaseState = (typeof CASE_STATES)[number];
export const CASE_KINDS = ['question', 'complaint', 'praise', 'lead', 'other'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];
export const OUTCOMES = ['solved', 'sentOn', 'called', 'noAnswer', 'notOurs'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Everything that can happen to a case. */
export type CaseEvent =
  /** The person writes. */
  | 'message'
  /** The user looks at it. */
  | 'open'
  /** We answered and wait for the person. */
  | 'wait'
  | 'snooze'
  /** The snooze is over. */
  | 'wake'
  | 'done'
  | 'reopen'
  /** An answer of ours did not go out. */
  | 'replyFailed'
  | 'mute'
  | 'unmute';
export const CASE_EVENTS: readonly CaseEvent[] = ['message', 'open', 'wait', 'snooze', 'wake', 'done', 'reopen', 'replyFailed', 'mute', 'unmute'];

type Row = { readonly [E in CaseEvent]?: CaseState };
const ACTS: Row = { wait: 'waiting', snooze: 'snoozed', done: 'done', mute: 'muted' };

/** The one table: state x event -> state; what is not here is refused. A muted case never reopens by itself. */
export const CASE_TRANSITIONS: { readonly [S in CaseState]: Row } = {
  new: { ...ACTS, message: 'new', open: 'open', replyFailed: 'open' },
  open: { ...ACTS, message: 'open', open: 'open', replyFailed: 'open' },
  waiting: { ...ACTS, message: 'open', open: 'waiting', reopen: 'open', replyFailed: 'open' },
  snoozed: { ...ACTS, message: 'open', open: 'snoozed', wake: 'open', reopen: 'open', replyFailed: 'open' },
  done: { done: 'done', wait: 'waiting', snooze: 'snoozed', mute: 'muted', message: 'open', open: 'done', reopen: 'open', replyFailed: 'open' },
  muted: { message: 'muted', open: 'muted', mute: 'muted', unmute: 'open', replyFailed: 'muted' },
};
export function caseTransition(from: CaseState, event: CaseEvent): CaseState | null {
  return CASE_TRANSITIONS[from][event] ?? null;
}
/** The clock of the answer runs only while somebody waits for us. */
export const OWES_ANSWER: ReadonlySet<CaseState> = new Set<CaseState>(['new', 'open']);

/** What can be done with a post or a person (DOMAIN §6, action routing). */
export type ActionKind = 'state' | 'label' | 'note' | 'reply' | 'repost' | 'undoRepost' | 'bookmark' | 'hideReply' | 'deleteOwn' | 'like' | 'follow' | 'quote' | 'directMessage';
/** `local`: a plain write here. `outbox`: goes to the network, at once or when it can be reached. `handOff`: X asks for it by hand, on x.com. */
export type ActionRoute = 'local' | 'outbox' | 'handOff';
export interface ActionTarget {
  /** Written by the account itself. */
  own: boolean;
  /** It mentions or quotes the account, or answers one of its posts. */
  addressesUs: boolean;
}
/**
 * Where an action goes: one pure function, so that a badge can tell before the user types. X's automation rules and the API's
 * limits decide: likes, follows and quotes of others are done by hand, and the API answers only whoever addressed us.
 */
export function actionRoute(kind: ActionKind, account: { via: 'api' | 'handoff' }, target: ActionTarget): ActionRoute {
  switch (kind) {
    case 'state':
    case 'label':
    case 'note':
      return 'local';
    case 'like':
    case 'follow':
    case 'quote':
    case 'directMessage':
      return 'handOff';
    case 'reply':
      return account.via === 'api' && (target.own || target.addressesUs) ? 'outbox' : 'handOff';
    case 'hideReply':
      return target.addressesUs && !target.own ? 'outbox' : 'handOff';
    case 'deleteOwn':
      return target.own ? 'outbox' : 'handOff';
    case 'repost':
    case 'undoRepost':
    case 'bookmark':
      return 'outbox';
    default:
      return kind satisfies never;
  }
}
