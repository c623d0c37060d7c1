/**
 * user_version 40 -> 50: an attempt is two rows, its start and its end, neither ever changed; what is looked for later is beside them.
 * A view keeps the old name for reading. Whether a create is on the wire, and that the user asked for it, are fields of the publication.
 */
export const sql = `
CREATE TABLE attempt_starts (
  id TEXT PRIMARY KEY, publication_id TEXT NOT NULL REFERENCES publications(id), account_id TEXT NOT NULL, part INTEGER NOT NULL, started_at INTEGER NOT NULL, due_at INTEGER,
  boot_id TEXT NOT NULL, text_hash TEXT NOT NULL, reply_to_id TEXT, media_count INTEGER NOT NULL, id_floor TEXT, asked_by TEXT NOT NULL CHECK (asked_by IN ('user','scheduler'))
) STRICT;
CREATE TABLE attempt_ends (
  attempt_id TEXT PRIMARY KEY REFERENCES attempt_starts(id), ended_at INTEGER NOT NULL, outcome TEXT NOT NULL, status INTEGER, error_code TEXT, remote_id TEXT,
  limits TEXT CHECK (limits IS NULL OR json_valid(limits))
) STRICT;
-- What is still found out about an attempt: until settled_at it may have left a post that nobody knows of.
CREATE TABLE attempt_looks (
  attempt_id TEXT PRIMARY KEY REFERENCES attempt_starts(id), account_id TEXT NOT NULL, looks INTEGER NOT NULL DEFAULT 0, next_look_at INTEGER,
  waived_at INTEGER, settled_at INTEGER, evidence TEXT CHECK (evidence IS NULL OR json_valid(evidence))
) STRICT;
INSERT INTO attempt_starts SELECT a.id, a.publication_id, p.account_id, a.part, a.started_at, a.due_at, a.boot_id, a.text_hash,
  CASE WHEN a.part = 0 THEN p.target_id WHEN a.part = 1 THEN p.remote_id ELSE (SELECT b.remote_id FROM publication_parts b WHERE b.publication_id = p.id AND b.position = a.part - 1) END,
  (SELECT count(*) FROM publication_media m WHERE m.publication_id = p.id AND m.part = a.part), a.newest_own_id, 'scheduler'
  FROM publication_attempts a JOIN publications p ON p.id = a.publication_id ORDER BY a.rowid;
INSERT INTO attempt_ends SELECT id, ended_at, coalesce(outcome, 'interrupted'), status, error_code, remote_id, limits FROM publication_attempts WHERE ended_at IS NOT NULL ORDER BY rowid;
INSERT INTO attempt_looks SELECT a.id, p.account_id, a.looks, a.next_look_at, CASE WHEN p.state IN ('unknown','needs_review','sending') THEN NULL ELSE a.ended_at END,
  CASE WHEN a.ended_at IS NULL THEN NULL WHEN a.outcome IN ('ambiguous','interrupted') AND p.state <> 'posted' AND coalesce(json_extract(a.evidence, '$.kind'), '') <> 'found' THEN NULL ELSE a.ended_at END,
  a.evidence FROM publication_attempts a JOIN publications p ON p.id = a.publication_id ORDER BY a.rowid;
DROP TABLE publication_attempts;
CREATE VIEW publication_attempts AS SELECT s.rowid AS position, s.id, s.publication_id, s.account_id, s.part, s.started_at, s.due_at, s.boot_id, s.text_hash, s.reply_to_id, s.media_count, s.id_floor, s.asked_by,
  e.ended_at, e.outcome, e.status, e.error_code, e.remote_id, e.limits, coalesce(l.looks, 0) AS looks, l.next_look_at, l.waived_at, l.settled_at, l.evidence
  FROM attempt_starts s LEFT JOIN attempt_ends e ON e.attempt_id = s.id LEFT JOIN attempt_looks l ON l.attempt_id = s.id;
CREATE INDEX attempt_starts_publication ON attempt_starts (publication_id, started_at);
CREATE INDEX attempt_looks_open ON attempt_looks (account_id) WHERE settled_at IS NULL;
CREATE TRIGGER attempt_starts_kept BEFORE DELETE ON attempt_starts BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER attempt_starts_fixed BEFORE UPDATE ON attempt_starts BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER attempt_ends_kept BEFORE DELETE ON attempt_ends BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER attempt_ends_fixed BEFORE UPDATE ON attempt_ends BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
ALTER TABLE publications ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;
ALTER TABLE publications ADD COLUMN manual INTEGER NOT NULL DEFAULT 0;
UPDATE publications SET begun = 1 WHERE state = 'sending' AND id IN (SELECT publication_id FROM publication_attempts WHERE ended_at IS NULL);
-- An account whose money is used up on the network sends nothing by itself until this row is gone.
CREATE TABLE queue_stops (account_id TEXT PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE, reason TEXT NOT NULL CHECK (reason IN ('budget')), since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;
