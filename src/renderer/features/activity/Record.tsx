import { ActionIcon, Button } from '@mantine/core';
import { IconArrowUpRight, IconDownload, IconPackage, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { snowflakeTime } from '../../../shared/domain/ids.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { TierMark } from '../../ui/TierMark.tsx';
import { ExternalLink } from '../../ui/ExternalLink.tsx';
import { type Format, useFormat } from '../../ui/format.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useNow } from '../../ui/useNow.ts';
import { BlackBox, saveBox, useEvidenceWords } from './BlackBox.tsx';
import { type Box, figuresCost, shortId, unknownFor } from './blackBox.ts';
import { secondsOf, span } from './outboxWords.ts';

/** What is proven, what the network answered, what it cost; a line that nothing is known for is left out. */
function Foot({ box, format }: { box: Box; format: Format }) {
  const { t } = useTranslation();
  const words = useEvidenceWords();
  const { publication } = box;
  const proof = box.attempts.findLast((each) => each.evidence !== null);
  const last = box.attempts.findLast((each) => each.endedAt !== null);
  const seen = proof?.evidence?.kind === 'found' ? proof.evidence.createdAt : null;
  const created = publication.remoteId === null ? null : (seen ?? snowflakeTime(publication.remoteId));
  const evidence = publication.remoteId === null ? (proof ? words(proof) : '') : created === null ? `id ${shortId(publication.remoteId)}` : t('activity.foot.created', { id: shortId(publication.remoteId), time: secondsOf(format, created) });
  const remaining = last?.limits['x-rate-limit-remaining'];
  const reset = Number(last?.limits['x-rate-limit-reset'] ?? 0) * 1000;
  const limits = remaining ? t(reset > 0 ? 'activity.foot.limitsUntil' : 'activity.foot.limits', { remaining, limit: last?.limits['x-rate-limit-limit'] ?? '', time: format.time(reset) }) : '';
  const answer = last ? [last.status === null ? t('activity.foot.noAnswer') : t('activity.foot.status', { status: last.status }), limits].filter((each) => each !== '').join(' · ') : '';
  const figures = figuresCost(box.metrics);
  const cost = [box.createUsd === null ? '' : t('activity.foot.costIs', { usd: format.usd(box.createUsd) }), figures === null ? '' : t('activity.foot.figures', { low: format.usd(figures.low), high: format.usd(figures.high) })].filter((each) => each !== '').join(' + ');
  const lines: [string, string][] = [[t('activity.foot.evidence'), evidence], [t('activity.foot.answer'), answer], [t('activity.foot.cost'), cost]];
  const shown = lines.filter(([, text]) => text !== '');
  if (shown.length === 0) return null;
  return (
    <footer className="record-foot">
      <dl>{shown.map(([label, text]) => <div key={label}><dt>{label}</dt><dd>{text}</dd></div>)}</dl>
      {publication.url && publication.removedAt === null ? <ExternalLink href={publication.url}>{t('deck.viewOnX')} <IconArrowUpRight size={12} stroke={1.75} aria-hidden="true" /></ExternalLink> : null}
    </footer>
  );
}

/** The record of one post beside the list: what it is, every attempt, what is proven (LOOK, 08). */
export function Record({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { accounts } = useAccounts();
  const format = useFormat();
  const now = useNow();
  const box = useRpcQuery('publications.blackBox', { id }).data;
  const publication = box?.publication;
  const policy = accounts.find((each) => each.id === publication?.accountId)?.policy;
  const unknown = box ? unknownFor(box.history, now) : null;
  return (
    <aside className="record" aria-label={t('activity.blackBox')} data-testid="record">
      <header>
        <IconPackage size={18} stroke={1.75} aria-hidden="true" /><h2>{t('activity.blackBox')}</h2><span className="quiet grow clip">{t('activity.everyAttempt')}</span>
        <Button variant="default" size="xs" leftSection={<IconDownload size={14} stroke={1.75} />} disabled={!box} onClick={() => { if (box) saveBox(box); }} data-testid="black-box-save">{t('activity.export')}</Button>
        <ActionIcon size={24} aria-label={t('shell.close')} title={`${t('shell.close')} (Esc)`} onClick={onClose} data-testid="record-close"><IconX size={15} stroke={1.75} /></ActionIcon>
      </header>
      {publication ? (
        <div className="record-post">
          <div className="record-title">
            {policy ? <TierMark policy={policy} post={publication} /> : null}
            <b>{publication.dueAt === null && publication.sentAt === null ? t('activity.noTime') : format.when(publication.sentAt ?? publication.dueAt ?? 0)}</b>
            <span className="tag line">{t(`calendar.state.${publication.state}`)}</span>
            {unknown === null ? null : <span className="quiet">{publication.state === 'unknown' ? t('activity.isUnknown', { time: span(unknown) }) : t('activity.wasUnknown', { time: span(unknown) })}</span>}
          </div>
          <p dir="auto">{publication.kind === 'post' || !publication.target?.username ? '' : <span className="quiet">{t(`activity.outbox.kind.${publication.kind}`)} @{publication.target.username} </span>}{publication.text}</p>
        </div>
      ) : null}
      <div className="record-body" tabIndex={0} role="region" aria-label={t('activity.attempts')}><BlackBox id={id} save={false} /></div>
      {box ? <Foot box={box} format={format} /> : null}
    </aside>
  );
}
