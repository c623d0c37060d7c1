import type { Account } from '../../../../shared/contract/accounts.ts';
import type { CoreDeps } from '../../feature.ts';

type Network = Account['network'];

/** Whether the network can be reached, as the calls that are made anyway tell: nothing is asked only to know. */
export class Connectivity {
  private readonly deps: CoreDeps;
  private since: number | null = null;
  /** Which network was not reached then. */
  private down: Network | null = null;
  private last: { from: number; to: number } | null = null;
  private lastTry: number | null = null;
  private readonly listeners = new Set<() => void>();
  constructor(deps: CoreDeps) {
    this.deps = deps;
  }
  get offlineSince(): number | null {
    return this.since;
  }
  /** The last time without the network that has ended, of this run of the program; epoch ms. */
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
    if (reached === (this.since === null)) {
      if (!reached) {
        this.down = network;
        this.deps.bus.emit('sync.changed', {});
      }
      return;
    }
    if (this.since !== null) this.last = { from: this.since, to: now };
    this.since = reached ? null : now;
    this.down = reached ? null : network;
    this.deps.bus.emit('sync.changed', {});
    if (reached) for (const listener of this.listeners) listener();
  }
  /** What was noted while little could be asked no longer counts: the next call tells. */
  forget(): void {
    if (this.since === null) return;
    this.since = null;
    this.down = null;
    this.deps.bus.emit('sync.changed', {});
  }
  /** Called when the network can be reached again. */
  onBack(listener: () => void): void {
    this.listeners.add(listener);
  }
}
