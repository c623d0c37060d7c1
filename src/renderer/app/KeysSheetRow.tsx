import { Button } from '@mantine/core';
import { IconArrowUpRight } from '@tabler/icons-react';
import { Fragment, type FocusEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChangeableKey, type ChangedKeys, inForce, isChangeable } from '../../shared/domain/hotkeys.ts';
import { capWord, keyWords, nameNow } from '../hotkeys/caps.ts';
import { isKey } from '../hotkeys/find.ts';
import { capsOf, isSequence, KEY_ROWS, type KeyRow } from '../hotkeys/registry.ts';
import { type Asking, DEAD, type KeyChange } from './useKeyChange.ts';

/** Esc is for the question then, not for the sheet around it. */
const OWN_ESC = { 'data-mantine-stop-propagation': 'true' };
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Fn']);

/** The keys of a row that can be changed, as they came. */
const changeables = (row: KeyRow): readonly ChangeableKey[] => (row.typed ? [] : row.keys.flat().filter(isChangeable));

function Caps({ name, found }: { name: string; found: boolean }) {
  const { t } = useTranslation();
  return capsOf(name).map((cap, index) => (
    <Fragment key={`${index}-${cap}`}>
      {index > 0 && isSequence(name) ? <span className="keys-or">{t('keys.then')}</span> : null}
      <kbd className={found ? 'found' : undefined}>{capWord(t, cap)}</kbd>
    </Fragment>
  ));
}

interface RowProps { row: KeyRow; query: string; changed: ChangedKeys; change: KeyChange }

/** A key that can be changed: pressed, it waits for another one. */
function KeyButton({ of, row, query, changed, change, asking }: RowProps & { of: ChangeableKey; asking: Asking | null }) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const key = keyWords(t, inForce(changed, of));
  const waiting = asking !== null && asking.clash === null;
  const asked = useRef(false);
  useEffect(() => {
    // Decided: the key has the focus again, unless the user has gone on to something else.
    if (waiting || (asked.current && asking === null && (document.activeElement === null || document.activeElement === document.body))) button.current?.focus();
    asked.current = asking !== null;
  }, [waiting, asking]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!waiting || MODIFIERS.has(event.key)) return;
    if (event.key === 'Tab') return change.leave();
    event.preventDefault();
    event.stopPropagation();
    // The Enter that began it may still be held down.
    if (event.repeat) return;
    if (event.key === 'Escape') change.leave();
    else change.press(event.nativeEvent);
  };
  return (
    <button
      ref={button} type="button" className="key-button" data-key={of} {...(waiting ? OWN_ESC : {})} aria-label={waiting ? t('keys.press') : t('keys.changeOne', { action: t(`keys.act.${row.id}`), key })} title={waiting ? undefined : t('keys.change')}
      onClick={() => (waiting ? change.leave() : change.ask(row.id, of))} onKeyDown={onKeyDown} onKeyUp={(event) => { if (waiting && event.key === ' ') event.preventDefault(); }}
    >
      {waiting ? <kbd className="asking">{t('keys.press')}</kbd> : <kbd className={isKey(key, query) ? 'found' : undefined}>{key}</kbd>}
    </button>
  );
}

/** What is said while a key is being changed: what it changes too, why one cannot be taken, whose it already is. */
function Said({ asking, changed, change }: { asking: Asking; changed: ChangedKeys; change: KeyChange }) {
  const { t } = useTranslation();
  const first = useRef<HTMLButtonElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { clash, refused, of } = asking;
  useEffect(() => {
    if (clash) first.current?.focus({ preventScroll: true });
    frame.current?.scrollIntoView({ block: 'nearest' });
  }, [clash, refused]);
  const worded = (row: KeyRow): string => t('keys.named', { action: t(`keys.act.${row.id}`), group: t(`keys.group.${row.group}`) });
  const named = (key: ChangeableKey): string => KEY_ROWS.filter((row) => changeables(row).includes(key)).map(worded).join(', ');
  if (clash) {
    return (
      <div ref={frame} className="keys-said" role="alert" data-testid="keys-clash">
        <p>{t('keys.clash', { key: keyWords(t, clash.key), action: named(clash.holder) })}</p>
        <div>
          <Button ref={first} size="compact-xs" onClick={change.exchange} {...OWN_ESC} data-testid="keys-exchange">{t('keys.exchange', { key: keyWords(t, clash.key), other: keyWords(t, inForce(changed, of)) })}</Button>
          <Button size="compact-xs" variant="default" onClick={change.leave} {...OWN_ESC} data-testid="keys-keep">{t('keys.keep')}</Button>
        </div>
      </div>
    );
  }
  const elsewhere = KEY_ROWS.filter((row) => row.id !== asking.row && changeables(row).includes(of));
  return (
    <div ref={frame} className="keys-said">
      <p>{t('keys.pressHint', { key: keyWords(t, inForce(changed, of)) })}{elsewhere.length > 0 ? ` ${t('keys.changesToo', { action: elsewhere.map(worded).join(', ') })}` : ''}</p>
      <p role="alert">{refused === null ? '' : refused === DEAD ? t('keys.dead') : t('keys.refused', { key: keyWords(t, refused) })}</p>
    </div>
  );
}

/** One action, its keys, and what is asked while one of them changes. */
export function KeysSheetRow(props: RowProps) {
  const { t } = useTranslation();
  const { row, query, changed, change } = props;
  const asking = change.asking?.row === row.id ? change.asking : null;
  const moved = changeables(row).filter((each) => inForce(changed, each) !== each);
  const onBlur = (event: FocusEvent): void => {
    if (asking && event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget)) change.leave();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!asking || event.key !== 'Escape') return;
    event.stopPropagation();
    change.leave();
  };
  return (
    <li className={asking ? 'keys-row asked' : 'keys-row'} data-row={row.id} onBlur={onBlur} onKeyDown={onKeyDown}>
      <div className="keys-line">
        <span className="keys-words">
          {t(`keys.act.${row.id}`)}
          {row.out ? <span className="tag line"><IconArrowUpRight size={10} stroke={2} aria-hidden="true" />x.com</span> : null}
          {moved.length > 0 ? <span className="tag accent" title={moved.map((each) => t('keys.cameAs', { key: keyWords(t, each) })).join(' · ')}>{t('keys.changed')}</span> : null}
        </span>
        <span className="keys-caps">
          {row.keys.map((together, index) => (
            <Fragment key={together.join(' ')}>
              {index > 0 ? <span className="keys-or">{t('keys.or')}</span> : null}
              {together.map((name) => (isChangeable(name) && !row.typed
                ? <KeyButton key={name} {...props} of={name} asking={asking?.of === name ? asking : null} />
                : <Caps key={name} name={name} found={isKey(keyWords(t, row.typed ? name : nameNow(changed, name)), query)} />))}
            </Fragment>
          ))}
        </span>
      </div>
      {asking ? <Said asking={asking} changed={changed} change={change} /> : null}
    </li>
  );
}
