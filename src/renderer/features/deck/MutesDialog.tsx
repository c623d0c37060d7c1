import { ActionIcon, Button, Group, NativeSelect, SegmentedControl, Stack, TagsInput, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ColumnFilter, MOST_PEOPLE, MOST_TERM } from '../../../shared/domain/columnFilter.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { ErrorNote } from '../../ui/bits.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useErrorWords, useToast } from '../../ui/useToast.tsx';

const DAY_MS = 86_400_000;
/** How long a mute holds, days; `ever` until it is taken away. */
const SPANS = ['ever', '1', '7', '30'] as const;

const NAME = /^\w{1,50}$/;
/** The people of this column alone: everybody, only some, or all but some. */
function ColumnPeople({ people, onPeople }: { people: ColumnFilter['people']; onPeople: (people: ColumnFilter['people']) => void }) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<'all' | 'only' | 'except'>(people.names.length === 0 ? 'all' : people.mode);
  const [wrong, setWrong] = useState<string | null>(null);
  const choose = (next: 'all' | 'only' | 'except'): void => {
    setMode(next);
    setWrong(null);
    // Nobody is named yet: nothing is left out until somebody is.
    if (people.names.length > 0) onPeople(next === 'all' ? { mode: 'except', names: [] } : { mode: next, names: people.names });
  };
  const put = (typed: string[]): void => {
    const names = [...new Set(typed.map((each) => each.trim().replace(/^@/, '')).filter((each) => each !== ''))];
    const bad = names.find((each) => !NAME.test(each));
    setWrong(bad ?? null);
    if (bad === undefined && mode !== 'all') onPeople({ mode, names });
  };
  return (
    <Stack gap={6}>
      <span className="mutes-part" id="column-people">{t('deck.people.here')}</span>
      <SegmentedControl aria-labelledby="column-people" value={mode} onChange={(value) => choose(value === 'only' || value === 'except' ? value : 'all')} data={[{ value: 'all', label: t('deck.people.all') }, { value: 'only', label: t('deck.people.onlyThese') }, { value: 'except', label: t('deck.people.butThese') }]} data-testid="people-mode" />
      {mode === 'all' ? null : <TagsInput aria-label={t('deck.people.names')} placeholder={people.names.length === 0 ? t('deck.people.namesHint') : ''} value={people.names.map((each) => `@${each}`)} maxTags={MOST_PEOPLE} error={wrong === null ? undefined : t('deck.people.wrong', { name: wrong })} acceptValueOnBlur dropdownOpened={false} onChange={put} data-testid="people-names" />}
    </Stack>
  );
}

/** Whose posts one column shows; and what is left out of all columns, or of one account's, and until when. */
export function MutesDialog({ accountId, people, onPeople, onClose }: { accountId: string; people: ColumnFilter['people']; onPeople: (people: ColumnFilter['people']) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const words = useErrorWords();
  const format = useFormat();
  const { accounts } = useAccounts();
  const mutes = useRpcQuery('mutes.list', {}).data ?? [];
  const [term, setTerm] = useState('');
  const [span, setSpan] = useState<string>('ever');
  const [where, setWhere] = useState('all');
  const [refused, setRefused] = useState<string | null>(null);
  const nameOf = (id: string | null): string => (id === null ? t('deck.mute.everywhere') : `@${accounts.find((each) => each.id === id)?.username ?? ''}`);
  const add = (): void => {
    setRefused(null);
    rpc.command('mutes.add', { term: term.trim(), accountId: where === 'all' ? null : accountId, until: span === 'ever' ? null : Date.now() + Number(span) * DAY_MS }).then(({ undoId }) => {
      setTerm('');
      toast.done(t('deck.mute.added'), { undoId });
    }, (cause: unknown) => setRefused(words(cause)));
  };
  const remove = (muteId: string): void => void rpc.command('mutes.remove', { muteId }).then(({ undoId }) => toast.done(t('deck.mute.removed'), { undoId }), toast.failed);
  return (
    <Dialog opened onClose={onClose} title={t('deck.people.dialog')}>
      <Stack gap="sm">
        <ColumnPeople people={people} onPeople={onPeople} />
        <h3 className="mutes-part">{t('deck.mute.title')}</h3>
        <form onSubmit={(event) => { event.preventDefault(); if (term.trim() !== '') add(); }}>
          <Stack gap="sm">
            <TextInput label={t('deck.mute.what')} description={t('deck.filter.hint')} value={term} maxLength={MOST_TERM} onChange={(event) => setTerm(event.currentTarget.value)} data-testid="mute-term" />
            <Group grow>
              <NativeSelect label={t('deck.mute.where')} value={where} onChange={(event) => setWhere(event.currentTarget.value)} data={[{ value: 'all', label: t('deck.mute.everywhere') }, { value: 'one', label: nameOf(accountId) }]} />
              <NativeSelect label={t('deck.mute.until')} value={span} onChange={(event) => setSpan(event.currentTarget.value)} data={SPANS.map((each) => ({ value: each, label: each === 'ever' ? t('deck.mute.ever') : t('deck.mute.days', { count: Number(each) }) }))} data-testid="mute-span" />
            </Group>
            {refused ? <ErrorNote>{refused}</ErrorNote> : null}
            <Group justify="flex-end"><Button type="submit" disabled={term.trim() === ''} data-testid="mute-add">{t('deck.mute.add')}</Button></Group>
          </Stack>
        </form>
        {mutes.length === 0 ? <p className="quiet" style={{ margin: 0 }}>{t('deck.mute.empty')}</p> : (
          <ul className="mutes">
            {mutes.map((mute) => (
              <li key={mute.id}>
                <b className="clip" title={mute.term}>{mute.term}</b>
                <span className="quiet nowrap">{nameOf(mute.accountId)} · {mute.until === null ? t('deck.mute.ever') : t('deck.mute.untilWhen', { when: format.when(mute.until) })}</span>
                <ActionIcon size={20} aria-label={`${t('deck.mute.remove')}: ${mute.term}`} title={t('deck.mute.remove')} onClick={() => remove(mute.id)}><IconX size={13} /></ActionIcon>
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </Dialog>
  );
}
