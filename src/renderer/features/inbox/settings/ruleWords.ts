import type { TFunction } from 'i18next';
import type { RouteView, RuleView } from '../../../../shared/contract/inbox.ts';
import { spanWords } from '../../../ui/clockWords.ts';

/** A list longer than this says only its first ones. */
const SAID = 4;
const MINUTE_MS = 60_000;

/** The name of a language in the window's own; its code where there is none. */
export const langName = (code: string, lang: string): string => {
  try {
    return new Intl.DisplayNames([lang], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
};

/** A rule in words: what it looks for, and what it does. */
export function ruleWords(t: TFunction, lang: string, rule: RuleView, routes: readonly RouteView[]): { when: string[]; acts: string[] } {
  const any = new Intl.ListFormat(lang, { type: 'disjunction' });
  const some = (words: readonly string[], quote: (word: string) => string): string => any.format([...words.slice(0, SAID).map(quote), ...(words.length > SAID ? [`+${words.length - SAID}`] : [])]);
  const { words, people, lang: language, hasLink, hasQuestion, personLabel } = rule.conditions;
  const { kind, high, label, snoozeMinutes, mute, routeId } = rule.actions;
  const when = [
    ...(words && words.length > 0 ? [t('inboxSettings.say.words', { words: some(words, (word) => (lang === 'es' ? `«${word}»` : `“${word}”`)) })] : []),
    ...(people && people.length > 0 ? [t('inboxSettings.say.people', { people: some(people, (person) => `@${person}`) })] : []),
    ...(language === undefined ? [] : [t('inboxSettings.say.lang', { lang: langName(language, lang) })]),
    ...(hasLink === undefined ? [] : [t(hasLink ? 'inboxSettings.say.link' : 'inboxSettings.say.noLink')]),
    ...(hasQuestion === undefined ? [] : [t(hasQuestion ? 'inboxSettings.say.question' : 'inboxSettings.say.noQuestion')]),
    ...(personLabel === undefined ? [] : [t('inboxSettings.say.personLabel', { label: personLabel })]),
  ];
  const acts = [
    ...(kind === undefined ? [] : [t('inboxSettings.say.kind', { kind: t(`inbox.kind.${kind}`) })]),
    ...(high === undefined ? [] : [t(high ? 'inboxSettings.say.high' : 'inboxSettings.say.normal')]),
    ...(label === undefined ? [] : [t('inboxSettings.say.label', { label })]),
    ...(mute ? [t('inboxSettings.say.mute')] : snoozeMinutes === undefined ? [] : [t('inboxSettings.say.snooze', { span: spanWords(snoozeMinutes * MINUTE_MS) })]),
    ...(routeId === undefined ? [] : [t('inboxSettings.say.route', { name: routes.find((each) => each.id === routeId)?.name ?? t('inboxSettings.rules.goneRoute') })]),
  ];
  return { when: when.length > 0 ? when : [t('inboxSettings.say.everything')], acts };
}
