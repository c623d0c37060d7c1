import '../../styles/notices.css';
import { Switch, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { type LinkTagging as Tagging, linkTaggingSchema, TAG_VARIABLES, tagLinks } from '../../../shared/domain/linkTagging.ts';
import { dayOf } from '../../../shared/domain/time.ts';
import { useNow } from '../../ui/useNow.ts';
import { useKept } from './useKept.ts';

const FIELDS = ['source', 'medium', 'campaign', 'content'] as const;
/** A site as it is pasted: its host. */
const hostIn = (text: string): string => text.trim().toLowerCase().replace(/^https?:\/\//, '').replace(/^www\./, '').replace(/[/?#:].*$/, '');

/** How the links to the account's own sites are tagged, with what an address becomes (DOMAIN §3, link tagging). */
export function LinkTagging({ account }: { account: Account }) {
  const { t } = useTranslation();
  const now = useNow();
  const save = useKept(account.id);
  const [tagging, setTagging] = useState<Tagging>(account.tagging);
  const [wrong, setWrong] = useState('');
  const put = (patch: Partial<Tagging>): void => {
    const next = linkTaggingSchema.safeParse({ ...tagging, ...patch });
    if (!next.success) return;
    setTagging(next.data);
    save({ tagging: next.data });
  };
  const setHosts = (typed: readonly string[]): void => {
    const hosts = [...new Set(typed.map(hostIn))];
    const bad = hosts.find((each) => !linkTaggingSchema.shape.hosts.safeParse([each]).success);
    setWrong(bad === undefined ? '' : t('settings.tagging.hostWrong', { word: bad }));
    if (bad === undefined) put({ hosts });
  };
  const address = `https://${tagging.hosts[0] ?? 'cuentaclara.example.com'}/articulos/cierre`;
  const shown = tagLinks(address, { ...tagging, on: true, hosts: tagging.hosts.length > 0 ? tagging.hosts : ['cuentaclara.example.com'] }, { theme: t('settings.tagging.someTheme'), tier: account.policy.base, account: account.username, day: dayOf(now, account.zone) });
  return (
    <div data-testid="link-tagging">
      <div className="settings-head"><h1 className="grow">{t('settings.section.tagging')} <span className="quiet">@{account.username}</span></h1></div>
      <section className="card">
        <div className="notice-row"><Switch label={t('settings.tagging.on')} description={t('settings.tagging.onWhy')} labelPosition="left" checked={tagging.on} data-testid="tagging-on" onChange={(event) => put({ on: event.currentTarget.checked })} /></div>
        <div className="card-fields">
          <TagsInput label={t('settings.tagging.hosts')} description={t('settings.tagging.hostsWhy')} error={wrong === '' ? undefined : wrong} placeholder={tagging.hosts.length === 0 ? 'cuentaclara.example.com' : ''} value={tagging.hosts} maxTags={20} data-testid="tagging-hosts" onChange={setHosts} />
        </div>
      </section>
      <section className="card">
        <header><div className="grow"><h2>{t('settings.tagging.tags')}</h2><div className="quiet">{t('settings.tagging.variables')} {TAG_VARIABLES.map((each) => <code key={each}>{`{${each}}`} </code>)}</div></div></header>
        <div className="card-fields">
          {FIELDS.map((field) => <TextInput key={field} label={`utm_${field}`} value={tagging[field]} maxLength={100} data-testid={`tagging-${field}`} onChange={(event) => setTagging({ ...tagging, [field]: event.currentTarget.value })} onBlur={(event) => { if (event.currentTarget.value.trim() !== account.tagging[field]) put({ [field]: event.currentTarget.value }); }} />)}
        </div>
        <p className="card-form"><span className="quiet">{t('settings.tagging.becomes')}</span><code className="address" data-testid="tagging-shown">{shown}</code></p>
      </section>
    </div>
  );
}
