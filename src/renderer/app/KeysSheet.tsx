import '../styles/keys.css';
import { Button, Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inForce } from '../../shared/domain/hotkeys.ts';
import { useBindings } from '../hotkeys/bindings.ts';
import { keyWords, nameNow } from '../hotkeys/caps.ts';
import { type Findable, matches } from '../hotkeys/find.ts';
import { useKeyboardLayout } from '../hotkeys/keyboardLayout.ts';
import { nameOf } from '../hotkeys/keys.ts';
import { KEY_GROUPS, KEY_ROWS, type KeyRow } from '../hotkeys/registry.ts';
import { letGo } from '../ui/Dialog.tsx';
import { OnPage } from '../ui/OnPage.tsx';
import { useUndo } from '../ui/useUndo.ts';
import { KeysSheetRow } from './KeysSheetRow.tsx';
import { useKeyChange } from './useKeyChange.ts';
import { useView } from './viewStore.ts';

/** What goes through the field as ever. */
const OWN = new Set(['Tab', 'Shift+Tab', 'Escape', 'Backspace', 'Shift', 'Control', 'Alt', 'AltGraph', 'Meta']);

/** Every key, found by what it does or by pressing it, and changed by pressing another (?). */
export function KeysSheet() {
  const open = useView((state) => state.keysOpen);
  const set = useView((state) => state.set);
  const close = (): void => {
    letGo();
    set({ keysOpen: false });
  };
  return (
    <Modal.Root opened={open} onClose={close} centered size={1060} transitionProps={{ duration: 80, transition: 'fade' }} classNames={{ content: 'keys-sheet' }}>
      <Modal.Overlay />
      <Modal.Content><OnPage part="dialog" /><OnPage part="keys" /><Sheet /></Modal.Content>
    </Modal.Root>
  );
}

function Sheet() {
  const { t } = useTranslation();
  const changed = useBindings((state) => state.changed);
  const change = useKeyChange(changed);
  const undo = useUndo();
  const takeUndo = useView((state) => state.takeUndo);
  const layout = useKeyboardLayout();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [pressed, setPressed] = useState(false);
  // What was pressed is chosen: the next thing takes its place.
  useEffect(() => { if (pressed) field.current?.select(); }, [pressed, query]);

  const nameIn = (row: KeyRow, name: string): string => (row.typed ? name : nameNow(changed, name));
  const findable = (row: KeyRow): Findable => ({ label: `${t(`keys.act.${row.id}`)}${row.out ? ' x.com' : ''}`, group: t(`keys.group.${row.group}`), keys: row.keys.flat().map((name) => keyWords(t, nameIn(row, name))) });
  const shown = KEY_ROWS.filter((row) => row.id === change.touched || matches(findable(row), query, pressed));
  const look = (words: string, asKey: boolean): void => {
    change.forget();
    setQuery(words);
    setPressed(asKey);
  };
  const clear = (): void => {
    look('', false);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (query !== '' && !pressed) return;
    const name = nameOf(event);
    // A character is typed; what writes nothing is looked for as the key it is.
    if (name.length === 1 || OWN.has(name) || OWN.has(event.key) || !KEY_ROWS.some((row) => row.keys.flat().some((each) => nameIn(row, each) === name))) return;
    event.preventDefault();
    look(keyWords(t, name), true);
  };
  const { resetUndo } = change;
  const takeBack = (): void => {
    const taken = resetUndo === null ? null : takeUndo(resetUndo);
    if (taken) undo(taken);
  };
  return (
    <>
      <Modal.Header className="keys-head">
        <Modal.Title>{t('keys.title')}</Modal.Title>
        <TextInput
          ref={field} className="keys-field" aria-label={t('keys.search')} placeholder={t('keys.search')} value={query} leftSection={<IconSearch size={15} stroke={1.75} aria-hidden="true" />} data-autofocus data-testid="keys-search"
          onChange={(event) => look(event.currentTarget.value, false)} onKeyDown={onKeyDown}
        />
        <span className="keys-layout">{layout !== null && inForce(changed, '#') === '#' ? t(`keys.layout.${layout}`) : ''}</span>
        {resetUndo === null
          ? <Button variant="default" disabled={Object.keys(changed).length === 0} onClick={change.reset} data-testid="keys-reset">{t('keys.resetAll')}</Button>
          : <Button variant="light" onClick={takeBack} data-testid="keys-reset-undo">{t('keys.resetUndo')}</Button>}
        <Modal.CloseButton aria-label={t('shell.close')} />
      </Modal.Header>
      <Modal.Body className="keys-body" tabIndex={-1}>
        <p className="sr" role="status">{query.trim() === '' ? '' : t('keys.found', { count: shown.length })}</p>
        <p className="sr" role="status" data-testid="keys-said">{change.said}</p>
        {shown.length === 0 ? <p className="keys-none">{t('keys.none', { query: query.trim() })} <button type="button" className="link-button" onClick={clear}>{t('keys.showAll')}</button></p> : (
          <div className="keys-groups">
            {KEY_GROUPS.map((group) => {
              const rows = shown.filter((row) => row.group === group);
              return rows.length === 0 ? null : (
                <section key={group} data-group={group} aria-labelledby={`keys-${group}`}>
                  <h3 id={`keys-${group}`}>{t(`keys.group.${group}`)}</h3>
                  <ul>{rows.map((row) => <KeysSheetRow key={row.id} row={row} query={query} changed={changed} change={change} />)}</ul>
                </section>
              );
            })}
          </div>
        )}
      </Modal.Body>
      <footer className="keys-foot"><span className="grow">{t('keys.foot')}</span><button type="button" className="link-button" onClick={() => window.print()} data-testid="keys-print">{t('keys.print')}</button></footer>
    </>
  );
}
