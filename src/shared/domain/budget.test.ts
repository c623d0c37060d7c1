import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAP_STAGES, capStage, mayRead } from './budget.ts';

describe('the cap of the month', () => {
  it('stops home and search first, then mentions, publishing last', () => {
    const at = (spentUsd: number, reserveUsd = 0): string => capStage({ capUsd: 100, spentUsd, reserveUsd });
    expect([at(0), at(79.9), at(80), at(90), at(99.99), at(100)]).toEqual(['fine', 'fine', 'warn', 'noHome', 'noHome', 'noPublish']);
    expect([at(10, 90), at(10, 80), at(10, 70)]).toEqual(['noMentions', 'noHome', 'warn']);
    expect(capStage({ capUsd: null, spentUsd: 1e6, reserveUsd: 0 })).toBe('none');
    expect((['home', 'search', 'mentions', 'own'] as const).map((kind) => mayRead('noHome', kind))).toEqual([false, false, true, true]);
    expect(mayRead('noMentions', 'mentions')).toBe(false);
  });
  it('never goes back a stage as money is spent or promised, and never lets reads eat the reserve', () => {
    const usd = fc.double({ min: 0, max: 1000, noNaN: true });
    fc.assert(
      fc.property(usd, usd, usd, usd, usd, (capUsd, spentUsd, reserveUsd, more, promised) => {
        const before = capStage({ capUsd, spentUsd, reserveUsd });
        const after = capStage({ capUsd, spentUsd: spentUsd + more, reserveUsd: reserveUsd + promised });
        expect(CAP_STAGES.indexOf(after)).toBeGreaterThanOrEqual(CAP_STAGES.indexOf(before));
        if (spentUsd + reserveUsd >= capUsd) expect(mayRead(before, 'mentions')).toBe(false);
      }),
    );
  });
});
