/** user_version 120 -> 140: pictures of items, and what their links answered when they were looked at (of the address that they had then). */
export const sql = `
CREATE TABLE item_media (
  item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE, position INTEGER NOT NULL, media_id TEXT NOT NULL REFERENCES media(id), alt TEXT NOT NULL,
  PRIMARY KEY (item_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_media_media ON item_media (media_id);
CREATE TABLE item_links (
  item_id TEXT PRIMARY KEY REFERENCES items(id) ON DELETE CASCADE, canonical TEXT NOT NULL,
  link_checked_at INTEGER NOT NULL, link_status TEXT NOT NULL CHECK (link_status IN ('ok','broken','unsure')), http_code INTEGER,
  no_host_since INTEGER, title TEXT, retitled_at INTEGER
) STRICT, WITHOUT ROWID;
`;
