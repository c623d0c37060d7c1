import type { Mute } from '../../../../shared/contract/columns.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { type ColumnFilter, type CompileExpression, filterTest, parseTerm, type Test } from '../../../../shared/domain/columnFilter.ts';
import type { Log } from '../../ports.ts';
import { compileExpression } from './expression.ts';

/** Throws AppError `filter_refused` or `filter_too_heavy`. */
const compile: CompileExpression = (source) => {
  const test = compileExpression(source);
  if (typeof test === 'string') throw new AppError(test, { term: `/${source}/` });
  return test;
};
/** For what is already stored: a term that is not understood (any more) matches nothing, and the column goes on. */
const lenient = (log: Log): CompileExpression => (source) => {
  try {
    return compile(source);
  } catch (cause) {
    log.warn('a stored expression is not understood and matches nothing', { cause: String(cause) });
    return () => false;
  }
};

/** Refuses a term that cannot be used, before it is stored: throws AppError `filter_refused`, `filter_too_heavy`. */
export function checkTerms(terms: readonly string[]): void {
  for (const typed of terms) {
    const term = parseTerm(typed);
    if (term === null) throw new AppError('filter_refused', { term: typed });
    if (term.kind === 'expression') compile(term.source);
  }
}

/** Keeps the compiled tests of columns for as long as filter and mutes stay the same. */
export class Filters {
  private readonly log: Log;
  private readonly mutes: () => readonly Mute[];
  private readonly compiled = new Map<string, Test | null>();
  constructor(log: Log, mutes: () => readonly Mute[]) {
    this.log = log;
    this.mutes = mutes;
  }
  private termsFor(accountId: string, now: number): string[] {
    return this.mutes().filter((mute) => (mute.accountId === null || mute.accountId === accountId) && (mute.until === null || mute.until > now)).map((mute) => mute.term);
  }
  /** Equal for equal answers of `test`. */
  key(filter: ColumnFilter, accountId: string, muted: boolean, now: number): string {
    return JSON.stringify([filter, muted ? this.termsFor(accountId, now) : []]);
  }
  /** Null when everything passes. `muted`: mutes count. */
  test(filter: ColumnFilter, accountId: string, muted: boolean, now: number): Test | null {
    const key = this.key(filter, accountId, muted, now);
    const known = this.compiled.get(key);
    if (known !== undefined) return known;
    const made = filterTest(filter, muted ? this.termsFor(accountId, now) : [], lenient(this.log));
    // Few are in use at a time; those of filters that were changed are let go together.
    if (this.compiled.size >= 100) this.compiled.clear();
    this.compiled.set(key, made);
    return made;
  }
}
