import { styleFindings, type HouseStyle } from '../../../shared/domain/houseStyle.ts';
import { isBlank, weightedLength } from '../../../shared/domain/text.ts';
import { type ComposerState, hasLongAnswer } from './composerState.ts';

/** One thing that was looked at: `stops` keeps the post from going out, `warn` does not, `ok` holds. The words are `composer.check.<code>`. */
export interface Check {
  level: 'ok' | 'warn' | 'stops';
  code: 'noText' | 'partEmpty' | 'partLong' | 'pollShort' | 'pollTwice' | 'pollLong' | 'noReason' | 'reason' | 'noAlt' | 'alt' | 'half' | 'past' | 'link' | 'fits' | `style_${ReturnType<typeof styleFindings>[number]['code']}`;
  params?: Record<string, string | number>;
}
interface Given {
  state: ComposerState;
  /** Weighted characters that X takes of this account. */
  max: number;
  /** Without text and pictures. */
  empty: boolean;
  /** The link says another tier than the one that was chosen. */
  contradicts: boolean;
  /** Chosen time, epoch ms; null while it is half typed. */
  when: number | null;
  now: number;
  links: number;
  style: HouseStyle;
  counts: boolean;
  /** Whether the ratio takes it there; null where it was not judged. */
  fits: boolean | null;
}

function pollCheck(poll: NonNullable<ComposerState['poll']>): Check | null {
  if (hasLongAnswer(poll)) return { level: 'stops', code: 'pollLong' };
  if (poll.options.some(isBlank)) return { level: 'stops', code: 'pollShort', params: { n: poll.options.findIndex(isBlank) + 1 } };
  if (new Set(poll.options.map((option) => option.trim())).size !== poll.options.length) return { level: 'stops', code: 'pollTwice' };
  return null;
}

/** What stands in the way of a post, first what stops it: a grey button always has its reason beside it. */
export function composerChecks({ state, max, empty, contradicts, when, now, links, fits, style, counts }: Given): Check[] {
  const found: Check[] = [];
  if (empty) found.push({ level: 'stops', code: 'noText' });
  state.parts.forEach((part, index) => {
    if (isBlank(part.text) && part.media.length === 0) found.push({ level: 'stops', code: 'partEmpty', params: { n: index + 2 } });
    else if (weightedLength(part.text) > max) found.push({ level: 'stops', code: 'partLong', params: { n: index + 2 } });
  });
  const poll = state.poll ? pollCheck(state.poll) : null;
  if (poll) found.push(poll);
  if (!empty) for (const { code, params } of styleFindings({ kind: state.kind, texts: [state.text, ...state.parts.map((part) => part.text)], tier: state.tier, counts }, style)) found.push({ level: style.stops ? 'stops' : 'warn', code: `style_${code}`, params });
  if (contradicts) found.push(isBlank(state.tierReason) ? { level: 'stops', code: 'noReason' } : { level: 'ok', code: 'reason' });
  if (when === null) found.push({ level: 'warn', code: 'half' });
  else if (when <= now) found.push({ level: 'warn', code: 'past' });
  const pictures = [...state.media, ...state.parts.flatMap((part) => part.media)];
  const bare = pictures.filter((each) => isBlank(each.alt)).length;
  if (bare > 0) found.push({ level: 'warn', code: 'noAlt', params: { count: bare } });
  else if (pictures.length > 0) found.push({ level: 'ok', code: 'alt', params: { count: pictures.length } });
  if (fits) found.push({ level: 'ok', code: 'fits' });
  if (links > 0) found.push({ level: 'ok', code: 'link', params: { count: links } });
  const order = { stops: 0, warn: 1, ok: 2 } as const;
  return found.sort((a, b) => order[a.level] - order[b.level]);
}
