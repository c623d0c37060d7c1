import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPencilPlus, IconPlus, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../shared/contract/accounts.ts';
import { isNetworkSource } from '../../shared/contract/columns.ts';
import { SecretsBadge } from '../features/accounts/Secrets.tsx';
import { Key, useKeyOf } from '../hotkeys/Key.tsx';
import { useConnection, useRpcCommand, useRpcQuery } from '../rpc/hooks.ts';
import { Avatar } from '../ui/bits.tsx';
import { useFormat } from '../ui/format.ts';
import { useAccounts, useKeysLocked } from '../ui/useAccounts.ts';
import { openPalette } from './paletteStore.ts';
import { PauseButton } from './PauseButton.tsx';
import { useView } from './viewStore.ts';

function AccountMenu({ accounts, current }: { accounts: readonly Account[]; current: Account }) {
  const { t } = useTranslation();
  const setSettings = useRpcCommand('settings.set');
  const set = useView((state) => state.set);
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <button type="button" className="account-button" data-testid="account-select" title={t('shell.account')}>
            <Avatar src={current.avatar} name={current.name} size={24} />
            <span className="clip">@{current.username}</span>
            {current.network === 'practice' ? <span className="tag line" title={t('deck.fictional')}>{t('shell.practice')}</span> : null}
            <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {accounts.map((each) => (
            <Menu.Item key={each.id} leftSection={<Avatar src={each.avatar} name={each.name} size={20} />} rightSection={each.network === 'practice' ? <span className="tag line">{t('shell.practice')}</span> : null} onClick={() => setSettings.mutate({ currentAccountId: each.id })}>
              @{each.username}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus size={14} stroke={1.75} />} onClick={() => set({ wizardOpen: true })}>{t('first.connect')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** What the month has cost, beside its cap; of a practice account it is simulated and says so. */
function Spend({ account }: { account: Account }) {
  const { t } = useTranslation();
  const format = useFormat();
  const month = useRpcQuery('money.month', { accountId: account.id }).data;
  if (!month) return null;
  const practice = account.network === 'practice';
  const spent = format.usd(month.spentHigh);
  return (
    <span className="nowrap" title={practice ? t('shell.monthSimulatedTitle') : t('shell.monthSpendTitle', { low: format.usd(month.spentLow), high: spent })}>
      {month.capUsd === null ? t(practice ? 'shell.monthSimulated' : 'shell.monthSpend', { low: spent }) : (
        <><span className="meter"><i style={{ width: `${Math.min(100, (month.spentHigh / Math.max(month.capUsd, 0.01)) * 100)}%` }} /></span> {t('shell.monthOf', { spent: format.cents(month.spentHigh), cap: format.number(month.capUsd) })}</>
      )}
    </span>
  );
}

/** Whether the columns are up to date, by the last read of each. */
function Freshness() {
  const { t } = useTranslation();
  const format = useFormat();
  const connection = useConnection();
  const columns = (useRpcQuery('columns.list', {}).data ?? []).filter((each) => isNetworkSource(each.source));
  const failed = columns.flatMap((each) => (each.error ? [each.error.since] : []));
  const read = columns.flatMap((each) => (each.refreshedAt === null ? [] : [each.refreshedAt]));
  const offlineSince = useRpcQuery('sync.status', {}).data?.offlineSince ?? null;
  const locked = useKeysLocked();
  if (connection.state !== 'open' || columns.length === 0) return null;
  if (locked) return <span className="nowrap"><span className="dot bad" aria-hidden="true" /> {t('shell.secret.locked')}</span>;
  if (offlineSince !== null) return <span className="nowrap"><span className="dot bad" aria-hidden="true" /> {t('shell.behind', { time: format.time(offlineSince) })}</span>;
  if (failed.length > 0 && failed.length >= read.length) return <span className="nowrap"><span className="dot bad" aria-hidden="true" /> {t('shell.behind', { time: format.time(Math.min(...failed)) })}</span>;
  return <span className="nowrap"><span className="dot" aria-hidden="true" /> {read.length === 0 ? t('shell.syncing') : t('shell.synced', { time: format.time(Math.max(...read)) })}</span>;
}

/** Account, search, money, freshness, pause and the new post (UX, shell). */
export function TopBar() {
  const { t } = useTranslation();
  const keyOf = useKeyOf();
  const openComposer = useView((state) => state.openComposer);
  const { accounts, current } = useAccounts();
  return (
    <header className="topbar">
      <div className="side">{current ? <AccountMenu accounts={accounts} current={current} /> : null}<SecretsBadge /></div>
      <button type="button" className="searchbox" onClick={openPalette}>
        <IconSearch size={15} stroke={1.75} aria-hidden="true" /><span className="grow clip">{t('shell.command')}</span><Key of="Mod+k" />
      </button>
      <div className="side end">
        {current ? <Spend account={current} /> : null}
        <Freshness />
        <PauseButton />
        <Button leftSection={<IconPencilPlus size={15} stroke={1.75} />} rightSection={<Key of="n" aria-hidden="true" />} data-testid="new-post" onClick={() => openComposer({ kind: 'new' })} title={keyOf('n')}>{t('shell.newPost')}</Button>
      </div>
    </header>
  );
}
