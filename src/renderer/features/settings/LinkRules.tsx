import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { TierBadge, tierName } from '../../ui/bits.tsx';

/** Which link means which tier: the first that fits wins. */
export function LinkRules({ account, save }: { account: Account; save: (patch: Partial<InputOf<'accounts.update'>>) => void }) {
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
