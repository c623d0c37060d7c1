import type { ColumnRow, ColumnSource, Post } from '../../../../shared/contract/columns.ts';
import { type ColumnFilter, type Filterable, searchExpression, type Test, wordsOf } from '../../../../shared/domain/columnFilter.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { Filters } from './filters.ts';
import { numbersOf, type PostsRepository, type ScanRow } from './postsRepository.ts';
import { type ColumnsRepository, type Gap, MOST_UNREAD, type StoredColumn } from './repository.ts';

const NEWEST = '9223372036854775807';
/** Rows of one statement while something is looked for. */
const STEP = 100;
/** One page looks at this many stored posts at most, or for this long, ms; then it answers what it has and says there is more. */
const MOST_LOOKED = 2000;
const MOST_MS = 20;
/** Newest posts that "N of M left" is about. */
const TRIED = 1000;

export interface Page {
  rows: ColumnRow[];
  more: boolean;
  next: string | null;
}
interface Looked {
  passed: ScanRow[];
  /** Every row that was looked at, newest first. */
  seen: string[];
  /** There is nothing older; false where there is, null where that was not seen. */
  end: boolean | null;
}

/** The head of a column is read again whenever something comes in: what a filter said of its posts is kept for as long as they stay as they are. */
const MOST_KEPT = 4000;
const words = new Map<string, string>();
/** Shared by all filters: while one is typed, each letter asks the same posts again. */
function keptWords(text: string): string {
  let found = words.get(text);
  if (found === undefined) {
    found = wordsOf(text);
    if (words.size >= MOST_KEPT) words.clear();
    words.set(text, found);
  }
  return found;
}
const kept = new WeakMap<Test, Map<number, { row: ScanRow; passed: boolean }>>();
const same = (a: ScanRow, b: ScanRow): boolean =>
  a.text === b.text && a.payload === b.payload && a.lang === b.lang && a.username === b.username && a.o_text === b.o_text && a.o_payload === b.o_payload &&
  a.o_lang === b.o_lang && a.o_username === b.o_username && a.quoted_text === b.quoted_text;
function passes(row: ScanRow, test: Test): boolean {
  let said = kept.get(test);
  if (!said) kept.set(test, (said = new Map<number, { row: ScanRow; passed: boolean }>()));
  const before = said.get(row.pk);
  if (before && same(before.row, row)) return before.passed;
  const passed = test(filterable(row));
  if (said.size >= MOST_KEPT) said.clear();
  said.set(row.pk, { row, passed });
  return passed;
}

/** A row as filters see it: of a repost, the original. */
function filterable(row: ScanRow): Filterable {
  const own = row.o_text ?? row.text;
  const text = row.quoted_text === null ? own : `${own}\n${row.quoted_text}`;
  return {
    text, words: () => keptWords(text), lang: row.o_text === null ? row.lang : row.o_lang,
    people: [row.username, row.o_username].filter((name) => name !== null), numbers: () => numbersOf(row.o_payload ?? row.payload),
  };
}

/** What columns show: stored posts through filters and mutes, or a search in what is stored. */
export class ColumnPages {
  private readonly columns: ColumnsRepository;
  private readonly posts: PostsRepository;
  private readonly filters: Filters;
  private readonly now: () => number;
  private readonly unreadOf = new Map<string, { key: string; count: number }>();
  constructor(parts: { columns: ColumnsRepository; posts: PostsRepository; filters: Filters; now: () => number }) {
    this.columns = parts.columns;
    this.posts = parts.posts;
    this.filters = parts.filters;
    this.now = parts.now;
  }

  /** Mutes never hide what was written from here. */
  private test(column: StoredColumn, source: ColumnSource, filter: ColumnFilter): Test | null {
    return this.filters.test(filter, column.accountId, source.kind !== 'own', this.now());
  }
  /** Looks back through a source until `wanted` rows passed, step by step and not for ever. */
  private look(place: { accountId: string; sourceId: number }, test: Test, before: string, wanted: number, most: number, until: string | null = null): Looked {
    const found: Looked = { passed: [], seen: [], end: null };
    const started = performance.now();
    let from = before;
    while (found.passed.length < wanted && found.seen.length < most) {
      const rows = this.posts.scan(place, from, Math.min(STEP, most - found.seen.length));
      for (const row of rows) {
        if (until !== null && (row.id.length < until.length || (row.id.length === until.length && row.id <= until))) return { ...found, end: true };
        found.seen.push(row.id);
        if (passes(row, test)) found.passed.push(row);
        if (found.passed.length === wanted) return { ...found, end: row === rows.at(-1) ? null : false };
      }
      from = rows.at(-1)?.id ?? from;
      if (rows.length === 0) found.end = true;
      if (found.end === true || performance.now() - started > MOST_MS) break;
    }
    return found;
  }

  page(column: StoredColumn, source: ColumnSource, account: StoredAccount, before: string | undefined, limit: number, price: number): Page {
    if (source.kind === 'local') return this.search(column, source.query, account, before ?? null, limit);
    const place = { origin: account.origin, accountId: account.id, sourceId: column.sourceId };
    const gaps = new Map(this.columns.gaps(column.sourceId).map((gap) => [gap.beforeId, gap]));
    const test = this.test(column, source, column.filter);
    if (!test) {
      const found = this.posts.page(place, before ?? NEWEST, limit + 1);
      const shown = found.slice(0, limit);
      return { rows: this.withGaps(shown.map((post) => post.id), shown, gaps, price), more: found.length > limit, next: shown.at(-1)?.id ?? null };
    }
    const { passed, seen, end } = this.look(place, test, before ?? NEWEST, limit, MOST_LOOKED);
    const next = seen.at(-1) ?? null;
    const more = next !== null && (end === null ? this.posts.scan(place, next, 1).length > 0 : !end);
    return { rows: this.withGaps(seen, this.posts.views(place, passed), gaps, price), more, next };
  }
  /** A gap stands where it is even when the post above it is left out. */
  private withGaps(seen: readonly string[], shown: readonly Post[], gaps: ReadonlyMap<string, Gap>, price: number): ColumnRow[] {
    const posts = new Map(shown.map((post) => [post.id, post]));
    return seen.flatMap((id): ColumnRow[] => {
      const post = posts.get(id);
      const gap = gaps.get(id);
      return [
        ...(post ? [{ row: 'post' as const, post }] : []),
        ...(gap ? [{ row: 'gap' as const, gapId: gap.id, beforeId: gap.beforeId, afterId: gap.afterId, estimate: gap.estimate, usd: gap.estimate * price }] : []),
      ];
    });
  }
  private search(column: StoredColumn, query: string, account: StoredAccount, before: string | null, limit: number): Page {
    const match = searchExpression(query);
    if (match === null) return { rows: [], more: false, next: null };
    const test = this.test(column, { kind: 'local', query }, column.filter);
    const passed: ScanRow[] = [];
    const started = performance.now();
    let next = before;
    let looked = 0;
    let more = true;
    while (passed.length < limit && looked < MOST_LOOKED && more) {
      const size = Math.max(limit + 1, looked === 0 ? 0 : STEP);
      const { rows, last } = this.posts.find(account, match, next, size);
      looked += size;
      more = last !== null;
      for (const row of rows) {
        if (passed.length === limit) {
          more = true;
          break;
        }
        next = row.id;
        if (test === null || passes(row, test)) passed.push(row);
      }
      if (passed.length < limit && last !== null) next = last;
      if (performance.now() - started > MOST_MS) break;
    }
    return { rows: this.posts.views({ origin: account.origin, accountId: account.id }, passed).map((post) => ({ row: 'post', post })), more, next };
  }

  /** Posts that a filter leaves of the newest, and how many those are. */
  tried(column: StoredColumn, source: ColumnSource, account: StoredAccount, filter: ColumnFilter): { left: number; of: number } {
    const test = this.test(column, source, filter) ?? (() => true);
    if (source.kind === 'local') {
      const match = searchExpression(source.query);
      const rows = match === null ? [] : this.posts.find(account, match, null, TRIED).rows;
      return { left: rows.filter((row) => test(filterable(row))).length, of: rows.length };
    }
    const { passed, seen } = this.look({ accountId: column.accountId, sourceId: column.sourceId }, test, NEWEST, TRIED, TRIED);
    return { left: passed.length, of: seen.length };
  }

  /** Newer than the last seen, without what is left out. */
  unread(column: StoredColumn, source: ColumnSource): number {
    const all = this.columns.unread(column);
    const test = all === 0 || column.seenId === null ? null : this.test(column, source, column.filter);
    if (!test) return all;
    const key = [column.seenId, all, this.columns.newest(column.sourceId), this.filters.key(column.filter, column.accountId, source.kind !== 'own', this.now())].join('|');
    const known = this.unreadOf.get(column.id);
    if (known?.key === key) return known.count;
    const count = this.look({ accountId: column.accountId, sourceId: column.sourceId }, test, NEWEST, MOST_UNREAD, MOST_UNREAD, column.seenId).passed.length;
    this.unreadOf.set(column.id, { key, count });
    return count;
  }
  /** Of the newest `count` posts of a source, those that this column shows. */
  shownOf(column: StoredColumn, source: ColumnSource, count: number): number {
    const test = count === 0 ? null : this.test(column, source, column.filter);
    return test ? this.look({ accountId: column.accountId, sourceId: column.sourceId }, test, NEWEST, count, count).passed.length : count;
  }
}
