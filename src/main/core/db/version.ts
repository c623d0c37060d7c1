/** `user_version` of the newest migration: what this program reads and writes. A file of its own, so that who only asks reads no migration. */
export const SCHEMA_VERSION = 170;
