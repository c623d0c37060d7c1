import { ActionIcon, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { IconLayoutColumns, IconPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnSource, Post } from '../../../shared/contract/columns.ts';
import { FIRST_READ_POSTS, firstReadUsd, readUsd } from '../../../shared/domain/price.ts';
import { useView } from '../../app/viewStore.ts';
import { Key, useKeyOf } from '../../hotkeys/Key.tsx';
import { useKeys } from '../../hotkeys/keys.ts';
import { useRpc, useRpcCommand, useRpcQuery } from '../../rpc/hooks.ts';
import { EmptyState, ErrorNote } from '../../ui/bits.tsx';
import { useFormat } from '../../ui/format.ts';
import type { PostActions } from '../../ui/PostCard.tsx';
import { useNow } from '../../ui/useNow.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useErrorWords, useToast } from '../../ui/useToast.tsx';
import { DeckColumn, type DeckColumnProps } from './DeckColumn.tsx';
import { DeckSide } from './DeckSide.tsx';
import { GroupStrip } from './GroupStrip.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import type { Side } from './usePostActions.ts';

type Kind = ColumnSource['kind'];

function AddColumn({ opened, first, onClose, onAdded }: { opened: boolean; /** What it offers first. */ first: Kind; onClose: () => void; onAdded: (id: string) => void }) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const format = useFormat();
  const { accounts, current } = useAccounts();
  const add = useRpcCommand('columns.add');
  const [kind, setKind] = useState<Kind>('search');
  const [query, setQuery] = useState('');
  const [accountId, setAccountId] = useState<string | null>(null);
  const chosen = accountId ?? current?.id ?? '';
  useEffect(() => {
    if (!opened) return;
    setKind(first);
    // Of the account in the bar, each time anew.
    setAccountId(null);
  }, [opened, first]);
  const network = accounts.find((each) => each.id === chosen)?.network ?? 'x';
  const { low, high } = firstReadUsd(kind, network);
  const price = kind === 'local' || kind === 'scheduled' ? t('deck.price.local') : `${t('deck.price.first', { count: FIRST_READ_POSTS[network], low: format.usd(low), high: format.usd(high), each: format.usd(readUsd(kind).low) })}${network === 'practice' ? ` ${t('deck.price.practice')}` : ''}`;
  const submit = (): void => {
    const source: ColumnSource = kind === 'search' || kind === 'local' ? { kind, query: query.trim() } : { kind };
    add.mutate({ accountId: chosen, source }, { onSuccess: (made) => { setQuery(''); onClose(); onAdded(made.id); } });
  };
  return (
    <Dialog opened={opened} onClose={onClose} title={t('deck.add')}>
      <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <Stack gap="sm">
          <NativeSelect label={t('deck.kind')} value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind)} data-testid="add-kind" data={(['search', 'local', 'home', 'mentions', 'own', 'scheduled'] as const).map((each) => ({ value: each, label: t(`deck.${each}`) }))} {...(first === 'local' ? {} : { 'data-autofocus': true })} />
          {kind === 'search' || kind === 'local' ? <TextInput label={t('deck.query')} description={t(kind === 'local' ? 'deck.localHint' : 'deck.queryHint')} value={query} maxLength={512} onChange={(event) => setQuery(event.currentTarget.value)} data-testid="add-query" {...(first === 'local' ? { 'data-autofocus': true } : {})} /> : null}
          {accounts.length > 1 ? <NativeSelect label={t('shell.account')} value={chosen} onChange={(event) => setAccountId(event.currentTarget.value)} data={accounts.map((each) => ({ value: each.id, label: `@${each.username}${each.network === 'practice' ? ` · ${t('shell.practice')}` : ''}` }))} /> : null}
          <p className="quiet" style={{ margin: 0 }} data-testid="add-price">{price}</p>
          <Group justify="flex-end"><Button type="submit" data-testid="add-confirm" disabled={(kind === 'search' || kind === 'local') && query.trim() === ''} loading={add.isPending}>{t('deck.add')}</Button></Group>
          {add.error ? <ErrorNote>{words(add.error)}</ErrorNote> : null}
        </Stack>
      </form>
    </Dialog>
  );
}

/** Other columns wait for the first no longer than this. */
const FIRST_ALONE_MS = 400;

/** The first column by itself, then the others: the eye begins on the left, and one column is drawn in a fifth of the time. */
function useFirstAlone(): [boolean, () => void] {
  const [others, setOthers] = useState(false);
  const drawn = useCallback(() => { requestAnimationFrame(() => setTimeout(setOthers, 0, true)); }, []);
  useEffect(() => {
    const timer = setTimeout(setOthers, FIRST_ALONE_MS, true);
    return () => clearTimeout(timer);
  }, []);
  return [others, drawn];
}

type Api = Parameters<DeckColumnProps['register']>[1];

/** Columns side by side, with their keys (UX, deck). */
export function DeckScreen() {
  const { t } = useTranslation();
  const keyOf = useKeyOf();
  const format = useFormat();
  const { accounts } = useAccounts();
  const columns = useRpcQuery('columns.list', {}).data;
  const now = useNow();
  const [others, drawn] = useFirstAlone();
  const adding = useView((state) => state.addingColumn);
  const setView = useView((state) => state.set);
  const [offered, setOffered] = useState<Kind>('search');
  const setAdding = (addingColumn: boolean, first: Kind = 'search'): void => {
    setOffered(first);
    setView({ addingColumn });
  };
  const rpc = useRpc();
  const toast = useToast();
  const { current } = useAccounts();
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const apis = useRef(new Map<string, NonNullable<Api>>());
  const register = useCallback((id: string, api: Api) => {
    if (api) apis.current.set(id, api);
    else apis.current.delete(id);
  }, []);
  /** Gets the focus once it is drawn. */
  const wanted = useRef<{ id: string; testid: string } | null>(null);
  const focusWanted = useCallback((): void => {
    const element = wanted.current === null ? null : document.querySelector<HTMLElement>(`[data-column-id="${CSS.escape(wanted.current.id)}"] [data-testid="${wanted.current.testid}"]`);
    if (!element) return;
    wanted.current = null;
    element.focus();
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (element instanceof HTMLInputElement) element.select();
  }, []);
  useEffect(focusWanted, [columns, focusWanted]);
  const list = columns ?? [];
  const at = Math.max(0, list.findIndex((each) => each.id === currentId));
  const fold = useCallback((name: string, collapsed: boolean): void => void rpc.command('columns.foldGroup', { name, collapsed }).catch(toast.failed), [rpc, toast.failed]);
  const folded = (index: number): boolean => list[index]?.group?.collapsed === true;
  const go = (index: number): void => {
    const target = list[index];
    if (!target) return;
    if (target.group?.collapsed) fold(target.group.name, false);
    setCurrentId(target.id);
    setSelected(null);
    document.querySelector(`[data-column-id="${CSS.escape(target.id)}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  /** The next column that is drawn. */
  const aside = (by: 1 | -1): void => {
    let index = at + by;
    while (folded(index)) index += by;
    go(index);
  };
  /** Panels beside the columns, the last one on top. */
  const [sides, setSides] = useState<readonly Side[]>([]);
  const beside = useCallback((side: Side): void => setSides((old) => (JSON.stringify(old.at(-1)) === JSON.stringify(side) ? old : [...old.slice(-9), side])), []);
  const side = sides.at(-1);
  const closeSide = (): void => {
    // The focus goes back to the columns as such: the next key is for the selected post, not for whatever button stood beside the panel.
    if (document.activeElement?.closest('.deck-side')) document.getElementById('main')?.focus({ preventScroll: true });
    setSides([]);
  };
  const sideAccount = accounts.find((each) => each.id === side?.accountId);
  /** The words of the search in what is kept, or a dialog that adds one. */
  const searchKept = (): void => {
    const index = list[at]?.source.kind === 'local' ? at : list.findIndex((each) => each.source.kind === 'local');
    const target = list[index];
    if (!target) return setAdding(true, 'local');
    if (target.collapsed) void rpc.command('columns.update', { columnId: target.id, collapsed: false }).catch(toast.failed);
    go(index);
    wanted.current = { id: target.id, testid: 'local-query' };
    focusWanted();
  };
  const asked = useView((state) => state.searchingKept);
  useEffect(() => {
    if (asked === null || !columns) return;
    setView({ searchingKept: null });
    const there = columns.find((each) => each.source.kind === 'local' && each.source.query === asked);
    const show = (id: string): void => {
      setCurrentId(id);
      wanted.current = { id, testid: 'local-query' };
      focusWanted();
    };
    if (there) show(there.id);
    else if (current) void rpc.command('columns.add', { accountId: current.id, source: { kind: 'local', query: asked } }).then((made) => show(made.id), toast.failed);
  });
  const wantedKind = useView((state) => state.columnWanted);
  useEffect(() => {
    if (wantedKind === null || !columns) return;
    setView({ columnWanted: null });
    const index = columns.findIndex((each) => each.source.kind === wantedKind);
    if (index < 0) setAdding(true, wantedKind);
    else go(index);
  });
  const step = (by: number): void => {
    const api = apis.current.get(list[at]?.id ?? '');
    if (!api) return;
    const ids = api.posts().map((post) => post.id);
    const next = ids[Math.max(0, Math.min(ids.length - 1, ids.indexOf(selected ?? '') + by))];
    if (!next) return;
    // What is pressed next is for the post, not for the button that was used last.
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.closest('.deck')) activeElement.blur();
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
  // An answer or a repost is done with: the next key is for its post, not for whatever had the focus before it was chosen.
  const composing = useView((state) => (state.composer?.kind === 'new' && state.composer.as ? state.composer.as.target.id : null));
  const composed = useRef<string | null>(null);
  useEffect(() => {
    const { activeElement } = document;
    if (composed.current !== null && composing === null && selected !== null && (activeElement === null || activeElement === document.body)) document.getElementById('main')?.focus({ preventScroll: true });
    composed.current = composing;
  }, [composing, selected]);
  /** A click goes where j would: what is pressed next is for that post. */
  const choose = useCallback((columnId: string, postId: string | null): void => {
    setCurrentId(columnId);
    if (postId !== null) setSelected(postId);
  }, []);
  const replaced = useCallback((id: string): void => {
    setCurrentId(id);
    setSelected(null);
    wanted.current = { id, testid: 'column-options' };
    focusWanted();
  }, [focusWanted]);
  const numbers = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [String(i + 1), () => go(i)]));
  useKeys({
    ...numbers, '0': () => go(list.length - 1), a: () => setAdding(true), j: () => step(1), k: () => step(-1), h: () => aside(-1), l: () => aside(1), ArrowLeft: () => aside(-1), ArrowRight: () => aside(1), '/': searchKept, 'Mod+f': searchKept,
    '.': () => apis.current.get(list[at]?.id ?? '')?.fresh(), c: () => apis.current.get(list[at]?.id ?? '')?.clear(),
    o: onSelected((actions, post) => actions.open(post)), r: onSelected((actions, post) => actions.reply(post)), t: onSelected((actions, post) => actions.repost(post)),
    f: onSelected((actions, post) => actions.like(post)), p: onSelected((actions, post) => actions.person(post)),
    u: onSelected((actions, post) => actions.mute?.(post)),
    // A button that has the focus keeps its Enter.
    Enter: (event) => (event.target instanceof Element && event.target.closest('button, a') ? false : onSelected((actions, post) => actions.conversation?.(post))()),
    Escape: () => {
      // The composer lies above: it closes first.
      if (selected === null || useView.getState().composer !== null) return false;
      setSelected(null);
      return true;
    },
  });
  return (
    <div className="deck" data-testid="deck">
      <h1 className="sr">{t('shell.deck')}</h1>
      {list.map((column, index) => (column.group?.collapsed ? (
        list.findIndex((each) => each.group?.name === column.group?.name) === index ? <GroupStrip key={`group-${column.group.name}`} group={column.group} columns={list.filter((each) => each.group?.name === column.group?.name)} onOpen={fold} /> : null
      ) : (
        <DeckColumn key={column.id} column={column} account={accounts.find((each) => each.id === column.accountId)} index={index} count={list.length} turn={index === 0 || others} onDrawn={index === 0 ? drawn : undefined} current={index === at} selectedId={index === at ? selected : null} selecting={selected !== null} format={format} now={now} onSelect={choose} onAdd={() => setAdding(true)} onReplaced={replaced} onFold={() => { if (column.group) fold(column.group.name, true); }} onBeside={beside} register={register} />
      )))}
      {columns && list.length === 0 ? <div className="grow"><EmptyState icon={IconLayoutColumns} title={t('deck.emptyDeck')} body={t('deck.empty', { key: keyOf('a') })}><Button onClick={() => setAdding(true)}>{t('deck.add')}</Button></EmptyState></div> : null}
      <div className="deck-add">
        <ActionIcon size={24} aria-label={t('deck.add')} title={`${t('deck.add')} (${keyOf('a')})`} data-testid="add-column" onClick={() => setAdding(true)}><IconPlus size={17} stroke={1.75} /></ActionIcon>
        <Key of="a" aria-hidden="true" />
      </div>
      {side && sideAccount ? <DeckSide side={side} before={sides.at(-2) ?? null} account={sideAccount} format={format} now={now} onShow={beside} onBack={() => setSides(sides.slice(0, -1))} onClose={closeSide} /> : null}
      <AddColumn opened={adding} first={offered} onClose={() => setAdding(false)} onAdded={(id) => { setCurrentId(id); setTimeout(() => document.querySelector(`[data-column-id="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), 200); }} />
    </div>
  );
}
