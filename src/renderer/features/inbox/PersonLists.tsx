import { ActionIcon, Checkbox, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../shared/contract/inbox.ts';
import type { Format } from '../../ui/format.ts';

const MOST_LABELS = 20;
/** A word that is being added: taken by Enter, and also when its field is left, so that nothing typed is lost. */
function Adding({ label, placeholder, maxLength, testid, onAdd, onDone }: { label: string; placeholder: string; maxLength: number; testid: string; onAdd: (text: string) => void; /** `back`: by the keyboard. */ onDone: (back: boolean) => void }) {
  const [text, setText] = useState('');
  const latest = useRef('');
  const type = (next: string): void => {
    latest.current = next;
    setText(next);
  };
  const add = (): void => {
    const word = latest.current.trim();
    type('');
    if (word !== '') onAdd(word);
  };
  const addRef = useRef(add);
  addRef.current = add;
  useEffect(() => {
    // Another case, another screen, no window any more: what is in the field counts.
    const leave = (): void => addRef.current();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  return (
    <TextInput
      size="xs" autoFocus maxLength={maxLength} value={text} placeholder={placeholder} aria-label={label} data-testid={testid} onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => { add(); onDone(false); }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        if (text.trim() === '') onDone(true);
        else add();
      }}
    />
  );
}

/** Labels as chips; the field for another one comes when it is asked for. */
export function LabelChips({ labels, onChange }: { labels: readonly string[]; onChange: (labels: string[]) => void }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const plus = useRef<HTMLButtonElement>(null);
  const back = (): void => void requestAnimationFrame(() => plus.current?.focus());
  const add = (word: string): void => {
    const fresh = word.split(',').map((each) => each.trim().slice(0, 40)).filter((each) => each !== '' && !labels.includes(each));
    if (fresh.length > 0) onChange([...labels, ...fresh].slice(0, MOST_LABELS));
  };
  return (
    <div className="chips" role="group" aria-label={t('inbox.personLabels')}>
      {labels.map((label) => (
        <span key={label} className="tag line chip" data-testid="person-label">
          {label}
          <button type="button" aria-label={t('inbox.removeLabel', { label })} title={t('inbox.removeLabel', { label })} onClick={() => { onChange(labels.filter((each) => each !== label)); back(); }}><IconX size={10} stroke={2.5} aria-hidden="true" /></button>
        </span>
      ))}
      {adding ? <Adding label={t('inbox.personLabels')} placeholder={t('inbox.addLabel')} maxLength={40} testid="person-labels" onAdd={add} onDone={(byKey) => { setAdding(false); if (byKey) back(); }} /> : (
        labels.length < MOST_LABELS ? <button ref={plus} type="button" className="tag line chip-add" data-testid="person-label-add" onClick={() => setAdding(true)}><IconPlus size={10} stroke={2} aria-hidden="true" />{t('inbox.addLabel')}</button> : null
      )}
    </div>
  );
}

type Promised = PersonView['promises'][number];
/** What was promised, with its day, ticked when it is kept. */
export function Promises({ promises, format, onChange }: { promises: readonly Promised[]; format: Format; onChange: (promises: Promised[]) => void }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const plus = useRef<HTMLButtonElement>(null);
  return (
    <section>
      <h3 className="person-part"><span>{t('inbox.promised')}</span>{adding ? null : <button ref={plus} type="button" className="link-button quiet" data-testid="person-promise-add" aria-label={`+ ${t('inbox.note')}: ${t('inbox.promised')}`} onClick={() => setAdding(true)}>+ {t('inbox.note')}</button>}</h3>
      {promises.map((each) => (
        <div key={each.id} className={each.done ? 'promise kept' : 'promise'}>
          <Checkbox size="xs" checked={each.done} label={each.text} onChange={(event) => onChange(promises.map((other) => (other.id === each.id ? { ...other, done: event.currentTarget.checked } : other)))} description={each.done ? format.dayMonth(each.at) : t('inbox.saidOn', { when: format.dayMonth(each.at) })} />
          <ActionIcon size={20} aria-label={`${t('inbox.removePromise')}: ${each.text}`} title={t('inbox.removePromise')} onClick={() => { onChange(promises.filter((other) => other.id !== each.id)); plus.current?.focus(); }}><IconX size={13} /></ActionIcon>
        </div>
      ))}
      {adding ? (
        <Adding
          label={t('inbox.addPromise')} placeholder={t('inbox.addPromise')} maxLength={300} testid="person-promise"
          onAdd={(text) => onChange([...promises, { id: crypto.randomUUID(), text, at: Date.now(), done: false }])} onDone={(byKey) => { setAdding(false); if (byKey) requestAnimationFrame(() => plus.current?.focus()); }}
        />
      ) : null}
    </section>
  );
}
