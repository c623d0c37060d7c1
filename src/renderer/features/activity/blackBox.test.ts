import { describe, expect, it } from 'vitest';
import { type Change, entriesOf, figuresCost, type Step, unknownFor } from './blackBox.ts';

const attempt = { id: 'a', part: 0, startedAt: 100, endedAt: 200, dueAt: 90, outcome: 'ambiguous', status: null, errorCode: null, remoteId: null, looks: 1, nextLookAt: 900, limits: {}, evidence: { kind: 'found' as const, at: 400, remoteId: '1', createdAt: 150 }, bootId: 'b', textHash: 'ff' };
const change = (at: number, event: string, from: string, to: string): Change => ({ at, event, from, to, bootId: 'b', reason: null });
const box = (history: Change[], metrics: Step[] = []) => ({ publication: {} as never, attempts: [attempt], history, createUsd: null, metrics });
const step = (day: number, more: Partial<Step>): Step => ({ day, state: 'planned', dueAt: day * 1000, readAt: null, figures: null, reason: null, usdLow: 1, usdHigh: 5, ...more });

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
  it('tells its figures when they were read, those to come when they are due, and sums up what was paid for them', () => {
    const figures = { views: 9, likes: 1, reposts: 0, replies: 0, quotes: 0 };
    const steps = [step(1, { state: 'unread', reason: 'late', usdLow: 0, usdHigh: 0 }), step(3, { state: 'read', readAt: 6500, figures }), step(7, {})];
    expect(entriesOf(box([], steps)).filter((each) => each.kind === 'figures').map((each) => `${each.step.day} ${each.step.state} ${each.at}`)).toEqual(['1 unread 1000', '3 read 6500', '7 planned 7000']);
    expect(figuresCost(steps)).toEqual({ low: 1, high: 5 });
    expect(figuresCost([step(7, {})])).toBeNull();
  });
  it('leaves no change of state out that nothing else tells', () => {
    const entries = entriesOf(box([change(90, 'due', 'scheduled', 'sending'), change(95, 'hold', 'sending', 'held')]));
    expect(entries.filter((each) => each.kind === 'change').map((each) => each.at)).toEqual([90, 95]);
    expect(unknownFor([change(10, 'ambiguous', 'sending', 'unknown')], 70)).toBe(60);
    expect(unknownFor([change(10, 'schedule', 'draft', 'scheduled')], 70)).toBeNull();
  });
});
