/** What somebody wants from the brand; decides how they answer a reply (see thanks.ts). */
export type Kind = 'question' | 'complaint' | 'praise' | 'lead';

/** A drawing by our own hand (draw/pictures.ts). `values` are shares or heights, in no unit. */
export interface Picture {
  kind: 'bars' | 'line' | 'donut' | 'calendar' | 'document';
  tint: 'teal' | 'amber' | 'violet';
  values: readonly number[];
  /** Label of a few capitals, such as a month. */
  label?: string;
  /** What it shows, in the author's language. */
  alt: string;
}

/** One written post. Every text is told as it stands; a reply gets its `@name` in front when it is told. */
export interface Turn {
  /** Username of the cast. */
  by: string;
  text: string;
  /** Language where it is not its author's own. */
  lang?: string;
  kind?: Kind;
  picture?: Picture;
  /** Answers of a poll, 2 to 4, at most 25 characters each. */
  poll?: readonly string[];
  /** How it hangs on an earlier turn; the first of an act stands alone unless it quotes an own post. */
  does?: 'reply' | 'quote';
  /** Which turn it hangs on (default: the one before), or the id of an own post. */
  to?: number | string;
  /** The text as first posted, for one that was edited afterwards. */
  before?: string;
}
/** One post, or a conversation that goes on over time. */
export type Act = readonly Turn[];

type Extra = Omit<Turn, 'by' | 'text'>;
/** One post that stands alone. */
export const say = (by: string, text: string, extra: Extra = {}): Act => [{ by, text, ...extra }];
/** An answer to the turn before it, or to `extra.to`. */
export const answer = (by: string, text: string, extra: Extra = {}): Turn => ({ by, text, does: 'reply', ...extra });
/** A quote of the turn before it, or of `extra.to`, with a comment. */
export const quote = (by: string, text: string, extra: Extra = {}): Turn => ({ by, text, does: 'quote', ...extra });
export const open = (by: string, text: string, extra: Extra = {}): Turn => ({ by, text, ...extra });
