import '../../styles/inboxSettings.css';
import { Button, NumberInput, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { CampaignData } from '../../../shared/contract/planning.ts';
import { HEAVIEST, LIGHTEST, rangeFault } from '../../../shared/domain/library/campaign.ts';
import { dayOf } from '../../../shared/domain/time.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { DateInput } from '../../ui/DateTimeInput.tsx';
import { useKept } from '../inbox/settings/useKept.ts';
import { useThemes } from '../library/useThemes.ts';

export type CampaignFields = Pick<CampaignData, 'name' | 'theme' | 'from' | 'to' | 'weight'>;
/** As it is being written: a weight may be half typed. */
type Written = Omit<CampaignFields, 'weight'> & { weight: number | string };
type Fault = 'name' | 'theme' | 'days' | 'order' | 'long' | 'weight';
const NO_ITEMS: readonly LibraryItem[] = [];
const USUAL_WEIGHT = 2;
const STEP = 0.5;

function faultOf({ name, theme, from, to, weight }: Written): Fault | null {
  if (name.trim() === '') return 'name';
  if (theme.trim() === '') return 'theme';
  if (from === '' || to === '') return 'days';
  return rangeFault(from, to) ?? (weight !== '' && Number(weight) >= LIGHTEST && Number(weight) <= HEAVIEST ? null : 'weight');
}

/** A campaign being written. What is written stays when the page is left, until it is saved or closed; in a dialog it goes with it. */
export function CampaignForm({ account, campaign, busy, inDialog, onSave, onClose }: { account: Account; /** Null for a new one. */ campaign: CampaignData | null; busy: boolean; inDialog?: boolean; /** True once it is kept. */ onSave: (fields: CampaignFields) => Promise<boolean>; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const themes = useThemes(account, useRpcQuery('library.list', { accountId: account.id }).data ?? NO_ITEMS);
  const list = useId();
  const top = useRef<HTMLFormElement>(null);
  const [start] = useState<Written>(() => {
    const today = dayOf(Date.now(), account.zone);
    return campaign ?? { name: '', theme: '', from: today, to: today, weight: USUAL_WEIGHT };
  });
  const { value: form, set, forget } = useKept<Written>(`${account.id} campaign ${campaign?.id ?? 'new'}`, start);
  const [asked, setAsked] = useState(false);
  const change = (patch: Partial<Written>): void => set({ ...form, ...patch });
  const fault = faultOf(form);
  const close = (): void => {
    forget();
    onClose();
  };
  const submit = async (): Promise<void> => {
    setAsked(true);
    if (fault) return top.current?.querySelector<HTMLElement>(`[data-testid="campaign-${fault === 'days' ? (form.from === '' ? 'from' : 'to') : fault === 'order' || fault === 'long' ? 'to' : fault}"]`)?.focus();
    if (await onSave({ name: form.name.trim(), theme: form.theme.trim(), from: form.from, to: form.to, weight: Number(form.weight) })) forget();
    return undefined;
  };
  useKeys({
    Escape: () => {
      if (document.activeElement?.closest('.dock')) return false;
      close();
      return true;
    },
    'Mod+Enter': () => {
      if (!top.current?.contains(document.activeElement)) return false;
      top.current.requestSubmit();
      return true;
    },
  });
  const leaving = useRef(forget);
  useEffect(() => {
    const { current } = leaving;
    return () => { if (inDialog) current(); };
  }, [inDialog]);
  const heading = campaign ? t('template.campaign.editing', { name: campaign.name }) : t('template.campaign.new');
  const wrong = (which: Fault): string | undefined => (asked && fault === which ? t(`template.campaign.fault.${which}`) : undefined);
  const ofDays = asked && (fault === 'days' || fault === 'order' || fault === 'long') ? fault : null;
  return (
    <form ref={top} className="inbox-form" noValidate data-testid="campaign-form" aria-label={heading} onSubmit={(event) => { event.preventDefault(); if (!busy) void submit(); }}>
      {inDialog ? null : <h3>{heading}</h3>}
      <div className="form-grid two">
        <TextInput autoFocus data-autofocus withAsterisk aria-required label={t('template.campaign.name')} placeholder={t('template.campaign.example')} value={form.name} maxLength={60} error={wrong('name')} data-testid="campaign-name" onChange={(event) => change({ name: event.currentTarget.value })} />
        <TextInput withAsterisk aria-required label={t('template.campaign.theme')} value={form.theme} list={list} maxLength={60} autoComplete="off" error={wrong('theme')} data-testid="campaign-theme" onChange={(event) => change({ theme: event.currentTarget.value })} />
        <datalist id={list}>{themes.map((theme) => <option key={theme} value={theme} />)}</datalist>
      </div>
      <div className="form-grid three">
        <DateInput label={t('template.campaign.from')} value={form.from} zone={account.zone} data-testid="campaign-from" onChange={(from) => change({ from })} />
        <DateInput label={t('template.campaign.to')} value={form.to} zone={account.zone} data-testid="campaign-to" onChange={(to) => change({ to })} />
        <NumberInput label={t('template.campaign.weight')} title={t('template.campaign.weightHint')} prefix="×" min={LIGHTEST} max={HEAVIEST} step={STEP} decimalScale={2} decimalSeparator={i18n.language === 'es' ? ',' : '.'} allowNegative={false} value={form.weight} error={wrong('weight')} data-testid="campaign-weight" onChange={(weight) => change({ weight })} />
      </div>
      <footer>
        <span className={ofDays ? 'field-wrong grow' : 'quiet grow'} role="status">{ofDays ? t(`template.campaign.fault.${ofDays}`) : t('template.campaign.weightHint')}</span>
        <Button variant="default" data-testid="campaign-cancel" onClick={close}>{t('template.campaign.cancel')}</Button>
        <Button type="submit" loading={busy} data-testid="campaign-save">{t('template.campaign.save')}</Button>
      </footer>
    </form>
  );
}
