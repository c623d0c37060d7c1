import { existsSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createXSession } from '../../src/main/core/network/x/session.ts';
import type { Credentials, MediaFile, NetworkSession, OutgoingPost } from '../../src/main/core/network/port.ts';
import { picturePng } from '../../src/sandbox/png.ts';
import { keysOf } from '../../src/sandbox/oauth1.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { controlled } from '../../src/sandbox/testClient.ts';
import { OpenApi } from '../../src/sandbox/testOpenApi.ts';
import { quietLog, systemClock } from './x-support.ts';

const FILE = process.env['X_OPENAPI_FILE'] ?? '';
interface Seen { method: string; url: URL; type: string; body: Uint8Array; authorization: string }

describe.runIf(existsSync(FILE))('requests of the X client', () => {
  const api = existsSync(FILE) ? new OpenApi(FILE) : null;
  let sandbox: Sandbox;
  let proxy: Server;
  let origin: string;
  let session: NetworkSession;
  let me: string;
  const seen: Seen[] = [];
  const used = new Set<string>();

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, pace: 0 });
    // Passes everything on as it came and keeps it.
    proxy = createServer((incoming, outgoing) => {
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
        const body = Buffer.concat(parts);
        seen.push({ method: incoming.method ?? '', url: new URL(incoming.url ?? '/', origin), type: incoming.headers['content-type'] ?? '', body, authorization: incoming.headers.authorization ?? '' });
        const onward = httpRequest(new URL(incoming.url ?? '/', sandbox.url), { method: incoming.method ?? 'GET', headers: incoming.headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        });
        onward.end(body);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', () => resolve()));
    origin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    me = sandbox.world.users[0]!.id;
    session = open({ auth: 'oauth1', ...keysOf(sandbox.world.users[0]!, 1) });
  });
  afterAll(async () => {
    proxy.close();
    proxy.closeAllConnections();
    await sandbox.close();
  });
  beforeEach(() => void seen.splice(0));

  const open = (credentials: Credentials): NetworkSession =>
    createXSession({ origin, credentials, maxWeighted: 280, clock: systemClock, log: quietLog, hooks: { saveCredentials: () => Promise.resolve(), onBucket() {}, onBilled() {} } });
  /** Every request since the last look fits the description; answers their operations. */
  function allFit(): string[] {
    const taken = seen.splice(0);
    for (const each of taken) {
      expect(api!.requestProblems(each.method, each.url, each.type, each.body), `${each.method} ${each.url.pathname}${each.url.search}`).toEqual([]);
      expect(each.authorization).toMatch(/^(OAuth|Bearer) /);
    }
    const names = taken.map((each) => api!.operationOf(each.method, each.url.pathname)?.name ?? '?');
    for (const name of names) used.add(name);
    return names;
  }
  const post = (text: string, more: Partial<OutgoingPost> = {}): OutgoingPost => ({ text, mediaIds: [], replyToId: null, poll: null, summoned: false, ...more });
  const file = (bytes: Uint8Array, mime: string, alt: string): MediaFile => ({ mime, bytes: bytes.length, alt, read: (from, to) => Promise.resolve(bytes.subarray(from, to)) });
  const value = <T>(outcome: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    return outcome.value;
  };

  it('who we are', async () => {
    expect(value(await session.me()).username).toBe('CuentaClara');
    expect(allFit()).toEqual(['GET /2/users/me']);
  });
  it('every source, at first, since, until, on and with sizes beyond what X takes', async () => {
    for (const source of [{ kind: 'home' }, { kind: 'mentions' }, { kind: 'own' }, { kind: 'search', query: '"cuenta clara" (IVA OR VAT) -is:retweet' }] as const) {
      const first = source.kind === 'search' ? value(await session.read({ source: { kind: 'search', query: 'IVA OR VAT OR factura' }, userId: me, limit: 10 })) : value(await session.read({ source, userId: me, limit: 10 }));
      expect(first.posts.length).toBeGreaterThan(3);
      for (const limit of [1, 500]) value(await session.read({ source, userId: me, limit }));
      value(await session.read({ source, userId: me, limit: 20, sinceId: first.posts.at(-1)!.id }));
      value(await session.read({ source, userId: me, limit: 20, untilId: first.posts[0]!.id, sinceId: first.posts.at(-1)!.id }));
      if (first.nextToken) value(await session.read({ source, userId: me, limit: 20, pageToken: first.nextToken }));
    }
    expect(new Set(allFit())).toEqual(new Set(['GET /2/users/{id}/timelines/reverse_chronological', 'GET /2/users/{id}/mentions', 'GET /2/users/{id}/tweets', 'GET /2/tweets/search/recent']));
  });
  it('posts of every kind, a repost, looking and deleting', async () => {
    const plain = value(await session.publish(post('Hola & «adiós» 😀 https://cuentaclara.example.com/articulos/a')));
    value(await session.publish(post('Sigue el hilo', { replyToId: plain.remoteId })));
    value(await session.publish(post('¿Qué os cuesta más?', { poll: { options: ['Los plazos', 'Las cuentas'], minutes: 1440 } })));
    const mention = (await controlled(sandbox.url, 'POST', 'post', { username: 'raul_pyme', text: '@CuentaClara ¿abrís?' })) as { id: string };
    value(await session.publish(post('Sí, a las nueve', { replyToId: mention.id, summoned: true })));
    expect(value(await session.repost(me, mention.id))).toEqual({ reposted: true });
    expect(value(await session.undoRepost(me, mention.id))).toEqual({ reposted: false });
    const answer = (await controlled(sandbox.url, 'POST', 'post', { username: 'raul_pyme', text: '@CuentaClara bah', replyToId: plain.remoteId })) as { id: string };
    expect(value(await session.hideReply(answer.id, true))).toEqual({ hidden: true });
    expect(value(await session.exists(plain.remoteId))).toBe(true);
    expect(value(await session.metrics([plain.remoteId, mention.id]))).toEqual({ posts: [plain.remoteId, mention.id].map((id) => ({ id, metrics: { reposts: expect.any(Number), replies: expect.any(Number), likes: expect.any(Number), quotes: expect.any(Number), views: expect.any(Number) } })), gone: [] });
    expect(value(await session.remove(plain.remoteId))).toEqual({ deleted: true });
    expect(value(await session.exists(plain.remoteId))).toBe(false);
    expect(value(await session.metrics([plain.remoteId, '12345']))).toEqual({ posts: [], gone: [plain.remoteId, '12345'] });
    expect(new Set(allFit())).toEqual(new Set(['POST /2/tweets', 'POST /2/users/{id}/retweets', 'DELETE /2/users/{id}/retweets/{source_tweet_id}', 'PUT /2/tweets/{tweet_id}/hidden', 'GET /2/tweets/{id}', 'GET /2/tweets', 'DELETE /2/tweets/{id}']));
  });
  it('pictures in one piece, GIF and video in several, alt text, and the post that bears them', async () => {
    const png = value(await session.upload(file(new Uint8Array(picturePng(1)), 'image/png', 'Barras')));
    const gif = value(await session.upload(file(new Uint8Array([...Buffer.from('GIF89a'), ...new Uint8Array(500)]), 'image/gif', 'Un gesto')));
    const video = value(await session.upload(file(new Uint8Array(5 * 1024 * 1024), 'video/mp4', 'Un vídeo')));
    for (const mediaId of [png.mediaId, gif.mediaId, video.mediaId]) value(await session.publish(post(`Con ${mediaId}`, { mediaIds: [mediaId] })));
    expect(new Set(allFit())).toEqual(new Set(['POST /2/media/upload', 'POST /2/media/metadata', 'POST /2/media/upload/initialize', 'POST /2/media/upload/{id}/append', 'POST /2/media/upload/{id}/finalize', 'GET /2/media/upload', 'POST /2/tweets']));
  });
  it('with OAuth 2 asks the same, and refreshes by a form', async () => {
    const user = sandbox.world.users[0]!;
    sandbox.world.tokens = { access: {}, refresh: { r1: { userId: user.id, clientId: 'c', chain: 'x', used: false } } };
    const second = open({ auth: 'oauth2', clientId: 'c', clientSecret: null, accessToken: 'old', refreshToken: 'r1', expiresAt: 0 });
    expect(value(await second.me()).id).toBe(user.id);
    const liked = sandbox.world.posts.find((each) => !each.deleted && each.authorId !== user.id)!;
    expect(value(await second.bookmark(user.id, liked.id, true))).toEqual({ bookmarked: true });
    expect(value(await second.bookmark(user.id, liked.id, false))).toEqual({ bookmarked: false });
    expect(await second.renew(0)).toBe('fine');
    const token = seen.shift()!;
    expect([token.method, token.url.pathname, token.type]).toEqual(['POST', '/2/oauth2/token', 'application/x-www-form-urlencoded']);
    expect(Object.fromEntries(new URLSearchParams(Buffer.from(token.body).toString()))).toEqual({ grant_type: 'refresh_token', refresh_token: 'r1', client_id: 'c' });
    expect(allFit()).toEqual(['GET /2/users/me', 'POST /2/users/{id}/bookmarks', 'DELETE /2/users/{id}/bookmarks/{tweet_id}']);
    expect(await session.serverTime()).not.toBeNull();
  });
  it('leaves nothing of the port untried', () => {
    expect(Object.keys(session).sort()).toEqual(['bookmark', 'capabilities', 'exists', 'hideReply', 'me', 'metrics', 'publish', 'read', 'remove', 'renew', 'repost', 'serverTime', 'undoRepost', 'upload']);
    expect(used.size).toBe(20);
  });
});

describe('a computer whose clock is off', () => {
  it('is told so, and its keys are not blamed', async () => {
    const server = createServer((_, response) => response.writeHead(401, { 'content-type': 'application/json', date: new Date(Date.now() - 10 * 60_000).toUTCString() }).end(JSON.stringify({ title: 'Unauthorized', status: 401 })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const hooks = { saveCredentials: () => Promise.resolve(), onBucket() {}, onBilled() {} };
    const keys = { appKey: 'a', appSecret: 'b', accessToken: '1-c', accessSecret: 'd' };
    const byTime = createXSession({ origin, credentials: { auth: 'oauth1', ...keys }, maxWeighted: 280, clock: systemClock, log: quietLog, hooks });
    const byToken = createXSession({ origin, credentials: { auth: 'oauth2', clientId: 'c', clientSecret: null, accessToken: 't', refreshToken: null, expiresAt: Date.now() + 3_600_000 }, maxWeighted: 280, clock: systemClock, log: quietLog, hooks });
    const first = await byTime.me();
    const second = await byToken.me();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(first).toMatchObject({ ok: false, failure: { kind: 'clockOff' } });
    expect(second).toMatchObject({ ok: false, failure: { kind: 'reauth' } });
  });
});
