import type { RuleView } from '../../../../shared/contract/inbox.ts';
import { CASE_KINDS, type CaseKind } from '../../../../shared/domain/inbox.ts';
import { fillReply, type ReplyValues, unknownVariables, type Variable, variableOf } from '../../../../shared/domain/savedReply.ts';

const MOST_MINUTES = 100_000;

/** Whole minutes a person writes; null for nothing written, undefined when they are none. */
export function minutesOf(text: string): number | null | undefined {
  const words = text.trim();
  if (words === '') return null;
  if (!/^\d{1,6}$|^\d{1,3}[.,\s]\d{3}$/.test(words)) return undefined;
  const minutes = Number(words.replace(/\D/g, ''));
  return minutes >= 1 && minutes <= MOST_MINUTES ? minutes : undefined;
}
/** May be left out; what is there is an https address with a domain. */
export function isAddress(text: string): boolean {
  const words = text.trim();
  if (words === '') return true;
  if (/\s/.test(words) || !URL.canParse(words)) return false;
  const url = new URL(words);
  return url.protocol === 'https:' && /^https:\/\//i.test(words) && url.hostname.includes('.');
}

/** Not an address yet, but what is typed next may make it one. */
export const mayBecomeAddress = (text: string): boolean => 'https://'.startsWith(text.trim().toLowerCase()) || /^https:\/\/\S*$/i.test(text.trim());

export interface TextProblem {
  /** As it stands in the text, with its braces. */
  hole: string;
  /** `empty`: a variable without a value. `noName`: a name that not everybody has. `channelOnly`: one that only channels have. `unknown`: none, and it is not saved like this. */
  kind: 'empty' | 'noName' | 'channelOnly' | 'unknown';
}
/** What stands between a saved reply and its sending, each once: whoever it is for. */
export function textProblems(text: string, known: readonly Variable[], values: ReplyValues): TextProblem[] {
  const missing = fillReply(text, { ...values, name: '' }).parts.filter((part) => part.kind === 'missing').map((part) => part.text);
  const problems: TextProblem[] = [
    ...unknownVariables(text).map((hole): TextProblem => ({ hole, kind: 'unknown' })),
    ...missing.flatMap((hole): TextProblem[] => {
      const name = variableOf(hole.slice(1, -1));
      return name === null ? [] : [{ hole, kind: name === 'name' ? 'noName' : known.includes(name) ? 'empty' : 'channelOnly' }];
    }),
  ];
  return problems.filter((each, index) => problems.findIndex((other) => other.hole === each.hole) === index);
}

export type Either = '' | 'yes' | 'no';
/** A rule as its form holds it; '' where nothing was chosen. */
export interface RuleForm {
  id: string;
  enabled: boolean;
  name: string;
  words: string[];
  people: string[];
  lang: string;
  hasLink: Either;
  hasQuestion: Either;
  personLabel: string;
  kind: CaseKind | '';
  high: Either;
  label: string;
  snooze: string;
  mute: boolean;
  routeId: string;
}
export const newRule = (id: string): RuleForm => ({ id, enabled: true, name: '', words: [], people: [], lang: '', hasLink: '', hasQuestion: '', personLabel: '', kind: '', high: '', label: '', snooze: '', mute: false, routeId: '' });
const either = (value: boolean | undefined): Either => (value === undefined ? '' : value ? 'yes' : 'no');
export const eitherOf = (text: string): Either => (text === 'yes' || text === 'no' ? text : '');
export const kindOf = (text: string): CaseKind | '' => CASE_KINDS.find((each) => each === text) ?? '';

export function formOfRule({ id, enabled, name, conditions, actions }: RuleView): RuleForm {
  return {
    id, enabled, name, words: conditions.words ?? [], people: conditions.people ?? [], lang: conditions.lang ?? '', hasLink: either(conditions.hasLink), hasQuestion: either(conditions.hasQuestion), personLabel: conditions.personLabel ?? '',
    kind: actions.kind ?? '', high: either(actions.high), label: actions.label ?? '', snooze: actions.snoozeMinutes === undefined ? '' : String(actions.snoozeMinutes), mute: actions.mute ?? false, routeId: actions.routeId ?? '',
  };
}
export interface RuleProblems { name?: true; act?: true; minutes?: true }
export function problemsOfRule(form: RuleForm): RuleProblems {
  const snooze = minutesOf(form.snooze);
  const acts = form.kind !== '' || form.high !== '' || form.label.trim() !== '' || snooze !== null || form.mute || form.routeId !== '';
  return { ...(form.name.trim() === '' ? { name: true } : {}), ...(acts ? {} : { act: true }), ...(snooze === undefined && !form.mute ? { minutes: true } : {}) };
}
/** What core keeps of a form: only what was chosen. Minutes that are none are left out; a muted case is not snoozed. */
export function ruleOf(form: RuleForm): RuleView {
  const { lang, hasLink, hasQuestion, kind, high, mute, routeId } = form;
  const personLabel = form.personLabel.trim();
  const label = form.label.trim();
  const snoozeMinutes = mute ? null : minutesOf(form.snooze);
  return {
    id: form.id, name: form.name.trim(), enabled: form.enabled,
    conditions: {
      ...(form.words.length > 0 ? { words: form.words } : {}), ...(form.people.length > 0 ? { people: form.people } : {}), ...(lang === '' ? {} : { lang }),
      ...(hasLink === '' ? {} : { hasLink: hasLink === 'yes' }), ...(hasQuestion === '' ? {} : { hasQuestion: hasQuestion === 'yes' }), ...(personLabel === '' ? {} : { personLabel }),
    },
    actions: {
      ...(kind === '' ? {} : { kind }), ...(high === '' ? {} : { high: high === 'yes' }), ...(label === '' ? {} : { label }),
      ...(typeof snoozeMinutes === 'number' ? { snoozeMinutes } : {}), ...(mute ? { mute } : {}), ...(routeId === '' ? {} : { routeId }),
    },
  };
}
/** Does it look at every message? */
export const fitsAll = (rule: RuleView): boolean => Object.keys(rule.conditions).length === 0;
/** The list with one rule in its place, or at the end when it is new. */
export const withRule = (rules: readonly RuleView[], rule: RuleView): RuleView[] => (rules.some((each) => each.id === rule.id) ? rules.map((each) => (each.id === rule.id ? rule : each)) : [...rules, rule]);
/** The list with the rule one place up or down; the same where there is none. */
export function movedRule(rules: readonly RuleView[], id: string, by: 1 | -1): RuleView[] {
  const at = rules.findIndex((each) => each.id === id);
  const other = rules[at + by];
  const rule = rules[at];
  if (!rule || !other) return [...rules];
  return rules.map((each) => (each === rule ? other : each === other ? rule : each));
}
/** Handles as they are kept: without @, each once. */
export const handlesOf = (typed: readonly string[]): string[] => [...new Set(typed.map((each) => each.trim().replace(/^@+/, '')).filter((each) => each !== ''))];
export const termsOf = (typed: readonly string[]): string[] => typed.map((each) => each.trim()).filter((each) => each !== '');
