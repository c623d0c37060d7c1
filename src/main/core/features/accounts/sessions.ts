import { z } from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { CoreDeps } from '../../feature.ts';
import type { Credentials, NetworkSession } from '../../network/port.ts';
import { observe } from '../../network/observe.ts';
import { createXSession } from '../../network/x/session.ts';
import type { TokenVault } from '../../secrets/vault.ts';
import type { MoneyService } from '../money/service.ts';
import { practiceCredentials } from './practice.ts';
import type { AccountsRepository, StoredAccount } from './repository.ts';

export const PRACTICE_ORIGIN = 'practice';

const credentialsSchema = z.discriminatedUnion('auth', [
  z.object({ auth: z.literal('oauth1'), appKey: z.string(), appSecret: z.string(), accessToken: z.string(), accessSecret: z.string() }),
  z.object({ auth: z.literal('oauth2'), clientId: z.string(), clientSecret: z.string().nullable(), accessToken: z.string(), refreshToken: z.string().nullable(), expiresAt: z.number() }),
]);

export interface OpenSession {
  session: NetworkSession;
  /** Address of the server behind it: pictures of a loopback server may be fetched from there only. */
  base: string;
}

/** One session per account, made when first needed and dropped when its tokens change. */
export class SessionPool {
  private readonly open = new Map<string, Promise<OpenSession>>();
  private readonly deps: CoreDeps;
  private readonly repository: AccountsRepository;
  private readonly vault: TokenVault;
  private readonly money: MoneyService;
  private readonly reached: (reached: boolean, network: StoredAccount['network']) => void;
  constructor(deps: CoreDeps, repository: AccountsRepository, vault: TokenVault, money: MoneyService, reached: (reached: boolean, network: StoredAccount['network']) => void) {
    this.deps = deps;
    this.repository = repository;
    this.vault = vault;
    this.money = money;
    this.reached = reached;
  }

  /** Throws AppError: `not_found`, `account_other_origin`, `network_needs_reauth`, `secrets_locked`, `practice_unavailable`. */
  get(accountId: string): Promise<OpenSession> {
    const known = this.open.get(accountId);
    if (known) return known;
    const made = this.make(accountId);
    this.open.set(accountId, made);
    made.catch(() => {
      if (this.open.get(accountId) === made) this.open.delete(accountId);
    });
    return made;
  }
  drop(accountId: string): void {
    this.open.delete(accountId);
  }
  dropAll(): void {
    this.open.clear();
  }

  private async make(accountId: string): Promise<OpenSession> {
    const account = this.repository.get(accountId);
    if (!account) throw new AppError('not_found', { what: 'account' });
    if (account.network === 'practice') {
      const { url, credentials } = await practiceCredentials(this.deps.ports.practice, () => account.remoteId);
      return { base: url, session: this.session(account, url, credentials) };
    }
    if (account.origin !== this.deps.ports.apiOrigin) throw new AppError('account_other_origin', { origin: account.origin });
    if (account.needsReauth) throw new AppError('network_needs_reauth', { username: account.username });
    const sealed = this.repository.tokens(accountId);
    if (!sealed) throw new AppError('network_needs_reauth', { username: account.username });
    let credentials: Credentials;
    try {
      credentials = credentialsSchema.parse(JSON.parse(this.vault.open(accountId, sealed.nonce, sealed.cipher)));
    } catch (cause) {
      if (cause instanceof AppError && cause.code === 'secrets_locked') throw cause;
      throw new AppError('network_needs_reauth', { username: account.username }, { cause });
    }
    return { base: account.origin, session: this.session(account, account.origin, credentials) };
  }

  private session(account: StoredAccount, origin: string, credentials: Credentials): NetworkSession {
    return observe(createXSession({
      origin, credentials, maxWeighted: account.maxWeighted, clock: this.deps.ports.clock, log: this.deps.ports.log,
      hooks: {
        saveCredentials: async (next) => {
          if (account.network === 'practice') return;
          this.repository.putTokens(account.id, this.vault.seal(account.id, JSON.stringify(next)), this.deps.ports.clock.now());
        },
        ...(this.deps.ports.point ? { point: this.deps.ports.point } : {}),
        onBucket: (endpoint, bucket) => this.money.noteBucket(account.id, endpoint, bucket),
        // Practice is billed as X would bill it: what a month costs, and what a cap stops, can be tried before anything is paid.
        onBilled: (row) => this.money.bill(account.id, row),
      },
    }), (reached) => this.reached(reached, account.network));
  }
}
