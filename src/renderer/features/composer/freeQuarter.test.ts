import { describe, expect, it } from 'vitest';
import { freeQuarter } from './freeQuarter.ts';

const at = (time: string): number => Date.parse(`2026-11-25T${time}:00Z`);

describe('the time a new post is proposed for', () => {
  it('is the next quarter that leaves ten minutes', () => {
    expect(freeQuarter(at('09:58'), [])).toBe(at('10:15'));
    expect(freeQuarter(at('10:04'), [])).toBe(at('10:15'));
    expect(freeQuarter(at('10:06'), [])).toBe(at('10:30'));
  });
  it('passes over quarters in which something goes out, at any of their minutes', () => {
    expect(freeQuarter(at('10:04'), [at('10:15'), at('10:37')])).toBe(at('10:45'));
    expect(freeQuarter(at('10:04'), [at('10:14'), at('10:30')])).toBe(at('10:15'));
  });
  it('goes on into the next day when the evening is full', () => {
    const evening = Array.from({ length: 8 }, (_, i) => at('22:00') + i * 15 * 60_000);
    expect(freeQuarter(at('21:50'), evening)).toBe(Date.parse('2026-11-26T00:00:00Z'));
  });
});
