import type { InputOf, OutputOf } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { CaseEvent } from '../../../../shared/domain/inbox.ts';
import type { CoreDeps } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import { clocked, moved, type Office } from './clock.ts';
import type { InboxKept } from './keptRepository.ts';
import type { CasesRepository, EventParams, StoredCase } from './repository.ts';

type Act = InputOf<'inbox.act'>['act'];
/** Farthest a case can be put off, ms. */
const LONGEST_SNOOZE_MS = 366 * 86_400_000;

/** What the user does with cases: plain writes here, each with its undo. */
export class InboxService {
  private readonly deps: CoreDeps;
  readonly cases: CasesRepository;
  private readonly kept: InboxKept;
  private readonly accounts: () => AccountsService;
  constructor(deps: CoreDeps, services: { cases: CasesRepository; kept: InboxKept; accounts: () => AccountsService }) {
    this.deps = deps;
    this.cases = services.cases;
    this.kept = services.kept;
    this.accounts = services.accounts;
  }
  office(accountId: string): Office {
    return { settings: this.kept.settings(accountId), zone: this.accounts().need(accountId).zone };
  }
  changed(accountIds: Iterable<string>): void {
    for (const accountId of new Set(accountIds)) this.deps.bus.emit('inbox.changed', { accountId });
  }

  private apply(row: StoredCase, act: Act, office: Office, now: number): { next: StoredCase; type: string; params?: EventParams } {
    const by = (event: CaseEvent, patch: Partial<StoredCase> = {}): StoredCase => moved(row, event, office, patch);
    switch (act.type) {
      case 'open':
        return { next: by('open'), type: 'opened', params: row.dueAt === null ? {} : { due: row.dueAt, kind: row.kind, minutes: office.settings.minutes[row.kind] ?? 0 } };
      case 'done':
        return { next: by('done', act.outcome === undefined ? {} : { outcome: act.outcome }), type: 'done', ...(act.outcome ? { params: { outcome: act.outcome } } : {}) };
      case 'wait':
        return { next: by('wait'), type: 'waits' };
      case 'reopen':
        return { next: by('reopen'), type: 'reopened' };
      case 'snooze':
        if (act.until <= now) throw new AppError('time_in_past', { wall: '' });
        if (act.until > now + LONGEST_SNOOZE_MS) throw new AppError('bad_input', { path: 'until', detail: '' });
        return { next: by('snooze', { snoozedUntil: act.until }), type: 'snoozed', params: { until: act.until } };
      case 'mute':
        return { next: by('mute'), type: 'muted' };
      case 'unmute':
        return { next: by('unmute'), type: 'unmuted' };
      case 'kind':
        return { next: clocked({ ...row, kind: act.kind, kindBy: 'user' }, office), type: 'kind', params: { kind: act.kind } };
      case 'high':
        return { next: { ...row, high: act.high }, type: act.high ? 'high' : 'normal' };
      case 'label': {
        const labels = row.labels.filter((each) => each !== act.label);
        return { next: { ...row, labels: act.on ? [...labels, act.label] : labels }, type: act.on ? 'labelled' : 'unlabelled', params: { label: act.label } };
      }
      case 'outcome':
        return { next: { ...row, outcome: act.outcome }, type: 'outcome', params: { outcome: act.outcome ?? '' } };
      case 'called':
        return { next: { ...row, outcome: 'called' }, type: 'called', params: { note: act.note } };
      default:
        return act satisfies never;
    }
  }

  /** Each case by itself: what cannot be done with one is said, and the others go on. */
  act(input: InputOf<'inbox.act'>): OutputOf<'inbox.act'> {
    const now = this.deps.ports.clock.now();
    const before: StoredCase[] = [];
    const refused: { caseId: string; code: string }[] = [];
    this.deps.db.tx(() => {
      for (const caseId of new Set(input.caseIds)) {
        try {
          const row = this.cases.need(caseId);
          const { next, type, params } = this.apply(row, input.act, this.office(row.accountId), now);
          if (same(row, next)) continue;
          this.cases.write(next, now);
          this.cases.addEvent(caseId, now, type, 'user', params);
          before.push(row);
        } catch (cause) {
          if (!(cause instanceof AppError)) throw cause;
          refused.push({ caseId, code: cause.code });
        }
      }
    });
    const [first] = refused;
    // One case, one reason: it is said as it is.
    if (first && input.caseIds.length === 1) throw new AppError(first.code as 'state_refused', { state: '', event: input.act.type });
    this.changed(before.map((row) => row.accountId));
    return { changed: before.length, refused, undoId: this.undoOf('case_changed', before) };
  }
  /** An undo that puts these cases back, called after they changed; refused where something happened to one since. */
  undoOf(label: string, before: readonly StoredCase[], also: () => void = () => undefined): string {
    const rows = before.map((row) => ({ row, revision: this.cases.get(row.id)?.revision ?? 0 }));
    return this.deps.undo.register(label, () => {
      const now = this.deps.ports.clock.now();
      this.deps.db.tx(() => {
        for (const { row, revision } of rows) if (this.cases.get(row.id)?.revision !== revision) throw new AppError('undo_gone');
        also();
        for (const { row } of rows) {
          this.cases.write(clocked(row, this.office(row.accountId)), now);
          this.cases.addEvent(row.id, now, 'undone', 'user');
        }
      });
      this.changed(rows.map(({ row }) => row.accountId));
    });
  }
  note(caseId: string, note: string): StoredCase {
    const row = this.cases.need(caseId);
    const stored = this.cases.write({ ...row, note }, this.deps.ports.clock.now());
    this.changed([row.accountId]);
    return stored;
  }
  /** Other opening hours or minutes: every running clock is worked out anew. */
  setSettings(accountId: string, settings: InputOf<'inbox.setSettings'>['settings']): void {
    const now = this.deps.ports.clock.now();
    this.deps.db.tx(() => {
      this.kept.setSettings(accountId, settings);
      const office = this.office(accountId);
      for (const row of this.cases.owed(accountId)) this.cases.write(clocked(row, office), now);
    });
    this.changed([accountId]);
  }
}

function same(a: StoredCase, b: StoredCase): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
