import { Button, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';

const SHOWN = 12;

/** Choosing another zone shows what it does to each planned post before anything changes (DOMAIN §4). */
export function ZoneChange({ account }: { account: Account }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const [zone, setZone] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const format = useFormat(zone ?? account.zone);
  const rows = useRpcQuery('accounts.zonePreview', { accountId: account.id, zone: zone ?? account.zone }, { enabled: zone !== null }).data;
  const change = async (keep: 'clock' | 'instant'): Promise<void> => {
    if (zone === null) return;
    setBusy(true);
    try {
      const { changed, toTray, undoId } = await rpc.command('accounts.changeZone', { accountId: account.id, zone, keep });
      setZone(null);
      toast.done(t('settings.zoneDone', { changed, toTray }), { undoId });
    } catch (error) {
      toast.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <NativeSelect label={t('settings.zone')} value={account.zone} data-testid="account-zone" onChange={(event) => setZone(event.currentTarget.value)} data={[...new Set([account.zone, ...Intl.supportedValuesOf('timeZone')])]} />
      <Dialog opened={zone !== null} onClose={() => setZone(null)} title={t('settings.zoneTitle', { zone: zone ?? '' })}>
        <p>{rows?.length === 0 ? t('settings.zoneNone') : t('settings.zoneBody')}</p>
        {rows && rows.length > 0 ? (
          <table className="plain" data-testid="zone-list">
            <thead><tr><th>{t('settings.zonePost')}</th><th>{t('settings.zoneClock')}</th><th>{t('settings.zoneInstant')}</th></tr></thead>
            <tbody>
              {rows.slice(0, SHOWN).map((row) => (
                <tr key={row.id}><td>{row.text.slice(0, 40)}</td><td>{row.past ? t('settings.zonePast') : format.when(row.keepClockAt)}</td><td>{format.when(row.dueAt)}</td></tr>
              ))}
            </tbody>
          </table>
        ) : null}
        {rows && rows.length > SHOWN ? <p className="quiet">{t('settings.zoneMore', { count: rows.length - SHOWN })}</p> : null}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setZone(null)}>{t('shell.cancel')}</Button>
          <Button variant="default" loading={busy} disabled={!rows} data-testid="zone-clock" onClick={() => void change('clock')}>{t('settings.zoneClock')}</Button>
          <Button loading={busy} disabled={!rows} data-testid="zone-instant" onClick={() => void change('instant')}>{t('settings.zoneInstant')}</Button>
        </Group>
      </Dialog>
    </>
  );
}
