import { describe, expect, it } from 'vitest';
import { type CalendarFilter, type Filtered, isOn, NO_FILTER, passes, themeAt, themesOf } from './filter.ts';

const post: Filtered = { tier: 'premium', state: 'held', theme: 'Reseñas de investigación', text: 'Guía completa del cierre fiscal' };
const by = (filter: Partial<CalendarFilter>, each: Partial<Filtered> = {}): boolean => passes({ ...NO_FILTER, ...filter }, { ...post, ...each });

describe('the filter of the calendar', () => {
  it('asks for nothing until something is asked, and then for all of it', () => {
    expect(isOn(NO_FILTER)).toBe(false);
    expect(isOn({ ...NO_FILTER, words: '  ' })).toBe(false);
    expect(by({})).toBe(true);
    expect(by({ tiers: ['premium', 'free'] })).toBe(true);
    expect(by({ tiers: ['premium'], states: ['scheduled'] })).toBe(false);
    expect(by({ tiers: ['premium'] }, { tier: null })).toBe(false);
    expect(by({ states: ['empty'] }, { state: 'empty' })).toBe(true);
    expect(by({ theme: 'Noticias' })).toBe(false);
  });
  it('finds words in any order whatever their accents, in the text and in the theme', () => {
    expect(by({ words: 'FISCAL guia' })).toBe(true);
    expect(by({ words: 'resenas guía' })).toBe(true);
    expect(by({ words: 'guía 2027' })).toBe(false);
  });
  it('gives a post the theme of the slot it stands in', () => {
    const themes = themesOf({ days: Array.from({ length: 7 }, (_, i) => (i === 2 ? [{ time: '09:00', theme: 'Reseñas', tier: 'free' }] : [])) });
    expect(themeAt(themes, '2026-11-25T09:00')).toBe('Reseñas');
    expect(themeAt(themes, '2026-11-26T09:00')).toBe('');
    expect(themeAt(themes, '2026-11-25T09:05')).toBe('');
    expect(themeAt(themes, null)).toBe('');
  });
});
