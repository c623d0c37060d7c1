/**
 * user_version 120 -> 130: feeds, which of their entries were seen, views of pages by day, and items that come from feeds and from X's
 * archive: for that the table is made anew, with what it holds.
 */
export const sql = `
CREATE TABLE items_anew (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  title TEXT NOT NULL, url TEXT, canonical TEXT, summary TEXT NOT NULL, theme TEXT NOT NULL, tier TEXT NOT NULL,
  published_on TEXT, expires_on TEXT, evergreen INTEGER NOT NULL DEFAULT 0, rest_days INTEGER NOT NULL, notes TEXT NOT NULL,
  source_kind TEXT NOT NULL CHECK (source_kind IN ('hand','csv','post','feed','archive')), source_name TEXT NOT NULL,
  revision INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO items_anew SELECT id, account_id, title, url, canonical, summary, theme, tier, published_on, expires_on, evergreen, rest_days, notes, source_kind, source_name, revision, created_at, updated_at, deleted_at FROM items;
DROP TABLE items;
ALTER TABLE items_anew RENAME TO items;
CREATE UNIQUE INDEX items_canonical ON items (account_id, canonical) WHERE canonical IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX items_account ON items (account_id, updated_at) WHERE deleted_at IS NULL;
CREATE TABLE feeds (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  url TEXT NOT NULL, canonical TEXT NOT NULL, title TEXT NOT NULL, theme TEXT NOT NULL, tier TEXT NOT NULL,
  etag TEXT, last_modified TEXT, read_at INTEGER, fresh INTEGER NOT NULL DEFAULT 0,
  error TEXT CHECK (error IS NULL OR json_valid(error)), failures INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL, deleted_at INTEGER, UNIQUE (account_id, canonical)
) STRICT, WITHOUT ROWID;
CREATE INDEX feeds_next ON feeds (next_at) WHERE deleted_at IS NULL;
CREATE TABLE feed_entries (
  feed_id TEXT NOT NULL REFERENCES feeds(id) ON DELETE CASCADE, key TEXT NOT NULL, item_id TEXT REFERENCES items(id) ON DELETE SET NULL,
  PRIMARY KEY (feed_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_entries_key ON feed_entries (key);
CREATE INDEX feed_entries_item ON feed_entries (item_id);
CREATE TABLE page_views (
  account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, canonical TEXT NOT NULL, from_day TEXT NOT NULL, day TEXT NOT NULL, views INTEGER NOT NULL,
  PRIMARY KEY (account_id, canonical, from_day, day)
) STRICT, WITHOUT ROWID;
`;
