import { RE2JS, RE2JSSyntaxException } from 're2js';

/** Instructions of a compiled expression at most: a text is matched in time proportional to both. */
const MOST_INSTRUCTIONS = 1000;

/**
 * Compiles an expression for the linear-time engine: no text makes it slow, and nothing of it is evaluated. Answers why not where
 * it cannot be used.
 */
export function compileExpression(source: string): ((text: string) => boolean) | 'filter_refused' | 'filter_too_heavy' {
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  } catch (cause) {
    if (!(cause instanceof RE2JSSyntaxException)) throw cause;
    return /too large|repeat count/.test(cause.message) ? 'filter_too_heavy' : 'filter_refused';
  }
  return expression.programSize() > MOST_INSTRUCTIONS ? 'filter_too_heavy' : (text) => expression.test(text);
}
