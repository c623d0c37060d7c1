import { randomUUID } from 'node:crypto';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import { publicationUsd } from '../../../../shared/domain/price.ts';
import { admitBatch, buildIndex, type Edit, type RatioIndex, isSent } from '../../../../shared/domain/ratio/index.ts';
import { slotsOn } from '../../../../shared/domain/template.ts';
import { daysBetween, wallToInstant } from '../../../../shared/domain/time.ts';
import type { Unit } from '../../../../shared/domain/types.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { CampaignsRepository } from '../campaigns/repository.ts';
import type { LibraryService } from '../library/service.ts';
import { unitOf } from '../planning/context.ts';
import type { PlanningService } from '../planning/service.ts';
import { checkTier } from './content.ts';
import { chooseItems, type Chosen, type Slot, wallOfSlot } from './fillLibrary.ts';
import type { StoredPublication } from './repository.ts';
import type { PublishingService } from './service.ts';

type Input = InputOf<'planning.fillPreview'>;
type Preview = OutputOf<'planning.fillPreview'>;
type Reason = Preview['left'][number]['reason'];
interface Services {
  planning: PlanningService;
  publishing: PublishingService;
  accounts: AccountsService;
  library: LibraryService;
  campaigns: CampaignsRepository;
}
interface Filling {
  account: StoredAccount;
  index: RatioIndex;
  edit: Edit;
  preview: Preview;
  /** Items that go out, by the id their unit has in the edit: no post of them is written yet. */
  chosen: ReadonlyMap<string, Chosen>;
}
/** Where a slot goes: a draft that is there, or an item. */
interface Placed {
  slot: Slot;
  unit: Unit;
  row: StoredPublication | null;
  chosen: Chosen | null;
}

/** The words of what keeps a draft from being planned at all. */
const CODES: Readonly<Record<string, string>> = { text_empty: 'empty', text_too_long: 'too_long', tier_needs_reason: 'tier_contradicts', style_refused: 'house_style' };

/** Slots of these days that are still to come and that no post stands in, in order. */
function freeSlotsOf(index: RatioIndex, planning: PlanningService, accountId: string, days: readonly string[]): Slot[] {
  const { zone, now } = index.plan;
  const template = planning.template(accountId);
  const used = new Set(index.units.filter((unit) => !isSent(unit)).map((unit) => unit.dueAt));
  return days.flatMap((day) => slotsOn(template, day).map((slot) => ({ ...slot, day, at: wallToInstant(`${day}T${slot.time}`, zone) })).filter((slot) => slot.at > now && !used.has(slot.at)));
}

/** A pasted row that was not understood stands as it was typed: its words are not those of a post until somebody has been at them. */
const NOT_UNDERSTOOD = new Set(['bad_date', 'bad_tier']);

function whyNot(row: StoredPublication, account: StoredAccount, publishing: PublishingService): Reason | null {
  if (row.reason !== null && row.revision === 1 && NOT_UNDERSTOOD.has(row.reason.code)) return { code: row.reason.code, params: row.reason.params };
  try {
    publishing.checkSendable(row, account);
    checkTier(row, publishing.repository.content(row.id), publishing.proposing(account));
    return null;
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return { code: CODES[cause.code] ?? 'content', params: cause.data.params };
  }
}

/** The slot for a draft: of the day it was wanted for the nearest to that time, else the first. */
function slotFor(row: StoredPublication, free: readonly Slot[], zone: string): Slot | undefined {
  const own = free.filter((slot) => slot.tier === row.tier && (row.wall === null || slot.day === row.wall.slice(0, 10)));
  if (row.wall === null) return own[0];
  const wanted = wallToInstant(row.wall, zone);
  return own.reduce<Slot | undefined>((best, slot) => (best === undefined || Math.abs(slot.at - wanted) < Math.abs(best.at - wanted) ? slot : best), undefined);
}

const ratioReason = ({ violation }: ReturnType<typeof admitBatch>['left'][number]): Reason => ({
  code: 'ratio', params: { tier: violation.tier, part: violation.part, count: violation.count, allowed: violation.allowed, day: violation.part === 'totals' ? violation.day : '' },
});

/**
 * Gives the drafts of an account the template's free slots of some days: each a slot of its tier, oldest draft first, those
 * wanted at a time before those that go anywhere. Where the library is asked, each slot still free takes an item. Then the whole is
 * judged as one batch on what is really filled (DOMAIN §3, Fill). Nothing is written.
 */
function fill(input: Input, services: Services): Filling {
  const { planning, publishing } = services;
  const account = services.accounts.need(input.accountId);
  const index = planning.index(account);
  const days = input.from <= input.to ? daysBetween(input.from, input.to) : [];
  const everyFree = freeSlotsOf(index, planning, account.id, days);
  // What is settled by hand is no place for a draft.
  const byHand = new Map((input.library === true ? (input.picks ?? []) : []).map((pick) => [pick.wall, pick.itemId]));
  let free = everyFree.filter((slot) => !byHand.has(wallOfSlot(slot)));
  const out = new Set(input.leave);
  const drafts = publishing.repository.list({ accountId: account.id, states: ['draft'] }).filter((row) => row.counts).sort((a, b) => Number(a.wall === null) - Number(b.wall === null) || a.createdAt - b.createdAt);
  const placed = new Map<string, Placed>();
  const left: Preview['left'] = [];
  const leave = (row: StoredPublication, reason: Reason): void => void left.push({ id: row.id, text: row.text.slice(0, TEXT_TOLD), tier: row.tier, reason });
  for (const row of drafts) {
    const why = whyNot(row, account, publishing);
    if (out.has(row.id)) leave(row, { code: 'left_out', params: {} });
    else if (why) leave(row, why);
    else if (row.wall !== null && !days.includes(row.wall.slice(0, 10))) leave(row, { code: 'other_day', params: { wall: row.wall } });
    else {
      const slot = slotFor(row, free, account.zone);
      const unit = slot && unitOf({ ...row, state: 'scheduled', dueAt: slot.at, sentAt: null, overrideReason: null, place: null }, account);
      if (slot && unit) {
        placed.set(row.id, { row, slot, unit, chosen: null });
        free = free.filter((each) => each !== slot);
      } else leave(row, { code: 'no_slot', params: { tier: row.tier } });
    }
  }
  const found = input.library === true ? chooseItems(services, account, index, {
    slots: everyFree.filter((slot) => free.includes(slot) || byHand.has(wallOfSlot(slot))), byHand, days, drafts: [...placed.values()].flatMap(({ row, slot }) => (row ? [{ row, slot }] : [])), leave: out, seed: input.seed ?? 0,
  }) : null;
  for (const chosen of found?.chosen ?? []) placed.set(chosen.unit.id, { row: null, slot: chosen.slot, unit: chosen.unit, chosen });
  const unfilled = found?.unfilled ?? [];
  left.push(...(found?.left ?? []));
  // With the library a slot that stays free leans on nothing: the rule is kept by what is really filled.
  const { templateOf } = index.plan;
  const judged = found && templateOf ? buildIndex({ ...index.plan, templateOf: (day) => (days.includes(day) ? [] : templateOf(day)) }) : index;
  for (const refused of admitBatch(judged, [...placed.values()].map((each) => each.unit)).left) {
    const kept = placed.get(refused.id);
    if (!kept) continue;
    placed.delete(refused.id);
    const reason = ratioReason(refused);
    if (kept.row) leave(kept.row, reason);
    if (found) unfilled.push({ wall: wallOfSlot(kept.slot), tier: kept.slot.tier, theme: kept.slot.theme, reason });
  }
  const inOrder = [...placed.values()].sort((a, b) => a.slot.at - b.slot.at);
  const taken = new Set(inOrder.map((each) => each.slot));
  return {
    account, index,
    edit: { remove: [], insert: inOrder.map((each) => each.unit) },
    chosen: new Map(inOrder.flatMap(({ chosen }) => (chosen ? [[chosen.unit.id, chosen]] : []))),
    preview: {
      rows: inOrder.flatMap(({ row, slot, chosen }): Preview['rows'] => {
        const at = { tier: slot.tier, theme: slot.theme, wall: wallOfSlot(slot) };
        return row ? [{ id: row.id, text: row.text.slice(0, TEXT_TOLD), ...at, item: null }] : chosen ? [{ id: chosen.item.id, text: chosen.text.slice(0, TEXT_TOLD), ...at, item: chosen.item }] : [];
      }),
      unfilled: unfilled.sort((a, b) => (a.wall < b.wall ? -1 : 1)),
      left, slots: everyFree.length,
      free: days.flatMap((day) => account.policy.tiers.flatMap(({ key }) => {
        const count = everyFree.filter((slot) => slot.day === day && slot.tier === key && !taken.has(slot)).length;
        return count === 0 ? [] : [{ day, tier: key, count }];
      })),
      usd: inOrder.reduce((sum, { row, chosen }) => {
        if (!row) return chosen ? sum + publicationUsd({ kind: 'post', text: chosen.text, parts: [], media: chosen.content.media, via: account.via }) : sum;
        const content = publishing.repository.content(row.id);
        return sum + publicationUsd({ ...row, parts: content.parts.map((part, i) => ({ text: part.text, media: content.media.filter((each) => each.part === i + 1) })), media: content.media.filter((each) => each.part === 0) });
      }, 0),
    },
  };
}
/** Of a post's text this much is told. */
const TEXT_TOLD = 300;

export function fillHandlers(deps: CoreDeps, services: Services): Pick<Handlers, 'planning.fillPreview' | 'planning.fill'> {
  const { publishing } = services;
  return {
    'planning.fillPreview': (input) => fill(input, services).preview,
    'planning.fill': (input) => {
      const { account, index, edit, preview, chosen } = fill(input, services);
      if (preview.rows.length === 0) throw new AppError('not_found', { what: 'slot' });
      const ids = new Map([...chosen.keys()].map((id) => [id, randomUUID()]));
      const { now } = index.plan;
      const make = (): string[] => {
        // A draft of before a zone change takes the plan's zone when it is placed.
        for (const { id } of edit.insert) if (!ids.has(id) && publishing.repository.need(id).zone !== account.zone) publishing.repository.edit(id, { zone: account.zone }, now);
        for (const [unitId, id] of ids) {
          const each = chosen.get(unitId);
          if (!each) continue;
          publishing.repository.create({ id, accountId: account.id, text: each.text, tier: each.unit.tier, tierReason: null, zone: account.zone, via: account.via, content: each.content }, now);
          services.library.shares.put(id, each.item.id, each.variantId);
        }
        return [...ids.values()];
      };
      const { undoId } = publishing.carryEdit(account, index, { ...edit, insert: edit.insert.map((unit) => ({ ...unit, id: ids.get(unit.id) ?? unit.id })) }, 'filled', make);
      if (ids.size > 0) deps.bus.emit('library.changed', { accountId: account.id });
      return { placed: preview.rows.length, left: preview.left.length, undoId };
    },
  };
}
