import { describe, expect, it } from 'vitest';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { EVERYTHING, isRested, MOST_DUE, narrowed, sorted, wordsOf } from './items.ts';

const ZONE = 'Europe/Madrid';
const NOW = Date.parse('2026-11-25T13:05:00Z');
const DAY = 86_400_000;
const item = (id: string, patch: Partial<LibraryItem> = {}): LibraryItem => ({
  id, accountId: 'a', title: id, url: null, summary: '', theme: 'artículos', tier: 'free', publishedOn: null, expiresOn: null, evergreen: false, restDays: 0, notes: '', source: { kind: 'hand', name: '' },
  variants: [], media: [], shares: 0, lastSharedAt: null, nextDueAt: null, views: null, interactions: null, clicks: null, z7: null, link: null, revision: 1, createdAt: NOW, updatedAt: NOW, ...patch,
});
const shared = (days: number, patch: Partial<LibraryItem> = {}): Partial<LibraryItem> => ({ shares: 1, lastSharedAt: NOW - days * DAY, ...patch });
const ids = (items: readonly LibraryItem[]): string[] => items.map((each) => each.id);
const shownBy = (items: readonly LibraryItem[], patch: Partial<typeof EVERYTHING>, search = ''): string[] => ids(narrowed(items, { ...EVERYTHING, ...patch }, wordsOf(search), NOW, ZONE).shown);

describe('what of a library is shown', () => {
  const items = [
    item('nuevo'), item('descansado', shared(40, { evergreen: true, restDays: 30 })), item('reciente', shared(10, { evergreen: true, restDays: 30 })), item('una vez', shared(90)),
    item('caduca', { expiresOn: '2026-12-01' }), item('hoy', { expiresOn: '2026-11-25', tier: 'premium', theme: 'prémium' }), item('caducado', { expiresOn: '2026-11-24' }), item('más tarde', { expiresOn: '2026-12-02' }),
  ];
  it('tells what was never shared, what has rested and what expires in seven days of the account', () => {
    expect(shownBy(items, { view: 'never' })).toEqual(['nuevo', 'caduca', 'hoy', 'caducado', 'más tarde']);
    expect(shownBy(items, { view: 'rested' })).toEqual(['descansado']);
    expect(shownBy(items, { view: 'expiring' })).toEqual(['caduca', 'hoy']);
    expect(shownBy(items, { view: 'expired' })).toEqual(['caducado']);
    expect(isRested(item('', shared(30, { evergreen: true, restDays: 30 })), NOW)).toBe(true);
  });
  it('combines days and what an item is or is not, today and the last day counted', () => {
    const dated = [
      item('hoy', { publishedOn: '2026-11-25', expiresOn: '2026-11-25' }), item('hace 6', { publishedOn: '2026-11-19', expiresOn: '2026-12-01', evergreen: true }), item('hace 7', { publishedOn: '2026-11-18', expiresOn: '2026-12-02' }),
      item('mañana', { publishedOn: '2026-11-26' }), item('con cifras', shared(40, { evergreen: true, restDays: 30, interactions: 0 })), item('programado', { evergreen: true, nextDueAt: NOW + DAY }),
    ];
    expect(shownBy(dated, { published: 7 })).toEqual(['hoy', 'hace 6']);
    expect(shownBy(dated, { expires: 7 })).toEqual(['hoy', 'hace 6']);
    expect(shownBy(dated, { expires: 30, published: 30 })).toEqual(['hoy', 'hace 6', 'hace 7']);
    expect(shownBy(dated, { traits: ['evergreen'], published: 7 })).toEqual(['hace 6']);
    expect(shownBy(dated, { traits: ['evergreen', 'unplanned', 'never'] })).toEqual(['hace 6']);
    expect(shownBy(dated, { traits: ['figures', 'rested'] })).toEqual(['con cifras']);
    expect(narrowed(dated, { ...EVERYTHING, traits: ['evergreen'] }, [], NOW, ZONE).facets.views).toMatchObject({ all: 3, never: 2, rested: 1 });
  });
  it('counts behind each choice what it would show beside the others', () => {
    const { facets, shown } = narrowed(items, { ...EVERYTHING, tier: 'premium' }, [], NOW, ZONE);
    expect(ids(shown)).toEqual(['hoy']);
    expect(Object.fromEntries(facets.tiers)).toEqual({ free: 7, premium: 1 });
    expect(Object.fromEntries(facets.themes)).toEqual({ artículos: 0, prémium: 1 });
    expect(facets.views).toEqual({ all: 1, never: 1, rested: 0, expiring: 1, expired: 0, broken: 0 });
  });
  it('is found by words of its title, address, texts and notes, without regard to accents', () => {
    const found = [item('Guía del cierre', { url: 'https://cuentaclara.example.com/premium/iva', notes: 'revisar en enero', variants: [{ id: 'v', text: '¿Cierras en diciembre?' }] })];
    for (const search of ['guia CIERRE', 'premium/iva', 'enero', 'diciembre cierras']) expect(shownBy(found, {}, search), search).toHaveLength(1);
    expect(shownBy(found, {}, 'cierre febrero')).toEqual([]);
  });
});

describe('the order of a library', () => {
  const order = (items: readonly LibraryItem[], by = MOST_DUE): string[] => ids(sorted(items, by, ['free', 'premium'], NOW, ZONE, 'es'));
  it('puts first what is most due, and last what is planned, resting or expired', () => {
    expect(order([
      item('caducado', { expiresOn: '2026-11-01' }), item('descansa', shared(5, { evergreen: true, restDays: 30 })), item('programado', { nextDueAt: NOW + DAY }),
      item('viejo', { publishedOn: '2026-01-01' }), item('caduca', { publishedOn: '2026-11-24', expiresOn: '2026-11-27' }), item('de ayer', { publishedOn: '2026-11-24' }),
    ])).toEqual(['caduca', 'de ayer', 'viejo', 'programado', 'descansa', 'caducado']);
  });
  it('keeps what has no figure at the end, either way', () => {
    const items = [item('sin'), item('poco', { views: 3 }), item('mucho', { views: 40 })];
    expect(order(items, { by: 'views', down: true })).toEqual(['mucho', 'poco', 'sin']);
    expect(order(items, { by: 'views', down: false })).toEqual(['poco', 'mucho', 'sin']);
    expect(order([item('Ñu'), item('nudo'), item('Óleo'), item('oca')], { by: 'title', down: false })).toEqual(['nudo', 'Ñu', 'oca', 'Óleo']);
  });
});
