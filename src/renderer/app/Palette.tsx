import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import { IconCalendarWeek, IconFileImport, IconKeyboard, IconPencilPlus, IconPlugConnected, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRpcQuery } from '../rpc/hooks.ts';
import { useFormat } from '../ui/format.ts';
import { SCREENS } from './screens.ts';
import { useView } from './viewStore.ts';

export const openPalette = (): void => spotlight.open();
/** Own texts looked through, newest first. */
const MOST = 500;

/** Acts, places and what was written, in one list; local and free (Ctrl K). */
export function Palette() {
  const { t } = useTranslation();
  const view = useView();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const written = useRpcQuery('publications.list', { limit: MOST }, { enabled: open }).data ?? [];
  const key = (keys: string): { rightSection?: ReactNode } => ({ rightSection: <kbd>{keys}</kbd> });
  const icon = (Sign: typeof IconSearch): { leftSection: ReactNode } => ({ leftSection: <Sign size={16} stroke={1.75} aria-hidden="true" /> });
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('shell.palette.acts'),
      actions: [
        { id: 'new', label: t('shell.newPost'), onClick: () => view.openComposer({ kind: 'new' }), ...icon(IconPencilPlus), ...key('N') },
        { id: 'bulk', label: t('bulk.title'), onClick: () => view.set({ bulkOpen: true }), ...icon(IconFileImport) },
        { id: 'connect', label: t('first.connect'), onClick: () => view.set({ wizardOpen: true }), ...icon(IconPlugConnected) },
        { id: 'keys', label: t('shell.keysTitle'), onClick: () => view.set({ keysOpen: true }), ...icon(IconKeyboard), ...key('?') },
      ],
    },
    { group: t('shell.palette.places'), actions: SCREENS.map(({ screen, letter, icon: Sign }) => ({ id: screen, label: t(`shell.${screen}`), onClick: () => view.go(screen), ...icon(Sign), ...key(`G ${letter.toUpperCase()}`) })) },
    {
      group: t('shell.palette.written'),
      actions: written.filter((each) => each.text.trim() !== '').map((each) => ({
        id: each.id, label: each.text.replace(/\s+/g, ' ').slice(0, 120), onClick: () => view.openComposer({ kind: 'edit', id: each.id }), ...icon(IconCalendarWeek),
        rightSection: <span className="quiet nowrap">{t(`calendar.state.${each.state}`)}{each.dueAt === null ? '' : ` · ${format.when(each.dueAt)}`}</span>,
      })),
    },
  ];
  return (
    <Spotlight
      actions={groups.filter((each) => each.actions.length > 0)} shortcut={null} limit={12} scrollable maxHeight={460} nothingFound={t('shell.noCommand')} onSpotlightOpen={() => setOpen(true)} onSpotlightClose={() => setOpen(false)}
      overlayProps={{ blur: 0, backgroundOpacity: 1, color: 'transparent' }} transitionProps={{ duration: 80 }} searchProps={{ placeholder: t('shell.command'), 'aria-label': t('shell.search'), leftSection: <IconSearch size={16} stroke={1.75} /> }}
    />
  );
}
