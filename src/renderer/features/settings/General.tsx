import { NativeSelect, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/host.ts';
import { useRpcCommand } from '../../rpc/hooks.ts';
import { useToast } from '../../ui/useToast.tsx';

/** Language, look and time. */
export function General({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const toast = useToast();
  const set = useRpcCommand('settings.set');
  const save = (patch: Partial<Settings>): void => set.mutate(patch, { onError: toast.failed });
  const hours = Array.from({ length: 25 }, (_, i) => ({ value: String(i), label: `${String(i).padStart(2, '0')}:00` }));
  return (
    <>
      <div className="settings-head"><h1>{t('settings.section.general')}</h1></div>
      <section className="card">
        <div className="card-grid">
          <NativeSelect label={t('settings.language')} data-testid="set-language" value={settings.lang ?? 'es'} onChange={(event) => save({ lang: event.currentTarget.value as 'es' | 'en' })} data={[{ value: 'es', label: 'Español' }, { value: 'en', label: 'English' }]} />
          <NativeSelect label={t('settings.theme')} data-testid="set-theme" value={settings.theme} onChange={(event) => save({ theme: event.currentTarget.value as Settings['theme'] })} data={[{ value: 'auto', label: t('settings.themeAuto') }, { value: 'light', label: t('settings.themeLight') }, { value: 'dark', label: t('settings.themeDark') }]} />
          <NativeSelect label={t('settings.windowZone')} value={settings.zone} onChange={(event) => save({ zone: event.currentTarget.value })} data={Array.from(new Set([settings.zone, ...Intl.supportedValuesOf('timeZone')]))} />
          <NativeSelect label={t('settings.weekStart')} value={settings.weekStart} onChange={(event) => save({ weekStart: event.currentTarget.value as Settings['weekStart'] })} data={[{ value: 'auto', label: t('settings.auto') }, { value: 'monday', label: t('settings.monday') }, { value: 'sunday', label: t('settings.sunday') }]} />
          <NativeSelect label={t('settings.hours')} value={settings.hour12} onChange={(event) => save({ hour12: event.currentTarget.value as Settings['hour12'] })} data={[{ value: 'auto', label: t('settings.auto') }, { value: '24', label: t('settings.h24') }, { value: '12', label: t('settings.h12') }]} />
          <div style={{ display: 'flex', gap: 8 }}>
            <NativeSelect label={t('settings.visible')} value={String(settings.dayStartHour)} onChange={(event) => save({ dayStartHour: Number(event.currentTarget.value) })} data={hours.slice(0, settings.dayEndHour)} style={{ flex: 1 }} />
            <NativeSelect label={t('settings.to')} value={String(settings.dayEndHour)} onChange={(event) => save({ dayEndHour: Number(event.currentTarget.value) })} data={hours.slice(settings.dayStartHour + 1)} />
          </div>
        </div>
        <div className="card-form"><Switch label={t('settings.linkChecks')} description={t('settings.linkChecksWhy')} checked={settings.linkChecks} data-testid="set-link-checks" onChange={(event) => save({ linkChecks: event.currentTarget.checked })} /></div>
      </section>
    </>
  );
}
