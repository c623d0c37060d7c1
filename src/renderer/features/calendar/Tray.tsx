import { Button, Group } from '@mantine/core';
import { IconArrowDown, IconInboxOff, IconZzz } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { dayOf } from '../../../shared/domain/time.ts';
import { useView } from '../../app/viewStore.ts';
import { useKeyOf } from '../../hotkeys/Key.tsx';
import { meaningOf } from '../../hotkeys/keys.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { TierMark } from '../../ui/TierMark.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { TrayLibrary } from '../library/TrayLibrary.tsx';
import { useWantedCard } from '../library/wantedItem.ts';
import { DRAG_TYPE, isMovable } from './Chip.tsx';
import { useDrag } from './dragStore.ts';
import type { Kit } from './kit.ts';
import { Legend } from './Legend.tsx';
import type { Move } from './useMove.ts';
import type { Plan } from './usePlan.ts';
import { Waiting } from './Waiting.tsx';
import { useWake } from './WakeUp.tsx';

const NONE: readonly Publication[] = [];

/** What taking the post off the plan does, where to let it go. */
function OffPlace({ plan, kit }: { plan: Plan; kit: Kit }) {
  const subject = useDrag((state) => state.subject);
  const { t } = kit;
  if (!subject || subject.state === 'draft') return null;
  const day = subject.dueAt !== null && subject.counts && plan.rule ? dayOf(subject.dueAt, kit.zone) : null;
  const share = day === null || subject.state !== 'scheduled' ? undefined : plan.rule?.after({ kind: 'off', publication: subject }).standing(day).find((each) => each.tier === subject.tier);
  return (
    <div className="off-place">
      <IconArrowDown size={18} stroke={1.75} aria-hidden="true" />
      <div>{t('calendar.dropHere')}</div>
      {day !== null && share ? <b>{t(share.allowed === null ? 'calendar.drag.offAfterBase' : 'calendar.drag.offAfter', { day: kit.format.dayShort(day).replace(',', ''), letter: kit.letter(subject.tier), count: share.count, allowed: share.allowed ?? 0 })}</b> : null}
    </div>
  );
}
function DraftCard({ draft, account, kit, move }: { draft: Publication; account: Account; kit: Kit; move: Move }) {
  const { t } = kit;
  const keyOf = useKeyOf();
  const openComposer = useView((state) => state.openComposer);
  const why = kit.reason(draft.reason);
  const wanted = draft.wall ? t('calendar.wanted', { when: `${kit.format.dayShort(draft.wall.slice(0, 10)).replace(',', '')} ${draft.wall.slice(11)}` }) : '';
  const second = [wanted, why].filter((each) => each !== '').join(' · ') || [t('calendar.state.draft'), draft.parts.length > 0 ? t('calendar.thread', { count: draft.parts.length + 1 }) : ''].filter((each) => each !== '').join(' · ');
  return (
    <button
      type="button" className="draft-card" data-testid="draft-card" data-id={draft.id} draggable data-tier={kit.tierOf(draft).color} aria-description={t('calendar.keysDraft', { key: keyOf('m') })}
      onClick={() => openComposer({ kind: 'edit', id: draft.id })}
      onKeyDown={(event) => { if (meaningOf(event) === 'm' && !useDrag.getState().subject) { event.preventDefault(); event.stopPropagation(); move.grab(draft, 'keys'); } }}
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAG_TYPE, draft.id);
        event.dataTransfer.effectAllowed = 'copyMove';
        move.lift(draft);
      }}
      onDragEnd={move.end}
    >
      <TierMark policy={account.policy} post={draft} hollow />
      <span className="clip">{kit.firstWords(draft)}</span>
      <span className="card-why clip">{second}</span>
    </button>
  );
}

/** Drafts to place, and what waits for a decision; dropping here takes a post off the calendar (UX, calendar). */
export function Tray({ account, plan, kit, move, slots, seen }: { account: Account; plan: Plan; kit: Kit; move: Move; slots: boolean; seen: boolean }) {
  const { t } = kit;
  const rpc = useRpc();
  const toast = useToast();
  const drafts = useRpcQuery('publications.list', { accountId: account.id, states: ['draft'] }).data;
  const waiting = useRpcQuery('publications.list', { accountId: account.id, states: ['missed', 'held', 'failed', 'needs_review', 'paused', 'partial'] }).data ?? NONE;
  const off = useDrag((state) => state.off);
  const [tab, setTab] = useState<'drafts' | 'library'>(() => (useWantedCard.getState().words === null ? 'drafts' : 'library'));
  const movable = waiting.filter((each) => each.state !== 'needs_review' && each.state !== 'partial');
  const missed = useMemo(() => waiting.filter((each) => each.state === 'missed'), [waiting]);
  const all = (decision: 'nextFree' | 'toDraft' | 'drop'): void => {
    rpc.command('publications.decideMany', { ids: movable.map((each) => each.id), decision }).then(
      ({ done, refused, undoId }) => toast.done(refused.length === 0 ? t('calendar.decidedAll', { count: done }) : t('calendar.decidedSome', { done, refused: refused.length }), { undoId }),
      toast.failed,
    );
  };
  return (
    <aside
      className={off ? 'tray over' : 'tray'} aria-label={t('calendar.tray')} data-testid="tray"
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        if (!useDrag.getState().off) useDrag.setState({ off: true, target: null, landing: null, after: null });
      }}
      onDragLeave={(event) => { if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) useDrag.setState({ off: false }); }}
      onDrop={(event) => {
        event.preventDefault();
        const id = event.dataTransfer.getData(DRAG_TYPE);
        move.end();
        if (id) rpc.query('publications.get', { id }).then((found) => (isMovable(found) && found.state !== 'draft' ? plan.unschedule(found) : undefined), () => {});
      }}
    >
      <div className="tray-tabs" role="tablist" aria-label={t('calendar.tray')}>
        <button type="button" role="tab" id="tray-tab-drafts" aria-selected={tab === 'drafts'} aria-controls="tray-panel" data-testid="tray-drafts" onClick={() => setTab('drafts')}>{t('calendar.tray')}{drafts && drafts.length + waiting.length > 0 ? <span className="count dark">{drafts.length + waiting.length}</span> : null}</button>
        <button type="button" role="tab" id="tray-tab-library" aria-selected={tab === 'library'} aria-controls="tray-panel" data-testid="tray-items" onClick={() => setTab('library')}>{t('library.title')}</button>
      </div>
      {tab === 'library' ? <div className="tray-scroll" id="tray-panel" role="tabpanel" aria-labelledby="tray-tab-library"><OffPlace plan={plan} kit={kit} /><TrayLibrary account={account} kit={kit} move={move} /></div> : (
      <div className="tray-scroll" id="tray-panel" role="tabpanel" aria-labelledby="tray-tab-drafts">
        <OffPlace plan={plan} kit={kit} />
        {waiting.length > 0 ? (
          <section>
            <h3>{t('calendar.decide')}</h3>
            {missed.length > 0 ? <Button fullWidth variant="light" size="compact-sm" leftSection={<IconZzz size={14} stroke={1.75} />} data-testid="open-wake" onClick={() => useWake.setState({ accountId: account.id })}>{t('calendar.wake.open', { count: missed.length })}</Button> : null}
            {movable.length > 1 ? <Group gap={4} my={6}><span className="for-all">{t('calendar.forAll', { count: movable.length })}</span>{(['nextFree', 'toDraft', 'drop'] as const).map((each) => <Button key={each} size="compact-xs" variant="default" title={t(`calendar.decision.${each}`)} data-testid={`all-${each}`} onClick={() => all(each)}>{t(`calendar.forAllTo.${each}`)}</Button>)}</Group> : null}
            {waiting.map((each) => <Waiting key={each.id} publication={each} account={account} plan={plan} kit={kit} />)}
          </section>
        ) : null}
        {drafts && drafts.length + waiting.length === 0 ? <div className="tray-empty"><IconInboxOff size={22} stroke={1.5} aria-hidden="true" /><p>{t('calendar.trayEmpty')}</p></div> : null}
        {drafts && drafts.length > 0 ? <p className="tray-hint">{t('calendar.trayHint')}</p> : null}
        {(drafts ?? NONE).map((each) => <DraftCard key={each.id} draft={each} account={account} kit={kit} move={move} />)}
      </div>
      )}
      <Legend kit={kit} slots={slots} seen={seen} />
    </aside>
  );
}
