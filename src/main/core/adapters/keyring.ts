import type { SecretStore } from '../ports.ts';

const SERVICE = 'Parrilla';
const PROBE = 'probe';
/** A locked keychain may wait for a prompt that nobody sees: after this it counts as not there, ms. */
const LIMIT_MS = 8000;

function limited<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the keychain did not answer')), LIMIT_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

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
        await limited(entry(PROBE).setPassword('1'));
        await limited(entry(PROBE).deletePassword());
        return true;
      } catch {
        return false;
      }
    },
    get: async (name) => (await limited(entry(name).getPassword())) ?? null,
    set: async (name, value) => {
      await limited(entry(name).setPassword(value));
    },
    delete: async (name) => {
      await limited(entry(name).deletePassword());
    },
  };
}
