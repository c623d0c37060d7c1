import { describe, expect, it } from 'vitest';
import { type Campaign, campaignScore, campaignsOf, rangeFault } from './campaign.ts';

const campaign = (name: string, more: Partial<Campaign> = {}): Campaign => ({ id: name, name, theme: 'Artículos', from: '2026-11-20', to: '2026-11-30', weight: 2, ...more });
const on = (day: string, theme: string, ...campaigns: Campaign[]) => campaignsOf(campaigns)({ theme, title: 'Sin más' })(day);

describe('a campaign', () => {
  it('takes items of its theme, however it is spelled, from its first day to its last', () => {
    const cierre = campaign('cierre');
    expect(['2026-11-19', '2026-11-20', '2026-11-30', '2026-12-01'].map((day) => on(day, ' articulos', cierre)?.inside ?? null)).toEqual([null, true, true, null]);
    expect(on('2026-11-25', 'Noticias', cierre)).toEqual({ name: 'cierre', inside: false, score: 0 });
    expect(on('2026-11-25', '', cierre)).toMatchObject({ inside: false });
  });
  it('takes by a label what has its words in the title, whole and in order', () => {
    const titled = (label: string, title: string): boolean | undefined => campaignsOf([campaign('c', { theme: label })])({ theme: 'Cursos', title })('2026-11-25')?.inside;
    expect(['Guía completa del cierre fiscal', '¿CIÉRRE?', 'Los cierres', 'Encierre'].map((title) => titled('cierre', title))).toEqual([true, true, false, false]);
    expect(['Todo el cierre fiscal, hoy', 'Cierre y calendario fiscal'].map((title) => titled('Cierre Fiscal', title))).toEqual([true, false]);
    expect(titled('—', 'Uno — dos')).toBe(false);
  });
  it('of one day is a campaign too', () => {
    expect(on('2026-11-20', 'ARTÍCULOS', campaign('día', { to: '2026-11-20' }))).toEqual({ name: 'día', inside: true, score: 100 });
  });
  it('adds what its weight is over one, in whole hundredths', () => {
    expect([1.1, 1.5, 2, 3, 5].map(campaignScore)).toEqual([10, 50, 100, 200, 400]);
  });
  it('gives way to a heavier one of the same theme; who is in none is told the heaviest', () => {
    const [light, heavy, other] = [campaign('ligera', { weight: 1.5 }), campaign('pesada', { weight: 3, from: '2026-11-25' }), campaign('otra', { theme: 'Noticias' })];
    expect(on('2026-11-26', 'Artículos', light, heavy, other)).toEqual({ name: 'pesada', inside: true, score: 200 });
    expect(on('2026-11-26', 'Artículos', heavy, light)?.name).toBe('pesada');
    expect(on('2026-11-24', 'Artículos', light, heavy)).toEqual({ name: 'ligera', inside: true, score: 50 });
    // One of another theme changes nothing for those that are in one, however heavy it is.
    expect(on('2026-11-26', 'Noticias', light, heavy, other)).toEqual({ name: 'otra', inside: true, score: 100 });
    expect(on('2026-11-26', 'Cursos', light, heavy, other)).toEqual({ name: 'pesada', inside: false, score: 0 });
  });
  it('is at most a leap year long, and ends when it began or later', () => {
    expect([rangeFault('2026-11-20', '2026-11-20'), rangeFault('2028-01-01', '2028-12-31'), rangeFault('2028-01-01', '2029-01-01'), rangeFault('2026-11-20', '2026-11-19')]).toEqual([null, null, 'long', 'order']);
  });
  it('is the same whatever order they are kept in', () => {
    const [a, b] = [campaign('a'), campaign('b')];
    expect(on('2026-11-26', 'Artículos', a, b)).toEqual(on('2026-11-26', 'Artículos', b, a));
  });
});
