import { IconPin } from '@tabler/icons-react';
import { memo, type RefObject } from 'react';
import { VList, type VListHandle } from 'virtua';
import { TierBadge } from '../../ui/bits.tsx';
import { barOf, type Line, type Picks, reachOf, TERMS } from './fillLines.ts';
import type { Kit } from './kit.ts';

/** What a line is high, px: 45 of them are one look (LOOK). */
const LINE_PX = 16.5;
const COLUMNS = 10;
/** Of an item that no campaign makes weigh more. */
const NO_CAMPAIGN = '·';

interface Words {
  kit: Kit;
  score: (n: number) => string;
  why: (reason: { code: string; params: Record<string, string | number | boolean> }, /** Of a slot that stays free. */ free?: boolean) => string;
}
interface LineProps extends Words {
  line: Exclude<Line, { kind: 'day' }>;
  index: number;
  chosen: boolean;
  reached: boolean;
  kept: boolean;
  longest: number;
  onChoose: (wall: string) => void;
  onChange: (wall: string) => void;
}
const FillLine = memo(function FillLine({ line, index, chosen, reached, kept, longest, kit, score, why, onChoose, onChange }: LineProps) {
  const { t } = kit;
  const { wall } = line;
  const free = line.kind === 'free';
  const { tier, theme } = free ? line.free : line.row;
  const common = { role: 'row', 'aria-rowindex': index + 2, 'aria-selected': chosen, tabIndex: reached ? 0 : -1, 'data-wall': wall, onClick: () => onChoose(wall), onDoubleClick: () => onChange(wall) } as const;
  const head = (
    <>
      <span role="gridcell">{wall.slice(11)}</span>
      <span role="gridcell"><TierBadge policy={kit.policy} tier={tier} hollow={free} /></span>
      <span role="gridcell" className="clip fill-theme">{theme}</span>
    </>
  );
  if (free) {
    return (
      <div {...common} className={chosen ? 'fill-line free chosen' : 'fill-line free'} data-testid="fill-free" data-code={line.free.reason.code}>
        {head}
        <span role="gridcell" aria-colspan={COLUMNS - 3} className="fill-why"><span className="clip"><b>{t('fill.unfilled')}</b> {why(line.free.reason, true)}</span> · <button type="button" className="link-button" tabIndex={-1} data-testid="fill-by-hand" onClick={(event) => { event.stopPropagation(); onChoose(wall); onChange(wall); }}>{t('fill.byHand')}</button></span>
      </div>
    );
  }
  const { row } = line;
  const bar = row.item ? barOf(row.item.score, longest) : [];
  return (
    <div {...common} className={chosen ? 'fill-line chosen' : 'fill-line'} data-testid="fill-row" data-kind={row.item ? 'item' : 'draft'}>
      {head}
      <span role="gridcell" className="clip fill-text" dir="auto">{kept ? <IconPin size={11} stroke={2} aria-label={t('fill.kept')} /> : null}{row.item ? row.item.title : <>{row.text.replace(/\s+/g, ' ').slice(0, 120) || t('calendar.noText')} <span className="tag">{t('calendar.state.draft')}</span></>}</span>
      {row.item ? (
        <>
          <span role="gridcell" className="right"><b>{score(row.item.score.total)}</b></span>
          <span role="gridcell" className="fill-bar" aria-hidden="true">{bar.map((share, i) => <i key={TERMS[i]} style={{ width: `${share * 100}%` }} />)}</span>
          {TERMS.map((term) => <span role="gridcell" key={term} className={row.item && row.item.score[term] < -0.05 && term === 'performance' ? 'right low' : 'right'}>{row.item ? (term === 'campaign' && !row.item.campaign?.inside ? NO_CAMPAIGN : score(row.item.score[term])) : null}</span>)}
        </>
      ) : <span role="gridcell" aria-colspan={COLUMNS - 4} className="quiet fill-draft">{t('fill.draftFrom')}</span>}
    </div>
  );
});

/** Every slot of the days with what was chosen for it and why: each term of its score in a column of its own (LOOK, 09 Fill). */
export function FillRows({ lines, picks, chosen, list, onChoose, onChange, ...words }: Words & { lines: readonly Line[]; picks: Picks; chosen: string | null; list: RefObject<VListHandle | null>; onChoose: (wall: string) => void; onChange: (wall: string) => void }) {
  const { kit } = words;
  const { t } = kit;
  const longest = lines.reduce((most, line) => (line.kind === 'row' && line.row.item ? Math.max(most, reachOf(line.row.item.score)) : most), 0);
  const first = lines.find((line) => line.kind !== 'day');
  const reached = chosen ?? first?.wall ?? null;
  return (
    <div className="fill-table" role="grid" aria-label={t('fill.table')} aria-rowcount={lines.length + 1} aria-colcount={COLUMNS}>
      <div role="row" aria-rowindex={1} className="fill-line fill-columns">
        <span role="columnheader">{t('fill.column.time')}</span><span role="columnheader"><span className="sr">{t('bulk.tier')}</span></span><span role="columnheader" className="fill-theme">{t('fill.column.theme')}</span><span role="columnheader">{t('fill.column.chosen')}</span>
        <span role="columnheader" className="right">{t('fill.column.total')}</span><span role="columnheader" className="fill-bar-head">{t('fill.column.bar')}</span>{TERMS.map((term) => <span key={term} role="columnheader" className="right">{t(`fill.term.${term}`)}</span>)}
      </div>
      <VList ref={list} style={{ flex: 1 }} itemSize={LINE_PX} data={lines}>
        {(line, i) => (line.kind === 'day' ? (
          <div key={line.day} role="row" aria-rowindex={i + 2} className="fill-day" data-testid="fill-day" data-day={line.day}><span role="gridcell" aria-colspan={COLUMNS}>{kit.format.dayOf(line.day)} <span className="quiet">{t('fill.of', { filled: line.filled, slots: line.slots })}</span></span></div>
        ) : <FillLine key={line.wall} line={line} index={i} chosen={line.wall === chosen} reached={line.wall === reached} kept={line.kind === 'row' && line.row.item !== null && picks.get(line.wall) === line.row.item.id} longest={longest} onChoose={onChoose} onChange={onChange} {...words} />)}
      </VList>
    </div>
  );
}
