import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Credentials, Failure, NetworkSession, Outcome } from '../../src/main/core/network/port.ts';
import { requestTokens } from '../../src/main/core/network/x/oauth2.ts';
import { createXSession } from '../../src/main/core/network/x/session.ts';
import { quietLog, systemClock } from './x-support.ts';

interface Given { status: number; headers?: Record<string, string>; body: string | Buffer | 'endless' }
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Given => ({ status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
const html: Given = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><h1>Are you human?</h1></html>' };

/** Answers that no true X gives: what comes of them must be typed, never thrown, and never taken for a success. */
const HOSTILE: Record<string, Given> = {
  'HTML in place of JSON': html,
  'HTML that says it is JSON': { status: 200, headers: { 'content-type': 'application/json' }, body: '<html></html>' },
  'half a JSON': { status: 200, headers: { 'content-type': 'application/json' }, body: '{"data":{"id":"1"' },
  'the JSON null': json(200, null),
  'a JSON number': json(200, 7),
  'data of the wrong type': json(200, { data: 'x' }),
  'an id that is a number': json(200, { data: { id: 12, username: 'a', name: 'a', text: 'a', deleted: 'yes', retweeted: 'yes' } }),
  'an id that is a path': json(200, { data: { id: '../../etc', username: 'a', name: 'a', text: 'a', deleted: 1, retweeted: 1 } }),
  'a list of nulls': json(200, { data: [null, null] }),
  'a damaged gzip': { status: 200, headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: Buffer.from('not gzip at all') },
  'a gzip that nobody asked for': { status: 200, headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: gzipSync('{"data":{"id":"1"}}') },
  'a body without end': { status: 200, headers: { 'content-type': 'application/json' }, body: 'endless' },
};

describe('the X client before hostile answers', () => {
  let server: Server;
  let origin = '';
  let given: Given = html;
  let calls = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      calls += 1;
      request.resume();
      response.on('error', () => {});
      response.writeHead(given.status, given.headers);
      if (given.body !== 'endless') {
        response.end(given.body);
        return;
      }
      response.write('{"data":"');
      const chunk = Buffer.alloc(256 * 1024, 'a');
      const more = (): void => {
        if (response.destroyed) return;
        if (response.write(chunk)) setTimeout(more, 1);
        else response.once('drain', more);
      };
      more();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const open = (credentials: Credentials, saved: Credentials[] = []): NetworkSession =>
    createXSession({
      origin, credentials, maxWeighted: 280, clock: systemClock, log: quietLog,
      hooks: {
        saveCredentials(next) {
          saved.push(next);
          return Promise.resolve();
        },
        onBucket() {}, onBilled() {},
      },
    });
  const session = (): NetworkSession => open({ auth: 'oauth1', appKey: 'a', appSecret: 'b', accessToken: 'c', accessSecret: 'd' });
  const png = { mime: 'image/png', bytes: 4, alt: 'x', read: () => Promise.resolve(new Uint8Array(4)) };
  const CALLS: Record<string, { write: boolean; run: (on: NetworkSession) => Promise<Outcome<unknown>> }> = {
    me: { write: false, run: (on) => on.me() },
    read: { write: false, run: (on) => on.read({ source: { kind: 'mentions' }, userId: '1', limit: 10 }) },
    exists: { write: false, run: (on) => on.exists('1') },
    metrics: { write: false, run: (on) => on.metrics(['1', '2']) },
    publish: { write: true, run: (on) => on.publish({ text: 'x', mediaIds: [], replyToId: null, poll: null, summoned: false }) },
    remove: { write: true, run: (on) => on.remove('1') },
    repost: { write: true, run: (on) => on.repost('1', '2') },
    upload: { write: false, run: (on) => on.upload(png) },
    'upload in parts': { write: false, run: (on) => on.upload({ ...png, mime: 'video/mp4' }) },
  };
  const failureOf = async (name: string): Promise<Failure> => {
    const outcome = await CALLS[name]!.run(session());
    if (outcome.ok) throw new Error(`${name} took it for a success: ${JSON.stringify(outcome.value)}`);
    return outcome.failure;
  };

  for (const [what, answer] of Object.entries(HOSTILE)) {
    it(`${what}: a typed failure for every call, doubt for every write`, async () => {
      given = answer;
      for (const [name, { write }] of Object.entries(CALLS)) {
        calls = 0;
        const failure = await failureOf(name);
        if (write) expect(failure.kind, name).toBe('ambiguous');
        else expect(failure.kind === 'ambiguous' || (failure.kind === 'definite' && failure.code === 'network_answer_invalid'), `${name}: ${JSON.stringify(failure)}`).toBe(true);
        // What may have been done is asked for once only.
        if (write) expect(calls, name).toBe(1);
        if (failure.kind !== 'rateLimited') expect(failure.detail.length).toBeLessThanOrEqual(300);
      }
    });
  }
  it('fields that are not known, kinds of media that are not known, and odd offsets cost nothing', async () => {
    given = json(200, {
      data: [{ id: '5', text: 'a &amp; b', new_field: { deep: [1] }, entities: { urls: [{ start: -4, end: 900, url: 'x' }, { start: 3, end: 1, url: 'javascript:alert(1)' }], annotations: [] }, attachments: { media_keys: ['99_1', '3_1'] }, created_at: 'yesterday', public_metrics: { like_count: 4, wows: 2 } }],
      includes: { media: [{ media_key: '99_1', type: 'hologram' }, { media_key: '3_1', type: 'photo', url: 'https://pbs.example.com/p.jpg' }], topics: [{}] }, meta: { result_count: 1 }, future: true,
    });
    const outcome = await session().read({ source: { kind: 'home' }, userId: '1', limit: 10 });
    expect(outcome).toMatchObject({ ok: true, value: { posts: [{ id: '5', text: 'a & b', entities: [], media: [{ key: '3_1' }], metrics: { likes: 4, reposts: 0 } }] } });
  });
  it('an entity or a count that cannot be read costs neither its post nor the page; a link that cannot be read costs its post alone', async () => {
    const post = { id: '6', text: 'hola', entities: { hashtags: [{ start: null, end: 4, tag: 5 }], mentions: 'none', cashtags: [{}] }, public_metrics: { like_count: 'many', reply_count: 2 } };
    given = json(200, { data: [{ id: '5', text: 'a' }, post] });
    const read = (): Promise<Outcome<unknown>> => session().read({ source: { kind: 'mentions' }, userId: '1', limit: 10 });
    expect(await read()).toMatchObject({ ok: true, value: { posts: [{ id: '5' }, { id: '6', entities: [], metrics: { likes: 0, replies: 2 } }] } });
    given = json(200, { data: [{ id: '5', text: 'a' }, { ...post, entities: { urls: [{ start: 'x' }] } }] });
    expect(await read()).toMatchObject({ ok: true, value: { posts: [{ id: '5' }], leftOut: 1 } });
  });
  it('an answer that says it was not done is no success', async () => {
    const refused = { ok: false, failure: { kind: 'definite', code: 'network_answer_invalid' } };
    given = json(200, { data: { deleted: false } });
    expect(await session().remove('1')).toMatchObject(refused);
    given = json(200, { data: { bookmarked: false } });
    expect(await session().bookmark('1', '2', true)).toMatchObject(refused);
    expect((await session().bookmark('1', '2', false)).ok).toBe(true);
    given = json(200, { data: { hidden: false } });
    expect(await session().hideReply('1', true)).toMatchObject(refused);
    given = json(200, { data: { retweeted: true } });
    expect(await session().undoRepost('1', '2')).toMatchObject(refused);
    given = json(200, { data: { retweeted: false } });
    expect(await session().repost('1', '2')).toMatchObject({ ok: false, failure: { kind: 'ambiguous' } });
  });
  it('takes the other vocabulary up once where X names the parameter, and no more', async () => {
    calls = 0;
    given = json(400, { title: 'Invalid Request', detail: 'One or more parameters to your request was invalid.', type: 'https://api.twitter.com/2/problems/invalid-request', errors: [{ message: 'The query parameter [tweet.fields] is not known', parameters: { 'tweet.fields': ['x'] } }] });
    expect(await session().read({ source: { kind: 'home' }, userId: '1', limit: 10 })).toMatchObject({ ok: false, failure: { kind: 'definite', status: 400 } });
    expect(calls).toBe(2);
  });
  it('a refusal whose body cannot be read is a refusal still, and keeps its times', async () => {
    const reset = Math.floor(Date.now() / 1000) + 500;
    given = { status: 429, headers: { 'content-type': 'application/json', 'x-rate-limit-reset': String(reset) }, body: '{"title":' };
    expect(await failureOf('publish')).toMatchObject({ kind: 'rateLimited', resetAt: reset * 1000 });
    given = { status: 403, headers: { 'content-type': 'application/json' }, body: '<html>' };
    expect(await failureOf('publish')).toMatchObject({ kind: 'definite', code: 'network_forbidden' });
  });
  it('never refreshes tokens, nor sends again, because of a 403', async () => {
    const saved: Credentials[] = [];
    const second = open({ auth: 'oauth2', clientId: 'c', clientSecret: null, accessToken: 'a', refreshToken: 'r', expiresAt: Date.now() + 3_600_000 }, saved);
    for (const body of [{ detail: 'You are not allowed to create a Tweet with duplicate content.' }, { title: 'Forbidden', type: 'https://api.twitter.com/2/problems/oauth1-permissions' }]) {
      calls = 0;
      given = json(403, body);
      expect((await CALLS['publish']!.run(second)).ok).toBe(false);
      expect([calls, saved.length]).toEqual([1, 0]);
    }
  });
  it('token answers: cut, long, without tokens or not JSON are not known, never new tokens', async () => {
    const app = { clientId: 'c', clientSecret: null };
    for (const answer of [html, json(200, { access_token: 5 }), json(200, { access_token: '', expires_in: 7200 }), json(200, { access_token: 'a', expires_in: -1 }), { status: 200, headers: { 'content-type': 'application/json' }, body: 'endless' }, { ...html, status: 400 }] as Given[]) {
      given = answer;
      expect(await requestTokens(origin, app, { refreshToken: 'r' }, 0)).toMatchObject({ ok: false, refused: false });
    }
    given = json(400, { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' });
    expect(await requestTokens(origin, app, { refreshToken: 'r' }, 0)).toMatchObject({ ok: false, refused: true, detail: 'Value passed for the token was invalid.' });
  });
});
