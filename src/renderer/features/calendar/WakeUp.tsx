import { Button, SegmentedControl } from '@mantine/core';
import { IconZzz } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { dayOf, wallToInstant } from '../../../shared/domain/time.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { TierBadge } from '../../ui/bits.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useToast } from '../../ui/useToast.tsx';
import type { Kit } from './kit.ts';
import type { Plan } from './usePlan.ts';
import { type Answer, answersFor, type Choice } from './wake.ts';

/** Accounts that were asked since the window was opened: once is enough, the tray has the rest. */
const asked = new Set<string>();
const CHOICES: readonly Choice[] = ['now', 'next', 'drop'];

/** What was missed while this computer was off: send now, to the next free slot, or drop; all or each (DOMAIN §4, LOOK 12). */
export function WakeUp({ account, plan, kit, missed, now, asked: wanted, onClose }: { account: Account; plan: Plan; kit: Kit; missed: readonly Publication[]; now: number; asked: boolean; onClose: () => void }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (missed.length === 0 || asked.has(account.id)) return;
    asked.add(account.id);
    setOpen(true);
  }, [missed.length, account.id]);
  const close = (): void => {
    setOpen(false);
    onClose();
  };
  const shown = (open || wanted) && missed.length > 0;
  return (
    <Dialog opened={shown} onClose={close} size={740} classNames={{ body: 'wake-body' }} title={<span className="wake-title"><IconZzz size={18} stroke={1.75} aria-hidden="true" /> {kit.t('calendar.wake.title', { count: missed.length })} <span className="tag line">{kit.t('calendar.wake.tag')}</span></span>}>
      {shown ? <Decide account={account} plan={plan} kit={kit} missed={missed} now={now} onClose={close} /> : null}
    </Dialog>
  );
}

function Decide({ account, plan, kit, missed, now, onClose }: { account: Account; plan: Plan; kit: Kit; missed: readonly Publication[]; now: number; onClose: () => void }) {
  const { t, format } = kit;
  const rpc = useRpc();
  const toast = useToast();
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const [busy, setBusy] = useState(false);
  const planned = useRpcQuery('publications.list', { accountId: account.id, states: ['scheduled', 'retry_wait'] }).data;
  const taken = useMemo(() => new Set((planned ?? []).flatMap((each) => (each.dueAt === null ? [] : [each.dueAt]))), [planned]);
  const { answers, after } = answersFor(missed, choices, { rule: plan.rule, policy: account.policy, zone: account.zone, now, taken });
  const today = dayOf(now, account.zone);
  const goes = answers.filter((each) => each.wall !== null);
  const drops = answers.filter((each) => each.choice === 'drop').length;
  const words: Record<Choice, string> = { now: t('calendar.decision.sendNow'), next: t('calendar.wake.slot'), drop: t('calendar.decision.drop') };
  const detail = ({ publication, choice, wall }: Answer): string => {
    const late = t('calendar.wake.late', { time: format.ago(publication.dueAt ?? now, now) });
    if (choice === 'drop') return account.policy.tiers.find((tier) => tier.key === publication.tier)?.tiedToTime ? `${late} · ${t('calendar.wake.worthItsTime')}` : late;
    return `${late} · ${wall === null ? t('calendar.wake.noSlot') : t(choice === 'now' ? 'calendar.wake.at' : 'calendar.wake.slotAt', { when: format.when(wallToInstant(wall, account.zone)) })}`;
  };
  const carry = async (): Promise<void> => {
    setBusy(true);
    const undo: string[] = [];
    let refused = 0;
    for (const { publication, choice, wall } of answers) {
      if (choice !== 'drop' && wall === null) continue;
      try {
        const placed = choice === 'drop' ? await rpc.command('publications.decide', { id: publication.id, decision: 'drop' }) : await rpc.command('publications.place', { id: publication.id, at: { wall: wall ?? '' } });
        if (placed.result === 'placed') undo.unshift(placed.undoId);
        else refused += 1;
      } catch (error) {
        refused += 1;
        toast.failed(error);
      }
    }
    setBusy(false);
    onClose();
    const back = async (): Promise<void> => {
      for (const undoId of undo) await rpc.command('undo.apply', { undoId });
    };
    if (undo.length > 0) toast.done(refused === 0 ? t('calendar.decidedAll', { count: undo.length }) : t('calendar.decidedSome', { done: undo.length, refused }), { run: () => void back().catch(toast.failed) });
  };
  const act = goes.length > 0 && drops > 0 ? t('calendar.wake.doBoth', { goes: goes.length, drops }) : goes.length > 0 ? t('calendar.wake.doPlan', { count: goes.length }) : t('calendar.wake.doDrop', { count: drops });
  return (
    <div className="wake" data-testid="wake-up">
      <p>{t('calendar.wake.body')}</p>
      <div className="wake-all"><span className="quiet">{t('calendar.wake.all')}</span>{CHOICES.map((each) => <Button key={each} size="compact-sm" variant="default" data-testid={`wake-all-${each}`} onClick={() => setChoices(new Map(missed.map((publication) => [publication.id, each])))}>{each === 'now' ? t('calendar.wake.nowSpaced') : words[each]}</Button>)}<span className="grow" /><span className="quiet">{t('calendar.wake.each')}</span></div>
      <div className="wake-rows">
        {answers.map((answer) => (
          <div key={answer.publication.id} className="wake-row" data-testid="wake-row">
            <TierBadge policy={account.policy} tier={answer.publication.tier} />
            <b className="nowrap">{answer.publication.dueAt === null ? '' : format.when(answer.publication.dueAt)}</b>
            <div className="grow"><div className="clip">{kit.firstWords(answer.publication)}</div><div className="quiet">{detail(answer)}</div></div>
            <SegmentedControl value={answer.choice} onChange={(value) => setChoices(new Map([...choices, [answer.publication.id, value as Choice]]))} data={CHOICES.map((each) => ({ value: each, label: words[each] }))} aria-label={kit.firstWords(answer.publication).slice(0, 40)} />
          </div>
        ))}
      </div>
      <footer>
        <span>{after && !after.off ? `${t('calendar.wake.today')} ${after.standing(today).map((each) => `${kit.letter(each.tier)} ${each.allowed === null ? each.count : t('calendar.strip.of', { count: each.count, allowed: each.allowed })}`).join(' · ')}${after.broken().length > (plan.rule?.broken().length ?? 0) ? '' : ` · ${t('calendar.strip.breaksNothing')}`}` : ''}</span>
        <span className="grow" />
        <Button variant="default" onClick={onClose} data-testid="wake-later">{t('calendar.wake.later')}</Button>
        <Button loading={busy} disabled={goes.length + drops === 0} onClick={() => void carry()} data-testid="wake-do">{act}</Button>
      </footer>
    </div>
  );
}
