import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { CampaignData } from '../../../../shared/contract/planning.ts';
import { type Db, defineStatements } from '../../db/db.ts';

const q = defineStatements('campaigns', {
  list: 'SELECT * FROM campaigns WHERE account_id = :accountId AND deleted_at IS NULL ORDER BY from_day, to_day, id',
  get: 'SELECT * FROM campaigns WHERE id = :id',
  ever: 'SELECT 1 AS found FROM campaigns WHERE account_id = :accountId LIMIT 1',
  put: `INSERT INTO campaigns (id, account_id, name, theme, from_day, to_day, weight, revision, created_at, updated_at, deleted_at)
    VALUES (:id, :accountId, :name, :theme, :from, :to, :weight, 1, :now, :now, :deletedAt)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, theme = excluded.theme, from_day = excluded.from_day, to_day = excluded.to_day, weight = excluded.weight,
      revision = campaigns.revision + 1, updated_at = excluded.updated_at, deleted_at = excluded.deleted_at`,
});
const rowSchema = z.object({ id: z.string(), account_id: z.string(), name: z.string(), theme: z.string(), from_day: z.string(), to_day: z.string(), weight: z.number(), revision: z.number(), deleted_at: z.number().nullable() });

export type StoredCampaign = CampaignData & { revision: number; deletedAt: number | null };
/** What a new campaign is made of. */
export type NewCampaign = Omit<CampaignData, 'id'>;

function fromRow(raw: unknown): StoredCampaign {
  const row = rowSchema.parse(raw);
  return { id: row.id, accountId: row.account_id, name: row.name, theme: row.theme, from: row.from_day, to: row.to_day, weight: row.weight, revision: row.revision, deletedAt: row.deleted_at };
}

/** Campaigns of accounts; one that was taken out stays for its undo. Writes are in the caller's transaction. */
export class CampaignsRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  /** Soonest first. */
  list(accountId: string): StoredCampaign[] {
    return this.db.all(q.list, { accountId }).map(fromRow);
  }
  /** Also one that was taken out. */
  stored(id: string): StoredCampaign | null {
    const raw = this.db.get(q.get, { id });
    return raw ? fromRow(raw) : null;
  }
  /** Throws AppError `not_found`. */
  need(id: string): StoredCampaign {
    const found = this.stored(id);
    if (!found || found.deletedAt !== null) throw new AppError('not_found', { what: 'campaign' });
    return found;
  }
  /** Had the account ever one, also one that was taken out? */
  hadAny(accountId: string): boolean {
    return this.db.get(q.ever, { accountId }) !== undefined;
  }
  create(campaign: NewCampaign, now: number): StoredCampaign {
    return this.put({ ...campaign, id: randomUUID(), deletedAt: null }, now);
  }
  /** Writes a campaign as it is given; its revision goes up by one. */
  put(campaign: CampaignData & { deletedAt: number | null }, now: number): StoredCampaign {
    const { id, accountId, name, theme, from, to, weight, deletedAt } = campaign;
    this.db.run(q.put, { id, accountId, name, theme, from, to, weight, deletedAt, now });
    const stored = this.stored(id);
    if (!stored) throw new Error('a campaign that was not written');
    return stored;
  }
}
