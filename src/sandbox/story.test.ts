import twitter from 'twitter-text';
import { afterEach, describe, expect, it } from 'vitest';
import { keysOf } from './oauth1.ts';
import { seeded } from './random.ts';
import { breath, madrid } from './rhythm.ts';
import { type Sandbox, startSandbox } from './server.ts';
import { ACTS, OWN, orderOf } from './story/index.ts';
import { CAST } from './story/cast.ts';
import { THANKS } from './story/thanks.ts';
import { ALL_FIELDS, controlled, signed } from './testClient.ts';

const TURNS = [...ACTS.values()].flat();
const texts = (lang: string): string[] => TURNS.filter((turn) => (turn.lang ?? CAST.find((each) => each.username === turn.by)?.lang) === lang).map((turn) => turn.text);
const ALL = [...TURNS.flatMap((turn) => [turn.text, ...(turn.before ? [turn.before] : [])]), ...OWN.map((post) => post.text), ...Object.values(THANKS).flatMap((kinds) => Object.values(kinds).flat())];
/** Wednesday noon in Madrid. */
const NOON = Date.UTC(2026, 10, 25, 11);

let sandbox: Sandbox | null = null;
afterEach(async () => {
  await sandbox?.close();
  sandbox = null;
});
const get = async (path: string): Promise<Record<string, any>> => { // eslint-disable-line typescript/no-explicit-any
  const on = sandbox!;
  return (await signed(on.url, keysOf(on.world.users[0]!, on.world.seed), 'GET', path)).body;
};

describe('the written world', () => {
  it('has many distinct texts in both languages, and own posts of 10:4:1', () => {
    expect(new Set(texts('es')).size).toBeGreaterThanOrEqual(170);
    expect(new Set(texts('en')).size).toBeGreaterThanOrEqual(150);
    expect(new Set(ALL).size).toBe(ALL.length);
    expect(OWN.length).toBeGreaterThanOrEqual(45);
    for (let i = 0; i + 15 <= OWN.length; i += 15) {
      const tiers = OWN.slice(i, i + 15).map((post) => post.tier);
      expect([tiers.filter((tier) => tier === 'free').length, tiers.filter((tier) => tier === 'premium').length, tiers.filter((tier) => tier === 'status').length]).toEqual([10, 4, 1]);
    }
    for (const post of OWN) {
      const links = twitter.extractUrls(post.text);
      expect(links.length, post.text).toBe(post.tier === 'status' ? 0 : 1);
      if (post.tier !== 'status') expect(links[0]?.includes('/premium/'), post.text).toBe(post.tier === 'premium');
    }
  });
  it('is no template: no bare counters, links only to example.com, within 280', () => {
    for (const text of ALL) {
      expect(text).not.toMatch(/\(\d+\)|\b\d+\/\d+\b|\{\w+\}/);
      for (const url of twitter.extractUrls(text)) expect(new URL(url).hostname).toMatch(/(^|\.)example\.com$/);
      expect(twitter.parseTweet(text).weightedLength, text).toBeLessThanOrEqual(280);
    }
    expect(ALL.some((text) => text.includes('&')) && ALL.some((text) => text.includes('<')) && ALL.some((text) => [...text].length < text.length)).toBe(true);
    for (const turn of TURNS) {
      expect(CAST.some((each) => each.username === turn.by), turn.by).toBe(true);
      for (const option of turn.poll ?? []) expect(option.length).toBeLessThanOrEqual(25);
    }
    for (const person of CAST) expect(person.username).toMatch(/^\w{1,15}$/);
    // Two languages apart from the two: read from right to left, and neighbours.
    for (const lang of ['ar', 'ca', 'pt']) expect(texts(lang).length).toBeGreaterThan(0);
  });
  it('has enough who call the brand, ask it, complain and speak of it', () => {
    const live = TURNS.filter((turn) => turn.text.includes('@CuentaClara'));
    expect(live.length).toBeGreaterThanOrEqual(60);
    expect(TURNS.filter((turn) => turn.kind === 'complaint').length).toBeGreaterThanOrEqual(20);
    expect(TURNS.filter((turn) => turn.text.includes('Cuenta Clara') && !turn.text.includes('@')).length).toBeGreaterThanOrEqual(20);
    expect(TURNS.filter((turn) => turn.does === 'quote').length).toBeGreaterThanOrEqual(8);
    expect(TURNS.filter((turn) => turn.poll).length).toBeGreaterThanOrEqual(5);
    expect([...ACTS.values()].filter((act) => act.length >= 3 && act.slice(0, 3).every((turn) => turn.by === act[0]?.by)).length).toBeGreaterThanOrEqual(3);
    expect([...ACTS.values()].filter((act) => act.length > 1 && act[1]?.does === 'reply' && act[2]?.by === act[0]?.by).length).toBeGreaterThanOrEqual(15);
  });
  it('comes round in one order, nobody twice in a row', () => {
    expect(orderOf(5)).toEqual(orderOf(5));
    expect(orderOf(5)).not.toEqual(orderOf(6));
    const order = orderOf(5).map((name) => ACTS.get(name)![0]!.by);
    expect(new Set(orderOf(5)).size).toBe(ACTS.size);
    expect(order.filter((by, index) => by === order[index - 1]).length).toBeLessThanOrEqual(1);
  });
});

describe('the world as it is told', () => {
  it.each([1, 2, 7, 42, 1234])('shows no text twice in the newest 50 of any timeline, at first and after 400 more (seed %i)', async (seed) => {
    sandbox = await startSandbox({ port: 0, pace: 0, seed, clock: () => NOON });
    const me = sandbox.world.users[0]!.id;
    const newest = async (path: string): Promise<string[]> => {
      const page = await get(`${path}max_results=50&${ALL_FIELDS}`);
      return (page['data'] ?? []).map((post: { text: string; referenced_tweets?: { type: string; id: string }[] }) => {
        const of = post.referenced_tweets?.find((each) => each.type === 'retweeted')?.id;
        return of === undefined ? post.text : page['includes'].tweets?.find((each: { id: string }) => each.id === of)?.text ?? page['data'].find((each: { id: string }) => each.id === of)?.text;
      });
    };
    const paths = [
      `/2/users/${me}/timelines/reverse_chronological?`, `/2/users/${me}/mentions?`, `/2/users/${me}/tweets?`,
      ...['"Cuenta Clara"', 'IVA', 'factura', 'VAT', 'gracias OR thank', '@CuentaClara'].map((query) => `/2/tweets/search/recent?query=${encodeURIComponent(query)}&`),
    ];
    for (const round of [0, 1, 2]) {
      for (const path of paths) {
        const list = await newest(path);
        expect(list.length, path).toBeGreaterThan(path.includes('search') ? 0 : 30);
        const bare = list.map((text) => text.replaceAll(/https:\/\/t\.co\/\w+/g, '').trim());
        expect(bare.filter((text, index) => bare.indexOf(text) !== index), `${path} round ${round}`).toEqual([]);
      }
      await controlled(sandbox.url, 'POST', 'tell', { times: 400 });
    }
  });
  it('brings no text back within 70 posts, even to a reader who keeps every older one', async () => {
    sandbox = await startSandbox({ port: 0, pace: 0, seed: 11, clock: () => NOON });
    await controlled(sandbox.url, 'POST', 'tell', { times: 1200 });
    const { world } = sandbox;
    const me = world.users[0]!;
    const shown = (post: (typeof world.posts)[number]): string => (post.repostOfId ? (world.post(post.repostOfId)?.text ?? '') : post.text);
    const home = world.posts.filter((post) => world.user(post.authorId)!.followed && !post.text.startsWith('@CuentaClara '));
    const mentions = world.posts.filter((post) => post.authorId !== me.id && (post.text.includes('@CuentaClara') || (post.quotedId && world.post(post.quotedId)?.authorId === me.id)));
    for (const list of [home, mentions]) {
      const last = new Map<string, number>();
      let least = Infinity;
      for (const [index, post] of list.entries()) {
        least = Math.min(least, index - (last.get(shown(post)) ?? -Infinity));
        last.set(shown(post), index);
      }
      expect(least).toBeGreaterThanOrEqual(70);
      expect(least).toBeLessThan(Infinity);
    }
  });
  it('breathes: now quick, now slow, on average at its pace', () => {
    const random = seeded(5);
    const pauses = Array.from({ length: 2000 }, () => breath(6, random));
    const mean = pauses.reduce((sum, each) => sum + each, 0) / pauses.length;
    expect(mean).toBeGreaterThan(8500);
    expect(mean).toBeLessThan(11_500);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2500);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(25_000);
    expect(pauses.filter((each) => each < 5000).length).toBeGreaterThan(300);
    expect(pauses.filter((each) => each > 15_000).length).toBeGreaterThan(200);
  });
  it('tells a seed the same way every time', async () => {
    const told = async (): Promise<string[]> => {
      const on = await startSandbox({ port: 0, pace: 0, seed: 9, clock: () => NOON });
      for (let i = 0; i < 60; i += 1) on.world.tell();
      await on.close();
      return on.world.posts.map((post) => `${post.createdAt} ${post.authorId} ${post.text}`);
    };
    expect(await told()).toEqual(await told());
  });
  it('follows the day in Madrid, and is fresh at any hour', async () => {
    for (const at of [NOON, NOON + 15 * 3_600_000]) {
      sandbox = await startSandbox({ port: 0, pace: 0, seed: 3, clock: () => at });
      const hours = sandbox.world.posts.filter((post) => at - post.createdAt > 3_600_000).map((post) => madrid(post.createdAt).hour);
      const share = (from: number, to: number): number => hours.filter((hour) => hour >= from && hour < to).length / hours.length;
      expect(share(0, 6)).toBeLessThan(0.06);
      expect(share(9, 20)).toBeGreaterThan(0.6);
      expect(Math.max(...sandbox.world.posts.map((post) => post.createdAt))).toBeGreaterThan(at - 10 * 60_000);
      expect(sandbox.world.posts.every((post) => post.createdAt <= at && at - post.createdAt <= 3 * 86_400_000)).toBe(true);
      await sandbox.close();
    }
    sandbox = null;
  });
  it('gives numbers that only grow, more to the big than to the small', async () => {
    let now = NOON;
    sandbox = await startSandbox({ port: 0, pace: 0, seed: 3, clock: () => now });
    const me = sandbox.world.users[0]!.id;
    const path = `/2/users/${me}/timelines/reverse_chronological?max_results=100&until_id=${sandbox.world.posts.at(-1)!.id}&${ALL_FIELDS}`;
    const likes = async (): Promise<Map<string, number>> => new Map((await get(path))['data'].map((post: { id: string; public_metrics: { like_count: number } }) => [post.id, post.public_metrics.like_count]));
    const before = await likes();
    now += 6 * 3_600_000;
    const after = await likes();
    for (const [id, count] of before) expect(after.get(id)).toBeGreaterThanOrEqual(count);
    expect([...before].some(([id, count]) => (after.get(id) ?? 0) > count)).toBe(true);
    const mean = (username: string): number => {
      const ids = sandbox!.world.posts.filter((post) => post.authorId === sandbox!.world.byName(username)!.id && after.has(post.id)).map((post) => after.get(post.id) ?? 0);
      return ids.reduce((sum, each) => sum + each, 0) / Math.max(1, ids.length);
    };
    expect(mean('prensa_balance')).toBeGreaterThan(mean('javi_reparto'));
  });
  it('shows conversations, threads, an edited post, polls and pictures that are drawn', async () => {
    sandbox = await startSandbox({ port: 0, pace: 0, seed: 1, clock: () => NOON });
    await controlled(sandbox.url, 'POST', 'tell', { times: 300 });
    const { posts } = sandbox.world;
    expect(posts.some((post) => posts.some((each) => each.id === post.replyToId && each.authorId === post.authorId))).toBe(true);
    const edited = posts.find((post) => post.editHistory);
    expect((await get(`/2/tweets/${edited!.editHistory![0]!}`))['data'].id).toBe(edited!.editHistory![0]);
    expect(posts.some((post) => post.poll) && posts.some((post) => post.quotedId) && posts.some((post) => post.repostOfId)).toBe(true);
    const page = await get(`/2/users/${sandbox.world.users[0]!.id}/tweets?max_results=100&${ALL_FIELDS}`);
    const picture = page['includes'].media[0];
    expect(picture.alt_text.length).toBeGreaterThan(20);
    const bytes = new Uint8Array(await (await fetch(picture.url)).arrayBuffer());
    expect([...bytes.subarray(1, 4)].map((each) => String.fromCharCode(each)).join('')).toBe('PNG');
    const avatars = new Set<string>();
    for (const user of sandbox.world.users) avatars.add(`${user.initials} ${user.colour}`);
    expect(avatars.size).toBe(sandbox.world.users.length);
  });
  it('thanks for help, once, a little later, in fitting words', async () => {
    let now = NOON;
    sandbox = await startSandbox({ port: 0, pace: 0.01, seed: 1, clock: () => now });
    const { world, url } = sandbox;
    const me = world.users[0]!;
    const reply = (id: string, text: string) => signed(url, keysOf(me, 1), 'POST', '/2/tweets', { text, reply: { in_reply_to_tweet_id: id } });
    const mine = async (id: string): Promise<{ text: string }[]> => (await get(`/2/users/${me.id}/mentions?max_results=50&since_id=${id}&${ALL_FIELDS}`))['data'] ?? [];
    // The question of a conversation has its own thanks.
    const script = [...ACTS.entries()].find(([, act]) => act[0]?.kind === 'complaint' && act[1]?.by === 'CuentaClara' && !world.posts.some((post) => post.text.endsWith(act[2]!.text)))!;
    const asked = world.add({ authorId: world.byName(script[1][0]!.by)!.id, text: script[1][0]!.text, lang: 'es', key: `${script[0]}.0` });
    expect((await reply(asked.id, 'Hola, Yago. Ya está.')).status).toBe(201);
    expect(await mine(asked.id)).toEqual([]);
    now += 70_000;
    expect((await mine(asked.id)).map((post) => post.text)).toEqual([`@CuentaClara ${script[1][2]!.text}`]);
    const thanks = world.posts.at(-1)!;
    expect((await reply(thanks.id, '¡Un placer!')).status).toBe(201);
    now += 70_000;
    expect(await mine(thanks.id)).toEqual([]);
    // A complaint of somebody's own making is answered from the list of their language; praise is not answered.
    const broken = (await controlled(url, 'POST', 'post', { username: 'marlow_cafe', text: '@CuentaClara the link is broken again' })) as { id: string };
    const praise = (await controlled(url, 'POST', 'post', { username: 'rosa_taxi', text: '@CuentaClara qué bien explicado todo' })) as { id: string };
    await reply(broken.id, 'Sorry! Fixed now.');
    await reply(praise.id, 'Gracias a ti.');
    now += 70_000;
    const last = (await mine(praise.id)).map((post) => post.text.replace('@CuentaClara ', '').replaceAll('&amp;', '&'));
    expect(last).toHaveLength(1);
    expect(THANKS['en']!.complaint).toContain(last[0]);
  });
});
