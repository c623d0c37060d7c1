import { describe, expect, it } from 'vitest';
import { isCheckable, type LinkRecord, lookAgainAt, recordOf, titleOfPage } from './linkCheck.ts';

const NOW = Date.UTC(2026, 10, 24, 9, 0);
const DAY = 86_400_000;
const answer = (code: number, title: string | null = null) => ({ kind: 'answer', code, title }) as const;
const after = (before: LinkRecord | null, code: number, title: string | null = null, days = 0): LinkRecord => recordOf(before, answer(code, title), NOW + days * DAY);

describe('a link that is looked at', () => {
  it('is broken only where the answer says that the page is gone', () => {
    const told = Object.fromEntries([200, 204, 301, 401, 403, 404, 410, 418, 429, 500, 503].map((code) => [code, after(null, code).status]));
    expect(told).toEqual({ 200: 'ok', 204: 'ok', 301: 'unsure', 401: 'unsure', 403: 'unsure', 404: 'broken', 410: 'broken', 418: 'unsure', 429: 'unsure', 500: 'unsure', 503: 'unsure' });
    expect(recordOf(null, { kind: 'silent' }, NOW).status).toBe('unsure');
    expect(after(after(null, 404), 200, null, 7)).toMatchObject({ status: 'ok', code: 200 });
  });
  it('is broken where no host has its name, once that was so a day apart', () => {
    const first = recordOf(null, { kind: 'noHost' }, NOW);
    expect(first).toMatchObject({ status: 'unsure', noHostSince: NOW });
    expect(lookAgainAt(first)).toBe(NOW + DAY);
    expect(recordOf(first, { kind: 'noHost' }, NOW + DAY - 1).status).toBe('unsure');
    const second = recordOf(first, { kind: 'noHost' }, NOW + DAY);
    expect([second.status, lookAgainAt(second)]).toEqual(['broken', NOW + 8 * DAY]);
    // Anything in between begins anew.
    expect(recordOf(recordOf(first, answer(503), NOW + DAY / 2), { kind: 'noHost' }, NOW + DAY).status).toBe('unsure');
  });
  it('is looked at once a week', () => {
    for (const code of [200, 404, 403]) expect(lookAgainAt(after(null, code))).toBe(NOW + 7 * DAY);
  });
  it('tells when the page changed its title, and only a title that was there', () => {
    const first = after(null, 200, 'Cierre');
    expect(first).toMatchObject({ title: 'Cierre', retitledAt: null });
    const same = after(after(first, 200, null, 7), 200, 'Cierre', 14);
    expect(same.retitledAt).toBeNull();
    expect(after(same, 200, 'Cierre de 2027', 21)).toMatchObject({ title: 'Cierre de 2027', retitledAt: NOW + 21 * DAY });
    expect(after(first, 404, 'No existe', 7)).toMatchObject({ title: 'Cierre', retitledAt: null });
    expect([titleOfPage('<head><TITLE lang="es">\n Cierre &amp;\n IVA </title>'), titleOfPage('<title></title>'), titleOfPage('<p>nada')]).toEqual(['Cierre &amp; IVA', null, null]);
  });
  it('is asked for only where another can answer', () => {
    const asked = ['https://parrilla.dev/a', 'https://miexample.com', 'http://parrilla.dev/a', 'https://cuentaclara.example.com/x', 'https://example.org.', 'https://algo.example', 'https://localhost/x', 'https://nas.local/x', 'https://a.test/', 'https://a.invalid'].map((url) => isCheckable(new URL(url)));
    expect(asked).toEqual([true, true, false, false, false, false, false, false, false, false]);
  });
});
