import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeUrl, mayReply } from './intent.ts';
import { weightedLength } from './text.ts';
import { splitIntoParts } from './thread.ts';

describe('splitting a text into a thread', () => {
  it('cuts at paragraphs and sentences before words', () => {
    const one = `${'a'.repeat(100)}.\n\n${'b'.repeat(120)}. ${'c'.repeat(150)}.`;
    expect(splitIntoParts(one, 280)).toEqual([`${'a'.repeat(100)}.`, `${'b'.repeat(120)}. ${'c'.repeat(150)}.`]);
  });
  it('keeps every word, in order, in parts that X takes', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.lorem({ maxCount: 12, mode: 'sentences' }), fc.constant('https://example.com/a/b?c=d'), fc.constant('👩‍🚀🇪🇸'), fc.constant('\n\n')), { maxLength: 40 }), (pieces) => {
        const text = pieces.join(' ');
        const parts = splitIntoParts(text, 280);
        for (const part of parts) expect(weightedLength(part)).toBeLessThanOrEqual(280);
        expect(parts.join('').replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
      }),
      { numRuns: 300 },
    );
  });
  it('cuts a word that has no seam', () => {
    expect(splitIntoParts('x'.repeat(600), 280).map((part) => part.length)).toEqual([280, 280, 40]);
  });
});
describe('what is done by hand', () => {
  it('keeps the text whole in the address', () => {
    expect(new URL(composeUrl({ text: 'a & b #ñ\n2', replyToId: '12' })).searchParams.get('text')).toBe('a & b #ñ\n2');
  });
  it('replies by the API only to who mentions us or to ourselves', () => {
    expect(mayReply({ author: { username: 'otra' }, entities: [{ kind: 'mention', display: '@Marca' }] }, 'marca')).toBe(true);
    expect(mayReply({ author: { username: 'MARCA' }, entities: [] }, 'marca')).toBe(true);
    expect(mayReply({ author: { username: 'otra' }, entities: [], quoted: { author: { username: 'Marca' } } }, 'marca')).toBe(true);
    expect(mayReply({ author: { username: 'otra' }, entities: [], quoted: { author: { username: 'tercera' } } }, 'marca')).toBe(false);
    expect(mayReply({ author: { username: 'otra' }, entities: [{ kind: 'url', display: 'marca' }] }, 'marca')).toBe(false);
  });
});
