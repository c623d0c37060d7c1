import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { FixData, Placed, Publication } from '../../../shared/contract/publications.ts';
import { type Change, checkPlacement, type RatioContext } from '../../../shared/domain/ratio/index.ts';
import { wallToInstant } from '../../../shared/domain/time.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import { type Refused, type Way } from './Refusal.tsx';
import { useViolationWords } from './words.ts';

export interface Verdict {
  ok: boolean;
  words: string;
}
type Extra = { fix?: FixData; override?: { reason: string } };

/** What can be done with the plan: place, take off, judge a place while dragging; refusals come back as state. */
export function usePlan(account: Account) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const format = useFormat(account.zone);
  const violation = useViolationWords(account.policy, format);
  const context = useRpcQuery('planning.context', { accountId: account.id }).data;
  const [refused, setRefused] = useState<{ answer: Refused; publication: Publication; wall: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const fresh = useMemo<RatioContext | null>(() => (context ? { ...context, now: Math.max(context.now, Date.now()) } : null), [context]);

  const judge = (publication: Publication, wall: string): Verdict => {
    const dueAt = wallToInstant(wall, account.zone);
    const when = format.when(dueAt);
    if (dueAt <= Date.now()) return { ok: false, words: t('calendar.notAllowed', { when, why: t('calendar.past') }) };
    if (!fresh || account.policy.mode !== 'enforce') return { ok: true, words: t('calendar.allowed', { when }) };
    const tied = account.policy.tiers.find((tier) => tier.key === publication.tier)?.tiedToTime ?? false;
    const change: Change = fresh.units.some((unit) => unit.id === publication.id)
      ? { kind: 'move', id: publication.id, dueAt }
      : { kind: 'add', unit: { id: publication.id, dueAt, tier: publication.tier, state: 'scheduled', tied } };
    const { ok, violations } = checkPlacement(fresh, change);
    const first = violations[0];
    return ok || !first ? { ok: true, words: t('calendar.allowed', { when }) } : { ok: false, words: t('calendar.notAllowed', { when, why: violation(first) }) };
  };

  const settle = (placed: Placed, publication: Publication, wall: string): boolean => {
    if (placed.result === 'refused') {
      setRefused({ answer: placed, publication, wall });
      return false;
    }
    setRefused(null);
    const also = placed.alsoChanged.length > 0 ? ` ${t('calendar.alsoMoved', { count: placed.alsoChanged.length })}` : '';
    toast.done(t('calendar.placed', { when: format.when(placed.publication.dueAt ?? 0) }) + also, { undoId: placed.undoId });
    return true;
  };
  const place = async (publication: Publication, wall: string, extra: Extra = {}): Promise<boolean> => {
    setBusy(true);
    try {
      return settle(await rpc.command('publications.place', { id: publication.id, at: { wall }, ...extra }), publication, wall);
    } catch (error) {
      toast.failed(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const take = (way: Way): void => {
    if (refused) void place(refused.publication, refused.wall, way);
  };
  const unschedule = async (publication: Publication): Promise<void> => {
    try {
      const { undoId } = await rpc.command('publications.unschedule', { id: publication.id });
      toast.done(t('composer.unscheduled'), { undoId });
    } catch (error) {
      toast.failed(error);
    }
  };
  return { judge, place, take, unschedule, refused, show: setRefused, dismiss: () => setRefused(null), busy, context: fresh, format };
}
export type Plan = ReturnType<typeof usePlan>;
