import { Button, SegmentedControl } from '@mantine/core';
import { IconZzz } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { dayOf, wallToInstant } from '../../../shared/domain/time.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { TierMark } from '../../ui/TierMark.tsx';
import { spanWords } from '../../ui/clockWords.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useAccounts, useKeysLocked } from '../../ui/useAccounts.ts';
import { useNow } from '../../ui/useNow.ts';
import { useToast } from '../../ui/useToast.tsx';
import { type Kit, useKit } from './kit.ts';
import { SeenOnX } from './SeenOnX.tsx';
import { type Plan, usePlan } from './usePlan.ts';
import { type Answer, answersFor, type Choice, worthItsTime } from './wake.ts';

/** Posts that were asked about since the window was opened: once is enough, the tray has the rest. */
const asked = new Set<string>();
const CHOICES: readonly Choice[] = ['now', 'next', 'drop'];
const NONE: readonly Publication[] = [];

/** The account whose missed posts are being decided on; whoever wants them decided names it. */
export const useWake = create<{ accountId: string | null }>(() => ({ accountId: null }));

/** Is somebody in the middle of a text? A dialog would take the next letters. */
const writing = (): boolean => document.activeElement?.matches('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"]') ?? false;

/** What was missed while this computer was off: send now, to the next free slot, or drop; all or each (DOMAIN §4, LOOK 12). It comes by itself, whatever screen is open. */
export function WakeUp() {
  const { t } = useTranslation();
  const { accounts, current } = useAccounts();
  const missed = useRpcQuery('publications.list', { states: ['missed'] }).data ?? NONE;
  const busy = useView((state) => state.composer !== null || state.bulkOpen || state.fillOpen || state.wizardOpen || state.paletteOpen || state.keysOpen);
  const accountId = useWake((state) => state.accountId);
  // Nothing can be sent before they are unlocked, and that has a dialog of its own.
  const locked = useKeysLocked();
  useEffect(() => {
    if (accountId !== null || busy || locked || writing()) return;
    const fresh = missed.filter((each) => !asked.has(each.id));
    const first = fresh.find((each) => each.accountId === current?.id) ?? fresh[0];
    if (!first) return;
    for (const each of fresh) if (each.accountId === first.accountId) asked.add(each.id);
    useWake.setState({ accountId: first.accountId });
  }, [missed, accountId, busy, locked, current?.id]);
  const account = accounts.find((each) => each.id === accountId);
  const own = useMemo(() => missed.filter((each) => each.accountId === accountId), [missed, accountId]);
  const close = (): void => {
    // Those that came while it was open were seen too.
    for (const each of own) asked.add(each.id);
    useWake.setState({ accountId: null });
  };
  const shown = account !== undefined && own.length > 0;
  // Decided elsewhere meanwhile: nothing is left to ask.
  useEffect(() => { if (accountId !== null && !shown && accounts.length > 0) useWake.setState({ accountId: null }); }, [accountId, shown, accounts.length]);
  return (
    <Dialog opened={shown} onClose={close} size={740} classNames={{ body: 'wake-body' }} title={<span className="wake-title"><IconZzz size={18} stroke={1.75} aria-hidden="true" /> {t('calendar.wake.title', { count: own.length })} {accounts.length > 1 && account ? <span className="tag line">@{account.username}</span> : <span className="tag line">{t('calendar.wake.tag')}</span>}</span>}>
      {shown ? <Asked account={account} missed={own} onClose={close} /> : null}
    </Dialog>
  );
}
function Asked({ account, missed, onClose }: { account: Account; missed: readonly Publication[]; onClose: () => void }) {
  const plan = usePlan(account);
  const kit = useKit(account, plan.format);
  const now = useNow();
  return <Decide account={account} plan={plan} kit={kit} missed={missed} now={now} onClose={onClose} />;
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
    const late = t('calendar.wake.late', { time: spanWords(now - (publication.dueAt ?? now)) });
    if (choice === 'drop') return worthItsTime(publication, account.policy) ? `${late} · ${t('calendar.wake.worthItsTime')}` : late;
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
            <TierMark policy={account.policy} post={answer.publication} />
            <b className="nowrap">{answer.publication.dueAt === null ? '' : format.when(answer.publication.dueAt)}</b>
            <div className="grow"><div className="clip">{kit.firstWords(answer.publication)}</div><div className="quiet">{detail(answer)}</div><SeenOnX publication={answer.publication} kit={kit} onSeen={() => setChoices((before) => (before.has(answer.publication.id) ? before : new Map([...before, [answer.publication.id, 'drop']])))} /></div>
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
