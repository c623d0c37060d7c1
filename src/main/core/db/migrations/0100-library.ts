/** user_version 90 -> 100: what can be shared, its texts, and which post shares which: written from it, or found by its address. */
export const sql = `
CREATE TABLE items (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  title TEXT NOT NULL, url TEXT, canonical TEXT, summary TEXT NOT NULL, theme TEXT NOT NULL, tier TEXT NOT NULL,
  published_on TEXT, expires_on TEXT, evergreen INTEGER NOT NULL DEFAULT 0, rest_days INTEGER NOT NULL, notes TEXT NOT NULL,
  source_kind TEXT NOT NULL CHECK (source_kind IN ('hand','csv','post')), source_name TEXT NOT NULL,
  revision INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX items_canonical ON items (account_id, canonical) WHERE canonical IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX items_account ON items (account_id, updated_at) WHERE deleted_at IS NULL;
CREATE TABLE item_variants (
  id TEXT PRIMARY KEY, item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE, position INTEGER NOT NULL, text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX item_variants_item ON item_variants (item_id, position);
CREATE TABLE item_posts (
  publication_id TEXT PRIMARY KEY REFERENCES publications(id) ON DELETE CASCADE, item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE, variant_id TEXT,
  by_link INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX item_posts_item ON item_posts (item_id);
`;
