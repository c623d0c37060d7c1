import '../../styles/notices.css';
import { NativeSelect, NumberInput, SegmentedControl, Switch, TagsInput, TextInput } from '@mantine/core';
import { type FocusEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { type HouseStyle as Style, houseStyleSchema, MOST_BANNED, MOST_HASHTAGS } from '../../../shared/domain/houseStyle.ts';
import { tierName } from '../../ui/bits.tsx';
import { useKept } from './useKept.ts';

/** What every text of the account keeps to, looked at while it is written and before it goes out (DOMAIN §3). */
export function HouseStyle({ account }: { account: Account }) {
  const { t, i18n } = useTranslation();
  const save = useKept(account.id);
  const [style, setStyle] = useState<Style>(account.style);
  const put = (patch: Partial<Style>): void => {
    const next = houseStyleSchema.safeParse({ ...style, ...patch });
    if (!next.success) return;
    setStyle(next.data);
    save({ style: next.data });
  };
  const words = (field: 'required' | 'signature') => ({
    label: t(`settings.style.${field}`), description: t(`settings.style.${field}Why`), value: style[field], 'data-testid': `style-${field}`,
    onChange: (event: { currentTarget: { value: string } }) => setStyle({ ...style, [field]: event.currentTarget.value }),
    onBlur: (event: FocusEvent<HTMLInputElement>) => { if (event.currentTarget.value.trim() !== account.style[field]) put({ [field]: event.currentTarget.value }); },
  });
  return (
    <div data-testid="house-style">
      <div className="settings-head"><h1 className="grow">{t('settings.section.style')} <span className="quiet">@{account.username}</span></h1></div>
      <section className="card">
        <header><div className="grow"><h2>{t('settings.style.what')}</h2><div className="quiet">{t('settings.style.whatWhy')}</div></div></header>
        <div className="card-form">
          <SegmentedControl value={style.stops ? 'stops' : 'warns'} aria-label={t('settings.style.what')} data-testid="style-stops" onChange={(value) => put({ stops: value === 'stops' })} data={[{ value: 'warns', label: t('settings.style.warns') }, { value: 'stops', label: t('settings.style.stops') }]} />
        </div>
      </section>
      <section className="card">
        <header><h2>{t('settings.style.words')}</h2></header>
        <div className="card-fields">
          <TagsInput label={t('settings.style.banned')} description={t('settings.style.bannedWhy')} value={style.banned} maxTags={MOST_BANNED} data-testid="style-banned" onChange={(banned) => put({ banned })} />
          <TextInput maxLength={140} {...words('required')} />
          {style.required === '' ? null : <NativeSelect label={t('settings.style.requiredTier')} value={style.requiredTier} onChange={(event) => put({ requiredTier: event.currentTarget.value })} data={[{ value: '', label: t('settings.style.everyPost') }, ...account.policy.tiers.map((tier) => ({ value: tier.key, label: tierName(account.policy, tier.key, i18n.language) }))]} />}
          <TextInput maxLength={12} {...words('signature')} />
          {style.signature === '' ? null : <NativeSelect label={t('settings.style.signatureOn')} value={style.signatureOn} onChange={(event) => put({ signatureOn: event.currentTarget.value === 'all' ? 'all' : 'answers' })} data={(['answers', 'all'] as const).map((value) => ({ value, label: t(`settings.style.on_${value}`) }))} />}
        </div>
      </section>
      <section className="card">
        <header><h2>{t('settings.style.links')}</h2></header>
        <div className="card-fields">
          <NumberInput label={t('settings.style.hashtags')} description={t('settings.style.hashtagsWhy')} min={0} max={MOST_HASHTAGS} allowDecimal={false} allowNegative={false} value={style.mostHashtags ?? ''} data-testid="style-hashtags" onChange={(value) => put({ mostHashtags: typeof value === 'number' ? value : null })} />
        </div>
        <div className="notice-row"><Switch label={t('settings.style.https')} description={t('settings.style.httpsWhy')} labelPosition="left" checked={style.httpsOnly} data-testid="style-https" onChange={(event) => put({ httpsOnly: event.currentTarget.checked })} /></div>
        <p className="card-form quiet">{t('settings.style.cashtag')}</p>
      </section>
    </div>
  );
}
