/** user_version 120 -> 150: what a column says when something new comes, and the notices that quiet hours hold back. */
export const sql = `
ALTER TABLE columns ADD COLUMN alert_sound INTEGER NOT NULL DEFAULT 0;
ALTER TABLE columns ADD COLUMN alert_notice INTEGER NOT NULL DEFAULT 0;
CREATE TABLE held_notices (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('info','warning','error')),
  code TEXT NOT NULL,
  params TEXT NOT NULL
) STRICT;
`;
