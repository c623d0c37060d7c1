import type { Publication } from '../../../shared/contract/publications.ts';

export const WRITTEN = ['all', 'draft', 'planned', 'posted', 'replies'] as const;
/** Parts of what was written for the account. */
export type WrittenView = (typeof WRITTEN)[number];

/** Answers have their own place: among what was written to be read by everybody they hide it. */
export const OF: Readonly<Record<WrittenView, (row: Publication) => boolean>> = {
  all: (row) => row.state !== 'cancelled' && row.kind !== 'reply',
  draft: (row) => row.state === 'draft' && row.kind !== 'reply',
  planned: (row) => row.state !== 'draft' && row.state !== 'posted' && row.state !== 'cancelled' && row.kind !== 'reply',
  posted: (row) => row.state === 'posted' && row.kind !== 'reply',
  replies: (row) => row.state !== 'cancelled' && row.kind === 'reply',
};
/** A post of one's own with words in it can be kept as an item. */
export const isKeepable = (row: Publication): boolean => row.kind === 'post' && row.text.trim() !== '';
