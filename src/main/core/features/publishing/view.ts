import type { AttachedMedia, Publication } from '../../../../shared/contract/publications.ts';
import { publicationUsd } from '../../../../shared/domain/price.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { MediaService } from '../media/service.ts';
import type { PublicationsRepository, StoredPublication } from './repository.ts';

/** A publication as the contract says it: with its files, its price and its address. */
export function viewOf(on: { repository: PublicationsRepository; accounts: AccountsService; media: MediaService }, stored: StoredPublication): Publication {
  const account = on.accounts.list().find((each) => each.id === stored.accountId);
  const username = account?.username ?? '';
  const content = on.repository.content(stored.id);
  const mediaOf = (part: number): AttachedMedia[] => content.media.filter((each) => each.part === part).map((each) => on.media.describe(each.id, each.alt)).filter((each) => each !== null);
  const media = mediaOf(0);
  const parts = content.parts.map((part, i) => ({ text: part.text, media: mediaOf(i + 1), remoteId: part.remoteId ?? null, sentAt: part.sentAt ?? null }));
  return {
    id: stored.id, accountId: stored.accountId, state: stored.state, heldReason: stored.heldReason, text: stored.text, tier: stored.tier, tierReason: stored.tierReason,
    kind: stored.kind, parts, poll: stored.poll, target: stored.targetId === null ? null : { id: stored.targetId, username: stored.targetName }, via: stored.via, counts: stored.counts, removedAt: stored.removedAt, media,
    wall: stored.wall, zone: stored.zone, dueAt: stored.dueAt, sentAt: stored.sentAt, remoteId: stored.remoteId,
    url: stored.remoteId === null || account?.network === 'practice' ? null : `https://x.com/${encodeURIComponent(username)}/status/${stored.remoteId}`,
    overrideReason: stored.overrideReason, late: stored.late, reason: stored.reason, ...(stored.place !== null && stored.state === 'retry_wait' ? { place: stored.place } : {}), usd: publicationUsd({ ...stored, parts, media }), revision: stored.revision, createdAt: stored.createdAt, updatedAt: stored.updatedAt,
  };
}
