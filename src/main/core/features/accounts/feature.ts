import { createHash } from 'node:crypto';
import { AppError } from '../../../../shared/contract/errors.ts';
import { type Account } from '../../../../shared/contract/accounts.ts';
import { NO_STYLE } from '../../../../shared/domain/houseStyle.ts';
import { NO_TAGGING } from '../../../../shared/domain/linkTagging.ts';
import { DEFAULT_POLICY } from '../../../../shared/domain/types.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import { appErrorOf } from '../../network/failures.ts';
import type { Credentials, RemoteUser } from '../../network/port.ts';
import { createXSession } from '../../network/x/session.ts';
import { requestTokens } from '../../network/x/oauth2.ts';
import type { TokenVault } from '../../secrets/vault.ts';
import type { ActivityService } from '../activity/feature.ts';
import type { ImagesService } from '../images/service.ts';
import type { MoneyService } from '../money/service.ts';
import { type Grant, OAuth2Flows, REDIRECT_URIS } from './oauth2Flow.ts';
import { practiceCredentials } from './practice.ts';
import { AccountsRepository, type StoredAccount } from './repository.ts';
import { PRACTICE_ORIGIN, SessionPool } from './sessions.ts';

type Methods =
  | 'accounts.list' | 'accounts.addPractice' | 'accounts.testKeys' | 'accounts.connectOAuth1' | 'accounts.oauth2Start' | 'accounts.oauth2Paste' | 'accounts.oauth2Cancel'
  | 'accounts.redirectUris' | 'accounts.update' | 'accounts.remove';

export interface AccountsService {
  list(): StoredAccount[];
  /** Throws AppError `not_found`. */
  need(id: string): StoredAccount;
  sessions: SessionPool;
  /** The network no longer takes the tokens: the account asks to be connected anew; said once. */
  /** Only through the zone change, which looks after what is planned. */
  setZone(id: string, zone: string): void;
  needsReauth(id: string, code?: 'reauth_needed' | 'keys_forgotten'): void;
  addPractice(): Promise<Account>;
  stop(): void;
}

/** URL rules that fit the practice publisher's own site. */
const PRACTICE_RULES = [{ pattern: '*/premium/*', tier: 'premium' }, ...['articulos', 'resenas', 'noticias'].map((section) => ({ pattern: `*/${section}/*`, tier: 'free' }))];

/** The same for the same account of a network each time it is connected: the drafts that outlived its removal are its own again. */
function idOf(origin: string, remoteId: string): string {
  const hex = createHash('sha256').update(`${origin}\n${remoteId}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

export function createAccountsFeature(
  deps: CoreDeps,
  services: { vault: TokenVault; money: MoneyService; images: ImagesService; activity: ActivityService; lang: () => 'es' | 'en'; zone: () => string; /** Called for a new account, in the same turn. */ onAdded: (account: StoredAccount) => void; /** Its tokens were renewed: what waited for them may go on. */ onRenewed: (id: string) => void; /** Its cap changed: what waited for money may go on. */ onCapChanged: (id: string) => void; /** A call ended; false when the network could not be reached. */ reached: (reached: boolean, network: StoredAccount['network']) => void; onRemoved: (id: string) => void },
): { handlers: Pick<Handlers, Methods>; service: AccountsService } {
  const { db, ports, bus } = deps;
  const repository = new AccountsRepository(db);
  const sessions = new SessionPool(deps, repository, services.vault, services.money, services.reached);

  const stateOf = (account: StoredAccount): Account['state'] => {
    if (account.network === 'practice') return 'connected';
    if (account.origin !== ports.apiOrigin) return 'other_origin';
    const { locked, backend } = services.vault.status();
    if (locked && backend !== 'none') return 'locked';
    return account.needsReauth || locked ? 'needs_reauth' : 'connected';
  };
  const view = (account: StoredAccount): Account => ({
    id: account.id, network: account.network, remoteId: account.remoteId, username: account.username, name: account.name,
    avatar: services.images.path(account.avatarUrl), role: account.role, auth: account.auth, state: stateOf(account),
    apiOrigin: account.origin, policy: account.policy, zone: account.zone, via: account.via, capUsd: account.capUsd, urlRules: account.urlRules, style: account.style, tagging: account.tagging, maxWeighted: account.maxWeighted, createdAt: account.createdAt,
  });
  const need = (id: string): StoredAccount => {
    const account = repository.get(id);
    if (!account) throw new AppError('not_found', { what: 'account' });
    return account;
  };

  /** Stores a proved account, or renews the tokens of one that is known. */
  const keep = (network: 'x' | 'practice', origin: string, base: string, user: RemoteUser, credentials: Credentials, role: StoredAccount['role'] = 'brand'): Account => {
    const avatarUrl = services.images.register(user.avatarUrl, base, network);
    const id = repository.byRemote(origin, user.id)?.id ?? idOf(origin, user.id);
    const known = repository.get(id) !== null;
    db.tx(() => {
      if (known) repository.refresh(id, { username: user.username, name: user.name, avatarUrl, auth: credentials.auth, maxWeighted: user.maxWeighted });
      else {
        repository.insert({
          id, network, origin, remoteId: user.id, username: user.username, name: user.name, avatarUrl, role, auth: credentials.auth, needsReauth: false,
          policy: role === 'brand' ? DEFAULT_POLICY : { ...DEFAULT_POLICY, mode: 'off' }, via: 'api', capUsd: null, zone: services.zone(), urlRules: network === 'practice' ? PRACTICE_RULES : [], style: NO_STYLE, tagging: NO_TAGGING, maxWeighted: user.maxWeighted, createdAt: ports.clock.now(),
        });
      }
      if (network !== 'practice') repository.putTokens(id, services.vault.seal(id, JSON.stringify(credentials)), ports.clock.now());
    });
    sessions.drop(id);
    const account = need(id);
    if (known) services.onRenewed(id);
    else {
      services.onAdded(account);
      services.activity.add({ accountId: id, level: 'info', code: 'account_connected', params: { username: user.username } }, false);
    }
    bus.emit('accounts.changed', { accountIds: [id] });
    return view(account);
  };

  const prove = async (credentials: Credentials): Promise<Account> => {
    // Asked before the network: keys that could not be kept must not be proved and then lost.
    services.vault.seal('check', 'check');
    const bills: Parameters<MoneyService['bill']>[1][] = [];
    const session = createXSession({
      origin: ports.apiOrigin, credentials, maxWeighted: 280, clock: ports.clock, log: ports.log,
      hooks: {
        saveCredentials: (next) => {
          credentials = next;
          return Promise.resolve();
        },
        onBucket() {},
        onBilled: (row) => bills.push(row),
      },
    });
    const outcome = await session.me();
    if (!outcome.ok) {
      if (outcome.failure.kind === 'reauth') throw new AppError('credentials_wrong', { detail: outcome.failure.detail });
      throw appErrorOf(outcome.failure);
    }
    const account = keep('x', ports.apiOrigin, ports.apiOrigin, outcome.value, credentials);
    for (const row of bills) services.money.bill(account.id, row);
    return account;
  };

  const finishGrant = async (grant: Grant): Promise<Account> => {
    const tokens = await requestTokens(
      ports.apiOrigin, { clientId: grant.flow.clientId, clientSecret: grant.flow.clientSecret },
      { code: grant.code, redirectUri: grant.flow.redirectUri, verifier: grant.verifier }, ports.clock.now(),
    );
    if (!tokens.ok) throw new AppError(tokens.refused ? 'credentials_wrong' : 'network_unavailable', { detail: tokens.detail });
    return prove(tokens.credentials);
  };
  const flows = new OAuth2Flows({
    clock: ports.clock,
    lang: services.lang,
    finish: async (grant) => {
      const account = await finishGrant(grant);
      bus.emit('oauth2.finished', { flowId: grant.flow.id, account, errorCode: null });
    },
    fail: (flowId, error) => bus.emit('oauth2.finished', { flowId, account: null, errorCode: error.code }),
  });

  let addingPractice: Promise<Account> | null = null;
  const addPractice = (another = false): Promise<Account> => {
    addingPractice ??= (async () => {
      const { url, credentials, role } = await practiceCredentials(ports.practice, (own) => own.find((each) => (another ? repository.byRemote(PRACTICE_ORIGIN, each.id) === null : each.role === 'brand'))?.id ?? null);
      const session = createXSession({
        origin: url, credentials, maxWeighted: 280, clock: ports.clock, log: ports.log,
        hooks: { saveCredentials: () => Promise.resolve(), onBucket() {}, onBilled() {} },
      });
      const outcome = await session.me();
      if (!outcome.ok) throw new AppError('practice_unavailable', { detail: appErrorOf(outcome.failure).code });
      return keep('practice', PRACTICE_ORIGIN, url, outcome.value, credentials, role);
    })().finally(() => {
      addingPractice = null;
    });
    return addingPractice;
  };

  const service: AccountsService = {
    list: () => repository.list(),
    need,
    sessions,
    setZone(id, zone) {
      repository.update({ ...need(id), zone });
      bus.emit('accounts.changed', { accountIds: [id] });
    },
    needsReauth(id, code = 'reauth_needed') {
      const account = repository.get(id);
      if (!account || account.needsReauth || account.network === 'practice') return;
      repository.setNeedsReauth(id, true);
      sessions.drop(id);
      services.activity.add({ accountId: id, level: 'error', code, params: { username: account.username } }, true);
      bus.emit('accounts.changed', { accountIds: [id] });
    },
    addPractice: () => addPractice(),
    stop: () => flows.closeAll(),
  };
  return {
    handlers: {
      'accounts.list': () => repository.list().map(view),
      'accounts.addPractice': ({ another }) => addPractice(another),
      async 'accounts.testKeys'({ accountId }) {
        const account = need(accountId);
        const outcome = await (await sessions.get(accountId)).session.me();
        if (!outcome.ok) {
          if (outcome.failure.kind === 'reauth') service.needsReauth(accountId);
          throw appErrorOf(outcome.failure);
        }
        const { username, name, maxWeighted } = outcome.value;
        if (repository.get(accountId) === null) throw new AppError('not_found', { what: 'account' });
        repository.refresh(accountId, { username, name, avatarUrl: account.avatarUrl, auth: account.auth, maxWeighted });
        bus.emit('accounts.changed', { accountIds: [accountId] });
        return view(need(accountId));
      },
      'accounts.connectOAuth1': (keys) => prove({ auth: 'oauth1', ...keys }),
      'accounts.oauth2Start': async ({ clientId, clientSecret }) => {
        services.vault.seal('check', 'check');
        const flow = await flows.start(ports.apiOrigin, { clientId, clientSecret: clientSecret ? clientSecret : null });
        return { flowId: flow.id, authorizeUrl: flow.authorizeUrl, redirectUri: flow.redirectUri, expiresAt: flow.expiresAt };
      },
      'accounts.oauth2Paste': async ({ flowId, url }) => {
        const account = await finishGrant(flows.redeem(flowId, url));
        bus.emit('oauth2.finished', { flowId, account, errorCode: null });
        return account;
      },
      'accounts.oauth2Cancel': ({ flowId }) => ({ cancelled: flows.close(flowId) }),
      'accounts.redirectUris': () => REDIRECT_URIS,
      'accounts.update': (input) => {
        const account = need(input.accountId);
        const next: StoredAccount = { ...account, role: input.role ?? account.role, policy: input.policy ?? account.policy, via: input.via ?? account.via, capUsd: input.capUsd === undefined ? account.capUsd : input.capUsd, urlRules: input.urlRules ?? account.urlRules, style: input.style ?? account.style, tagging: input.tagging ?? account.tagging };
        repository.update(next);
        // More money may let columns and held posts go on.
        if (next.capUsd !== account.capUsd) services.onCapChanged(next.id);
        bus.emit('accounts.changed', { accountIds: [next.id] });
        bus.emit('plan.changed', { accountId: next.id });
        return view(next);
      },
      'accounts.remove': ({ accountId }) => {
        const account = need(accountId);
        sessions.drop(accountId);
        services.onRemoved(accountId);
        const result = repository.remove(accountId, account.origin, ports.clock.now());
        services.activity.add({ accountId: null, level: 'info', code: 'account_removed', params: { username: account.username } }, false);
        bus.emit('accounts.changed', { accountIds: [accountId] });
        bus.emit('columns.changed', {});
        return result;
      },
    },
    service,
  };
}
