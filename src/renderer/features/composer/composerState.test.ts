import { describe, expect, it } from 'vitest';
import type { Publication } from '../../../shared/contract/publications.ts';
import { type ComposerAction, composerReducer, type ComposerState, emptyComposer, hasLongAnswer, isBlank, isDirty, isEmpty, keptPoll } from './composerState.ts';

const run = (...actions: ComposerAction[]): ComposerState => actions.reduce(composerReducer, emptyComposer('a', 'free'));
const picture = (id: string) => ({ id, mime: 'image/png', bytes: 1, width: 1, height: 1, alt: '', src: `/media/${id}` });
const stored = { id: 'p', accountId: 'a', text: 'hola', tier: 'premium', tierReason: null, media: [], parts: [], poll: null, via: 'api', kind: 'post', target: null, revision: 3 } as unknown as Publication;

describe('the composer', () => {
  it('is blank until something is written, and then dirty until it is saved', () => {
    expect(isBlank(run())).toBe(true);
    const typed = run({ type: 'text', text: 'x' });
    expect([isBlank(typed), isDirty(typed)]).toEqual([false, true]);
    const saved = composerReducer(typed, { type: 'saved', id: 'p', revision: 1, edit: typed.edit });
    expect([isDirty(saved), saved.id, saved.revision]).toEqual([false, 'p', 1]);
  });
  it('stays dirty when more was typed while a save was under way', () => {
    const first = run({ type: 'text', text: 'x' });
    const more = composerReducer(composerReducer(first, { type: 'saving' }), { type: 'text', text: 'xy' });
    const saved = composerReducer(more, { type: 'saved', id: 'p', revision: 1, edit: first.edit });
    expect([saved.text, isDirty(saved)]).toEqual(['xy', true]);
  });
  it('takes the link\'s tier until one is chosen by hand', () => {
    const linked = run({ type: 'text', text: 'x' }, { type: 'proposed', tier: 'premium' });
    expect([linked.tier, isDirty(linked)]).toEqual(['premium', true]);
    expect(composerReducer(linked, { type: 'proposed', tier: 'premium' })).toBe(linked);
    expect(run({ type: 'tier', tier: 'status' }, { type: 'text', text: 'x' }, { type: 'proposed', tier: 'premium' }).tier).toBe('status');
    const opened = run({ type: 'open', accountId: 'a', tier: 'free', publication: stored });
    expect(composerReducer(opened, { type: 'proposed', tier: 'free' })).toBe(opened);
  });
  it('opens on a stored post without being dirty, and on given text being so', () => {
    expect(isDirty(run({ type: 'open', accountId: 'a', tier: 'free', publication: stored }))).toBe(false);
    expect(isDirty(run({ type: 'open', accountId: 'a', tier: 'free', text: 'pegado' }))).toBe(true);
  });
  it('takes four pictures and no more, with their descriptions', () => {
    const full = run(...['1', '2', '3', '4', '5'].map((id): ComposerAction => ({ type: 'addMedia', media: picture(id) })));
    expect(full.media.map((each) => each.id)).toEqual(['1', '2', '3', '4']);
    const described = composerReducer(full, { type: 'alt', id: '2', alt: 'barras' });
    expect(described.media[1]?.alt).toBe('barras');
    expect(composerReducer(described, { type: 'removeMedia', id: '2' }).media).toHaveLength(3);
  });
  it('keeps the text over a conflict, and saves over it when asked', () => {
    const conflict = composerReducer(run({ type: 'text', text: 'mío' }, { type: 'saving' }), { type: 'saveFailed', conflict: true, edit: 1 });
    expect([conflict.text, conflict.conflict, conflict.saving]).toEqual(['mío', true, false]);
    const over = composerReducer(conflict, { type: 'overwrite', revision: 9 });
    expect([over.conflict, over.revision, isDirty(over)]).toEqual([false, 9, true]);
  });
  it('takes a new revision and a reason', () => {
    expect(run({ type: 'refreshed', revision: 4 }).revision).toBe(4);
    expect(run({ type: 'tierReason', reason: 'oferta' }).tierReason).toBe('oferta');
  });
  it('makes of what has no place any more a draft of its own, and leaves the other alone', () => {
    const opened = run({ type: 'open', accountId: 'a', tier: 'free', publication: stored }, { type: 'text', text: 'lo mío' });
    const apart = composerReducer(composerReducer(opened, { type: 'saveFailed', conflict: true, edit: opened.edit }), { type: 'fork', accountId: 'a' });
    expect([apart.id, apart.revision, apart.conflict, apart.text, isDirty(apart)]).toEqual([null, null, false, 'lo mío', true]);
  });
  it('remembers what could not be saved until a save goes through', () => {
    const failed = composerReducer(run({ type: 'text', text: 'x' }), { type: 'saveFailed', conflict: false, edit: 1 });
    expect([failed.failedEdit, isDirty(failed)]).toEqual([1, true]);
    expect(composerReducer(failed, { type: 'text', text: 'xy' }).failedEdit).toBe(1);
    expect(composerReducer(failed, { type: 'saved', id: 'p', revision: 1, edit: 1 }).failedEdit).toBe(null);
  });
  it('takes a poll without answers for nothing written', () => {
    const poll = (...options: string[]): ComposerAction => ({ type: 'poll', poll: { options, minutes: 60 } });
    expect(isEmpty(run(poll('', ' ')))).toBe(true);
    expect(isEmpty(run(poll('sí', '')))).toBe(false);
    expect(isEmpty(run({ type: 'open', accountId: 'a', tier: 'free', kind: 'repost', target: { id: '1', username: null } }))).toBe(false);
  });
  it('keeps of an answer that is too long what X takes, and never half a character', () => {
    const long = { options: [`${'a'.repeat(24)}😀b`, 'corta'], minutes: 60 };
    expect(hasLongAnswer(long)).toBe(true);
    expect(keptPoll(long)?.options).toEqual(['a'.repeat(24), 'corta']);
    expect(hasLongAnswer({ options: ['a'.repeat(25), ''], minutes: 60 })).toBe(false);
    expect(keptPoll(null)).toBe(null);
  });
});
