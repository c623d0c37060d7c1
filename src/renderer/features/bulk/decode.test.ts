import { describe, expect, it } from 'vitest';
import { decodeText } from './decode.ts';

const text = 'texto;tipo;hora\nMañana a las 10 — €;gratis;25/11/2026 10:00\n';
const bytes1252 = Uint8Array.from(Array.from(text, (letter) => (letter === '€' ? 0x80 : letter === '—' ? 0x97 : letter.charCodeAt(0))));

describe('a file\'s text', () => {
  it('is read as UTF-8, with or without its mark', () => {
    expect(decodeText(new TextEncoder().encode(text))).toEqual({ text, encoding: 'utf-8' });
    expect(decodeText(new TextEncoder().encode(`\uFEFF${text}`))?.text).toBe(text);
  });
  it('is read as Windows-1252 where it is not UTF-8', () => {
    expect(decodeText(bytes1252)).toEqual({ text, encoding: 'windows-1252' });
  });
  it('is read as UTF-16 by its mark', () => {
    const utf16 = new Uint8Array([0xff, 0xfe, ...Array.from(text).flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8])]);
    expect(decodeText(utf16)).toEqual({ text, encoding: 'utf-16le' });
  });
  it('is none where there are zero bytes', () => {
    expect(decodeText(new Uint8Array([0x89, 0x50, 0, 1]))).toBeNull();
  });
});
