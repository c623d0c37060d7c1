import { ActionIcon, Button } from '@mantine/core';
import { IconArrowsMove, IconCopy, IconDeviceDesktop, IconInbox, IconPencil, IconTrash, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { EDITABLE } from '../../../shared/domain/publication.ts';
import { entitiesOf, weightedLength } from '../../../shared/domain/text.ts';
import { useView } from '../../app/viewStore.ts';
import { Key } from '../../hotkeys/Key.tsx';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { Avatar } from '../../ui/bits.tsx';
import { excerptOf } from '../../ui/format.ts';
import { PostText } from '../../ui/PostText.tsx';
import { TierMark } from '../../ui/TierMark.tsx';
import { useToast } from '../../ui/useToast.tsx';
import { isMovable, linkPath } from './Chip.tsx';
import { themeAt, useCalendarFilter } from './filter.ts';
import type { Item } from './grid.ts';
import { offHoursOf } from './habit.ts';
import type { Kit } from './kit.ts';
import { RunWords } from './RatioStrip.tsx';
import type { Plan } from './usePlan.ts';

/** Longer texts are not looked through for links. */
const MOST_LOOKED_AT = 5000;
const DISPLAY = 26;
const NONE: readonly number[] = [];

function Preview({ account, publication }: { account: Account; publication: Publication }) {
  const { text } = publication;
  const entities = useMemo(
    () => (text.length > MOST_LOOKED_AT ? [] : entitiesOf(text).map(({ kind, start, end, value }) => {
      const bare = value.replace(/^https?:\/\//, '');
      return { kind, start, end, display: kind === 'url' ? (bare.length > DISPLAY ? `${bare.slice(0, DISPLAY)}…` : bare) : value, href: 'https://x.com' };
    })),
    [text],
  );
  const media = [...publication.media, ...publication.parts.flatMap((part) => part.media)];
  return (
    <div className="panel-preview">
      <Avatar src={account.avatar} name={account.name} size={30} />
      <div className="grow">
        <div className="clip"><b>{account.name}</b> <span className="quiet">@{account.username}</span></div>
        <div inert><PostText whole text={text} entities={entities} /></div>
        {media.length > 0 ? <div className={media.length > 1 ? 'post-media many' : 'post-media'}>{media.slice(0, 4).map((each) => <figure key={each.id}>{each.mime.startsWith('video/') ? <video src={each.src} muted aria-label={each.alt} /> : <img src={each.src} alt={each.alt} />}{each.alt.trim() === '' ? null : <span className="alt-mark" aria-hidden="true">ALT</span>}</figure>)}</div> : null}
      </div>
    </div>
  );
}

/** Posts of the day that fall into hours in which this computer is usually off. */
function Habit({ day, items, kit }: { day: string; items: readonly Item[]; kit: Kit }) {
  const { t, lang } = kit;
  const hours = useRpcQuery('scheduler.offHours', { zone: kit.zone }).data?.hours ?? NONE;
  const due = items.filter(({ publication }) => publication.state === 'scheduled' || publication.state === 'retry_wait').map((item) => item.minute);
  const off = offHoursOf(hours, day, due);
  if (off.length === 0) return null;
  const name = new Intl.DateTimeFormat(lang, { weekday: 'long', timeZone: 'UTC' }).format(kit.format.date(day));
  const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`;
  return (
    <footer className="panel-habit" data-testid="habit">
      <IconDeviceDesktop size={15} stroke={1.75} aria-hidden="true" />
      <div>{off.map(({ from, to, posts }) => <p key={from}>{t('calendar.habit', { day: name, from: clock(from), to: clock(to), count: posts })}</p>)}</div>
    </footer>
  );
}

/** All about one post of the day, and what can be done with it (LOOK, 06). */
export function DayPanel({ account, plan, kit, day, items, publication, onClose, onEdit, onMove, onOff }: { account: Account; plan: Plan; kit: Kit; day: string; items: readonly Item[]; publication: Publication; onClose: () => void; onEdit: (publication: Publication) => void; onMove: (publication: Publication) => void; onOff: (publication: Publication) => void }) {
  const { t, format } = kit;
  const rpc = useRpc();
  const toast = useToast();
  const openComposer = useView((state) => state.openComposer);
  const run = publication.counts ? (plan.rule?.worstOf(publication.id) ?? null) : null;
  const editable = EDITABLE.has(publication.state);
  const movable = isMovable(publication);
  const reason = kit.reason(publication.reason);
  const theme = useCalendarFilter(({ themes }) => themeAt(themes, publication.wall));
  const facts: [string, string][] = [
    [t('calendar.fact.account'), `@${account.username}${account.network === 'practice' ? ` · ${t('shell.practice')}` : ''}`],
    [t('calendar.fact.tier'), `${kit.tierOf(publication).name}${publication.counts && publication.tierReason ? ` · ${publication.tierReason}` : ''}`],
    ...(theme === '' ? [] : [[t('calendar.filter.theme'), theme] satisfies [string, string]]),
    ...(linkPath(publication.text) ? [[t('calendar.fact.link'), linkPath(publication.text)] satisfies [string, string]] : []),
    [t('calendar.fact.text'), `${t('calendar.strip.of', { count: weightedLength(publication.text), allowed: account.maxWeighted })}${publication.parts.length > 0 ? ` · ${t('calendar.thread', { count: publication.parts.length + 1 })}` : ''}`],
    [t('calendar.fact.price'), publication.via === 'handoff' ? t('calendar.fact.byHand') : `${kit.price(publication.usd)} USD`],
    ...(publication.overrideReason ? [[t('calendar.override'), publication.overrideReason] satisfies [string, string]] : []),
    ...(reason ? [[t('calendar.fact.why'), reason] satisfies [string, string]] : []),
  ];
  const copy = (): void => void rpc.command('publications.copy', { id: publication.id }).then((made) => openComposer({ kind: 'edit', id: made.id }), toast.failed);
  const remove = (): void => void rpc.command('publications.delete', { id: publication.id }).then(({ undoId }) => { onClose(); toast.done(t('composer.deleted', { text: excerptOf(publication.text) }), { undoId }); }, toast.failed);
  return (
    <aside className="day-panel" aria-label={t('calendar.detail')} data-testid="day-panel">
      <header>
        <TierMark policy={account.policy} post={publication} /> <b>{format.when(publication.sentAt ?? publication.dueAt ?? 0)}</b> <span className="tag line">{kit.stateWords(publication)}</span>
        <span className="grow" />
        <ActionIcon size={26} aria-label={t('shell.close')} onClick={onClose}><IconX size={16} stroke={1.75} /></ActionIcon>
      </header>
      <div className="panel-scroll" tabIndex={0} role="region" aria-label={t('calendar.detail')}>
        <Preview account={account} publication={publication} />
        <dl>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
        {run ? <div className="panel-run"><span className="quiet">{t('calendar.strip.itsWorst', { n: plan.rule?.total ?? 0 })}</span><div><RunWords run={run} kit={kit} mark={publication.id} /></div></div> : null}
        <div className="panel-acts">
          <Button variant="default" leftSection={<IconPencil size={14} stroke={1.75} />} onClick={() => onEdit(publication)} data-testid="panel-edit">{editable ? t('calendar.act.edit') : t('calendar.act.see')}</Button>
          {movable ? <Button variant="default" leftSection={<IconArrowsMove size={14} stroke={1.75} />} rightSection={<Key of="m" />} onClick={() => onMove(publication)} data-testid="panel-move">{t('calendar.act.move')}</Button> : null}
          <Button variant="default" leftSection={<IconCopy size={14} stroke={1.75} />} onClick={copy}>{t('calendar.act.copy')}</Button>
          {movable ? <Button variant="default" leftSection={<IconInbox size={14} stroke={1.75} />} onClick={() => onOff(publication)}>{t('calendar.act.off')}</Button> : null}
          {editable ? <Button variant="default" color="red" className="danger" leftSection={<IconTrash size={14} stroke={1.75} />} onClick={remove}>{t('calendar.act.delete')}</Button> : null}
        </div>
      </div>
      <Habit day={day} items={items} kit={kit} />
    </aside>
  );
}
