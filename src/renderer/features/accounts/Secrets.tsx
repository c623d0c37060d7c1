import { Button, Group, Stack } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { ErrorNote } from '../../ui/bits.tsx';
import { useAccounts, useKeysLocked } from '../../ui/useAccounts.ts';
import { useErrorWords } from '../../ui/useToast.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { SecretInput } from './SecretInput.tsx';

/** Choosing how keys are kept where no keychain is, or unlocking them. Never plain text (ARCHITECTURE §5). */
export function SecretsForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const status = useRpcQuery('secrets.status', {}).data;
  const unlock = useRpcCommand('secrets.unlock');
  const [passphrase, setPassphrase] = useState('');
  /** A new one is typed twice: with a slip in it the keys could never be opened again. */
  const [again, setAgain] = useState('');
  const [forgotten, setForgotten] = useState(false);
  const locked = status?.backend === 'passphrase';
  // The keychain holds the key and is shut: it comes first, because any other way means connecting the accounts anew.
  const shut = status?.backend === 'keychain' && status.locked;
  const differs = !locked && again !== '' && again !== passphrase;
  const use = (): void => unlock.mutate({ how: 'passphrase', passphrase }, { onSuccess: onDone });
  return (
    <form onSubmit={(event) => { event.preventDefault(); use(); }}>
      <Stack gap="sm">
        {shut ? <><p style={{ margin: 0 }}>{t('accounts.keychainBody')}</p><Group><Button loading={unlock.isPending} onClick={() => unlock.mutate({ how: 'keychain' }, { onSuccess: onDone })} data-testid="unlock-keychain">{t('shell.tryAgain')}</Button></Group></> : null}
        <p style={{ margin: 0 }}>{t(locked ? 'accounts.unlockBody' : shut ? 'accounts.keychainElse' : 'accounts.keepBody')}</p>
        <SecretInput label={t('accounts.passphrase')} value={passphrase} onChange={(event) => setPassphrase(event.currentTarget.value)} data-autofocus data-testid="passphrase" />
        {locked ? null : <SecretInput label={t('accounts.passphraseAgain')} value={again} error={differs && again.length >= passphrase.length ? t('accounts.passphraseDiffers') : null} onChange={(event) => setAgain(event.currentTarget.value)} data-testid="passphrase-again" />}
        <Group>
          <Button type="submit" variant={shut ? 'default' : 'filled'} disabled={passphrase.length < 8 || (!locked && again !== passphrase)} loading={unlock.isPending}>{locked ? t('accounts.unlock') : t('accounts.usePassphrase')}</Button>
          {locked ? null : <Button variant="default" data-testid="session-only" onClick={() => unlock.mutate({ how: 'session' }, { onSuccess: onDone })}>{t('accounts.useSession')}</Button>}
        </Group>
        {locked && !forgotten ? <button type="button" className="link-button" onClick={() => setForgotten(true)} data-testid="passphrase-forgotten">{t('accounts.forgotten')}</button> : null}
        {locked && forgotten ? (
          <div role="alert">
            <p style={{ margin: '0 0 8px' }}>{t('accounts.forgottenBody')}</p>
            <Button color="red" variant="light" loading={unlock.isPending} onClick={() => unlock.mutate({ how: 'forget' }, { onSuccess: onDone })} data-testid="passphrase-forget">{t('accounts.forget')}</Button>
          </div>
        ) : null}
        {unlock.error ? <ErrorNote>{words(unlock.error)}</ErrorNote> : null}
      </Stack>
    </form>
  );
}

/** Says where keys are kept; opens the choice where one is needed. */
export function SecretsBadge() {
  const { t } = useTranslation();
  const status = useRpcQuery('secrets.status', {}).data;
  const { accounts } = useAccounts();
  const [open, setOpen] = useState(false);
  const locked = useKeysLocked();
  if (!status || (status.backend === 'keychain' && !status.locked) || !accounts.some((each) => each.network === 'x')) return null;
  const label = locked ? t('shell.secret.locked') : status.backend === 'passphrase' ? t('shell.secret.passphrase') : status.backend === 'session' ? t('shell.secret.session') : t('shell.secret.none');
  return (
    <>
      {status.locked ? <button type="button" className="tag bad secrets-badge" onClick={() => setOpen(true)}>{label}</button> : <span className="tag line">{label}</span>}
      <Dialog opened={open} onClose={() => setOpen(false)} title={t(locked ? 'accounts.unlock' : 'accounts.keep')}><SecretsForm onDone={() => setOpen(false)} /></Dialog>
    </>
  );
}

/** Opens the dialog that unlocks the keys, for where their being locked is what stands in the way. */
export function UnlockButton({ testId = 'unlock' }: { testId?: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)} data-testid={testId}>{t('accounts.unlock')}</Button>
      <Dialog opened={open} onClose={() => setOpen(false)} title={t('accounts.unlock')}><SecretsForm onDone={() => setOpen(false)} /></Dialog>
    </>
  );
}

/** Nothing goes out and nothing comes in until the keys are unlocked: not the network's fault, and said where it is seen. */
export function LockedBanner() {
  const { t } = useTranslation();
  const status = useRpcQuery('secrets.status', {}).data;
  const locked = useKeysLocked();
  if (!locked || !status) return null;
  return (
    <div className="banner" role="status" data-testid="locked">
      <IconLock size={16} stroke={1.75} aria-hidden="true" />
      <b>{t('shell.secret.locked')}</b>
      <span className="grow">{t(status.backend === 'keychain' ? 'accounts.lockedKeychain' : 'accounts.lockedBody')}</span>
      <UnlockButton />
    </div>
  );
}
