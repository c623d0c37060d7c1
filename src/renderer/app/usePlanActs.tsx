import { IconCalendarPlus, IconClock, IconWand } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Publication } from '../../shared/contract/publications.ts';
import { buildIndex } from '../../shared/domain/ratio/index.ts';
import { slotsOn, templateRule } from '../../shared/domain/template.ts';
import { addDays, dayOf, wallToInstant } from '../../shared/domain/time.ts';
import { isMovable } from '../features/calendar/Chip.tsx';
import { ruleOf } from '../features/calendar/usePlan.ts';
import { nextTimes } from '../features/composer/useNextTimes.ts';
import { Key } from '../hotkeys/Key.tsx';
import { useRpc, useRpcQuery } from '../rpc/hooks.ts';
import { tierName } from '../ui/bits.tsx';
import { excerptOf, type Format } from '../ui/format.ts';
import { useToast } from '../ui/useToast.tsx';
import { useComposing } from './composing.ts';
import type { PaletteLine } from './paletteFound.ts';
import { useView } from './viewStore.ts';

/** Days looked through for free slots. */
const DAYS_AHEAD = 14;
const icon = (Sign: typeof IconWand): PaletteLine['leftSection'] => <Sign size={16} stroke={1.75} aria-hidden="true" />;

/** The next day with free slots of the template, and how many it has; null where there is none in two weeks. */
function nextFreeDay(template: Parameters<typeof slotsOn>[0], units: readonly { dueAt: number }[], zone: string, now: number): { day: string; count: number } | null {
  const taken = new Set(units.map((unit) => unit.dueAt));
  for (let n = 0, day = dayOf(now, zone); n < DAYS_AHEAD; n += 1, day = addDays(day, 1)) {
    const count = slotsOn(template, day).map((slot) => wallToInstant(`${day}T${slot.time}`, zone)).filter((at) => at > now && !taken.has(at)).length;
    if (count > 0) return { day, count };
  }
  return null;
}

/** Acts of the palette on the plan: the draft in the composer, or else the post that was in focus, to its next time or to one to be written; the next day with free slots. */
export function usePlanActs(account: Account | null, open: boolean, chosen: Publication | null, format: Format): PaletteLine[] {
  const { t, i18n } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const view = useView();
  const composing = useComposing((state) => state.composing);
  const context = useRpcQuery('planning.context', { accountId: account?.id ?? '' }, { enabled: open && account !== null }).data;
  const known = useMemo(() => {
    if (!open || !context) return null;
    const now = Math.max(context.now, Date.now());
    return { now, units: context.units, template: context.template, rule: ruleOf(buildIndex({ policy: context.policy, zone: context.zone, now, units: context.units, ...templateRule(context.template) })), free: nextFreeDay(context.template, context.units, context.zone, now) };
  }, [open, context]);
  const subject = !composing && chosen && account && chosen.accountId === account.id && isMovable(chosen) ? chosen : null;
  const soonest = useMemo(() => (known && subject && account ? (nextTimes({ plan: known, account, publication: subject, tier: subject.tier, now: known.now, count: 1 })[0] ?? null) : null), [known, subject, account]);
  if (!account) return [];
  const when = (at: number): string => (format.isToday(at, Date.now()) ? t('shell.palette.todayAt', { time: format.time(at) }) : format.when(at));
  const acts: PaletteLine[] = [];
  const next = composing ? composing.next : soonest;
  const tier = composing ? composing.tier : subject?.counts ? tierName(account.policy, subject.tier, i18n.language) : null;
  if (next) {
    const plan = composing ? () => composing.plan(next.wall) : () => {
      if (!subject) return;
      rpc.command('publications.place', { id: subject.id, at: { wall: next.wall } }).then((placed) => {
        if (placed.result === 'placed') toast.done(t('calendar.placed', { text: excerptOf(placed.publication.text), when: format.when(placed.publication.dueAt ?? 0) }), { undoId: placed.undoId });
        // The rule has changed meanwhile: the composer shows what stands in the way.
        else view.openComposer({ kind: 'edit', id: subject.id });
      }, toast.failed);
    };
    acts.push({ id: 'plan-next', label: t(subject ? 'shell.palette.planChosen' : 'shell.palette.planNext'), note: [when(next.at), ...(tier === null ? [] : [tier]), ...(subject ? [excerptOf(subject.text)] : [])].join(', '), keywords: t('shell.palette.words.plan'), onClick: plan, leftSection: icon(IconCalendarPlus) });
  }
  if (composing) acts.push({ id: 'plan-at', label: t('shell.palette.planAt'), keywords: t('shell.palette.words.plan'), onClick: () => composing.askTime(), leftSection: icon(IconClock), rightSection: <Key of="Mod+Enter" /> });
  else if (subject) acts.push({ id: 'plan-at', label: t('shell.palette.planAt'), note: excerptOf(subject.text), keywords: t('shell.palette.words.plan'), onClick: () => view.openComposer({ kind: 'edit', id: subject.id }), leftSection: icon(IconClock) });
  if (known?.free) {
    const { day, count } = known.free;
    acts.push({ id: 'fill-day', label: t('shell.palette.fillDay', { day: format.dayOf(day) }), note: t('calendar.freeSlots', { count }), keywords: t('shell.palette.words.fill'), onClick: () => view.fill(day), leftSection: icon(IconWand) });
  }
  return acts;
}
