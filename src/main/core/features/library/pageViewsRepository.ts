import { z } from 'zod';
import { type Db, defineStatements } from '../../db/db.ts';

const q = defineStatements('pageViews', {
  /** `recent`: of whole spans within the days asked for. */
  totals: 'SELECT canonical, sum(views) AS views, sum(CASE WHEN from_day >= :from AND day <= :to THEN views END) AS recent FROM page_views WHERE account_id = :accountId GROUP BY canonical',
  span: 'SELECT min(from_day) AS first, max(day) AS last, count(DISTINCT canonical) AS pages FROM page_views WHERE account_id = :accountId',
  overlapping: 'SELECT canonical, from_day, day, views FROM page_views WHERE account_id = :accountId AND canonical = :canonical AND from_day <= :to AND day >= :from ORDER BY from_day, day',
  drop: 'DELETE FROM page_views WHERE account_id = :accountId AND canonical = :canonical AND from_day <= :to AND day >= :from',
  put: 'INSERT INTO page_views (account_id, canonical, from_day, day, views) VALUES (:accountId, :canonical, :fromDay, :day, :views)',
});
const totalRow = z.object({ canonical: z.string(), views: z.number(), recent: z.number().nullable() });
const viewsRow = z.object({ canonical: z.string(), from_day: z.string(), day: z.string(), views: z.number() });

/** Views of a page over a day, or over more of them that were told as one figure. */
export interface PageViews {
  canonical: string;
  fromDay: string;
  day: string;
  views: number;
}

/** What web statistics said of pages. Writes are in the caller's transaction. */
export class PageViewsRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  /** Of each page all its views, and those of the days `from` to `to` with both ends; `recent` is null where none is told for them. */
  totals(accountId: string, from: string, to: string): Map<string, { views: number; recent: number | null }> {
    return new Map(this.db.all(q.totals, { accountId, from, to }).map((raw) => {
      const { canonical, views, recent } = totalRow.parse(raw);
      return [canonical, { views, recent }];
    }));
  }
  /** The days that are told of, and of how many pages; null without any. */
  span(accountId: string): { from: string; to: string; pages: number } | null {
    const row = this.db.get(q.span, { accountId });
    return typeof row?.['first'] === 'string' ? { from: row['first'], to: String(row['last']), pages: Number(row['pages']) } : null;
  }
  /** What is told of a page for any of these days. */
  overlapping(accountId: string, canonical: string, from: string, to: string): PageViews[] {
    return this.db.all(q.overlapping, { accountId, canonical, from, to }).map((raw) => {
      const row = viewsRow.parse(raw);
      return { canonical: row.canonical, fromDay: row.from_day, day: row.day, views: row.views };
    });
  }
  /** In place of all that is told of a page for any of these days. */
  replace(accountId: string, canonical: string, from: string, to: string, rows: readonly PageViews[]): void {
    this.db.run(q.drop, { accountId, canonical, from, to });
    for (const row of rows) this.db.run(q.put, { accountId, ...row });
  }
}
