import { ActionIcon, Button, Checkbox, NativeSelect, Radio, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TierBadge } from '../../ui/bits.tsx';
import { COLORS, type Field, FEWEST_TIERS, MOST_TIERS, type PolicyForm, previewOf, problemsOf, shortLetter, shortName, type TierRow, withColor, withoutTier } from './policyForm.ts';

/** The tiers of a ratio, each field to be written in (DOMAIN §2). */
export function TierTable({ form, onChange, onAdd }: { form: PolicyForm; onChange: (form: PolicyForm) => void; onAdd: () => void }) {
  const { t } = useTranslation();
  const preview = previewOf(form);
  const problems = problemsOf(form);
  const change = (key: string, patch: Partial<TierRow>): void => onChange({ ...form, tiers: form.tiers.map((tier) => (tier.key === key ? { ...tier, ...patch } : tier)) });
  return (
    <>
      <div className="tier-table-frame" tabIndex={0} role="region" aria-label={t('settings.tiers')}>
        <table className="plain tier-table" data-testid="tier-table">
          <thead>
            <tr>
              <th><span className="sr">{t('settings.tier')}</span></th><th>{t('settings.nameEs')}</th><th>{t('settings.nameEn')}</th><th title={t('settings.letterHelp')}>{t('settings.letters')}</th><th>{t('settings.color')}</th>
              <th>{t('settings.weight')}</th><th title={t('settings.graceHelp')}>{t('settings.graceMinutes')}</th><th title={t('settings.tiedHelp')}>{t('settings.tied')}</th><th title={t('settings.baseHelp')}>{t('settings.base')}</th><th />
            </tr>
          </thead>
          <tbody>
            {form.tiers.map((tier, i) => {
              const wrong = problems.get(tier.key) ?? {};
              const named = tier.name.es || tier.name.en || String(i + 1);
              const error = (field: Field): string | undefined => (wrong[field] ? t(`settings.problem.${wrong[field]}`) : undefined);
              const field = (name: Field, label: string, value: string, onText: (text: string) => void, width?: number) => (
                <TextInput value={value} aria-label={`${label}: ${named}`} error={error(name) !== undefined} title={error(name)} data-testid={`tier-${tier.key}-${name}`} w={width} onChange={(event) => onText(event.currentTarget.value)} inputMode={name === 'weight' || name === 'grace' ? 'numeric' : undefined} />
              );
              return (
                <tr key={tier.key} data-testid={`tier-${tier.key}`}>
                  <td><TierBadge policy={preview} tier={tier.key} /></td>
                  <td>{field('nameEs', t('settings.nameEs'), tier.name.es, (es) => change(tier.key, { name: { ...tier.name, es: shortName(es) } }))}</td>
                  <td>{field('nameEn', t('settings.nameEn'), tier.name.en, (en) => change(tier.key, { name: { ...tier.name, en: shortName(en) } }))}</td>
                  <td><div className="pair">{field('letterEs', t('settings.letterEs'), tier.letter.es, (es) => change(tier.key, { letter: { ...tier.letter, es: shortLetter(es) } }), 40)}{field('letterEn', t('settings.letterEn'), tier.letter.en, (en) => change(tier.key, { letter: { ...tier.letter, en: shortLetter(en) } }), 40)}</div></td>
                  <td><NativeSelect aria-label={`${t('settings.color')}: ${named}`} value={tier.color} data-testid={`tier-${tier.key}-color`} onChange={(event) => { const chosen = COLORS.find((each) => each === event.currentTarget.value); if (chosen) onChange(withColor(form, tier.key, chosen)); }} data={COLORS.map((each) => ({ value: each, label: t(`settings.colors.${each}`) }))} /></td>
                  <td>{field('weight', t('settings.weight'), tier.weight, (weight) => change(tier.key, { weight }), 56)}</td>
                  <td>{field('grace', t('settings.graceMinutes'), tier.grace, (grace) => change(tier.key, { grace }), 64)}</td>
                  <td><Checkbox size="xs" aria-label={`${t('settings.tied')}: ${named}`} checked={tier.tiedToTime} data-testid={`tier-${tier.key}-tied`} onChange={(event) => change(tier.key, { tiedToTime: event.currentTarget.checked })} /></td>
                  <td><Radio size="xs" name="base" aria-label={`${t('settings.base')}: ${named}`} checked={form.base === tier.key} data-testid={`tier-${tier.key}-base`} onChange={() => onChange({ ...form, base: tier.key })} /></td>
                  <td><ActionIcon size={24} aria-label={`${t('settings.removeTier')}: ${named}`} title={t('settings.removeTier')} disabled={form.tiers.length <= FEWEST_TIERS} data-testid={`tier-${tier.key}-remove`} onClick={() => onChange(withoutTier(form, tier.key))}><IconTrash size={15} stroke={1.75} /></ActionIcon></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className="card-form tier-foot">
        <Button variant="default" leftSection={<IconPlus size={14} stroke={1.75} />} disabled={form.tiers.length >= MOST_TIERS} title={form.tiers.length >= MOST_TIERS ? t('settings.mostTiers') : undefined} data-testid="tier-add" onClick={onAdd}>{t('settings.addTier')}</Button>
        <span className="quiet">{t('settings.tiersHint')}</span>
        {problems.size > 0 ? <span className="tier-wrong" role="status">{t(`settings.problem.${[...problems.values()].flatMap((each) => Object.values(each))[0] ?? 'empty'}`)}</span> : null}
      </div>
    </>
  );
}
