import { describe, expect, it } from 'vitest';
import { entriesOf } from './blackBox.ts';

const attempt = { id: 'a', part: 0, startedAt: 100, endedAt: 200, dueAt: 90, outcome: 'ambiguous', status: null, errorCode: null, remoteId: null, looks: 1, nextLookAt: 900, limits: {}, evidence: { kind: 'found' as const, at: 400, remoteId: '1', createdAt: 150 }, bootId: 'b' };

describe('the black box', () => {
  it('tells what happened in its order: intent, answer, evidence, the next look, and every change of state', () => {
    const box = { publication: {} as never, attempts: [attempt], history: [{ at: 200, event: 'ambiguous', from: 'sending', to: 'unknown', bootId: 'b', reason: null }, { at: 90, event: 'begin', from: 'scheduled', to: 'sending', bootId: 'b', reason: null }] };
    expect(entriesOf(box).map((each) => `${each.kind} ${each.at}`)).toEqual(['change 90', 'intent 100', 'answer 200', 'change 200', 'evidence 400', 'look 900']);
  });
});
