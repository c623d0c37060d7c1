import type { ColumnSource } from '../../../../shared/contract/columns.ts';
import type { Settings } from '../../../../shared/contract/host.ts';
import { quietUntil } from '../../../../shared/domain/quietHours.ts';
import type { Lang } from '../../../../shared/domain/types.ts';
import enDeck from '../../../../shared/i18n/locales/en/deck.json' with { type: 'json' };
import esDeck from '../../../../shared/i18n/locales/es/deck.json' with { type: 'json' };
import type { CoreDeps } from '../../feature.ts';
import type { Job } from '../../jobs/wakeLoop.ts';
import type { ColumnsRepository, StoredColumn } from './repository.ts';

/** A column says what is new at most this often, ms: what comes meanwhile is counted. */
const EVERY_MS = 60_000;

/** What is new in columns that say so: by a short sound in the window, by a notice while nobody looks at it. */
export class ColumnAlertsWatch {
  readonly job: Job = { name: 'column alerts', nextDue: () => this.nextDue(), run: (now) => this.tell(now) };
  private readonly deps: CoreDeps;
  private readonly on: { columns: ColumnsRepository; settings: () => Settings; lang: () => Lang };
  /** Not told yet, and when each column spoke last; both are of this run. */
  private readonly waiting = new Map<string, { count: number; source: ColumnSource }>();
  private readonly spoke = new Map<string, number>();
  constructor(deps: CoreDeps, on: { columns: ColumnsRepository; settings: () => Settings; lang: () => Lang }) {
    this.deps = deps;
    this.on = on;
  }
  /** So many new posts are shown in a column now. */
  came(column: StoredColumn, source: ColumnSource, count: number): void {
    if (count === 0 || !(column.alerts.sound || column.alerts.notice)) return;
    this.waiting.set(column.id, { count: (this.waiting.get(column.id)?.count ?? 0) + count, source });
    this.tell(this.deps.ports.clock.now());
  }
  private dueAt(columnId: string): number {
    return (this.spoke.get(columnId) ?? -Infinity) + EVERY_MS;
  }
  private nextDue(): number | null {
    if (this.waiting.size === 0) return null;
    const quiet = quietUntil(this.deps.ports.clock.now(), this.deps.ports.zone, this.on.settings().notices.quiet);
    return Math.max(quiet ?? 0, Math.min(...[...this.waiting.keys()].map((id) => this.dueAt(id))));
  }
  private tell(now: number): void {
    const { notices, notifications } = this.on.settings();
    // What comes in quiet hours is counted, and told after them.
    if (quietUntil(now, this.deps.ports.zone, notices.quiet) !== null) return;
    for (const [id, { count, source }] of this.waiting) {
      if (this.dueAt(id) > now) continue;
      this.waiting.delete(id);
      const column = this.on.columns.get(id);
      const sound = column !== null && column.alerts.sound && notices.sound !== 'never';
      const notice = column?.alerts.notice === true;
      if (!sound && !notice) continue;
      this.spoke.set(id, now);
      this.deps.bus.emit('column.alerted', { columnId: id, count, sound, notice });
      if (notice && notifications) this.deps.ports.notifier.notify({ title: this.words(source, count), body: '', tag: `column-${id}`, silent: true, unlessLooking: true });
    }
  }
  /** "12 nuevas en Menciones". */
  private words(source: ColumnSource, count: number): string {
    const deck = this.on.lang() === 'es' ? esDeck : enDeck;
    const title = source.kind === 'search' || source.kind === 'local' ? `«${source.query}»` : deck[source.kind];
    return (count === 1 ? deck.alerts.new_one : deck.alerts.new_other).replace('{{count}}', String(count)).replace('{{title}}', title);
  }
}
