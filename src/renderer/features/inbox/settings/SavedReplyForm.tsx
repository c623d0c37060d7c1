import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { CaseView, SavedReply } from '../../../../shared/contract/inbox.ts';
import { REPLY_VARIABLES, unknownVariables, variableList } from '../../../../shared/domain/savedReply.ts';
import { ReplyField } from './ReplyField.tsx';
import { focusSoon, useKept } from './useKept.ts';

export type ReplyFields = Pick<SavedReply, 'title' | 'lang' | 'text'>;

/** A saved reply being written. What is written stays when the page is left, until it is saved or discarded. */
export function SavedReplyForm({ account, reply, person, busy, onSave, onClose }: { account: Account; reply: SavedReply | null; person: CaseView['person'] | null; busy: boolean; /** True once it is kept. */ onSave: (fields: ReplyFields) => Promise<boolean>; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { value: form, set, forget } = useKept<ReplyFields>(`${account.id} reply ${reply?.id ?? 'new'}`, reply ?? { title: '', lang: i18n.language === 'en' ? 'en' : 'es', text: '' });
  const [asked, setAsked] = useState(false);
  const top = useRef<HTMLFormElement>(null);
  const noTitle = form.title.trim() === '';
  const noText = form.text.trim() === '';
  const unknown = unknownVariables(form.text);
  const submit = async (): Promise<void> => {
    setAsked(true);
    if (noTitle) return focusSoon('reply-title');
    if (noText || unknown.length > 0) return top.current?.querySelector('textarea')?.focus();
    if (await onSave({ title: form.title.trim(), lang: form.lang, text: form.text.trim() })) forget();
    return undefined;
  };
  const heading = reply ? t('inboxSettings.replies.editing', { name: reply.title }) : t('inboxSettings.replies.new');
  return (
    <form ref={top} className="inbox-form" noValidate data-testid="reply-form" aria-label={heading} onSubmit={(event) => { event.preventDefault(); if (!busy) void submit(); }}>
      <h3>{heading}</h3>
      <div className="form-grid two">
        <TextInput id="reply-title" autoFocus withAsterisk aria-required label={t('inboxSettings.replies.replyTitle')} title={t('inboxSettings.replies.titleHint')} value={form.title} maxLength={80} error={asked && noTitle ? t('inboxSettings.problem.title') : undefined} data-testid="reply-title" onChange={(event) => set({ ...form, title: event.currentTarget.value })} />
        <div><div className="field-label" id="reply-lang">{t('inboxSettings.replies.lang')}</div><SegmentedControl aria-labelledby="reply-lang" value={form.lang} data-testid="reply-lang" onChange={(lang) => set({ ...form, lang: lang === 'en' ? 'en' : 'es' })} data={(['es', 'en'] as const).map((value) => ({ value, label: t(`inboxSettings.replies.${value}`) }))} /></div>
      </div>
      <ReplyField
        account={account} label={t('inboxSettings.replies.text')} lang={form.lang} value={form.text} error={asked && noText ? t('inboxSettings.problem.text') : asked && unknown.length > 0 ? t('inboxSettings.problem.variables', { names: unknown.join(', '), known: variableList(REPLY_VARIABLES, i18n.language === 'en' ? 'en' : 'es') }) : undefined} known={REPLY_VARIABLES} values={{}} person={person} testid="reply" required maxLength={10_000}
        onChange={(text) => set({ ...form, text })} onSubmit={() => top.current?.requestSubmit()}
      />
      <footer>
        <span className="grow" />
        <Button variant="default" data-testid="reply-discard" onClick={() => { forget(); onClose(); }}>{t('inboxSettings.discard')}</Button>
        <Button type="submit" loading={busy} data-testid="reply-save">{t('inboxSettings.replies.save')}</Button>
      </footer>
    </form>
  );
}
