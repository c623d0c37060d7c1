/**
 * user_version 50 -> 60: the inbox (DOMAIN §6). A case is one conversation with one person; what was said stays in `posts`, so that a
 * deletion on the network empties it here too. `due_at` is worked out when something changes, so that the list is sorted by an index.
 */
export const sql = `
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
CREATE INDEX cases_view ON cases (account_id, state, due_at, last_message_at);
CREATE INDEX cases_person ON cases (account_id, person_id, last_message_at);
CREATE INDEX cases_snoozed ON cases (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX cases_due ON cases (due_at) WHERE due_at IS NOT NULL AND overdue_said = 0;
CREATE TABLE case_messages (
  case_id TEXT NOT NULL REFERENCES cases(id) ON DELETE CASCADE, post_id TEXT NOT NULL, direction TEXT NOT NULL CHECK (direction IN ('in','out')),
  at INTEGER NOT NULL, seen_at INTEGER NOT NULL, took_minutes INTEGER, PRIMARY KEY (case_id, post_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_messages_post ON case_messages (post_id);
CREATE INDEX case_messages_took ON case_messages (at) WHERE took_minutes IS NOT NULL;
CREATE TABLE case_events (
  id INTEGER PRIMARY KEY, case_id TEXT NOT NULL REFERENCES cases(id) ON DELETE CASCADE, at INTEGER NOT NULL, type TEXT NOT NULL,
  by TEXT NOT NULL CHECK (by IN ('user','rule','app')), params TEXT NOT NULL CHECK (json_valid(params))
) STRICT;
CREATE INDEX case_events_case ON case_events (case_id, id);
CREATE TABLE case_replies (
  publication_id TEXT PRIMARY KEY REFERENCES publications(id), case_id TEXT NOT NULL REFERENCES cases(id) ON DELETE CASCADE,
  becomes TEXT CHECK (becomes IN ('waiting','done')), owed_since INTEGER, told TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX case_replies_case ON case_replies (case_id);
CREATE TABLE people (
  account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, person_id TEXT NOT NULL, labels TEXT NOT NULL CHECK (json_valid(labels)),
  note TEXT NOT NULL, phone TEXT NOT NULL, promises TEXT NOT NULL CHECK (json_valid(promises)), updated_at INTEGER NOT NULL, PRIMARY KEY (account_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE saved_replies (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, title TEXT NOT NULL, lang TEXT NOT NULL CHECK (lang IN ('es','en')),
  text TEXT NOT NULL, uses INTEGER NOT NULL DEFAULT 0, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_replies_account ON saved_replies (account_id, uses);
CREATE TABLE routes (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE, name TEXT NOT NULL, url TEXT NOT NULL, phone TEXT NOT NULL, hours TEXT NOT NULL,
  reply_es TEXT NOT NULL, reply_en TEXT NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX routes_account ON routes (account_id, created_at);
CREATE TABLE inbox_settings (
  account_id TEXT PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE, settings TEXT CHECK (settings IS NULL OR json_valid(settings)), rules TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(rules)),
  built INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX posts_answers ON posts (reply_to_id) WHERE reply_to_id IS NOT NULL;
`;
