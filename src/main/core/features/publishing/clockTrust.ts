import { CLOCK_OFF_MS } from '../../../../shared/domain/publicationTime.ts';
import type { CoreDeps } from '../../feature.ts';
import type { AccountsService } from '../accounts/feature.ts';

/** The network's clock is asked again after this, ms of monotonic time. */
const ASK_AGAIN_MS = 30_000;

/**
 * Is the wall clock to be believed (PUBLISHING 10)? Doubted at a start with something overdue and after a jump that sleep does not explain;
 * believed again once a Date header of the network is within two minutes of it.
 */
export class ClockTrust {
  private readonly deps: CoreDeps;
  private readonly accounts: AccountsService;
  private doubted = false;
  private askAt = 0;
  constructor(deps: CoreDeps, services: { accounts: AccountsService }) {
    this.deps = deps;
    this.accounts = services.accounts;
  }
  get sure(): boolean {
    return !this.doubted;
  }
  doubt(): void {
    this.doubted = true;
    this.askAt = this.deps.ports.clock.monotonic();
  }
  /** Ms until the next question, or null. */
  askIn(): number | null {
    return this.doubted ? Math.max(0, this.askAt - this.deps.ports.clock.monotonic()) : null;
  }
  /** `off`: the network answered, and this clock is wrong; `silent`: nobody answered. */
  async ask(): Promise<'sure' | 'off' | 'silent'> {
    if (!this.doubted) return 'sure';
    const { clock } = this.deps.ports;
    this.askAt = clock.monotonic() + ASK_AGAIN_MS;
    for (const account of this.accounts.list()) {
      if (account.network !== 'practice' && account.origin !== this.deps.ports.apiOrigin) continue;
      let server: number | null = null;
      try {
        server = await (await this.accounts.sessions.get(account.id)).session.serverTime();
      } catch (cause) {
        this.deps.ports.log.info('the network\'s clock could not be asked', { cause: String(cause) });
      }
      if (server === null) continue;
      this.doubted = Math.abs(clock.now() - server) > CLOCK_OFF_MS;
      return this.doubted ? 'off' : 'sure';
    }
    return 'silent';
  }
}
