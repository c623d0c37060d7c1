/** `user_version` of the schema that this program reads and writes; a file of its own, so that who only asks reads no migration. */
export const SCHEMA_VERSION = 90;
