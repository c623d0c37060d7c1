import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconArrowBackUp, IconAt, IconCalendarWeek, IconFileImport, IconInbox, IconKeyboard, IconLanguage, IconLayoutColumns, IconListSearch, IconMoon, IconPencilPlus, IconPlayerPause, IconPlugConnected, IconSearch, IconSettings, IconWand } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../shared/contract/inbox.ts';
import type { Publication } from '../../shared/contract/publications.ts';
import { dayOf } from '../../shared/domain/time.ts';
import { Key } from '../hotkeys/Key.tsx';
import { useRpc, useRpcQuery } from '../rpc/hooks.ts';
import { TierMark } from '../ui/TierMark.tsx';
import { letGo } from '../ui/Dialog.tsx';
import { useToast } from '../ui/useToast.tsx';
import { useFormat } from '../ui/format.ts';
import { useAccounts } from '../ui/useAccounts.ts';
import { showItem } from '../features/library/wantedItem.ts';
import { foundIn, KINDS, type PaletteGroup } from './paletteFound.ts';
import { usePalette } from './paletteStore.ts';
import { SCREENS } from './screens.ts';
import { usePlanActs } from './usePlanActs.tsx';
import { useUndoLast } from './useUndoLast.ts';
import { useView } from './viewStore.ts';

/** Own texts looked through, newest first. */
const MOST = 500;
const MOST_CASES = 200;
/** Of a long text, what it is found by. */
const MOST_KEYWORDS = 1000;
/** A post's words on one line; its links say nothing there, unless they are all it has. */
function wordsOf(text: string): string {
  const line = text.slice(0, MOST_KEYWORDS).replace(/\s+/g, ' ').trim();
  return (line.replace(/https?:\/\/\S+/g, '').trim() || line).slice(0, 120);
}
const FOUND = '.mantine-Spotlight-action';
/** Lines shown at once; more are found by another letter. */
const SHOWN = 20;

/** Cases of the inbox that are not done, and the latest that are. */
function useCases(accountId: string | null): CaseView[] {
  const of = (view: 'attend' | 'waiting' | 'snoozed' | 'done'): CaseView[] => useRpcQuery('inbox.list', { accountId: accountId ?? '', view, limit: MOST_CASES }, { enabled: accountId !== null }).data?.cases ?? [];
  return [...of('attend'), ...of('waiting'), ...of('snoozed'), ...of('done')];
}

/** Acts, places, people who wrote and what was written, in one list; local and free (Ctrl K). */
export function Palette() {
  const { t } = useTranslation();
  const view = useView();
  const rpc = useRpc();
  const toast = useToast();
  const undo = useUndoLast();
  const status = useRpcQuery('scheduler.status', {}).data;
  const { accounts, current } = useAccounts();
  const format = useFormat(current?.zone);
  const open = view.paletteOpen;
  const { typed, acts, kind, chosen } = usePalette();
  const cases = useCases(open ? (current?.id ?? null) : null);
  const words = typed.trim();
  const written = useRpcQuery('publications.list', { limit: MOST }, { enabled: open }).data ?? [];
  const items = useRpcQuery('library.list', { accountId: current?.id ?? '' }, { enabled: open && current !== null }).data ?? [];
  const planActs = usePlanActs(current ?? null, open, written.find((each) => each.id === chosen) ?? null, format);
  const key = (of: string): { rightSection?: ReactNode } => ({ rightSection: <Key of={of} /> });
  const icon = (Sign: typeof IconSearch): { leftSection: ReactNode } => ({ leftSection: <Sign size={16} stroke={1.75} aria-hidden="true" /> });
  const signOf = (each: Publication): { leftSection: ReactNode } => {
    const policy = accounts.find((account) => account.id === each.accountId)?.policy;
    return policy ? { leftSection: <TierMark policy={policy} post={each} hollow={each.state === 'draft'} /> } : icon(IconCalendarWeek);
  };
  const dayOfPost = (each: Publication): string | null => (each.sentAt ?? each.dueAt) === null ? null : dayOf(each.sentAt ?? each.dueAt ?? 0, each.zone);
  const groups: PaletteGroup[] = [
    { group: t('shell.inbox'), kind: 'acts', actions: acts.map((each) => ({ id: `here-${each.id}`, label: each.label, onClick: each.run, ...icon(IconInbox), ...key(each.keys.toLowerCase()) })) },
    {
      group: t('shell.palette.acts'), kind: 'acts',
      actions: [
        ...planActs,
        { id: 'new', label: t('shell.newPost'), onClick: () => view.openComposer({ kind: 'new' }), ...icon(IconPencilPlus), ...key('n') },
        { id: 'pause', label: status?.paused ? t('shell.resume') : t('shell.pause'), note: t('shell.palette.pauseNote'), onClick: () => (status?.paused ? void rpc.command('scheduler.resume', {}).catch(toast.failed) : view.set({ pauseOpen: true })), ...icon(IconPlayerPause) },
        { id: 'undo', label: t('shell.palette.undo'), onClick: undo, ...icon(IconArrowBackUp), ...key('Mod+z') },
        { id: 'addColumn', label: t('deck.add'), onClick: () => view.addColumn(), ...icon(IconLayoutColumns), ...key('a') },
        { id: 'bulk', label: t('bulk.title'), onClick: () => view.set({ bulkOpen: true }), ...icon(IconFileImport) },
        { id: 'fill', label: t('calendar.emptyWeek.fill'), onClick: () => view.fill(), ...icon(IconWand) },
        { id: 'connect', label: t('first.connect'), onClick: () => view.set({ wizardOpen: true }), ...icon(IconPlugConnected) },
        { id: 'keys', label: t('shell.keysTitle'), onClick: () => view.set({ keysOpen: true }), ...icon(IconKeyboard), ...key('?') },
      ],
    },
    {
      group: t('library.title'), kind: 'posts',
      actions: current === null || (words === '' && kind === 'all') ? [] : items.map((each) => ({
        id: `item-${each.id}`, label: each.title, keywords: [each.theme, each.url ?? '', ...each.variants.map((variant) => variant.text.slice(0, MOST_KEYWORDS))], onClick: () => showItem(each.id), leftSection: <TierMark policy={current.policy} post={{ tier: each.tier, counts: true, kind: 'post' }} />,
        note: [each.theme, each.lastSharedAt === null ? t('library.neverShared') : t('library.ago', { time: format.ago(each.lastSharedAt, Date.now()) }), ...(each.views === null ? [] : [t('shell.palette.views', { count: each.views, n: format.number(each.views) })])].filter((part) => part !== '').join(' · '),
      })),
    },
    {
      group: t('shell.palette.written'), kind: 'posts',
      actions: words === '' && kind === 'all' ? [] : written.filter((each) => each.text.trim() !== '').map((each) => {
        const day = dayOfPost(each);
        const edit = (): void => view.openComposer({ kind: 'edit', id: each.id });
        return {
          id: each.id, label: wordsOf(each.text), keywords: each.text.slice(0, MOST_KEYWORDS), onClick: edit, ...signOf(each),
          ...(day === null ? {} : { beside: () => { view.goDay(day); edit(); } }),
          rightSection: <span className="quiet nowrap">{t(`calendar.state.${each.state}`)}{each.dueAt === null ? '' : ` · ${format.when(each.dueAt)}`}</span>,
        };
      }),
    },
    {
      group: t('shell.palette.cases'), kind: 'people',
      actions: words === '' && kind === 'all' ? [] : cases.map((each) => ({
        id: `case-${each.id}`, label: `${each.person.name || each.person.username} · @${each.person.username} · ${each.excerpt}`, keywords: [...each.labels, ...each.personLabels], onClick: () => view.goCase(each.id), ...icon(IconAt),
        rightSection: <span className="quiet nowrap">{t(`inbox.state.${each.state}`)}</span>,
      })),
    },
    // Its key words are what was typed: it is found whatever that is.
    { group: t('deck.local'), kind: 'people', actions: words === '' ? [] : [{ id: 'kept', label: t('deck.localSearch', { words }), keywords: words, always: true, onClick: () => view.searchKept(words.slice(0, 512)), ...icon(IconListSearch), ...key('/') }] },
    { group: t('shell.palette.places'), kind: 'places', actions: SCREENS.map(({ screen, letter, icon: Sign }) => ({ id: screen, label: t(`shell.${screen}`), onClick: () => view.go(screen), ...icon(Sign), ...key(`g ${letter}`) })) },
    {
      group: t('settings.title'), kind: 'places',
      actions: [
        ...(['accounts', 'money', 'ratio', 'template', 'inbox', 'notices', 'general', 'data', 'keys'] as const).map((each) => ({ id: `settings-${each}`, label: `${t('settings.title')}: ${t(`settings.section.${each}`)}`, keywords: t(`shell.palette.words.${each}`), onClick: () => view.goSettings(each), ...icon(IconSettings) })),
        ...(['light', 'dark', 'auto'] as const).map((theme) => ({ id: `theme-${theme}`, label: `${t('settings.theme')}: ${t(`first.theme.${theme}`)}`, onClick: () => void rpc.command('settings.set', { theme }).catch(toast.failed), ...icon(IconMoon) })),
        ...([['es', 'Español'], ['en', 'English']] as const).map(([lang, name]) => ({ id: `lang-${lang}`, label: `${t('settings.language')}: ${name}`, onClick: () => void rpc.command('settings.set', { lang }).catch(toast.failed), ...icon(IconLanguage) })),
      ],
    },
  ];
  const found = foundIn(groups, typed, SHOWN, kind);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      const at = KINDS.indexOf(kind) + (event.shiftKey ? -1 : 1);
      usePalette.setState({ kind: KINDS[(at + KINDS.length) % KINDS.length] ?? 'all' });
      return;
    }
    if (event.key !== 'Enter') return;
    const selected = document.querySelector<HTMLElement>(`${FOUND}[data-selected]`);
    const first = selected ?? document.querySelector<HTMLElement>(FOUND);
    if (event.ctrlKey || event.metaKey) {
      const beside = found.flatMap((each) => each.actions).find((each) => each.id === first?.dataset['line'])?.beside;
      // What has nothing beside is done as ever; the line closes the palette for both.
      event.preventDefault();
      event.stopPropagation();
      if (beside) {
        spotlight.close();
        beside();
      } else first?.click();
    } else if (words !== '' && !selected) first?.click();
  };
  return (
    <Spotlight.Root
      shortcut={null} scrollable query={typed} onQueryChange={(next) => usePalette.setState({ typed: next })} maxHeight={460} onSpotlightOpen={() => view.set({ paletteOpen: true })} onSpotlightClose={() => { letGo(); view.set({ paletteOpen: false }); usePalette.setState({ typed: '' }); }}
      attributes={{ content: { 'aria-label': t('shell.search') } }} overlayProps={{ blur: 0, backgroundOpacity: 0.4, color: '#12161b' }} transitionProps={{ duration: 80 }}
    >
      <Spotlight.Search placeholder={t('shell.command')} aria-label={t('shell.search')} leftSection={<IconSearch size={16} stroke={1.75} />} onKeyDownCapture={onKeyDown}
        rightSection={<span className="palette-kind"><span className="tag line" data-testid="palette-kind" role="status">{t(`shell.palette.kind.${kind}`)}</span> <kbd>Tab</kbd> <span className="quiet">{t('shell.palette.limits')}</span></span>} rightSectionWidth={220} rightSectionPointerEvents="none"
      />
      {found.length === 0 ? <Spotlight.Empty>{t('shell.noCommand')}</Spotlight.Empty> : (
        <Spotlight.ActionsList>{found.map(({ group, actions }) => <Spotlight.ActionsGroup key={group} label={group}>{actions.map(({ id, label, note, onClick, leftSection, rightSection }) => <Spotlight.Action key={id} data-line={id} label={label} {...(note === undefined ? {} : { description: note })} onClick={onClick} leftSection={leftSection} rightSection={rightSection} />)}</Spotlight.ActionsGroup>)}</Spotlight.ActionsList>
      )}
      <Spotlight.Footer className="palette-foot" data-testid="palette-foot">
        <span><kbd>↑</kbd> <kbd>↓</kbd> {t('shell.palette.choose')}</span><span><kbd>↵</kbd> {t('shell.palette.do')}</span><span><kbd>Ctrl ↵</kbd> {t('shell.palette.beside')}</span><span><kbd>Esc</kbd> {t('shell.palette.leave')}</span>
        <span className="grow" /><span>{t('shell.palette.free')}</span>
      </Spotlight.Footer>
    </Spotlight.Root>
  );
}
