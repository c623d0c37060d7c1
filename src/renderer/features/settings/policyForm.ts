import { normalise } from '../../../shared/domain/ratio/index.ts';
import { type RatioPolicy, ratioPolicySchema, type TierDef, tierDefSchema } from '../../../shared/domain/types.ts';

export const FEWEST_TIERS = 2;
export const MOST_TIERS = 6;
export const COLORS = tierDefSchema.shape.color.options;
const MINUTE = 60_000;
const MOST_WEIGHT = 100;
const MOST_MINUTES = 24 * 60;
const MOST_NAME = 40;
const MOST_LETTER = 2;

/** A tier as it is being written: numbers as text, so that a half typed one is kept. */
export interface TierRow {
  key: string;
  name: { es: string; en: string };
  letter: { es: string; en: string };
  color: TierDef['color'];
  weight: string;
  /** Minutes. */
  grace: string;
  tiedToTime: boolean;
}
export interface PolicyForm {
  tiers: TierRow[];
  base: string;
}
export type Field = 'nameEs' | 'nameEn' | 'letterEs' | 'letterEn' | 'weight' | 'grace';
export type Problem = 'empty' | 'twice' | 'weight' | 'grace';

export function formOf(policy: RatioPolicy): PolicyForm {
  return { base: policy.base, tiers: policy.tiers.map((tier) => ({ key: tier.key, name: { ...tier.name }, letter: { ...tier.letter }, color: tier.color, weight: String(tier.weight), grace: String(Math.round(tier.graceMs / MINUTE)), tiedToTime: tier.tiedToTime })) };
}
const wholeIn = (text: string, least: number, most: number): number | null => {
  const n = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return n >= least && n <= most ? n : null;
};
const same = (a: string, b: string): boolean => a.trim().toLocaleLowerCase() === b.trim().toLocaleLowerCase();

/** What is wrong with each field, by tier; empty where nothing is. Two tiers with one name or one letter could not be told apart. */
export function problemsOf(form: PolicyForm): Map<string, Partial<Record<Field, Problem>>> {
  const found = new Map<string, Partial<Record<Field, Problem>>>();
  for (const tier of form.tiers) {
    const others = form.tiers.filter((each) => each !== tier);
    const word = (text: string, twin: (other: TierRow) => string): Problem | undefined => (text.trim() === '' ? 'empty' : others.some((other) => same(twin(other), text)) ? 'twice' : undefined);
    const entries: [Field, Problem | undefined][] = [
      ['nameEs', word(tier.name.es, (other) => other.name.es)], ['nameEn', word(tier.name.en, (other) => other.name.en)],
      ['letterEs', word(tier.letter.es, (other) => other.letter.es)], ['letterEn', word(tier.letter.en, (other) => other.letter.en)],
      ['weight', wholeIn(tier.weight, 1, MOST_WEIGHT) === null ? 'weight' : undefined], ['grace', wholeIn(tier.grace, 0, MOST_MINUTES) === null ? 'grace' : undefined],
    ];
    const wrong = entries.filter(([, problem]) => problem !== undefined);
    if (wrong.length > 0) found.set(tier.key, Object.fromEntries(wrong));
  }
  return found;
}
/** The policy that a form means; null while something of it is wrong. */
export function policyOf(form: PolicyForm, mode: RatioPolicy['mode']): RatioPolicy | null {
  if (problemsOf(form).size > 0) return null;
  const both = (text: { es: string; en: string }): { es: string; en: string } => ({ es: text.es.trim(), en: text.en.trim() });
  const parsed = ratioPolicySchema.safeParse({
    mode, base: form.base,
    tiers: form.tiers.map((tier) => ({ key: tier.key, name: both(tier.name), letter: both(tier.letter), color: tier.color, weight: Number(tier.weight), graceMs: Number(tier.grace) * MINUTE, tiedToTime: tier.tiedToTime })),
  });
  return parsed.success ? parsed.data : null;
}
/** "10 : 4 : 1": weights divided by their greatest common divisor; what is no weight yet is a dash. */
export function ratioOf(form: PolicyForm): { words: string; total: number | null } {
  const weights = form.tiers.map((tier) => wholeIn(tier.weight, 1, MOST_WEIGHT));
  const whole = weights.filter((each) => each !== null);
  if (whole.length < weights.length) return { words: weights.map((each) => each ?? '–').join(' : '), total: null };
  const { weights: divided, total } = normalise(whole);
  return { words: divided.join(' : '), total };
}
/** For drawing its squares while it is being written. */
export function previewOf(form: PolicyForm): RatioPolicy {
  return { mode: 'off', base: form.base, tiers: form.tiers.map((tier) => ({ key: tier.key, name: { es: tier.name.es || '…', en: tier.name.en || '…' }, letter: { es: tier.letter.es || '?', en: tier.letter.en || '?' }, color: tier.color, weight: 1, graceMs: 0, tiedToTime: false })) };
}

/** One tier more, with a colour that none has yet. `used` are keys that posts or slots still carry: a new tier must not take them over. */
export function withTier(form: PolicyForm, used: ReadonlySet<string>): PolicyForm {
  const taken = new Set([...used, ...form.tiers.map((tier) => tier.key)]);
  let n = form.tiers.length + 1;
  while (taken.has(`tier${n}`)) n += 1;
  const color = COLORS.find((each) => !form.tiers.some((tier) => tier.color === each)) ?? 'teal';
  return { ...form, tiers: [...form.tiers, { key: `tier${n}`, name: { es: '', en: '' }, letter: { es: '', en: '' }, color, weight: '1', grace: '120', tiedToTime: false }] };
}
/** Without a tier; the first that is left is the base where the base goes. */
export function withoutTier(form: PolicyForm, key: string): PolicyForm {
  const tiers = form.tiers.filter((tier) => tier.key !== key);
  return { tiers, base: form.base === key ? (tiers[0]?.key ?? '') : form.base };
}
/** A colour belongs to one tier: whoever had it takes the other's. */
export function withColor(form: PolicyForm, key: string, color: TierDef['color']): PolicyForm {
  const old = form.tiers.find((tier) => tier.key === key)?.color ?? color;
  return { ...form, tiers: form.tiers.map((tier) => (tier.key === key ? { ...tier, color } : tier.color === color ? { ...tier, color: old } : tier)) };
}
export const shortName = (text: string): string => text.slice(0, MOST_NAME);
export const shortLetter = (text: string): string => [...text.trim()].slice(0, MOST_LETTER).join('').toLocaleUpperCase();
