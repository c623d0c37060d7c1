import { IconArrowUpRight, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { PersonView } from '../../../shared/contract/inbox.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { instantToWall } from '../../../shared/domain/time.ts';
import { useRpc } from '../../rpc/hooks.ts';
import { Avatar } from '../../ui/bits.tsx';
import { ExternalLink } from '../../ui/ExternalLink.tsx';
import { Profile } from '../../ui/Profile.tsx';
import type { Format } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import { KeptText } from './KeptText.tsx';
import { LabelChips, Promises } from './PersonLists.tsx';
import { useShown } from './settings/useKept.ts';

const SHOWN = 5;
type Patch = Omit<InputOf<'inbox.setPerson'>, 'accountId' | 'personId'>;

function Before({ person, format, now, onOpen }: { person: PersonView; format: Format; now: number; onOpen: (caseId: string) => void }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all ? person.before : person.before.slice(0, SHOWN);
  const since = person.firstSeenAt;
  const year = (ms: number): string => instantToWall(ms, format.zone).slice(0, 4);
  // This year by its day, earlier by the year alone.
  const sinceWords = since === null ? '' : year(since) === year(now) ? t('inbox.sinceDay', { day: format.dayMonth(since) }) : t('inbox.sinceYear', { year: year(since) });
  return (
    <>
      <h3 className="person-part"><span>{t('inbox.before')}</span>{person.before.length === 0 ? null : <span className="quiet">{t('inbox.exchanges', { count: person.exchanges, since: sinceWords })}</span>}</h3>
      {person.before.length === 0 ? <p className="quiet">{t('inbox.firstTime')}</p> : null}
      {shown.map((each) => (
        <button key={each.caseId} type="button" className="before-row" onClick={() => onOpen(each.caseId)}>
          <span className="before-first">
            <span className="quiet clip grow">{format.stamp(each.at, now)}{each.outcome ? ` · ${t(`inbox.outcome.${each.outcome}`)}` : ''}</span>
            {each.alike.length > 0 ? <span className="tag info" title={t('inbox.alikeWhy', { words: each.alike.slice(0, 6).join(', ') })} data-testid="alike"><IconHistory size={11} stroke={1.75} aria-hidden="true" />{t('inbox.alike')}</span> : null}
          </span>
          <span className="before-words" dir="auto">{t('inbox.beforeWords', { kind: t(`inbox.kind.${each.kind}`), text: each.excerpt || t('deck.gone') })}</span>
        </button>
      ))}
      {person.before.length > SHOWN ? <div className="person-links"><button type="button" className="link-button" onClick={() => setAll(!all)}>{t(all ? 'inbox.fewer' : 'inbox.seeAll', { count: person.before.length })}</button></div> : null}
    </>
  );
}

/** What is remembered of the person: labels, promises, notes, phone, and what was between us before (DOMAIN §6). With nothing known it is one calm column. */
export function PersonPane({ account, person, caseNote, format, now, onNote, onOpen }: { account: Account; person: PersonView; caseNote: string; format: Format; now: number; /** Rejects where it is not kept. */ onNote: (note: string) => Promise<unknown>; onOpen: (caseId: string) => void }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  // What is ticked or labelled shows at once; what core says then stands, not what it says meanwhile of the change before.
  const labels = useShown<PersonView['labels']>(person.labels);
  const promises = useShown<PersonView['promises']>(person.promises);
  const save = async (patch: Patch): Promise<PersonView> => {
    try {
      return await rpc.command('inbox.setPerson', { accountId: account.id, personId: person.author.id, ...patch });
    } catch (error) {
      toast.failed(error);
      throw error;
    }
  };
  // What could not be kept was said, and what core knows shows again.
  const putLabels = (next: PersonView['labels']): void => void labels.put(next, async () => (await save({ labels: next })).labels).catch(() => {});
  const putPromises = (next: PersonView['promises']): void => void promises.put(next, async () => (await save({ promises: next })).promises).catch(() => {});
  return (
    <aside className="person" aria-label={t('inbox.memory')} data-testid="person" onKeyDown={(event) => { if (event.key === 'Escape' && !event.nativeEvent.isComposing && event.target instanceof HTMLElement) { event.stopPropagation(); event.target.blur(); } }}>
      <section>
        <header>
          <Avatar src={person.author.avatar} name={person.author.name || '?'} size={40} />
          <div style={{ minWidth: 0 }}><h2 className="clip">{person.author.name}</h2><div className="quiet clip">@{person.author.username}</div></div>
        </header>
        <Profile bio={person.bio} followers={person.followers} />
        <LabelChips labels={labels.shown ?? []} onChange={putLabels} />
      </section>
      <Promises promises={promises.shown ?? []} format={format} onChange={putPromises} />
      <section>
        <h3>{t('inbox.notesPart')}</h3>
        <KeptText label={t('inbox.notes')} empty={t('inbox.notesEmpty')} saved={person.note} maxLength={5000} shows="nowhere" testid="person-note" onSave={(note) => save({ note })} />
        <KeptText label={t('inbox.caseNote')} empty={t('inbox.caseNoteEmpty')} saved={caseNote} maxLength={5000} testid="case-note" onSave={onNote} />
        <KeptText label={t('inbox.phone')} empty={t('inbox.phoneEmpty')} saved={person.phone} maxLength={40} lines={false} shows="beside" testid="person-phone" onSave={(phone) => save({ phone })} />
      </section>
      <section>
        <Before person={person} format={format} now={now} onOpen={onOpen} />
        {account.network === 'practice' ? null : <div className="person-links end"><ExternalLink href={`https://x.com/${encodeURIComponent(person.author.username)}`}>{t('inbox.openPerson')}<IconArrowUpRight size={11} aria-hidden="true" /></ExternalLink></div>}
      </section>
    </aside>
  );
}
