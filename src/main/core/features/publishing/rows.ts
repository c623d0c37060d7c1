import { z } from 'zod';
import { pollSchema, PUBLICATION_KINDS, publicationSchema } from '../../../../shared/contract/publications.ts';
import { HELD_REASONS, PUBLICATION_STATES, type PublicationState } from '../../../../shared/domain/types.ts';

const rowSchema = z.object({
  id: z.string(), account_id: z.string(), state: z.enum(PUBLICATION_STATES), held_reason: z.enum(HELD_REASONS).nullable(), text: z.string(), tier: z.string(), tier_reason: z.string().nullable(),
  wall: z.string().nullable(), zone: z.string(), due_at: z.number().nullable(), next_try_at: z.number().nullable(), sent_at: z.number().nullable(), remote_id: z.string().nullable(),
  override_reason: z.string().nullable(), late: z.number(), reason_code: z.string().nullable(), reason_params: z.string().nullable(), revision: z.number(),
  created_at: z.number(), updated_at: z.number(), deleted_at: z.number().nullable(),
  kind: z.enum(PUBLICATION_KINDS), poll: z.string().nullable(), target_id: z.string().nullable(), target_name: z.string().nullable(), via: z.enum(['api', 'handoff']), counts: z.number(), removed_at: z.number().nullable(), place: z.string().nullable(), begun: z.number(), manual: z.number(),
});
export const partRow = z.object({ position: z.number(), text: z.string(), remote_id: z.string().nullable(), sent_at: z.number().nullable() });
export const mediaRow = z.object({ part: z.number(), media_id: z.string(), alt: z.string(), remote_media_id: z.string().nullable(), expires_at: z.number().nullable() });
export const historyRow = z.object({ at: z.number(), event: z.string(), from_state: z.string(), to_state: z.string(), boot_id: z.string(), reason_code: z.string().nullable() });
const reasonParams = publicationSchema.shape.reason.unwrap().shape.params;

export type Reason = z.infer<typeof publicationSchema.shape.reason>;
export type Poll = NonNullable<z.infer<typeof publicationSchema.shape.poll>>;
/** A part of a thread after the first, which is the publication itself. */
export interface Part {
  text: string;
  remoteId: string | null;
  sentAt: number | null;
}
export interface PartMedia {
  part: number;
  id: string;
  alt: string;
  /** The network's id of an upload that was not used yet, and when it ends, epoch ms. */
  remoteMediaId: string | null;
  expiresAt: number | null;
}
export interface StoredPublication {
  id: string;
  accountId: string;
  kind: (typeof PUBLICATION_KINDS)[number];
  poll: Poll | null;
  /** The post answered or reposted. */
  targetId: string | null;
  targetName: string | null;
  via: 'api' | 'handoff';
  /** A unit of the ratio (DOMAIN §2): replies and reposts of others are not. */
  counts: boolean;
  /** Deleted on the network, epoch ms. */
  removedAt: number | null;
  /** Orders it among posts of the same instant; null for its own id (RATIO 6). */
  place: string | null;
  state: PublicationState;
  /** While `sending`: its create is on the wire. */
  begun: boolean;
  /** The user asked for its next request: a pause lets it pass once. */
  manual: boolean;
  heldReason: (typeof HELD_REASONS)[number] | null;
  text: string;
  tier: string;
  tierReason: string | null;
  wall: string | null;
  zone: string;
  dueAt: number | null;
  nextTryAt: number | null;
  sentAt: number | null;
  remoteId: string | null;
  overrideReason: string | null;
  late: boolean;
  reason: Reason;
  revision: number;
  createdAt: number;
  updatedAt: number;
  deletedAt: number | null;
}
/** What a publication says beyond its first text: later parts, and media by part. */
export interface Content {
  parts: readonly { text: string; remoteId?: string | null; sentAt?: number | null }[];
  media: readonly { part: number; id: string; alt: string }[];
}
/** Fields a change may carry beside its event. */
export type Patch = Partial<Omit<StoredPublication, 'id' | 'accountId' | 'state' | 'begun' | 'kind' | 'counts' | 'revision' | 'createdAt' | 'updatedAt'>>;

/** What a reason says beside its code only fills words: an unreadable one never keeps the post from being read. */
function paramsOf(stored: string | null): z.infer<typeof reasonParams> {
  try {
    const parsed = reasonParams.safeParse(JSON.parse(stored ?? '{}'));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

/** A row of `publications` as the rest of core knows it. */
export function fromRow(raw: unknown): StoredPublication {
  const row = rowSchema.parse(raw);
  return {
    id: row.id, accountId: row.account_id, state: row.state, heldReason: row.held_reason, text: row.text, tier: row.tier, tierReason: row.tier_reason, wall: row.wall, zone: row.zone,
    dueAt: row.due_at, nextTryAt: row.next_try_at, sentAt: row.sent_at, remoteId: row.remote_id, overrideReason: row.override_reason, late: row.late === 1,
    reason: row.reason_code === null ? null : { code: row.reason_code, params: paramsOf(row.reason_params) },
    kind: row.kind, poll: row.poll === null ? null : pollSchema.parse(JSON.parse(row.poll)), targetId: row.target_id, targetName: row.target_name, via: row.via, counts: row.counts === 1, removedAt: row.removed_at, place: row.place, begun: row.begun === 1, manual: row.manual === 1,
    revision: row.revision, createdAt: row.created_at, updatedAt: row.updated_at, deletedAt: row.deleted_at,
  };
}
