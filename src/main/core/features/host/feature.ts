import { PROTOCOL_VERSION } from '../../../../shared/contract/frames.ts';
import type { Capabilities, Settings } from '../../../../shared/contract/host.ts';
import type { CoreDeps, Handlers } from '../../feature.ts';
import type { TokenVault } from '../../secrets/vault.ts';
import { createLost } from './lost.ts';

type Methods = 'host.info' | 'host.lost' | 'host.lostRead' | 'host.openExternal' | 'secrets.status' | 'secrets.unlock' | 'undo.apply';

/** What the host can do, the keys' keeping place, and undo. */
export function hostHandlers(deps: CoreDeps, services: { vault: TokenVault; capabilities: () => Capabilities; settings: () => Settings; unlocked: () => void; /** Every token is gone. */ forgotten: () => void }): Pick<Handlers, Methods> {
  const { ports, bus, undo } = deps;
  const lost = createLost(deps);
  return {
    'host.info': () => ({
      version: ports.version, protocol: PROTOCOL_VERSION, bootId: deps.bootId, capabilities: services.capabilities(), apiOrigin: ports.apiOrigin, zone: ports.zone, systemLang: ports.systemLang,
    }),
    'host.lost': () => lost.get(),
    'host.lostRead': () => {
      lost.read();
      bus.emit('settings.changed', services.settings());
      return {};
    },
    'host.openExternal': async ({ url }) => ({ opened: await ports.shell.openExternal(url) }),
    'secrets.status': () => services.vault.status(),
    'secrets.unlock': async (input) => {
      if (input.how === 'passphrase') await services.vault.usePassphrase(input.passphrase);
      else if (input.how === 'keychain') await services.vault.tryKeychain();
      else if (input.how === 'forget') {
        await services.vault.forget();
        services.forgotten();
      } else services.vault.useSession();
      services.unlocked();
      bus.emit('accounts.changed', { accountIds: [] });
      return { backend: services.vault.status().backend };
    },
    'undo.apply': ({ undoId }) => ({ undone: undo.apply(undoId) }),
  };
}
