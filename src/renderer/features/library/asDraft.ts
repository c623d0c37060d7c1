import type { Account } from '../../../shared/contract/accounts.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { Publication } from '../../../shared/contract/publications.ts';

/** Begins the id of what is not written yet: the draft that an item would become. */
const ITEM = 'item:';
/** The item's id behind such a draft; null for a publication that is there. */
export const itemIdOf = (publication: Publication): string | null => (publication.id.startsWith(ITEM) ? publication.id.slice(ITEM.length) : null);

/** An item as the draft it would become, so that a move judges it like any other; it is written when it is dropped. */
export function asDraft(item: LibraryItem, account: Account): Publication {
  return {
    id: `${ITEM}${item.id}`, accountId: account.id, kind: 'post', parts: [], poll: null, target: null, via: account.via, counts: true, removedAt: null, state: 'draft', heldReason: null,
    text: item.title, tier: item.tier, tierReason: null, media: item.media, wall: null, zone: account.zone, dueAt: null, sentAt: null, remoteId: null, url: null, overrideReason: null, late: false, reason: null,
    usd: 0, revision: item.revision, createdAt: item.createdAt, updatedAt: item.updatedAt,
  };
}
