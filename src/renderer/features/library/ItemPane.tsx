import { Button } from '@mantine/core';
import { IconCalendarPlus, IconEdit, IconFeather, IconGripVertical, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { ItemShare, LibraryItem } from '../../../shared/contract/library.ts';
import { campaignsOf } from '../../../shared/domain/library/campaign.ts';
import { dayOf, wallToInstant } from '../../../shared/domain/time.ts';
import { weightedLength } from '../../../shared/domain/text.ts';
import { useView } from '../../app/viewStore.ts';
import { useRpc, useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { TierBadge } from '../../ui/bits.tsx';
import { ExternalLink } from '../../ui/ExternalLink.tsx';
import { excerptOf } from '../../ui/format.ts';
import { useToast } from '../../ui/useToast.tsx';
import type { Plan } from '../calendar/usePlan.ts';
import { asDraft } from './asDraft.ts';
import { isExpired } from './items.ts';
import { nextSlot } from './nextSlot.ts';
import type { ItemWords } from './useItemWords.ts';
import { showCard } from './wantedItem.ts';

const SHOWN_SHARES = 12;
/** An address without what every address has. */
const bare = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '');

/** The link of an item that answers no more, with what can be done about it. */
function BrokenLink({ item, link, words, onEdit }: { item: LibraryItem; link: NonNullable<LibraryItem['link']>; words: ItemWords; onEdit: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const check = useRpcCommand('library.checkLink');
  const day = words.format.dayMonth(link.at);
  const look = (): void => check.mutate({ id: item.id }, {
    onSuccess: ({ link: found }) => toast.done(found?.status === 'unsure' ? t('library.broken.unsure') : t(found?.status === 'broken' ? 'library.broken.still' : 'library.broken.fine', { text: excerptOf(item.title) })),
    onError: toast.failed,
  });
  return (
    <div className="item-broken" role="status" data-testid="item-broken">
      <p>{link.code === null ? t('library.broken.noHost', { day }) : t('library.broken.code', { code: link.code, day })}</p>
      <div>
        <Button size="compact-xs" variant="default" loading={check.isPending} data-testid="check-link" onClick={look}>{t('library.broken.check')}</Button>
        <Button size="compact-xs" variant="default" onClick={onEdit}>{t('library.edit')}</Button>
      </div>
    </div>
  );
}

/** One item: what it is, its texts, what came of sharing it, and what can be done (LOOK, 09 library). */
export function ItemPane({ account, item, plan, words, now, onEdit, onRemove }: { account: Account; item: LibraryItem; plan: Plan; words: ItemWords; now: number; onEdit: () => void; onRemove: () => void }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const openComposer = useView((state) => state.openComposer);
  const [busy, setBusy] = useState(false);
  const shares = useRpcQuery('library.item', { id: item.id }).data?.shares ?? [];
  const campaigns = useRpcQuery('planning.campaigns', { accountId: account.id }).data;
  const { format } = words;
  const minute = Math.floor(now / 60_000) * 60_000;
  const { rule, units, slotsOf, hasTemplate } = plan;
  const slot = useMemo(() => nextSlot(item, account, { rule, units, slotsOf, hasTemplate }, minute), [item, account, rule, units, slotsOf, hasTemplate, minute]);
  const write = (variantId: string | null): void => {
    setBusy(true);
    rpc.command('library.compose', { id: item.id, variantId }).then(({ publication, undoId }) => {
      toast.done(t('library.drafted', { text: excerptOf(item.title) }), { undoId });
      openComposer({ kind: 'edit', id: publication.id });
    }, toast.failed).finally(() => setBusy(false));
  };
  const when = ({ at, state }: ItemShare): string => (at === null ? t(`calendar.state.${state}`) : `${format.dayMonth(at)}, ${format.time(at)}`);
  const today = dayOf(now, account.zone);
  const retitledAt = item.link?.retitledAt ?? 0;
  const expired = isExpired(item, today);
  const campaign = useMemo(() => campaignsOf(campaigns ?? [])(item)(today), [campaigns, item, today]);
  return (
    <div className="item-pane" data-testid="item-pane">
      <header><TierBadge policy={account.policy} tier={item.tier} /><h2 dir="auto">{item.title}</h2></header>
      {item.url === null ? null : <p className="item-url"><ExternalLink href={item.url}>{bare(item.url)}</ExternalLink></p>}
      {item.link?.status === 'broken' ? <BrokenLink item={item} link={item.link} words={words} onEdit={onEdit} /> : null}
      {item.media.length > 0 ? (
        <div className={item.media.length > 1 ? 'post-media many' : 'post-media'} data-testid="item-pictures">
          {item.media.map((each) => <figure key={each.id}><img src={each.src} alt={each.alt.trim() === '' ? t('library.noAlt') : each.alt} />{each.alt.trim() === '' ? null : <span className="alt-mark" aria-hidden="true" title={each.alt}>ALT</span>}</figure>)}
        </div>
      ) : null}
      <div className="chips">
        {item.theme === '' ? null : <span className="tag line">{item.theme}</span>}
        {item.evergreen ? <span className="tag line">{t('library.evergreenEvery', { count: item.restDays })}</span> : null}
        {campaign?.inside ? <span className="tag line" data-testid="item-campaign">{t('library.inCampaign', { name: campaign.name, weight: format.number(1 + campaign.score / 100) })}</span> : null}
        {item.expiresOn === null ? null : <span className={expired ? 'tag bad' : 'tag warn'}>{t(expired ? 'library.expiredOn' : 'library.expiresOn', { day: words.day(item.expiresOn, now) })}</span>}
        {item.nextDueAt === null ? null : <span className="tag accent">{t('library.plannedFor', { when: format.when(item.nextDueAt) })}</span>}
        <span className="tag line">{words.source(item)}</span>
      </div>
      {item.summary === '' ? null : <p className="item-summary" dir="auto">{item.summary}</p>}
      {item.variants.length === 0 ? <p className="quiet item-none">{t('library.noTexts')}</p> : <h3>{t('library.texts', { n: format.number(item.variants.length) })}</h3>}
      {item.variants.map((each) => (
        <button type="button" key={each.id} className="item-text" title={t('library.writeThis')} data-testid="item-variant" onClick={() => write(each.id)}>
          <span dir="auto">{each.text}</span><span className="quiet">{format.number(weightedLength(each.text))}</span>
        </button>
      ))}
      <h3>{item.shares === 0 ? t('library.neverSharedYet') : t('library.sharedTimes', { count: item.shares })}</h3>
      {shares.length > 0 ? (
        <ul className="item-shares">
          {shares.slice(0, SHOWN_SHARES).map((share) => (
            <li key={share.publicationId ?? share.url}>
              {share.publicationId === null ? <ExternalLink href={share.url ?? ''} title={t('calendar.seen')}>{when(share)}</ExternalLink> : <button type="button" className="link-button" onClick={() => openComposer({ kind: 'edit', id: share.publicationId ?? '' })}>{when(share)}</button>}
              {share.state === 'posted' ? <><span>{share.views === null ? '' : t('library.nViews', { count: share.views, n: format.number(share.views) })}</span><span>{share.interactions === null ? '' : t('library.nInteractions', { n: format.number(share.interactions) })}</span></> : <span className="quiet">{t(`calendar.state.${share.state}`)}</span>}
            </li>
          ))}
        </ul>
      ) : null}
      {item.clicks === null ? null : <p className="quiet" data-testid="item-clicks">{t('library.webClicks', { n: format.number(item.clicks) })}</p>}
      {item.notes === '' ? null : <p className="item-notes" dir="auto"><b>{t('library.note')}</b> {item.notes}</p>}
      {retitledAt > item.updatedAt ? <p className="item-notes" data-testid="item-retitled"><b>{t('library.note')}</b> {t('library.retitled', { day: format.dayMonth(retitledAt) })}</p> : null}
      <div className="item-acts">
        {slot ? <Button leftSection={<IconCalendarPlus size={14} stroke={1.75} />} loading={plan.busy} data-testid="item-plan" data-wall={slot.wall} onClick={() => void plan.place(asDraft(item, account), slot.wall)}>{t(slot.template ? 'library.planSlot' : 'library.planFree', { when: format.when(wallToInstant(slot.wall, account.zone)) })}</Button> : <p className="quiet">{t(expired ? 'library.noSlotExpired' : 'library.noSlot')}</p>}
        <div>
          <Button variant="default" leftSection={<IconFeather size={14} stroke={1.75} />} loading={busy} data-testid="item-write" onClick={() => write(null)}>{t('library.write')}</Button>
          <Button variant="default" leftSection={<IconEdit size={14} stroke={1.75} />} data-testid="item-edit" onClick={onEdit}>{t('library.edit')}</Button>
          <Button variant="subtle" color="gray" leftSection={<IconTrash size={14} stroke={1.75} />} data-testid="item-remove" onClick={onRemove}>{t('library.remove')}</Button>
        </div>
        {expired ? null : <button type="button" className="link-button item-drag" data-testid="item-drag" onClick={() => showCard(item.title)}><IconGripVertical size={14} stroke={1.75} aria-hidden="true" /> {t('library.dragThere')}</button>}
      </div>
    </div>
  );
}
