import { z } from 'zod';
import type { Account } from '../../../../shared/contract/accounts.ts';
import { defineStatements } from '../../db/db.ts';
import type { CoreDeps } from '../../feature.ts';

type Network = Account['network'];
const q = defineStatements('connectivity', {
  get: "SELECT value FROM settings WHERE key = 'offline'",
  put: "INSERT INTO settings (key, value) VALUES ('offline', :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
});
const keptSchema = z.object({ since: z.number(), network: z.enum(['x', 'practice']) }).nullable();

/** Whether the network can be reached, as the calls that are made anyway tell: nothing is asked only to know. */
export class Connectivity {
  private readonly deps: CoreDeps;
  private since: number | null = null;
  /** Which network was not reached then. */
  private down: Network | null = null;
  private last: { from: number; to: number } | null = null;
  private lastTry: number | null = null;
  /** How the last run of the program ended; what this run's first call tells goes on from it. */
  private kept: z.infer<typeof keptSchema>;
  private readonly listeners = new Set<() => void>();
  constructor(deps: CoreDeps) {
    this.deps = deps;
    const row = deps.db.get(q.get);
    const parsed = row ? keptSchema.safeParse(JSON.parse(String(row['value']))) : null;
    this.kept = parsed?.success ? parsed.data : null;
  }
  private keep(): void {
    const next = this.since === null || this.down === null ? null : { since: this.since, network: this.down };
    try {
      if (next !== null || this.kept !== null) this.deps.db.run(q.put, { value: JSON.stringify(next) });
    } catch (cause) {
      // Called while a call to the network ends: what that brought goes before.
      this.deps.ports.log.warn('how the network stands was not kept', { cause: String(cause) });
    }
    this.kept = next;
  }
  get offlineSince(): number | null {
    return this.since;
  }
  /** The last time without the network that has ended, which may have begun before the program did; epoch ms. */
  get outage(): { from: number; to: number } | null {
    return this.last;
  }
  get lastTryAt(): number | null {
    return this.lastTry;
  }
  /** A call ended. `reached`: some answer came, whatever it said. The practice network is always there: that it answers says nothing of the other. */
  note(reached: boolean, network: Network): void {
    if (this.down === 'x' && network !== 'x') return;
    const now = this.deps.ports.clock.now();
    this.lastTry = now;
    // Off the network when the program ended and not on it yet: the same time without it, as far as anybody here can tell.
    if (this.since === null && this.kept?.network === network && this.kept.since <= now) {
      this.since = this.kept.since;
      this.down = network;
    }
    if (reached === (this.since === null)) {
      if (!reached) {
        if (this.down !== network) {
          this.down = network;
          this.keep();
        }
        this.deps.bus.emit('sync.changed', {});
      }
      return;
    }
    if (this.since !== null) this.last = { from: this.since, to: now };
    this.since = reached ? null : now;
    this.down = reached ? null : network;
    this.keep();
    this.deps.bus.emit('sync.changed', {});
    if (reached) for (const listener of this.listeners) listener();
  }
  /** What was noted while little could be asked no longer counts: the next call tells. */
  forget(): void {
    if (this.since === null) return;
    this.since = null;
    this.down = null;
    this.keep();
    this.deps.bus.emit('sync.changed', {});
  }
  /** Called when the network can be reached again. */
  onBack(listener: () => void): void {
    this.listeners.add(listener);
  }
}
