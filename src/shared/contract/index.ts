import { z } from 'zod';
import { accountMethods, accountSchema } from './accounts.ts';
import { backupMethods } from './backups.ts';
import { columnMethods, columnSchema } from './columns.ts';
import { HOST_ACTS, hostMethods, settingsSchema } from './host.ts';
import { inboxMethods } from './inbox.ts';
import { libraryMethods } from './library.ts';
import { planningMethods } from './planning.ts';
import { publicationMethods, publicationSchema } from './publications.ts';
import { sourceMethods } from './sources.ts';
import { syncMethods } from './sync.ts';

/** Every query and command of the core, by name. */
export const methods = { ...hostMethods, ...accountMethods, ...backupMethods, ...columnMethods, ...inboxMethods, ...libraryMethods, ...planningMethods, ...publicationMethods, ...sourceMethods, ...syncMethods };
export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type QueryName = { [M in MethodName]: Methods[M]['kind'] extends 'query' ? M : never }[MethodName];
export type CommandName = Exclude<MethodName, QueryName>;
export type InputOf<M extends MethodName> = z.infer<Methods[M]['input']>;
export type OutputOf<M extends MethodName> = z.infer<Methods[M]['output']>;

/** Past-tense facts. Each event frame carries a `seq`; on a gap the client refetches all. */
export const events = {
  'settings.changed': settingsSchema,
  /** The user chose something in the host's menu, tray or notification. */
  'host.chose': z.object({ act: z.enum(HOST_ACTS) }),
  'accounts.changed': z.object({ accountIds: z.array(z.string()) }),
  'oauth2.finished': z.object({ flowId: z.string(), account: accountSchema.nullable(), errorCode: z.string().nullable() }),
  'columns.changed': z.object({}),
  /** A mute came, went or ran out: columns show other posts. */
  'mutes.changed': z.object({}),
  /** One column's header or rows changed; `newPosts` were added on top. */
  'column.updated': z.object({ column: columnSchema, newPosts: z.number().int() }),
  /** Something new in a column that says so; at most once a minute for each. */
  'column.alerted': z.object({ columnId: z.string(), count: z.number().int(), sound: z.boolean(), notice: z.boolean() }),
  'publication.changed': z.object({ publication: publicationSchema }),
  'publication.deleted': z.object({ id: z.string(), accountId: z.string() }),
  /** How far a file is on its way; `part` and `index` from 0. */
  'rehearsal.progress': z.object({ accountId: z.string(), done: z.number(), total: z.number() }),
  'publication.upload': z.object({ id: z.string(), part: z.number(), index: z.number(), phase: z.enum(['sending', 'processing', 'done']), done: z.number(), total: z.number() }),
  'plan.changed': z.object({ accountId: z.string() }),
  'scheduler.changed': z.object({}),
  'inbox.changed': z.object({ accountId: z.string() }),
  /** The network went or came back, or something in the outbox changed. */
  'sync.changed': z.object({}),
  /** Items came, changed or went. */
  'library.changed': z.object({ accountId: z.string() }),
  /** A feed came, changed, went or was read. */
  'sources.changed': z.object({ accountId: z.string() }),
  'campaigns.changed': z.object({ accountId: z.string() }),
  /** Public figures of own posts were read. */
  'metrics.read': z.object({ accountId: z.string() }),
  /** Copies of the database came or went, or another is wished for. */
  'backups.changed': z.object({}),
  'spend.changed': z.object({ accountId: z.string() }),
  /** Shown as a toast and kept in Activity: worded by `notice.<code>`. */
  'notice.raised': z.object({ level: z.enum(['info', 'warning', 'error']), code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }),
};
export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<E extends EventName> = z.infer<Events[E]>;

/** Which cached queries an event makes stale; `*` for all. One table for the window (ARCHITECTURE §8). */
export const INVALIDATES: { readonly [E in EventName]: readonly QueryName[] } = {
  'settings.changed': ['settings.get', 'host.lost', 'money.month', 'publications.blackBox'],
  'host.chose': [],
  'accounts.changed': ['money.month', 'library.tiers', 'accounts.list', 'columns.list', 'publications.list', 'planning.context', 'planning.fillPreview', 'planning.template', 'secrets.status', 'inbox.list', 'inbox.case'],
  'oauth2.finished': ['accounts.list'],
  'columns.changed': ['columns.list'],
  'mutes.changed': ['columns.list', 'mutes.list', 'columns.tryFilter'],
  'column.alerted': [],
  'column.updated': ['columns.tryFilter', 'columns.person', 'columns.conversation', 'library.list', 'library.item'],
  'publication.changed': ['publications.list', 'publications.get', 'publications.attempts', 'publications.blackBox', 'publications.saidBefore', 'planning.context', 'planning.fillPreview', 'scheduler.status', 'sync.status', 'library.list', 'library.item'],
  'publication.upload': [],
  'rehearsal.progress': [],
  'publication.deleted': ['publications.list', 'publications.saidBefore', 'library.list', 'library.item', 'planning.context', 'planning.fillPreview', 'scheduler.status'],
  'plan.changed': ['money.month', 'publications.list', 'publications.saidBefore', 'library.list', 'library.item', 'planning.context', 'planning.fillPreview', 'planning.template', 'scheduler.status'],
  'scheduler.changed': ['scheduler.status'],
  'inbox.changed': ['inbox.list', 'inbox.case', 'inbox.marks', 'inbox.fill', 'inbox.replies', 'inbox.routes', 'inbox.rules', 'inbox.settings', 'columns.person'],
  'sync.changed': ['sync.status', 'outbox.list'],
  'library.changed': ['library.list', 'library.item', 'library.tiers', 'sources.list', 'planning.fillPreview'],
  'sources.changed': ['sources.list'],
  'campaigns.changed': ['planning.campaigns', 'planning.fillPreview'],
  'metrics.read': ['publications.blackBox', 'library.list', 'library.item', 'planning.fillPreview', 'money.month'],
  'backups.changed': ['backups.list'],
  'spend.changed': ['money.month'],
  'notice.raised': ['activity.list'],
};
