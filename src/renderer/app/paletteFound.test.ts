import { describe, expect, it } from 'vitest';
import { foundIn } from './paletteFound.ts';

const line = (label: string, keywords?: string) => ({ id: label, label, onClick: () => undefined, ...(keywords === undefined ? {} : { keywords }) });
const names = (typed: string, most = 10): string[][] => foundIn([{ group: 'a', actions: [line('Pausar envíos'), line('Nueva', 'escribir')] }, { group: 'b', actions: [line('Escribir a Ana')] }], typed, most).map((each) => [each.group, ...each.actions.map((action) => action.label)]);

describe('the palette', () => {
  it('finds lines by their words before others, without regard to accents, and no more than asked for', () => {
    expect(names('')).toEqual([['a', 'Pausar envíos', 'Nueva'], ['b', 'Escribir a Ana']]);
    expect(names('', 2)).toEqual([['a', 'Pausar envíos', 'Nueva']]);
    expect(names('ENVIOS')).toEqual([['a', 'Pausar envíos']]);
    expect(names('escribir')).toEqual([['b', 'Escribir a Ana'], ['a', 'Nueva']]);
    expect(names('nada de esto')).toEqual([]);
  });
});
