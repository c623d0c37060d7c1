import { z } from 'zod';
import { type WeekTemplate, weekTemplateSchema } from '../../../../shared/domain/template.ts';
import { type Db, defineStatements } from '../../db/db.ts';

const q = defineStatements('templates', {
  get: 'SELECT period, days FROM templates WHERE account_id = :accountId',
  put: `INSERT INTO templates (account_id, period, days, updated_at) VALUES (:accountId, :period, :days, :now)
    ON CONFLICT (account_id) DO UPDATE SET period = excluded.period, days = excluded.days, updated_at = excluded.updated_at`,
  remove: 'DELETE FROM templates WHERE account_id = :accountId',
  days: "SELECT value FROM settings WHERE key = 'planDays'",
  putDays: "INSERT INTO settings (key, value) VALUES ('planDays', :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
});
const rowSchema = z.object({ period: z.string(), days: z.string() });
const daysSchema = z.record(z.string(), z.string());

/** Day templates, one per account, and the day each account's plan was last looked at. */
export class TemplatesRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  get(accountId: string): WeekTemplate | null {
    const raw = this.db.get(q.get, { accountId });
    if (!raw) return null;
    const row = rowSchema.parse(raw);
    return weekTemplateSchema.parse({ period: row.period, days: JSON.parse(row.days) });
  }
  put(accountId: string, template: WeekTemplate | null, now: number): void {
    if (template) this.db.run(q.put, { accountId, period: template.period, days: JSON.stringify(template.days), now });
    else this.db.run(q.remove, { accountId });
  }
  /** Day `YYYY-MM-DD` of each account's last look at a plan whose day began. */
  lookedAt(): Record<string, string> {
    const row = this.db.get(q.days);
    const parsed = daysSchema.safeParse(row ? JSON.parse(String(row['value'])) : {});
    return parsed.success ? parsed.data : {};
  }
  setLookedAt(days: Record<string, string>): void {
    this.db.run(q.putDays, { value: JSON.stringify(days) });
  }
}
