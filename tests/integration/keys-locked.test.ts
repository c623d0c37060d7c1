import { afterEach, describe, expect, it } from 'vitest';
import { keysOf } from '../../src/sandbox/oauth1.ts';
import type { Account } from '../../src/shared/contract/accounts.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { type Cable, startCable } from '../support/cable.ts';
import { startCore, type TestCore, until } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { memorySecrets } from '../support/memoryPorts.ts';
import { readAll, settle } from '../support/reading.ts';

const MINUTE = 60_000;
const PASSPHRASE = 'correcta y larga';
let core: TestCore;
let cable: Cable;
let clock: ManualClock;
let account: Account;
afterEach(async () => {
  await core.stop();
  await cable.close();
});
/** Core with an account of X whose keys the keychain or a passphrase keeps. */
async function begin(keychain: { there: boolean }): Promise<void> {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
  const secrets = { ...memorySecrets(), available: () => Promise.resolve(keychain.there) };
  core = await startCore({ clock, secrets, apiOrigin: 'cable', cable: async (url) => (cable = await startCable(url)) });
  if (!keychain.there) await core.call('secrets.unlock', { how: 'passphrase', passphrase: PASSPHRASE });
  account = await core.call('accounts.connectOAuth1', keysOf(core.sandbox.world.users[0]!, core.sandbox.world.seed));
  await readAll(core);
}
async function schedule(text: string, inMs: number): Promise<string> {
  const saved = await core.call('publications.save', { accountId: account.id, text, tier: 'free', tierReason: null, media: [] });
  if (saved.result !== 'placed') throw new Error('refused');
  await core.call('publications.place', { id: saved.publication.id, at: { wall: instantToWall(clock.now() + inMs, account.zone) } });
  return saved.publication.id;
}
const later = async (ms: number): Promise<void> => {
  await clock.advance(ms);
  await settle(core);
};
const created = async (text: string): Promise<number> => (await core.control<{ text: string }[]>('GET', 'created')).filter((each) => each.text === text).length;
const errors = async (): Promise<(string | null)[]> => (await core.call('columns.list', {})).filter((column) => column.source.kind !== 'scheduled').map((column) => column.error?.code ?? null);

describe('while the keys are locked', () => {
  it('what is due and what waits says so and names no time; unlocked, each goes once and nothing says that it was offline', async () => {
    await begin({ there: false });
    const own = await core.control<{ id: string }>('POST', 'post', { username: account.username, text: 'Una que sobra' });
    await readAll(core);
    const id = await schedule('La de las nueve y dos', 2 * MINUTE);
    await core.restart();
    const { entry } = await core.call('outbox.put', { accountId: account.id, action: 'deletePost', postId: own.id });
    await until(async () => {
      await later(10_000);
      return (await core.call('publications.get', { id })).state === 'held' && (await core.call('outbox.list', { limit: 10 }))[0]?.reason !== null;
    });
    expect(await core.call('publications.get', { id })).toMatchObject({ heldReason: 'auth', reason: { code: 'keys_locked' } });
    expect((await core.call('outbox.list', { limit: 10 }))[0]).toMatchObject({ id: entry.id, state: 'waiting', tries: 0, reason: { code: 'keys_locked' }, nextTryAt: null });
    expect(await core.call('sync.status', {})).toMatchObject({ offlineSince: null, nextTryAt: null });
    expect(new Set(await errors())).toEqual(new Set(['secrets_locked']));
    expect((await core.call('accounts.list', {}))[0]?.state).toBe('locked');
    expect(await created('La de las nueve y dos')).toBe(0);
    await core.call('secrets.unlock', { how: 'passphrase', passphrase: PASSPHRASE });
    // Said at once, before anything was read.
    expect(new Set(await errors())).toEqual(new Set([null]));
    await until(async () => {
      await later(5000);
      return (await core.call('publications.get', { id })).state === 'posted' && (await core.call('outbox.list', { limit: 10 })).every((each) => each.state === 'done');
    });
    expect(await created('La de las nueve y dos')).toBe(1);
    expect((await core.control<{ method: string; path: string }[]>('GET', 'requests')).filter((each) => each.method === 'DELETE' && each.path.includes(own.id))).toHaveLength(1);
    expect(await core.call('sync.status', {})).toMatchObject({ offlineSince: null });
  });

  it('unlocked with no network, the time without it begins then', async () => {
    await begin({ there: false });
    await core.restart();
    await until(async () => {
      await later(10_000);
      return (await errors()).every((each) => each === 'secrets_locked');
    });
    await later(30 * MINUTE);
    cable.cut();
    const at = clock.now();
    await core.call('secrets.unlock', { how: 'passphrase', passphrase: PASSPHRASE });
    await until(async () => {
      await later(1000);
      return (await core.call('sync.status', {})).offlineSince;
    });
    expect((await core.call('sync.status', {})).offlineSince).toBeGreaterThanOrEqual(at);
    for (const column of await core.call('columns.list', {})) if (column.error) expect(column.error.since).toBeGreaterThanOrEqual(at);
    cable.mend();
  });

  it('in a keychain that is shut, they are not lost: it is asked again, and nobody has to sign in anew', async () => {
    const keychain = { there: true };
    await begin(keychain);
    await core.restart(() => { keychain.there = false; });
    expect(await core.call('secrets.status', {})).toEqual({ backend: 'keychain', locked: true, keychainAvailable: false });
    expect((await core.call('accounts.list', {}))[0]?.state).toBe('locked');
    await expect(core.call('secrets.unlock', { how: 'keychain' })).rejects.toMatchObject({ data: { code: 'keychain_locked' } });
    keychain.there = true;
    expect(await core.call('secrets.unlock', { how: 'keychain' })).toEqual({ backend: 'keychain' });
    expect((await core.call('accounts.list', {}))[0]?.state).toBe('connected');
    await readAll(core);
    expect(new Set(await errors())).toEqual(new Set([null]));
  });

  it('in a keychain that is gone for good, another way to keep them can be chosen', async () => {
    const keychain = { there: true };
    await begin(keychain);
    await core.restart(() => { keychain.there = false; });
    expect(await core.call('secrets.unlock', { how: 'passphrase', passphrase: PASSPHRASE })).toEqual({ backend: 'passphrase' });
    // Sealed with a key that is gone: the account asks to be connected, and the rest of the profile is there.
    await core.call('accounts.connectOAuth1', keysOf(core.sandbox.world.users[0]!, core.sandbox.world.seed));
    expect(await core.call('accounts.list', {})).toMatchObject([{ id: account.id, state: 'connected' }]);
  });
});

describe('a passphrase that is lost', () => {
  it('is forgotten with what it sealed: nothing else goes, the account signs in again, and what was held goes out once', async () => {
    await begin({ there: false });
    const id = await schedule('La de después', 3 * 60 * MINUTE);
    const before = (await core.call('columns.list', {})).length;
    await core.restart();
    await expect(core.call('secrets.unlock', { how: 'session' })).rejects.toMatchObject({ data: { code: 'conflict' } });
    await expect(core.call('secrets.unlock', { how: 'passphrase', passphrase: 'otra cosa larga' })).rejects.toMatchObject({ data: { code: 'wrong_passphrase' } });
    expect(await core.call('secrets.unlock', { how: 'forget' })).toEqual({ backend: 'none' });
    expect(await core.call('secrets.status', {})).toMatchObject({ backend: 'none', locked: true });
    expect(core.app.db.all('SELECT account_id FROM account_tokens')).toEqual([]);
    expect((await core.call('accounts.list', {}))[0]?.state).toBe('needs_reauth');
    expect(await core.call('columns.list', {})).toHaveLength(before);
    // A new one, twice as good, and in again.
    await core.call('secrets.unlock', { how: 'passphrase', passphrase: 'nueva y larga' });
    const again = await core.call('accounts.connectOAuth1', keysOf(core.sandbox.world.users[0]!, core.sandbox.world.seed));
    expect([again.id, again.state]).toEqual([account.id, 'connected']);
    clock.jumpWall(3 * 60 * MINUTE - MINUTE);
    await until(async () => {
      await later(10_000);
      return (await core.call('publications.get', { id })).state === 'posted';
    });
    expect(await created('La de después')).toBe(1);
    await core.restart();
    expect(await core.call('secrets.status', {})).toMatchObject({ backend: 'passphrase', locked: true });
    await core.call('secrets.unlock', { how: 'passphrase', passphrase: 'nueva y larga' });
  });
  it('is none to forget where the keychain keeps the key', async () => {
    await begin({ there: true });
    await expect(core.call('secrets.unlock', { how: 'forget' })).rejects.toMatchObject({ data: { code: 'conflict' } });
    expect((await core.call('accounts.list', {}))[0]?.state).toBe('connected');
  });
});
