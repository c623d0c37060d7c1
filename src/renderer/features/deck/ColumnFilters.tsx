import { Button, NumberInput, SegmentedControl, Switch, TagsInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronRight, IconHeart, IconPhoto, IconRepeat } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../../shared/contract/columns.ts';
import { type ColumnFilter, isNoFilter, MOST_TERM, NO_FILTER } from '../../../shared/domain/columnFilter.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { ErrorNote } from '../../ui/bits.tsx';
import { useErrorWords } from '../../ui/useToast.tsx';
import { useUndo } from '../../ui/useUndo.ts';

/** What is being typed into a filter and not part of it yet. */
export type Typed = Pick<ColumnFilter, 'include' | 'exclude'>;
export const NOTHING_TYPED: Typed = { include: [], exclude: [] };
const MutesDialog = lazy(async () => ({ default: (await import('./MutesDialog.tsx')).MutesDialog }));
/** Typing is waited for this long before it is tried, ms. */
const TYPING_MS = 250;

/** "N of M left", as the filter is now, or as it would be with what is being typed. */
export function FilterCount({ column, typed }: { column: Column; typed: Typed }) {
  const { t } = useTranslation();
  const [settled] = useDebouncedValue(typed, TYPING_MS);
  const more = settled.include.length + settled.exclude.length > 0;
  const { filter } = column;
  const now = useRpcQuery('columns.tryFilter', { columnId: column.id, filter }).data;
  // Half an expression cannot be used yet: what holds now is shown until it can.
  const then = useRpcQuery('columns.tryFilter', { columnId: column.id, filter: { ...filter, include: [...filter.include, ...settled.include], exclude: [...filter.exclude, ...settled.exclude] } }, { enabled: more }).data;
  const tried = more && then ? then : now;
  if (!tried) return null;
  return <span className="quiet clip" aria-live="polite" data-testid="filter-left">{t(more && then ? 'deck.filter.wouldLeave' : 'deck.filter.left', { count: tried.left, of: tried.of })}</span>;
}

/** What a column leaves out: words, people, language, media, numbers. Every change holds at once and can be taken back (UX, deck). */
export function ColumnFilters({ column, typed, onType }: { column: Column; typed: Typed; onType: (typed: Typed) => void }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const [last, setLast] = useState<string | null>(null);
  const offerUndo = useView((state) => state.offerUndo);
  const takeUndo = useView((state) => state.takeUndo);
  const offered = useView((state) => state.undos.some((each) => each.id === last));
  const takeBack = useUndo();
  const back = (): void => {
    const undo = last === null ? null : takeUndo(last);
    if (undo) takeBack(undo);
  };
  const words = useErrorWords();
  const [filter, setFilter] = useState<ColumnFilter>(column.filter);
  const [refused, setRefused] = useState<{ field: 'include' | 'exclude' | 'other'; words: string } | null>(null);
  const [muting, setMuting] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const mutes = useRpcQuery('mutes.list', {}).data ?? [];
  const muted = mutes.filter((mute) => mute.term.startsWith('@') && (mute.accountId === null || mute.accountId === column.accountId)).length;
  const named = filter.people.names.length;
  const whom = named > 0 ? t(`deck.people.${filter.people.mode}`, { count: named }) : muted > 0 ? t('deck.people.butMuted', { count: muted }) : t('deck.people.all');
  const stored = JSON.stringify(column.filter);
  useEffect(() => setFilter(JSON.parse(stored) as ColumnFilter), [stored]);
  const change = (patch: Partial<ColumnFilter>): void => {
    const next = { ...filter, ...patch };
    setFilter(next);
    setRefused(null);
    rpc.command('columns.setFilter', { columnId: column.id, filter: next }).then(
      ({ undoId }) => {
        setLast(undoId);
        offerUndo({ id: undoId, title: t('deck.filter.changed'), run: () => rpc.command('undo.apply', { undoId }), until: null });
      },
      (cause: unknown) => {
        setFilter(column.filter);
        setRefused({ field: patch.include ? 'include' : patch.exclude ? 'exclude' : 'other', words: words(cause) });
      },
    );
  };
  const terms = (field: 'include' | 'exclude') => (
    <>
      <div>
        <span className="label">{t(`deck.filter.${field}`)}</span>
        <TagsInput
          className="grow" size="xs" aria-label={t(`deck.filter.${field}`)} title={t('deck.filter.hint')} placeholder={filter[field].length === 0 ? t(`deck.filter.${field}Hint`) : ''} value={filter[field]} maxLength={MOST_TERM} splitChars={[]} maxTags={50}
          onSearchChange={(word) => onType({ ...typed, [field]: word.trim() === '' ? [] : [word.trim()] })}
          onChange={(next) => change({ [field]: next.map((each) => each.trim()).filter((each) => each !== '') })} data-testid={`filter-${field}`}
        />
      </div>
      {refused?.field === field ? <div className="filter-refused"><ErrorNote>{refused.words}</ErrorNote></div> : null}
    </>
  );
  const count = (field: 'minLikes' | 'minReposts') => (
    <NumberInput w={56} title={t(`deck.filter.${field}`)} min={0} max={1_000_000} hideControls allowDecimal={false} allowNegative={false} aria-label={`${t('deck.filter.least')}: ${t(`deck.filter.${field}`)}`} key={filter[field]} defaultValue={filter[field]}
      onKeyDown={(event) => { if (event.key === 'Enter') event.currentTarget.blur(); }}
      onBlur={(event) => { const value = Math.max(0, Math.trunc(Number(event.currentTarget.value)) || 0); if (value !== filter[field]) change({ [field]: value }); }} data-testid={`filter-${field}`} />
  );
  return (
    <>
      {terms('include')}
      {terms('exclude')}
      <div>
        <span className="label" id={`lang-${column.id}`}>{t('deck.filter.lang')}</span>
        <SegmentedControl aria-labelledby={`lang-${column.id}`} value={filter.lang ?? 'all'} onChange={(value) => change({ lang: value === 'all' ? null : value })} data={[{ value: 'all', label: t('deck.filter.all') }, { value: 'es', label: 'es' }, { value: 'en', label: 'en' }]} data-testid="filter-lang" />
        <span className="grow" />
        <Switch size="xs" labelPosition="left" label={<IconPhoto size={15} stroke={1.75} aria-hidden="true" style={{ display: 'block' }} />} aria-label={t('deck.filter.media')} title={t('deck.filter.media')} checked={filter.media} onChange={(event) => change({ media: event.currentTarget.checked })} data-testid="filter-media" />
      </div>
      <div>
        <span className="label">{t('deck.filter.least')}</span>
        {count('minLikes')}<IconHeart size={15} stroke={1.75} aria-hidden="true" />{count('minReposts')}<IconRepeat size={15} stroke={1.75} aria-hidden="true" />
      </div>
      {refused?.field === 'other' ? <div className="filter-refused"><ErrorNote>{refused.words}</ErrorNote></div> : null}
      <div>
        <span className="label">{t('deck.people.title')}</span>
        <button type="button" className="option-link" ref={opener} data-testid="open-mutes" title={t('deck.people.dialog')} onClick={() => setMuting(true)}><span className="clip">{whom}</span><IconChevronRight size={15} stroke={1.75} aria-hidden="true" /></button>
      </div>
      {offered || !isNoFilter(filter) ? (
        <div>
          <span className="grow" />
          {offered ? <Button variant="subtle" color="gray" size="compact-xs" data-testid="filter-undo" onClick={back}>{t('shell.undo')}</Button> : null}
          {isNoFilter(filter) ? null : <Button variant="subtle" color="gray" size="compact-xs" data-testid="filter-clear" onClick={() => change(NO_FILTER)}>{t('deck.filter.clear')}</Button>}
        </div>
      ) : null}
      {muting ? <Suspense fallback={null}><MutesDialog accountId={column.accountId} people={filter.people} onPeople={(people) => change({ people })} onClose={() => { setMuting(false); requestAnimationFrame(() => opener.current?.focus()); }} /></Suspense> : null}
    </>
  );
}
