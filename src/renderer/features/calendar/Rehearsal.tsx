import { Button, Progress } from '@mantine/core';
import { IconPlayerTrackNext } from '@tabler/icons-react';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { EventPayload, OutputOf } from '../../../shared/contract/index.ts';
import { useRpc, useRpcEvent, useRpcQuery } from '../../rpc/hooks.ts';
import { TierBadge } from '../../ui/bits.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { TierMark } from '../../ui/TierMark.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { useReasonWords } from '../activity/useNotices.ts';

type Result = OutputOf<'rehearsal.run'>;

function Outcome({ account, result }: { account: Account; result: Result }) {
  const { t } = useTranslation();
  const format = useFormat(account.zone);
  const reason = useReasonWords(account.policy);
  const posted = result.posts.filter((post) => post.state === 'posted').length;
  const troubled = result.posts.filter((post) => post.state !== 'posted' || post.moved || post.late);
  return (
    <div data-testid="rehearsal-result">
      <p><strong>{t('rehearsal.summary', { posted: format.number(posted), total: format.number(result.posts.length), usd: format.usd(result.usd) })}</strong></p>
      <p>{account.policy.tiers.map((tier) => <span key={tier.key} className="tier-sum"><TierBadge policy={account.policy} tier={tier.key} /> {format.number(result.tiers[tier.key] ?? 0)}</span>)}</p>
      {result.clockChanges.map((change) => <p key={change.day} role="note">{t('rehearsal.clockChange', { day: format.dayOf(change.day), hours: format.number(change.hours) })}</p>)}
      {result.conflicts.length > 0 ? <p role="note">{t('rehearsal.conflicts', { count: result.conflicts.length, when: format.when(result.conflicts[0]?.at ?? 0) })}</p> : null}
      {result.posts.length === 0 ? <p className="quiet">{t('rehearsal.empty')}</p> : troubled.length === 0 ? <p>{t('rehearsal.fine')}</p> : null}
      <div className="dialog-table" tabIndex={0} role="region" aria-label={t('rehearsal.button')}>
        <table className="plain"><tbody>
          {[...troubled, ...result.posts.filter((post) => !troubled.includes(post))].map((post) => (
            <tr key={post.id} data-state={post.state}>
              <td className="nowrap">{format.when(post.sentAt ?? post.dueAt)}</td><td><TierMark policy={account.policy} post={post} /></td>
              <td>{t(`calendar.state.${post.state}`)}{post.late ? ` · ${t('calendar.late')}` : ''}{post.moved ? ` · ${t('rehearsal.moved')}` : ''}{post.reason ? ` · ${reason(post.reason)}` : ''}</td><td>{post.text.slice(0, 60)}</td>
            </tr>
          ))}
        </tbody></table>
      </div>
    </div>
  );
}

/** The coming week played on a copy: what would go out when, in which ratio, for how much (DOMAIN §4). */
export function RehearsalButton({ account }: { account: Account }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const paused = (useRpcQuery('scheduler.status', {}).data?.paused ?? null) !== null;
  const [open, setOpen] = useState(false);
  const [percent, setPercent] = useState<number | null>(null);
  const [result, setResult] = useState<Result | null>(null);
  const aborter = useRef<AbortController | null>(null);
  useRpcEvent('rehearsal.progress', useCallback((event: EventPayload<'rehearsal.progress'>) => setPercent(Math.round((event.done / Math.max(1, event.total)) * 100)), []));
  const run = async (): Promise<void> => {
    setOpen(true);
    setResult(null);
    setPercent(0);
    aborter.current = new AbortController();
    try {
      setResult(await rpc.query('rehearsal.run', { accountId: account.id }, aborter.current.signal));
    } catch (error) {
      if (!aborter.current.signal.aborted) toast.failed(error);
      setOpen(false);
    } finally {
      setPercent(null);
    }
  };
  const close = (): void => {
    aborter.current?.abort();
    setOpen(false);
  };
  return (
    <>
      <Button className="foldable" title={t('rehearsal.button')} variant="default" leftSection={<IconPlayerTrackNext size={14} />} data-testid="rehearse" onClick={() => void run()}>{t('rehearsal.button')}</Button>
      <Dialog opened={open} onClose={close} title={t('rehearsal.title', { username: account.username })} size="xl">
        {percent === null ? null : <div role="status"><p>{t('rehearsal.running')}</p><Progress value={percent} aria-label={t('rehearsal.running')} /><Button mt="sm" variant="default" onClick={close}>{t('shell.cancel')}</Button></div>}
        {result && paused ? <p className="banner restore-note" data-testid="rehearsal-paused">{t('rehearsal.paused')}</p> : null}
        {result ? <Outcome account={account} result={result} /> : null}
      </Dialog>
    </>
  );
}
