import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './api.ts';
import { keysOf, type Keys } from './oauth1.ts';
import { picturePng } from './png.ts';
import { routeOf } from './routes.ts';
import { type Sandbox, startSandbox } from './server.ts';
import { ALL_FIELDS, type Answer, controlled, borne, signed } from './testClient.ts';
import { OpenApi } from './testOpenApi.ts';
import { Uploads } from './uploads.ts';

const FILE = process.env['X_OPENAPI_FILE'] ?? '';

describe.runIf(existsSync(FILE))('against X\'s published description', () => {
  const api = existsSync(FILE) ? new OpenApi(FILE) : null;
  let sandbox: Sandbox;
  let keys: Keys;
  let me: string;
  const exercised = new Map<string, Set<number>>();
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, pace: 0 });
    keys = keysOf(sandbox.world.users[0]!, 1);
    me = sandbox.world.users[0]!.id;
    await controlled(sandbox.url, 'POST', 'tell', { times: 40 });
  });
  afterAll(() => sandbox.close());
  const control = (method: string, path: string, body?: unknown): Promise<unknown> => controlled(sandbox.url, method, path, body);

  /** Calls, and holds the request (unless it is wrong on purpose) and the answer against the description. */
  async function fits(status: number, method: string, path: string, body?: unknown, options: { keys?: Keys; wrong?: true; bearer?: string } = {}): Promise<Answer> {
    const sent = new Response(body === undefined ? null : body instanceof FormData ? body : JSON.stringify(body));
    const type = body instanceof FormData ? (sent.headers.get('content-type') ?? '') : 'application/json';
    const url = new URL(path, sandbox.url);
    if (!options.wrong) expect(api!.requestProblems(method, url, type, new Uint8Array(await sent.arrayBuffer())), `${method} ${path}`).toEqual([]);
    const answer = options.bearer ? await borne(sandbox.url, options.bearer, method, path, body) : await signed(sandbox.url, options.keys ?? keys, method, path, body);
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBe(status);
    expect(api!.answerProblems(method, url.pathname, status, answer.headers.get('content-type') ?? '', answer.body), `${method} ${path} ${status}`).toEqual([]);
    const name = api!.operationOf(method, url.pathname)!.name;
    exercised.set(name, (exercised.get(name) ?? new Set()).add(status));
    return answer;
  }
  const USER = 'user.fields=name,username,profile_image_url,verified,verified_type,description,public_metrics,created_at,protected,subscription_type';

  it('people and posts by id and by name, also of those who are not there', async () => {
    await fits(200, 'GET', `/2/users/me?${USER}`);
    const { users, posts } = sandbox.world;
    await fits(200, 'GET', `/2/users?ids=${users.slice(0, 3).map((user) => user.id).join(',')},999&${USER}`);
    await fits(200, 'GET', `/2/users/by?usernames=raul_pyme,nobody_here&${USER}`);
    await fits(200, 'GET', `/2/users/by/username/vera_vat?${USER}`);
    await fits(200, 'GET', '/2/users/by/username/nobody_here');
    await fits(200, 'GET', `/2/users/${users[4]!.id}?${USER}`);
    await fits(200, 'GET', '/2/users/999');
    const gone = posts[3]!;
    gone.deleted = true;
    await fits(200, 'GET', `/2/tweets?ids=${posts.slice(0, 20).map((post) => post.id).join(',')}&${ALL_FIELDS}`);
    await fits(200, 'GET', `/2/tweets?ids=${gone.id}`);
    await fits(200, 'GET', `/2/tweets/${posts[8]!.id}?${ALL_FIELDS}`);
    await fits(200, 'GET', `/2/tweets/${gone.id}?${ALL_FIELDS}`);
  });
  it('timelines and search: pages, gaps, exclusions, nothing new', async () => {
    for (const path of [`/2/users/${me}/timelines/reverse_chronological?`, `/2/users/${me}/mentions?`, `/2/users/${me}/tweets?`, '/2/tweets/search/recent?query=IVA%20OR%20VAT%20-is%3Aretweet&']) {
      const page = await fits(200, 'GET', `${path}max_results=100&${ALL_FIELDS}`);
      const small = await fits(200, 'GET', `${path}max_results=10`);
      if (small.body['meta'].next_token) await fits(200, 'GET', `${path}max_results=10&pagination_token=${small.body['meta'].next_token}`);
      await fits(200, 'GET', `${path}max_results=10&since_id=${page.body['meta'].newest_id}`);
      await fits(200, 'GET', `${path}max_results=10&until_id=${small.body['meta'].oldest_id}&start_time=2026-01-01T00:00:00Z`);
    }
    await fits(200, 'GET', `/2/users/${me}/tweets?max_results=20&exclude=replies,retweets`);
    await fits(200, 'GET', `/2/users/${me}/timelines/reverse_chronological?max_results=20&exclude=replies`);
    await fits(200, 'GET', '/2/users/999/tweets?max_results=5');
    await fits(200, 'GET', '/2/users/999/mentions?max_results=5');
  });
  it('create, edit, poll, reply, repost and back, delete', async () => {
    const made = await fits(201, 'POST', '/2/tweets', { text: 'Conforme & «entero» 😀 https://cuentaclara.example.com/articulos/a' });
    const edited = await fits(201, 'POST', '/2/tweets', { text: 'Conforme y corregido', edit_options: { previous_post_id: made.body['data'].id } });
    await fits(201, 'POST', '/2/tweets', { text: '¿Sí?', poll: { options: ['Sí', 'No'], duration_minutes: 60 } });
    await fits(201, 'POST', '/2/tweets', { text: 'Sigue', reply: { in_reply_to_tweet_id: edited.body['data'].id } });
    const other = (await control('POST', 'post', { username: 'vera_vat', text: 'A post to repost' })) as { id: string };
    await fits(200, 'POST', `/2/users/${me}/retweets`, { tweet_id: other.id });
    await fits(200, 'GET', `/2/users/${me}/tweets?max_results=5&${ALL_FIELDS}`);
    await fits(200, 'DELETE', `/2/users/${me}/retweets/${other.id}`);
    const answer = (await control('POST', 'post', { username: 'vera_vat', text: '@CuentaClara no', replyToId: edited.body['data'].id })) as { id: string };
    await fits(200, 'PUT', `/2/tweets/${answer.id}/hidden`, { hidden: true });
    await fits(200, 'PUT', `/2/tweets/${answer.id}/hidden`, { hidden: false });
    await fits(403, 'PUT', `/2/tweets/${other.id}/hidden`, { hidden: true });
    // Bookmarks ask for OAuth 2.
    await fits(403, 'POST', `/2/users/${me}/bookmarks`, { tweet_id: other.id });
    sandbox.world.tokens = { access: { bearer: { userId: me, expiresAt: Date.now() + 3_600_000, chain: 'c' } }, refresh: {} };
    await fits(200, 'POST', `/2/users/${me}/bookmarks`, { tweet_id: other.id }, { bearer: 'bearer' });
    await fits(200, 'DELETE', `/2/users/${me}/bookmarks/${other.id}`, undefined, { bearer: 'bearer' });
    await fits(200, 'DELETE', `/2/tweets/${edited.body['data'].id}`);
    await fits(200, 'DELETE', '/2/tweets/999');
  });
  it('uploads in one piece and in several, alt text, and what is made of them', async () => {
    const form = (parts: Record<string, string | Uint8Array<ArrayBuffer>>): FormData => {
      const data = new FormData();
      for (const [name, value] of Object.entries(parts)) data.set(name, typeof value === 'string' ? value : new Blob([value]));
      return data;
    };
    const png = new Uint8Array(picturePng(1));
    const simple = await fits(200, 'POST', '/2/media/upload', form({ media: png, media_category: 'tweet_image', media_type: 'image/png' }));
    const inJson = await fits(200, 'POST', '/2/media/upload', { media: Buffer.from(png).toString('base64'), media_category: 'tweet_image', media_type: 'image/png' });
    await fits(200, 'POST', '/2/media/metadata', { id: simple.body['data'].id, metadata: { alt_text: { text: 'Barras' } } });
    await fits(201, 'POST', '/2/tweets', { text: 'Con dos', media: { media_ids: [simple.body['data'].id, inJson.body['data'].id] } });
    const video = new Uint8Array(2000).fill(7);
    const begun = await fits(200, 'POST', '/2/media/upload/initialize', { media_type: 'video/mp4', total_bytes: 2000, media_category: 'tweet_video' });
    const id = begun.body['data'].id as string;
    await fits(200, 'POST', `/2/media/upload/${id}/append`, form({ segment_index: '0', media: video.slice(0, 1000) }));
    await fits(200, 'POST', `/2/media/upload/${id}/append`, { segment_index: 1, media: Buffer.from(video.slice(1000)).toString('base64') });
    await fits(200, 'POST', `/2/media/upload/${id}/finalize`);
    await fits(200, 'GET', `/2/media/upload?command=STATUS&media_id=${id}`);
    await fits(400, 'POST', '/2/tweets', { text: 'Aún no', media: { media_ids: [id] } });
    await control('POST', 'clock', { offsetMs: 5000 });
    await fits(200, 'GET', `/2/media/upload?command=STATUS&media_id=${id}`);
    await fits(201, 'POST', '/2/tweets', { text: 'Vídeo', media: { media_ids: [id] } });
    const own = await fits(200, 'GET', `/2/users/${me}/tweets?max_results=5&${ALL_FIELDS}`);
    expect(own.body['includes'].media.map((each: { type: string }) => each.type)).toEqual(['video', 'photo', 'photo']);
    // Refused: unknown id, too large, nothing in it.
    await fits(404, 'POST', '/2/media/upload/999/append', form({ segment_index: '0', media: video }));
    await fits(404, 'POST', '/2/media/upload/999/finalize');
    await fits(400, 'POST', '/2/media/upload/initialize', { media_type: 'image/gif', total_bytes: 16 * 1024 * 1024, media_category: 'tweet_gif' });
    await fits(400, 'POST', '/2/media/upload', form({ media_category: 'tweet_image' }), { wrong: true });
    await fits(400, 'POST', '/2/media/metadata', { id: '999', metadata: { alt_text: { text: 'x' } } });
    await fits(400, 'GET', '/2/media/upload?command=STATUS&media_id=999');
  });
  it('every refusal is a problem as described: 400, 401, 402, 403, 404, 429, 5xx', async () => {
    const reads = ['/2/users/me', `/2/users/${me}`, '/2/users?ids=1', '/2/users/by?usernames=a', '/2/users/by/username/a', '/2/tweets?ids=1', '/2/tweets/1', `/2/users/${me}/tweets`, `/2/users/${me}/mentions`, `/2/users/${me}/timelines/reverse_chronological`, '/2/tweets/search/recent?query=x', '/2/media/upload?media_id=1&command=STATUS'];
    const writes: [string, string, unknown?][] = [['POST', '/2/tweets', { text: 'x' }], ['DELETE', '/2/tweets/1'], ['POST', `/2/users/${me}/retweets`, { tweet_id: '1' }], ['DELETE', `/2/users/${me}/retweets/1`], ['POST', '/2/media/metadata', { id: '1' }], ['POST', '/2/media/upload/initialize', { media_type: 'video/mp4', total_bytes: 1, media_category: 'tweet_video' }], ['POST', '/2/media/upload/1/finalize']];
    for (const [method, path, body] of [...reads.map((each): [string, string, unknown?] => ['GET', each]), ...writes]) {
      await fits(401, method, path, body, { keys: { ...keys, accessSecret: 'wrong' } });
      for (const [kind, status] of [['rateLimit', 429], ['usageCap', 429], ['spendCap', 403], ['noCredits', 402], ['status', 503], ['statusAfterAccept', 502]] as const) {
        await control('POST', 'faults', { kind, ...(kind === 'status' || kind === 'statusAfterAccept' ? { status } : {}) });
        const answer = await fits(status, method, path, body);
        if (kind === 'rateLimit') expect([answer.headers.get('x-rate-limit-remaining'), Number(answer.headers.get('x-rate-limit-reset')) * 1000 > sandbox.world.now()]).toEqual(['0', true]);
      }
    }
    await fits(400, 'GET', `/2/users/${me}/mentions?max_results=3`, undefined, { wrong: true });
    await fits(400, 'GET', '/2/tweets/search/recent?query=min_faves%3A3');
    await fits(400, 'GET', '/2/tweets?ids=abc', undefined, { wrong: true });
    await fits(400, 'GET', `/2/users?ids=${Array.from({ length: 101 }, (_, i) => i + 1).join(',')}`, undefined, { wrong: true });
    await fits(400, 'POST', '/2/tweets', { text: 'x', unknown: true }, { wrong: true });
    await fits(400, 'POST', '/2/tweets', { text: 'x', poll: { options: ['uno'], duration_minutes: 60 } }, { wrong: true });
    await fits(201, 'POST', '/2/tweets', { text: 'Repetida' });
    await fits(403, 'POST', '/2/tweets', { text: 'Repetida' });
    await fits(403, 'POST', '/2/tweets', { text: 'x'.repeat(281) });
    const stranger = (await control('POST', 'post', { username: 'nora_nominas', text: 'A nadie' })) as { id: string };
    await fits(403, 'POST', '/2/tweets', { text: 'hola', reply: { in_reply_to_tweet_id: stranger.id } });
    await fits(403, 'POST', '/2/tweets', { text: 'cita', quote_tweet_id: stranger.id });
    await fits(403, 'DELETE', `/2/tweets/${stranger.id}`);
    await fits(403, 'GET', '/2/users/999/timelines/reverse_chronological');
    await fits(404, 'POST', `/2/users/${me}/retweets`, { tweet_id: '999' });
  });
  it('leaves no operation out that it serves, and its clock is in the Date header', async () => {
    const { world } = sandbox;
    const routes = [new Api(world), new Uploads(world)] as const;
    const served = api!.operations().filter((name) => {
      const [method = '', template = ''] = name.split(' ');
      return routeOf(...routes, { method, path: template.replaceAll(/\{\w+\}/g, '1'), query: new URLSearchParams(), headers: {}, body: Buffer.alloc(0), origin: '' }) !== null;
    });
    expect(served.filter((name) => !exercised.has(name))).toEqual([]);
    expect(served.length).toBeGreaterThanOrEqual(20);
    // The yardstick itself measures.
    const mentions = new URL(`/2/users/${me}/mentions?max_results=3&tweet.fields=nothing&unknown=1`, sandbox.url);
    expect(api!.requestProblems('GET', mentions, '', new Uint8Array())).toHaveLength(3);
    expect(api!.answerProblems('GET', mentions.pathname, 200, 'application/json', { data: [{ id: 'x' }] })).not.toEqual([]);
    await control('POST', 'clock', { offsetMs: 40 * 86_400_000 });
    for (const path of ['/2/users/me', '/2/nothing']) {
      const date = Date.parse((await signed(sandbox.url, keys, 'GET', path)).headers.get('date') ?? '');
      expect(Math.abs(date - Date.now() - 40 * 86_400_000)).toBeLessThan(5000);
    }
  });
});
