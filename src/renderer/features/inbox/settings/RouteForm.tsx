import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../../shared/contract/accounts.ts';
import type { CaseView, RouteView } from '../../../../shared/contract/inbox.ts';
import { ROUTE_VARIABLES, unknownVariables, variableList } from '../../../../shared/domain/savedReply.ts';
import { isAddress, mayBecomeAddress } from './forms.ts';
import { ReplyField } from './ReplyField.tsx';
import { focusSoon, useKept } from './useKept.ts';

type Fields = Omit<RouteView, 'id'>;
const EMPTY: Fields = { name: '', url: '', phone: '', hours: '', replies: { es: '', en: '' } };

/** A channel being written. What is written stays when the page is left, until it is saved or discarded. */
export function RouteForm({ account, route, person, busy, onSave, onClose }: { account: Account; route: RouteView | null; person: CaseView['person'] | null; busy: boolean; /** True once it is kept. */ onSave: (fields: Fields) => Promise<boolean>; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { value: form, set, forget } = useKept<Fields>(`${account.id} route ${route?.id ?? 'new'}`, route ?? EMPTY);
  const [asked, setAsked] = useState(false);
  const top = useRef<HTMLFormElement>(null);
  const change = (patch: Partial<Fields>): void => set({ ...form, ...patch });
  const noName = form.name.trim() === '';
  const badUrl = !isAddress(form.url);
  const unknown = { es: unknownVariables(form.replies.es), en: unknownVariables(form.replies.en) };
  const values = { route: form.name, url: form.url, phone: form.phone, hours: form.hours };
  const submit = async (): Promise<void> => {
    setAsked(true);
    if (noName || badUrl) return focusSoon(noName ? 'route-name' : 'route-url');
    const wrong = (['es', 'en'] as const).find((lang) => unknown[lang].length > 0);
    if (wrong) return top.current?.querySelector<HTMLElement>(`[data-testid="route-${wrong}-text"]`)?.focus();
    const replies = { es: form.replies.es.trim(), en: form.replies.en.trim() };
    if (await onSave({ name: form.name.trim(), url: form.url.trim(), phone: form.phone.trim(), hours: form.hours.trim(), replies })) forget();
    return undefined;
  };
  const replyIn = (lang: 'es' | 'en') => (
    <ReplyField
      account={account} label={t(`inboxSettings.routes.reply_${lang}`)} lang={lang} value={form.replies[lang]} error={asked && unknown[lang].length > 0 ? t('inboxSettings.problem.variables', { names: unknown[lang].join(', '), known: variableList(ROUTE_VARIABLES, i18n.language === 'en' ? 'en' : 'es') }) : undefined} known={ROUTE_VARIABLES} values={values} person={person} testid={`route-${lang}`} maxLength={5000}
      onChange={(text) => change({ replies: { ...form.replies, [lang]: text } })} onSubmit={() => top.current?.requestSubmit()}
    />
  );
  const written = (['es', 'en'] as const).filter((lang) => form.replies[lang].trim() !== '');
  return (
    <form ref={top} className="inbox-form" noValidate data-testid="route-form" aria-label={route ? t('inboxSettings.routes.editing', { name: route.name }) : t('inboxSettings.routes.new')} onSubmit={(event) => { event.preventDefault(); if (!busy) void submit(); }}>
      <h3>{route ? t('inboxSettings.routes.editing', { name: route.name }) : t('inboxSettings.routes.new')}</h3>
      <div className="form-grid four">
        <TextInput id="route-name" autoFocus withAsterisk aria-required label={t('inboxSettings.name')} value={form.name} maxLength={80} error={asked && noName ? t('inboxSettings.problem.name') : undefined} data-testid="route-name" onChange={(event) => change({ name: event.currentTarget.value })} />
        {/* Said while it is typed: a line that comes when the field is left would move the button that is being pressed. */}
        <TextInput id="route-url" type="url" label={t('inboxSettings.routes.url')} value={form.url} maxLength={500} placeholder="https://" error={badUrl && (asked || !mayBecomeAddress(form.url)) ? t('inboxSettings.problem.url') : undefined} data-testid="route-url" onChange={(event) => change({ url: event.currentTarget.value })} />
        <TextInput label={t('inboxSettings.routes.phone')} value={form.phone} maxLength={40} data-testid="route-phone" onChange={(event) => change({ phone: event.currentTarget.value })} />
        <TextInput label={t('inboxSettings.routes.hours')} title={t('inboxSettings.routes.hoursHint')} value={form.hours} maxLength={80} data-testid="route-hours" onChange={(event) => change({ hours: event.currentTarget.value })} />
      </div>
      {replyIn('es')}
      {replyIn('en')}
      <footer>
        <span className="quiet grow" role="status">{written.length === 0 ? t('inboxSettings.routes.noReplyHint') : written.length === 1 ? t('inboxSettings.routes.otherLang') : ''}</span>
        <Button variant="default" data-testid="route-discard" onClick={() => { forget(); onClose(); }}>{t('inboxSettings.discard')}</Button>
        <Button type="submit" loading={busy} data-testid="route-save">{t('inboxSettings.routes.save')}</Button>
      </footer>
    </form>
  );
}
