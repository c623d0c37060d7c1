import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpc } from '../../rpc/hooks.ts';
import { ExternalLink } from '../../ui/ExternalLink.tsx';
import { TierMark } from '../../ui/TierMark.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { handUrl } from '../composer/Sent.tsx';
import type { Kit } from './kit.ts';
import { SeenOnX } from './SeenOnX.tsx';
import type { Plan } from './usePlan.ts';

type Decision = InputOf<'publications.decide'>['decision'];
const CHOICES: Record<string, Decision[]> = {
  needs_review: ['wasPosted', 'sendAgain', 'drop'], partial: ['resumeThread', 'leaveThread'],
  missed: ['sendNow', 'nextFree', 'toDraft', 'drop'], held: ['sendNow', 'nextFree', 'toDraft', 'drop'], failed: ['nextFree', 'toDraft', 'drop'], paused: ['sendNow', 'nextFree', 'toDraft', 'drop'],
};

/** One that only the user can decide, with what can be done. */
export function Waiting({ publication, account, plan, kit }: { publication: Publication; account: Account; plan: Plan; kit: Kit }) {
  const { t } = kit;
  const rpc = useRpc();
  const toast = useToast();
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
    <div className="waiting-card" data-testid="waiting" data-state={publication.state}>
      <button type="button" className="card-open" onClick={() => openComposer({ kind: 'edit', id: publication.id })}>
        <TierMark policy={account.policy} post={publication} hollow /><span className="clip">{kit.firstWords(publication)}</span>
      </button>
      <div className="card-why">{t(`calendar.state.${publication.state}`)}{publication.dueAt ? ` ${plan.format.when(publication.dueAt)}` : ''}{publication.reason ? `: ${kit.reason(publication.reason)}` : ''}</div>
      <SeenOnX publication={publication} kit={kit} />
      {hand ? <ExternalLink href={handUrl(publication)} data-testid="hand-off">{t('calendar.openOnX')}</ExternalLink> : null}
      {publication.reason?.code === 'duplicate' ? <Button size="compact-xs" variant="light" onClick={() => void rpc.command('publications.copy', { id: publication.id }).then((made) => openComposer({ kind: 'edit', id: made.id }), toast.failed)}>{t('calendar.variation')}</Button> : null}
      {asking ? <form onSubmit={(event) => { event.preventDefault(); decide('wasPosted'); }}><TextInput size="xs" label={t('calendar.postedUrl')} value={url} onChange={(event) => setUrl(event.currentTarget.value)} placeholder="https://x.com/…/status/…" data-testid="posted-url" /></form> : null}
      <Group gap={4} mt={4}>{(CHOICES[publication.state] ?? []).map((each) => <Button key={each} size="compact-xs" variant="default" data-testid={`decide-${each}`} onClick={() => decide(each)}>{t(`calendar.decision.${each}`)}</Button>)}</Group>
    </div>
  );
}
