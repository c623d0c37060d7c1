import { z } from 'zod';
import type { Settings } from '../../../../shared/contract/host.ts';
import { NOTICE_KINDS, noticeKind } from '../../../../shared/domain/notices.ts';
import { quietUntil } from '../../../../shared/domain/quietHours.ts';
import type { Lang } from '../../../../shared/domain/types.ts';
import enSettings from '../../../../shared/i18n/locales/en/settings.json' with { type: 'json' };
import esSettings from '../../../../shared/i18n/locales/es/settings.json' with { type: 'json' };
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import type { Happening } from './feature.ts';
import { noticeWords } from './words.ts';

const q = defineStatements('notices', {
  hold: 'INSERT INTO held_notices (at, level, code, params) VALUES (:at, :level, :code, :params)',
  held: 'SELECT level, code, params FROM held_notices ORDER BY id',
  any: 'SELECT 1 AS yes FROM held_notices LIMIT 1',
  clear: 'DELETE FROM held_notices',
});
const rowSchema = z.object({ level: z.enum(['info', 'warning', 'error']), code: z.string(), params: z.string() });
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
type Said = Omit<Happening, 'accountId'>;

/** What happened, as notices: in the window and, where the user allows it, of the system. Kinds and quiet hours are asked here, by everything that is said. */
export class Notices {
  readonly job: Job = { name: 'notices', nextDue: () => this.nextDue(), run: (now) => this.tellHeld(now) };
  private readonly deps: CoreDeps;
  private readonly settings: () => Settings;
  private readonly lang: () => Lang;
  constructor(deps: CoreDeps, on: { settings: () => Settings; lang: () => Lang }) {
    this.deps = deps;
    this.settings = on.settings;
    this.lang = on.lang;
  }
  private quiet(now: number): number | null {
    return quietUntil(now, this.deps.ports.zone, this.settings().notices.quiet);
  }
  /** Says it, holds it back until quiet hours are over, or leaves it to Activity. */
  raise(said: Said): void {
    const kind = noticeKind(said.code, said.params);
    if (kind === null) return this.say(said);
    if (!this.settings().notices.kinds[kind]) return;
    const now = this.deps.ports.clock.now();
    if (this.quiet(now) === null) return this.say(said);
    this.deps.db.run(q.hold, { at: now, level: said.level, code: said.code, params: JSON.stringify(said.params) });
  }
  private say({ level, code, params }: Said): void {
    this.deps.bus.emit('notice.raised', { level, code, params });
    const words = noticeWords(this.lang(), code, params);
    if (words && this.settings().notifications) this.deps.ports.notifier.notify({ ...words, tag: code, silent: this.settings().notices.sound !== 'all' });
  }
  private nextDue(): number | null {
    if (this.deps.db.get(q.any) === undefined) return null;
    return this.quiet(this.deps.ports.clock.now()) ?? 0;
  }
  /** What quiet hours held back is one notice after them; a single one is said as it is. */
  private tellHeld(now: number): void {
    if (this.quiet(now) !== null) return;
    const { kinds } = this.settings().notices;
    const held = this.deps.db.all(q.held).map((raw): Said => {
      const row = rowSchema.parse(raw);
      return { level: row.level, code: row.code, params: paramsSchema.catch({}).parse(JSON.parse(row.params)) };
    }).filter(({ code, params }) => {
      const kind = noticeKind(code, params);
      return kind === null || kinds[kind];
    });
    this.deps.db.run(q.clear);
    const [only] = held;
    if (!only) return;
    if (held.length === 1) return this.say(only);
    const { kinds: names } = (this.lang() === 'es' ? esSettings : enSettings).notices;
    const what = NOTICE_KINDS.flatMap((kind) => {
      const count = held.filter(({ code, params }) => noticeKind(code, params) === kind).length;
      return count === 0 ? [] : [`${names[kind]}: ${count}`];
    }).join(' · ');
    const level = (['error', 'warning', 'info'] as const).find((each) => held.some((one) => one.level === each)) ?? 'info';
    this.say({ level, code: 'quiet_over', params: { count: held.length, what } });
  }
  /** One now, whatever the settings. */
  test(): { shown: 'system' | 'window' } {
    const { ports } = this.deps;
    this.deps.bus.emit('notice.raised', { level: 'info', code: 'test', params: {} });
    const words = noticeWords(this.lang(), 'test', {});
    if (ports.capabilities.notifications !== 'native' || !words) return { shown: 'window' };
    ports.notifier.notify({ ...words, tag: 'test', silent: this.settings().notices.sound !== 'all' });
    return { shown: 'system' };
  }
}
