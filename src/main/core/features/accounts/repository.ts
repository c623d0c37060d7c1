import { z } from 'zod';
import { houseStyleSchema, type HouseStyle, NO_STYLE } from '../../../../shared/domain/houseStyle.ts';
import { linkTaggingSchema, type LinkTagging, NO_TAGGING } from '../../../../shared/domain/linkTagging.ts';
import { ratioPolicySchema } from '../../../../shared/domain/types.ts';
import { accountSchema } from '../../../../shared/contract/accounts.ts';
import { type Db, defineStatements } from '../../db/db.ts';

const q = defineStatements('accounts', {
  list: 'SELECT * FROM accounts ORDER BY created_at, id',
  get: 'SELECT * FROM accounts WHERE id = :id',
  byRemote: 'SELECT * FROM accounts WHERE origin = :origin AND remote_id = :remoteId',
  insert: `INSERT INTO accounts (id, network, origin, remote_id, username, name, avatar_url, role, auth, policy, zone, url_rules, max_weighted, created_at)
    VALUES (:id, :network, :origin, :remoteId, :username, :name, :avatarUrl, :role, :auth, :policy, :zone, :urlRules, :maxWeighted, :createdAt)`,
  refresh: `UPDATE accounts SET username = :username, name = :name, avatar_url = :avatarUrl, auth = :auth, max_weighted = :maxWeighted, needs_reauth = 0 WHERE id = :id`,
  update: 'UPDATE accounts SET role = :role, policy = :policy, zone = :zone, url_rules = :urlRules, via = :via, cap_usd = :capUsd, house_style = :style, link_tagging = :tagging WHERE id = :id',
  reauth: 'UPDATE accounts SET needs_reauth = :needed WHERE id = :id',
  putTokens: `INSERT INTO account_tokens (account_id, nonce, cipher, updated_at) VALUES (:id, :nonce, :cipher, :now)
    ON CONFLICT (account_id) DO UPDATE SET nonce = excluded.nonce, cipher = excluded.cipher, updated_at = excluded.updated_at`,
  tokens: 'SELECT nonce, cipher FROM account_tokens WHERE account_id = :id',
  remove: 'DELETE FROM accounts WHERE id = :id',
  dropLedger: 'DELETE FROM ledger WHERE account_id = :id',
  dropFigures: 'DELETE FROM post_metrics WHERE publication_id IN (SELECT id FROM publications WHERE account_id = :id)',
  dropActivity: 'DELETE FROM activity WHERE account_id = :id',
  /** Posts that no other account's token fetched go with the account. */
  orphans: `DELETE FROM posts WHERE NOT EXISTS (SELECT 1 FROM account_posts ap WHERE ap.post_pk = posts.pk)
    AND NOT EXISTS (SELECT 1 FROM source_posts sp WHERE sp.post_pk = posts.pk)`,
  orphanUsers: 'DELETE FROM users WHERE origin = :origin AND NOT EXISTS (SELECT 1 FROM posts p WHERE p.origin = users.origin AND p.author_id = users.id)',
  detach: `UPDATE publications SET state = CASE WHEN state IN ('scheduled','retry_wait','held','missed','paused','failed') THEN 'draft' ELSE state END, wall = NULL,
    due_at = CASE WHEN state IN ('posted','unknown','needs_review') THEN due_at ELSE NULL END, updated_at = :now, revision = revision + 1
    WHERE account_id = :id AND deleted_at IS NULL AND state NOT IN ('posted','cancelled')`,
  drafts: "SELECT count(*) AS n FROM publications WHERE account_id = :id AND deleted_at IS NULL AND state = 'draft'",
});

const rowSchema = z.object({
  id: z.string(), network: z.enum(['x', 'practice']), origin: z.string(), remote_id: z.string(), username: z.string(), name: z.string(), avatar_url: z.string().nullable(),
  role: accountSchema.shape.role, auth: z.enum(['oauth1', 'oauth2']), needs_reauth: z.number(), policy: z.string(), zone: z.string(), url_rules: z.string(), via: z.enum(['api', 'handoff']), cap_usd: z.number().nullable(),
  house_style: z.string(), link_tagging: z.string(),
  max_weighted: z.number(), created_at: z.number(),
});
const rulesSchema = accountSchema.shape.urlRules;

/** An account as it is stored. `origin` is `practice` for the sandbox, whose address changes at each start. */
export interface StoredAccount {
  id: string;
  network: 'x' | 'practice';
  origin: string;
  remoteId: string;
  username: string;
  name: string;
  avatarUrl: string | null;
  role: 'brand' | 'department' | 'personal';
  auth: 'oauth1' | 'oauth2';
  needsReauth: boolean;
  policy: z.infer<typeof ratioPolicySchema>;
  zone: string;
  /** How its posts go out unless a post says otherwise. */
  via: 'api' | 'handoff';
  /** Most that a UTC month may cost, USD; null for no cap (DOMAIN §7). */
  capUsd: number | null;
  urlRules: z.infer<typeof rulesSchema>;
  style: HouseStyle;
  tagging: LinkTagging;
  maxWeighted: number;
  createdAt: number;
}

/** What was kept by a later program and is not known here counts as none: an account always opens. */
function kept<T>(text: string, schema: z.ZodType<T>, none: T): T {
  if (text === '') return none;
  const parsed = schema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : none;
}

function fromRow(raw: unknown): StoredAccount {
  const row = rowSchema.parse(raw);
  return {
    id: row.id, network: row.network, origin: row.origin, remoteId: row.remote_id, username: row.username, name: row.name, avatarUrl: row.avatar_url,
    role: row.role, auth: row.auth, needsReauth: row.needs_reauth === 1, policy: ratioPolicySchema.parse(JSON.parse(row.policy)), zone: row.zone, via: row.via, capUsd: row.cap_usd,
    urlRules: rulesSchema.parse(JSON.parse(row.url_rules)), style: kept(row.house_style, houseStyleSchema, NO_STYLE), tagging: kept(row.link_tagging, linkTaggingSchema, NO_TAGGING), maxWeighted: row.max_weighted, createdAt: row.created_at,
  };
}

export class AccountsRepository {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  list(): StoredAccount[] {
    return this.db.all(q.list).map(fromRow);
  }
  get(id: string): StoredAccount | null {
    const row = this.db.get(q.get, { id });
    return row ? fromRow(row) : null;
  }
  byRemote(origin: string, remoteId: string): StoredAccount | null {
    const row = this.db.get(q.byRemote, { origin, remoteId });
    return row ? fromRow(row) : null;
  }
  insert(account: StoredAccount): void {
    this.db.run(q.insert, {
      id: account.id, network: account.network, origin: account.origin, remoteId: account.remoteId, username: account.username, name: account.name, avatarUrl: account.avatarUrl,
      role: account.role, auth: account.auth, policy: JSON.stringify(account.policy), zone: account.zone, urlRules: JSON.stringify(account.urlRules), maxWeighted: account.maxWeighted, createdAt: account.createdAt,
    });
  }
  refresh(id: string, user: Pick<StoredAccount, 'username' | 'name' | 'avatarUrl' | 'auth' | 'maxWeighted'>): void {
    this.db.run(q.refresh, { id, ...user });
  }
  update(account: StoredAccount): void {
    this.db.run(q.update, { id: account.id, role: account.role, policy: JSON.stringify(account.policy), zone: account.zone, urlRules: JSON.stringify(account.urlRules), via: account.via, capUsd: account.capUsd, style: JSON.stringify(account.style), tagging: JSON.stringify(account.tagging) });
  }
  setNeedsReauth(id: string, needed: boolean): void {
    this.db.run(q.reauth, { id, needed: needed ? 1 : 0 });
  }
  putTokens(id: string, sealed: { nonce: Buffer; cipher: Buffer }, now: number): void {
    this.db.run(q.putTokens, { id, ...sealed, now });
  }
  tokens(id: string): { nonce: Buffer; cipher: Buffer } | null {
    const row = this.db.get(q.tokens, { id });
    if (!row) return null;
    return z.object({ nonce: z.instanceof(Buffer), cipher: z.instanceof(Buffer) }).parse(row);
  }
  /** Everything the account's token fetched goes with it; its texts stay as drafts (x-api-facts §6). */
  remove(id: string, origin: string, now: number): { removedPosts: number; keptDrafts: number } {
    // What is deleted is overwritten: it would stand in the file's free pages, and in every copy of it.
    this.db.raw.pragma('secure_delete = ON');
    try {
      return this.removed(id, origin, now);
    } finally {
      this.db.raw.pragma('secure_delete = OFF');
    }
  }
  private removed(id: string, origin: string, now: number): { removedPosts: number; keptDrafts: number } {
    return this.db.tx(() => {
      this.db.run(q.detach, { id, now });
      const keptDrafts = Number(this.db.get(q.drafts, { id })?.['n'] ?? 0);
      this.db.run(q.dropLedger, { id });
      this.db.run(q.dropFigures, { id });
      this.db.run(q.dropActivity, { id });
      this.db.run(q.remove, { id });
      const removedPosts = this.db.run(q.orphans).changes;
      this.db.run(q.orphanUsers, { origin });
      return { removedPosts, keptDrafts };
    });
  }
}
