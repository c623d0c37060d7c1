CREATE VIEW publication_attempts AS SELECT s.rowid AS position, s.id, s.publication_id, s.account_id, s.part, s.started_at, s.due_at, s.boot_id, s.text_hash, s.reply_to_id, s.media_count, s.id_floor, s.asked_by,
  e.ended_at, e.outcome, e.status, e.error_code, e.remote_id, e.limits, coalesce(l.looks, 0) AS looks, l.next_look_at, l.waived_at, l.settled_at, l.evidence
  FROM attempt_starts s LEFT JOIN attempt_ends e ON e.attempt_id = s.id LEFT JOIN attempt_looks l ON l.attempt_id = s.id;
CREATE TRIGGER attempt_ends_fixed BEFORE UPDATE ON attempt_ends BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER attempt_ends_kept BEFORE DELETE ON attempt_ends BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER attempt_starts_fixed BEFORE UPDATE ON attempt_starts BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER attempt_starts_kept BEFORE DELETE ON attempt_starts BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER posts_fts_delete AFTER DELETE ON posts BEGIN INSERT INTO posts_fts(posts_fts, rowid, text) VALUES ('delete', OLD.pk, OLD.text); END;
CREATE TRIGGER posts_fts_insert AFTER INSERT ON posts BEGIN INSERT INTO posts_fts(rowid, text) VALUES (NEW.pk, NEW.text); END;
CREATE TRIGGER posts_fts_update AFTER UPDATE OF text ON posts BEGIN
  INSERT INTO posts_fts(posts_fts, rowid, text) VALUES ('delete', OLD.pk, OLD.text);
  INSERT INTO posts_fts(rowid, text) VALUES (NEW.pk, NEW.text);
END;
CREATE TRIGGER publication_history_fixed BEFORE UPDATE ON publication_history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER publication_history_kept BEFORE DELETE ON publication_history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TABLE account_posts (
  account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, post_pk INTEGER NOT NULL REFERENCES posts(pk),
  PRIMARY KEY (account_id, post_pk)
) STRICT, WITHOUT ROWID;
CREATE TABLE account_tokens (
  account_id TEXT PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
  nonce BLOB NOT NULL, cipher BLOB NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE accounts (
  id TEXT PRIMARY KEY, network TEXT NOT NULL CHECK (network IN ('x','practice')),
  origin TEXT NOT NULL, remote_id TEXT NOT NULL, username TEXT NOT NULL, name TEXT NOT NULL, avatar_url TEXT,
  role TEXT NOT NULL CHECK (role IN ('brand','department','personal')),
  auth TEXT NOT NULL CHECK (auth IN ('oauth1','oauth2')),
  needs_reauth INTEGER NOT NULL DEFAULT 0, policy TEXT NOT NULL CHECK (json_valid(policy)),
  zone TEXT NOT NULL, url_rules TEXT NOT NULL CHECK (json_valid(url_rules)), max_weighted INTEGER NOT NULL,
  created_at INTEGER NOT NULL, cap_usd REAL, via TEXT NOT NULL DEFAULT 'api' CHECK (via IN ('api','handoff')), house_style TEXT NOT NULL DEFAULT '', link_tagging TEXT NOT NULL DEFAULT '', UNIQUE (origin, remote_id)
) STRICT;
CREATE TABLE activity (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, account_id TEXT, level TEXT NOT NULL CHECK (level IN ('info','warning','error')),
  code TEXT NOT NULL, params TEXT NOT NULL CHECK (json_valid(params))
) STRICT;
CREATE TABLE attempt_ends (
  attempt_id TEXT PRIMARY KEY REFERENCES attempt_starts(id), ended_at INTEGER NOT NULL, outcome TEXT NOT NULL, status INTEGER, error_code TEXT, remote_id TEXT,
  limits TEXT CHECK (limits IS NULL OR json_valid(limits))
) STRICT;
CREATE TABLE attempt_looks (
  attempt_id TEXT PRIMARY KEY REFERENCES attempt_starts(id), account_id TEXT NOT NULL, looks INTEGER NOT NULL DEFAULT 0, next_look_at INTEGER,
  waived_at INTEGER, settled_at INTEGER, evidence TEXT CHECK (evidence IS NULL OR json_valid(evidence))
) STRICT;
CREATE TABLE attempt_starts (
  id TEXT PRIMARY KEY, publication_id TEXT NOT NULL REFERENCES publications(id), account_id TEXT NOT NULL, part INTEGER NOT NULL, started_at INTEGER NOT NULL, due_at INTEGER,
  boot_id TEXT NOT NULL, text_hash TEXT NOT NULL, reply_to_id TEXT, media_count INTEGER NOT NULL, id_floor TEXT, asked_by TEXT NOT NULL CHECK (asked_by IN ('user','scheduler'))
) STRICT;
CREATE TABLE campaigns (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  name TEXT NOT NULL, theme TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT NOT NULL, weight REAL NOT NULL,
  revision INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE case_events (
  id INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id) ON DELETE CASCADE, at INTEGER NOT NULL, type TEXT NOT NULL,
  by TEXT NOT NULL CHECK (by IN ('user','rule','app')), params TEXT NOT NULL CHECK (json_valid(params))
) STRICT;
CREATE TABLE case_messages (
  case_id TEXT NOT NULL REFERENCES cases(id) ON DELETE CASCADE, post_id TEXT NOT NULL, direction TEXT NOT NULL CHECK (direction IN ('in','out')),
  at INTEGER NOT NULL, seen_at INTEGER NOT NULL, took_minutes INTEGER, PRIMARY KEY (case_id, post_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE case_replies (
  publication_id TEXT PRIMARY KEY REFERENCES publications(id), case_id TEXT NOT NULL REFERENCES cases(id) ON DELETE CASCADE,
  becomes TEXT CHECK (becomes IN ('waiting','done')), owed_since INTEGER, told TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE cases (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, person_id TEXT NOT NULL, conversation_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new','open','waiting','snoozed','done','muted')),
  kind TEXT NOT NULL CHECK (kind IN ('question','complaint','praise','lead','other')), kind_by TEXT NOT NULL CHECK (kind_by IN ('guess','rule','user')),
  high INTEGER NOT NULL DEFAULT 0, labels TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(labels)),
  outcome TEXT CHECK (outcome IN ('solved','sentOn','called','noAnswer','notOurs')), note TEXT NOT NULL DEFAULT '',
  summoned INTEGER NOT NULL, owed_since INTEGER, due_at INTEGER, overdue_said INTEGER NOT NULL DEFAULT 0, snoozed_until INTEGER,
  last_message_id TEXT NOT NULL, last_message_at INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  UNIQUE (account_id, conversation_id, person_id)
) STRICT;
CREATE TABLE column_groups (
  name TEXT PRIMARY KEY, color TEXT NOT NULL CHECK (color IN ('teal','blue','violet','amber','red','grey')), collapsed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE columns (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  position INTEGER NOT NULL, width INTEGER NOT NULL, collapsed INTEGER NOT NULL DEFAULT 0, seen_id INTEGER, created_at INTEGER NOT NULL
, filter TEXT CHECK (filter IS NULL OR json_valid(filter)), group_name TEXT REFERENCES column_groups(name) ON DELETE SET NULL, place_id TEXT, place_offset INTEGER NOT NULL DEFAULT 0, alert_sound INTEGER NOT NULL DEFAULT 0, alert_notice INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE command_receipts (command_id TEXT PRIMARY KEY, method TEXT NOT NULL, at INTEGER NOT NULL, output TEXT NOT NULL CHECK (json_valid(output))) STRICT, WITHOUT ROWID;
CREATE TABLE feed_entries (
  feed_id TEXT NOT NULL REFERENCES feeds(id) ON DELETE CASCADE, key TEXT NOT NULL, item_id TEXT REFERENCES items(id) ON DELETE SET NULL,
  PRIMARY KEY (feed_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE feeds (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  url TEXT NOT NULL, canonical TEXT NOT NULL, title TEXT NOT NULL, theme TEXT NOT NULL, tier TEXT NOT NULL,
  etag TEXT, last_modified TEXT, read_at INTEGER, fresh INTEGER NOT NULL DEFAULT 0,
  error TEXT CHECK (error IS NULL OR json_valid(error)), failures INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL, deleted_at INTEGER, UNIQUE (account_id, canonical)
) STRICT, WITHOUT ROWID;
CREATE TABLE gaps (
  id TEXT PRIMARY KEY, source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  before_id INTEGER NOT NULL, after_id INTEGER NOT NULL, estimate INTEGER NOT NULL
) STRICT;
CREATE TABLE heartbeats (hour INTEGER PRIMARY KEY) STRICT;
CREATE TABLE held_notices (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('info','warning','error')),
  code TEXT NOT NULL,
  params TEXT NOT NULL
) STRICT;
CREATE TABLE inbox_settings (
  account_id TEXT PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE, settings TEXT CHECK (settings IS NULL OR json_valid(settings)), rules TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(rules)),
  built INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE item_links (
  item_id TEXT PRIMARY KEY REFERENCES items(id) ON DELETE CASCADE, canonical TEXT NOT NULL,
  link_checked_at INTEGER NOT NULL, link_status TEXT NOT NULL CHECK (link_status IN ('ok','broken','unsure')), http_code INTEGER,
  no_host_since INTEGER, title TEXT, retitled_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE item_media (
  item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE, position INTEGER NOT NULL, media_id TEXT NOT NULL REFERENCES media(id), alt TEXT NOT NULL,
  PRIMARY KEY (item_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE item_posts (
  publication_id TEXT PRIMARY KEY REFERENCES publications(id) ON DELETE CASCADE, item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE, variant_id TEXT,
  by_link INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE item_variants (
  id TEXT PRIMARY KEY, item_id TEXT NOT NULL REFERENCES items(id) ON DELETE CASCADE, position INTEGER NOT NULL, text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "items" (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  title TEXT NOT NULL, url TEXT, canonical TEXT, summary TEXT NOT NULL, theme TEXT NOT NULL, tier TEXT NOT NULL,
  published_on TEXT, expires_on TEXT, evergreen INTEGER NOT NULL DEFAULT 0, rest_days INTEGER NOT NULL, notes TEXT NOT NULL,
  source_kind TEXT NOT NULL CHECK (source_kind IN ('hand','csv','post','feed','archive')), source_name TEXT NOT NULL,
  revision INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY, account_id TEXT NOT NULL, at INTEGER NOT NULL, endpoint TEXT NOT NULL,
  resources INTEGER NOT NULL, usd_low REAL NOT NULL, usd_high REAL NOT NULL
) STRICT;
CREATE TABLE media (
  id TEXT PRIMARY KEY, mime TEXT NOT NULL, bytes INTEGER NOT NULL, width INTEGER, height INTEGER, created_at INTEGER NOT NULL
, duration_ms INTEGER) STRICT;
CREATE TABLE mutes (
  id TEXT PRIMARY KEY, account_id TEXT REFERENCES accounts(id) ON DELETE CASCADE, term TEXT NOT NULL, until INTEGER, created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  action TEXT NOT NULL CHECK (action IN ('bookmark','undoBookmark','hideReply','showReply','undoRepost','deletePost')), topic TEXT NOT NULL, post_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting','sending','done','failed','cancelled')), position REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next_try_at INTEGER,
  reason_code TEXT, reason_params TEXT CHECK (reason_params IS NULL OR json_valid(reason_params)), created_at INTEGER NOT NULL, ended_at INTEGER
) STRICT;
CREATE TABLE page_views (
  account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, canonical TEXT NOT NULL, from_day TEXT NOT NULL, day TEXT NOT NULL, views INTEGER NOT NULL,
  PRIMARY KEY (account_id, canonical, from_day, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE people (
  account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, person_id TEXT NOT NULL, labels TEXT NOT NULL CHECK (json_valid(labels)),
  note TEXT NOT NULL, phone TEXT NOT NULL, promises TEXT NOT NULL CHECK (json_valid(promises)), updated_at INTEGER NOT NULL, PRIMARY KEY (account_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE post_metrics (
  publication_id TEXT NOT NULL REFERENCES publications(id) ON DELETE CASCADE, stage INTEGER NOT NULL CHECK (stage IN (1,3,7)),
  due_at INTEGER NOT NULL, asked INTEGER NOT NULL DEFAULT 0, read_at INTEGER, figures TEXT CHECK (figures IS NULL OR json_valid(figures)),
  usd_low REAL NOT NULL DEFAULT 0, usd_high REAL NOT NULL DEFAULT 0,
  reason TEXT CHECK (reason IN ('off','cap','offline','keys','limit','failed','gone','silent')),
  PRIMARY KEY (publication_id, stage), CHECK (figures IS NULL OR read_at IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE TABLE posts (
  pk INTEGER PRIMARY KEY, origin TEXT NOT NULL, id TEXT NOT NULL, author_id TEXT NOT NULL, created_at INTEGER NOT NULL,
  text TEXT NOT NULL, lang TEXT, conversation_id TEXT, reply_to_id TEXT, reply_to_user_id TEXT, quoted_id TEXT, repost_of_id TEXT,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  edited INTEGER NOT NULL, tombstone INTEGER NOT NULL DEFAULT 0, fetched_at INTEGER NOT NULL, UNIQUE (origin, id)
) STRICT;
CREATE VIRTUAL TABLE posts_fts USING fts5(text, content='posts', content_rowid='pk', prefix='2 3', tokenize="unicode61 remove_diacritics 2");
CREATE TABLE publication_history (
  id INTEGER PRIMARY KEY, publication_id TEXT NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL,
  boot_id TEXT NOT NULL, reason_code TEXT
) STRICT;
CREATE TABLE "publication_media" (
  publication_id TEXT NOT NULL REFERENCES publications(id) ON DELETE CASCADE, part INTEGER NOT NULL, position INTEGER NOT NULL,
  media_id TEXT NOT NULL REFERENCES media(id), alt TEXT NOT NULL, remote_media_id TEXT, expires_at INTEGER,
  PRIMARY KEY (publication_id, part, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE publication_parts (
  publication_id TEXT NOT NULL REFERENCES publications(id) ON DELETE CASCADE, position INTEGER NOT NULL CHECK (position >= 1),
  account_id TEXT NOT NULL, text TEXT NOT NULL, remote_id TEXT, sent_at INTEGER,
  PRIMARY KEY (publication_id, position), UNIQUE (account_id, remote_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE publications (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft','scheduled','sending','posted','held','retry_wait','failed','unknown','needs_review','missed','paused','cancelled','partial')),
  held_reason TEXT, text TEXT NOT NULL, tier TEXT NOT NULL, tier_reason TEXT, wall TEXT, zone TEXT NOT NULL, due_at INTEGER,
  next_try_at INTEGER, sent_at INTEGER, remote_id TEXT, override_reason TEXT, late INTEGER NOT NULL DEFAULT 0,
  reason_code TEXT, reason_params TEXT CHECK (reason_params IS NULL OR json_valid(reason_params)),
  revision INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deleted_at INTEGER, kind TEXT NOT NULL DEFAULT 'post' CHECK (kind IN ('post','reply','repost')), poll TEXT CHECK (poll IS NULL OR json_valid(poll)), target_id TEXT, target_name TEXT, via TEXT NOT NULL DEFAULT 'api' CHECK (via IN ('api','handoff')), counts INTEGER NOT NULL DEFAULT 1, removed_at INTEGER, place TEXT, begun INTEGER NOT NULL DEFAULT 0, manual INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account_id, remote_id), CHECK (state <> 'scheduled' OR due_at IS NOT NULL)
) STRICT;
CREATE TABLE queue_stops (account_id TEXT PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE, reason TEXT NOT NULL CHECK (reason IN ('budget')), since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE rate_buckets (
  account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, endpoint TEXT NOT NULL,
  bucket_limit INTEGER NOT NULL, remaining INTEGER NOT NULL, reset_at INTEGER NOT NULL, PRIMARY KEY (account_id, endpoint)
) STRICT, WITHOUT ROWID;
CREATE TABLE remote_images (key TEXT PRIMARY KEY, url TEXT NOT NULL, mime TEXT, bytes INTEGER, fetched_at INTEGER, failed_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE routes (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, name TEXT NOT NULL, url TEXT NOT NULL, phone TEXT NOT NULL, hours TEXT NOT NULL,
  reply_es TEXT NOT NULL, reply_en TEXT NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE saved_replies (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, title TEXT NOT NULL, lang TEXT NOT NULL CHECK (lang IN ('es','en')),
  text TEXT NOT NULL, uses INTEGER NOT NULL DEFAULT 0, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL CHECK (json_valid(value))) STRICT, WITHOUT ROWID;
CREATE TABLE source_posts (
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE, sort_id INTEGER NOT NULL,
  post_pk INTEGER NOT NULL REFERENCES posts(pk), PRIMARY KEY (source_id, sort_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE "sources" (
  id INTEGER PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('home','mentions','own','search','list','person','conversation','scheduled','drafts','inbox','local')), query TEXT NOT NULL DEFAULT '',
  newest_id TEXT, refreshed_at INTEGER, next_refresh_at INTEGER, error_code TEXT, error_since INTEGER, resumes_at INTEGER,
  failures INTEGER NOT NULL DEFAULT 0, UNIQUE (account_id, kind, query)
) STRICT;
CREATE TABLE templates (
  account_id TEXT PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE, period TEXT NOT NULL CHECK (period IN ('week','month')),
  days TEXT NOT NULL CHECK (json_valid(days)), updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE users (
  origin TEXT NOT NULL, id TEXT NOT NULL, username TEXT NOT NULL, name TEXT NOT NULL, avatar_url TEXT,
  verified INTEGER NOT NULL, fetched_at INTEGER NOT NULL, bio TEXT NOT NULL DEFAULT '', followers INTEGER, PRIMARY KEY (origin, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_posts_post ON account_posts (post_pk);
CREATE INDEX attempt_looks_open ON attempt_looks (account_id) WHERE settled_at IS NULL;
CREATE INDEX attempt_starts_publication ON attempt_starts (publication_id, started_at);
CREATE INDEX campaigns_account ON campaigns (account_id, from_day) WHERE deleted_at IS NULL;
CREATE INDEX case_events_case ON case_events (case_id, id);
CREATE INDEX case_messages_post ON case_messages (post_id);
CREATE INDEX case_messages_took ON case_messages (at) WHERE took_minutes IS NOT NULL;
CREATE INDEX case_replies_case ON case_replies (case_id);
CREATE INDEX cases_due ON cases (due_at) WHERE due_at IS NOT NULL AND overdue_said = 0;
CREATE INDEX cases_person ON cases (account_id, person_id, last_message_at);
CREATE INDEX cases_snoozed ON cases (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX cases_view ON cases (account_id, state, due_at, last_message_at);
CREATE INDEX command_receipts_at ON command_receipts (at);
CREATE INDEX feed_entries_item ON feed_entries (item_id);
CREATE INDEX feed_entries_key ON feed_entries (key);
CREATE INDEX feeds_next ON feeds (next_at) WHERE deleted_at IS NULL;
CREATE INDEX gaps_source ON gaps (source_id, before_id);
CREATE INDEX item_media_media ON item_media (media_id);
CREATE INDEX item_posts_item ON item_posts (item_id);
CREATE INDEX item_variants_item ON item_variants (item_id, position);
CREATE INDEX items_account ON items (account_id, updated_at) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX items_canonical ON items (account_id, canonical) WHERE canonical IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX ledger_month ON ledger (account_id, at);
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at IS NOT NULL;
CREATE UNIQUE INDEX outbox_one ON outbox (account_id, topic, post_id) WHERE state = 'waiting';
CREATE INDEX outbox_waiting ON outbox (position) WHERE state IN ('waiting','sending');
CREATE INDEX posts_answers ON posts (reply_to_id) WHERE reply_to_id IS NOT NULL;
CREATE INDEX posts_author ON posts (author_id);
CREATE INDEX posts_conversation ON posts (conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX publication_history_publication ON publication_history (publication_id, id);
CREATE INDEX publications_account ON publications (account_id, due_at);
CREATE INDEX publications_due ON publications (state, due_at);
CREATE INDEX publications_remote ON publications (account_id, state, sent_at);
CREATE INDEX routes_account ON routes (account_id, created_at);
CREATE INDEX saved_replies_account ON saved_replies (account_id, uses);
CREATE INDEX source_posts_post ON source_posts (post_pk);
