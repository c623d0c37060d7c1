import '../../styles/library.css';
import { Button, TextInput } from '@mantine/core';
import { IconBooks, IconFilterOff, IconPlus, IconRss, IconSearch, IconUpload } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VListHandle } from 'virtua';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { Publication } from '../../../shared/contract/publications.ts';
import { usePaletteActs } from '../../app/paletteStore.ts';
import { Key } from '../../hotkeys/Key.tsx';
import { useKeys } from '../../hotkeys/keys.ts';
import { useRpc, useRpcQuery } from '../../rpc/hooks.ts';
import { EmptyState, ErrorNote } from '../../ui/bits.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { excerptOf, useFormat } from '../../ui/format.ts';
import { useAccounts } from '../../ui/useAccounts.ts';
import { useNow } from '../../ui/useNow.ts';
import { useSoonFocus } from '../../ui/useSoonFocus.ts';
import { useErrorWords, useToast } from '../../ui/useToast.tsx';
import { Refusal } from '../calendar/Refusal.tsx';
import { usePlan } from '../calendar/usePlan.ts';
import { FilterPills } from './FilterPills.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { ItemForm } from './ItemForm.tsx';
import { ItemPane } from './ItemPane.tsx';
import { EVERYTHING, narrowed, sorted, wordsOf } from './items.ts';
import { ItemTable } from './ItemTable.tsx';
import { LibraryRail } from './LibraryRail.tsx';
import { useLook } from './look.ts';
import { useItemWords } from './useItemWords.ts';
import { useThemes } from './useThemes.ts';
import { useWantedItem } from './wantedItem.ts';
import { Written } from './Written.tsx';
import { OF, WRITTEN, type WrittenView } from './writtenViews.ts';

const SourcesDialog = lazy(() => import('./sources/SourcesDialog.tsx'));

const MOST = 5000;
const NO_ITEMS: readonly LibraryItem[] = [];
const NONE: ReadonlySet<string> = new Set();
/** The button that has the focus does its own act by Enter. */
const ACTS = 'button, a, input, select, textarea';

/** What can be shared, with what came of it; and everything written for the account (LOOK, 09 library). */
export function LibraryScreen() {
  const { current } = useAccounts();
  return current ? <Library key={current.id} account={current} /> : null;
}

const countsOf = (rows: readonly Publication[]): Record<WrittenView, number> => {
  const counts = { all: 0, draft: 0, planned: 0, posted: 0, replies: 0 };
  for (const row of rows) for (const view of WRITTEN) if (OF[view](row)) counts[view] += 1;
  return counts;
};

function Library({ account }: { account: Account }) {
  const { t, i18n } = useTranslation();
  const rpc = useRpc();
  const toast = useToast();
  const errorWords = useErrorWords();
  const format = useFormat(account.zone);
  const words = useItemWords(account, format);
  const plan = usePlan(account);
  const minute = Math.floor(useNow() / 60_000) * 60_000;
  const asked = useRpcQuery('library.list', { accountId: account.id });
  const items = asked.data ?? NO_ITEMS;
  const rows = useRpcQuery('publications.list', { accountId: account.id, limit: MOST }).data;
  const themes = useThemes(account, items);
  const { narrow, order, setNarrow, setOrder } = useLook(account.id);
  const [written, setWritten] = useState<WrittenView | null>(null);
  const [search, setSearch] = useState('');
  const [wantedId, setWanted] = useState<string | null>(() => useWantedItem.getState().id);
  useEffect(() => useWantedItem.setState({ id: null }), []);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(NONE);
  const [editing, setEditing] = useState<'new' | 'selected' | null>(null);
  const [importing, setImporting] = useState(false);
  const feeds = useRpcQuery('sources.list', { accountId: account.id }).data?.feeds.length ?? 0;
  /** Null until it was opened once: its script is read then. */
  const [sources, setSources] = useState<boolean | null>(null);
  /** On a narrow window the pane lies over the table while it is open. */
  const [paneOpen, setPaneOpen] = useState(false);
  const leave = useRef<(() => Promise<boolean>) | null>(null);
  const list = useRef<VListHandle>(null);
  const screen = useRef<HTMLDivElement>(null);
  const searched = useMemo(() => wordsOf(search), [search]);
  const { shown: found, facets } = useMemo(() => narrowed(items, narrow, searched, minute, account.zone), [items, narrow, searched, minute, account.zone]);
  const tierKeys = useMemo(() => account.policy.tiers.map((tier) => tier.key), [account.policy]);
  const shown = useMemo(() => sorted(found, order, tierKeys, minute, account.zone, i18n.language), [found, order, tierKeys, minute, account.zone, i18n.language]);
  const writtenCounts = useMemo(() => countsOf(rows ?? []), [rows]);
  const selected = items.find((each) => each.id === wantedId) ?? (wantedId === null ? (shown[0] ?? null) : null);
  const at = selected ? shown.findIndex((each) => each.id === selected.id) : -1;
  const bare = asked.data !== undefined && items.length === 0;

  /** What is being written is kept first; false where it cannot be. */
  const away = useCallback((go: () => void): void => {
    const ask = leave.current;
    if (!ask) return go();
    void ask().then((kept) => {
      if (!kept) return;
      setEditing(null);
      go();
    });
  }, []);
  const select = useCallback((id: string): void => away(() => { setWanted(id); setPaneOpen(true); }), [away]);
  const choose = useCallback((id: string): void => setChosen((old) => (old.has(id) ? new Set([...old].filter((each) => each !== id)) : new Set([...old, id]))), []);
  const focusOn = useSoonFocus(screen);
  const focusRow = (id: string): void => focusOn(`.item-row[data-id="${CSS.escape(id)}"]`);
  const step = (by: 1 | -1) => (): boolean => {
    const to = shown[Math.min(shown.length - 1, Math.max(0, at < 0 || wantedId === null && !screen.current?.querySelector('.item-row:focus') ? 0 : at + by))];
    if (written !== null || !to) return false;
    away(() => {
      setWanted(to.id);
      list.current?.scrollToIndex(shown.indexOf(to), { align: 'nearest' });
      focusRow(to.id);
    });
    return true;
  };
  /** From the search to what it found. */
  const toFirst = (): void => {
    const first = shown[0];
    if (written !== null) screen.current?.querySelector<HTMLElement>('.library-row > .link-button')?.focus();
    else if (first) away(() => { setWanted(first.id); focusRow(first.id); });
  };
  const byArrow = (by: 1 | -1) => (): boolean => screen.current?.querySelector('.item-table')?.contains(document.activeElement) === true && step(by)();
  const remove = (ids: readonly string[]): void => {
    if (ids.length === 0) return;
    const next = shown.slice(Math.max(0, at)).find((each) => !ids.includes(each.id)) ?? shown.findLast((each) => !ids.includes(each.id));
    const title = items.find((each) => each.id === ids[0])?.title ?? '';
    rpc.command('library.remove', { ids: [...ids] }).then(({ removed, undoId }) => {
      toast.done(removed === 1 ? t('library.removedOne', { text: excerptOf(title) }) : t('library.removed', { count: removed }), { undoId });
      setChosen(NONE);
      setWanted(next?.id ?? null);
      if (next) focusRow(next.id);
    }, toast.failed);
  };
  const add = (): void => away(() => { setWritten(null); setEditing('new'); setPaneOpen(true); });
  const onItems = written === null && !bare;
  useKeys({
    j: step(1), k: step(-1), ArrowDown: byArrow(1), ArrowUp: byArrow(-1),
    '/': () => {
      const field = screen.current?.querySelector<HTMLInputElement>('[data-find]');
      field?.focus();
      field?.select();
      return field !== null;
    },
    x: () => { if (!onItems || !selected) return false; choose(selected.id); return true; },
    Delete: () => { if (!onItems || editing) return false; remove(chosen.size > 0 ? [...chosen] : selected ? [selected.id] : []); return true; },
    a: () => add(),
    Enter: (event) => {
      if (!onItems || !selected || (event.target instanceof Element && event.target.closest(ACTS))) return false;
      setPaneOpen(true);
      focusOn('.item-acts button, .item-form input');
      return true;
    },
    Escape: () => {
      if (document.activeElement?.closest('.dock')) return false;
      if (document.activeElement?.matches('[data-find]') && search !== '') { setSearch(''); return true; }
      if (chosen.size > 0) { setChosen(NONE); return true; }
      if (!selected || written !== null || !document.activeElement?.closest('.library-pane, [data-find]')) return false;
      setPaneOpen(false);
      focusRow(selected.id);
      return true;
    },
  });
  usePaletteActs([
    { id: 'library-add', label: t('library.add'), keys: 'A', run: add },
    { id: 'library-import', label: t('library.import.title'), keys: '', run: () => setImporting(true) },
    { id: 'library-sources', label: t('sources.title'), keys: '', run: () => setSources(true) },
  ]);
  const done = (id: string | null): void => {
    setEditing(null);
    if (id !== null) {
      setWanted(id);
      focusRow(id);
    }
  };
  const withPane = written === null && (editing !== null || selected !== null);
  return (
    <div className={`library${withPane ? ' with-pane' : ''}${paneOpen ? ' pane-open' : ''}`} ref={screen} data-testid="library">
      <div className="toolbar">
        <h1>{t('library.title')}</h1>
        <span className="quiet nowrap library-count" aria-live="polite">{written === null ? (shown.length === items.length ? t('library.count', { count: items.length, n: format.number(items.length) }) : t('library.countOf', { n: format.number(shown.length), count: items.length, all: format.number(items.length) })) : t('calendar.count', { count: writtenCounts[written] })}</span>
        <TextInput className="library-search" leftSection={<IconSearch size={14} stroke={1.75} />} rightSection={<Key of="/" />} placeholder={t(written === null ? 'library.searchItems' : 'library.search')} aria-label={t(written === null ? 'library.searchItems' : 'library.search')} data-find data-testid="library-search" value={search} onChange={(event) => setSearch(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Enter' || event.key === 'ArrowDown') { event.preventDefault(); toFirst(); } }} />
        <span className="grow" />
        <Button variant="default" leftSection={<IconUpload size={14} stroke={1.75} />} data-testid="library-import" onClick={() => setImporting(true)}>{t('library.importCsv')}</Button>
        <Button variant="default" leftSection={<IconRss size={14} stroke={1.75} />} data-testid="library-sources" onClick={() => setSources(true)}>{feeds > 0 ? t('sources.buttonCount', { n: format.number(feeds) }) : t('sources.button')}</Button>
        <Button leftSection={<IconPlus size={14} stroke={1.75} />} data-testid="library-add" onClick={add}>{t('library.add')}</Button>
      </div>
      <LibraryRail account={account} words={words} narrow={narrow} facets={facets} written={written} writtenCounts={writtenCounts} onNarrow={(next) => away(() => { setNarrow(next); setWritten(null); })} onWritten={(view) => away(() => { setWritten(view); setEditing(null); setChosen(NONE); })} />
      <section className="library-main">
        {asked.error ? <ErrorNote>{errorWords(asked.error)}</ErrorNote> : null}
        {written !== null ? <Written account={account} format={format} rows={rows} view={written} words={searched} onClear={() => setSearch('')} onKept={setWanted} /> : null}
        {onItems && asked.data ? (
          <>
            {/* The acts on what is chosen lie over the filters: the table stays where it is. */}
            <div className="library-bars">
              <FilterPills account={account} words={words} facets={facets} narrow={narrow} onNarrow={(next) => away(() => setNarrow(next))} order={order} onOrder={setOrder} />
              {chosen.size > 0 ? (
                <div className="library-bar choosing" role="group" aria-label={t('library.chosen', { count: chosen.size })} data-testid="library-bulk">
                  <b>{t('library.chosen', { count: chosen.size })}</b>
                  <button type="button" className="link-button" onClick={() => setChosen(new Set(shown.map((each) => each.id)))}>{t('library.chooseAll', { count: shown.length, n: format.number(shown.length) })}</button><span className="grow" />
                  <Button size="compact-xs" variant="default" data-testid="library-remove" rightSection={<Key of="Delete" />} onClick={() => remove([...chosen])}>{t('library.removeChosen', { count: chosen.size })}</Button>
                  <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setChosen(NONE)}>{t('shell.cancel')}</Button>
                </div>
              ) : null}
            </div>
            {shown.length === 0 ? (
              <EmptyState icon={IconFilterOff} title={t('library.nothing')} body={t('library.nothingShown')}><Button variant="default" data-testid="library-clear" onClick={() => { setNarrow(EVERYTHING); setSearch(''); }}>{t('library.showAll')}</Button></EmptyState>
            ) : <ItemTable items={shown} policy={account.policy} words={words} now={minute} order={order} onOrder={setOrder} selectedId={selected?.id ?? null} chosen={chosen} onSelect={select} onChoose={choose} list={list} />}
          </>
        ) : null}
        {written === null && bare ? (
          <EmptyState icon={IconBooks} title={t('library.bare')} body={t('library.bareBody')}>
            <Button leftSection={<IconPlus size={14} stroke={1.75} />} data-testid="empty-add" onClick={add}>{t('library.bareAdd')}</Button>
            <Button variant="default" leftSection={<IconUpload size={14} stroke={1.75} />} onClick={() => setImporting(true)}>{t('library.importCsv')}</Button>
            {writtenCounts.all > 0 ? <Button variant="default" data-testid="empty-written" onClick={() => setWritten(writtenCounts.posted > 0 ? 'posted' : 'all')}>{t('library.bareWritten', { count: writtenCounts.posted > 0 ? writtenCounts.posted : writtenCounts.all })}</Button> : null}
          </EmptyState>
        ) : null}
      </section>
      {withPane ? (
        <aside className="library-pane" aria-label={t('library.detail')}>
          <button type="button" className="link-button pane-close" onClick={() => away(() => { setEditing(null); setPaneOpen(false); })}>{t('shell.close')}</button>
          {editing !== null ? <ItemForm key={editing === 'new' ? 'new' : selected?.id} account={account} item={editing === 'new' ? null : selected} themes={themes} leave={leave} onDone={done} onSame={(item) => { setEditing(null); setWanted(item.id); }} />
            : selected ? <ItemPane key={selected.id} account={account} item={selected} plan={plan} words={words} now={minute} onEdit={() => setEditing('selected')} onRemove={() => remove([selected.id])} /> : null}
        </aside>
      ) : null}
      {sources === null ? null : <Suspense><SourcesDialog account={account} themes={themes} words={words} opened={sources} onClose={() => setSources(false)} /></Suspense>}
      <ImportDialog account={account} themes={themes} opened={importing} onClose={() => setImporting(false)} />
      <Dialog opened={plan.refused !== null} onClose={plan.dismiss} title={t('calendar.refused')}>
        {plan.refused ? <Refusal titled account={account} refused={plan.refused.answer} busy={plan.busy} onTake={plan.take} /> : null}
      </Dialog>
    </div>
  );
}
