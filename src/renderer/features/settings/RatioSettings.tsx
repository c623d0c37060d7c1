import { ActionIcon, Button, Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { DEFAULT_POLICY, PRESET_60_40, type RatioMode } from '../../../shared/domain/types.ts';
import { useRpcCommand } from '../../rpc/hooks.ts';
import { TierBadge, tierName } from '../../ui/bits.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { ratioName } from './Accounts.tsx';

const PRESETS = [DEFAULT_POLICY, PRESET_60_40];

function LinkRules({ account, save }: { account: Account; save: (patch: Partial<InputOf<'accounts.update'>>) => void }) {
  const { t, i18n } = useTranslation();
  const [rules, setRules] = useState(account.urlRules);
  const [pattern, setPattern] = useState('');
  const [tier, setTier] = useState(account.policy.base);
  const keep = (next: Account['urlRules']): void => {
    setRules(next);
    save({ urlRules: next });
  };
  return (
    <section className="card">
      <header><div className="grow"><h2>{t('settings.rules')}</h2><div className="quiet">{t('settings.rulesHint')}</div></div></header>
      <table className="plain"><tbody>
        {rules.map((rule, index) => (
          <tr key={`${rule.pattern}-${index}`}>
            <td><TierBadge policy={account.policy} tier={rule.tier} /></td><td><code>{rule.pattern}</code></td><td>{tierName(account.policy, rule.tier, i18n.language)}</td>
            <td style={{ width: 28 }}><ActionIcon size={20} aria-label={`${t('settings.removeRule')}: ${rule.pattern}`} onClick={() => keep(rules.filter((_, i) => i !== index))}><IconX size={13} /></ActionIcon></td>
          </tr>
        ))}
      </tbody></table>
      <form className="card-form" onSubmit={(event) => { event.preventDefault(); keep([...rules, { pattern: pattern.trim(), tier }]); setPattern(''); }}>
        <TextInput style={{ flex: 1 }} label={t('settings.pattern')} placeholder="example.com/premium/*" value={pattern} maxLength={500} onChange={(event) => setPattern(event.currentTarget.value)} />
        <NativeSelect label={t('settings.tier')} value={tier} onChange={(event) => setTier(event.currentTarget.value)} data={account.policy.tiers.map((each) => ({ value: each.key, label: tierName(account.policy, each.key, i18n.language) }))} />
        <Button type="submit" variant="default" disabled={pattern.trim() === ''}>{t('settings.addRule')}</Button>
      </form>
    </section>
  );
}

/** The rule of the account in the bar: weights, how strictly, and which link means which tier (DOMAIN §2). */
export function RatioSettings({ account }: { account: Account }) {
  const { t, i18n } = useTranslation();
  const toast = useToast();
  const update = useRpcCommand('accounts.update');
  const save = (patch: Partial<InputOf<'accounts.update'>>): void => update.mutate({ accountId: account.id, ...patch }, { onSuccess: () => toast.done(t('settings.saved')), onError: toast.failed });
  const name = ratioName(account.policy);
  const choose = (value: string): void => {
    const found = PRESETS.find((each) => ratioName(each) === value);
    if (found) save({ policy: { ...found, mode: account.policy.mode } });
  };
  return (
    <>
      <div className="settings-head"><h1 className="grow">{t('settings.section.ratio')} <span className="quiet">@{account.username}</span></h1></div>
      <section className="card">
        <header><div className="grow"><h2>{t('settings.policy')} {name}</h2><div className="quiet">{t('settings.policyBody')}</div></div></header>
        <div className="card-form">
          <Group gap="xl">
            <div><div className="field-label">{t('settings.policy')}</div><SegmentedControl value={name} onChange={choose} aria-label={t('settings.policy')} data={[...PRESETS.map(ratioName), ...(PRESETS.some((each) => ratioName(each) === name) ? [] : [name])]} /></div>
            <div><div className="field-label">{t('settings.mode')}</div><SegmentedControl value={account.policy.mode} aria-label={t('settings.mode')} onChange={(mode) => save({ policy: { ...account.policy, mode: mode as RatioMode } })} data={(['enforce', 'warn', 'off'] as const).map((each) => ({ value: each, label: t(`settings.mode_${each}`) }))} /></div>
          </Group>
        </div>
        <table className="plain"><thead><tr><th>{t('settings.tier')}</th><th /><th>{t('settings.weight')}</th><th>{t('settings.grace')}</th></tr></thead><tbody>
          {account.policy.tiers.map((each) => <tr key={each.key}><td><TierBadge policy={account.policy} tier={each.key} /></td><td>{tierName(account.policy, each.key, i18n.language)}{each.key === account.policy.base ? ` · ${t('settings.base')}` : ''}</td><td>{each.weight}</td><td>{t('settings.minutes', { n: Math.round(each.graceMs / 60_000) })}</td></tr>)}
        </tbody></table>
      </section>
      <LinkRules account={account} save={save} />
    </>
  );
}
