import type { OutputOf } from '../../../../shared/contract/index.ts';
import { fillSlots } from '../../../../shared/domain/library/fill.ts';
import { shareText } from '../../../../shared/domain/library/text.ts';
import { tagLinks } from '../../../../shared/domain/linkTagging.ts';
import type { RatioIndex } from '../../../../shared/domain/ratio/index.ts';
import type { TemplateSlot } from '../../../../shared/domain/template.ts';
import { weightedLength } from '../../../../shared/domain/text.ts';
import { dayRange, instantToWall } from '../../../../shared/domain/time.ts';
import { COUNTING_STATES, type Unit } from '../../../../shared/domain/types.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { CampaignsRepository } from '../campaigns/repository.ts';
import { candidatesOf } from '../library/candidates.ts';
import { contentOf, type LibraryService } from '../library/service.ts';
import { contradicted } from './content.ts';
import type { Content, StoredPublication } from './repository.ts';
import type { PublishingService } from './service.ts';

type Preview = OutputOf<'planning.fillPreview'>;
export type Slot = TemplateSlot & { day: string; at: number };
export const wallOfSlot = (slot: Slot): string => `${slot.day}T${slot.time}`;

/** An item in a slot: the text it would go out with, and why it was chosen. */
export interface Chosen {
  slot: Slot;
  unit: Unit;
  text: string;
  variantId: string | null;
  content: Content;
  item: NonNullable<Preview['rows'][number]['item']>;
}
interface Asked {
  /** Those still free, and those settled by hand. */
  slots: readonly Slot[];
  byHand: ReadonlyMap<string, string | null>;
  days: readonly string[];
  /** Drafts that this filling places: they stand around, and those written from items are shares. */
  drafts: readonly { row: StoredPublication; slot: Slot }[];
  leave: ReadonlySet<string>;
  seed: number;
}

/** Items of the library for free slots (DOMAIN §3, Fill), not yet judged by the ratio. */
export function chooseItems(services: { publishing: PublishingService; library: LibraryService; campaigns: CampaignsRepository }, account: StoredAccount, index: RatioIndex, asked: Asked): { chosen: Chosen[]; unfilled: Preview['unfilled']; left: Preview['left'] } {
  const { publishing, library } = services;
  const { zone } = account;
  const writtenFrom = library.shares.drafts(account.id);
  const also = asked.drafts.flatMap(({ row, slot }) => {
    const itemId = writtenFrom.get(row.id);
    return itemId === undefined ? [] : [{ itemId, day: slot.day }];
  });
  const { items, behind, broken } = candidatesOf(library, account, index.plan.now, also);
  const [first, last] = [asked.days[0], asked.days.at(-1)];
  const standing = first === undefined || last === undefined ? [] : publishing.repository.list({ accountId: account.id, from: dayRange(first, zone).start, to: dayRange(last, zone).end, limit: 100_000 }).filter((row) => row.counts && COUNTING_STATES.has(row.state));
  const around = [
    ...standing.map((row) => ({ wall: instantToWall(row.sentAt ?? row.dueAt ?? 0, zone), text: row.text })),
    ...asked.drafts.map(({ row, slot }) => ({ wall: wallOfSlot(slot), text: row.text })),
  ];
  const whole = new Map<string, string>();
  const textOf = (itemId: string, title: string, variant: string): string => {
    const key = `${itemId}\n${variant}`;
    const known = whole.get(key) ?? shareText({ title, url: behind.get(itemId)?.url ?? null }, (behind.get(itemId)?.variants ?? []).length === 0 ? null : { text: variant });
    whole.set(key, known);
    return known;
  };
  const fitting = new Map<string, boolean>();
  const propose = publishing.proposing(account);
  const bySlot = new Map(asked.slots.map((slot) => [wallOfSlot(slot), slot]));
  const { rows, unfilled } = fillSlots({
    slots: asked.slots.map((slot) => {
      const pick = asked.byHand.get(wallOfSlot(slot));
      return { wall: wallOfSlot(slot), theme: slot.theme, tier: slot.tier, ...(pick === undefined ? {} : { pick }) };
    }),
    items, around, seed: asked.seed, campaigns: services.campaigns.list(account.id), left: new Set([...asked.leave, ...broken]),
    fits(item, variant) {
      const text = textOf(item.id, item.title, variant);
      const key = `${item.tier}\n${text}`;
      const known = fitting.get(key) ?? (weightedLength(text) <= account.maxWeighted && contradicted({ counts: true, text, tier: item.tier, tierReason: null }, { parts: [], media: [] }, propose) === null);
      fitting.set(key, known);
      return known;
    },
  });
  const tied = new Set(account.policy.tiers.filter((tier) => tier.tiedToTime).map((tier) => tier.key));
  return {
    chosen: rows.flatMap((row): Chosen[] => {
      const slot = bySlot.get(row.wall);
      if (!slot) return [];
      const { item } = row;
      return [{
        slot, text: tagLinks(textOf(item.id, item.title, item.texts[row.text] ?? ''), account.tagging, { theme: slot.theme, tier: slot.tier, account: account.username, day: slot.day }), variantId: behind.get(item.id)?.variants[row.text] ?? null, content: contentOf(behind.get(item.id) ?? { media: [] }),
        unit: { id: `item:${slot.at}`, dueAt: slot.at, tier: slot.tier, state: 'scheduled', ...(tied.has(slot.tier) ? { tied: true } : {}) },
        item: { id: item.id, title: item.title, score: row.score, ageDays: row.ageDays, restDays: row.restDays, like: row.like, campaign: row.campaign && { name: row.campaign.name, inside: row.campaign.inside }, rivals: row.rivals },
      }];
    }),
    unfilled: unfilled.map(({ slot, code, params }) => ({ wall: slot.wall, tier: slot.tier, theme: slot.theme, reason: { code, params } })),
    left: items.flatMap((item): Preview['left'] => {
      const wanted = broken.has(item.id) && asked.slots.some((slot) => slot.tier === item.tier) && !rows.some((row) => row.item.id === item.id);
      const code = asked.leave.has(item.id) ? 'left_out' : wanted ? 'link_broken' : null;
      return code === null ? [] : [{ id: item.id, text: item.title, tier: item.tier, reason: { code, params: {} } }];
    }),
  };
}
