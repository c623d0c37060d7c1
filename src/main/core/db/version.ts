/** `user_version` of the newest migration: what this program reads and writes. */
export const SCHEMA_VERSION = 90;
