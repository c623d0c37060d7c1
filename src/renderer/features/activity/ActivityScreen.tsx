import { ActionIcon } from '@mantine/core';
import { IconActivity, IconAlertCircle, IconAlertTriangle, IconCheck, IconPackage, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VList } from 'virtua';
import { useView } from '../../app/viewStore.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { EmptyState, TierBadge } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { BlackBox } from './BlackBox.tsx';
import { OutboxList } from './OutboxList.tsx';
import { useNoticeWords } from './useNotices.ts';

const ICONS = { info: IconCheck, warning: IconAlertTriangle, error: IconAlertCircle };
type Only = 'all' | 'problems' | 'outbox';

function Record({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { accounts } = useAccounts();
  const format = useFormat();
  const publication = useRpcQuery('publications.get', { id }).data;
  const policy = accounts.find((each) => each.id === publication?.accountId)?.policy;
  return (
    <aside className="record" aria-label={t('activity.blackBox')}>
      <header><IconPackage size={16} stroke={1.75} aria-hidden="true" /><h2>{t('activity.blackBox')}</h2><span className="quiet grow clip">{t('activity.everyAttempt')}</span><ActionIcon size={24} aria-label={t('shell.close')} onClick={onClose}><IconX size={15} stroke={1.75} /></ActionIcon></header>
      {publication ? (
        <div className="record-post">
          <div className="card-title">{policy ? <TierBadge policy={policy} tier={publication.tier} /> : null}<b>{publication.dueAt === null ? '' : format.when(publication.sentAt ?? publication.dueAt)}</b><span className="tag line">{t(`calendar.state.${publication.state}`)}</span></div>
          <p dir="auto">{publication.text}</p>
        </div>
      ) : null}
      <div className="record-body"><BlackBox id={id} /></div>
    </aside>
  );
}

/** What was sent, missed and refused, newest first; beside it the record of the chosen post, attempt by attempt (LOOK, 08). */
export function ActivityScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useNoticeWords();
  const rows = useRpcQuery('activity.list', { limit: 500 }).data;
  const outboxOpen = useView((state) => state.outboxOpen);
  const set = useView((state) => state.set);
  const [list, setList] = useState<'all' | 'problems'>('all');
  const only: Only = outboxOpen ? 'outbox' : list;
  const setOnly = (next: Only): void => {
    set({ outboxOpen: next === 'outbox' });
    if (next !== 'outbox') setList(next);
  };
  const waiting = useRpcQuery('sync.status', {}).data?.waiting ?? 0;
  const [open, setOpen] = useState<string | null>(null);
  const problems = (rows ?? []).filter((row) => row.level !== 'info');
  const shown = list === 'all' ? (rows ?? []) : problems;
  return (
    <div className={open === null ? 'activity' : 'activity with-record'}>
      <section className="activity-list">
        <h1 className="sr">{t('activity.title')}</h1>
        <div className="tabs" role="tablist" aria-label={t('activity.title')}>
          {(['all', 'problems'] as const).map((each) => (
            <button key={each} type="button" role="tab" aria-selected={only === each} onClick={() => setOnly(each)}>{t(`activity.${each}`)} <span className="count dark">{format.number(each === 'all' ? (rows?.length ?? 0) : problems.length)}</span></button>
          ))}
          <button type="button" role="tab" aria-selected={only === 'outbox'} onClick={() => setOnly('outbox')} data-testid="tab-outbox">{t('activity.outbox.title')} <span className="count dark">{format.number(waiting)}</span></button>
        </div>
        {only === 'outbox' ? <OutboxList onRecord={setOpen} /> : null}
        {only !== 'outbox' && rows && shown.length === 0 ? <EmptyState icon={IconActivity} title={only === 'all' ? t('activity.emptyTitle') : t('activity.noProblems')} body={t('activity.empty')} /> : null}
        <VList style={{ flex: 1, display: only === 'outbox' ? 'none' : 'block' }}>
          {shown.map((row) => {
            const id = typeof row.params['id'] === 'string' ? row.params['id'] : null;
            const Icon = ICONS[row.level];
            const chosen = open !== null && open === id;
            return (
              <button key={row.id} type="button" className={chosen ? 'activity-row chosen' : 'activity-row'} data-testid="activity-row" data-code={row.code} data-level={row.level} disabled={id === null} aria-pressed={id === null ? undefined : chosen} onClick={() => setOpen(chosen ? null : id)}>
                <time dateTime={new Date(row.at).toISOString()}>{format.when(row.at)}</time>
                <Icon size={16} stroke={1.75} aria-hidden="true" />
                <span className="clip grow" dir="auto">{words(row.code, row.params)}</span>
                {id === null ? null : <span className="link">{t('activity.attempts')}</span>}
              </button>
            );
          })}
        </VList>
      </section>
      {open === null ? null : <Record key={open} id={open} onClose={() => setOpen(null)} />}
    </div>
  );
}
