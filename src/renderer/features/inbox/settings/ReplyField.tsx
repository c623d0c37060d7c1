import { Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { CaseView } from '../../../../shared/contract/inbox.ts';
import { fillReply, firstName, type ReplyValues, type Variable, variableList, variableName, variableOf } from '../../../../shared/domain/savedReply.ts';
import { weightedLength } from '../../../../shared/domain/text.ts';
import { useRpcQuery } from '../../../rpc/hooks.ts';
import { useFormat } from '../../../ui/format.ts';
import { textProblems } from './forms.ts';

/** Somebody a reply can be shown for: the first who waits in the inbox; null when nobody does. */
export function usePreviewPerson(account: Account): CaseView['person'] | null {
  return useRpcQuery('inbox.list', { accountId: account.id, view: 'attend', limit: 1 }).data?.cases[0]?.person ?? null;
}

/** A reply being written: its variables at a button, and how the person would read it (DOMAIN §6, saved replies). */
export function ReplyField({ account, label, lang, value, error, known, values, person, testid, required = false, maxLength, onChange, onSubmit }: {
  account: Account;
  label: string;
  lang: 'es' | 'en';
  value: string;
  error?: string | undefined;
  known: readonly Variable[];
  /** What a channel fills in. */
  values: ReplyValues;
  person: CaseView['person'] | null;
  testid: string;
  required?: boolean;
  maxLength: number;
  onChange: (text: string) => void;
  onSubmit: () => void;
}) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const field = useRef<HTMLTextAreaElement>(null);
  const [unnamed, setUnnamed] = useState(false);
  const heading = useId();
  // A fallback is part of the reply: it is in the reply's language, not in the window's.
  const fallback = i18n.getFixedT(lang)('inboxSettings.text.fallback');
  const name = unnamed ? '' : firstName(person?.name ?? '');
  const filled = fillReply(value, { ...values, name, handle: `@${person?.username ?? account.username}` });
  const problems = textProblems(value, known, { ...values, handle: '@' });
  const used = weightedLength(filled.text);
  /** Offered in the language of the window; the reply may be in the other. */
  const written = (variable: Variable): string => variableName(variable, format.lang);
  const insert = (variable: Variable): void => {
    const element = field.current;
    const hole = variable === 'name' ? `{${written(variable)}|${fallback}}` : `{${written(variable)}}`;
    const from = element?.selectionStart ?? value.length;
    const to = element?.selectionEnd ?? value.length;
    onChange(`${value.slice(0, from)}${hole}${value.slice(to)}`.slice(0, maxLength));
    requestAnimationFrame(() => { element?.focus(); element?.setSelectionRange(from + hole.length, from + hole.length); });
  };
  return (
    <div className="reply-field" data-testid={testid}>
      <div>
        <Textarea
          ref={field} label={label} lang={lang} withAsterisk={required} aria-required={required} autosize minRows={3} maxRows={10} maxLength={maxLength} value={value} error={error} data-testid={`${testid}-text`} onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={(event) => { if (event.key === 'Enter' && !event.nativeEvent.isComposing && (event.ctrlKey || event.metaKey)) { event.preventDefault(); onSubmit(); } }}
        />
        <div className="reply-variables" role="group" aria-label={`${t('inboxSettings.text.variables')}: ${label}`}>
          <span aria-hidden="true">{t('inboxSettings.text.variables')}</span>
          {known.map((variable) => <button key={variable} type="button" className="pill-button" title={t(`inboxSettings.text.vars.${variable}`)} aria-label={t('inboxSettings.text.insert', { name: `{${written(variable)}}, ${t(`inboxSettings.text.vars.${variable}`)}` })} data-testid={`${testid}-${variable}`} onClick={() => insert(variable)}>{`{${written(variable)}}`}</button>)}
        </div>
      </div>
      <div className="reply-preview" role="group" aria-labelledby={heading}>
        <header>
          <span id={heading}>{person && !unnamed ? t('inboxSettings.text.preview', { username: person.username }) : t('inboxSettings.text.previewNobody')}</span>
          {person ? <button type="button" className="link-button" onClick={() => setUnnamed(!unnamed)}>{t(unnamed ? 'inboxSettings.text.withName' : 'inboxSettings.text.withoutName')}</button> : null}
        </header>
        <p lang={lang} dir="auto" data-testid={`${testid}-preview`}>
          {value.trim() === '' ? <span className="quiet">{t('inboxSettings.text.nothing')}</span> : filled.parts.map((part, index) => (part.kind === 'said' ? part.text : <mark key={index} className={part.kind}>{part.kind === 'missing' ? t('inboxSettings.text.missing', { name: part.text }) : part.text}</mark>))}
        </p>
        <div role="status">
          {problems.length > 0 ? (
            <ul className="reply-problems" data-testid={`${testid}-problems`}>
              {problems.map(({ hole, kind }) => <li key={hole}><IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />{t(`inboxSettings.text.${kind}`, { name: hole, known: variableList(known, format.lang), example: `${hole.slice(0, -1)}|${variableOf(hole.slice(1, -1)) === 'name' ? fallback : '…'}}` })}</li>)}
            </ul>
          ) : null}
        </div>
        <span className={used > account.maxWeighted ? 'field-wrong' : 'quiet'}>{t('inboxSettings.text.used', { used: format.number(used), most: format.number(account.maxWeighted) })}</span>
      </div>
    </div>
  );
}
