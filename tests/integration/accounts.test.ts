import { afterEach, describe, expect, it } from 'vitest';
import { startCore, type TestCore, until } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { keepingLog, memorySecrets } from '../support/memoryPorts.ts';

let core: TestCore | null = null;
afterEach(async () => {
  await core?.stop();
  core = null;
});
interface Given {
  oauth1: { appKey: string; appSecret: string; accessToken: string; accessSecret: string };
}
const keysFor = async (found: TestCore, index = 0): Promise<Given['oauth1']> => (await found.control<Given[]>('GET', 'accounts'))[index]!.oauth1;

describe('a real account, over --x-api', () => {
  it('connects by the four OAuth 1 strings, fills its columns, posts, and survives a restart', async () => {
    const log = keepingLog();
    const secrets = memorySecrets();
    core = await startCore({ apiOrigin: 'sandbox', log, secrets });
    const keys = await keysFor(core);
    await expect(core.call('accounts.connectOAuth1', { ...keys, accessSecret: 'not-it' })).rejects.toMatchObject({ data: { code: 'credentials_wrong' } });
    expect(await core.call('accounts.list', {})).toEqual([]);
    const account = await core.call('accounts.connectOAuth1', keys);
    expect(account).toMatchObject({ network: 'x', username: 'CuentaClara', auth: 'oauth1', state: 'connected' });
    await until(async () => (await core!.call('columns.list', {})).every((column) => column.refreshedAt !== null));
    await core.restart();
    expect((await core.call('accounts.list', {}))[0]).toMatchObject({ state: 'connected' });
    const saved = await core.call('publications.save', { accountId: account.id, text: 'Tras reiniciar', tier: 'free', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    await core.call('publications.sendNow', { id: saved.publication.id });
    await until(async () => (await core!.call('publications.get', { id: saved.publication.id })).state === 'posted', 20_000);
    const month = await core.call('money.month', { accountId: account.id });
    expect(month.spentLow).toBeGreaterThan(0.015);
    expect(month.byEndpoint.map((each) => each.endpoint)).toContain('POST tweets');
    // Tokens are nowhere: not in events, not in the log, not in the database file.
    const { readFileSync, readdirSync } = await import('node:fs');
    const { join } = await import('node:path');
    const files = readdirSync(core.ports.paths.profile).filter((name) => name.startsWith('parrilla')).map((name) => readFileSync(join(core!.ports.paths.profile, name), 'latin1')).join();
    for (const secret of [keys.appSecret, keys.accessSecret, keys.accessToken]) {
      expect(JSON.stringify(core.events)).not.toContain(secret);
      expect(log.lines.join()).not.toContain(secret);
      expect(files).not.toContain(secret);
    }
  });
  it('keeps two accounts apart, and removes one with everything its token fetched', async () => {
    core = await startCore({ apiOrigin: 'sandbox' });
    const brand = await core.call('accounts.connectOAuth1', await keysFor(core, 0));
    const person = await core.call('accounts.connectOAuth1', await keysFor(core, 2));
    await until(async () => (await core!.call('columns.list', {})).every((column) => column.refreshedAt !== null));
    const draft = await core.call('publications.save', { accountId: person.id, text: 'Me quedo', tier: 'free', tierReason: null, media: [] });
    expect(draft.result).toBe('placed');
    const count = (): number => Number(core!.app.db.get('SELECT count(*) AS n FROM account_posts')?.['n']);
    const before = count();
    const gone = await core.call('accounts.remove', { accountId: person.id });
    expect(gone.keptDrafts).toBe(1);
    expect(count()).toBeLessThan(before);
    expect(core.app.db.get('SELECT count(*) AS n FROM account_tokens')).toEqual({ n: 1 });
    expect((await core.call('columns.list', {})).every((column) => column.accountId === brand.id)).toBe(true);
    await core.call('accounts.remove', { accountId: brand.id });
    for (const table of ['posts', 'users', 'account_posts', 'source_posts', 'sources', 'columns', 'account_tokens', 'ledger']) expect(core.app.db.get(`SELECT count(*) AS n FROM ${table}`), table).toEqual({ n: 0 });
    expect((await core.call('publications.list', {})).map((each) => each.text)).toEqual(['Me quedo']);
    // Connected again, its drafts are its own again.
    expect((await core.call('accounts.connectOAuth1', await keysFor(core, 2))).id).toBe(person.id);
    expect((await core.call('publications.list', { accountId: person.id })).map((each) => each.text)).toEqual(['Me quedo']);
  });
  it('connects by OAuth 2 through the loopback page, by pasting the address, and not by a stranger\'s', async () => {
    core = await startCore({ apiOrigin: 'sandbox' });
    const flow = await core.call('accounts.oauth2Start', { clientId: 'practice-client-id' });
    expect(flow.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:4871\d\/callback$/);
    const stranger = await fetch(`${flow.redirectUri}?state=wrong&code=x`);
    expect(stranger.status).toBe(400);
    const back = (await fetch(`${flow.authorizeUrl}&approve=1`, { redirect: 'manual' })).headers.get('location') ?? '';
    expect((await fetch(back)).status).toBe(200);
    await until(() => core!.events.find((event) => event.name === 'oauth2.finished'));
    expect((await core.call('accounts.list', {}))[0]).toMatchObject({ auth: 'oauth2', state: 'connected' });
    const second = await core.call('accounts.oauth2Start', { clientId: 'practice-client-id' });
    const address = (await fetch(`${second.authorizeUrl}&approve=1&as=ClaraNogueira_f`, { redirect: 'manual' })).headers.get('location') ?? '';
    await expect(core.call('accounts.oauth2Paste', { flowId: second.flowId, url: 'rubbish' })).rejects.toMatchObject({ data: { code: 'bad_input' } });
    expect(await core.call('accounts.oauth2Paste', { flowId: second.flowId, url: address })).toMatchObject({ username: 'ClaraNogueira_f' });
    await expect(core.call('accounts.oauth2Paste', { flowId: second.flowId, url: address })).rejects.toMatchObject({ data: { code: 'oauth_expired' } });
    const refused = await core.call('accounts.oauth2Start', { clientId: 'c' });
    const denied = (await fetch(`${refused.authorizeUrl}&deny=1`, { redirect: 'manual' })).headers.get('location') ?? '';
    await expect(core.call('accounts.oauth2Paste', { flowId: refused.flowId, url: denied })).rejects.toMatchObject({ data: { code: 'oauth_denied' } });
  });
  it('renews its tokens once when they run out, keeps the new pair over a restart, and asks when X refuses it', async () => {
    const clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
    core = await startCore({ apiOrigin: 'sandbox', clock });
    const flow = await core.call('accounts.oauth2Start', { clientId: 'practice-client-id' });
    const back = (await fetch(`${flow.authorizeUrl}&approve=1`, { redirect: 'manual' })).headers.get('location') ?? '';
    await core.call('accounts.oauth2Paste', { flowId: flow.flowId, url: back });
    const readAt = async (since: number): Promise<boolean> => {
      await clock.advance(5000);
      return (await core!.call('columns.list', {})).every((column) => (column.refreshedAt ?? 0) >= since && column.error === null);
    };
    await until(() => readAt(0));
    for (const round of [1, 2]) {
      await clock.advance(2 * 3_600_000 + round);
      const since = clock.now();
      await until(() => readAt(since), 20_000);
      await core.restart();
    }
    expect((await core.call('accounts.list', {}))[0]?.state).toBe('connected');
    // The chain is ended elsewhere: the account asks to be connected anew, once, and nothing of it is lost.
    core.sandbox.world.tokens = {};
    await until(async () => {
      await clock.advance(30_000);
      return (await core!.call('accounts.list', {}))[0]?.state === 'needs_reauth';
    }, 20_000);
    expect(core.events.filter((event) => event.name === 'notice.raised' && (event.payload as { code: string }).code === 'reauth_needed')).toHaveLength(1);
    expect((await core.call('columns.list', {})).length).toBe(4);
    const again = await core.call('accounts.oauth2Start', { clientId: 'practice-client-id' });
    await core.call('accounts.oauth2Paste', { flowId: again.flowId, url: (await fetch(`${again.authorizeUrl}&approve=1`, { redirect: 'manual' })).headers.get('location') ?? '' });
    expect(await core.call('accounts.list', {})).toMatchObject([{ state: 'connected' }]);
    const renewed = clock.now();
    await until(() => readAt(renewed), 20_000);
  });
  it('keeps no key where there is no keychain until the user chose how', async () => {
    const secrets = { ...memorySecrets(), available: () => Promise.resolve(false) };
    core = await startCore({ apiOrigin: 'sandbox', secrets });
    const keys = await keysFor(core);
    await expect(core.call('accounts.connectOAuth1', keys)).rejects.toMatchObject({ data: { code: 'secrets_unavailable' } });
    await core.call('secrets.unlock', { how: 'passphrase', passphrase: 'correcta y larga' });
    await core.call('accounts.connectOAuth1', keys);
    await core.restart();
    expect((await core.call('accounts.list', {}))[0]?.state).toBe('locked');
    await expect(core.call('secrets.unlock', { how: 'passphrase', passphrase: 'otra cualquiera' })).rejects.toMatchObject({ data: { code: 'wrong_passphrase' } });
    await core.call('secrets.unlock', { how: 'passphrase', passphrase: 'correcta y larga' });
    expect((await core.call('accounts.list', {}))[0]?.state).toBe('connected');
  });
  it('never uses an account of another server', async () => {
    core = await startCore({ apiOrigin: 'sandbox' });
    await core.call('accounts.connectOAuth1', await keysFor(core));
    await core.app.stop();
    const { createApp } = await import('../../src/main/core/app.ts');
    core.app = await createApp({ ...core.ports, apiOrigin: 'https://api.x.com' });
    await core.app.start();
    const before = (await core.control<unknown[]>('GET', 'requests')).length;
    expect((await core.call('accounts.list', {}))[0]?.state).toBe('other_origin');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await core.control<unknown[]>('GET', 'requests')).length).toBe(before);
  });
});

describe('columns', () => {
  it('mark what was not read, fill it on demand, and open with no network', async () => {
    core = await startCore();
    const account = await core.call('accounts.addPractice', {});
    await until(async () => (await core!.call('columns.list', {})).every((column) => column.refreshedAt !== null));
    const home = (await core.call('columns.list', {})).find((column) => column.source.kind === 'home')!;
    await core.control('POST', 'post', { username: 'raul_pyme', text: 'Ráfaga', times: 130 });
    await core.call('columns.refresh', { columnId: home.id });
    const rows = async () => (await core!.call('columns.page', { columnId: home.id, limit: 200 })).rows;
    const gap = await until(async () => (await rows()).find((row) => row.row === 'gap'), 15_000);
    if (gap.row !== 'gap') throw new Error('no gap');
    const filled = await core.call('columns.fillGap', { columnId: home.id, gapId: gap.gapId });
    expect(filled).toEqual({ loaded: 80, remaining: false });
    expect((await rows()).some((row) => row.row === 'gap')).toBe(false);
    expect((await rows()).filter((row) => row.row === 'post' && row.post.text.startsWith('Ráfaga')).length).toBe(130);
    const column = (await core.call('columns.list', {})).find((each) => each.id === home.id)!;
    expect(column.unread).toBe(130);
    const { undoId } = await core.call('columns.remove', { columnId: home.id });
    expect(await core.call('columns.list', {})).toHaveLength(3);
    await core.call('undo.apply', { undoId });
    expect((await core.call('columns.list', {}))[0]?.id).toBe(home.id);
    const search = await core.call('columns.add', { accountId: account.id, source: { kind: 'search', query: 'ráfaga' } });
    await until(async () => (await core!.call('columns.page', { columnId: search.id, limit: 5 })).rows.length === 5);
    await core.sandbox.close();
    expect((await rows()).length).toBeGreaterThan(100);
    await core.call('columns.refresh', { columnId: home.id });
    const failed = await until(async () => (await core!.call('columns.list', {})).find((each) => each.id === home.id && each.error !== null));
    expect(failed.error?.code).toMatch(/network_offline|practice_unavailable/);
  });
  it('serves pictures from its own cache only, and takes media by what they are', async () => {
    core = await startCore();
    await core.call('accounts.addPractice', {});
    const found = await until(async () => (await core!.call('accounts.list', {}))[0]);
    const side = (method: string, path: string, body: Uint8Array = new Uint8Array(), headers: Record<string, string> = {}) =>
      core!.app.sidePath.handle({ method, path, headers, body: (async function* () { await Promise.resolve(); yield body; })() });
    const avatar = await side('GET', found.avatar ?? '');
    expect(avatar).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } });
    expect((await side('GET', '/img/0000000000000000000000000000000000000000')).status).toBe(404);
    expect((await side('GET', '/img/../parrilla.db')).status).toBe(404);
    const png = avatar.body as Uint8Array;
    const kept = await side('POST', '/media', png, { 'content-type': 'image/png' });
    expect(JSON.parse(String(kept.body))).toMatchObject({ mime: 'image/png', width: 96 });
    for (const [bytes, type, code] of [[png, 'image/jpeg', 'media_mismatch'], [Buffer.from('<svg/>'), 'image/png', 'media_mismatch'], [Buffer.from('hola'), 'text/plain', 'media_unsupported'], [new Uint8Array(16 * 1024 * 1024), 'image/png', 'media_too_large']] as const) {
      expect(JSON.parse(String((await side('POST', '/media', bytes, { 'content-type': type })).body))).toMatchObject({ code });
    }
  });
});
