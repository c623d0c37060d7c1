import { ActionIcon, Button, Group, Menu, NativeSelect } from '@mantine/core';
import { IconCoin, IconDots, IconKey, IconPlus, IconSchool, IconShieldCheck, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { weightsOf } from '../../../shared/domain/ratio/index.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { Avatar } from '../../ui/bits.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useToast } from '../../ui/useToast.tsx';
import { AccountAlert, AccountHelp } from './AccountAlert.tsx';
import { useKeysTest } from './useKeysTest.ts';
import { ZoneChange } from './ZoneChange.tsx';

/** Own accounts of the practice world: brand, department, personal. */
const PRACTICE_ACCOUNTS = 3;

export const ratioName = (policy: Account['policy']): string => Array.from(weightsOf(policy).weights.values()).join(' : ');

/** What is seldom done with an account. */
function MoreOfAccount({ account, onMoney }: { account: Account; onMoney: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const format = useFormat();
  const remove = useRpcCommand('accounts.remove');
  const { test } = useKeysTest();
  const [asking, setAsking] = useState(false);
  const go = (): void => remove.mutate({ accountId: account.id }, { onSuccess: (gone) => { setAsking(false); toast.done(t('accounts.removed', { read: t('accounts.removedRead', { count: gone.removedPosts, posts: format.number(gone.removedPosts) }), drafts: t('accounts.removedDrafts', { count: gone.keptDrafts }) })); }, onError: toast.failed });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><ActionIcon size={28} aria-label={t('accounts.more', { username: account.username })} title={t('accounts.more', { username: account.username })} data-testid="account-more"><IconDots size={16} stroke={1.75} aria-hidden="true" /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {account.network === 'x' && account.state === 'connected' ? <Menu.Item leftSection={<IconKey size={15} stroke={1.75} aria-hidden="true" />} data-testid="account-test" onClick={() => test([account])}>{t('accounts.testKeys')}</Menu.Item> : null}
          <Menu.Item leftSection={<IconCoin size={15} stroke={1.75} aria-hidden="true" />} onClick={onMoney}>{t('accounts.toMoney')}</Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={15} stroke={1.75} aria-hidden="true" />} data-testid="account-remove" onClick={() => setAsking(true)}>{t('accounts.remove')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('accounts.removeTitle', { username: account.username })}>
        <p>{t('accounts.removeBody')}</p>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setAsking(false)}>{t('shell.cancel')}</Button>
          <Button color="red" loading={remove.isPending} data-testid="account-remove-confirm" onClick={go}>{t('accounts.remove')}</Button>
        </Group>
      </Dialog>
    </>
  );
}

function AccountCard({ account, onRatio, onMoney }: { account: Account; onRatio: () => void; onMoney: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const format = useFormat(account.zone);
  const update = useRpcCommand('accounts.update');
  const month = useRpcQuery('money.month', { accountId: account.id }).data;
  /** When X last answered, over its columns; 0 for never. */
  const read = Math.max(0, ...(useRpcQuery('columns.list', {}).data ?? []).map((column) => (column.accountId === account.id ? (column.refreshedAt ?? 0) : 0)));
  // The month is the ledger's, in UTC, as what was spent in it.
  const began = month ? Date.parse(`${month.month}-01T00:00:00Z`) : null;
  const sent = useRpcQuery('publications.list', { accountId: account.id, states: ['posted'], ...(began === null ? {} : { from: began }) }, { enabled: began !== null }).data?.length;
  const save = (patch: Partial<InputOf<'accounts.update'>>): void => update.mutate({ accountId: account.id, ...patch }, { onSuccess: () => toast.done(t('settings.saved')), onError: toast.failed });
  const broken = account.state !== 'connected';
  return (
    <section className={broken ? 'card bad' : 'card'} data-testid="account-settings">
      {broken ? <AccountAlert account={account} /> : null}
      <header>
        <Avatar src={account.avatar} name={account.name} size={38} />
        <div className="grow">
          <div className="card-title"><h2>@{account.username}</h2><span className="tag line">{account.network === 'practice' ? t('shell.practice') : 'X'}</span><span className="tag accent">{t(`settings.role_${account.role}`)}</span></div>
          <div className="quiet clip">{account.network === 'practice' ? t('settings.practiceBody') : `${t('settings.connectedTo', { origin: account.apiOrigin, day: format.dayMonth(account.createdAt) })}${read === 0 ? '' : ` · ${t('accounts.lastRead', { when: format.isToday(read, Date.now()) ? format.time(read) : format.when(read) })}`}`}</div>
        </div>
        <MoreOfAccount account={account} onMoney={onMoney} />
      </header>
      <div className="facts">
        <div><span>{t('settings.role')}</span><NativeSelect aria-label={t('settings.role')} value={account.role} onChange={(event) => save({ role: event.currentTarget.value as Account['role'] })} data={(['brand', 'department', 'personal'] as const).map((each) => ({ value: each, label: t(`settings.role_${each}`) }))} /></div>
        <div><span>{t('settings.policy')}</span><button type="button" className="link-button" onClick={onRatio}>{account.policy.mode === 'off' ? t('settings.mode_off') : `${ratioName(account.policy)}, ${t(`settings.modeWord_${account.policy.mode}`)}`}</button></div>
        <div><ZoneChange account={account} /></div>
        <div><span>{t('composer.via')}</span><NativeSelect aria-label={t('composer.via')} value={account.via} onChange={(event) => save({ via: event.currentTarget.value === 'handoff' ? 'handoff' : 'api' })} data={[{ value: 'api', label: t('composer.viaApi') }, { value: 'handoff', label: t('composer.viaHand') }]} /></div>
        <div><span>{t('settings.month')}</span><p className="fact"><button type="button" className="link-button" onClick={onMoney} title={t('accounts.toMoney')}>{month ? (month.capUsd === null ? format.usd(month.spentHigh) : t('shell.monthOf', { spent: format.cents(month.spentHigh), cap: format.number(month.capUsd) })) : ''}</button>{sent === undefined ? null : <> · {t('accounts.sent', { count: sent })}</>}</p></div>
      </div>
    </section>
  );
}

/** Every account: what it is, what is wrong with it, and leaving (LOOK, 10). */
export function Accounts({ onRatio, onMoney }: { onRatio: () => void; onMoney: (account: Account) => void }) {
  const { t } = useTranslation();
  const secrets = useRpcQuery('secrets.status', {}).data;
  const toast = useToast();
  const { accounts } = useAccounts();
  const openWizard = useView((state) => state.set);
  const practice = useRpcCommand('accounts.addPractice');
  const practised = accounts.filter((each) => each.network === 'practice').length;
  return (
    <>
      <div className="settings-head">
        <h1 className="grow">{t('settings.accounts')}</h1>
        {practised < PRACTICE_ACCOUNTS ? <Button variant="default" leftSection={<IconSchool size={15} stroke={1.75} />} loading={practice.isPending} data-testid="add-practice" onClick={() => practice.mutate(practised === 0 ? {} : { another: true }, { onError: toast.failed })}>{t(practised === 0 ? 'accounts.addPractice' : 'accounts.anotherPractice')}</Button> : null}
        <Button leftSection={<IconPlus size={15} stroke={1.75} />} data-testid="settings-connect" onClick={() => openWizard({ wizardOpen: true })}>{t('settings.connectMore')}</Button>
      </div>
      {accounts.map((account) => <AccountCard key={account.id} account={account} onRatio={onRatio} onMoney={() => onMoney(account)} />)}
      <AccountHelp accounts={accounts} />
      <p className="settings-note"><IconShieldCheck size={15} stroke={1.75} aria-hidden="true" />{t(`settings.keysSafe.${secrets?.backend ?? 'none'}`)}</p>
    </>
  );
}
