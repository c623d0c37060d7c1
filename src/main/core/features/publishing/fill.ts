import { AppError } from '../../../../shared/contract/errors.ts';
import type { InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import { publicationUsd } from '../../../../shared/domain/price.ts';
import { admitBatch, type Edit, type RatioIndex, isSent } from '../../../../shared/domain/ratio/index.ts';
import { slotsOn, type TemplateSlot } from '../../../../shared/domain/template.ts';
import { daysBetween, wallToInstant } from '../../../../shared/domain/time.ts';
import type { Unit } from '../../../../shared/domain/types.ts';
import type { Handlers } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import { unitOf } from '../planning/context.ts';
import type { PlanningService } from '../planning/service.ts';
import { checkTier } from './content.ts';
import type { StoredPublication } from './repository.ts';
import type { PublishingService } from './service.ts';

type Input = InputOf<'planning.fillPreview'>;
type Preview = OutputOf<'planning.fillPreview'>;
type Reason = Preview['left'][number]['reason'];
type Slot = TemplateSlot & { day: string; at: number };
interface Services {
  planning: PlanningService;
  publishing: PublishingService;
  accounts: AccountsService;
}
interface Filling {
  account: StoredAccount;
  index: RatioIndex;
  edit: Edit;
  preview: Preview;
}

/** The words of what keeps a draft from being planned at all. */
const CODES: Readonly<Record<string, string>> = { text_empty: 'empty', text_too_long: 'too_long', tier_needs_reason: 'tier_contradicts' };

/** Slots of these days that are still to come and that no post stands in, in order. */
function freeSlotsOf(index: RatioIndex, planning: PlanningService, accountId: string, days: readonly string[]): Slot[] {
  const { zone, now } = index.plan;
  const template = planning.template(accountId);
  const used = new Set(index.units.filter((unit) => !isSent(unit)).map((unit) => unit.dueAt));
  return days.flatMap((day) => slotsOn(template, day).map((slot) => ({ ...slot, day, at: wallToInstant(`${day}T${slot.time}`, zone) })).filter((slot) => slot.at > now && !used.has(slot.at)));
}

function whyNot(row: StoredPublication, account: StoredAccount, publishing: PublishingService): Reason | null {
  try {
    publishing.checkSendable(row, account);
    checkTier(row, publishing.repository.content(row.id), account);
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

/**
 * Gives the drafts of an account the template's free slots of some days: each a slot of its tier, oldest draft first, those
 * wanted at a time before those that go anywhere; then the whole is judged as one batch (DOMAIN §3, fill). Nothing is written.
 */
function fill(input: Input, { planning, publishing, accounts }: Services): Filling {
  const account = accounts.need(input.accountId);
  const index = planning.index(account);
  const days = input.from <= input.to ? daysBetween(input.from, input.to) : [];
  let free = freeSlotsOf(index, planning, account.id, days);
  const slots = free.length;
  const out = new Set(input.leave);
  const drafts = publishing.repository.list({ accountId: account.id, states: ['draft'] }).filter((row) => row.counts).sort((a, b) => Number(a.wall === null) - Number(b.wall === null) || a.createdAt - b.createdAt);
  const placed = new Map<string, { row: StoredPublication; slot: Slot; unit: Unit }>();
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
        placed.set(row.id, { row, slot, unit });
        free = free.filter((each) => each !== slot);
      } else leave(row, { code: 'no_slot', params: { tier: row.tier } });
    }
  }
  for (const { id, violation } of admitBatch(index, [...placed.values()].map((each) => each.unit)).left) {
    const kept = placed.get(id);
    if (!kept) continue;
    placed.delete(id);
    free.push(kept.slot);
    leave(kept.row, { code: 'ratio', params: { tier: violation.tier, part: violation.part, count: violation.count, allowed: violation.allowed, day: violation.part === 'totals' ? violation.day : '' } });
  }
  const inOrder = [...placed.values()].sort((a, b) => a.slot.at - b.slot.at);
  return {
    account, index,
    edit: { remove: [], insert: inOrder.map((each) => each.unit) },
    preview: {
      rows: inOrder.map(({ row, slot }) => ({ id: row.id, text: row.text.slice(0, TEXT_TOLD), tier: row.tier, theme: slot.theme, wall: `${slot.day}T${slot.time}` })),
      left, slots,
      free: days.flatMap((day) => account.policy.tiers.flatMap(({ key }) => {
        const count = free.filter((slot) => slot.day === day && slot.tier === key).length;
        return count === 0 ? [] : [{ day, tier: key, count }];
      })),
      usd: inOrder.reduce((sum, { row }) => {
        const content = publishing.repository.content(row.id);
        return sum + publicationUsd({ ...row, parts: content.parts.map((part, i) => ({ text: part.text, media: content.media.filter((each) => each.part === i + 1) })), media: content.media.filter((each) => each.part === 0) });
      }, 0),
    },
  };
}
/** Of a post's text this much is told. */
const TEXT_TOLD = 300;

export function fillHandlers(services: Services): Pick<Handlers, 'planning.fillPreview' | 'planning.fill'> {
  const { publishing } = services;
  return {
    'planning.fillPreview': (input) => fill(input, services).preview,
    'planning.fill': (input) => {
      const { account, index, edit, preview } = fill(input, services);
      if (preview.rows.length === 0) throw new AppError('not_found', { what: 'slot' });
      // A draft of before a zone change takes the plan's zone when it is placed.
      for (const { id } of preview.rows) if (publishing.repository.need(id).zone !== account.zone) publishing.repository.edit(id, { zone: account.zone }, index.plan.now);
      return { placed: preview.rows.length, left: preview.left.length, undoId: publishing.carryEdit(account, index, edit, 'filled').undoId };
    },
  };
}
