import { AppError } from '../../../../shared/contract/errors.ts';
import type { InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import type { StatsRowView } from '../../../../shared/contract/sources.ts';
import { canonicalUrl } from '../../../../shared/domain/tierByLink.ts';
import { dayOf } from '../../../../shared/domain/time.ts';
import type { CoreDeps } from '../../feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import { CsvUnreadable } from '../publishing/csv.ts';
import { dayOfWord } from './import.ts';
import type { PageViews } from './pageViewsRepository.ts';
import type { LibraryService } from './service.ts';
import { compactDay, nthDay, readStats, type StatsFile, type StatsRow } from './webStatsFile.ts';

type Input = InputOf<'sources.statsPreview'>;
type Preview = OutputOf<'sources.statsPreview'>;
/** Rows that a preview tells; of a page's address this much. */
const TOLD = 200;
const PAGE_TOLD = 300;
const WORD_TOLD = 40;

interface Judged {
  preview: Preview;
  /** Of each item's page what the file says of it. */
  found: Map<string, PageViews[]>;
}

/** A page without what its spellings differ in: scheme, `www.`, a slash at the end. */
function pageKey(canonical: string): string {
  const url = new URL(canonical);
  return `${url.host.replace(/^www\./u, '')}${url.pathname.replace(/\/+$/u, '')}${url.search}`;
}
function readFile(content: string): StatsFile {
  try {
    const file = readStats(content);
    if (file) return file;
  } catch (cause) {
    if (cause instanceof CsvUnreadable) throw new AppError('csv_unreadable', { line: cause.line, detail: cause.message.slice(0, 200) }, { cause });
    throw cause;
  }
  throw new AppError('stats_unknown');
}

/** Views of pages from a file of web statistics, matched to items by their address (DOMAIN §3, sources). */
export class WebStats {
  private readonly deps: CoreDeps;
  private readonly library: LibraryService;
  constructor(deps: CoreDeps, library: LibraryService) {
    this.deps = deps;
    this.library = library;
  }

  private judge(input: Input, account: StoredAccount): Judged {
    const file = readFile(input.content);
    if (file.span === null && file.columns.day === null) throw new AppError('stats_undated');
    const pages = new Map<string, { canonical: string; title: string }>();
    const hosts = new Map<string, number>();
    for (const item of this.library.items.list(account.id)) {
      const canonical = item.url === null ? null : canonicalUrl(item.url);
      if (canonical === null) continue;
      pages.set(pageKey(canonical), { canonical, title: item.title });
      const { host } = new URL(canonical);
      hosts.set(host, (hosts.get(host) ?? 0) + 1);
    }
    const known = [...hosts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([host]) => host);
    const host = input.host ?? known[0] ?? null;
    const today = dayOf(this.deps.ports.clock.now(), account.zone);
    const found = new Map<string, Map<string, PageViews>>();
    const unmatched = new Set<string>();
    let [skipped, views] = [0, 0];
    // A page comes once for each day.
    const met = new Map<string, string | null>();
    const keyOf = (page: string): string | null => {
      const known = met.get(page);
      if (known !== undefined) return known;
      const canonical = page.startsWith('/') ? null : canonicalUrl(page);
      const key = canonical === null ? null : pageKey(canonical);
      met.set(page, key);
      return key;
    };
    const rows = file.rows.map((row): StatsRowView => {
      const { days, trouble } = this.understood(row, file, input, account, today);
      const page = row.page.startsWith('/') ? `${row.host || (host ?? '')}${row.page}` : row.page;
      const key = trouble ? null : keyOf(page);
      const tell = (title: string | null, reason: StatsRowView['reason']): StatsRowView => ({ line: row.line, page: row.page.slice(0, PAGE_TOLD), from: days?.from ?? null, to: days?.to ?? null, views: row.views, title, reason });
      if (trouble || !days || row.views === null || key === null) {
        // A total below the table names no page.
        if (row.page !== '') skipped += 1;
        return tell(null, trouble ?? { code: 'bad_page', params: {} });
      }
      const item = pages.get(key);
      if (!item) {
        unmatched.add(key);
        return tell(null, { code: 'unmatched', params: {} });
      }
      const spans = found.get(item.canonical) ?? new Map<string, PageViews>();
      found.set(item.canonical, spans);
      const span = `${days.from} ${days.to}`;
      spans.set(span, { canonical: item.canonical, fromDay: days.from, day: days.to, views: (spans.get(span)?.views ?? 0) + row.views });
      views += row.views;
      return tell(item.title, null);
    }).filter((row) => row.page !== '');
    const all = [...found.values()].flatMap((spans) => [...spans.values()]);
    const span = all.length === 0 ? null : { from: all.map((each) => each.fromDay).sort()[0] ?? '', to: all.map((each) => each.day).sort().at(-1) ?? '' };
    const replaced = span === null ? 0 : [...found.keys()].filter((canonical) => this.library.pageViews.overlapping(account.id, canonical, span.from, span.to).length > 0).length;
    return {
      found: new Map([...found].map(([canonical, spans]) => [canonical, [...spans.values()]])),
      preview: { columns: file.columns, span, hosts: known, host, rows: rows.slice(0, TOLD), total: rows.length, items: found.size, unmatched: unmatched.size, skipped, views, replaced },
    };
  }
  /** The days and views that a row tells, or why it tells none. */
  private understood(row: StatsRow, file: StatsFile, input: Input, account: StoredAccount, today: string): { days: { from: string; to: string } | null; trouble: StatsRowView['reason'] } {
    const refused = (code: string, word: string): { days: null; trouble: StatsRowView['reason'] } => ({ days: null, trouble: { code, params: { word: word.slice(0, WORD_TOLD) } } });
    if (row.page === '' || /^\(.*\)$/u.test(row.page)) return refused('bad_page', row.page);
    if (row.views === null) return refused('bad_views', row.viewsWord);
    if (file.columns.day === null) return { days: file.span, trouble: null };
    const day = row.nth !== null ? (file.span ? nthDay(file.span, row.nth) : null) : dayOfWord(compactDay(row.dayWord) ?? row.dayWord, input.dateOrder, account.zone);
    if (day === null || day < '1990' || day > today) return refused('bad_date', row.dayWord || String(row.nth ?? ''));
    return { days: { from: day, to: day }, trouble: null };
  }

  /** What a file would bring. Nothing is written. */
  preview(input: Input, account: StoredAccount): Preview {
    return this.judge(input, account).preview;
  }
  /** Takes it; what was told of the same pages for the same days gives way. Throws AppError `not_found` where no page is an item's. */
  commit(input: Input, account: StoredAccount): OutputOf<'sources.statsImport'> {
    const { found, preview } = this.judge(input, account);
    const { span } = preview;
    if (span === null) throw new AppError('not_found', { what: 'row' });
    const { pageViews } = this.library;
    const before = new Map([...found.keys()].map((canonical) => [canonical, pageViews.overlapping(account.id, canonical, span.from, span.to)]));
    this.deps.db.tx(() => { for (const [canonical, rows] of found) pageViews.replace(account.id, canonical, span.from, span.to, rows); });
    this.changed(account.id);
    const undoId = this.deps.undo.register('stats_imported', () => {
      this.deps.db.tx(() => {
        for (const [canonical, rows] of before) {
          const now = pageViews.overlapping(account.id, canonical, span.from, span.to);
          const told = (each: readonly PageViews[]): string => JSON.stringify(each.map(({ fromDay, day, views }) => [fromDay, day, views]).sort());
          if (told(now) !== told(found.get(canonical) ?? [])) throw new AppError('undo_gone');
          pageViews.replace(account.id, canonical, span.from, span.to, rows);
        }
      });
      this.changed(account.id);
    });
    return { items: preview.items, views: preview.views, undoId };
  }
  private changed(accountId: string): void {
    this.deps.bus.emit('library.changed', { accountId });
  }
}
