/** user_version 110 -> 120: what a person says of themselves, and how many follow them; both come with every post that is read. */
export const sql = `
ALTER TABLE users ADD COLUMN bio TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN followers INTEGER;
`;
