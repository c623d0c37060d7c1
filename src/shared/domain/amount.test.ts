import { describe, expect, it } from 'vitest';
import { parseAmount } from './amount.ts';

describe('an amount', () => {
  it.each([
    ['5,5', 'es', 5.5], ['5.5', 'es', 5.5], ['1.000', 'es', 1000], ['1,000', 'en', 1000], ['1,5', 'en', 1.5], ['1.234,50', 'es', 1234.5], ['1,234.50', 'en', 1234.5], ['20', 'es', 20], ['20 USD', 'es', 20], ['', 'es', null], ['  ', 'en', null],
  ] as const)('%s in %s is %s', (text, lang, value) => expect(parseAmount(text, lang)).toBe(value));
  it.each(['x', '-3', '1e3', ',5', '5,5,5x'])('%s is none', (text) => expect(parseAmount(text, 'es')).toBeUndefined());
});
