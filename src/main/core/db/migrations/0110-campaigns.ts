/** user_version 100 -> 110: themes that count for more on some days: a name, a theme, days `YYYY-MM-DD` with both ends, and how much more. */
export const sql = `
CREATE TABLE campaigns (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  name TEXT NOT NULL, theme TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT NOT NULL, weight REAL NOT NULL,
  revision INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX campaigns_account ON campaigns (account_id, from_day) WHERE deleted_at IS NULL;
`;
