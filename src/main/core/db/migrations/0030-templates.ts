/** user_version 20 -> 30: one day template per account, and a post's place among others of the same instant (an exchange swaps it). */
export const sql = `
CREATE TABLE templates (
  account_id TEXT PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE, period TEXT NOT NULL CHECK (period IN ('week','month')),
  days TEXT NOT NULL CHECK (json_valid(days)), updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
ALTER TABLE publications ADD COLUMN place TEXT;
`;
