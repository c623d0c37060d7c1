import { describe, expect, it } from 'vitest';
import { NO_STYLE, type Styled, styleFindings } from './houseStyle.ts';

const post = (text: string, more: Partial<Styled> = {}): Styled => ({ kind: 'post', texts: [text], tier: 'free', counts: true, ...more });
const codes = (of: Styled, style: Partial<typeof NO_STYLE>): string[] => styleFindings(of, { ...NO_STYLE, ...style }).map((each) => each.code);

describe('the house style', () => {
  it('asks nothing of an account without one, but that X takes one cashtag', () => {
    expect(codes(post('Lo que sea #a #b #c http://example.org'), {})).toEqual([]);
    expect(codes(post('$IBEX y $DAX'), {})).toEqual(['cashtags']);
  });
  it('finds banned words whole, whatever their case and accents, and never inside another', () => {
    const style = { banned: ['gratis total', 'chollo'] };
    expect(codes(post('¡CHÓLLO del día!'), style)).toEqual(['banned']);
    expect(codes(post('Es Gratis Total, dicen'), style)).toEqual(['banned']);
    expect(codes(post('cholloteca abierta'), style)).toEqual([]);
  });
  it('wants the disclaimer of its tier alone, anywhere in a thread', () => {
    const style = { required: 'Publicidad', requiredTier: 'premium' };
    expect(codes(post('Guía completa'), style)).toEqual([]);
    expect(codes(post('Guía completa', { tier: 'premium' }), style)).toEqual(['required']);
    expect(codes(post('', { tier: 'premium', texts: ['Guía completa', 'publicidad · 2/2'] }), style)).toEqual([]);
    expect(codes(post('Una respuesta', { kind: 'reply', counts: false, tier: 'premium' }), style)).toEqual([]);
  });
  it('wants the signature at the very end, of answers or of all', () => {
    expect(codes(post('Hola ^MB', { kind: 'reply' }), { signature: '^MB' })).toEqual([]);
    expect(codes(post('^MB hola', { kind: 'reply' }), { signature: '^MB' })).toEqual(['signature']);
    expect(codes(post('Hola'), { signature: '^MB' })).toEqual([]);
    expect(codes(post('Hola'), { signature: '^MB', signatureOn: 'all' })).toEqual(['signature']);
    expect(codes(post('Hola', { kind: 'repost' }), { signature: '^MB', signatureOn: 'all' })).toEqual([]);
  });
  it('counts hashtags by part, and knows an open address', () => {
    expect(codes(post('#uno #dos'), { mostHashtags: 1 })).toEqual(['hashtags']);
    expect(codes(post('', { texts: ['#uno', '#dos'] }), { mostHashtags: 1 })).toEqual([]);
    expect(codes(post('mira http://example.org/a'), { httpsOnly: true })).toEqual(['http']);
    expect(codes(post('mira example.org/a y https://example.org'), { httpsOnly: true })).toEqual([]);
  });
});
