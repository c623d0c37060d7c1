import { AppError } from '../../../../shared/contract/errors.ts';
import type { InputOf } from '../../../../shared/contract/index.ts';
import { styleFindings } from '../../../../shared/domain/houseStyle.ts';
import { isBlank, weightedLength } from '../../../../shared/domain/text.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { Propose } from '../library/linkTiers.ts';
import type { MediaService } from '../media/service.ts';
import type { Content, StoredPublication } from './repository.ts';

type Draft = InputOf<'publications.save'>;
/** Links are looked for in this much of a post, a thread's parts together, characters. */
const LINK_CHARS = 25_000;

/** Parts and media as the repository keeps them; what is not named in the input stays as it is. */
export function contentOf(input: Draft, before: Content | null): Content {
  const parts = input.parts?.map((part, i) => ({ text: part.text, remoteId: before?.parts[i]?.remoteId ?? null, sentAt: before?.parts[i]?.sentAt ?? null })) ?? before?.parts ?? [];
  const later = input.parts
    ? input.parts.flatMap((part, i) => part.media.map((each) => ({ part: i + 1, id: each.id, alt: each.alt })))
    : (before?.media ?? []).filter((each) => each.part > 0);
  return { parts, media: [...input.media.map((each) => ({ part: 0, id: each.id, alt: each.alt })), ...later] };
}

/** Parts that are on the network stay as they went out. Throws AppError `part_is_out`. */
export function checkSentKept(row: StoredPublication, before: Content, input: Draft, after: Content): void {
  if (row.sentAt === null) return;
  const outParts = before.parts.filter((part) => part.remoteId !== null).length;
  const same = input.text === row.text && before.parts.slice(0, outParts).every((part, i) => after.parts[i]?.text === part.text);
  if (!same || after.parts.length < outParts) throw new AppError('part_is_out', { parts: outParts + 1 });
}

/** A part whose outcome is in doubt keeps its text, or what is found on the network would not be known again (PUBLISHING 3). Throws AppError `state_refused`. */
export function checkDoubtKept(row: StoredPublication, before: Content, input: Draft, after: Content, doubtful: readonly number[]): void {
  for (const part of doubtful) {
    const same = part === 0 ? input.text === row.text : before.parts[part - 1]?.text === after.parts[part - 1]?.text;
    if (!same) throw new AppError('state_refused', { state: row.state, event: 'edit' });
  }
}

/** Throws AppError `text_empty`, `text_too_long`, `poll_invalid`, `media_mixed` or `target_missing`: what cannot be posted is not planned. */
export function checkContent(row: StoredPublication, content: Content, account: StoredAccount, media: MediaService): void {
  if (row.kind === 'repost') {
    if (row.targetId === null) throw new AppError('target_missing');
    return;
  }
  if (row.kind === 'reply' && row.targetId === null) throw new AppError('target_missing');
  [row.text, ...content.parts.map((part) => part.text)].forEach((text, part) => {
    const files = content.media.filter((each) => each.part === part);
    const length = weightedLength(text);
    if (isBlank(text) && (files.length === 0 || (part === 0 && row.poll !== null))) throw new AppError('text_empty', content.parts.length > 0 ? { part: part + 1 } : {});
    if (length > account.maxWeighted) throw new AppError('text_too_long', { length, max: account.maxWeighted, part: part + 1 });
    const alone = files.filter((each) => /^video\/|^image\/gif$/.test(media.describe(each.id, '')?.mime ?? ''));
    if (alone.length > 0 && files.length > 1) throw new AppError('media_mixed', { part: part + 1 });
  });
  if (row.poll) {
    const options = row.poll.options.map((option) => option.trim());
    if (options.some(isBlank) || new Set(options).size !== options.length) throw new AppError('poll_invalid');
    if (content.media.some((each) => each.part === 0)) throw new AppError('poll_invalid');
  }
}

/** What the account's house style keeps from going out (DOMAIN §3). Throws AppError `style_refused`, its words chosen by `context`. */
export function checkStyle(row: StoredPublication, content: Content, { style }: StoredAccount): void {
  if (!style.stops) return;
  const [finding] = styleFindings({ kind: row.kind, texts: [row.text, ...content.parts.map((part) => part.text)], tier: row.tier, counts: row.counts }, style);
  if (finding) throw new AppError('style_refused', { context: finding.code, ...finding.params });
}

type Tiered = Pick<StoredPublication, 'counts' | 'text' | 'tier' | 'tierReason'>;
/** The tier that the links propose where it is another and no reason is written; else null. What is outside the ratio has no tier to contradict. */
export function contradicted(row: Tiered, content: Content, propose: Propose): string | null {
  if (!row.counts || !isBlank(row.tierReason ?? '')) return null;
  const proposed = propose([row.text, ...content.parts.map((part) => part.text)].join('\n').slice(0, LINK_CHARS));
  return proposed === row.tier ? null : proposed;
}
/** A tier that contradicts the link needs a written reason (DOMAIN §2). Throws AppError `tier_needs_reason`. */
export function checkTier(row: Tiered, content: Content, propose: Propose): void {
  const proposed = contradicted(row, content, propose);
  if (proposed !== null) throw new AppError('tier_needs_reason', { proposed, tier: row.tier });
}
/** The same of what goes out by itself when it is changed; what contradicted before, by rules that came later, is not asked anew. Throws AppError `tier_needs_reason`. */
export function checkTierKept(before: { before: Tiered; content: Content }, row: Tiered, content: Content, propose: Propose): void {
  const known = contradicted(before.before, before.content, propose);
  if (known === null || row.tier !== before.before.tier || contradicted(row, content, propose) !== known) checkTier(row, content, propose);
}
