import '../../styles/wizard.css';
import { Button, Code, Group, Stack, Tabs, TextInput } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { AppError, type ErrorCode } from '../../../shared/contract/errors.ts';
import { connectUsd } from '../../../shared/domain/price.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpcCommand, useRpcEvent, useRpcQuery } from '../../rpc/hooks.ts';
import { ErrorNote } from '../../ui/bits.tsx';
import { useOpen } from '../../ui/ExternalLink.tsx';
import { useFormat } from '../../ui/format.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useErrorWords } from '../../ui/useToast.tsx';
import { Connected } from './Connected.tsx';
import { CONSOLE, RedirectUris } from './RedirectUris.tsx';
import { SecretInput } from './SecretInput.tsx';
import { SecretsForm } from './Secrets.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

function OAuth1Form({ onConnected }: { onConnected: (account: Account) => void }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const connect = useRpcCommand('accounts.connectOAuth1');
  const [keys, setKeys] = useState({ appKey: '', appSecret: '', accessToken: '', accessSecret: '' });
  const names = ['appKey', 'appSecret', 'accessToken', 'accessSecret'] as const;
  const label = { appKey: t('accounts.appKey'), appSecret: t('accounts.appSecret'), accessToken: t('accounts.accessToken'), accessSecret: t('accounts.accessSecret') };
  return (
    <form onSubmit={(event) => { event.preventDefault(); connect.mutate(keys, { onSuccess: onConnected }); }}>
      <Stack gap="xs">
        {names.map((name) => (
          <SecretInput key={name} label={label[name]} value={keys[name]} data-testid={`oauth1-${name}`} onChange={(event) => setKeys({ ...keys, [name]: event.currentTarget.value })} />
        ))}
        <Group mt={4}><Button type="submit" data-testid="oauth1-connect" loading={connect.isPending} disabled={names.some((name) => keys[name].trim() === '')}>{connect.isPending ? t('accounts.testing') : t('accounts.test')}</Button></Group>
        {connect.error ? <ErrorNote>{words(connect.error)}</ErrorNote> : null}
      </Stack>
    </form>
  );
}

function OAuth2Form({ onConnected }: { onConnected: (account: Account) => void }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const open = useOpen();
  const start = useRpcCommand('accounts.oauth2Start');
  const paste = useRpcCommand('accounts.oauth2Paste');
  const cancel = useRpcCommand('accounts.oauth2Cancel');
  const [clientId, setClientId] = useState('');
  const [clientSecret, setClientSecret] = useState('');
  const [flow, setFlow] = useState<{ flowId: string; authorizeUrl: string } | null>(null);
  const [address, setAddress] = useState('');
  const [failed, setFailed] = useState<string | null>(null);
  const flowId = flow?.flowId;
  useRpcEvent(
    'oauth2.finished',
    useCallback(
      (event) => {
        if (event.flowId !== flowId) return;
        setFlow(null);
        if (event.account) onConnected(event.account);
        else setFailed(event.errorCode);
      },
      [flowId, onConnected],
    ),
  );
  const begin = (): void => {
    setFailed(null);
    start.mutate(
      { clientId: clientId.trim(), ...(clientSecret.trim() ? { clientSecret: clientSecret.trim() } : {}) },
      { onSuccess: (started) => { setFlow(started); open(started.authorizeUrl); } },
    );
  };
  if (flow) {
    return (
      <Stack gap="xs">
        <p aria-live="polite" style={{ margin: 0 }}>{t('accounts.waiting')}</p>
        <Group>
          <Button variant="default" onClick={() => open(flow.authorizeUrl)}>{t('accounts.openAgain')}</Button>
          <Button variant="default" onClick={() => { cancel.mutate({ flowId: flow.flowId }); setFlow(null); }}>{t('shell.cancel')}</Button>
        </Group>
        <Code block data-testid="authorize-url" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{flow.authorizeUrl}</Code>
        <TextInput label={t('accounts.paste')} value={address} onChange={(event) => setAddress(event.currentTarget.value)} data-testid="oauth2-paste" />
        <Group><Button disabled={address.trim() === ''} loading={paste.isPending} data-testid="oauth2-use-pasted" onClick={() => paste.mutate({ flowId: flow.flowId, url: address }, { onSuccess: onConnected })}>{t('accounts.usePasted')}</Button></Group>
        {paste.error ? <ErrorNote>{words(paste.error)}</ErrorNote> : null}
      </Stack>
    );
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); begin(); }}>
      <Stack gap="xs">
        <TextInput label={t('accounts.clientId')} value={clientId} autoComplete="off" onChange={(event) => setClientId(event.currentTarget.value)} data-testid="oauth2-client-id" />
        <SecretInput label={t('accounts.clientSecret')} value={clientSecret} onChange={(event) => setClientSecret(event.currentTarget.value)} />
        <Group mt={4}><Button type="submit" loading={start.isPending} disabled={clientId.trim() === ''} data-testid="oauth2-start">{t('accounts.authorise')}</Button></Group>
        {start.error ? <ErrorNote>{words(start.error)}</ErrorNote> : null}
        {failed ? <ErrorNote>{words(new AppError(failed as ErrorCode))}</ErrorNote> : null}
      </Stack>
    </form>
  );
}

const STEPS = ['cost', 'keep', 'keys', 'mentions'] as const;
/** Where the wizard stands: what it costs is read beside the step that is on. */
function Steps({ now }: { now: number }) {
  const { t } = useTranslation();
  return <ol className="wizard-steps">{STEPS.map((each, i) => <li key={each} className={i < now ? 'gone' : i === now ? 'on' : ''} aria-current={i === now ? 'step' : undefined}><span>{i + 1}</span>{t(`accounts.steps.${each}`)}</li>)}</ol>;
}

/** Connect X: what it costs, the console, the redirect addresses, the keys, the first mentions (UX, first run). */
export function ConnectWizard() {
  const { t } = useTranslation();
  const open = useOpen();
  const format = useFormat();
  const { low, high } = connectUsd();
  const view = useView();
  const secrets = useRpcQuery('secrets.status', {}).data;
  const [account, setAccount] = useState<Account | null>(null);
  const onConnected = useCallback((found: Account) => setAccount(found), []);
  const close = (): void => {
    view.set({ wizardOpen: false });
    setAccount(null);
  };
  // As they were when it opened: who is among them signs in again.
  const { accounts } = useAccounts();
  const latest = useRef(accounts);
  latest.current = accounts;
  const [before, setBefore] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => { if (view.wizardOpen) setBefore(new Set(latest.current.map((each) => each.id))); }, [view.wizardOpen]);
  const needsKey = secrets !== undefined && secrets.locked;
  return (
    <Dialog opened={view.wizardOpen} onClose={close} title={t('accounts.wizard')} size="lg">
      <Steps now={account ? 3 : needsKey ? 1 : 2} />
      {account ? (
        <Connected account={account} again={before.has(account.id)} onDone={() => { close(); view.go('deck'); }} />
      ) : (
        <Stack gap="md">
          <section><h3 style={{ margin: 0 }}>{t('accounts.costTitle')}</h3><p style={{ margin: '4px 0 0' }}>{t('accounts.cost')} {t('accounts.own')}</p><p style={{ margin: '4px 0 0' }} data-testid="connect-price">{t('accounts.connectCost', { low: format.usd(low), high: format.usd(high) })}</p></section>
          {needsKey ? (
            <SecretsForm onDone={() => {}} />
          ) : (
            <>
              <Group><Button variant="default" onClick={() => open(CONSOLE)}>{t('accounts.console')}</Button></Group>
              <Tabs defaultValue="oauth2" keepMounted={false}>
                <Tabs.List>
                  <Tabs.Tab value="oauth2" data-testid="tab-oauth2">{t('accounts.oauth2')}</Tabs.Tab>
                  <Tabs.Tab value="oauth1" data-testid="tab-oauth1">{t('accounts.oauth1')}</Tabs.Tab>
                </Tabs.List>
                <Tabs.Panel value="oauth2" pt="sm">
                  <p style={{ margin: '0 0 4px' }}>{t('accounts.redirects')}</p>
                  <RedirectUris />
                  <OAuth2Form onConnected={onConnected} />
                </Tabs.Panel>
                <Tabs.Panel value="oauth1" pt="sm"><OAuth1Form onConnected={onConnected} /></Tabs.Panel>
              </Tabs>
            </>
          )}
        </Stack>
      )}
    </Dialog>
  );
}
