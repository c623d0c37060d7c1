import { describe, expect, it } from 'vitest';
import { type ColumnFilter, type Filterable, filterTest, isNoFilter, NO_FILTER, parseTerm, searchExpression, wordsOf } from './columnFilter.ts';

const post = (text: string, more: Partial<Filterable> = {}): Filterable => ({ text, words: () => wordsOf(text), lang: 'es', people: ['hugolarra'], numbers: () => ({ likes: 3, reposts: 1, media: false }), ...more });
const passes = (filter: Partial<ColumnFilter>, text: string | Filterable, mutes: string[] = []): boolean =>
  filterTest({ ...NO_FILTER, ...filter }, mutes, (source) => (given) => new RegExp(source, 'iu').test(given))?.(typeof text === 'string' ? post(text) : text) ?? true;

describe('a column filter', () => {
  it('finds words whole, without accents or capitals, and keeps ñ a letter of its own', () => {
    expect(passes({ include: ['camion'] }, 'El Camión azul')).toBe(true);
    expect(passes({ include: ['renta'] }, 'rentable')).toBe(false);
    expect(passes({ include: ['ano'] }, 'El año que viene')).toBe(false);
    expect(passes({ include: ['AÑO'] }, 'el an\u0303o')).toBe(true);
    expect(passes({ include: ['iva'] }, '¿#IVA?')).toBe(true);
  });
  it('shows some people alone, or all but some, whoever wrote it or reposted it', () => {
    const test = (mode: 'only' | 'except', names: string[]) => filterTest({ ...NO_FILTER, people: { mode, names } }, [], () => () => false);
    const shared = post('visto', { people: ['amiga', 'HugoLarra'] });
    expect([test('only', ['hugolarra'])?.(shared), test('only', ['otro'])?.(shared), test('except', ['hugolarra'])?.(shared), test('except', ['otro'])?.(shared)]).toEqual([true, false, false, true]);
    expect([test('only', []), isNoFilter({ ...NO_FILTER, people: { mode: 'only', names: ['x'] } })]).toEqual([null, false]);
  });
  it('finds phrases in their order, signs as they are, and people by name', () => {
    expect(passes({ include: ['«no entiendo»'] }, 'Yo no entiendo nada')).toBe(true);
    expect(passes({ include: ['"no entiendo"'] }, 'entiendo, no')).toBe(false);
    expect(passes({ exclude: ['🎁'] }, 'Sorteo 🎁')).toBe(false);
    expect(passes({ exclude: ['@HugoLarra'] }, 'hola')).toBe(false);
    expect(passes({ exclude: ['@otra'] }, 'hola @otra')).toBe(true);
  });
  it('asks for one of what matches and for none of what is excluded or muted', () => {
    expect(passes({ include: ['duda', 'ayuda'], exclude: ['sorteo'] }, 'Ayuda con la renta')).toBe(true);
    expect(passes({ include: ['duda', 'ayuda'], exclude: ['sorteo'] }, 'Ayuda: sorteo')).toBe(false);
    expect(passes({}, 'curso gratis', ['curso gratis'])).toBe(false);
    expect(passes({ include: ['/\\d{3} €/'] }, 'Son 212 €')).toBe(true);
  });
  it('knows language, media and numbers', () => {
    expect(passes({ lang: 'en' }, 'hola')).toBe(false);
    expect(passes({ media: true }, 'hola')).toBe(false);
    expect(passes({ minLikes: 3, minReposts: 1 }, 'hola')).toBe(true);
    expect(passes({ minLikes: 4 }, 'hola')).toBe(false);
  });
  it('is no test at all when nothing is left out', () => {
    expect(filterTest({ ...NO_FILTER, include: ['  ', '""'] }, [], () => () => true)).toBeNull();
    expect(parseTerm('//')).toEqual({ kind: 'sign', text: '//' });
  });
});

describe('a search in what is stored', () => {
  it('quotes every word and takes the last one as a beginning', () => {
    expect(searchExpression('cierre fis')).toBe('"cierre" "fis" *');
    expect(searchExpression('"cierre fiscal" IVA')).toBe('"cierre fiscal" "IVA" *');
    expect(searchExpression('vitamina C')).toBe('"vitamina" "C"');
    expect(searchExpression('IVA "cierre fiscal"')).toBe('"IVA" "cierre fiscal"');
  });
  it('leaves nothing of a program in what is typed', () => {
    expect(searchExpression('text:x OR NEAR(a, 2) -b ^c *')).toBe('"text" "x" "OR" "NEAR" "a" "2" "b" "c"');
    expect(searchExpression('"uno')).toBe('"uno" *');
    expect(searchExpression(' -- "" * ')).toBeNull();
  });
});
