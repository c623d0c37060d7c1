import { IconBellOff, IconCheck, IconClockPause, IconCloudOff, IconHourglass } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView, PostMark } from '../../shared/contract/inbox.ts';
import { dueWords, foreignTag, urgencyOf } from './clockWords.ts';
import type { Format } from './format.ts';

const icon = { size: 11, stroke: 1.75, 'aria-hidden': true } as const;

/** A complaint is an error, a lead is ours to win, others are plain (LOOK, case). */
export function KindTag({ kind }: { kind: CaseView['kind'] }) {
  const { t } = useTranslation();
  return <span className={`tag${kind === 'complaint' ? ' bad' : kind === 'lead' ? ' accent' : ''}`}>{t(`inbox.kind.${kind}`)}</span>;
}
/** How long is left until the answer is due, or how late it is; only for a case that owes one. */
export function ClockTag({ dueAt, now }: { dueAt: number; now: number }) {
  const { t } = useTranslation();
  const urgency = urgencyOf({ dueAt }, now);
  return <span className={`tag ${urgency === 'late' ? 'warn' : urgency}`}><IconHourglass {...icon} />{dueWords(t, dueAt, now)}</span>;
}

/** Kind, language, and clock or state of the case a post belongs to; leads to it (LOOK 02). */
export function CaseChips({ mark, lang, format, now, onOpen }: { mark: PostMark; lang: string | null; format: Format; now: number; onOpen: () => void }) {
  const { t } = useTranslation();
  const at = (ms: number): string => (format.isToday(ms, now) ? format.time(ms) : format.when(ms));
  const foreign = foreignTag(lang, format.lang);
  let state: ReactNode = null;
  if (mark.state === 'done') state = <span className="tag"><IconCheck {...icon} />{mark.settledAt === null ? t('inbox.state.done') : t('deck.case.doneAt', { time: format.stamp(mark.settledAt, now) })}</span>;
  else if (mark.state === 'waiting' && mark.answered) state = <span className="tag"><IconCheck {...icon} />{t('deck.case.answered')}</span>;
  else if (mark.state === 'waiting') state = <span className="tag">{t('inbox.state.waiting')}</span>;
  else if (mark.state === 'snoozed') state = <span className="tag"><IconClockPause {...icon} />{mark.snoozedUntil === null ? t('inbox.state.snoozed') : t('inbox.until', { when: at(mark.snoozedUntil) })}</span>;
  else if (mark.state === 'muted') state = <span className="tag"><IconBellOff {...icon} />{t('inbox.state.muted')}</span>;
  else if (mark.dueAt !== null) state = <ClockTag dueAt={mark.dueAt} now={now} />;
  return (
    <button type="button" className="card-case" title={t('deck.case.open')} data-testid="card-case" data-state={mark.state} onClick={onOpen}>
      <span className="sr">{t('deck.case.open')}: </span>
      {/* "Other" says nothing beside what says something. */}
      {mark.kind === 'other' && state ? null : <KindTag kind={mark.kind} />}
      {foreign ? <span className="tag line">{foreign}</span> : null}
      {state}
      {mark.unsent ? <span className="tag warn"><IconCloudOff {...icon} />{t('inbox.waits')}</span> : null}
    </button>
  );
}
