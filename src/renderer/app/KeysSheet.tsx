import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SCREENS } from './screens.ts';
import { useView } from './viewStore.ts';
import { Dialog } from '../ui/Dialog.tsx';

/** Every key, searchable (?). */
export function KeysSheet() {
  const { t } = useTranslation();
  const open = useView((state) => state.keysOpen);
  const set = useView((state) => state.set);
  const [word, setWord] = useState('');
  const rows: [string, string][] = [
    ['N', t('shell.key.new')], ['Ctrl K ;', t('shell.key.palette')],
    ...SCREENS.map(({ screen, letter }): [string, string] => [`G ${letter.toUpperCase()}`, t('shell.key.go', { screen: t(`shell.${screen}`) })]),
    ['J', t('shell.key.down')], ['K', t('shell.key.up')], ['H ←', t('shell.key.left')], ['L →', t('shell.key.right')], ['1–9 0', t('shell.key.column')], ['.', t('shell.key.fresh')],
    ['R', t('shell.key.reply')], ['T', t('shell.key.repost')], ['F', t('shell.key.like')], ['O', t('shell.key.open')], ['P', t('shell.key.person')], ['↵', t('deck.conversation')], ['U', t('deck.mute.key')], ['/', t('deck.local')], ['A', t('shell.key.addColumn')],
    ['M', t('shell.key.move')], ['E', t('shell.key.done')], ['Z', t('shell.key.snooze')], ['#', t('shell.key.label')], ['!', t('shell.key.high')], ['D', t('shell.key.route')], ['U', t('shell.key.mute')], ['X', t('shell.key.choose')], ['R /', t('shell.key.saved')], ['Ctrl ↵', t('shell.key.send')], ['Ctrl Z', t('shell.key.undo')], ['Esc', t('shell.key.esc')], ['?', t('shell.key.sheet')],
  ];
  const shown = rows.filter(([key, words]) => `${key} ${words}`.toLowerCase().includes(word.toLowerCase()));
  return (
    <Dialog opened={open} onClose={() => set({ keysOpen: false })} title={t('shell.keys')}>
      <TextInput aria-label={t('shell.search')} placeholder={t('shell.search')} value={word} onChange={(event) => setWord(event.currentTarget.value)} data-autofocus mb="sm" />
      <table className="plain"><tbody>{shown.map(([key, words]) => <tr key={key}><td style={{ width: 90 }}><kbd>{key}</kbd></td><td>{words}</td></tr>)}</tbody></table>
    </Dialog>
  );
}
