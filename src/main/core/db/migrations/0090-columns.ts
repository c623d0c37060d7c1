/**
 * user_version 80 -> 90: filters, groups and the reading place of columns, mutes, and a search that finds beginnings of words at once:
 * without an index of its own a beginning of two letters is put together from thousands of words at every search.
 */
export const sql = `
CREATE TABLE column_groups (
  name TEXT PRIMARY KEY, color TEXT NOT NULL CHECK (color IN ('teal','blue','violet','amber','red','grey')), collapsed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
ALTER TABLE columns ADD COLUMN filter TEXT CHECK (filter IS NULL OR json_valid(filter));
ALTER TABLE columns ADD COLUMN group_name TEXT REFERENCES column_groups(name) ON DELETE SET NULL;
ALTER TABLE columns ADD COLUMN place_id TEXT;
ALTER TABLE columns ADD COLUMN place_offset INTEGER NOT NULL DEFAULT 0;
CREATE TABLE mutes (
  id TEXT PRIMARY KEY, account_id TEXT REFERENCES accounts(id) ON DELETE CASCADE, term TEXT NOT NULL, until INTEGER, created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX posts_author ON posts (author_id);
CREATE INDEX posts_conversation ON posts (conversation_id) WHERE conversation_id IS NOT NULL;
DROP TABLE posts_fts;
CREATE VIRTUAL TABLE posts_fts USING fts5(text, content='posts', content_rowid='pk', prefix='2 3', tokenize="unicode61 remove_diacritics 2");
INSERT INTO posts_fts(posts_fts) VALUES ('rebuild');
`;
