import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { FixData, Placed, Publication, ViolationData } from '../../../shared/contract/publications.ts';
import { applyEdit, bandFor, buildIndex, checkPlacement, dayStanding, type Edit, editOf, editOfFix, type RatioIndex, stripFor, violations, worstOfDay, worstOfUnit } from '../../../shared/domain/ratio/index.ts';
import { slotsOn, templateRule } from '../../../shared/domain/template.ts';
import { dayOf, wallToInstant } from '../../../shared/domain/time.ts';
import type { Unit } from '../../../shared/domain/types.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { formatOf } from '../../../shared/i18n/format.ts';
import { excerptOf } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import { itemIdOf } from '../library/asDraft.ts';
import type { EmptySlot } from './Chip.tsx';
import { type Refused, type Way } from './Refusal.tsx';
import { useViolationWords } from './words.ts';

export interface Verdict {
  ok: boolean;
  words: string;
  /** The time, and why it does not go there: '' where it does. */
  when: string;
  why: string;
}
type Extra = { fix?: FixData; override?: { reason: string } };

export interface Share {
  tier: string;
  count: number;
  /** Most that the rule allows that day; null for the base, which may have all. */
  allowed: number | null;
}
/** The fullest run of at most W that touches something. */
export interface Run {
  tier: string;
  count: number;
  allowed: number;
  from: number;
  to: number;
  squares: { tier: string; id: string | null }[];
}
/** A change that a drag would make. */
export type Wanted = { kind: 'at'; publication: Publication; at: number } | { kind: 'exchange'; a: Publication; b: Publication } | { kind: 'take'; publication: Publication; other: Publication } | { kind: 'off'; publication: Publication };
/** What the rule says of a plan: all that the calendar draws of it. The one place that knows the ratio's own interface. */
export interface Rule {
  /** The rule refuses; else it only warns, or is off. */
  enforced: boolean;
  off: boolean;
  /** Sum of the weights: how long a run is. */
  total: number;
  standing(day: string): Share[];
  worstOfDays(days: readonly string[]): Run | null;
  worstOf(id: string): Run | null;
  /** The first thing a change would break; null when it breaks nothing. */
  breaks(wanted: Wanted): ViolationData | null;
  /** The same for one publication at each of these times. */
  bands(publication: Publication, times: readonly number[]): (ViolationData | null)[];
  broken(): ViolationData[];
  /** "Tomorrow: so many of the tier need so many base posts more." */
  tomorrow(): { tier: string; count: number; missingBase: number }[];
  after(wanted: Wanted): Rule;
}

/** A publication as a unit of the plan: as it stands there, else as it would when scheduled. */
function unitOf(index: RatioIndex, publication: Publication, dueAt: number): Unit {
  const tied = index.plan.policy.tiers.find((tier) => tier.key === publication.tier)?.tiedToTime ?? false;
  return { id: publication.id, dueAt, tier: publication.tier, state: 'scheduled', ...(tied ? { tied } : {}) };
}
function editFor(index: RatioIndex, wanted: Wanted): Edit {
  switch (wanted.kind) {
    case 'at': return editOf(index, index.byId.has(wanted.publication.id) ? { kind: 'move', id: wanted.publication.id, dueAt: wanted.at } : { kind: 'add', unit: unitOf(index, wanted.publication, wanted.at) });
    case 'exchange': return editOf(index, { kind: 'exchange', a: wanted.a.id, b: wanted.b.id });
    case 'take': {
      const added = editOf(index, { kind: 'add', unit: unitOf(index, wanted.publication, wanted.other.dueAt ?? 0) });
      return editOfFix(index, added, { kind: 'takePlace', ofId: wanted.other.id }) ?? added;
    }
    case 'off': return editOf(index, { kind: 'remove', id: wanted.publication.id });
    default: return wanted satisfies never;
  }
}

/** What is there, without the empty slots that the rule counts as base: they are free room to the eye. */
function sharesOn(index: RatioIndex, day: string, off: boolean): Share[] {
  const { tiers, empty } = dayStanding(index, day);
  return tiers.map((each) => ({ tier: each.tier, count: each.tier === index.plan.policy.base ? each.count - empty : each.count, allowed: off ? null : each.allowed }));
}

/** The rule over one state of the plan. */
export function ruleOf(index: RatioIndex): Rule {
  const { policy, zone, now } = index.plan;
  const off = policy.mode === 'off';
  const standings = new Map<string, Share[]>();
  return {
    enforced: policy.mode === 'enforce', off, total: index.tiers.total,
    standing: (day) => {
      let found = standings.get(day);
      if (!found) standings.set(day, (found = sharesOn(index, day, off)));
      return found;
    },
    worstOfDays: (days) => {
      let worst: Run | null = null;
      for (const day of off ? [] : days) {
        const run = worstOfDay(index, day);
        if (run && (!worst || run.count - run.allowed > worst.count - worst.allowed || (run.count - run.allowed === worst.count - worst.allowed && run.count > worst.count))) worst = run;
      }
      return worst;
    },
    worstOf: (id) => (off ? null : worstOfUnit(index, id)),
    breaks: (wanted) => checkPlacement(index, editFor(index, wanted)).violations[0] ?? null,
    bands: (publication, times) => bandFor(index, index.byId.get(publication.id)?.unit ?? unitOf(index, publication, publication.dueAt ?? 0), times).map((each) => each.violations[0] ?? null),
    broken: () => violations(index),
    tomorrow: () => (off ? [] : stripFor(index, dayOf(now, zone)).tomorrow),
    after: (wanted) => ruleOf(applyEdit(index, editFor(index, wanted))),
  };
}
const NO_UNITS: readonly Unit[] = [];
const exchangeFix = (other: Publication): FixData => ({ kind: 'exchange', withId: other.id });
const takeFix = (other: Publication): FixData => ({ kind: 'takePlace', ofId: other.id });

/** What can be done with the plan: place, take off, judge a place while dragging; refusals come back as state. */
export function usePlan(account: Account) {
  const { t, i18n } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const hour12 = useRpcQuery('settings.get', {}).data?.hour12 ?? 'auto';
  const format = useMemo(() => formatOf(i18n.language === 'es' ? 'es' : 'en', account.zone, hour12), [i18n.language, account.zone, hour12]);
  const violation = useViolationWords(account.policy, format);
  const context = useRpcQuery('planning.context', { accountId: account.id }).data;
  const [refused, setRefused] = useState<{ answer: Refused; publication: Publication; wall: string; /** Written for this place from an item: goes again if it is not taken. */ made?: boolean } | null>(null);
  const [busy, setBusy] = useState(false);
  const rule = useMemo<Rule | null>(() => (context ? ruleOf(buildIndex({ policy: context.policy, zone: context.zone, now: Math.max(context.now, Date.now()), units: context.units, ...templateRule(context.template) })) : null), [context]);
  const template = context?.template ?? null;
  const units = context?.units ?? NO_UNITS;

  const judge = (publication: Publication, wall: string): Verdict => {
    const at = wallToInstant(wall, account.zone);
    const when = format.when(at);
    const no = (why: string): Verdict => ({ ok: false, words: t('calendar.notAllowed', { when, why }), when, why });
    if (at <= Date.now()) return no(t('calendar.past'));
    const first = rule?.enforced ? rule.breaks({ kind: 'at', publication, at }) : null;
    return first ? no(violation(first)) : { ok: true, words: t('calendar.allowed', { when }), when, why: '' };
  };

  const settle = (placed: Placed, publication: Publication, wall: string, made: boolean): boolean => {
    if (placed.result === 'refused') {
      setRefused({ answer: placed, publication, wall, made });
      return false;
    }
    setRefused(null);
    const also = placed.alsoChanged.length > 0 ? ` ${t('calendar.alsoMoved', { count: placed.alsoChanged.length })}` : '';
    const { undoId } = placed;
    const back = async (): Promise<void> => {
      await rpc.command('undo.apply', { undoId });
      await rpc.command('publications.delete', { id: publication.id });
    };
    toast.done(t('calendar.placed', { text: excerptOf(placed.publication.text), when: format.when(placed.publication.dueAt ?? 0) }) + also, made ? { run: back, lasting: true } : { undoId });
    return true;
  };
  /** An item of the library is written first; one undo takes both back, and where it finds no place nothing of it stays. */
  const place = async (wanted: Publication, wall: string, extra: Extra = {}, written = false): Promise<boolean> => {
    setBusy(true);
    const itemId = itemIdOf(wanted);
    let made: Publication | null = null;
    try {
      if (itemId !== null) made = (await rpc.command('library.compose', { id: itemId, variantId: null })).publication;
      const publication = made ?? wanted;
      return settle(await rpc.command('publications.place', { id: publication.id, at: { wall }, ...extra }), publication, wall, written || made !== null);
    } catch (error) {
      toast.failed(error);
      if (made) await rpc.command('publications.delete', { id: made.id }).catch(() => undefined);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const take = (way: Way): void => {
    if (refused) void place(refused.publication, refused.wall, way, refused.made ?? false);
  };
  const dismiss = (): void => {
    if (refused?.made) void rpc.command('publications.delete', { id: refused.publication.id }).catch(toast.failed);
    setRefused(null);
  };
  const unschedule = async (publication: Publication): Promise<void> => {
    try {
      const { undoId } = await rpc.command('publications.unschedule', { id: publication.id });
      toast.done(t('composer.unscheduled'), { undoId });
    } catch (error) {
      toast.failed(error);
    }
  };
  const spread = async (day: string): Promise<void> => {
    try {
      const done = await rpc.command('planning.spreadEvenly', { accountId: account.id, day });
      if (done.result === 'changed') toast.done(t('calendar.spread.done', { count: done.changed }), { undoId: done.undoId });
      else toast.done(done.result === 'same' ? t('calendar.spread.same') : t('calendar.spread.left', { why: done.violations[0] ? violation(done.violations[0]) : '' }));
    } catch (error) {
      toast.failed(error);
    }
  };
  /** The template's slots of these days; those of the past are gone. */
  const slotsOf = useCallback((days: readonly string[], now: number): EmptySlot[] => days.flatMap((day) => slotsOn(template, day).flatMap((slot) => (
    wallToInstant(`${day}T${slot.time}`, account.zone) > now ? [{ day, minute: Number(slot.time.slice(0, 2)) * 60 + Number(slot.time.slice(3)), tier: slot.tier, theme: slot.theme || null }] : []
  ))), [template, account.zone]);
  return {
    slotsOf, units, template, hasTemplate: template !== null,
    judge, place, take, unschedule, spread, refused, show: setRefused, dismiss, busy, format, rule, violation,
    /** The two change places. `wall` is the other's. */
    exchange: (publication: Publication, other: Publication, wall: string) => place(publication, wall, { fix: exchangeFix(other) }),
    /** It takes the other's place; the other goes to the tray. */
    takePlace: (publication: Publication, other: Publication, wall: string) => place(publication, wall, { fix: takeFix(other) }),
  };
}
export type Plan = ReturnType<typeof usePlan>;
