import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../../shared/contract/accounts.ts';
import { TierBadge, tierName } from '../../ui/bits.tsx';
import { type Facets, ITEM_VIEWS, type ItemView, type Narrow } from './items.ts';
import type { ItemWords } from './useItemWords.ts';
import { WRITTEN, type WrittenView } from './writtenViews.ts';

/** Of no interest where they hold nothing. */
const IF_ANY: ReadonlySet<ItemView> = new Set<ItemView>(['expired', 'broken']);

function Choice({ on, count, children, onPick, testid, bad = false }: { on: boolean; count: string; children: ReactNode; onPick: () => void; testid?: string; bad?: boolean }) {
  return <button type="button" className={bad ? 'rail-choice bad' : 'rail-choice'} aria-pressed={on} onClick={onPick} data-testid={testid}><span className="clip">{children}</span><span className="rail-count">{count}</span></button>;
}

/** What of the library is shown, each choice with how many it holds; below it what was written here (LOOK, 09 library). */
export function LibraryRail({ account, words, narrow, facets, written, writtenCounts, onNarrow, onWritten }: {
  account: Account; words: ItemWords; narrow: Narrow; facets: Facets; written: WrittenView | null; writtenCounts: Readonly<Record<WrittenView, number>>; onNarrow: (narrow: Narrow) => void; onWritten: (view: WrittenView) => void;
}) {
  const { t, i18n } = useTranslation();
  const { number } = words.format;
  const items = written === null;
  const themes = [...facets.themes.keys()].sort((a, b) => Number(a === '') - Number(b === '') || a.localeCompare(b, i18n.language));
  const tiers = account.policy.tiers.filter(({ key }) => facets.tiers.has(key) || key === narrow.tier);
  const sources = [...facets.sources.keys()].sort((a, b) => words.sourceKey(a).localeCompare(words.sourceKey(b), i18n.language));
  const toggled = (key: 'theme' | 'tier' | 'source', value: string): Narrow => ({ ...narrow, [key]: items && narrow[key] === value ? null : value });
  return (
    <nav className="library-rail" aria-label={t('library.rail')}>
      <h2>{t('library.see')}</h2>
      {ITEM_VIEWS.filter((view) => !IF_ANY.has(view) || facets.views[view] > 0 || narrow.view === view).map((view) => (
        <Choice key={view} bad={view === 'broken'} on={items && narrow.view === view} count={number(facets.views[view])} testid={`library-view-${view}`} onPick={() => onNarrow({ ...narrow, view })}>{t(`library.view.${view}`)}</Choice>
      ))}
      {themes.length > 0 ? <h2>{t('library.theme')}</h2> : null}
      {themes.map((theme) => <Choice key={theme} on={items && narrow.theme === theme} count={number(facets.themes.get(theme) ?? 0)} onPick={() => onNarrow(toggled('theme', theme))}>{words.theme(theme)}</Choice>)}
      {tiers.length > 0 ? <h2>{t('library.tier')}</h2> : null}
      {tiers.map(({ key }) => <Choice key={key} on={items && narrow.tier === key} count={number(facets.tiers.get(key) ?? 0)} testid={`library-tier-${key}`} onPick={() => onNarrow(toggled('tier', key))}><TierBadge policy={account.policy} tier={key} /> {tierName(account.policy, key, i18n.language)}</Choice>)}
      {sources.length > 0 ? <h2>{t('library.sources')}</h2> : null}
      {sources.map((source) => <Choice key={source} on={items && narrow.source === source} count={number(facets.sources.get(source) ?? 0)} onPick={() => onNarrow(toggled('source', source))}>{words.sourceKey(source)}</Choice>)}
      <h2>{t('library.written')}</h2>
      {WRITTEN.map((view) => <Choice key={view} on={written === view} count={number(writtenCounts[view])} testid={`library-written-${view}`} onPick={() => onWritten(view)}>{t(`library.${view}`)}</Choice>)}
    </nav>
  );
}
