import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { useReasonWords } from './useNotices.ts';

type Attempt = OutputOf<'publications.attempts'>[number];

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

/** Everything the app knows of one post: each attempt with its times, answer, limits and evidence, and each change of state; as a file too. */
export function BlackBox({ id }: { id: string }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const reason = useReasonWords();
  const evidence = useEvidenceWords();
  const box = useRpcQuery('publications.blackBox', { id }).data;
  if (!box) return null;
  const save = (): void => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(box, null, 2)], { type: 'application/json' }));
    link.download = `parrilla-${id}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const many = box.publication.parts.length > 0;
  return (
    <div className="black-box" data-testid="black-box-view">
      {box.attempts.length === 0 ? <p className="quiet">{t('activity.noAttempts')}</p> : null}
      <ol>
        {box.attempts.map((each) => {
          const key = `activity.outcome.${each.outcome ?? 'open'}`;
          const remaining = each.limits['x-rate-limit-remaining'];
          return (
            <li key={each.id}>
              {format.clock(each.startedAt)}{each.endedAt === null ? '' : ` → ${format.clock(each.endedAt)}`}{many ? ` · ${t('composer.part', { n: each.part + 1, total: box.publication.parts.length + 1 })}` : ''} · {i18n.exists(key) ? t(key as 'activity.outcome.open') : each.outcome}
              {each.status ? ` · HTTP ${each.status}` : ''}{each.errorCode ? ` · ${each.errorCode}` : ''}{each.remoteId ? ` · id ${each.remoteId}` : ''}{remaining ? ` · ${t('activity.limitLeft', { remaining, limit: each.limits['x-rate-limit-limit'] ?? '' })}` : ''}
              {each.evidence ? <div><strong>{evidence(each)}</strong></div> : null}
              {each.nextLookAt !== null ? <div className="quiet">{t('activity.nextLook', { time: format.clock(each.nextLookAt) })}</div> : null}
            </li>
          );
        })}
      </ol>
      <details>
        <summary>{t('activity.history', { count: box.history.length })}</summary>
        <ol>{box.history.map((each, i) => <li key={i}>{format.clock(each.at)} · {t(`calendar.state.${each.from as 'draft'}`)} → {t(`calendar.state.${each.to as 'draft'}`)}{each.reason ? ` · ${reason({ code: each.reason, params: {} })}` : ''}</li>)}</ol>
      </details>
      <Button size="compact-xs" variant="default" leftSection={<IconDownload size={12} />} onClick={save} data-testid="black-box-save">{t('activity.save')}</Button>
    </div>
  );
}
