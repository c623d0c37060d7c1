import { IconActivity, IconAlertCircle, IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VList } from 'virtua';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useView } from '../../app/viewStore.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { stepThrough } from '../../hotkeys/stepThrough.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { EmptyState } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { OutboxList } from './OutboxList.tsx';
import { Record } from './Record.tsx';
import { arrowsThrough } from './rowKeys.ts';
import { Spending } from './Spending.tsx';
import { StatusLine } from './StatusLine.tsx';
import { useNoticeWords } from './useNotices.ts';
import { useOutbox } from './useOutbox.ts';

const ICONS = { info: IconCheck, warning: IconAlertTriangle, error: IconAlertCircle };
const TABS = ['outbox', 'all', 'problems', 'spending'] as const;
type Tab = (typeof TABS)[number];
type Happening = OutputOf<'activity.list'>[number];
const idOf = (row: Happening): string | null => (typeof row.params['id'] === 'string' ? row.params['id'] : null);

/** What happened, newest first; only the rows on show are drawn. */
function Happenings({ rows, open, onOpen }: { rows: readonly Happening[]; open: string | null; onOpen: (id: string | null) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useNoticeWords();
  return (
    <div className="activity-rows" onKeyDown={arrowsThrough}>
      <VList style={{ height: '100%' }}>
        {rows.map((row) => {
          const id = idOf(row);
          const Icon = ICONS[row.level];
          const chosen = open !== null && open === id;
          return (
            <button key={row.id} type="button" className={chosen ? 'activity-row chosen' : 'activity-row'} data-row data-row-key={id ?? undefined} data-testid="activity-row" data-code={row.code} data-level={row.level} disabled={id === null} aria-pressed={id === null ? undefined : chosen} onClick={() => onOpen(chosen ? null : id)}>
              <time dateTime={new Date(row.at).toISOString()}>{format.when(row.at)}</time>
              <Icon size={16} stroke={1.75} aria-hidden="true" />
              <span className="clip grow" dir="auto">{words(row.code, row.params)}</span>
              {id === null ? null : <span className="link">{t('activity.attempts')}</span>}
            </button>
          );
        })}
      </VList>
    </div>
  );
}

/** What waits and what became of it, all that happened, what went wrong; beside it the record of the chosen post, attempt by attempt (LOOK, 08). */
export function ActivityScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = useRpcQuery('activity.list', { limit: 500 }).data;
  const paused = useRpcQuery('scheduler.status', {}).data?.paused ?? null;
  const it = useOutbox();
  const { current } = useAccounts();
  const outboxOpen = useView((state) => state.outboxOpen);
  const set = useView((state) => state.set);
  const [chosen, setChosen] = useState<Tab | null>(null);
  // Where one begins is decided once, by what is there then: what happens later never changes what is being read.
  const [first, setFirst] = useState<Tab | null>(null);
  if (first === null && it.ready) setFirst(it.outbox.rows.length > 0 || (it.status?.heldSince ?? null) !== null ? 'outbox' : 'all');
  const tab = outboxOpen ? 'outbox' : (chosen ?? first);
  const choose = (next: Tab): void => {
    set({ outboxOpen: false });
    setChosen(next);
  };
  const [open, setOpen] = useState<string | null>(null);
  const close = (): void => {
    const row = document.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(open ?? '')}"]`);
    setOpen(null);
    (row?.matches('button') ? row : row?.querySelector<HTMLElement>('[data-row]'))?.focus();
  };
  const through = (by: 1 | -1) => (): boolean => stepThrough([...document.querySelectorAll<HTMLElement>('.activity-list [data-row]:not(:disabled)')], by);
  useKeys({
    j: through(1), k: through(-1),
    Escape: () => {
      if (open === null || document.activeElement?.closest('.dock')) return false;
      close();
      return true;
    },
  });
  const problems = (rows ?? []).filter((row) => row.level !== 'info');
  const shown = tab === 'problems' ? problems : (rows ?? []);
  const counts: { [T in Tab]: number } = { outbox: it.outbox.needYou + it.outbox.waiting, all: 0, problems: problems.length, spending: 0 };
  const label = (each: Tab): string => (each === 'outbox' ? t('activity.outbox.title') : each === 'spending' ? t('activity.spending.tab') : t(`activity.${each}`));
  const happened = tab === 'all' || tab === 'problems';
  return (
    <div className="activity-screen">
      <h1 className="sr">{t('activity.title')}</h1>
      <div className="activity-bar">
        <div className="tabs" role="tablist" aria-label={t('activity.title')} onKeyDown={(event) => { if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') { const buttons = [...event.currentTarget.querySelectorAll('button')]; buttons[(buttons.indexOf(event.target as HTMLButtonElement) + (event.key === 'ArrowRight' ? 1 : -1) + buttons.length) % buttons.length]?.focus(); } }}>
          {TABS.map((each) => (
            <button key={each} type="button" role="tab" aria-selected={tab === each} onClick={() => choose(each)} data-testid={`tab-${each}`}>
              {label(each)}{counts[each] === 0 ? null : each === 'outbox' ? <span className="count dark">{format.number(counts[each])}</span> : <span className="quiet">{format.number(counts[each])}</span>}
            </button>
          ))}
        </div>
        <StatusLine it={it} pausedSince={paused?.since ?? null} />
      </div>
      <div className={open === null ? 'activity' : 'activity with-record'}>
        <section className="activity-list">
          {tab === 'outbox' ? <OutboxList it={it} paused={paused !== null} chosen={open} onRecord={(id) => setOpen(open === id ? null : id)} /> : null}
          {happened && rows && shown.length === 0 ? <EmptyState icon={IconActivity} title={tab === 'all' ? t('activity.emptyTitle') : t('activity.noProblems')} body={t(tab === 'all' ? 'activity.empty' : 'activity.noProblemsBody')} /> : null}
          {happened && shown.length > 0 ? <Happenings rows={shown} open={open} onOpen={setOpen} /> : null}
          {tab === 'spending' && current ? <Spending account={current} /> : null}
        </section>
        {open === null ? null : <Record key={open} id={open} onClose={close} />}
      </div>
    </div>
  );
}
