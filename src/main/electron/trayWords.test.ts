import { describe, expect, it } from 'vitest';
import { planWords } from './trayWords.ts';

const next = { dueAt: Date.UTC(2026, 10, 24, 9, 15), text: 'El cierre,\npor partes' };
const said = (lang: 'es' | 'en', late: number, coming: typeof next | null): string[] => planWords({ lang, late, next: coming, zone: 'Europe/Madrid' });

describe('what the tray says of the plan', () => {
  it('names what comes next, or that nothing does', () => {
    expect(said('es', 0, next)).toEqual(['Próxima: mar, 10:15 · El cierre, por partes']);
    expect(said('en', 0, null)).toEqual(['Next: nothing scheduled']);
  });
  it('says how many are late and wait before what comes next, and never that nothing is scheduled', () => {
    expect(said('es', 1, next)).toEqual(['1 con retraso: espera su turno', 'Próxima: mar, 10:15 · El cierre, por partes']);
    expect(said('en', 3, null)).toEqual(['3 late: they wait for their turn']);
  });
});
