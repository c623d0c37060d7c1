import { describe, expect, it } from 'vitest';
import { NO_STYLE } from '../../../shared/domain/houseStyle.ts';
import { composerChecks } from './checks.ts';
import { type ComposerState, emptyComposer } from './composerState.ts';

const NOW = Date.UTC(2026, 10, 26, 9);
const look = (patch: Partial<ComposerState>, more: Partial<Parameters<typeof composerChecks>[0]> = {}): string[] =>
  composerChecks({ state: { ...emptyComposer('a', 'free'), text: 'Cierre', ...patch }, max: 280, empty: false, contradicts: false, when: NOW + 60_000, now: NOW, links: 0, fits: null, style: NO_STYLE, counts: true, ...more }).map((each) => `${each.level} ${each.code}`);
const picture = (alt: string) => ({ id: 'm', alt, mime: 'image/png', width: 1, height: 1, bytes: 1 }) as unknown as ComposerState['media'][number];

describe('what stands in the way of a post', () => {
  it('is nothing for a plain one', () => expect(look({})).toEqual([]));
  it('names each thing that stops it, before what only warns', () => {
    expect(look({}, { empty: true })).toEqual(['stops noText']);
    expect(look({ parts: [{ key: '1', text: ' ', media: [] }, { key: '2', text: 'a'.repeat(281), media: [] }], media: [picture('')] })).toEqual(['stops partEmpty', 'stops partLong', 'warn noAlt']);
    expect(look({ poll: { options: ['sí', ' '], minutes: 60 } })).toEqual(['stops pollShort']);
    expect(look({ poll: { options: ['sí', 'sí '], minutes: 60 } })).toEqual(['stops pollTwice']);
    expect(look({ poll: { options: ['sí', 'n'.repeat(26)], minutes: 60 } })).toEqual(['stops pollLong']);
    expect(look({}, { contradicts: true })).toEqual(['stops noReason']);
    expect(look({ tierReason: 'Abierto hoy' }, { contradicts: true, fits: true, links: 1 })).toEqual(['ok reason', 'ok fits', 'ok link']);
  });
  it('warns of a time that is half typed or over', () => {
    expect(look({}, { when: null })).toEqual(['warn half']);
    expect(look({}, { when: NOW })).toEqual(['warn past']);
    expect(look({ media: [picture('Un calendario')] })).toEqual(['ok alt']);
  });
  it('says what the house style finds, and whether it stops the post', () => {
    expect(look({ text: 'Un chollo' }, { style: { ...NO_STYLE, banned: ['chollo'] } })).toEqual(['warn style_banned']);
    expect(look({ text: 'Un chollo' }, { style: { ...NO_STYLE, banned: ['chollo'], stops: true } })).toEqual(['stops style_banned']);
  });
});
