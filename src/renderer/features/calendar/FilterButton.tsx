import { Button, NativeSelect, Popover, TextInput } from '@mantine/core';
import { IconFilter, IconFilterOff } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Publication } from '../../../shared/contract/publications.ts';
import { PUBLICATION_STATES } from '../../../shared/domain/types.ts';
import { TierBadge } from '../../ui/bits.tsx';
import { type Filtered, filteredOf, isOn, NO_FILTER, passes, type Shown, useCalendarFilter } from './filter.ts';
import type { Seen } from './grid.ts';
import type { Kit } from './kit.ts';

const CHOICES: readonly Shown[] = [...PUBLICATION_STATES.filter((state) => state !== 'draft' && state !== 'cancelled'), 'empty', 'seen'];

/** One thing asked for, or the other: more of a kind widen the choice. */
function toggled<T>(list: readonly T[], each: T): T[] {
  return list.includes(each) ? list.filter((other) => other !== each) : [...list, each];
}

/** "Todo", or what of the calendar stays bright: by tier, state, theme or words. What is filtered out dims and never vanishes. */
export function FilterButton({ kit, publications, slots, seen, texts }: { kit: Kit; /** On show. */ publications: readonly Publication[]; /** Are there empty slots? */ slots: boolean; /** On show too, and their first words. */ seen: readonly Seen[]; texts: ReadonlyMap<string, string> }) {
  const { t, policy, name } = kit;
  const { filter, themes } = useCalendarFilter();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const set = (patch: Partial<typeof filter>): void => useCalendarFilter.setState({ filter: { ...filter, ...patch } });
  const on = isOn(filter);
  const states = CHOICES.filter((state) => filter.states.includes(state) || (state === 'empty' ? slots : state === 'seen' ? seen.length > 0 : publications.some((each) => each.state === state)));
  const named = [...new Set(themes.values())].filter((theme) => theme !== '').sort((a, b) => a.localeCompare(b));
  const wordOf = (state: Shown): string => (state === 'empty' ? t('calendar.freeSlot') : state === 'seen' ? t('calendar.seen') : t(`calendar.state.${state}`));
  const all: Filtered[] = on ? [...publications.map((each) => filteredOf(each, themes)), ...seen.map((each) => ({ tier: each.tier, state: 'seen' as const, theme: '', text: texts.get(each.remoteId) ?? '' }))] : [];
  const bright = all.filter((each) => passes(filter, each)).length;
  const said = [...filter.tiers.map(name), ...filter.states.map(wordOf), ...(filter.theme === '' ? [] : [filter.theme]), ...(filter.words.trim() === '' ? [] : [`«${filter.words.trim()}»`])].join(' · ');
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <Popover opened={open} onChange={setOpen} position="bottom-end" width={320} trapFocus closeOnEscape={false}>
        <Popover.Target>
          <Button ref={button} className={on ? 'cal-filter on' : 'cal-filter'} variant={on ? 'light' : 'subtle'} color={on ? 'teal' : 'gray'} leftSection={<IconFilter size={14} stroke={1.75} />} title={t('calendar.filter.title')} aria-expanded={open} aria-label={on ? `${t('calendar.filter.title')}: ${said}` : t('calendar.filter.all')} data-testid="calendar-filter" data-find-opens="" onClick={() => setOpen(!open)}>
            <span className="clip">{on ? said : t('calendar.filter.all')}</span>
          </Button>
        </Popover.Target>
        {/* Its Esc closes it alone: the next one takes the filter off. */}
        <Popover.Dropdown className="cal-filter-box" aria-label={t('calendar.filter.title')} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); close(); } }}>
          <TextInput label={t('calendar.filter.words')} value={filter.words} data-autofocus data-testid="filter-words" onChange={(event) => set({ words: event.currentTarget.value })} onKeyDown={(event) => { if (event.key === 'Enter') { /* Else the same stroke presses the button that has the focus now. */ event.preventDefault(); close(); } }} />
          <div role="group" aria-label={t('calendar.fact.tier')}>
            <h3>{t('calendar.fact.tier')}</h3>
            {policy.tiers.map((tier) => <button key={tier.key} type="button" className="next-chip" aria-pressed={filter.tiers.includes(tier.key)} data-testid={`filter-${tier.key}`} onClick={() => set({ tiers: toggled(filter.tiers, tier.key) })}><TierBadge policy={policy} tier={tier.key} />{name(tier.key)}</button>)}
          </div>
          {states.length > 0 ? (
            <div role="group" aria-label={t('calendar.filter.state')}>
              <h3>{t('calendar.filter.state')}</h3>
              {states.map((state) => <button key={state} type="button" className="next-chip plain" aria-pressed={filter.states.includes(state)} data-testid={`filter-${state}`} onClick={() => set({ states: toggled(filter.states, state) })}>{wordOf(state)}</button>)}
            </div>
          ) : null}
          {named.length > 0 ? <NativeSelect label={t('calendar.filter.theme')} value={filter.theme} data-testid="filter-theme" data={[{ value: '', label: t('calendar.filter.anyTheme') }, ...named]} onChange={(event) => set({ theme: event.currentTarget.value })} /> : null}
          <footer><span className="quiet grow">{on ? t('calendar.filter.of', { count: bright, total: all.length }) : t('calendar.filter.hint')}</span><Button variant="default" size="compact-sm" disabled={!on} leftSection={<IconFilterOff size={13} stroke={1.75} />} data-testid="filter-clear" onClick={() => { set(NO_FILTER); close(); }}>{t('calendar.filter.clear')}</Button></footer>
        </Popover.Dropdown>
      </Popover>
      <span className="quiet nowrap" role="status" data-testid="filter-said">{on ? <>{t('calendar.filter.of', { count: bright, total: all.length })} · <kbd>Esc</kbd> {t('calendar.filter.off')}</> : null}</span>
    </>
  );
}
