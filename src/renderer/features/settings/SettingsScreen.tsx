import { Button, Group, NativeSelect, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/host.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useToast } from '../../ui/useToast.tsx';
import { AccountSettings } from './AccountSettings.tsx';

/** Language, look, planning zone and accounts. Every change is kept at once. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const toast = useToast();
  const settings = useRpcQuery('settings.get', {}).data;
  const info = useRpcQuery('host.info', {}).data;
  const secrets = useRpcQuery('secrets.status', {}).data;
  const set = useRpcCommand('settings.set');
  const practice = useRpcCommand('accounts.addPractice');
  const openWizard = useView((state) => state.set);
  const { accounts } = useAccounts();
  if (!settings) return null;
  const save = (patch: Partial<Settings>): void => set.mutate(patch, { onError: toast.failed });
  const hours = Array.from({ length: 25 }, (_, i) => ({ value: String(i), label: `${String(i).padStart(2, '0')}:00` }));
  return (
    <div className="page" data-testid="settings">
      <h1 style={{ marginTop: 0 }}>{t('settings.title')}</h1>
      <Stack gap="sm" style={{ maxWidth: 760 }}>
        <Group>
          <NativeSelect label={t('settings.language')} data-testid="set-language" value={settings.lang ?? 'es'} onChange={(event) => save({ lang: event.currentTarget.value as 'es' | 'en' })} data={[{ value: 'es', label: 'Español' }, { value: 'en', label: 'English' }]} />
          <NativeSelect label={t('settings.theme')} data-testid="set-theme" value={settings.theme} onChange={(event) => save({ theme: event.currentTarget.value as Settings['theme'] })} data={[{ value: 'auto', label: t('settings.themeAuto') }, { value: 'light', label: t('settings.themeLight') }, { value: 'dark', label: t('settings.themeDark') }]} />
          <NativeSelect label={t('settings.zone')} value={settings.zone} onChange={(event) => save({ zone: event.currentTarget.value })} data={[...new Set([settings.zone, ...Intl.supportedValuesOf('timeZone')])]} />
          <NativeSelect label={t('settings.weekStart')} value={settings.weekStart} onChange={(event) => save({ weekStart: event.currentTarget.value as Settings['weekStart'] })} data={[{ value: 'auto', label: t('settings.auto') }, { value: 'monday', label: t('settings.monday') }, { value: 'sunday', label: t('settings.sunday') }]} />
          <NativeSelect label={t('settings.hours')} value={settings.hour12} onChange={(event) => save({ hour12: event.currentTarget.value as Settings['hour12'] })} data={[{ value: 'auto', label: t('settings.auto') }, { value: '24', label: t('settings.h24') }, { value: '12', label: t('settings.h12') }]} />
        </Group>
        <Group align="flex-end">
          <NativeSelect label={`${t('settings.visible')}: ${t('settings.from')}`} value={String(settings.dayStartHour)} onChange={(event) => save({ dayStartHour: Number(event.currentTarget.value) })} data={hours.slice(0, settings.dayEndHour)} />
          <NativeSelect label={t('settings.to')} value={String(settings.dayEndHour)} onChange={(event) => save({ dayEndHour: Number(event.currentTarget.value) })} data={hours.slice(settings.dayStartHour + 1)} />
        </Group>
        <Switch label={t('settings.notifications')} checked={settings.notifications} onChange={(event) => save({ notifications: event.currentTarget.checked })} />
        <div>
          <Group justify="space-between"><h2 style={{ margin: '8px 0' }}>{t('settings.accounts')}</h2>
            <Group gap="xs">
              {accounts.some((each) => each.network === 'practice') ? null : <Button variant="default" loading={practice.isPending} onClick={() => practice.mutate({}, { onError: toast.failed })}>{t('accounts.addPractice')}</Button>}
              <Button data-testid="settings-connect" onClick={() => openWizard({ wizardOpen: true })}>{t('first.connect')}</Button>
            </Group>
          </Group>
          {accounts.map((account) => <AccountSettings key={account.id} account={account} />)}
        </div>
        <p className="quiet">{info ? `${t('settings.version', { version: info.version })} · ${t('settings.server', { origin: info.apiOrigin })}` : ''}{secrets ? ` · ${t(`shell.secret.${secrets.locked && secrets.backend === 'passphrase' ? 'locked' : secrets.backend}`)}` : ''}</p>
      </Stack>
    </div>
  );
}
