import { describe, expect, it } from 'vitest';
import { barOf, type FillPreview, linesOf, reachOf, tierCounts } from './fillLines.ts';

const DAY = '2026-11-26';
const SLOTS = [{ time: '09:00', theme: 'Artículos', tier: 'free' }, { time: '10:00', theme: 'Enlaces', tier: 'premium' }, { time: '11:00', theme: 'Noticias', tier: 'free' }];
const row = (wall: string, tier = 'free'): FillPreview['rows'][number] => ({ id: wall, text: wall, tier, theme: '', wall, item: null });
const preview = (patch: Partial<FillPreview>): FillPreview => ({ rows: [], unfilled: [], left: [], slots: 0, free: [], usd: 0, ...patch });
const told = (found: FillPreview, picks: [string, string | null][] = [], days = [DAY]): string[] => linesOf(found, new Map(picks), () => SLOTS, days).map((line) => (line.kind === 'day' ? `${line.day} ${line.filled}/${line.slots}` : `${line.wall.slice(8)} ${line.kind === 'row' ? 'row' : line.free.reason.code}`));

describe('the lines of a filling', () => {
  it('stand in order of time, filled and free, under their day where there are several', () => {
    const found = preview({ rows: [row(`${DAY}T11:00`), row('2026-11-27T09:00')], unfilled: [{ wall: `${DAY}T09:00`, tier: 'free', theme: 'Artículos', reason: { code: 'no_item', params: {} } }] });
    expect(told(found)).toEqual(['26T09:00 no_item', '26T11:00 row', '27T09:00 row']);
    expect(told(found, [], [DAY, '2026-11-27', '2026-11-28'])).toEqual(['2026-11-26 1/2', '26T09:00 no_item', '26T11:00 row', '2026-11-27 1/1', '27T09:00 row']);
  });
  it('keep a slot that was emptied by hand in sight, whether the answer tells it or not', () => {
    expect(told(preview({ rows: [row(`${DAY}T09:00`)] }), [[`${DAY}T10:00`, null], [`${DAY}T09:00`, 'kept'], [`${DAY}T23:00`, null]])).toEqual(['26T09:00 row', '26T10:00 by_hand']);
    expect(told(preview({ unfilled: [{ wall: `${DAY}T10:00`, tier: 'premium', theme: '', reason: { code: 'by_hand', params: {} } }] }), [[`${DAY}T10:00`, null]])).toEqual(['26T10:00 by_hand']);
  });
  it('count a tier over what is filled and what stays free', () => {
    const found = preview({ rows: [row(`${DAY}T09:00`), row(`${DAY}T10:00`, 'premium')], free: [{ day: DAY, tier: 'free', count: 2 }, { day: '2026-11-27', tier: 'free', count: 1 }] });
    expect(tierCounts(found, ['free', 'premium', 'status'])).toEqual([{ tier: 'free', filled: 1, slots: 4 }, { tier: 'premium', filled: 1, slots: 1 }, { tier: 'status', filled: 0, slots: 0 }]);
  });
  it('draw only the terms that add, beside the longest', () => {
    const score = { freshness: 1, performance: -0.5, rest: 0.5, campaign: 0.5, similarity: -0.2 };
    expect(reachOf(score)).toBe(2);
    expect(barOf(score, 2)).toEqual([0.5, 0, 0.25, 0.25]);
    expect(barOf(score, 0)).toEqual([0, 0, 0, 0]);
  });
});
