import { Button } from '@mantine/core';
import { IconAlertCircle, IconArrowRight, IconCircleCheck, IconDatabase, IconDownload, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { type Attempt, entriesOf, type Entry } from './blackBox.ts';
import { useReasonWords } from './useNotices.ts';

const GOOD = new Set(['accepted']);

function useEvidenceWords(): (attempt: Attempt) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ evidence }) => {
    if (!evidence) return '';
    const id = evidence.remoteId ?? '—';
    switch (evidence.kind) {
      case 'found':
        return t('activity.evidence.found', { time: format.clock(evidence.createdAt ?? evidence.at), id });
      case 'notFound':
        return t('activity.evidence.notFound', { looks: evidence.looks ?? 0 });
      case 'duplicateOf':
        return t('activity.evidence.duplicateOf', { when: format.when(evidence.createdAt ?? evidence.at), id });
      case 'saidByUser':
        return evidence.remoteId ? t('activity.evidence.saidPosted', { id }) : t('activity.evidence.said');
      default:
        return evidence.kind satisfies never;
    }
  };
}

function Line({ entry, many }: { entry: Entry; many: number }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const reason = useReasonWords();
  const evidence = useEvidenceWords();
  const part = (attempt: Attempt): string => (many > 1 ? `${t('composer.part', { n: attempt.part + 1, total: many })} · ` : '');
  const size = { size: 15, stroke: 1.75, 'aria-hidden': true } as const;
  let icon = <IconArrowRight {...size} />;
  let title = '';
  let body = '';
  let tone = '';
  switch (entry.kind) {
    case 'intent':
      icon = <IconDatabase {...size} />;
      title = t('activity.intent');
      body = part(entry.attempt) + t('activity.attemptN', { n: entry.n });
      break;
    case 'answer': {
      const key = `activity.outcome.${entry.attempt.outcome ?? 'open'}`;
      const good = GOOD.has(entry.attempt.outcome ?? '');
      const remaining = entry.attempt.limits['x-rate-limit-remaining'];
      icon = good ? <IconCircleCheck {...size} /> : <IconAlertCircle {...size} />;
      tone = good ? 'good' : 'bad';
      title = i18n.exists(key) ? t(key as 'activity.outcome.open') : (entry.attempt.outcome ?? '');
      body = [entry.attempt.status ? `HTTP ${entry.attempt.status}` : '', entry.attempt.errorCode ?? '', entry.attempt.remoteId ? `id ${entry.attempt.remoteId}` : '', remaining ? t('activity.limitLeft', { remaining, limit: entry.attempt.limits['x-rate-limit-limit'] ?? '' }) : '', t('activity.took', { ms: format.number(entry.at - entry.attempt.startedAt) })].filter((each) => each !== '').join(' · ');
      break;
    }
    case 'evidence':
      icon = <IconSearch {...size} />;
      tone = entry.attempt.evidence?.kind === 'found' ? 'good' : '';
      title = evidence(entry.attempt);
      body = t('activity.looks', { count: entry.attempt.looks });
      break;
    case 'look':
      icon = <IconSearch {...size} />;
      title = t('activity.nextLook', { time: format.clock(entry.at) });
      body = t('activity.onlyRead');
      break;
    case 'change':
      title = `${t(`calendar.state.${entry.change.from as 'draft'}`)} → ${t(`calendar.state.${entry.change.to as 'draft'}`)}`;
      body = entry.change.reason ? reason({ code: entry.change.reason, params: {} }) : '';
      break;
    default:
      entry satisfies never;
  }
  return (
    <li className={tone} data-entry={entry.kind}>
      {icon}<time dateTime={new Date(entry.at).toISOString()}>{format.precise(entry.at)}</time><div><b>{title}</b>{body ? <div>{body}</div> : null}</div>
    </li>
  );
}

/** Everything the app knows of one post: each attempt with its times, answer, limits and evidence, and each change of state; as a file too. */
export function BlackBox({ id }: { id: string }) {
  const { t } = useTranslation();
  const box = useRpcQuery('publications.blackBox', { id }).data;
  if (!box) return null;
  const save = (): void => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(box, null, 2)], { type: 'application/json' }));
    link.download = `parrilla-${id}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const entries = entriesOf(box);
  return (
    <div className="black-box" data-testid="black-box-view">
      {box.attempts.length === 0 ? <p className="quiet">{t('activity.noAttempts')}</p> : null}
      <ol>{entries.map((entry, i) => <Line key={i} entry={entry} many={box.publication.parts.length + 1} />)}</ol>
      <Button size="compact-xs" variant="default" leftSection={<IconDownload size={13} stroke={1.75} />} onClick={save} data-testid="black-box-save">{t('activity.save')}</Button>
    </div>
  );
}
