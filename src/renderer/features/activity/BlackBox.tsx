import { Button } from '@mantine/core';
import { IconAlertCircle, IconArrowRight, IconChartBar, IconCircleCheck, IconClockHour4, IconDatabase, IconDownload, IconEyeOff, IconHistory, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { type Attempt, type Box, entriesOf, type Entry, shortId, type Step } from './blackBox.ts';
import { secondsOf, span } from './outboxWords.ts';
import { useReasonWords } from './useNotices.ts';

const HASH_SHOWN = 8;

/** Keeps the whole record as a file. */
export function saveBox(box: Box): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(box, null, 2)], { type: 'application/json' }));
  link.download = `parrilla-${box.publication.id}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** What is known of an attempt's post, in words. */
export function useEvidenceWords(): (attempt: Attempt) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ evidence }) => {
    if (!evidence) return '';
    const id = evidence.remoteId ? shortId(evidence.remoteId) : '—';
    switch (evidence.kind) {
      case 'found':
        return t('activity.evidence.found', { time: secondsOf(format, evidence.createdAt ?? evidence.at) });
      case 'notFound':
        return t('activity.evidence.notFound', { count: evidence.looks ?? 0 });
      case 'duplicateOf':
        return t('activity.evidence.duplicateOf', { when: format.when(evidence.createdAt ?? evidence.at), id });
      case 'saidByUser':
        return evidence.remoteId ? t('activity.evidence.saidPosted', { id }) : t('activity.evidence.said');
      default:
        return evidence.kind satisfies never;
    }
  };
}
const joined = (...parts: (string | false | null | undefined)[]): string => parts.filter((each) => typeof each === 'string' && each !== '').join(' · ');

/** A reading of figures: what was read, or what it waits for, and what it costs. */
function useStepWords(): (step: Step) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ state, figures, reason, usdLow, usdHigh }) => {
    const n = (count: number): { count: number; n: string } => ({ count, n: format.number(count) });
    const price = t('activity.figures.price', { low: format.usd(usdLow), high: format.usd(usdHigh) });
    const why = reason === null ? '' : t(`activity.figures.why.${reason}`);
    if (state === 'unread') return t('activity.figures.unread', { why });
    if (state === 'planned' || figures === null) return joined(t('activity.figures.planned', { price }), why === '' ? '' : t('activity.figures.waits', { why }));
    const { views, likes, reposts, replies, quotes } = figures;
    return joined(views === null ? '' : t('activity.figures.views', n(views)), t('activity.figures.likes', n(likes)), t('activity.figures.reposts', n(reposts)), t('activity.figures.replies', n(replies)), t('activity.figures.quotes', n(quotes)), price);
  };
}
const STEP_ICONS: Readonly<Record<Step['state'], typeof IconSearch>> = { planned: IconHistory, read: IconChartBar, unread: IconEyeOff };

function useLine(many: number): (entry: Entry) => { icon: typeof IconSearch; title: string; body: string; tone: string } {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const reason = useReasonWords();
  const evidence = useEvidenceWords();
  const step = useStepWords();
  const part = (attempt: Attempt): string => (many > 1 ? t('composer.part', { n: attempt.part + 1, total: many }) : '');
  const state = (to: string | null): string => (to === null ? '' : t('activity.becomes', { state: t(`calendar.state.${to as 'draft'}`).toLowerCase() }));
  return (entry) => {
    switch (entry.kind) {
      case 'checked':
        return { icon: IconClockHour4, title: t('activity.checked'), body: t('activity.checkedOk', { ms: format.number(entry.ms) }), tone: '' };
      case 'intent':
        return { icon: IconDatabase, title: t('activity.intent'), body: joined(part(entry.attempt), t('activity.attemptN', { n: entry.n }), t('activity.textHash', { hash: entry.attempt.textHash.slice(0, HASH_SHOWN) })), tone: '' };
      case 'answer': {
        const { attempt } = entry;
        const ms = entry.at - attempt.startedAt;
        const took = ms < 1000 ? t('activity.took', { ms: format.number(ms) }) : span(ms);
        const silent = attempt.outcome === 'ambiguous' && attempt.status === null;
        const key = `activity.outcome.${attempt.outcome ?? 'open'}`;
        const good = attempt.outcome === 'accepted';
        const words = i18n.exists(key) ? t(key as 'activity.outcome.open') : (attempt.outcome ?? '');
        const title = silent ? t('activity.noAnswer', { time: took }) : good && attempt.status ? `${words.slice(0, 1).toUpperCase()}${words.slice(1)}: ${attempt.status}` : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
        return {
          icon: good ? IconCircleCheck : IconAlertCircle, tone: good ? 'good' : 'bad', title,
          body: joined(part(attempt), !good && attempt.status ? `HTTP ${attempt.status}` : '', attempt.errorCode, attempt.remoteId ? `id ${shortId(attempt.remoteId)}` : '', silent ? '' : took, state(entry.to), attempt.outcome === 'ambiguous' || attempt.outcome === 'interrupted' ? t('activity.onlyRead') : ''),
        };
      }
      case 'looked':
        return entry.made ? { icon: IconSearch, title: t('activity.looked', { n: entry.n }), body: t('activity.lookedAbsent'), tone: '' } : { icon: IconEyeOff, title: t('activity.lookFailed', { n: entry.n }), body: t('activity.lookProvesNothing'), tone: '' };
      case 'evidence': {
        const found = entry.attempt.evidence?.kind === 'found';
        const id = entry.attempt.evidence?.remoteId;
        return { icon: found ? IconCircleCheck : IconSearch, title: evidence(entry.attempt), body: joined(found ? t('activity.sameText') : '', found && id ? `id ${shortId(id)}` : '', found ? '' : t('activity.looks', { count: entry.attempt.looks }), state(entry.to)), tone: found ? 'good' : '' };
      }
      case 'look':
        return { icon: IconHistory, title: t('activity.nextLook', { time: secondsOf(format, entry.at) }), body: t('activity.onlyRead'), tone: '' };
      case 'change':
        return { icon: IconArrowRight, title: `${t(`calendar.state.${entry.change.from as 'draft'}`)} → ${t(`calendar.state.${entry.change.to as 'draft'}`)}`, body: entry.change.reason ? reason({ code: entry.change.reason, params: {} }) : '', tone: '' };
      case 'figures':
        return { icon: STEP_ICONS[entry.step.state], title: t('activity.figures.title', { day: entry.step.day }), body: step(entry.step), tone: '' };
      default:
        return entry satisfies never;
    }
  };
}

/** Everything the app knows of one post: each attempt with its times, answer and evidence, each look, each change of state, and its figures. `save`: with its own button for the file. */
export function BlackBox({ id, save = true }: { id: string; save?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const box = useRpcQuery('publications.blackBox', { id }).data;
  const line = useLine((box?.publication.parts.length ?? 0) + 1);
  if (!box) return null;
  const entries = entriesOf(box);
  const today = (at: number): boolean => format.isToday(at, box.publication.sentAt ?? box.publication.dueAt ?? Date.now());
  return (
    <div className="black-box" data-testid="black-box-view">
      {box.attempts.length === 0 ? <p className="quiet">{t('activity.noAttempts')}</p> : null}
      <ol>
        {entries.map((entry, i) => {
          const { icon: Sign, title, body, tone } = line(entry);
          return (
            <li key={i} className={tone} data-entry={entry.kind}>
              <Sign size={15} stroke={1.75} aria-hidden="true" />
              <time dateTime={new Date(entry.at).toISOString()} title={format.clock(entry.at)}>{today(entry.at) ? format.precise(entry.at) : format.when(entry.at)}</time>
              <div><b>{title}</b>{body ? <div>{body}</div> : null}</div>
            </li>
          );
        })}
      </ol>
      {save ? <Button size="compact-xs" variant="default" leftSection={<IconDownload size={13} stroke={1.75} />} onClick={() => saveBox(box)} data-testid="black-box-save">{t('activity.export')}</Button> : null}
    </div>
  );
}
