import { AppError } from '../../../../shared/contract/errors.ts';
import type { OutputOf } from '../../../../shared/contract/index.ts';
import { instantToWall, wallToInstant } from '../../../../shared/domain/time.ts';
import type { CoreDeps } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import type { PublicationsRepository, StoredPublication } from './repository.ts';
import type { PublishingService } from './service.ts';
import type { Snapshot } from './undo.ts';

const PLANNED = ['scheduled', 'retry_wait', 'held', 'paused', 'missed'] as const;

const isSendNow = (row: StoredPublication): boolean => row.manual && (row.state === 'scheduled' || row.state === 'retry_wait');

/** Changing an account's zone asks what stays, the time on the clock or the moment (DOMAIN §4); nothing goes out because of it. */
export class Zones {
  private readonly deps: CoreDeps;
  private readonly repository: PublicationsRepository;
  private readonly accounts: AccountsService;
  private readonly publishing: PublishingService;
  constructor(deps: CoreDeps, services: { repository: PublicationsRepository; accounts: AccountsService; publishing: PublishingService }) {
    this.deps = deps;
    this.repository = services.repository;
    this.accounts = services.accounts;
    this.publishing = services.publishing;
  }
  private planned(accountId: string): (StoredPublication & { wall: string; dueAt: number })[] {
    return this.repository.list({ accountId, states: [...PLANNED], limit: 100_000 }).filter((row): row is StoredPublication & { wall: string; dueAt: number } => row.wall !== null && row.dueAt !== null && row.sentAt === null);
  }
  /** When it is due if the time on the clock stays; a waiting "send now" is a moment, not a time on the clock. */
  private clockAt(row: StoredPublication & { wall: string; dueAt: number }, zone: string): number {
    return isSendNow(row) ? row.dueAt : wallToInstant(row.wall, zone);
  }
  private check(zone: string): void {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
    } catch (cause) {
      throw new AppError('bad_input', { path: 'zone', detail: zone.slice(0, 60) }, { cause });
    }
  }

  preview(accountId: string, zone: string): OutputOf<'accounts.zonePreview'> {
    this.check(zone);
    this.accounts.need(accountId);
    const now = this.deps.ports.clock.now();
    return this.planned(accountId).map((row) => {
      const clockAt = this.clockAt(row, zone);
      return { id: row.id, text: row.text.slice(0, 80), wall: row.wall, dueAt: row.dueAt, keepClockAt: clockAt, keepInstantWall: instantToWall(row.dueAt, zone), past: clockAt <= now };
    });
  }

  change(accountId: string, zone: string, keep: 'clock' | 'instant'): OutputOf<'accounts.changeZone'> {
    this.check(zone);
    const account = this.accounts.need(accountId);
    const now = this.deps.ports.clock.now();
    const rows = this.planned(accountId);
    const before = rows.map((row) => this.publishing.snapshot(row.id));
    const changed = this.deps.db.tx(() => {
      this.accounts.setZone(accountId, zone);
      return rows.map((row) => {
        if (keep === 'instant' || isSendNow(row)) return this.repository.edit(row.id, { zone, wall: instantToWall(row.dueAt, zone) }, now);
        const dueAt = this.clockAt(row, zone);
        const moved = this.repository.edit(row.id, { zone, dueAt }, now);
        // Due by the change alone: never out, always to the tray.
        return dueAt <= now && row.state !== 'missed' && row.state !== 'paused' ? this.repository.apply(row.id, { type: 'zone' }, { reason: { code: 'zone_change', params: {} } }, now) : moved;
      });
    });
    const revisions = new Map(changed.map((row) => [row.id, row.revision]));
    const undoId = this.deps.undo.register('zone_changed', () => {
      if (this.accounts.need(accountId).zone !== zone) throw new AppError('undo_gone');
      this.back(account, zone, before.filter((each) => this.repository.find(each.before.id)?.revision === revisions.get(each.before.id)));
    });
    this.publishing.changed(changed);
    this.deps.bus.emit('plan.changed', { accountId });
    return { changed: changed.length, toTray: changed.filter((row) => row.state === 'missed' && row.reason?.code === 'zone_change').length, undoId };
  }
  /** What nobody touched since goes back to its time, or to the tray where that has passed; the rest keeps its moment. Like the change itself it is not judged by the rule: what breaks is shown with its repair (RATIO 4). */
  private back(account: StoredAccount, from: string, untouched: readonly Snapshot[]): void {
    const rows = this.deps.db.tx(() => {
      this.accounts.setZone(account.id, account.zone);
      this.deps.undo.apply(this.publishing.undoOf('zone_changed', untouched, true));
      const now = this.deps.ports.clock.now();
      return this.planned(account.id).filter((row) => row.zone === from).map((row) => this.repository.edit(row.id, { zone: account.zone, wall: instantToWall(row.dueAt, account.zone) }, now));
    });
    this.publishing.changed(rows);
    this.deps.bus.emit('plan.changed', { accountId: account.id });
  }
}
