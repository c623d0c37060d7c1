import { describe, expect, it } from 'vitest';
import type { PostMark } from '../../../shared/contract/inbox.ts';
import { withMarks } from './useMarks.ts';

const mark = (postId: string, more: Partial<PostMark> = {}): PostMark => ({ postId, caseId: `c${postId}`, kind: 'question', state: 'new', dueAt: 5, snoozedUntil: null, settledAt: null, answered: false, unsent: false, ...more });
const none = { marks: new Map<string, PostMark>(), strangers: new Set<string>() };

describe('the marks of a column', () => {
  it('keep what did not change as it was, so that its card is not drawn again', () => {
    const first = withMarks(none, ['1', '2', '3'], { marks: [mark('1'), mark('2')], known: ['1', '2'] });
    expect([...first.marks.keys()]).toEqual(['1', '2']);
    expect([...first.strangers]).toEqual(['3']);
    expect(withMarks(first, ['1', '2'], { marks: [mark('1'), mark('2')], known: ['1', '2'] })).toBe(first);
    const second = withMarks(first, ['1', '2', '3'], { marks: [mark('1'), mark('2', { state: 'done', dueAt: null, settledAt: 9 })], known: ['1', '2', '3'] });
    expect(second.marks.get('1')).toBe(first.marks.get('1'));
    expect(second.marks.get('2')).toMatchObject({ state: 'done', settledAt: 9 });
    expect([...second.strangers]).toEqual([]);
  });
  it('lose a case that is gone, and only among the posts that were asked about', () => {
    const first = withMarks(none, ['1', '2'], { marks: [mark('1'), mark('2')], known: ['1', '2'] });
    const second = withMarks(first, ['1'], { marks: [], known: [] });
    expect([...second.marks.keys()]).toEqual(['2']);
    expect([...second.strangers]).toEqual(['1']);
  });
});
