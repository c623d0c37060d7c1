import { ActionIcon, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { IconLayoutColumns, IconPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnSource, Post } from '../../../shared/contract/columns.ts';
import { useView } from '../../app/viewStore.ts';
import { useKeys } from '../../hotkeys/keys.ts';
import { useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { EmptyState, ErrorNote } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import type { PostActions } from '../../ui/PostCard.tsx';
import { useNow } from '../../ui/useNow.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useErrorWords } from '../../ui/useToast.tsx';
import { DeckColumn, type DeckColumnProps } from './DeckColumn.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

type Kind = ColumnSource['kind'];

function AddColumn({ opened, onClose, onAdded }: { opened: boolean; onClose: () => void; onAdded: (id: string) => void }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const { accounts, current } = useAccounts();
  const add = useRpcCommand('columns.add');
  const [kind, setKind] = useState<Kind>('search');
  const [query, setQuery] = useState('');
  const [accountId, setAccountId] = useState<string | null>(null);
  const chosen = accountId ?? current?.id ?? '';
  const submit = (): void => {
    const source: ColumnSource = kind === 'search' || kind === 'local' ? { kind, query: query.trim() } : { kind };
    add.mutate({ accountId: chosen, source }, { onSuccess: (made) => { setQuery(''); onClose(); onAdded(made.id); } });
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={t('deck.add')}>
      <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Stack gap="sm">
          <NativeSelect label={t('deck.kind')} value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind)} data-testid="add-kind" data={(['search', 'local', 'home', 'mentions', 'own', 'scheduled'] as const).map((each) => ({ value: each, label: t(`deck.${each}`) }))} data-autofocus />
          {kind === 'search' || kind === 'local' ? <TextInput label={t('deck.query')} description={t(kind === 'local' ? 'deck.localHint' : 'deck.queryHint')} value={query} maxLength={512} onChange={(event) => setQuery(event.currentTarget.value)} data-testid="add-query" /> : null}
          {accounts.length > 1 ? <NativeSelect label={t('shell.account')} value={chosen} onChange={(event) => setAccountId(event.currentTarget.value)} data={accounts.map((each) => ({ value: each.id, label: `@${each.username}` }))} /> : null}
          <Group justify="flex-end"><Button type="submit" data-testid="add-confirm" disabled={(kind === 'search' || kind === 'local') && query.trim() === ''} loading={add.isPending}>{t('deck.add')}</Button></Group>
          {add.error ? <ErrorNote>{words(add.error)}</ErrorNote> : null}
        </Stack>
      </form>
    </Dialog>
  );
}

type Api = Parameters<DeckColumnProps['register']>[1];

/** Columns side by side, with their keys (UX, deck). */
export function DeckScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const { accounts } = useAccounts();
  const columns = useRpcQuery('columns.list', {}).data;
  const now = useNow();
  const adding = useView((state) => state.addingColumn);
  const setView = useView((state) => state.set);
  const setAdding = (addingColumn: boolean): void => setView({ addingColumn });
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const apis = useRef(new Map<string, NonNullable<Api>>());
  const register = useCallback((id: string, api: Api) => {
    if (api) apis.current.set(id, api);
    else apis.current.delete(id);
  }, []);
  const list = columns ?? [];
  const at = Math.max(0, list.findIndex((each) => each.id === currentId));
  const go = (index: number): void => {
    const target = list[index];
    if (!target) return;
    setCurrentId(target.id);
    setSelected(null);
    document.querySelector(`[data-column-id="${CSS.escape(target.id)}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const step = (by: number): void => {
    const api = apis.current.get(list[at]?.id ?? '');
    if (!api) return;
    const ids = api.posts().map((post) => post.id);
    const next = ids[Math.max(0, Math.min(ids.length - 1, ids.indexOf(selected ?? '') + by))];
    if (!next) return;
    setCurrentId(list[at]?.id ?? null);
    setSelected(next);
    api.scrollTo(next);
  };
  const onSelected = (run: (actions: PostActions, post: Post) => void) => (): boolean => {
    const api = apis.current.get(list[at]?.id ?? '');
    const post = selected ? api?.posts().find((each) => each.id === selected) : undefined;
    if (!api || !post) return false;
    run(api.actions, post);
    return true;
  };
  /** Gets the focus once it is drawn. */
  const wanted = useRef<string | null>(null);
  const focusWanted = useCallback((): void => {
    const head = wanted.current === null ? null : document.querySelector<HTMLElement>(`[data-column-id="${CSS.escape(wanted.current)}"] [data-testid="column-options"]`);
    if (!head) return;
    wanted.current = null;
    head.focus();
  }, []);
  useEffect(focusWanted, [columns, focusWanted]);
  const replaced = useCallback((id: string): void => {
    setCurrentId(id);
    setSelected(null);
    wanted.current = id;
    focusWanted();
  }, [focusWanted]);
  const numbers = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [String(i + 1), () => go(i)]));
  useKeys({
    ...numbers, '0': () => go(list.length - 1), a: () => setAdding(true), j: () => step(1), k: () => step(-1), h: () => go(at - 1), l: () => go(at + 1), ArrowLeft: () => go(at - 1), ArrowRight: () => go(at + 1),
    '.': () => apis.current.get(list[at]?.id ?? '')?.fresh(),
    o: onSelected((actions, post) => actions.open(post)), r: onSelected((actions, post) => actions.reply(post)), t: onSelected((actions, post) => actions.repost(post)),
    f: onSelected((actions, post) => actions.like(post)), p: onSelected((actions, post) => actions.person(post)),
    Escape: () => {
      if (selected === null) return false;
      setSelected(null);
      return true;
    },
  });
  return (
    <div className="deck" data-testid="deck">
      <h1 className="sr">{t('shell.deck')}</h1>
      {list.map((column, index) => (
        <DeckColumn key={column.id} column={column} account={accounts.find((each) => each.id === column.accountId)} index={index} count={list.length} current={index === at} selectedId={index === at ? selected : null} selecting={selected !== null} format={format} now={now} onSelect={setCurrentId} onAdd={() => setAdding(true)} onReplaced={replaced} register={register} />
      ))}
      {columns && list.length === 0 ? <div className="grow"><EmptyState icon={IconLayoutColumns} title={t('deck.emptyDeck')} body={t('deck.empty')}><Button onClick={() => setAdding(true)}>{t('deck.add')}</Button></EmptyState></div> : null}
      <div className="deck-add">
        <ActionIcon size={24} aria-label={t('deck.add')} title={`${t('deck.add')} (A)`} data-testid="add-column" onClick={() => setAdding(true)}><IconPlus size={17} stroke={1.75} /></ActionIcon>
        <kbd aria-hidden="true">A</kbd>
      </div>
      <AddColumn opened={adding} onClose={() => setAdding(false)} onAdded={(id) => { setCurrentId(id); setTimeout(() => document.querySelector(`[data-column-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), 200); }} />
    </div>
  );
}
