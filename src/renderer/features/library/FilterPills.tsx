import '../../styles/calendarFilter.css';
import { Button, NativeSelect, Popover } from '@mantine/core';
import { IconFilterOff, IconPlus, IconSortDescending, IconX } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { TierBadge, tierName } from '../../ui/bits.tsx';
import { EVERYTHING, type Facets, isWhole, MOST_DUE, type Narrow, type Order, SPANS, toggledTrait, type Trait } from './items.ts';
import type { ItemWords } from './useItemWords.ts';

/** Traits that have a pill of their own, and those that the menu offers. */
const PILLS: readonly Trait[] = ['evergreen', 'picture', 'unplanned'];
const OFFERED: readonly Trait[] = ['never', 'rested', 'figures'];
const ANY = '\n';

interface Props {
  account: Account;
  words: ItemWords;
  facets: Facets;
  narrow: Narrow;
  onNarrow: (narrow: Narrow) => void;
}

/** "+ Filtro": everything a library can be narrowed by; each choice is kept at once and stands as a pill. */
function FilterMenu({ account, words, facets, narrow, onNarrow }: Props) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const choices = (map: ReadonlyMap<string, number>, chosen: string | null, nameOf: (key: string) => string): { value: string; label: string }[] => [
    { value: ANY, label: t('library.filter.any') },
    ...[...map.keys()].filter((key) => key === chosen || (map.get(key) ?? 0) > 0).map((key) => ({ value: key, label: nameOf(key) })).sort((a, b) => a.label.localeCompare(b.label, i18n.language)),
  ];
  const spans = (which: 'published' | 'expires') => (
    <div role="group" aria-label={t(`library.filter.${which}`)}>
      <h3>{t(`library.filter.${which}`)}</h3>
      {SPANS.map((days) => <button key={days} type="button" className="next-chip plain" aria-pressed={narrow[which] === days} data-testid={`filter-${which}-${days}`} onClick={() => onNarrow({ ...narrow, [which]: narrow[which] === days ? null : days })}>{t('library.filter.days', { count: days })}</button>)}
    </div>
  );
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={320} trapFocus closeOnEscape={false}>
      <Popover.Target>
        <button ref={button} type="button" className="pill-button" aria-expanded={open} data-testid="library-filter" onClick={() => setOpen(!open)}><IconPlus size={13} stroke={1.75} aria-hidden="true" /> {t('library.filter.add')}</button>
      </Popover.Target>
      {/* Its Esc closes it alone: the next one is the screen's. */}
      <Popover.Dropdown className="cal-filter-box" aria-label={t('library.filter.title')} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); close(); } }}>
        <NativeSelect label={t('library.theme')} value={narrow.theme ?? ANY} data-autofocus data-testid="filter-theme" data={choices(facets.themes, narrow.theme, words.theme)} onChange={(event) => onNarrow({ ...narrow, theme: event.currentTarget.value === ANY ? null : event.currentTarget.value })} />
        <div role="group" aria-label={t('library.tier')}>
          <h3>{t('library.tier')}</h3>
          {account.policy.tiers.map(({ key }) => <button key={key} type="button" className="next-chip" aria-pressed={narrow.tier === key} data-testid={`filter-tier-${key}`} onClick={() => onNarrow({ ...narrow, tier: narrow.tier === key ? null : key })}><TierBadge policy={account.policy} tier={key} />{tierName(account.policy, key, i18n.language)}</button>)}
        </div>
        <NativeSelect label={t('library.sources')} value={narrow.source ?? ANY} data-testid="filter-source" data={choices(facets.sources, narrow.source, words.sourceKey)} onChange={(event) => onNarrow({ ...narrow, source: event.currentTarget.value === ANY ? null : event.currentTarget.value })} />
        {spans('published')}
        {spans('expires')}
        <div role="group" aria-label={t('library.filter.shares')}>
          <h3>{t('library.filter.shares')}</h3>
          {OFFERED.map((trait) => <button key={trait} type="button" className="next-chip plain" aria-pressed={narrow.traits.includes(trait)} data-testid={`filter-${trait}`} onClick={() => onNarrow(toggledTrait(narrow, trait))}>{t(`library.trait.${trait}`)}</button>)}
        </div>
        <footer><span className="grow" /><Button variant="default" size="compact-sm" disabled={isWhole(narrow)} leftSection={<IconFilterOff size={13} stroke={1.75} />} data-testid="filter-clear" onClick={() => { onNarrow(EVERYTHING); close(); }}>{t('library.showAll')}</Button></footer>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What narrows the library: "Todo", the menu, the frequent choices, and a pill to take off for each other one (LOOK, 09 library). */
export function FilterPills({ order, onOrder, ...of }: Props & { order: Order; onOrder: (order: Order) => void }) {
  const { t, i18n } = useTranslation();
  const { account, words, narrow, onNarrow } = of;
  const box = useRef<HTMLDivElement>(null);
  const asked: { key: string; label: ReactNode; without: Narrow }[] = [
    ...(narrow.theme === null ? [] : [{ key: 'theme', label: words.theme(narrow.theme), without: { ...narrow, theme: null } }]),
    ...(narrow.tier === null ? [] : [{ key: 'tier', label: tierName(account.policy, narrow.tier, i18n.language), without: { ...narrow, tier: null } }]),
    ...(narrow.source === null ? [] : [{ key: 'source', label: words.sourceKey(narrow.source), without: { ...narrow, source: null } }]),
    ...(narrow.published === null ? [] : [{ key: 'published', label: t('library.filter.publishedIn', { count: narrow.published }), without: { ...narrow, published: null } }]),
    ...(narrow.expires === null ? [] : [{ key: 'expires', label: t('library.filter.expiresIn', { count: narrow.expires }), without: { ...narrow, expires: null } }]),
    ...narrow.traits.filter((trait) => OFFERED.includes(trait)).map((trait) => ({ key: trait, label: t(`library.trait.${trait}`), without: toggledTrait(narrow, trait) })),
  ];
  return (
    <div className="library-bar">
      <div className="library-pills" role="group" aria-label={t('library.filter.title')} ref={box}>
        <button type="button" className="pill-button" aria-pressed={isWhole(narrow)} data-testid="pill-all" onClick={() => onNarrow(EVERYTHING)}>{t('library.view.all')}</button>
        <FilterMenu {...of} />
        {PILLS.map((trait) => <button key={trait} type="button" className="pill-button" aria-pressed={narrow.traits.includes(trait)} data-testid={`pill-${trait}`} onClick={() => onNarrow(toggledTrait(narrow, trait))}>{t(`library.trait.${trait}`)}</button>)}
        {asked.map(({ key, label, without }) => (
          <button
            key={key} type="button" className="pill-button asked" data-testid={`asked-${key}`} aria-label={t('library.filter.drop', { what: label })} title={t('library.filter.drop', { what: label })}
            onClick={() => { onNarrow(without); box.current?.querySelector<HTMLElement>('[data-testid="library-filter"]')?.focus(); }}
          >
            <span className="clip">{label}</span> <IconX size={12} stroke={1.75} aria-hidden="true" />
          </button>
        ))}
      </div>
      <button type="button" className="library-order" aria-pressed={order.by === 'due'} data-testid="sort-due" onClick={() => onOrder(MOST_DUE)}><IconSortDescending size={14} stroke={1.75} aria-hidden="true" /> {t('library.orderDue')}</button>
    </div>
  );
}
