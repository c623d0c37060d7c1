import { describe, expect, it } from 'vitest';
import { type Change, entriesOf, unknownFor } from './blackBox.ts';

const attempt = { id: 'a', part: 0, startedAt: 100, endedAt: 200, dueAt: 90, outcome: 'ambiguous', status: null, errorCode: null, remoteId: null, looks: 1, nextLookAt: 900, limits: {}, evidence: { kind: 'found' as const, at: 400, remoteId: '1', createdAt: 150 }, bootId: 'b', textHash: 'ff' };
const change = (at: number, event: string, from: string, to: string): Change => ({ at, event, from, to, bootId: 'b', reason: null });
const box = (history: Change[]) => ({ publication: {} as never, attempts: [attempt], history, createUsd: null });

describe('the black box', () => {
  it('tells what happened in its order, each thing once: checks, intent, answer, looks, evidence, the next look, and every other change of state', () => {
    const history = [
      change(400, 'found', 'unknown', 'posted'), change(300, 'lookFailed', 'unknown', 'unknown'), change(250, 'looked', 'unknown', 'unknown'), change(200, 'ambiguous', 'sending', 'unknown'),
      change(100, 'begin', 'sending', 'sending'), change(90, 'due', 'scheduled', 'sending'), change(10, 'schedule', 'draft', 'scheduled'),
    ];
    expect(entriesOf(box(history)).map((each) => `${each.kind} ${each.at}`)).toEqual(['change 10', 'checked 90', 'intent 100', 'answer 200', 'looked 250', 'looked 300', 'evidence 400', 'look 900']);
    expect(entriesOf(box(history)).flatMap((each): unknown[] => (each.kind === 'looked' ? [each.made] : each.kind === 'checked' ? [each.ms] : 'to' in each ? [each.to] : []))).toEqual([10, 'unknown', true, false, 'posted']);
    expect(unknownFor(history, 1000)).toBe(200);
  });
  it('leaves no change of state out that nothing else tells', () => {
    const entries = entriesOf(box([change(90, 'due', 'scheduled', 'sending'), change(95, 'hold', 'sending', 'held')]));
    expect(entries.filter((each) => each.kind === 'change').map((each) => each.at)).toEqual([90, 95]);
    expect(unknownFor([change(10, 'ambiguous', 'sending', 'unknown')], 70)).toBe(60);
    expect(unknownFor([change(10, 'schedule', 'draft', 'scheduled')], 70)).toBeNull();
  });
});
