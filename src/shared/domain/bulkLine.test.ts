import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPostLine } from './bulkLine.ts';
import { addDays, instantToWall, wallToInstant, weekday } from './time.ts';
import { DEFAULT_POLICY } from './types.ts';

const ZONE = 'Europe/Madrid';
/** Saturday. */
const NOW = wallToInstant('2026-11-28T12:00', ZONE);
const rules = { policy: DEFAULT_POLICY, zone: ZONE, now: NOW, order: 'auto' as const };
const read = (line: string, more: Partial<typeof rules> = {}) => readPostLine(line, { ...rules, ...more });
const seen = (line: string, more: Partial<typeof rules> = {}) => {
  const { wall, tier, text } = read(line, more);
  return [wall, tier, text];
};

describe('what a pasted line begins with', () => {
  it.each<[string, string | null, string | null, string]>([
    ['2026-12-01 09:30 [premium] Texto', '2026-12-01T09:30', 'premium', 'Texto'],
    ['mar 1/12 9:30 Plazos', '2026-12-01T09:30', null, 'Plazos'],
    ['[p] Solo tipo', null, 'premium', 'Solo tipo'],
    ['tomorrow 10:00 Text', '2026-11-29T10:00', null, 'Text'],
    ['Mañana 10:00 Texto', '2026-11-29T10:00', null, 'Texto'],
    ['man\u0303ana 10:00 Texto', '2026-11-29T10:00', null, 'Texto'],
    ['pasado manana 8h15: Texto', '2026-11-30T08:15', null, 'Texto'],
    ['hoy 8:00 Texto', '2026-11-28T08:00', null, 'Texto'],
    ['today 9 pm Text', '2026-11-28T21:00', null, 'Text'],
    ['[Prémium] mar 1/12 9:30 Texto', '2026-12-01T09:30', 'premium', 'Texto'],
    ['mar 1/12 9:30[M]Texto', '2026-12-01T09:30', 'status', 'Texto'],
    ['Martes, 1 de diciembre de 2026, 9:30 h — Texto', '2026-12-01T09:30', null, 'Texto'],
    ['1 dic. 9.30 | Texto', '2026-12-01T09:30', null, 'Texto'],
    ['Tue, Dec 1st, 9:30 am - Text', '2026-12-01T09:30', null, 'Text'],
    ['December 1, 2026 12:05 a.m. Text', '2026-12-01T00:05', null, 'Text'],
    ['sáb 10:00 Texto', '2026-12-05T10:00', null, 'Texto'],
    ['sa\u0301bado 13:00 Texto', '2026-11-28T13:00', null, 'Texto'],
    ['MIE 9:00 Texto', '2026-12-02T09:00', null, 'Texto'],
    ['2026-12-01T08:30Z Texto', '2026-12-01T09:30', null, 'Texto'],
    ['12/13/2026 9:30 Text', '2026-12-13T09:30', null, 'Text'],
    ['1/12/26 9:30 Texto', '2026-12-01T09:30', null, 'Texto'],
    ['5/1 9:30 Texto', '2027-01-05T09:30', null, 'Texto'],
    ['20/11 9:30 Texto', '2026-11-20T09:30', null, 'Texto'],
    ['2026-12-01 9:30 -5 % en todo', '2026-12-01T09:30', null, '-5 % en todo'],
  ])('%s', (line, wall, tier, text) => expect(seen(line)).toEqual([wall, tier, text]));

  it.each([
    'Mañana abrimos', 'Mañana a las 10:00 abrimos', 'Tomorrow at 10:00 we open', 'Mañana 9 plazas libres', 'Hoy 9.50 euros', 'Mañana 10:00-12:00 taller', 'mañana 10:00 - 12:00 taller',
    '2/3 de las pymes', '9:30 en directo', 'Mar 10.25% más', 'premium: lo nuevo', '[] nada', 'p] nada', 'mar 1 9:30 dudoso', '1/12 9 de cada 10', 'mañana 10:00abrimos',
  ])('is text alone: %s', (line) => expect(read(line)).toEqual({ text: line, wall: null, timeWord: '', tier: null, tierWord: '', trouble: null, note: null }));

  it('says in which order the numbers of a day are, or has the weekday say it', () => {
    expect(seen('3/12 9:30 Texto', { order: 'mdy' as 'auto' })[0]).toBe('2027-03-12T09:30');
    expect(seen('Thu 12/3 9:30 Text')[0]).toBe('2026-12-03T09:30');
    expect(read('mié 1/12 9:30 Texto')).toMatchObject({ text: 'mié 1/12 9:30 Texto', wall: null, trouble: { code: 'bad_weekday', word: 'mié 1/12 9:30' } });
  });
  it('leaves what it cannot read in the text, and says so', () => {
    expect(read('2026-02-31 09:30 [p] Texto')).toMatchObject({ text: '2026-02-31 09:30 [p] Texto', wall: null, tier: null, trouble: { code: 'bad_date', word: '2026-02-31 09:30' } });
    expect(read('mañana 25:00 Texto')).toMatchObject({ text: 'mañana 25:00 Texto', trouble: { code: 'bad_date' } });
    expect(read('mañana 10:00 [premum] Texto')).toMatchObject({ text: '[premum] Texto', wall: '2026-11-29T10:00', trouble: { code: 'bad_tier', word: 'premum' } });
    expect(read('[HILO] Texto')).toMatchObject({ text: '[HILO] Texto', trouble: null, note: { code: 'bracket_kept', word: '[HILO]' } });
    expect(read('[p] [m] Texto')).toMatchObject({ text: '[m] Texto', tier: 'premium' });
    expect(read('01/12/2026 Texto')).toMatchObject({ text: '01/12/2026 Texto', note: { code: 'day_kept', word: '01/12/2026' } });
    for (const bare of ['mañana 10:00', '[p]', 'mañana 10:00 [p] ']) expect(read(bare)).toMatchObject({ text: bare.trim(), trouble: { code: 'no_text' } });
  });
});

describe('any pasted line', () => {
  const word = fc.constantFrom('mañana', 'mar', 'Dec', '1/12', '31-02-2026', '2026-12-01', '9:30', '25:61', '9 pm', '[p]', '[zzz]', '[premum]', '—', ':', '|', 'de', 'Texto', '😀', '[', ']', '  ');
  const line = fc.oneof(fc.array(fc.oneof(word, fc.string({ maxLength: 6 })), { maxLength: 9 }).map((words) => words.join(' ')), fc.string());
  it('is never lost: its text is an end of it, and only a head that was understood is missing', () => {
    fc.assert(fc.property(line, (given) => {
      const found = read(given);
      const whole = given.trim();
      expect(whole.endsWith(found.text)).toBe(true);
      if (found.wall === null && found.tier === null) expect(found.text).toBe(whole);
      if (whole !== '') expect(found.text).not.toBe('');
      const gone = whole.slice(0, whole.length - found.text.length);
      for (const piece of [found.timeWord, found.tierWord]) if (!found.trouble) expect(gone).toContain(piece);
      expect(gone.replace(found.timeWord, '').replace(found.tierWord, '')).toMatch(/^[\s[\]|:,;–—-]*$/u);
    }), { numRuns: 3000 });
  });
  it('is read back as it was written out, in either language and whichever of the two comes first', () => {
    const days = fc.integer({ min: 1, max: 300 }).map((n) => addDays('2026-11-28', n));
    const names = ['lun mon', 'martes tue', 'mié wednesday', 'jueves thu', 'vie fri', 'sábado sat', 'dom sunday'].map((each) => each.split(' '));
    fc.assert(fc.property(days, fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 3 }), fc.boolean(), fc.constantFrom(...DEFAULT_POLICY.tiers), fc.boolean(), (day, minute, form, es, tier, tierFirst) => {
      const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      const [year, month, date] = [day.slice(0, 4), Number(day.slice(5, 7)), Number(day.slice(8))];
      const when = [`${day} ${clock}`, `${date}/${month} ${clock}`, `${names[weekday(day) - 1]?.[es ? 0 : 1]} ${date}/${month} ${clock}`, `${date}-${month}-${year} ${clock}`][form];
      const which = `[${es ? tier.name.es : tier.name.en}]`;
      const given = `${tierFirst ? `${which} ${when}` : `${when} ${which}`} Un texto`;
      expect(seen(given, { order: 'dmy' as 'auto' }), given).toEqual([`${day}T${clock}`, tier.key, 'Un texto']);
    }), { numRuns: 500 });
  });
  it('is read on the account\'s clocks: tomorrow is tomorrow there', () => {
    fc.assert(fc.property(fc.constantFrom('Europe/Madrid', 'America/Mexico_City', 'Pacific/Auckland'), fc.integer({ min: 0, max: 400 * 24 }), (zone, hours) => {
      const now = NOW + hours * 3_600_000;
      expect(read('mañana 10:00 Texto', { zone, now } as Partial<typeof rules>).wall).toBe(`${addDays(instantToWall(now, zone).slice(0, 10), 1)}T10:00`);
    }));
  });
});
