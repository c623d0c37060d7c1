import { describe, expect, it } from 'vitest';
import { NO_TAGGING, tagLinks, tagOf, untaggedIn } from './linkTagging.ts';
import { canonicalUrl } from './tierByLink.ts';

const tagging = { ...NO_TAGGING, on: true, hosts: ['cuentaclara.example.com'] };
const values = { theme: 'Reseñas de investigación', tier: 'free', account: 'CuentaClara', day: '2026-11-25' };
const tags = 'utm_source=x&utm_medium=social&utm_campaign=resenas-de-investigacion';

describe('tagged links', () => {
  it('tell the web where a visit came from, on the account\'s own sites alone', () => {
    expect(tagLinks('Lee https://cuentaclara.example.com/a y https://example.org/b', tagging, values)).toBe(`Lee https://cuentaclara.example.com/a?${tags} y https://example.org/b`);
    expect(tagLinks('www.cuentaclara.example.com/a', tagging, values)).toBe(`www.cuentaclara.example.com/a?${tags}`);
    expect(tagLinks('https://micuentaclara.example.com/a', tagging, values)).toBe('https://micuentaclara.example.com/a');
  });
  it('keep query and fragment, give a bare host a path, and are added once', () => {
    expect(tagLinks('https://cuentaclara.example.com/a?b=1#c', tagging, values)).toBe(`https://cuentaclara.example.com/a?b=1&${tags}#c`);
    const once = tagLinks('Abre https://cuentaclara.example.com', tagging, values);
    expect(once).toBe(`Abre https://cuentaclara.example.com/?${tags}`);
    expect(tagLinks(once, tagging, values)).toBe(once);
    expect(untaggedIn(once, tagging)).toBe(0);
    expect(untaggedIn('Abre https://cuentaclara.example.com y cuentaclara.example.com/b', tagging)).toBe(2);
  });
  it('stay the same page for the library and the rules', () => {
    expect(canonicalUrl(tagLinks('https://cuentaclara.example.com/a', tagging, values))).toBe(canonicalUrl('https://cuentaclara.example.com/a'));
  });
  it('leave a text alone while they are off, and say nothing of an empty value', () => {
    expect(tagLinks('https://cuentaclara.example.com/a', { ...tagging, on: false }, values)).toBe('https://cuentaclara.example.com/a');
    expect(tagLinks('https://cuentaclara.example.com/a', { ...tagging, source: '', medium: '', campaign: '' }, values)).toBe('https://cuentaclara.example.com/a');
    expect(tagOf('{day}-{other} {tier}', values)).toBe('2026-11-25-other-free');
  });
});
