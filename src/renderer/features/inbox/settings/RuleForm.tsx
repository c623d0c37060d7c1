import { Autocomplete, Button, Checkbox, NativeSelect, TagsInput, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { RouteView, RuleView } from '../../../../shared/contract/inbox.ts';
import { CASE_KINDS } from '../../../../shared/domain/inbox.ts';
import { spanWords } from '../../../ui/clockWords.ts';
import { type DryRun, Took, TriedOn } from './DryRun.tsx';
import { eitherOf, fitsAll, formOfRule, handlesOf, kindOf, minutesOf, newRule, problemsOfRule, type RuleForm as Form, ruleOf, termsOf } from './forms.ts';
import { langName } from './ruleWords.ts';
import { focusSoon, useKept } from './useKept.ts';

/** Languages of a message that can be looked for; what is kept beside them stays. */
const LANGS = ['es', 'en', 'ca', 'eu', 'gl', 'pt', 'fr', 'it', 'de'];
const MINUTE_MS = 60_000;
const FIRST: Record<'name' | 'act' | 'minutes', string> = { name: 'rule-name', act: 'rule-kind', minutes: 'rule-snooze' };

/** A rule being written; it can be tried on what is kept before it is saved. What is written stays when the page is left. */
export function RuleForm({ account, rule, routes, labels, busy, dry, onTry, onSave, onClose }: {
  account: Account;
  rule: RuleView | null;
  routes: readonly RouteView[];
  labels: readonly string[];
  busy: boolean;
  dry: DryRun;
  onTry: (rule: RuleView) => void;
  /** True once it is kept. */
  onSave: (rule: RuleView) => Promise<boolean>;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { value: form, set, forget } = useKept<Form>(`${account.id} rule ${rule?.id ?? 'new'}`, rule ? formOfRule(rule) : newRule(crypto.randomUUID()));
  const [asked, setAsked] = useState(false);
  const change = (patch: Partial<Form>): void => {
    set({ ...form, ...patch });
    dry.clear();
  };
  const problems = problemsOfRule(form);
  const minutes = minutesOf(form.snooze);
  const written = ruleOf(form);
  const submit = async (): Promise<void> => {
    setAsked(true);
    const first = (['name', 'act', 'minutes'] as const).find((each) => problems[each]);
    if (first) return focusSoon(FIRST[first]);
    if (await onSave(written)) forget();
    return undefined;
  };
  const heading = rule ? t('inboxSettings.rules.editing', { name: rule.name }) : t('inboxSettings.rules.new');
  const either = (field: 'hasLink' | 'hasQuestion') => (
    <NativeSelect label={t(`inboxSettings.rules.${field}`)} value={form[field]} data-testid={`rule-${field}`} onChange={(event) => change({ [field]: eitherOf(event.currentTarget.value) })} data={[{ value: '', label: t('inboxSettings.rules.any') }, { value: 'yes', label: t('inboxSettings.rules.yes') }, { value: 'no', label: t('inboxSettings.rules.no') }]} />
  );
  const langs = form.lang === '' || LANGS.includes(form.lang) ? LANGS : [...LANGS, form.lang];
  const gone = form.routeId !== '' && !routes.some((each) => each.id === form.routeId);
  return (
    <form className="inbox-form" noValidate data-testid="rule-form" aria-label={heading} onSubmit={(event) => { event.preventDefault(); if (!busy) void submit(); }} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.currentTarget.requestSubmit(); } }}>
      <h3>{heading}</h3>
      <TextInput id="rule-name" autoFocus withAsterisk aria-required maw={360} label={t('inboxSettings.name')} value={form.name} maxLength={80} error={asked && problems.name ? t('inboxSettings.problem.name') : undefined} data-testid="rule-name" onChange={(event) => change({ name: event.currentTarget.value })} />
      <div className="rule-sides">
        <fieldset>
          <legend>{t('inboxSettings.rules.when')}</legend>
          <TagsInput size="xs" label={t('inboxSettings.rules.words')} placeholder={form.words.length === 0 ? t('inboxSettings.rules.wordsHint') : ''} value={form.words} maxLength={100} maxTags={50} splitChars={[]} acceptValueOnBlur data-testid="rule-words" onChange={(typed) => change({ words: termsOf(typed) })} />
          <TagsInput size="xs" label={t('inboxSettings.rules.people')} placeholder={form.people.length === 0 ? t('inboxSettings.rules.peopleHint') : ''} value={form.people.map((each) => `@${each}`)} maxLength={50} maxTags={200} splitChars={[',', ' ']} acceptValueOnBlur data-testid="rule-people" onChange={(typed) => change({ people: handlesOf(typed) })} />
          <div className="form-grid three">
            <NativeSelect label={t('inboxSettings.rules.lang')} value={form.lang} data-testid="rule-lang" onChange={(event) => change({ lang: event.currentTarget.value })} data={[{ value: '', label: t('inboxSettings.rules.anyLang') }, ...langs.map((value) => ({ value, label: langName(value, i18n.language) }))]} />
            {either('hasLink')}
            {either('hasQuestion')}
          </div>
          <TextInput label={t('inboxSettings.rules.personLabel')} value={form.personLabel} maxLength={40} data-testid="rule-personLabel" onChange={(event) => change({ personLabel: event.currentTarget.value })} />
          {fitsAll(written) ? <p className="form-note"><IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />{t('inboxSettings.rules.everything')}</p> : null}
        </fieldset>
        <fieldset aria-describedby={asked && problems.act ? 'rule-act-wrong' : undefined}>
          <legend>{t('inboxSettings.rules.then')}</legend>
          <div className="form-grid two">
            <NativeSelect id="rule-kind" label={t('inboxSettings.rules.kind')} value={form.kind} data-testid="rule-kind" onChange={(event) => change({ kind: kindOf(event.currentTarget.value) })} data={[{ value: '', label: t('inboxSettings.rules.same') }, ...CASE_KINDS.map((value) => ({ value, label: t(`inbox.kind.${value}`) }))]} />
            <NativeSelect label={t('inboxSettings.rules.priority')} value={form.high} data-testid="rule-high" onChange={(event) => change({ high: eitherOf(event.currentTarget.value) })} data={[{ value: '', label: t('inboxSettings.rules.same') }, { value: 'yes', label: t('inboxSettings.rules.high') }, { value: 'no', label: t('inboxSettings.rules.normal') }]} />
            <Autocomplete size="xs" label={t('inboxSettings.rules.label')} value={form.label} maxLength={40} data={[...labels]} data-testid="rule-label" onChange={(label) => change({ label })} />
            <TextInput id="rule-snooze" inputMode="numeric" label={t('inboxSettings.rules.snooze')} value={form.snooze} maxLength={7} disabled={form.mute} data-testid="rule-snooze" error={problems.minutes ? t('inboxSettings.problem.minutes') : undefined} onChange={(event) => change({ snooze: event.currentTarget.value })} rightSectionWidth={64} rightSection={typeof minutes === 'number' && minutes >= 60 ? <span className="quiet nowrap">{spanWords(minutes * MINUTE_MS)}</span> : null} />
          </div>
          <Checkbox size="xs" label={t('inboxSettings.rules.mute')} description={form.mute && form.snooze.trim() !== '' ? t('inboxSettings.rules.muteWins') : undefined} checked={form.mute} data-testid="rule-mute" onChange={(event) => change({ mute: event.currentTarget.checked })} />
          <NativeSelect label={t('inboxSettings.rules.route')} description={t('inboxSettings.rules.routeHint')} value={form.routeId} data-testid="rule-route" onChange={(event) => change({ routeId: event.currentTarget.value })} data={[{ value: '', label: t('inboxSettings.rules.noRoute') }, ...routes.map(({ id, name }) => ({ value: id, label: name })), ...(gone ? [{ value: form.routeId, label: t('inboxSettings.rules.goneRoute') }] : [])]} />
          {asked && problems.act ? <span className="field-wrong" role="alert" id="rule-act-wrong">{t('inboxSettings.problem.act')}</span> : null}
        </fieldset>
      </div>
      <footer>
        <Button variant="default" leftSection={<IconFlask size={14} stroke={1.75} />} loading={dry.busy} data-testid="rule-try" onClick={() => onTry({ ...written, name: written.name === '' ? heading.slice(0, 80) : written.name, enabled: true })}>{t('inboxSettings.rules.tryDraft')}</Button>
        <span className="grow" />
        <Button variant="default" data-testid="rule-discard" onClick={() => { forget(); onClose(); }}>{t('inboxSettings.discard')}</Button>
        <Button type="submit" loading={busy} data-testid="rule-save">{t('inboxSettings.rules.save')}</Button>
      </footer>
      {/* Below the buttons: what is changed takes it away, and they stay where they are. */}
      {dry.result ? <div className="dry-draft" aria-live="polite"><Took tried={dry.result} ruleId={written.id} /><TriedOn tried={dry.result} /></div> : null}
    </form>
  );
}
