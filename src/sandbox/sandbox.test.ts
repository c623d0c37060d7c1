import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keysOf, type Keys } from './oauth1.ts';
import { type Sandbox, startSandbox } from './server.ts';
import { ALL_FIELDS as FIELDS, type Answer, controlled, signed } from './testClient.ts';

describe('the sandbox network', () => {
  let sandbox: Sandbox;
  let keys: Keys;
  let me: string;
  const call = (method: string, path: string, body?: unknown): Promise<Answer> => signed(sandbox.url, keys, method, path, body);
  const control = (method: string, path: string, body?: unknown): Promise<unknown> => controlled(sandbox.url, method, path, body);
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, pace: 0, seed: 7 });
    const brand = sandbox.world.users[0]!;
    keys = keysOf(brand, 7);
    me = brand.id;
  });
  afterAll(() => sandbox.close());

  it('knows its own by OAuth 1 and nobody else', async () => {
    expect((await call('GET', '/2/users/me')).body['data']).toMatchObject({ id: me, username: 'CuentaClara' });
    expect((await signed(sandbox.url, { ...keys, accessSecret: 'wrong' }, 'GET', '/2/users/me')).status).toBe(401);
    expect((await fetch(`${sandbox.url}/2/users/me`)).status).toBe(401);
    expect((await fetch(`${sandbox.url}/__sandbox/state`)).status).toBe(403);
  });
  it('has a world to read, with true counters and escaped text', async () => {
    const home = await call('GET', `/2/users/${me}/timelines/reverse_chronological?max_results=100&${FIELDS}`);
    expect(home.body['data'].length).toBe(100);
    expect(home.body['meta'].next_token).toBeTruthy();
    expect(Number(home.headers.get('x-rate-limit-remaining'))).toBe(Number(home.headers.get('x-rate-limit-limit')) - 1);
    expect((await call('GET', `/2/users/${me}/mentions?max_results=100`)).body['data'].length).toBeGreaterThan(20);
    await control('POST', 'post', { username: 'raul_pyme', text: '😀 <b> & https://example.org/x #tag @CuentaClara' });
    const newest = (await call('GET', `/2/users/${me}/mentions?max_results=5&${FIELDS}`)).body['data'][0];
    expect(newest.text).toMatch(/^😀 &lt;b&gt; &amp; https:\/\/t\.co/);
    const tag = newest.entities.hashtags[0];
    expect([...newest.text].slice(tag.start, tag.end).join('')).toBe('#tag');
  });
  it('pages by since_id, until_id and tokens', async () => {
    const first = (await call('GET', `/2/users/${me}/tweets?max_results=5`)).body;
    const second = (await call('GET', `/2/users/${me}/tweets?max_results=5&pagination_token=${first['meta'].next_token}`)).body;
    expect(BigInt(second['data'][0].id) < BigInt(first['data'][4].id)).toBe(true);
    expect((await call('GET', `/2/users/${me}/tweets?max_results=5&since_id=${first['data'][2].id}`)).body['data'].map((post: { id: string }) => post.id)).toEqual(first['data'].slice(0, 2).map((post: { id: string }) => post.id));
    expect((await call('GET', `/2/users/${me}/tweets?max_results=5&since_id=${first['data'][0].id}`)).body).toEqual({ meta: { result_count: 0 } });
  });
  it('searches', async () => {
    await control('POST', 'post', { username: 'vera_vat', text: 'Camión de facturas con Cuenta Clara' });
    const found = (await call('GET', `/2/tweets/search/recent?query=${encodeURIComponent('"cuenta clara" camion -from:CuentaClara')}&max_results=10`)).body;
    expect(found['data'].length).toBe(1);
    await control('POST', 'post', { username: 'vera_vat', text: 'Se archiva la relativa y se privatiza. #Zafiro & (rubí)' });
    const many = async (query: string): Promise<number> => (await call('GET', `/2/tweets/search/recent?query=${encodeURIComponent(query)}&max_results=100`)).body['meta'].result_count as number;
    expect(await many('archiv')).toBe(0);
    expect(await many('zafiro rubi')).toBe(1);
    expect(await many('#zafiro (rubí OR esmeralda) -is:retweet')).toBe(1);
    expect(await many('zafiro -(rubí OR esmeralda)')).toBe(0);
    expect(await many('zafiro esmeralda OR rubí')).toBe(1);
    expect(await many('from:vera_vat zafiro lang:en')).toBe(1);
    expect(await many('has:media lang:es')).toBeGreaterThan(3);
    expect(await many('min_likes:40')).toBeLessThan(await many('min_likes:1'));
    for (const wrong of ['min_faves:3', '(abierto', 'OR', 'is:nothing', 'uno )']) expect((await call('GET', `/2/tweets/search/recent?query=${encodeURIComponent(wrong)}`)).status, wrong).toBe(400);
  });
  it('creates once, refuses the duplicate, the long, the quote, the like and the stranger\'s reply', async () => {
    const made = await call('POST', '/2/tweets', { text: 'Una sola vez' });
    expect(made.status).toBe(201);
    const twice = await call('POST', '/2/tweets', { text: 'Una sola vez' });
    expect([twice.status, twice.body['detail']]).toEqual([403, 'You are not allowed to create a Tweet with duplicate content.']);
    expect((await call('POST', '/2/tweets', { text: 'x'.repeat(281) })).status).toBe(403);
    expect((await call('POST', '/2/tweets', { text: 'q', quote_tweet_id: made.body['data'].id })).status).toBe(403);
    expect((await call('POST', `/2/users/${me}/likes`, { tweet_id: '1' })).status).toBe(403);
    expect((await call('POST', '/2/tweets', { text: 'x', unknown: 1 })).status).toBe(400);
    const edited = await call('POST', '/2/tweets', { text: 'Una sola vez, mejor dicha', edit_options: { previous_post_id: made.body['data'].id } });
    expect(edited.body['data'].edit_history_tweet_ids).toEqual([made.body['data'].id, edited.body['data'].id]);
    expect((await call('GET', `/2/users/${me}/tweets?max_results=5`)).body['data'][0].id).toBe(edited.body['data'].id);
    const stranger = (await control('POST', 'post', { username: 'nora_nominas', text: 'Sin mencionar a nadie' })) as { id: string };
    const mention = (await control('POST', 'post', { username: 'nora_nominas', text: 'Hola @CuentaClara' })) as { id: string };
    expect((await call('POST', '/2/tweets', { text: 'hola', reply: { in_reply_to_tweet_id: stranger.id } })).status).toBe(403);
    expect((await call('POST', '/2/tweets', { text: 'hola', reply: { in_reply_to_tweet_id: mention.id } })).status).toBe(201);
    expect((await call('POST', `/2/users/${me}/retweets`, { tweet_id: stranger.id })).body['data']).toMatchObject({ retweeted: true });
    expect((await call('DELETE', `/2/tweets/${made.body['data'].id as string}`)).body['data']).toEqual({ deleted: true });
  });
  it('says inside 200 what is gone', async () => {
    const target = (await control('POST', 'post', { username: 'raul_pyme', text: 'Me borrarán' })) as { id: string };
    await control('POST', 'post', { username: 'vera_vat', text: 'Cito esto', quotedId: target.id });
    await control('POST', 'delete', { id: target.id });
    const home = (await call('GET', `/2/users/${me}/timelines/reverse_chronological?max_results=5&${FIELDS}`)).body;
    expect(home['errors'][0]).toMatchObject({ resource_id: target.id, title: 'Not Found Error' });
    expect((await call('GET', `/2/tweets/${target.id}`)).body).toMatchObject({ errors: [{ resource_id: target.id }] });
  });
  it('counts its limits, and refuses beyond them with the time of return', async () => {
    await control('POST', 'limits', { name: 'search', limit: 1 });
    const refused = await call('GET', '/2/tweets/search/recent?query=x');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('x-rate-limit-reset')) * 1000).toBeGreaterThan(Date.now());
    expect(refused.headers.get('x-rate-limit-remaining')).toBe('0');
    await control('POST', 'limits', { name: 'createDay', limit: 0 });
    const spent = await call('POST', '/2/tweets', { text: 'Mañana más' });
    expect([spent.status, spent.headers.get('x-app-limit-24hour-remaining'), Number(spent.headers.get('x-app-limit-24hour-reset')) * 1000 > Date.now() + 23 * 3_600_000]).toEqual([429, '0', true]);
    await control('POST', 'limits', { name: 'createDay', limit: 10_000 });
    expect((await call('POST', '/2/tweets', { text: 'Hoy todavía' })).status).toBe(201);
  });
  it('fails on demand, before and after accepting', async () => {
    const created = async (): Promise<number> => ((await control('GET', 'created')) as unknown[]).length;
    const before = await created();
    await control('POST', 'faults', { match: { method: 'POST' }, kind: 'resetBefore' });
    await expect(call('POST', '/2/tweets', { text: 'antes' })).rejects.toThrow();
    expect(await created()).toBe(before);
    for (const [index, kind] of ['resetAfter', 'cutBody', 'hangAfterAccept'].entries()) {
      await control('POST', 'faults', { match: { method: 'POST' }, kind, ms: 50 });
      await expect(call('POST', '/2/tweets', { text: `después ${kind}` })).rejects.toThrow();
      expect(await created()).toBe(before + 1 + index);
    }
    await control('POST', 'faults', { kind: 'statusAfterAccept', status: 503, match: { method: 'POST' } });
    expect((await call('POST', '/2/tweets', { text: 'cinco cero tres' })).status).toBe(503);
    expect(await created()).toBe(before + 4);
    for (const [kind, status] of [['rateLimit', 429], ['spendCap', 403], ['usageCap', 429], ['noCredits', 402], ['unauthorised', 401]] as const) {
      await control('POST', 'faults', { kind });
      expect((await call('GET', '/2/users/me')).status).toBe(status);
    }
    await control('POST', 'faults', { kind: 'delay', ms: 80 });
    const began = performance.now();
    await call('GET', '/2/users/me');
    expect(performance.now() - began).toBeGreaterThan(70);
  });
  it('does OAuth 2 with PKCE; a refresh token works once and its reuse ends the chain', async () => {
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({ response_type: 'code', client_id: 'c', redirect_uri: 'http://127.0.0.1:1/callback', state: 's', code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256', approve: '1' });
    const token = async (form: Record<string, string>): Promise<{ status: number; body: Record<string, string> }> => {
      const response = await fetch(`${sandbox.url}/2/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
      return { status: response.status, body: (await response.json()) as Record<string, string> };
    };
    const code = async (): Promise<string> => new URL((await fetch(`${sandbox.url}/i/oauth2/authorize?${query.toString()}`, { redirect: 'manual' })).headers.get('location') ?? '').searchParams.get('code') ?? '';
    const exchange = { grant_type: 'authorization_code', redirect_uri: 'http://127.0.0.1:1/callback', client_id: 'c' };
    expect((await token({ ...exchange, code: await code(), code_verifier: 'wrong' })).status).toBe(400);
    const first = await token({ ...exchange, code: await code(), code_verifier: verifier });
    const bearer = (access: string): Promise<Response> => fetch(`${sandbox.url}/2/users/me`, { headers: { authorization: `Bearer ${access}` } });
    expect((await bearer(first.body['access_token']!)).status).toBe(200);
    const second = await token({ grant_type: 'refresh_token', refresh_token: first.body['refresh_token']!, client_id: 'c' });
    expect(second.status).toBe(200);
    expect((await token({ grant_type: 'refresh_token', refresh_token: first.body['refresh_token']!, client_id: 'c' })).status).toBe(400);
    expect((await bearer(second.body['access_token']!)).status).toBe(401);
  });
});

describe('the sandbox as a program', () => {
  const running: ChildProcess[] = [];
  afterAll(() => {
    for (const child of running) child.kill('SIGKILL');
  });
  const start = (world: string): Promise<{ url: string; child: ChildProcess }> => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--port', '0', '--world', world, '--pace', '0'], { stdio: ['pipe', 'pipe', 'pipe'] });
    running.push(child);
    return new Promise((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (data: Buffer) => {
        output += data.toString();
        const url = /sandbox ready: (\S+)/.exec(output)?.[1];
        if (url) resolve({ url, child });
      });
      child.once('exit', (code) => reject(new Error(`ended with ${code ?? 'signal'}`)));
    });
  };
  const created = async (url: string): Promise<string[]> => ((await (await fetch(`${url}/__sandbox/created`, { headers: { 'x-sandbox-control': '1' } })).json()) as { text: string }[]).map((each) => each.text);

  it('keeps what it answered over SIGKILL, and sets a damaged world aside', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parrilla-sandbox-'));
    const world = join(folder, 'world.json');
    const first = await start(world);
    const accounts = (await (await fetch(`${first.url}/__sandbox/accounts`, { headers: { 'x-sandbox-control': '1' } })).json()) as { oauth1: Keys }[];
    expect((await signed(first.url, accounts[0]!.oauth1, 'POST', '/2/tweets', { text: 'Sobrevive' })).status).toBe(201);
    first.child.kill('SIGKILL');
    const second = await start(world);
    expect(await created(second.url)).toEqual(['Sobrevive']);
    second.child.kill('SIGKILL');
    writeFileSync(world, readFileSync(world, 'utf8').slice(0, 500));
    const third = await start(world);
    expect(await created(third.url)).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toHaveLength(1);
    third.child.kill('SIGKILL');
    // A world of an older version is set aside as well, whole.
    writeFileSync(world, JSON.stringify({ ...(JSON.parse(readFileSync(world, 'utf8')) as object), version: 1 }));
    const fourth = await start(world);
    expect(await created(fourth.url)).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toHaveLength(2);
  });
});
