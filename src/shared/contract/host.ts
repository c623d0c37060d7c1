import { z } from 'zod';
import { faultOf } from '../domain/hotkeys.ts';
import { NOTICE_SOUNDS } from '../domain/notices.ts';
import { command, query } from './define.ts';

export const capabilitiesSchema = z.object({
  host: z.enum(['electron', 'node']),
  notifications: z.enum(['native', 'browser', 'none']),
  tray: z.boolean(),
  autostart: z.boolean(),
  fileDialogs: z.boolean(),
  powerEvents: z.boolean(),
  /** Where the profile's key is kept; `none` until the user chose passphrase or session. */
  secretBackend: z.enum(['keychain', 'passphrase', 'session', 'none']),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

export const hostInfoSchema = z.object({
  version: z.string(),
  protocol: z.number().int(),
  bootId: z.string(),
  capabilities: capabilitiesSchema,
  /** The network API in use: `https://api.x.com`, or the loopback address of `--x-api`. */
  apiOrigin: z.string(),
  /** IANA zone of this computer. */
  zone: z.string(),
  systemLang: z.enum(['es', 'en']),
});

const noticeTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const noticesSchema = z.object({
  kinds: z.object({ cases: z.boolean(), failed: z.boolean(), posted: z.boolean(), account: z.boolean(), cap: z.boolean(), outbox: z.boolean(), plan: z.boolean() }).strict(),
  sound: z.enum(NOTICE_SOUNDS),
  /** In this computer's zone; what comes meanwhile is told as one notice after them. */
  quiet: z.object({ from: noticeTime, to: noticeTime }).strict().refine((quiet) => quiet.from !== quiet.to).nullable(),
}).strict();
export type NoticeSettings = z.infer<typeof noticesSchema>;

export const settingsSchema = z.object({
  /** null until the first run chose one. */
  lang: z.enum(['es', 'en']).nullable(),
  theme: z.enum(['auto', 'light', 'dark']),
  /** Planning zone of the workspace, IANA. */
  zone: z.string(),
  weekStart: z.enum(['auto', 'monday', 'sunday']),
  hour12: z.enum(['auto', '12', '24']),
  /** Account chosen in the bar. */
  currentAccountId: z.string().nullable(),
  /** Notifications of the system. */
  notifications: z.boolean(),
  /** The addresses of the library's items are looked at, each at most once a week. */
  linkChecks: z.boolean(),
  /** Public figures of own posts are read when they are 1, 3 and 7 days old; X bills each reading. */
  metrics: z.boolean(),
  /** Which notices there are, in the window and of the system. */
  notices: noticesSchema,
  /** Calendar day's visible hours. */
  dayStartHour: z.number().int().min(0).max(23),
  dayEndHour: z.number().int().min(1).max(24),
  /** Keys the user changed: as it came, and as it is now. Whole each time it is set; empty is as all came. */
  hotkeys: z.record(z.string().max(12), z.string().max(12)).superRefine((changed, context) => {
    const fault = faultOf(changed);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  }),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Said until it was read: the profile's database could not be opened at a start, and another was begun. */
export const lostDatabaseSchema = z.object({
  /** `restored`: nothing was lost, the user asked for a copy to be opened. */
  what: z.enum(['emptied', 'damaged', 'notDatabase', 'noSchema', 'missing', 'restored']),
  at: z.number(),
  /** Where the old file is kept as it was, with what SQLite had beside it; null when there was none. */
  kept: z.string().nullable(),
  /** Path of the database in use. */
  database: z.string(),
  /** When the backup that is in use now was made, epoch ms; null when none could be used. Sending is then paused. */
  backupAt: z.number().nullable(),
});
export type LostDatabase = z.infer<typeof lostDatabaseSchema>;

/** What a host's menu, tray or notification asks the window to do. */
export const HOST_ACTS = ['newPost', 'paste', 'pause', 'palette', 'keys', 'deck', 'calendar', 'library', 'inbox', 'activity', 'settings'] as const;
export type HostAct = (typeof HOST_ACTS)[number];

const empty = z.object({}).strict();
export const hostMethods = {
  'host.info': query(empty, hostInfoSchema),
  /** Opens an https address in the system browser (Electron); the Node host answers `opened: false` and the page opens it. */
  'host.openExternal': command(z.object({ url: z.url({ protocol: /^https$/ }) }).strict(), z.object({ opened: z.boolean() })),
  'host.lost': query(empty, lostDatabaseSchema.nullable()),
  /** The user has read it: it is not said again. */
  'host.lostRead': command(empty, empty),
  'settings.get': query(empty, settingsSchema),
  /** Shows a notice now, whatever the settings: of the system where this host has those, and in the window. */
  'notices.test': command(empty, z.object({ shown: z.enum(['system', 'window']) })),
  'settings.set': command(settingsSchema.partial().strict(), settingsSchema),
  /** `locked` with `passphrase` or `keychain`: the key is not there yet, and what waits for it waits for the user. */
  'secrets.status': query(empty, z.object({ backend: capabilitiesSchema.shape.secretBackend, locked: z.boolean(), keychainAvailable: z.boolean() })),
  /** Choose how tokens are kept where no keychain is: a passphrase, or only while the app runs. Also unlocks a profile with a passphrase, or with a keychain that was shut. */
  'secrets.unlock': command(
    z.discriminatedUnion('how', [
      z.object({ how: z.literal('passphrase'), passphrase: z.string().min(8).max(1024) }).strict(),
      z.object({ how: z.literal('session') }).strict(),
      /** The keychain did not open at the start: it is asked again. */
      z.object({ how: z.literal('keychain') }).strict(),
      /** The passphrase is not known any more: tokens sealed with it are deleted, every account signs in again, all else stays. Throws AppError `conflict` where there is none. */
      z.object({ how: z.literal('forget') }).strict(),
    ]),
    z.object({ backend: capabilitiesSchema.shape.secretBackend }),
  ),
  /** Undo of any command that returned an `undoId` (kept until the app ends; at least 10 s). */
  'undo.apply': command(z.object({ undoId: z.string() }).strict(), z.object({ undone: z.string() })),
};
