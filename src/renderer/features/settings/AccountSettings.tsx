import { ActionIcon, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { weightsOf } from '../../../shared/domain/ratio/index.ts';
import { DEFAULT_POLICY, PRESET_60_40, type RatioMode } from '../../../shared/domain/types.ts';
import { useRpcCommand } from '../../rpc/hooks.ts';
import { Avatar, TierBadge, tierName } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Money } from './Money.tsx';
import { ZoneChange } from './ZoneChange.tsx';

const ratioName = (policy: Account['policy']): string => [...weightsOf(policy).weights.values()].join(':');

function Rules({ account, save }: { account: Account; save: (patch: Partial<InputOf<'accounts.update'>>) => void }) {
  const { t, i18n } = useTranslation();
  const [rules, setRules] = useState(account.urlRules);
  const [pattern, setPattern] = useState('');
  const [tier, setTier] = useState(account.policy.base);
  const keep = (next: Account['urlRules']): void => {
    setRules(next);
    save({ urlRules: next });
  };
  return (
    <div>
      <strong>{t('settings.rules')}</strong> <span className="quiet">{t('settings.rulesHint')}</span>
      {rules.map((rule, index) => (
        <Group key={`${rule.pattern}-${index}`} gap="xs" mt={4}>
          <TierBadge policy={account.policy} tier={rule.tier} /><code>{rule.pattern}</code>
          <ActionIcon aria-label={`${t('settings.removeRule')}: ${rule.pattern}`} onClick={() => keep(rules.filter((_, i) => i !== index))}><IconX size={12} /></ActionIcon>
        </Group>
      ))}
      <form onSubmit={(event) => { event.preventDefault(); keep([...rules, { pattern: pattern.trim(), tier }]); setPattern(''); }}>
        <Group gap="xs" mt={4} align="flex-end">
          <TextInput label={t('settings.pattern')} placeholder="example.com/premium/*" value={pattern} maxLength={500} onChange={(event) => setPattern(event.currentTarget.value)} />
          <NativeSelect label={t('settings.tier')} value={tier} onChange={(event) => setTier(event.currentTarget.value)} data={account.policy.tiers.map((each) => ({ value: each.key, label: tierName(account.policy, each.key, i18n.language) }))} />
          <Button type="submit" variant="default" disabled={pattern.trim() === ''}>{t('settings.addRule')}</Button>
        </Group>
      </form>
    </div>
  );
}

/** One account: its role, its rule, its links, and leaving. */
export function AccountSettings({ account }: { account: Account }) {
  const { t } = useTranslation();
  const toast = useToast();
  const format = useFormat();
  const update = useRpcCommand('accounts.update');
  const remove = useRpcCommand('accounts.remove');
  const [asking, setAsking] = useState(false);
  const save = (patch: Partial<InputOf<'accounts.update'>>): void => update.mutate({ accountId: account.id, ...patch }, { onSuccess: () => toast.done(t('settings.saved')), onError: toast.failed });
  const presets = [DEFAULT_POLICY, PRESET_60_40].map((policy) => ({ value: ratioName(policy), label: ratioName(policy), policy }));
  const name = ratioName(account.policy);
  return (
    <section style={{ borderTop: '1px solid var(--hair)', padding: '12px 0' }} data-testid="account-settings">
      <Group gap="sm">
        <Avatar src={account.avatar} name={account.name} size={28} />
        <div><strong>{account.name}</strong> <span className="quiet">@{account.username} · {account.network === 'practice' ? t('shell.practice') : account.apiOrigin} · {t(`accounts.state.${account.state}`)}</span></div>
        <span className="grow" />
        <Button variant="subtle" color="red" data-testid="account-remove" onClick={() => setAsking(true)}>{t('accounts.remove')}</Button>
      </Group>
      <Stack gap="sm" mt="sm">
        <Group>
          <NativeSelect label={t('settings.role')} value={account.role} onChange={(event) => save({ role: event.currentTarget.value as Account['role'] })} data={(['brand', 'department', 'personal'] as const).map((each) => ({ value: each, label: t(`settings.role_${each}`) }))} />
          <NativeSelect
            label={t('settings.policy')} value={name} onChange={(event) => { const found = presets.find((each) => each.value === event.currentTarget.value); if (found) save({ policy: { ...found.policy, mode: account.policy.mode } }); }}
            data={[...presets.map(({ value, label }) => ({ value, label })), ...(presets.some((each) => each.value === name) ? [] : [{ value: name, label: name }])]}
          />
          <NativeSelect label={t('settings.mode')} value={account.policy.mode} onChange={(event) => save({ policy: { ...account.policy, mode: event.currentTarget.value as RatioMode } })} data={(['enforce', 'warn', 'off'] as const).map((each) => ({ value: each, label: t(`settings.mode_${each}`) }))} />
          <ZoneChange account={account} />
          <NativeSelect label={t('composer.via')} value={account.via} onChange={(event) => save({ via: event.currentTarget.value === 'handoff' ? 'handoff' : 'api' })} data={[{ value: 'api', label: t('composer.viaApi') }, { value: 'handoff', label: t('composer.viaHand') }]} />
        </Group>
        <Rules account={account} save={save} />
        <Money account={account} />
      </Stack>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('accounts.removeTitle', { username: account.username })}>
        <p>{t('accounts.removeBody')}</p>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setAsking(false)}>{t('shell.cancel')}</Button>
          <Button color="red" loading={remove.isPending} data-testid="account-remove-confirm" onClick={() => remove.mutate({ accountId: account.id }, { onSuccess: (gone) => { setAsking(false); toast.done(t('accounts.removed', { posts: format.number(gone.removedPosts), drafts: gone.keptDrafts })); }, onError: toast.failed })}>{t('accounts.remove')}</Button>
        </Group>
      </Dialog>
    </section>
  );
}
