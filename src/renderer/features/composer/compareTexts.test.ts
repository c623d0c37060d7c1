import { describe, expect, it } from 'vitest';
import { compareTexts } from './compareTexts.ts';

describe('two texts beside each other', () => {
  it('marks the words that only one of them has, and loses none', () => {
    const [a, b] = compareTexts('Cierre 2026: la lista de 20 puntos\nque usamos', 'Cierre 2025: la lista completa de 20 puntos que usamos hoy');
    expect(a.filter((each) => !each.same).map((each) => each.text.trim())).toEqual(['2026:']);
    expect(b.filter((each) => !each.same).map((each) => each.text.trim())).toEqual(['2025:', 'completa', 'hoy']);
    expect(a.map((each) => each.text).join('')).toBe('Cierre 2026: la lista de 20 puntos\nque usamos');
    expect(compareTexts('', 'algo')).toEqual([[], [{ text: 'algo', same: false }]]);
  });
});
