import type { CoreDeps } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';
import type { StoredAccount } from '../accounts/repository.ts';
import { Durations } from '../publishing/durations.ts';
import type { OutboxRepository, StoredEntry } from './repository.ts';

/** A look that could not be made is made again after this, ms. */
const LOOK_AGAIN_MS = 30_000;
const AFTER_STOP_MS = 15 * 60_000;

/** X was asked and its answer never came: it may have been carried out. */
export const perhapsDone = (entry: StoredEntry): boolean => entry.reason?.params['perhaps'] === true;

export interface DoubtNeeds {
  accounts: () => AccountsService;
  removed: (account: StoredAccount, postId: string, what: 'post' | 'repost') => void;
  say: (account: StoredAccount, code: string, params: Record<string, string>) => void;
}

/** What was taken out although X may have carried it out: said so, and of deletions X is asked whether the post is still there. */
export class Doubts {
  private readonly deps: CoreDeps;
  private readonly repository: OutboxRepository;
  private readonly needs: DoubtNeeds;
  private readonly durations: Durations;
  constructor(deps: CoreDeps, repository: OutboxRepository, needs: DoubtNeeds) {
    this.deps = deps;
    this.repository = repository;
    this.needs = needs;
    this.durations = new Durations(deps.ports.clock);
  }
  private now(): number {
    return this.deps.ports.clock.now();
  }
  private account(entry: StoredEntry): StoredAccount | undefined {
    return this.needs.accounts().list().find((each) => each.id === entry.accountId);
  }

  /** Takes a waiting entry out, and says so when that may have come too late. */
  takeOut(entry: StoredEntry): StoredEntry {
    const ended = { ...entry, state: 'cancelled' as const, endedAt: this.now(), nextTryAt: null, reason: null };
    if (!perhapsDone(entry)) return this.repository.write(ended);
    const looked = entry.action === 'deletePost';
    const stored = this.repository.write({ ...ended, nextTryAt: looked ? this.now() : null, reason: { code: 'perhaps_done', params: { look: looked } } });
    const account = this.account(entry);
    if (account) this.needs.say(account, looked ? 'perhaps_deleted' : 'perhaps_done', { username: account.username });
    return stored;
  }

  /** Ms until the next look: a wall clock that is set back puts none off. */
  private left(entry: StoredEntry): number {
    return this.durations.left(`doubt:${entry.id}`, entry.nextTryAt ?? 0, AFTER_STOP_MS);
  }
  nextDue(): number | null {
    const due = this.repository.doubtful().map((entry) => this.now() + this.left(entry));
    return due.length === 0 ? null : Math.min(...due);
  }
  async run(): Promise<void> {
    for (const entry of this.repository.doubtful()) if (this.left(entry) <= 0) await this.look(entry);
  }
  /** A read only: nothing is deleted here. */
  private async look(entry: StoredEntry): Promise<void> {
    const account = this.account(entry);
    const outcome = account ? await this.needs.accounts().sessions.get(account.id).then(({ session }) => session.exists(entry.postId)).catch(() => null) : null;
    const current = this.repository.find(entry.id);
    // Asked for anew meanwhile.
    if (!current || current.state !== 'cancelled' || current.nextTryAt === null) return;
    if (!account || !outcome?.ok) {
      const stopped = outcome?.ok === false && (outcome.failure.kind === 'budget' || outcome.failure.kind === 'reauth');
      this.repository.write({ ...current, nextTryAt: this.now() + (stopped ? AFTER_STOP_MS : LOOK_AGAIN_MS) });
      return;
    }
    if (outcome.value) this.repository.write({ ...current, nextTryAt: null, reason: { code: 'still_there', params: {} } });
    else {
      this.repository.write({ ...current, state: 'done', nextTryAt: null, reason: { code: 'done_after_all', params: {} } });
      this.needs.removed(account, entry.postId, 'post');
    }
    this.needs.say(account, outcome.value ? 'delete_not_done' : 'delete_done', { username: account.username });
    this.deps.bus.emit('sync.changed', {});
  }
}
