import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { dueWords, foreignTag, spanWords, urgencyOf } from './clockWords.ts';

const MINUTE = 60_000;
const t = ((key: string, values?: { span: string }) => `${key.replace('inbox.', '')} ${values?.span ?? ''}`.trim()) as unknown as TFunction;

describe('the clock of a case', () => {
  it('says spans as people do', () => {
    expect([0, 59_999, 27 * MINUTE, 60 * MINUTE, 122 * MINUTE, 47 * 60 * MINUTE, 72 * 60 * MINUTE].map(spanWords)).toEqual(['0 min', '0 min', '27 min', '1 h', '2 h 02', '47 h', '3 d']);
  });
  it('is due now within its minute, late after it, and never says that nothing is left before it', () => {
    const due = 1_000 * MINUTE;
    expect([due - 47 * MINUTE, due - 1, due, due + 59_999, due + MINUTE, due + 122 * MINUTE].map((now) => dueWords(t, due, now))).toEqual(['left 47 min', 'left 1 min', 'dueNow', 'dueNow', 'late 1 min', 'late 2 h 02']);
    expect([due - 21 * MINUTE, due - 19 * MINUTE, due].map((now) => urgencyOf({ dueAt: due }, now))).toEqual(['later', 'soon', 'late']);
  });
  it('names a language only where it is one and not the window\'s own', () => {
    expect(['en', 'es', 'und', 'qme', 'zxx', null, 'ca'].map((lang) => foreignTag(lang, 'es'))).toEqual(['en', null, null, null, null, null, 'ca']);
  });
});
