import { RE2JS, RE2JSSyntaxException } from 're2js';
import type { Mute } from '../../../../shared/contract/columns.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { type ColumnFilter, type CompileExpression, filterTest, parseTerm, type Test } from '../../../../shared/domain/columnFilter.ts';
import type { Log } from '../../ports.ts';

/** Instructions of a compiled expression at most: a text is matched in time proportional to both. */
const MOST_INSTRUCTIONS = 1000;

/**
 * Compiles an expression for the linear-time engine: no text makes it slow, and nothing of it is evaluated.
 * Throws AppError `filter_refused` or `filter_too_heavy`.
 */
const compile: CompileExpression = (source) => {
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  } catch (cause) {
    if (!(cause instanceof RE2JSSyntaxException)) throw cause;
    throw new AppError(/too large|repeat count/.test(cause.message) ? 'filter_too_heavy' : 'filter_refused', { term: `/${source}/` });
  }
  if (expression.programSize() > MOST_INSTRUCTIONS) throw new AppError('filter_too_heavy', { term: `/${source}/` });
  return (text) => expression.test(text);
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
