import { Checkbox } from '@mantine/core';
import { IconArrowUpRight, IconCheck, IconCloudOff, IconFlag, IconPencil } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../../shared/contract/inbox.ts';
import { Avatar } from '../../ui/bits.tsx';
import type { Format } from '../../ui/format.ts';
import { KindTag } from '../../ui/CaseChips.tsx';
import { dueWords, foreignTag, groupsOf, urgencyOf } from '../../ui/clockWords.ts';

/** Words of a case's clock, or the time of its last message. */
export function ClockWords({ row, now, format }: { row: CaseView; now: number; format: Format }) {
  const { t } = useTranslation();
  const urgency = urgencyOf(row, now);
  if (row.state === 'snoozed' && row.snoozedUntil !== null) return <span className="case-clock">{t('inbox.until', { when: format.when(row.snoozedUntil) })}</span>;
  if (row.dueAt === null) return <time className="case-clock" dateTime={new Date(row.lastMessageAt).toISOString()}>{format.stamp(row.lastMessageAt, now)}</time>;
  return <span className={`case-clock ${urgency}`}>{dueWords(t, row.dueAt, now)}</span>;
}
/** An answer that waits, was refused or is only written. */
function Pending({ row }: { row: CaseView }) {
  const { t } = useTranslation();
  if (!row.pending) return null;
  const { state } = row.pending;
  if (state === 'draft') return <span className="tag line"><IconPencil size={11} stroke={1.75} aria-hidden="true" />{t('inbox.hasDraft')}</span>;
  if (WAITS.has(state)) return <span className="case-waits"><IconCloudOff size={12} stroke={1.75} aria-hidden="true" />{t('inbox.waits')}</span>;
  return <span className="tag bad">{t(`calendar.state.${state}`)}</span>;
}

/** An answer on its way. */
const WAITS: ReadonlySet<string> = new Set(['scheduled', 'sending', 'retry_wait']);
/** Labels of a row, at most; the others stand in the conversation. */
const MOST_LABELS = 3;

export interface CaseListProps {
  cases: readonly CaseView[];
  selectedId: string | null;
  chosen: ReadonlySet<string>;
  now: number;
  endOfDay: number;
  format: Format;
  onSelect: (id: string) => void;
  onChoose: (id: string, on: boolean) => void;
}
/** Cases grouped by their clock, soonest first (LOOK 07). */
export function CaseList({ cases, selectedId, chosen, now, endOfDay, format, onSelect, onChoose }: CaseListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (selectedId !== null) list.current?.querySelector(`[data-case-id="${CSS.escape(selectedId)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [selectedId]);
  return (
    <div className="case-list" ref={list} data-testid="case-list">
      {groupsOf(cases, now, endOfDay).map(({ group, cases: rows }) => (
        <section key={group} aria-label={t(`inbox.group.${group}`)}>
          <h2 className={group === 'late' ? 'case-group late' : 'case-group'}>{t(`inbox.group.${group}`)} <span>{format.number(rows.length)}</span></h2>
          {rows.map((row) => (
            <article key={row.id} className={`case-row${row.id === selectedId ? ' selected' : ''}${chosen.has(row.id) ? ' chosen' : ''}`} data-case-id={row.id} data-testid="case-row" data-state={row.state}>
              <span className="case-mark">
                {row.state === 'new' && !chosen.has(row.id) ? <i className="case-new" title={t('inbox.state.new')} /> : null}
                <Checkbox size="xs" checked={chosen.has(row.id)} onChange={(event) => onChoose(row.id, event.currentTarget.checked)} aria-label={t('inbox.choose', { name: row.person.name })} />
              </span>
              <button type="button" className="case-button" aria-current={row.id === selectedId ? 'true' : undefined} onClick={() => onSelect(row.id)}>
                <Avatar src={row.person.avatar} name={row.person.name || row.person.username || '?'} />
                <span className="case-lines">
                  <span className="case-first"><b className="clip">{row.person.name || `@${row.person.username}`}</b><ClockWords row={row} now={now} format={format} /></span>
                  <span className="clip case-excerpt" dir="auto">{row.excerpt || t('deck.gone')}</span>
                  <span className="case-tags">
                    <KindTag kind={row.kind} />
                    {row.pending && WAITS.has(row.pending.state) ? <span className="tag"><IconCheck size={11} stroke={1.75} aria-hidden="true" />{t('deck.case.answered')}</span> : null}
                    {row.high ? <span className="tag bare"><IconFlag size={11} stroke={1.75} aria-hidden="true" />{t('inbox.high')}</span> : null}
                    {foreignTag(row.lang, format.lang) === null ? null : <span className="tag line">{row.lang}</span>}
                    {row.replyRoute === 'handOff' ? <span className="tag line"><IconArrowUpRight size={11} stroke={1.75} aria-hidden="true" />{t('inbox.onX')}</span> : null}
                    {[...new Set([...row.personLabels, ...row.labels])].slice(0, MOST_LABELS).map((label) => <span key={label} className="tag line label">{label}</span>)}
                    <span className="grow" />
                    <Pending row={row} />
                  </span>
                </span>
              </button>
            </article>
          ))}
        </section>
      ))}
    </div>
  );
}
