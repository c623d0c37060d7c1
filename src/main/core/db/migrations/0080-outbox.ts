/** user_version 70 -> 80: what waits for the network besides publications (DOMAIN §6, outbox). One row waits for each account, group of actions and post. */
export const sql = `
CREATE TABLE outbox (
  id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  action TEXT NOT NULL CHECK (action IN ('bookmark','undoBookmark','hideReply','showReply','undoRepost','deletePost')), topic TEXT NOT NULL, post_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting','sending','done','failed','cancelled')), position REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next_try_at INTEGER,
  reason_code TEXT, reason_params TEXT CHECK (reason_params IS NULL OR json_valid(reason_params)), created_at INTEGER NOT NULL, ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX outbox_one ON outbox (account_id, topic, post_id) WHERE state = 'waiting';
CREATE INDEX outbox_waiting ON outbox (position) WHERE state IN ('waiting','sending');
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at IS NOT NULL;
`;
