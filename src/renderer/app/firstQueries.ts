import type { InputOf } from '../../shared/contract/index.ts';

/** How many wait in the inbox: the rail's badge. */
export const UNREAD = (accountId: string): InputOf<'inbox.list'> => ({ accountId, view: 'attend', limit: 1 });
/** What the foot names as next. */
export const DUE_SOON = (accountId: string): InputOf<'publications.list'> => ({ accountId, states: ['scheduled', 'retry_wait'], limit: 5000 });
/** What the column of scheduled posts shows. */
export const SCHEDULED_LIST = (accountId: string): InputOf<'publications.list'> => ({ accountId, states: ['scheduled', 'retry_wait', 'held', 'paused', 'sending'], limit: 5000 });
