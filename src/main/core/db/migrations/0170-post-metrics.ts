/** user_version 160 -> 170: what was read of own posts' public figures at each age, and why not; `asked` counts requests whose answer is not known to be written. */
export const sql = `
CREATE TABLE post_metrics (
  publication_id TEXT NOT NULL REFERENCES publications(id) ON DELETE CASCADE, stage INTEGER NOT NULL CHECK (stage IN (1,3,7)),
  due_at INTEGER NOT NULL, asked INTEGER NOT NULL DEFAULT 0, read_at INTEGER, figures TEXT CHECK (figures IS NULL OR json_valid(figures)),
  usd_low REAL NOT NULL DEFAULT 0, usd_high REAL NOT NULL DEFAULT 0,
  reason TEXT CHECK (reason IN ('off','cap','offline','keys','limit','failed','gone','silent')),
  PRIMARY KEY (publication_id, stage), CHECK (figures IS NULL OR read_at IS NOT NULL)
) STRICT, WITHOUT ROWID;
`;
