import { ActionIcon, Checkbox, TagsInput, Textarea, TextInput } from '@mantine/core';
import { IconArrowUpRight, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { PersonView } from '../../../shared/contract/inbox.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { useRpc } from '../../rpc/hooks.ts';
import { Avatar } from '../../ui/bits.tsx';
import { ExternalLink } from '../../ui/ExternalLink.tsx';
import type { Format } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';

const SHOWN = 6;
type Patch = Omit<InputOf<'inbox.setPerson'>, 'accountId' | 'personId'>;

/** What is remembered of the person: labels, promises, notes, phone, and what was between us before (DOMAIN §6). */
export function PersonPane({ account, person, caseNote, format, now, onNote, onOpen }: { account: Account; person: PersonView; caseNote: string; format: Format; now: number; onNote: (note: string) => void; onOpen: (caseId: string) => void }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const [note, setNote] = useState(person.note);
  const [phone, setPhone] = useState(person.phone);
  const [here, setHere] = useState(caseNote);
  const [promise, setPromise] = useState('');
  const [all, setAll] = useState(false);
  // What is ticked or labelled shows at once; what core says then stands.
  const [labels, setLabels] = useState(person.labels);
  const [promises, setPromises] = useState(person.promises);
  useEffect(() => setLabels(person.labels), [person.labels]);
  useEffect(() => setPromises(person.promises), [person.promises]);
  const save = (patch: Patch): void => {
    if (patch.labels) setLabels(patch.labels);
    if (patch.promises) setPromises(patch.promises);
    rpc.command('inbox.setPerson', { accountId: account.id, personId: person.author.id, ...patch }).catch(toast.failed);
  };
  const shown = all ? person.before : person.before.slice(0, SHOWN);
  return (
    <aside className="person" aria-label={t('inbox.memory')} data-testid="person" onKeyDown={(event) => { if (event.key === 'Escape' && event.target instanceof HTMLElement) { event.stopPropagation(); event.target.blur(); } }}>
      <header>
        <Avatar src={person.author.avatar} name={person.author.name || '?'} size={40} />
        <div style={{ minWidth: 0 }}><h2 className="clip">{person.author.name}</h2><div className="quiet clip">@{person.author.username}</div></div>
      </header>
      <section>
        <TagsInput size="xs" aria-label={t('inbox.personLabels')} placeholder={labels.length === 0 ? t('inbox.personLabels') : ''} value={labels} onChange={(next) => save({ labels: next.map((label) => label.trim().slice(0, 40)).filter((label) => label !== '').slice(0, 20) })} data-testid="person-labels" />
      </section>
      <section>
        <h3>{t('inbox.promised')}</h3>
        {promises.map((each) => (
          <div key={each.id} className="promise">
            <Checkbox size="xs" checked={each.done} label={each.text} onChange={(event) => save({ promises: promises.map((other) => (other.id === each.id ? { ...other, done: event.currentTarget.checked } : other)) })} description={each.done ? format.when(each.at) : t('inbox.saidOn', { when: format.when(each.at) })} />
            <ActionIcon size={20} aria-label={`${t('inbox.removePromise')}: ${each.text}`} onClick={() => save({ promises: promises.filter((other) => other.id !== each.id) })}><IconX size={13} /></ActionIcon>
          </div>
        ))}
        <form onSubmit={(event) => { event.preventDefault(); if (promise.trim() === '') return; save({ promises: [...promises, { id: crypto.randomUUID(), text: promise.trim(), at: Date.now(), done: false }] }); setPromise(''); }}>
          <TextInput size="xs" maxLength={300} value={promise} placeholder={t('inbox.addPromise')} aria-label={t('inbox.addPromise')} onChange={(event) => setPromise(event.currentTarget.value)} data-testid="person-promise" />
        </form>
      </section>
      <section>
        <Textarea size="xs" autosize minRows={2} maxRows={8} maxLength={5000} label={t('inbox.caseNote')} value={here} onChange={(event) => setHere(event.currentTarget.value)} onBlur={() => { if (here !== caseNote) onNote(here); }} data-testid="case-note" />
        <Textarea size="xs" autosize minRows={2} maxRows={8} maxLength={5000} mt={8} label={t('inbox.notes')} value={note} onChange={(event) => setNote(event.currentTarget.value)} onBlur={() => { if (note !== person.note) save({ note }); }} data-testid="person-note" />
        <TextInput size="xs" mt={8} maxLength={40} label={t('inbox.phone')} value={phone} onChange={(event) => setPhone(event.currentTarget.value)} onBlur={() => { if (phone !== person.phone) save({ phone }); }} />
      </section>
      <section>
        <h3 className="person-before"><span>{t('inbox.before')}</span><span className="quiet">{person.firstSeenAt === null ? '' : t('inbox.exchanges', { count: person.exchanges, since: format.dayMonth(person.firstSeenAt) })}</span></h3>
        {person.before.length === 0 ? <p className="quiet">{t('inbox.firstTime')}</p> : null}
        {shown.map((each) => (
          <button key={each.caseId} type="button" className="before-row" onClick={() => onOpen(each.caseId)}>
            <span className="quiet">{format.stamp(each.at, now)} · {t(`inbox.kind.${each.kind}`)}{each.outcome ? ` · ${t(`inbox.outcome.${each.outcome}`)}` : ''}</span>
            <span dir="auto">{each.excerpt}</span>
          </button>
        ))}
        <div className="person-links">
          {person.before.length > SHOWN ? <button type="button" className="link-button" onClick={() => setAll(!all)}>{t(all ? 'inbox.fewer' : 'inbox.seeAll', { count: person.before.length })}</button> : <span />}
          {account.network === 'practice' ? null : <ExternalLink href={`https://x.com/${encodeURIComponent(person.author.username)}`}>{t('inbox.openPerson')}<IconArrowUpRight size={11} aria-hidden="true" /></ExternalLink>}
        </div>
      </section>
    </aside>
  );
}
