import { describe, expect, it } from 'vitest';
import { addDays } from '../../shared/domain/time.ts';
import { dayOfWords, dayWords, timeOfWords, timeWords } from './DateTimeInput.tsx';

const TODAY = '2026-11-25';
describe('days and times as they are written', () => {
  it('puts the day first in Spanish and the month first in English, whatever the browser speaks', () => {
    expect(dayOfWords('3/12/2026', 'es', TODAY)).toBe('2026-12-03');
    expect(dayOfWords('12/3/2026', 'en', TODAY)).toBe('2026-12-03');
    expect(dayOfWords('03-12-26', 'es', TODAY)).toBe('2026-12-03');
    for (const lang of ['es', 'en'] as const) expect(dayOfWords(' 2026-12-3 ', lang, TODAY)).toBe('2026-12-03');
  });
  it('means the next such day without a year', () => {
    expect(dayOfWords('25/11', 'es', TODAY)).toBe('2026-11-25');
    expect(dayOfWords('24/11', 'es', TODAY)).toBe('2027-11-24');
    expect(dayOfWords('2/29', 'en', TODAY)).toBe('2028-02-29');
  });
  it('takes no day that is none', () => {
    for (const text of ['', '31/2/2026', '13/13', 'mañana', '1/2/3/4', '0001-01-01', '25/11/202']) expect(dayOfWords(text, 'es', TODAY), text).toBeNull();
  });
  it('writes a day back as it can be read', () => {
    for (const lang of ['es', 'en'] as const) for (let i = 0; i < 400; i += 7) expect(dayOfWords(dayWords(addDays('2026-01-01', i), lang, TODAY), lang, TODAY)).toBe(i < 365 && addDays('2026-01-01', i) < TODAY ? addDays('2026-01-01', i).replace('2026', '2027') : addDays('2026-01-01', i));
    expect([dayWords('2026-12-03', 'es', TODAY), dayWords('2026-12-03', 'en', TODAY), dayWords('2027-12-03', 'es', TODAY)]).toEqual(['jue 3 dic', 'Thu 3 Dec', 'vie 3 dic 2027']);
    expect(dayWords('', 'es', TODAY)).toBe('');
    for (const text of ['3 dic', '3 de diciembre', 'jueves 3 dic.', '3 de diciembre de 2026']) expect(dayOfWords(text, 'es', TODAY), text).toBe('2026-12-03');
    for (const text of ['3 Dec', 'Dec 3', 'Thursday, 3 December', 'December 3, 2026']) expect(dayOfWords(text, 'en', TODAY), text).toBe('2026-12-03');
    for (const text of ['31 feb', 'jue', '3 xyz']) expect(dayOfWords(text, 'es', TODAY), text).toBeNull();
  });
  it('reads times as people write them', () => {
    for (const [text, time] of [['9', '09:00'], ['930', '09:30'], ['0930', '09:30'], ['9:30', '09:30'], ['9.30', '09:30'], ['9h30', '09:30'], ['21 h', '21:00'], ['9:30 pm', '21:30'], ['12 a.m.', '00:00'], ['12pm', '12:00']] as const) expect(timeOfWords(text), text).toBe(time);
    for (const text of ['', '24:00', '9:60', '13 pm', 'tarde', '9:3']) expect(timeOfWords(text), text).toBeNull();
    for (const time of ['00:05', '12:00', '23:45']) expect(timeOfWords(timeWords(time, true))).toBe(time);
  });
});
