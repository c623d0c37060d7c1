/** user_version 150 -> 160: what every text of an account keeps to, and how its links are tagged, as JSON; '' for none. */
export const sql = `
ALTER TABLE accounts ADD COLUMN house_style TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN link_tagging TEXT NOT NULL DEFAULT '';
`;
