import { describe, expect, it } from 'vitest';
import { foundIn, type PaletteGroup, type PaletteKind } from './paletteFound.ts';

const line = (label: string, keywords?: string, note?: string) => ({ id: label, label, onClick: () => undefined, ...(keywords === undefined ? {} : { keywords }), ...(note === undefined ? {} : { note }) });
const groups: PaletteGroup[] = [
  { group: 'a', kind: 'acts', actions: [line('Pausar envíos'), line('Nueva', 'escribir'), line('Programar en el siguiente hueco', undefined, 'hoy 16:00')] },
  { group: 'b', kind: 'people', actions: [line('Escribir a Ana'), line('Prorrata del IVA sin dolor')] },
];
const names = (typed: string, most = 10, kind: PaletteKind = 'all'): string[][] => foundIn(groups, typed, most, kind).map((each) => [each.group, ...each.actions.map((action) => action.label)]);

describe('the palette', () => {
  it('finds lines by their words before others, without regard to accents, and no more than asked for', () => {
    expect(names('')).toEqual([['a', 'Pausar envíos', 'Nueva', 'Programar en el siguiente hueco'], ['b', 'Escribir a Ana', 'Prorrata del IVA sin dolor']]);
    expect(names('', 2)).toEqual([['a', 'Pausar envíos', 'Nueva']]);
    expect(names('ENVIOS')).toEqual([['a', 'Pausar envíos']]);
    expect(names('escribir', 1)).toEqual([['b', 'Escribir a Ana']]);
    expect(names('nada de esto')).toEqual([]);
  });
  it('keeps its groups in their order, and finds by what is said beside a line', () => {
    expect(names('escribir')).toEqual([['a', 'Nueva'], ['b', 'Escribir a Ana']]);
    expect(names('16:00')).toEqual([['a', 'Programar en el siguiente hueco']]);
  });
  it('takes one word of several where no line has them all', () => {
    expect(names('programar prorr')).toEqual([['a', 'Programar en el siguiente hueco'], ['b', 'Prorrata del IVA sin dolor']]);
    const kept = { group: 'c', kind: 'people' as const, actions: [{ ...line('Buscar en lo guardado', 'programar prorr'), always: true as const }] };
    expect(foundIn([...groups, kept], 'programar prorr', 10).map((each) => each.group)).toEqual(['a', 'b', 'c']);
    expect(names('hueco programar')).toEqual([['a', 'Programar en el siguiente hueco']]);
  });
  it('puts the act or place that is named by what was typed before posts that tell of it, and the search of what is kept after all', () => {
    const told: PaletteGroup[] = [
      { group: 'told', kind: 'people', actions: [line('¿En qué idioma contestáis?')] },
      { group: 'kept', kind: 'people', actions: [{ ...line('Buscar en lo guardado', 'idioma'), always: true }] },
      { group: 'set', kind: 'places', actions: [line('Idioma: Español')] },
    ];
    expect(foundIn(told, 'idioma', 10).map((each) => each.group)).toEqual(['set', 'told', 'kept']);
    expect(foundIn(told, 'guar', 10).map((each) => each.group)).toEqual(['kept']);
  });
  it('limits itself to a kind', () => {
    expect(names('escribir', 10, 'people')).toEqual([['b', 'Escribir a Ana']]);
    expect(names('', 10, 'posts')).toEqual([]);
    // Beside other kinds, what there is hundreds of leaves them room.
    const many: PaletteGroup[] = [{ group: 'p', kind: 'posts', actions: Array.from({ length: 30 }, (_, i) => line(`Cierre ${i}`)) }, { group: 'z', kind: 'places', actions: [line('Cierre de sesión')] }];
    expect(foundIn(many, 'cierre', 20).map((each) => each.actions.length)).toEqual([1, 6]);
    expect(foundIn(many, 'cierre', 20, 'posts').map((each) => each.actions.length)).toEqual([20]);
  });
});
