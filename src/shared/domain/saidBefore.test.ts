import { describe, expect, it } from 'vitest';
import { markOf, mayBeSaid, saidForm, saidPercent, shareOf } from './saidBefore.ts';
import { trigramsOf } from './trigrams.ts';

const LIST = 'Cierre 2026 sin sobresaltos: la lista de 20 comprobaciones que usamos en la redacción https://cuentaclara.example.com/suscriptores/cierre-2026';

describe('said before', () => {
  it('takes case, white space, escapes, mentions in front and visit counters for nothing', () => {
    expect(saidPercent('@ana  Plazos &amp; modelos\nde enero', 'plazos & modelos de ENERO')).toBe(100);
    expect(saidPercent(LIST, `${LIST}?utm_source=x&utm_medium=social#arriba`)).toBe(100);
    expect(saidForm('  ')).toBe('');
    expect(saidPercent('', '')).toBeNull();
  });
  it('says near what shares more than 80 % of its trigrams, and never rounds it up to the same', () => {
    const near = saidPercent(LIST, LIST.replace('usamos', 'tenemos'));
    expect(near).toBeGreaterThan(80);
    expect(near).toBeLessThan(100);
    const long = Array.from({ length: 150 }, (_, i) => `n${i}`).join(' ');
    expect(saidPercent(long, `${long}x`)).toBe(99);
    expect(saidPercent(LIST, 'Cierre 2026 sin sobresaltos: hoy a las 12, consultorio en directo con la redacción https://cuentaclara.example.com/directo')).toBeNull();
  });
  it('tells one page from another of the same site, and does not judge a few words', () => {
    expect(saidPercent('Nueva reseña: https://cuentaclara.example.com/resenas/deuda', 'Nueva reseña: https://cuentaclara.example.com/resenas/crecimiento')).toBeNull();
    expect(saidPercent('Buenos días', 'Buenos días!')).toBeNull();
    expect(saidPercent('Buenos días', 'buenos días')).toBe(100);
  });
  it('lets no near text slip by its mark: brute force over texts that lose, gain and change words', () => {
    let seed = 7;
    const random = (most: number): number => (seed = Math.imul(seed, 48_271) >>> 0) % most;
    const words = Array.from({ length: 300 }, () => Array.from({ length: 3 + random(8) }, () => 'aeiorstnlcdmpubg'[random(16)]).join(''));
    const word = (): string => words[random(words.length)] ?? '';
    let near = 0;
    let passed = 0;
    for (let i = 0; i < 3000; i += 1) {
      const text = Array.from({ length: 8 + random(30) }, word);
      const other = i % 2 === 0 ? text.map((each) => (random(14) === 0 ? word() : each)) : Array.from({ length: text.length }, word);
      const [a, b] = [text, other].map((each) => trigramsOf(saidForm(each.join(' '))));
      if (!a || !b) continue;
      const may = mayBeSaid(markOf(a), markOf(b));
      if (shareOf(a, b) > 0.8) {
        near += 1;
        expect(may).toBe(true);
      } else if (may) passed += 1;
    }
    expect(near).toBeGreaterThan(300);
    // The mark is worth its while: what is not near seldom gets past it.
    expect(passed).toBeLessThan(600);
  });
});
