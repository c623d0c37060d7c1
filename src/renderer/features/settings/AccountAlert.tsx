import { Button } from '@mantine/core';
import { IconAlertCircle, IconHandStop, IconInbox, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { useView } from '../../app/viewStore.ts';
import { PRICES } from '../../../shared/domain/price.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { useOpen } from '../../ui/ExternalLink.tsx';
import { CONSOLE, RedirectUris } from '../accounts/RedirectUris.tsx';
import { SecretsForm } from '../accounts/Secrets.tsx';
import { useKeysTest } from './useKeysTest.ts';

/** What is wrong with an account: what happened, what is kept, what is at risk, and the act that mends it (LOOK, 10). */
export function AccountAlert({ account }: { account: Account }) {
  const { t } = useTranslation();
  const format = useFormat(account.zone);
  const view = useView();
  const planned = useRpcQuery('publications.list', { accountId: account.id, states: ['scheduled', 'retry_wait'] }).data ?? [];
  const [unlocking, setUnlocking] = useState(false);
  const { state } = account;
  const due = planned.flatMap((each) => (each.dueAt === null ? [] : [each.dueAt]));
  return (
    <div className="card-alert" role="status">
      <IconAlertCircle size={16} stroke={1.75} aria-hidden="true" />
      <span className="grow">{t(`accounts.stateBody.${state}`)}{due.length > 0 && state !== 'other_origin' ? <b> {t('accounts.atRisk', { count: due.length, when: format.when(Math.min(...due)) })}</b> : null}</span>
      {due.length > 0 ? <Button variant="default" onClick={() => view.go('calendar')}>{t('accounts.seePlanned')}</Button> : null}
      {state === 'locked' ? <Button onClick={() => setUnlocking(true)}>{t('accounts.unlock')}</Button> : state === 'needs_reauth' ? <Button onClick={() => view.set({ wizardOpen: true })}>{t('accounts.signIn')}</Button> : null}
      <Dialog opened={unlocking} onClose={() => setUnlocking(false)} title={t('accounts.unlock')}><SecretsForm onDone={() => setUnlocking(false)} /></Dialog>
    </div>
  );
}

/** Beside the accounts: what becomes of things while one cannot sign in, and the addresses that signing in needs. */
export function AccountHelp({ accounts }: { accounts: readonly Account[] }) {
  const { t } = useTranslation();
  const open = useOpen();
  const format = useFormat();
  const { test, testing } = useKeysTest();
  const connected = accounts.filter((each) => each.network === 'x' && each.state === 'connected');
  const broken = accounts.some((each) => each.state === 'needs_reauth');
  if (!accounts.some((each) => each.network === 'x')) return null;
  return (
    <div className="account-help">
      {broken ? (
        <section className="card">
          <h2>{t('accounts.meanwhile.title')}</h2>
          <ul>
            <li><IconHandStop size={16} stroke={1.75} aria-hidden="true" />{t('accounts.meanwhile.held')}</li>
            <li><IconRefresh size={16} stroke={1.75} aria-hidden="true" />{t('accounts.meanwhile.back')}</li>
            <li><IconInbox size={16} stroke={1.75} aria-hidden="true" />{t('accounts.meanwhile.here')}</li>
          </ul>
        </section>
      ) : null}
      <section className="card">
        <h2>{t('accounts.redirectTitle')}</h2>
        <p>{t('accounts.redirectBody')}</p>
        <RedirectUris />
        <p className="row-ends">
          <button type="button" className="link-button" onClick={() => open(CONSOLE)}>{t('accounts.console')}</button>
          {connected.length > 0 ? <button type="button" className="link-button" disabled={testing} title={t('accounts.testKeysPrice', { usd: format.usd(connected.length * PRICES.readUser) })} data-testid="test-keys" onClick={() => test(connected)}>{t('accounts.testKeys')}</button> : null}
        </p>
      </section>
    </div>
  );
}
