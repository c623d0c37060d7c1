import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { Empty, TierBadge, tierColor } from '../../ui/bits.tsx';
import { ExternalLink } from '../../ui/ExternalLink.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { handUrl } from '../composer/Sent.tsx';
import { useReasonWords } from '../activity/useNotices.ts';
import { DRAG_TYPE, isMovable } from './Chip.tsx';
import type { Plan } from './usePlan.ts';

type Decision = InputOf<'publications.decide'>['decision'];
const CHOICES: Record<string, Decision[]> = {
  needs_review: ['wasPosted', 'sendAgain', 'drop'], partial: ['resumeThread', 'leaveThread'],
  missed: ['sendNow', 'nextFree', 'toDraft', 'drop'], held: ['sendNow', 'nextFree', 'toDraft', 'drop'], failed: ['nextFree', 'toDraft', 'drop'], paused: ['sendNow', 'nextFree', 'toDraft', 'drop'],
};

function Waiting({ publication, account, plan }: { publication: Publication; account: Account; plan: Plan }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const reason = useReasonWords();
  const openComposer = useView((state) => state.openComposer);
  const [asking, setAsking] = useState(false);
  const [url, setUrl] = useState('');
  const hand = publication.reason?.code === 'handoff' || publication.reason?.code === 'network_reply_not_allowed';
  const decide = (decision: Decision): void => {
    if (decision === 'wasPosted' && !asking) {
      setAsking(true);
      return;
    }
    rpc.command('publications.decide', { id: publication.id, decision, ...(decision === 'wasPosted' && url.trim() !== '' ? { remoteUrl: url.trim() } : {}) }).then(
      (placed) => {
        if (placed.result === 'refused') plan.show({ answer: placed, publication, wall: publication.wall ?? '' });
        else if (decision === 'sendNow' || decision === 'sendAgain') toast.done(t('composer.sending'), { run: () => void rpc.command('publications.cancelSend', { id: publication.id }).catch(toast.failed) });
        else toast.done(t(`calendar.decision.${decision}`), { undoId: placed.undoId });
      },
      toast.failed,
    );
  };
  return (
    <div className="draft-card" style={{ color: tierColor(account.policy, publication.tier), cursor: 'default' }} data-testid="waiting" data-state={publication.state}>
      <Group gap={4} wrap="nowrap"><TierBadge policy={account.policy} tier={publication.tier} /><b style={{ color: 'var(--mantine-color-text)' }}>{t(`calendar.state.${publication.state}`)}{publication.dueAt ? ` · ${plan.format.when(publication.dueAt)}` : ''}</b></Group>
      <button type="button" className="words" style={{ all: 'unset', cursor: 'pointer', color: 'var(--mantine-color-text)' }} onClick={() => openComposer({ kind: 'edit', id: publication.id })}>{publication.text.slice(0, 140)}</button>
      <div className="quiet" style={{ fontSize: 11 }}>{reason(publication.reason)}</div>
      {hand ? <ExternalLink href={handUrl(publication)} data-testid="hand-off">{t('calendar.openOnX')}</ExternalLink> : null}
      {publication.reason?.code === 'duplicate' ? <Button size="compact-xs" variant="light" onClick={() => void rpc.command('publications.copy', { id: publication.id }).then((made) => openComposer({ kind: 'edit', id: made.id }), toast.failed)}>{t('calendar.variation')}</Button> : null}
      {asking ? <form onSubmit={(event) => { event.preventDefault(); decide('wasPosted'); }}><TextInput size="xs" label={t('calendar.postedUrl')} value={url} onChange={(event) => setUrl(event.currentTarget.value)} placeholder="https://x.com/…/status/…" data-testid="posted-url" /></form> : null}
      <Group gap={4} mt={4}>{(CHOICES[publication.state] ?? []).map((each) => <Button key={each} size="compact-xs" variant="default" data-testid={`decide-${each}`} onClick={() => decide(each)}>{t(`calendar.decision.${each}`)}</Button>)}</Group>
    </div>
  );
}

/** Drafts to place, and what waits for a decision; dropping here takes a post off the calendar (UX, calendar). */
export function Tray({ account, plan, onDrag, onMove }: { account: Account; plan: Plan; onDrag: (publication: Publication | null) => void; onMove: (publication: Publication) => void }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const reason = useReasonWords();
  const openComposer = useView((state) => state.openComposer);
  const drafts = useRpcQuery('publications.list', { accountId: account.id, states: ['draft'] }).data;
  const waiting = useRpcQuery('publications.list', { accountId: account.id, states: ['missed', 'held', 'failed', 'needs_review', 'paused', 'partial'] }).data ?? [];
  const [over, setOver] = useState(false);
  const toast = useToast();
  const movable = waiting.filter((each) => each.state !== 'needs_review' && each.state !== 'partial');
  const all = (decision: 'nextFree' | 'toDraft' | 'drop'): void => {
    rpc.command('publications.decideMany', { ids: movable.map((each) => each.id), decision }).then(
      ({ done, refused, undoId }) => toast.done(refused.length === 0 ? t('calendar.decidedAll', { count: done }) : t('calendar.decidedSome', { done, refused: refused.length }), { undoId }),
      toast.failed,
    );
  };
  return (
    <aside
      className={over ? 'tray over' : 'tray'} aria-label={t('calendar.tray')} data-testid="tray"
      onDragOver={(event) => { if (event.dataTransfer.types.includes(DRAG_TYPE)) { event.preventDefault(); setOver(true); } }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const id = event.dataTransfer.getData(DRAG_TYPE);
        if (id) rpc.query('publications.get', { id }).then((found) => (isMovable(found) && found.state !== 'draft' ? plan.unschedule(found) : undefined), () => {});
      }}
    >
      {waiting.length > 0 ? (
        <section>
          <Group justify="space-between"><h2 style={{ margin: '0 0 6px' }}>{t('calendar.decide')}</h2></Group>
          {movable.length > 1 ? <Group gap={4} mb={6}><span className="quiet">{t('calendar.forAll', { count: movable.length })}</span>{(['nextFree', 'toDraft', 'drop'] as const).map((each) => <Button key={each} size="compact-xs" variant="default" data-testid={`all-${each}`} onClick={() => all(each)}>{t(`calendar.decision.${each}`)}</Button>)}</Group> : null}
          {waiting.map((each) => <Waiting key={each.id} publication={each} account={account} plan={plan} />)}
        </section>
      ) : null}
      <h2 style={{ margin: '0 0 6px' }}>{t('calendar.tray')} {drafts ? <span className="quiet">{drafts.length}</span> : null}</h2>
      {drafts?.length === 0 ? <Empty>{t('calendar.trayEmpty')}</Empty> : null}
      {(drafts ?? []).map((each) => (
        <button
          key={each.id} type="button" className="draft-card" data-testid="draft-card" data-id={each.id} draggable style={{ color: tierColor(account.policy, each.tier) }}
          onClick={() => openComposer({ kind: 'edit', id: each.id })}
          onKeyDown={(event) => { if (event.key.toLowerCase() === 'm') { event.preventDefault(); event.stopPropagation(); onMove(each); } }}
          onDragStart={(event) => { event.dataTransfer.setData(DRAG_TYPE, each.id); event.dataTransfer.effectAllowed = 'move'; onDrag(each); }}
          onDragEnd={() => onDrag(null)}
        >
          <TierBadge policy={account.policy} tier={each.tier} />
          <span className="words">{each.kind === 'repost' ? t('composer.repostOf', { username: each.target?.username ?? '…' }) : each.text.trim() === '' ? (each.media.length > 0 ? t('calendar.image', { count: each.media.length }) : t('calendar.noText')) : each.text.slice(0, 200)}</span>
          {each.reason ? <span className="quiet" style={{ fontSize: 11 }}>{reason(each.reason)}{each.wall ? ` · ${each.wall.replace('T', ' ')}` : ''}</span> : null}
        </button>
      ))}
    </aside>
  );
}
