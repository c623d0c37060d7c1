import { Button, Menu, type MenuProps, Popover, TextInput } from '@mantine/core';
import { IconDirections, IconTag } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Key } from '../../hotkeys/Key.tsx';
import type { RouteView } from '../../../shared/contract/inbox.ts';
import type { OfficeWeek } from '../../../shared/domain/responseClock.ts';
import { snoozeTimes } from '../../../shared/domain/snooze.ts';
import { useRpcQuery } from '../../rpc/hooks.ts';
import type { Format } from '../../ui/format.ts';
import { missingWords } from './SlashMenu.tsx';

const SnoozeDialog = lazy(async () => ({ default: (await import('./SnoozeDialog.tsx')).SnoozeDialog }));
interface Opened { opened: boolean; onChange: (opened: boolean) => void }
/** A menu that a key opens is there at once and has the focus: the next key of a fast hand is for it. The key that opened it is not a key outside it. */
const AT_ONCE = { transitionProps: { duration: 0 }, clickOutsideEvents: ['mousedown', 'touchstart'], withInitialFocusPlaceholder: false } satisfies Partial<MenuProps>;
const focusAtOnce = (item: HTMLButtonElement | null): void => { item?.focus({ preventScroll: true }); };

/** When a case comes back: in the account's opening hours, or at a time of one's own. */
export function SnoozeMenu({ opened, onChange, now, zone, office, format, size = 'xs', disabled = false, onSnooze }: Opened & { now: number; zone: string; office: OfficeWeek; format: Format; size?: 'xs' | 'compact-xs'; disabled?: boolean; onSnooze: (until: number) => void }) {
  const { t } = useTranslation();
  const [choosing, setChoosing] = useState(false);
  const times = snoozeTimes(now, zone, office);
  return (
    <>
      <Menu opened={opened} onChange={onChange} position="bottom-end" width={250} {...AT_ONCE}>
        <Menu.Target><Button variant="default" size={size} disabled={disabled} rightSection={<Key of="z" />} data-testid="case-snooze">{t('inbox.snooze')}</Button></Menu.Target>
        <Menu.Dropdown>
          {times.map(({ key, at }, i) => <Menu.Item key={key} {...(i === 0 ? { 'data-autofocus': true, ref: focusAtOnce } : {})} onClick={() => onSnooze(at)} rightSection={<span className="quiet">{format.when(at)}</span>}>{t(`inbox.snoozeFor.${key}`)}</Menu.Item>)}
          <Menu.Divider />
          <Menu.Item onClick={() => setChoosing(true)} data-testid="snooze-choose">{t('inbox.snoozeFor.choose')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {choosing ? <Suspense fallback={null}><SnoozeDialog zone={zone} first={times.find((each) => each.key !== 'hour')?.at ?? now} format={format} onClose={() => setChoosing(false)} onSnooze={(until) => { setChoosing(false); onSnooze(until); }} /></Suspense> : null}
    </>
  );
}
/** What a channel would say to this person: nothing is sent unseen. */
function RouteWords({ caseId, routeId }: { caseId: string; routeId: string }) {
  const { t } = useTranslation();
  const filled = useRpcQuery('inbox.fill', { caseId, routeId }).data;
  return <span className="route-words">{filled === undefined ? '' : filled.missing.length > 0 ? filled.missing.map((name) => missingWords(t, name)).join(', ') : filled.text}</span>;
}
/** Channels: one key opens it, the first is chosen, Enter sends (DOMAIN §6, routes). */
export function RouteMenu({ caseId, opened, onChange, routes, disabled = false, onRoute, onEdit }: Opened & { caseId: string; routes: readonly RouteView[]; disabled?: boolean; onRoute: (route: RouteView) => void; onEdit: () => void }) {
  const { t } = useTranslation();
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-end" width={380} {...AT_ONCE}>
      <Menu.Target><Button variant="default" size="xs" disabled={disabled} leftSection={<IconDirections size={14} stroke={1.75} />} rightSection={<Key of="d" />} data-testid="case-route">{t('inbox.route')}</Button></Menu.Target>
      <Menu.Dropdown>
        {routes.length === 0 ? <Menu.Label>{t('inbox.noRoutes')}</Menu.Label> : <Menu.Label>{t('inbox.routeBody')}</Menu.Label>}
        {routes.map((route, i) => <Menu.Item key={route.id} {...(i === 0 ? { 'data-autofocus': true, ref: focusAtOnce } : {})} data-testid="route" onClick={() => onRoute(route)} rightSection={<span className="quiet">{[route.phone, route.hours].filter((each) => each !== '').join(' · ')}</span>}>{route.name}<RouteWords caseId={caseId} routeId={route.id} /></Menu.Item>)}
        <Menu.Divider />
        <Menu.Item onClick={onEdit}>{t('inbox.editRoutes')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
/** Labels of a case, by # or from a menu. With `anchor` it stands at the place it is put at and has no button of its own. */
export function LabelPopover({ opened, onChange, known, on, anchor = false, onLabel }: Opened & { known: readonly string[]; on: readonly string[]; anchor?: boolean; onLabel: (label: string, on: boolean) => void }) {
  const { t } = useTranslation();
  const [word, setWord] = useState('');
  const wanted = word.trim();
  // Nobody begins with an empty list: these become labels when they are taken.
  const words = known.length > 0 ? known : t('inbox.labelIdeas').split(', ');
  const shown = words.filter((label) => label.toLowerCase().includes(wanted.toLowerCase()));
  const put = (label: string): void => {
    onLabel(label, !on.includes(label));
    setWord('');
    // The next key is heard at once, not by a field that is on its way out.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    onChange(false);
  };
  return (
    <Popover opened={opened} onChange={onChange} position="bottom-end" width={240} trapFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>{anchor ? <span className="menu-anchor" /> : <Button variant="default" size="compact-xs" onClick={() => onChange(!opened)} leftSection={<IconTag size={14} stroke={1.75} />} aria-label={t('inbox.label')} title={t('inbox.label')} data-testid="bulk-label"><Key of="#" /></Button>}</Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={(event) => { event.preventDefault(); const label = shown[0] && shown[0].toLowerCase() === wanted.toLowerCase() ? shown[0] : wanted; if (label !== '') put(label); }}>
          <TextInput data-autofocus value={word} maxLength={40} aria-label={t('inbox.label')} placeholder={t('inbox.labelNew')} onChange={(event) => setWord(event.currentTarget.value)} data-testid="label-word" />
        </form>
        <div className="label-options">{shown.slice(0, 12).map((label) => <button key={label} type="button" className={`tag${on.includes(label) ? ' accent' : ' line'}`} aria-pressed={on.includes(label)} onClick={() => put(label)}>{label}</button>)}</div>
      </Popover.Dropdown>
    </Popover>
  );
}
