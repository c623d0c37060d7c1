import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLines, tierOfWord, wallOfWord } from './bulk.ts';
import { compareIds, snowflakeAt, snowflakeTime } from './ids.ts';
import { publishUsd } from './price.ts';
import { entitiesOf, isBlank, normaliseText, weightedLength } from './text.ts';
import { canonicalUrl, proposeTier } from './tierByLink.ts';
import { instantToWall, wallToInstant } from './time.ts';
import { DEFAULT_POLICY } from './types.ts';

describe('text length and entities', () => {
  it.each([
    ['', 0], ['hola', 4], ['https://example.com/a/very/long/path/indeed', 23], ['example.com', 23], ['😀', 2], ['👩🏽‍🤝‍👨🏻', 2], ['日本', 4], ['€', 2], ['e\u0301', 1],
  ])('weighs %j as %i', (text, weight) => expect(weightedLength(text)).toBe(weight));
  it('counts a long text by its words as it counts it whole, and finds the same in it', () => {
    const words = ['hola', 'https://example.com/a?b=c.d', 'example.com.', '#uno', '@dos,', '日本。', '3.5', '👩🏽‍🤝‍👨🏻', 'e\u0301', '«x»', 'a.b.c.example.com', 'fin...', '\u3000'];
    fc.assert(fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 }), fc.constantFrom(' ', '\n', '  \t'), (some, between) => {
      const short = some.join(between);
      const long = Array.from({ length: Math.ceil(600 / short.length) }, () => short).join(between);
      const times = (long.length + between.length) / (short.length + between.length);
      expect(weightedLength(long)).toBe(weightedLength(short) * times + between.length * (times - 1));
      expect(entitiesOf(long).map((each) => each.value)).toEqual(Array.from({ length: times }, () => entitiesOf(short).map((each) => each.value)).flat());
      for (const { start, end, value } of entitiesOf(long)) expect([...long].slice(start, end).join('')).toContain(value);
    }));
  });
  it('is not stood still by a chain of hosts: a word that is no address is counted, one that is stays a link', () => {
    for (const chain of ['日.'.repeat(49_900), 'a.'.repeat(12_500), `${'日'.repeat(11_000)}. `.repeat(2), `${'日'.repeat(119)}.`.repeat(210), `${`${'日'.repeat(29)}.`.repeat(20)} `.repeat(40)]) {
      expect(weightedLength(chain)).toBe([...chain].reduce((sum, char) => sum + (char > '\u10ff' ? 2 : 1), 0));
      expect(entitiesOf(chain)).toEqual([]);
    }
    const address = `https://example.com/${'a.'.repeat(700)}`;
    expect([weightedLength(`Lee ${address} hoy`), entitiesOf(`Lee ${address} hoy`)]).toEqual([31, [{ kind: 'url', start: 4, end: 4 + address.length, value: address }]]);
  });
  it('counts entity offsets in code points', () => {
    expect(entitiesOf('😀 #uno @dos $TRES')).toEqual([
      { kind: 'hashtag', start: 2, end: 6, value: 'uno' },
      { kind: 'mention', start: 7, end: 11, value: 'dos' },
      { kind: 'cashtag', start: 12, end: 17, value: 'TRES' },
    ]);
  });
  it('makes the sent and the returned form of one post the same', () => {
    expect(normaliseText('Impuestos &amp; tasas   https://t.co/abc')).toBe(normaliseText('impuestos & tasas https://example.com/x?y=1'));
  });
  it('sees nothing in what is not drawn, and something in every emoji', () => {
    for (const blank of ['', ' \n\t', '\u200b\u200c\u200d', '\ufeff', '\u2060', '\ufe0f\ufe0e', '\u{e0041}\u{e007f}', '\u3164', '\uffa0\u115f\u1160', '\u00ad\u034f', '\u202a\u2066\u2069', '\0\u001b', '\u2800', '\u180e\u17b4', '\u{1d173}']) {
      expect(isBlank(blank), JSON.stringify(blank)).toBe(true);
    }
    for (const seen of ['.', '\u200bx', '❤️', '👩🏽‍🤝‍👨🏻', '🏴\u{e0067}\u{e007f}', '\u0301', 'ㅤa']) expect(isBlank(seen), seen).toBe(false);
  });
});

describe('price and tier by link', () => {
  it('prices a bare host as a link', () => {
    expect(publishUsd('sin enlace')).toBe(0.015);
    expect(publishUsd('ver example.com')).toBe(0.2);
  });
  it('evens out addresses', () => {
    expect(canonicalUrl('HTTPS://Example.com:443/a?utm_source=x&b=2&a=1#top')).toBe('https://example.com/a?a=1&b=2');
    expect(canonicalUrl('javascript:alert(1)')).toBeNull();
  });
  it('proposes by the first rule that fits', () => {
    const rules = [{ pattern: 'example.com/premium/*', tier: 'premium' }, { pattern: 'example.com', tier: 'free' }];
    expect(proposeTier('lee https://example.com/premium/irpf', rules)).toBe('premium');
    expect(proposeTier('lee https://example.com/articulos/iva', rules)).toBe('free');
    expect(proposeTier('lee https://example.community/x', rules)).toBeNull();
    expect(proposeTier('nada', rules)).toBeNull();
  });
});

describe('wall time', () => {
  it('moves a time in the spring gap forward and takes the first of a repeated hour', () => {
    expect(instantToWall(wallToInstant('2026-03-29T02:30', 'Europe/Madrid'), 'Europe/Madrid')).toBe('2026-03-29T03:30');
    for (const zone of ['Europe/Madrid', 'America/New_York']) {
      const day = zone === 'Europe/Madrid' ? '2026-10-25T02:30' : '2026-11-01T01:30';
      const at = wallToInstant(day, zone);
      expect(instantToWall(at + 3_600_000, zone)).toBe(day);
    }
  });
});

describe('bulk words', () => {
  it('reads dates as people write them', () => {
    expect(wallOfWord('24/11/2026 09:30', 'auto', 'Europe/Madrid')).toBe('2026-11-24T09:30');
    expect(wallOfWord('11/24/2026 9:30 pm', 'auto', 'Europe/Madrid')).toBe('2026-11-24T21:30');
    expect(wallOfWord('03/04/2026 9.05', 'auto', 'Europe/Madrid')).toBe('2026-04-03T09:05');
    expect(wallOfWord('03/04/2026 9.05', 'mdy', 'Europe/Madrid')).toBe('2026-03-04T09:05');
    expect(wallOfWord('2026-11-24 09:30', 'auto', 'Europe/Madrid')).toBe('2026-11-24T09:30');
    for (const bad of ['31/02/2026 10:00', 'mañana', '24/11/2026', '24/11/2026 25:00', '0026-11-24 09:30', '']) expect(wallOfWord(bad, 'auto', 'Europe/Madrid')).toBeNull();
  });
  it('reads an instant as an instant, on the clocks of the account', () => {
    const at = (word: string, zone = 'Europe/Madrid') => wallOfWord(word, 'auto', zone);
    expect(at('2026-11-24T09:30')).toBe('2026-11-24T09:30');
    expect(at('2026-11-24T09:30Z')).toBe('2026-11-24T10:30');
    expect(at('2026-07-24t09:30:15.250z')).toBe('2026-07-24T11:30');
    expect(at('2026-11-24 09:30 UTC')).toBe('2026-11-24T10:30');
    for (const offset of ['+02:00', '+0200', '+02', ' +02:00']) expect(at(`2026-11-24T09:30:00${offset}`)).toBe('2026-11-24T08:30');
    expect(at('2026-12-31T22:30-05:30', 'America/New_York')).toBe('2026-12-31T23:00');
    expect(at('2026-12-31T23:30-05:30')).toBe('2027-01-01T06:00');
    // The hour that comes twice: its first is what the wall time means, its second is no wall time.
    expect([at('2026-10-25T00:30Z'), at('2026-10-25T01:30Z')]).toEqual(['2026-10-25T02:30', null]);
    for (const bad of ['2026-11-24T09:30+15:00', '2026-11-24T09:30+02:99', '2026-11-24T09:30 CET', '2026-11-24T09:30+2', '2026-02-31T09:30Z']) expect(at(bad), bad).toBeNull();
  });
  it('reads tier words in both languages', () => {
    for (const word of ['premium', 'Prémium', 'P']) expect(tierOfWord(word, DEFAULT_POLICY)).toBe('premium');
    for (const word of ['gratis', 'FREE', 'g', 'F']) expect(tierOfWord(word, DEFAULT_POLICY)).toBe('free');
    expect(tierOfWord('otro', DEFAULT_POLICY)).toBeNull();
  });
  it('leaves blank lines out and keeps the line numbers', () => {
    expect(parseLines('uno\r\n\r\n  dos ').map((row) => [row.line, row.text])).toEqual([[1, 'uno'], [3, 'dos']]);
  });
});

describe('snowflakes', () => {
  it('orders and dates them', () => {
    const id = snowflakeAt(1_790_000_000_000);
    expect(snowflakeTime(id)).toBe(1_790_000_000_000);
    expect(compareIds('99', '100')).toBeLessThan(0);
    expect(snowflakeTime('no')).toBeNull();
  });
});
