/** user_version 10 -> 20: threads, polls, replies, reposts, hand-off, what each attempt and change left behind, the monthly cap. */
export const sql = `
ALTER TABLE publications ADD COLUMN kind TEXT NOT NULL DEFAULT 'post' CHECK (kind IN ('post','reply','repost'));
ALTER TABLE publications ADD COLUMN poll TEXT CHECK (poll IS NULL OR json_valid(poll));
ALTER TABLE publications ADD COLUMN target_id TEXT;
ALTER TABLE publications ADD COLUMN target_name TEXT;
ALTER TABLE publications ADD COLUMN via TEXT NOT NULL DEFAULT 'api' CHECK (via IN ('api','handoff'));
ALTER TABLE publications ADD COLUMN counts INTEGER NOT NULL DEFAULT 1;
ALTER TABLE publications ADD COLUMN removed_at INTEGER;
CREATE TABLE publication_parts (
  publication_id TEXT NOT NULL REFERENCES publications(id) ON DELETE CASCADE, position INTEGER NOT NULL CHECK (position >= 1),
  account_id TEXT NOT NULL, text TEXT NOT NULL, remote_id TEXT, sent_at INTEGER,
  PRIMARY KEY (publication_id, position), UNIQUE (account_id, remote_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE publication_media_2 (
  publication_id TEXT NOT NULL REFERENCES publications(id) ON DELETE CASCADE, part INTEGER NOT NULL, position INTEGER NOT NULL,
  media_id TEXT NOT NULL REFERENCES media(id), alt TEXT NOT NULL, remote_media_id TEXT, expires_at INTEGER,
  PRIMARY KEY (publication_id, part, position)
) STRICT, WITHOUT ROWID;
INSERT INTO publication_media_2 (publication_id, part, position, media_id, alt) SELECT publication_id, 0, position, media_id, alt FROM publication_media;
DROP TABLE publication_media;
ALTER TABLE publication_media_2 RENAME TO publication_media;
ALTER TABLE publication_attempts ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
ALTER TABLE publication_attempts ADD COLUMN due_at INTEGER;
ALTER TABLE publication_attempts ADD COLUMN remote_id TEXT;
ALTER TABLE publication_attempts ADD COLUMN limits TEXT CHECK (limits IS NULL OR json_valid(limits));
ALTER TABLE publication_attempts ADD COLUMN evidence TEXT CHECK (evidence IS NULL OR json_valid(evidence));
CREATE TABLE publication_history (
  id INTEGER PRIMARY KEY, publication_id TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL,
  boot_id TEXT NOT NULL, reason_code TEXT
) STRICT;
CREATE INDEX publication_history_publication ON publication_history (publication_id, id);
CREATE TRIGGER publication_history_kept BEFORE DELETE ON publication_history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER publication_history_fixed BEFORE UPDATE ON publication_history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE INDEX publications_remote ON publications (account_id, state, sent_at);
ALTER TABLE accounts ADD COLUMN cap_usd REAL;
ALTER TABLE accounts ADD COLUMN via TEXT NOT NULL DEFAULT 'api' CHECK (via IN ('api','handoff'));
ALTER TABLE media ADD COLUMN duration_ms INTEGER;
`;
