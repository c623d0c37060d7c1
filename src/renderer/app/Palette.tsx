import { Spotlight, spotlight } from '@mantine/spotlight';
import { useTranslation } from 'react-i18next';
import { useView } from './viewStore.ts';

export const openPalette = (): void => spotlight.open();

/** The command palette (Ctrl K). */
export function Palette() {
  const { t } = useTranslation();
  const view = useView();
  const actions = [
    { id: 'new', label: t('shell.newPost'), onClick: () => view.openComposer({ kind: 'new' }), description: 'N' },
    { id: 'bulk', label: t('bulk.title'), onClick: () => view.set({ bulkOpen: true }) },
    { id: 'deck', label: t('shell.deck'), onClick: () => view.go('deck'), description: 'G D' },
    { id: 'calendar', label: t('shell.calendar'), onClick: () => view.go('calendar'), description: 'G C' },
    { id: 'activity', label: t('shell.activity'), onClick: () => view.go('activity'), description: 'G A' },
    { id: 'settings', label: t('shell.settings'), onClick: () => view.go('settings'), description: 'G S' },
    { id: 'connect', label: t('first.connect'), onClick: () => view.set({ wizardOpen: true }) },
    { id: 'keys', label: t('shell.keys'), onClick: () => view.set({ keysOpen: true }), description: '?' },
  ];
  return <Spotlight actions={actions} shortcut={null} nothingFound={t('shell.noCommand')} searchProps={{ placeholder: t('shell.command'), 'aria-label': t('shell.search') }} />;
}
