import { ActionIcon, Button, Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCalendarPlus, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { presetWeek, type TemplateSlot } from '../../../shared/domain/template.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { TimeInput } from '../../ui/DateTimeInput.tsx';
import { EmptyState, TierBadge, tierName } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';

type Check = OutputOf<'planning.template'>['check'];
type Days = TemplateSlot[][];
const WEEK = [1, 2, 3, 4, 5, 6, 7];
/** A Monday: only its weekday is shown. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;
const PRESET_TIERS = ['free', 'premium', 'status'];

/** Where the repeated week breaks the rule, in words. */
function Breaks({ account, check, weekday }: { account: Account; check: Check; weekday: (n: number) => string }) {
  const { t, i18n } = useTranslation();
  const first = check.breaks[0];
  if (check.ok || !first) return null;
  return (
    <div className="composer-warning" role="status" style={{ margin: '0 14px 12px' }}>
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />
      <p style={{ margin: 0 }}><b>{t('template.breaks', { count: check.breaks.length })}</b> {t('template.firstBreak', { day: weekday(first.weekday), time: first.time ?? '', tier: tierName(account.policy, first.tier, i18n.language), count: first.count, allowed: first.allowed })}</p>
    </div>
  );
}

/** The week's slots of an account: the preset of 45 a day, or its own; checked as its week repeated (DOMAIN §3). */
export function TemplateSettings({ account }: { account: Account }) {
  const { t, i18n } = useTranslation();
  const format = useFormat(account.zone);
  const toast = useToast();
  const lang = i18n.language === 'es' ? 'es' : 'en';
  const saved = useRpcQuery('planning.template', { accountId: account.id }).data;
  const set = useRpcCommand('planning.setTemplate');
  const [day, setDay] = useState(1);
  const [time, setTime] = useState('09:00');
  const [theme, setTheme] = useState('');
  const [tier, setTier] = useState(account.policy.base);
  if (!saved) return null;
  const weekday = (n: number): string => new Intl.DateTimeFormat(lang === 'es' ? 'es-ES' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(MONDAY + (n - 1) * DAY_MS);
  const save = (days: Days | null): void => set.mutate({ accountId: account.id, template: days === null ? null : { days } }, { onSuccess: ({ undoId }) => toast.done(days === null ? t('template.removed') : t('template.saved'), { undoId }), onError: toast.failed });
  const { template, check } = saved;
  const preset = account.policy.tiers.every((each) => PRESET_TIERS.includes(each.key)) && account.policy.tiers.length === PRESET_TIERS.length;
  if (!template) {
    return (
      <section className="card">
        <EmptyState icon={IconCalendarPlus} title={t('template.none')} body={t('template.noneBody')}>
          <Group gap="xs" justify="center">
            {preset ? <Button data-testid="template-preset" loading={set.isPending} onClick={() => save(presetWeek(lang))}>{t('template.usePreset')}</Button> : null}
            <Button variant="default" data-testid="template-empty" onClick={() => save(WEEK.map(() => [{ time: '09:00', theme: t('template.firstTheme'), tier: account.policy.base }]))}>{t('template.own')}</Button>
          </Group>
        </EmptyState>
      </section>
    );
  }
  const slots = template.days[day - 1] ?? [];
  const withDay = (next: TemplateSlot[]): Days => template.days.map((each, i) => (i === day - 1 ? next : each));
  const taken = slots.some((slot) => slot.time === time);
  return (
    <section className="card" data-testid="template">
      <header>
        <div className="grow"><h2>{t('template.title')}</h2><div className="quiet">{t('template.summary', { count: check.slots })} · {account.policy.tiers.map((each) => `${tierName(account.policy, each.key, i18n.language)} ${format.number(check.perWeek[each.key] ?? 0)}`).join(' · ')}</div></div>
        {preset ? <Button variant="default" onClick={() => save(presetWeek(lang))}>{t('template.usePreset')}</Button> : null}
        <Button variant="subtle" color="red" data-testid="template-remove" onClick={() => save(null)}>{t('template.remove')}</Button>
      </header>
      <Breaks account={account} check={check} weekday={weekday} />
      <div className="card-form" style={{ alignItems: 'center' }}>
        <SegmentedControl value={String(day)} onChange={(value) => setDay(Number(value))} aria-label={t('template.day')} data={WEEK.map((n) => ({ value: String(n), label: `${weekday(n)} ${template.days[n - 1]?.length ?? 0}` }))} />
        <span className="grow" />
        <Button variant="default" onClick={() => save(template.days.map(() => slots))}>{t('template.copyToAll')}</Button>
      </div>
      <div className="template-slots">
        {slots.map((slot) => (
          <div key={slot.time}>
            <TierBadge policy={account.policy} tier={slot.tier} hollow /><time>{slot.time}</time><span className="clip grow">{slot.theme}</span>
            <ActionIcon size={20} aria-label={`${t('template.removeSlot')} ${slot.time}`} onClick={() => save(withDay(slots.filter((each) => each !== slot)))}><IconX size={13} /></ActionIcon>
          </div>
        ))}
      </div>
      <form className="card-form" onSubmit={(event) => { event.preventDefault(); save(withDay([...slots, { time, theme: theme.trim(), tier }])); }}>
        <TimeInput label={t('composer.time')} value={time} onChange={setTime} w={110} data-testid="slot-time" />
        <TextInput style={{ flex: 1 }} label={t('template.theme')} value={theme} maxLength={60} onChange={(event) => setTheme(event.currentTarget.value)} />
        <NativeSelect label={t('settings.tier')} value={tier} onChange={(event) => setTier(event.currentTarget.value)} data={account.policy.tiers.map((each) => ({ value: each.key, label: tierName(account.policy, each.key, i18n.language) }))} />
        <Button type="submit" variant="default" leftSection={<IconPlus size={14} stroke={1.75} />} disabled={taken || !/^\d{2}:\d{2}$/.test(time)} loading={set.isPending} data-testid="slot-add">{t('template.add')}</Button>
      </form>
    </section>
  );
}
