import { describe, expect, it } from 'vitest';
import { metricDay, metricReads } from './measurement.ts';

const DAY = 86_400_000;

describe('the ages at which figures are read', () => {
  it('are one, three and seven days; whoever was away reads the newest alone, and after two weeks none', () => {
    const at = (days: number): number | null => metricDay(0, days * DAY);
    expect([0.99, 1, 2.99, 3, 6.99, 7, 13.99, 14].map(at)).toEqual([null, 1, 1, 3, 3, 7, 7, null]);
  });
  it('are forecast where they fall, with what is late and can still be read', () => {
    expect(metricReads(0, 0, 7 * DAY)).toEqual([1, 3]);
    expect(metricReads(0, 2 * DAY, 9 * DAY)).toEqual([1, 3, 7]);
    expect(metricReads(0, 3 * DAY, 10 * DAY)).toEqual([3, 7]);
    expect(metricReads(0, 14 * DAY, 21 * DAY)).toEqual([]);
    expect(metricReads(5 * DAY, 0, 7 * DAY)).toEqual([1]);
  });
});
