import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type InboxSettings, inboxSettingsSchema, promiseSchema, type RouteView, ruleSchema, type RuleView, type SavedReply } from '../../../../shared/contract/inbox.ts';
import { DEFAULT_MINUTES, DEFAULT_OFFICE } from '../../../../shared/domain/responseClock.ts';
import { type Db, defineStatements } from '../../db/db.ts';

const q = defineStatements('inboxKept', {
  replies: 'SELECT id, title, lang, text, uses FROM saved_replies WHERE account_id = :accountId ORDER BY uses DESC, title',
  putReply: `INSERT INTO saved_replies (id, account_id, title, lang, text, uses, updated_at) VALUES (:id, :accountId, :title, :lang, :text, :uses, :now)
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, lang = excluded.lang, text = excluded.text, updated_at = excluded.updated_at WHERE account_id = excluded.account_id`,
  useReply: 'UPDATE saved_replies SET uses = uses + 1 WHERE account_id = :accountId AND id = :id',
  dropReply: 'DELETE FROM saved_replies WHERE account_id = :accountId AND id = :id',
  routes: 'SELECT id, name, url, phone, hours, reply_es, reply_en FROM routes WHERE account_id = :accountId ORDER BY created_at, id',
  putRoute: `INSERT INTO routes (id, account_id, name, url, phone, hours, reply_es, reply_en, created_at) VALUES (:id, :accountId, :name, :url, :phone, :hours, :replyEs, :replyEn, :now)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = excluded.url, phone = excluded.phone, hours = excluded.hours, reply_es = excluded.reply_es, reply_en = excluded.reply_en WHERE account_id = excluded.account_id`,
  dropRoute: 'DELETE FROM routes WHERE account_id = :accountId AND id = :id RETURNING created_at',
  settings: 'SELECT settings, rules, built FROM inbox_settings WHERE account_id = :accountId',
  putSettings: `INSERT INTO inbox_settings (account_id, settings) VALUES (:accountId, :value) ON CONFLICT (account_id) DO UPDATE SET settings = excluded.settings`,
  putRules: `INSERT INTO inbox_settings (account_id, rules) VALUES (:accountId, :value) ON CONFLICT (account_id) DO UPDATE SET rules = excluded.rules`,
  putBuilt: `INSERT INTO inbox_settings (account_id, built) VALUES (:accountId, 1) ON CONFLICT (account_id) DO UPDATE SET built = 1`,
  person: 'SELECT labels, note, phone, promises FROM people WHERE account_id = :accountId AND person_id = :personId',
  putPerson: `INSERT INTO people (account_id, person_id, labels, note, phone, promises, updated_at) VALUES (:accountId, :personId, :labels, :note, :phone, :promises, :now)
    ON CONFLICT (account_id, person_id) DO UPDATE SET labels = excluded.labels, note = excluded.note, phone = excluded.phone, promises = excluded.promises, updated_at = excluded.updated_at`,
});
const replyRow = z.object({ id: z.string(), title: z.string(), lang: z.enum(['es', 'en']), text: z.string(), uses: z.number() });
const routeRow = z.object({ id: z.string(), name: z.string(), url: z.string(), phone: z.string(), hours: z.string(), reply_es: z.string(), reply_en: z.string() });
const DEFAULTS: InboxSettings = { office: [...DEFAULT_OFFICE], minutes: { ...DEFAULT_MINUTES }, afterReply: 'waiting' };

/** What is remembered of a person beside what they wrote. */
export interface Person { labels: string[]; note: string; phone: string; promises: z.infer<typeof promiseSchema>[] }
const NOBODY: Person = { labels: [], note: '', phone: '', promises: [] };
const json = (text: unknown): unknown => JSON.parse(String(text));

/** Saved replies, channels, rules, settings and people of an account. A stored value that no longer fits is taken for its default. */
export class InboxKept {
  private readonly db: Db;
  constructor(db: Db) {
    this.db = db;
  }
  settings(accountId: string): InboxSettings {
    const raw = this.db.get(q.settings, { accountId })?.['settings'];
    const parsed = raw === null || raw === undefined ? null : inboxSettingsSchema.safeParse(json(raw));
    return parsed?.success ? parsed.data : DEFAULTS;
  }
  setSettings(accountId: string, settings: InboxSettings): void {
    this.db.run(q.putSettings, { accountId, value: JSON.stringify(settings) });
  }
  rules(accountId: string): RuleView[] {
    const raw = this.db.get(q.settings, { accountId })?.['rules'];
    const parsed = raw === undefined ? null : z.array(ruleSchema).safeParse(json(raw));
    return parsed?.success ? parsed.data : [];
  }
  setRules(accountId: string, rules: readonly RuleView[]): void {
    this.db.run(q.putRules, { accountId, value: JSON.stringify(rules) });
  }
  /** Were the mentions that were there before the inbox made into cases? */
  isBuilt(accountId: string): boolean {
    return this.db.get(q.settings, { accountId })?.['built'] === 1;
  }
  setBuilt(accountId: string): void {
    this.db.run(q.putBuilt, { accountId });
  }

  replies(accountId: string): SavedReply[] {
    return this.db.all(q.replies, { accountId }).map((row) => replyRow.parse(row));
  }
  putReply(accountId: string, reply: { id?: string | undefined; title: string; lang: 'es' | 'en'; text: string; uses?: number }, now: number): SavedReply {
    const id = reply.id ?? randomUUID();
    this.db.run(q.putReply, { accountId, id, title: reply.title, lang: reply.lang, text: reply.text, uses: reply.uses ?? 0, now });
    return this.replies(accountId).find((each) => each.id === id) ?? { id, title: reply.title, lang: reply.lang, text: reply.text, uses: 0 };
  }
  useReply(accountId: string, id: string): void {
    this.db.run(q.useReply, { accountId, id });
  }
  dropReply(accountId: string, id: string): void {
    this.db.run(q.dropReply, { accountId, id });
  }
  routes(accountId: string): RouteView[] {
    return this.db.all(q.routes, { accountId }).map((raw) => {
      const row = routeRow.parse(raw);
      return { id: row.id, name: row.name, url: row.url, phone: row.phone, hours: row.hours, replies: { es: row.reply_es, en: row.reply_en } };
    });
  }
  putRoute(accountId: string, route: Omit<RouteView, 'id'> & { id?: string | undefined }, now: number): RouteView {
    const id = route.id ?? randomUUID();
    this.db.run(q.putRoute, { accountId, id, name: route.name, url: route.url, phone: route.phone, hours: route.hours, replyEs: route.replies.es, replyEn: route.replies.en, now });
    return { ...route, id };
  }
  /** When it was made, ms: put back with it, it stands again where it stood. */
  dropRoute(accountId: string, id: string): number {
    return z.number().parse(this.db.get(q.dropRoute, { accountId, id })?.['created_at']);
  }

  person(accountId: string, personId: string): Person {
    const row = this.db.get(q.person, { accountId, personId });
    if (!row) return NOBODY;
    return {
      labels: z.array(z.string()).catch([]).parse(json(row['labels'])), note: String(row['note']), phone: String(row['phone']), promises: z.array(promiseSchema).catch([]).parse(json(row['promises'])),
    };
  }
  putPerson(accountId: string, personId: string, person: Person, now: number): void {
    this.db.run(q.putPerson, { accountId, personId, labels: JSON.stringify(person.labels), note: person.note, phone: person.phone, promises: JSON.stringify(person.promises), now });
  }
}
