import { describe, expect, it } from 'vitest';
import { type ActionKind, actionRoute, CASE_EVENTS, CASE_STATES, caseTransition, OWES_ANSWER } from './inbox.ts';
import { firstRule, folded, guessKind, hasWords } from './inboxRules.ts';
import { answerDueAt, DEFAULT_OFFICE, median, officeMinutes } from './responseClock.ts';
import { fillReply, firstName } from './savedReply.ts';

const MINUTE = 60_000;

describe('the table of a case', () => {
  it('leads from every state to the others, and only by what is in it', () => {
    const reached = new Set(['new']);
    for (let grew = true; grew; ) {
      grew = false;
      for (const from of [...reached]) {
        for (const event of CASE_EVENTS) {
          const to = caseTransition(from as 'new', event);
          if (to !== null && !reached.has(to)) {
            reached.add(to);
            grew = true;
          }
        }
      }
    }
    expect([...reached].sort()).toEqual([...CASE_STATES].sort());
  });
  it('a new message opens everything but what is muted; nothing but the user unmutes', () => {
    for (const state of CASE_STATES) expect(caseTransition(state, 'message')).toBe(state === 'muted' ? 'muted' : state === 'new' ? 'new' : 'open');
    for (const event of CASE_EVENTS) expect(['muted', null, event === 'unmute' ? 'open' : 'muted']).toContain(caseTransition('muted', event));
    for (const state of CASE_STATES) if (state !== 'muted') expect(caseTransition(state, 'unmute')).toBeNull();
  });
  it('an answer that failed is never lost from sight', () => {
    for (const state of CASE_STATES) if (state !== 'muted') expect(OWES_ANSWER.has(caseTransition(state, 'replyFailed') ?? 'done')).toBe(true);
  });
});

describe('where an action goes', () => {
  const route = (kind: ActionKind, own: boolean, addressesUs: boolean, via: 'api' | 'handoff' = 'api'): string => actionRoute(kind, { via }, { own, addressesUs });
  it('answers from here only whoever addressed us', () => {
    expect(route('reply', false, true)).toBe('outbox');
    expect(route('reply', true, false)).toBe('outbox');
    expect(route('reply', false, false)).toBe('handOff');
    expect(route('reply', false, true, 'handoff')).toBe('handOff');
  });
  it('leaves likes, follows, quotes and messages to the hand, and state, labels and notes here', () => {
    for (const kind of ['like', 'follow', 'quote', 'directMessage'] as const) expect(route(kind, false, true)).toBe('handOff');
    for (const kind of ['state', 'label', 'note'] as const) expect(route(kind, false, false)).toBe('local');
    for (const kind of ['repost', 'undoRepost', 'bookmark'] as const) expect(route(kind, false, false)).toBe('outbox');
    expect(route('deleteOwn', true, false)).toBe('outbox');
    expect(route('deleteOwn', false, true)).toBe('handOff');
    expect(route('hideReply', false, true)).toBe('outbox');
  });
});

describe('the response clock', () => {
  const zone = 'Europe/Madrid';
  /** Local times of Madrid in November, UTC+1. */
  const at = (day: number, hour: number, minute = 0): number => Date.UTC(2026, 10, day, hour - 1, minute);
  it('runs only while the office is open', () => {
    expect(answerDueAt(at(24, 10), 60, DEFAULT_OFFICE, zone)).toBe(at(24, 11));
    expect(answerDueAt(at(24, 17, 40), 60, DEFAULT_OFFICE, zone)).toBe(at(25, 9, 40));
    // Friday evening to Monday morning.
    expect(answerDueAt(at(27, 19), 1, DEFAULT_OFFICE, zone)).toBe(at(30, 9, 1));
    expect(answerDueAt(at(24, 10), null, DEFAULT_OFFICE, zone)).toBeNull();
    expect(answerDueAt(at(24, 10), 60, Array.from({ length: 7 }, () => null), zone)).toBeNull();
    expect(answerDueAt(at(24, 23, 30), 60, Array.from({ length: 7 }, () => ({ from: '00:00', to: '24:00' })), zone)).toBe(at(25, 0, 30));
  });
  it('counts opening minutes, also over the change of the hour', () => {
    expect(officeMinutes(at(24, 17), at(25, 10), DEFAULT_OFFICE, zone)).toBe(120);
    expect(officeMinutes(at(28, 9), at(29, 18), DEFAULT_OFFICE, zone)).toBe(0);
    const always = Array.from({ length: 7 }, () => ({ from: '00:00', to: '24:00' }));
    // 25 October 2026 has 25 hours in Madrid.
    expect(officeMinutes(Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 23), always, zone)).toBe(25 * 60);
  });
  it('never ends before it begins: the due time is that many opening minutes away', () => {
    for (let i = 0; i < 300; i += 1) {
      const from = at(20, 0) + i * 37 * MINUTE;
      const minutes = 1 + ((i * 53) % 700);
      const due = answerDueAt(from, minutes, DEFAULT_OFFICE, zone);
      expect(officeMinutes(from, due!, DEFAULT_OFFICE, zone)).toBe(minutes);
    }
  });
  it('has the median of a list', () => {
    expect([median([]), median([3]), median([4, 1]), median([9, 1, 2])]).toEqual([null, 3, 2.5, 2]);
  });
});

describe('rules and saved replies', () => {
  it('find whole words and phrases without accents or case', () => {
    expect(hasWords(folded('No me va la DESCARGÁ, otra vez'), 'descarga')).toBe(true);
    expect(hasWords(folded('descargas'), 'descarga')).toBe(false);
    expect(hasWords(folded('llevo dos días así'), 'dos dias')).toBe(true);
    expect(hasWords(folded('#iva'), '#IVA')).toBe(true);
    expect(hasWords('a'.repeat(200_000), 'aab')).toBe(false);
  });
  it('the first enabled rule whose conditions all hold', () => {
    const subject = { text: '¿Y la factura?', username: 'Ana', lang: 'es', hasLink: false, personLabels: ['Cliente'] };
    const rule = (id: string, conditions: object, enabled = true) => ({ id, name: id, enabled, conditions, actions: {} });
    expect(firstRule([rule('off', {}, false), rule('link', { hasLink: true }), rule('both', { words: ['factura'], personLabel: 'cliente', hasQuestion: true }), rule('all', {})], subject)?.id).toBe('both');
    expect(firstRule([rule('who', { people: ['@ana'] })], subject)?.id).toBe('who');
    expect(firstRule([rule('lang', { lang: 'en' })], subject)).toBeNull();
  });
  it('guess what a message is', () => {
    expect(['charged twice for the same month. Not great.', 'Llevo una semana esperando la factura 😤', 'Ahora sí, a la primera. Gracias por mirarlo', 'El directo de ayer, de lo mejor 👏', 'Explains why a refund is not a bonus', '¿No he recibido el enlace, estoy dentro?'].map(guessKind)).toEqual(['complaint', 'complaint', 'praise', 'praise', 'other', 'complaint']);
    expect(['¿dónde está?', 'no funciona nada', 'Muchas gracias por el hilo', 'un saludo', 'This does not work'].map(guessKind)).toEqual(['question', 'complaint', 'praise', 'other', 'complaint']);
  });
  it('fill variables, and leave what is missing to be seen', () => {
    expect(fillReply('Hola, {name|qué tal}. Llama al {phone}.', { name: 'Inés', phone: '' })).toMatchObject({ text: 'Hola, Inés. Llama al {phone}.', missing: ['phone'] });
    expect(fillReply('Hola, {name|qué tal}.', {}).text).toBe('Hola, qué tal.');
    expect(fillReply('{ no es } {Nada}', {}).text).toBe('{ no es } {Nada}');
    expect(firstName('Inés Carballeda 🐙')).toBe('Inés');
    expect(firstName('🐙 La Tienda')).toBe('');
  });
});
