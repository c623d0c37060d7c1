import { Button, Group, TextInput } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRpcCommand, useRpcQuery } from '../rpc/hooks.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { useToast } from '../ui/useToast.tsx';
import { useView } from './viewStore.ts';

/** Stops all automatic sending, with a reason; the same place resumes it (DOMAIN §4, pause). */
export function PauseButton() {
  const { t } = useTranslation();
  const toast = useToast();
  const status = useRpcQuery('scheduler.status', {}).data;
  const pause = useRpcCommand('scheduler.pause');
  const resume = useRpcCommand('scheduler.resume');
  const open = useView((state) => state.pauseOpen);
  const set = useView((state) => state.set);
  const setOpen = (pauseOpen: boolean): void => set({ pauseOpen });
  const [reason, setReason] = useState('');
  if (status?.paused) return <Button variant="default" leftSection={<IconPlayerPlay size={15} stroke={1.75} />} onClick={() => resume.mutate({}, { onError: toast.failed })}>{t('shell.resume')}</Button>;
  const confirm = (): void => pause.mutate({ reason: reason.trim() || t('shell.pauseNoReason') }, { onSuccess: () => setOpen(false), onError: toast.failed });
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerPause size={15} stroke={1.75} />} onClick={() => setOpen(true)} data-testid="pause">{t('shell.pause')}</Button>
      <Dialog opened={open} onClose={() => setOpen(false)} title={t('shell.pauseTitle')}>
        <p>{t('shell.pauseBody')}</p>
        <form onSubmit={(event) => { event.preventDefault(); confirm(); }}>
          <TextInput label={t('shell.pauseReason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus maxLength={200} />
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={() => setOpen(false)}>{t('shell.cancel')}</Button>
            <Button type="submit" loading={pause.isPending}>{t('shell.pauseConfirm')}</Button>
          </Group>
        </form>
      </Dialog>
    </>
  );
}
