import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../shared/contract/errors.ts';
import { type Db, defineStatements } from '../db/db.ts';
import type { Log, SecretStore } from '../ports.ts';

export type Backend = 'keychain' | 'passphrase' | 'session' | 'none';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** 64 MiB and about a tenth of a second: OWASP's scrypt advice for a passphrase typed by hand. */
const SCRYPT = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };
const CHECK_TEXT = 'parrilla-passphrase-check';

const q = defineStatements('vault', {
  get: "SELECT value FROM settings WHERE key = 'secrets'",
  forget: "DELETE FROM settings WHERE key = 'secrets'",
  forgetTokens: 'DELETE FROM account_tokens',
  put: "INSERT INTO settings (key, value) VALUES ('secrets', :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
});
/** What the profile remembers of how its key is kept: never the key. */
const noteSchema = z.discriminatedUnion('backend', [
  z.object({ backend: z.literal('keychain'), name: z.string() }),
  z.object({ backend: z.literal('passphrase'), salt: z.string(), nonce: z.string(), check: z.string() }),
]);
type Note = z.infer<typeof noteSchema>;

/** Keeps tokens readable only with the profile's key (ARCHITECTURE §5). Never falls back to plain text. */
export class TokenVault {
  private key: Buffer | null = null;
  private backend: Backend = 'none';
  private keychainAvailable = false;
  private readonly db: Db;
  private readonly store: SecretStore;
  private readonly log: Log;
  constructor(db: Db, store: SecretStore, log: Log) {
    this.db = db;
    this.store = store;
    this.log = log;
  }

  /** At start: opens the keychain's key where there is one; makes one on first use where a keychain works. */
  async unlockFromKeychain(): Promise<void> {
    const note = this.note();
    if (note?.backend === 'passphrase') {
      this.backend = 'passphrase';
      return;
    }
    // Its key is in the keychain: until that opens the profile is locked, not without keys.
    if (note) this.backend = 'keychain';
    try {
      this.keychainAvailable = await this.store.available();
      if (!this.keychainAvailable) return;
      const name = note?.name ?? randomBytes(12).toString('hex');
      const found = await this.store.get(name);
      if (found) {
        this.key = Buffer.from(found, 'base64');
      } else if (note) {
        // The note says a key exists but the keychain no longer has it: tokens cannot be read, accounts ask anew.
        this.log.warn('the keychain no longer holds this profile\'s key');
        this.key = randomBytes(KEY_BYTES);
        await this.store.set(name, this.key.toString('base64'));
      } else {
        const made = randomBytes(KEY_BYTES);
        await this.store.set(name, made.toString('base64'));
        // Where another way was chosen while the keychain was asked, that one stands.
        this.still(note);
        this.writeNote({ backend: 'keychain', name });
        this.key = made;
      }
      this.backend = 'keychain';
    } catch (cause) {
      this.keychainAvailable = false;
      this.log.warn('no usable keychain', { cause: cause instanceof Error ? cause.message : String(cause) });
    }
  }

  status(): { backend: Backend; locked: boolean; keychainAvailable: boolean } {
    return { backend: this.backend, locked: this.key === null, keychainAvailable: this.keychainAvailable };
  }

  /** Sets a passphrase for a profile that has none, or unlocks one that has. Throws AppError `wrong_passphrase`. */
  async usePassphrase(passphrase: string): Promise<void> {
    const note = this.note();
    if (note?.backend === 'passphrase') {
      const key = await derive(passphrase, Buffer.from(note.salt, 'base64'));
      this.still(note);
      try {
        decrypt(key, Buffer.from(note.nonce, 'base64'), Buffer.from(note.check, 'base64'), CHECK_TEXT);
      } catch (cause) {
        throw new AppError('wrong_passphrase', {}, { cause });
      }
      this.key = key;
      this.backend = 'passphrase';
      return;
    }
    if (this.backend === 'keychain' && this.key !== null) throw new AppError('conflict', { backend: 'keychain' });
    const salt = randomBytes(16);
    const key = await derive(passphrase, salt);
    this.still(note);
    const { nonce, cipher } = encrypt(key, CHECK_TEXT, CHECK_TEXT);
    this.writeNote({ backend: 'passphrase', salt: salt.toString('base64'), nonce: nonce.toString('base64'), check: cipher.toString('base64') });
    this.key = key;
    this.backend = 'passphrase';
  }

  /** Asks the keychain once more. Throws AppError `keychain_locked` while it stays shut. */
  async tryKeychain(): Promise<void> {
    if (this.key === null) await this.unlockFromKeychain();
    if (this.key === null) throw new AppError('keychain_locked');
  }
  /** A key that lives only as long as this process: tokens must be given again at the next start. Throws AppError `conflict` where the profile has a key that opens them. */
  useSession(): void {
    if (this.backend === 'keychain' && this.key !== null) throw new AppError('conflict', { backend: 'keychain' });
    // What was sealed with the passphrase would be asked for anew, and what is sealed now could not be opened at the next start.
    if (this.note()?.backend === 'passphrase') throw new AppError('conflict', { backend: 'passphrase' });
    this.key ??= randomBytes(KEY_BYTES);
    this.backend = 'session';
  }

  /** The passphrase is lost: what it sealed can never be read, and goes; the keychain is asked, else the user chooses anew. Throws AppError `conflict` for a profile without one. */
  async forget(): Promise<void> {
    if (this.note()?.backend !== 'passphrase') throw new AppError('conflict', { backend: this.backend });
    this.db.tx(() => {
      this.db.run(q.forgetTokens);
      this.db.run(q.forget);
    });
    this.key = null;
    this.backend = 'none';
    await this.unlockFromKeychain();
  }

  /** Throws AppError `secrets_locked` or `secrets_unavailable`. */
  seal(accountId: string, plaintext: string): { nonce: Buffer; cipher: Buffer } {
    return encrypt(this.need(), plaintext, accountId);
  }
  /** Throws AppError `secrets_locked`, `secrets_unavailable`, or `secrets_unavailable` with `account` when the row was sealed with another key. */
  open(accountId: string, nonce: Buffer, cipher: Buffer): string {
    const key = this.need();
    try {
      return decrypt(key, nonce, cipher, accountId);
    } catch (cause) {
      throw new AppError('secrets_unavailable', { account: accountId }, { cause });
    }
  }

  private need(): Buffer {
    if (this.key) return this.key;
    throw new AppError(this.backend === 'none' ? 'secrets_unavailable' : 'secrets_locked');
  }
  private note(): Note | null {
    const row = this.db.get(q.get);
    if (!row) return null;
    const parsed = noteSchema.safeParse(JSON.parse(String(row['value'])));
    return parsed.success ? parsed.data : null;
  }
  /** Another way of keeping the key was chosen while this one was worked out: nothing is done. Throws AppError `conflict`. */
  private still(note: Note | null): void {
    if (JSON.stringify(this.note()) !== JSON.stringify(note)) throw new AppError('conflict', { backend: this.backend });
  }
  private writeNote(note: Note): void {
    this.db.run(q.put, { value: JSON.stringify(note) });
  }
}

function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES, SCRYPT, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
function encrypt(key: Buffer, plaintext: string, aad: string): { nonce: Buffer; cipher: Buffer } {
  const nonce = randomBytes(NONCE_BYTES);
  const aes = createCipheriv('aes-256-gcm', key, nonce);
  aes.setAAD(Buffer.from(aad));
  const body = Buffer.concat([aes.update(plaintext, 'utf8'), aes.final()]);
  return { nonce, cipher: Buffer.concat([body, aes.getAuthTag()]) };
}
function decrypt(key: Buffer, nonce: Buffer, cipher: Buffer, aad: string): string {
  const aes = createDecipheriv('aes-256-gcm', key, nonce);
  aes.setAAD(Buffer.from(aad));
  aes.setAuthTag(cipher.subarray(cipher.length - TAG_BYTES));
  return Buffer.concat([aes.update(cipher.subarray(0, cipher.length - TAG_BYTES)), aes.final()]).toString('utf8');
}
