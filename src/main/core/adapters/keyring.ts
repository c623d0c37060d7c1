import type { SecretStore } from '../ports.ts';

const SERVICE = 'Parrilla';
const PROBE = 'probe';

/**
 * The operating system's keychain through @napi-rs/keyring. On Linux its store is pinned to the Secret Service:
 * the library's default falls back to a kernel keyring that is lost at reboot.
 */
export async function keyringStore(platform: NodeJS.Platform): Promise<SecretStore> {
  const keyring = await import('@napi-rs/keyring').catch(() => null);
  const entry = (name: string) => {
    if (!keyring) throw new Error('the keyring module could not be loaded');
    return new keyring.AsyncEntry(SERVICE, name, platform === 'linux' ? { linux: { store: 'secret-service' } } : null);
  };
  return {
    async available() {
      try {
        await entry(PROBE).setPassword('1');
        await entry(PROBE).deletePassword();
        return true;
      } catch {
        return false;
      }
    },
    get: async (name) => (await entry(name).getPassword()) ?? null,
    set: async (name, value) => {
      await entry(name).setPassword(value);
    },
    delete: async (name) => {
      await entry(name).deletePassword();
    },
  };
}
