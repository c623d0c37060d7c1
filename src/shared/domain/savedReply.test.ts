import { describe, expect, it } from 'vitest';
import { sharedWords } from './alike.ts';
import { fillReply, unknownVariables, variableList } from './savedReply.ts';

describe('variables of a saved reply', () => {
  it('are named when they are none: in any language, with accents, blanks or a fallback', () => {
    expect(unknownVariables('Hola, {apellido}: llama al {número} o al {número}, {hora|luego}, { name }, {mi empresa}')).toEqual(['{apellido}', '{número}', '{hora}', '{name}', '{mi empresa}']);
    expect(unknownVariables('{name|qué tal} {handle} {route} {url} {phone} {hours} {url|la web}')).toEqual([]);
    expect(unknownVariables('{nombre|qué tal} {usuario} {canal} {enlace} {teléfono} {horario}')).toEqual([]);
    expect(unknownVariables(':-} {} {1} {…} { } {|x}')).toEqual([]);
    expect(unknownVariables('{Name}')).toEqual(['{Name}']);
    expect([variableList(['name', 'handle'], 'en'), variableList(['name', 'handle'], 'es')]).toEqual(['{name}, {handle}', '{nombre}, {usuario}']);
  });
  it('say the same in both languages, and one without a value is told by one name', () => {
    const values = { name: 'Inés', phone: '' };
    for (const text of ['Hola, {name}: {phone|900}', 'Hola, {nombre}: {teléfono|900}']) expect(fillReply(text, values).text).toBe('Hola, Inés: 900');
    expect(fillReply('Llama al {teléfono}', values)).toMatchObject({ text: 'Llama al {teléfono}', missing: ['phone'] });
  });
  it('stay visible and stop the sending where an older reply has one with an accent', () => {
    expect(fillReply('Llama al {número}', {})).toMatchObject({ text: 'Llama al {número}', missing: ['número'] });
    expect(fillReply('Llama al {número|900}', {}).text).toBe('Llama al 900');
  });
});

describe('what a message is about', () => {
  it('is shared where enough words are the same, whatever their accents', () => {
    expect(sharedWords('@CuentaClara llevo dos días intentando descargar el pack de modelos y me da error 500', 'Me da error al descargar el pack')).toEqual(['descargar', 'pack', 'error']);
    expect(sharedWords('la declaración del modelo 303', 'la declaracion del MODELO va mal')).toEqual(['declaracion', 'modelo']);
  });
  it('is not where only greetings, links or one word are the same', () => {
    expect(sharedWords('Hola, gracias por todo', 'Hola, muchas gracias por todo')).toEqual([]);
    expect(sharedWords('error en la factura', 'error al entrar')).toEqual([]);
    expect(sharedWords('mira https://cuentaclara.example.com/uno', 'mirad https://cuentaclara.example.com/uno')).toEqual([]);
    expect(sharedWords('', '')).toEqual([]);
  });
});
