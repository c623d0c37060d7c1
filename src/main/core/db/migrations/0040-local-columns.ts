/**
 * user_version 30 -> 40: columns that show what is here, not what a network sends (scheduled posts first), and the kinds that
 * DOMAIN §5 names. A CHECK cannot be altered, so the table is made anew; foreign keys are off while migrations run.
 */
export const sql = `
CREATE TABLE sources_new (
  id INTEGER PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('home','mentions','own','search','list','person','conversation','scheduled','drafts','inbox','local')), query TEXT NOT NULL DEFAULT '',
  newest_id TEXT, refreshed_at INTEGER, next_refresh_at INTEGER, error_code TEXT, error_since INTEGER, resumes_at INTEGER,
  failures INTEGER NOT NULL DEFAULT 0, UNIQUE (account_id, kind, query)
) STRICT;
INSERT INTO sources_new SELECT id, account_id, kind, query, newest_id, refreshed_at, next_refresh_at, error_code, error_since, resumes_at, failures FROM sources;
DROP TABLE sources;
ALTER TABLE sources_new RENAME TO sources;
`;
