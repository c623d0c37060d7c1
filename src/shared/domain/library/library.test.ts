import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainWord } from '../bulk.ts';
import { dayName, dayNumber } from '../ratio/index.ts';
import type { Campaign } from './campaign.ts';
import { type FillItem, type FillSlot, fillSlots } from './fill.ts';
import { scoresOf } from './performance.ts';
import { freshnessOf, isNews } from './score.ts';
import { nextVariant, shareText, titleOf } from './text.ts';
import { gramsOf, likeness } from './likeness.ts';

const TODAY = dayNumber('2026-11-24');
const item = (id: string, more: Partial<FillItem> = {}): FillItem => ({
  id, title: id, theme: 'Artículos', tier: 'free', publishedOn: null, expiresOn: null, evergreen: true, restDays: 30, texts: [`texto de ${id}`], z7: null, days: [], ...more,
});
const slot = (time: string, more: Partial<FillSlot> = {}): FillSlot => ({ wall: `2026-11-24T${time}`, theme: 'articulos', tier: 'free', ...more });
const fill = (slots: readonly FillSlot[], items: readonly FillItem[], more: { seed?: number; around?: { wall: string; text: string }[]; campaigns?: readonly Campaign[] } = {}) => fillSlots({ slots, items, around: more.around ?? [], seed: more.seed ?? 0, campaigns: more.campaigns, fits: () => true });

describe('a text to share', () => {
  it('ends with the address unless it links to it already', () => {
    const page = { title: 'Cierre', url: 'https://Example.com/cierre?utm_source=x' };
    expect(shareText(page, null)).toBe('Cierre https://Example.com/cierre?utm_source=x');
    expect(shareText(page, { text: 'Ya está: example.com/cierre' })).toBe('Ya está: example.com/cierre');
    expect(shareText(page, { text: 'Dos\nlíneas' })).toBe('Dos\nlíneas\nhttps://Example.com/cierre?utm_source=x');
    expect(shareText({ title: 'Hoy', url: null }, null)).toBe('Hoy');
  });
  it('is the one shared longest ago, those never shared first', () => {
    const [a, b] = [{ id: 'a' }, { id: 'b' }];
    expect(nextVariant([a, b], new Map([['a', 5]]))).toBe(b);
    expect(nextVariant([a, b], new Map([['a', 5], ['b', 9]]))).toBe(a);
    expect(nextVariant([a, b], new Map())).toBe(a);
    expect(nextVariant([], new Map())).toBeNull();
  });
  it('has a title made of its first line', () => {
    expect(titleOf('https://example.com/a\n  Cuánto   cuesta cumplir 🧵\nmás')).toBe('Cuánto cuesta cumplir 🧵');
    expect(titleOf('https://example.com/a')).toBe('https://example.com/a');
    expect(titleOf('palabra '.repeat(40)).length).toBeLessThanOrEqual(100);
  });
});

describe('how shares did', () => {
  const now = Date.UTC(2026, 10, 24);
  const DAY = 86_400_000;
  const share = (itemId: string, days: number, views: number | null, interactions: number | null = null) => ({ itemId, at: now - days * DAY, views, interactions });
  it('is told beside all others, of the last 7 days only, and not before three have figures', () => {
    expect(scoresOf([share('a', 1, 100), share('b', 2, 10)], now).size).toBe(0);
    const scores = scoresOf([share('a', 1, 1000), share('b', 2, 10), share('c', 30, 100), share('d', 40, 100)], now);
    expect([...scores.keys()].sort()).toEqual(['a', 'b']);
    expect(scores.get('a')).toBeGreaterThan(1);
    expect(scores.get('b')).toBeLessThan(-1);
  });
  it('takes interactions where views are not known, and nothing where nothing is', () => {
    const scores = scoresOf([share('a', 1, null, 50), share('b', 2, null, 1), share('c', 3, null, 1), share('d', 1, null, null)], now);
    expect(scores.get('a')).toBeGreaterThan(1);
    expect(scores.has('d')).toBe(false);
    expect(scoresOf([share('a', 1, 7), share('b', 1, 7), share('c', 1, 7)], now).get('a')).toBe(0);
  });
  it('takes in the views of its page beside those of all pages: their mean where both are known', () => {
    const clicks = new Map([['a', 10], ['b', 10], ['c', 10], ['e', 1000]]);
    const shares = [share('a', 1, 1000), share('b', 2, 10), share('c', 30, 100), share('d', 1, 100)];
    const [alone, both] = [scoresOf(shares, now), scoresOf(shares, now, clicks)];
    const pages = scoresOf([], now, clicks);
    expect(both.get('a')).toBeCloseTo(((alone.get('a') ?? 0) + (pages.get('a') ?? 0)) / 2);
    // Only its shares, and only its page.
    expect([both.get('d'), both.get('e')]).toEqual([alone.get('d'), pages.get('e')]);
    expect(pages.get('e')).toBeGreaterThan(1);
    expect(scoresOf([], now, new Map([['a', 10], ['b', 900]])).size).toBe(0);
  });
});

describe('filling slots', () => {
  it('halves freshness every three days for news and every fourteen for the rest', () => {
    expect([freshnessOf(0, true), freshnessOf(3, true), freshnessOf(14, false), freshnessOf(null, true)]).toEqual([200, 100, 100, 0]);
    expect([isNews('Noticias y opiniones'), isNews('News and opinions'), isNews('Artículos de la semana')]).toEqual([true, true, false]);
  });
  it('knows what is alike', () => {
    const of = (text: string) => gramsOf(text);
    expect(likeness(of('Cierre contable: lista'), of('CIERRE contable — lista https://example.com/x'))).toBe(1);
    expect(likeness(of('Cierre contable'), of('Nóminas de junio'))).toBeLessThan(0.2);
    expect(likeness(of(''), of(''))).toBe(0);
  });
  it('says why a slot stays free', () => {
    const why = (one: FillItem, more: Partial<FillSlot> = {}, around: { wall: string; text: string }[] = []) => fill([slot('09:00', more)], [one], { around }).unfilled.map(({ code, params }) => [code, params])[0];
    expect(why(item('a', { theme: 'Otro' }))).toEqual(['no_item', {}]);
    expect(why(item('a', { tier: 'premium' }))).toEqual(['no_item', {}]);
    expect(why(item('a', { expiresOn: '2026-11-23' }))).toEqual(['no_item', {}]);
    expect(why(item('a', { publishedOn: '2026-11-25' }))).toEqual(['no_item', {}]);
    expect(why(item('a', { days: [TODAY - 10] }))).toEqual(['resting', { days: 20 }]);
    // Planned for later counts as much as shared before.
    expect(why(item('a', { days: [TODAY + 10] }))).toEqual(['resting', { days: 40 }]);
    expect(why(item('a', { evergreen: false, days: [TODAY - 400] }))).toEqual(['used', {}]);
    expect(why(item('a'), {}, [{ wall: '2026-11-24T09:15', text: 'Texto de A' }])).toEqual(['similar', { percent: 60 }]);
    expect(why(item('a'), { pick: null })).toEqual(['by_hand', {}]);
    expect(fillSlots({ slots: [slot('09:00')], items: [item('a')], around: [], seed: 0, fits: () => false }).unfilled[0]?.code).toBe('unfit');
  });
  it('takes another text of an item where the next one may not go out or says what stands beside it', () => {
    const two = item('a', { texts: ['Guía del cierre trimestral, paso a paso', 'Lo que Hacienda mira primero'] });
    const fitting = (bad: number) => fillSlots({ slots: [slot('09:00')], items: [two], around: [], seed: 0, fits: (_, text) => text !== two.texts[bad] }).rows[0]?.text;
    expect([fitting(0), fitting(1)]).toEqual([1, 0]);
    const around = [{ wall: '2026-11-24T08:30', text: 'Guía del cierre trimestral, paso a paso' }];
    expect(fill([slot('09:00')], [two], { around }).rows[0]?.text).toBe(1);
    expect(fill([slot('09:00')], [item('b', { texts: [around[0]?.text ?? ''] })], { around }).unfilled[0]?.code).toBe('similar');
  });
  it('puts by hand what rests and is of another theme, never of another tier', () => {
    const tired = item('a', { theme: 'Otro', days: [TODAY - 1] });
    const { rows } = fill([slot('09:00', { pick: 'a' }), slot('09:15', { pick: 'b' })], [tired, item('b', { tier: 'premium' }), item('c', { texts: ['nómina'] }), item('d', { texts: ['factura'] })]);
    expect(rows.map((row) => row.item.id).filter((id) => id === 'a' || id === 'b')).toEqual(['a']);
    expect(rows).toHaveLength(2);
    expect(rows[0]?.rivals.length).toBeGreaterThan(0);
  });
  it('takes the fresher, the better and the more rested, and names who followed', () => {
    const { rows } = fill([slot('09:00')], [item('old', { publishedOn: '2026-08-01' }), item('new', { publishedOn: '2026-11-23' }), item('tired', { publishedOn: '2026-11-23', days: [TODAY - 31] }), item('liked', { publishedOn: '2026-11-23', z7: 1.5, texts: ['otra cosa'] })]);
    expect(rows[0]).toMatchObject({ item: { id: 'liked' }, ageDays: 1, restDays: null, score: { performance: 1.5, rest: 1 } });
    expect(rows[0]?.rivals.map((each) => each.id)).toEqual(['new', 'tired', 'old']);
  });
  it('takes what is in the day\'s campaign before what is fresher, and tells the others what they are outside of', () => {
    const campaigns = [{ id: 'c', name: 'cierre 2026', theme: 'cierre', from: '2026-11-24', to: '2026-11-24', weight: 2 }];
    const items = [item('new', { title: 'Lo de ayer', publishedOn: '2026-11-23', restDays: 1 }), item('ours', { title: 'Guía del cierre', publishedOn: '2026-11-17', restDays: 1, texts: ['otra cosa'] })];
    const slots = [slot('09:00'), { ...slot('09:00'), wall: '2026-11-25T09:00' }];
    expect(fill(slots, items, { campaigns }).rows.map((row) => [row.item.id, row.campaign, row.score.campaign])).toEqual([['ours', { name: 'cierre 2026', inside: true, score: 100 }, 1], ['new', null, 0]]);
    expect(fill([{ ...slot('09:00'), pick: 'new' }], items, { campaigns }).rows[0]).toMatchObject({ campaign: { name: 'cierre 2026', inside: false }, rivals: [{ id: 'ours' }] });
  });
  it('goes on to an item\'s next text when it comes round again', () => {
    const { rows } = fill([slot('09:00'), { ...slot('09:00'), wall: '2026-11-25T09:00' }], [item('a', { restDays: 1, texts: ['uno', 'dos'] })]);
    expect(rows.map((row) => row.text)).toEqual([0, 1]);
  });

  const CAMPAIGNS: Campaign[] = [{ id: 'a', name: 'a', theme: 'noticias', from: '2026-11-24', to: '2026-11-26', weight: 1.5 }, { id: 'b', name: 'b', theme: 'Noticias', from: '2026-11-26', to: '2026-11-27', weight: 2.3 }];
  const THEMES = ['Artículos', 'articulos', 'Noticias', ''];
  const TIERS = ['free', 'premium'];
  const WORDS = ['cierre', 'balance', 'nómina', 'factura', 'plazo', 'curso', 'guía', 'caja'];
  const day = fc.integer({ min: -40, max: 12 });
  const anyItem = fc.record({
    theme: fc.constantFrom(...THEMES), tier: fc.constantFrom(...TIERS), published: fc.option(day), expires: fc.option(day), evergreen: fc.boolean(), restDays: fc.integer({ min: 0, max: 12 }),
    texts: fc.array(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 5 }).map((words) => words.join(' ')), { minLength: 1, maxLength: 3 }), z7: fc.option(fc.double({ min: -4, max: 4, noNaN: true })), days: fc.array(day, { maxLength: 3 }),
  });
  const anySlot = fc.record({ day: fc.integer({ min: 0, max: 6 }), quarter: fc.integer({ min: 0, max: 20 }), theme: fc.constantFrom(...THEMES), tier: fc.constantFrom(...TIERS) });
  const input = fc.record({ items: fc.array(anyItem, { maxLength: 25 }), slots: fc.uniqueArray(anySlot, { maxLength: 40, selector: (each) => `${each.day} ${each.quarter}` }), seed: fc.integer({ min: 0, max: 999_999 }) }).map(({ items, slots, seed }) => ({
    seed,
    items: items.map((each, n): FillItem => ({
      id: `i${n}`, title: `i${n}`, theme: each.theme, tier: each.tier, publishedOn: each.published === null ? null : dayName(TODAY + each.published), expiresOn: each.expires === null ? null : dayName(TODAY + each.expires),
      evergreen: each.evergreen, restDays: each.restDays, texts: each.texts, z7: each.z7, days: each.days.map((offset) => TODAY + offset).sort((a, b) => a - b),
    })),
    slots: slots.map((each): FillSlot => ({ wall: `${dayName(TODAY + each.day)}T${String(8 + Math.floor(each.quarter / 4)).padStart(2, '0')}:${String((each.quarter % 4) * 15).padStart(2, '0')}`, theme: each.theme, tier: each.tier })),
  }));
  it('keeps theme, tier, days and rest, answers the same for the same seed, and its terms add up', () => {
    fc.assert(fc.property(input, ({ items, slots, seed }) => {
      const found = fill(slots, items, { seed, campaigns: CAMPAIGNS });
      expect(fill(slots.toReversed(), items, { seed, campaigns: CAMPAIGNS.toReversed() })).toEqual(found);
      expect(found.rows.length + found.unfilled.length).toBe(slots.length);
      const uses = new Map(items.map((each) => [each.id, [...each.days]]));
      for (const row of found.rows) {
        const wanted = slots.find((each) => each.wall === row.wall);
        const on = row.wall.slice(0, 10);
        expect(row.item.tier).toBe(wanted?.tier);
        if (wanted?.theme !== '') expect(plainWord(row.item.theme)).toBe(plainWord(wanted?.theme ?? ''));
        expect((row.item.publishedOn ?? '') <= on && (row.item.expiresOn ?? '9') >= on).toBe(true);
        const before = uses.get(row.item.id) ?? [];
        if (!row.item.evergreen) expect(before).toEqual([]);
        for (const other of before) expect(Math.abs(other - dayNumber(on))).toBeGreaterThanOrEqual(Math.max(1, row.item.restDays));
        before.push(dayNumber(on));
        const { total, ...terms } = row.score;
        expect(Math.round(total * 100)).toBe(Object.values(terms).reduce((sum, each) => sum + Math.round(each * 100), 0));
        expect(row.rivals.length).toBeLessThanOrEqual(3);
        for (const rival of row.rivals) expect(rival.total).toBeLessThanOrEqual(total + 0.1 + 1e-9);
      }
    }), { numRuns: 150 });
  });
  it('gives every item a seed can reach a turn among equals', () => {
    const equals = ['a', 'b', 'c'].map((id) => item(id, { texts: [`${id}${id}${id}`] }));
    const chosen = new Set(Array.from({ length: 40 }, (_, seed) => fill([slot('09:00')], equals, { seed }).rows[0]?.item.id));
    expect(chosen).toEqual(new Set(['a', 'b', 'c']));
  });
});
