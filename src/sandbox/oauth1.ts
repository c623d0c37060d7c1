import { createHmac, timingSafeEqual } from 'node:crypto';
import { hashOf } from './random.ts';
import type { WorldUser } from './types.ts';
import type { World } from './world.ts';
import type { Asked } from './http.ts';

export interface Keys {
  appKey: string;
  appSecret: string;
  accessToken: string;
  accessSecret: string;
}
const APP = { appKey: 'practice-app-key-000000000', appSecret: 'practice-app-secret-0000000000000000000000000000' };

/** The four strings of an account. They open nothing but this sandbox. */
export function keysOf(user: WorldUser, seed: number): Keys {
  const salt = (text: string): string => hashOf(`${text}:${seed}`).toString(36).padStart(7, '0').repeat(5);
  return { ...APP, accessToken: `${user.id}-${salt(`token${user.id}`)}`, accessSecret: salt(`secret${user.id}`) };
}

const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** The account whose signature this is (RFC 5849, HMAC-SHA1), or null. The address may be X's own or the one really asked. */
export function verifyOAuth1(world: World, asked: Asked): WorldUser | null {
  const header = asked.headers.authorization ?? '';
  if (!/^OAuth /i.test(header)) return null;
  const params = new Map<string, string>();
  for (const match of header.slice(6).matchAll(/([\w]+)="([^"]*)"/g)) params.set(match[1] ?? '', decodeURIComponent(match[2] ?? ''));
  const signature = params.get('oauth_signature') ?? '';
  const user = world.users.find((each) => params.get('oauth_token')?.startsWith(`${each.id}-`));
  if (!user) return null;
  const keys = keysOf(user, world.seed);
  if (params.get('oauth_token') !== keys.accessToken || params.get('oauth_consumer_key') !== keys.appKey) return null;
  const pairs: [string, string][] = [...params].filter(([name]) => name !== 'oauth_signature');
  pairs.push(...asked.query.entries());
  if ((asked.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) pairs.push(...new URLSearchParams(asked.body.toString('utf8')).entries());
  const list = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).sort().join('&');
  const key = `${encode(keys.appSecret)}&${encode(keys.accessSecret)}`;
  return [`https://api.x.com${asked.path}`, `https://api.twitter.com${asked.path}`, `https://upload.x.com${asked.path}`, `${asked.origin}${asked.path}`].some((url) =>
    same(createHmac('sha1', key).update(`${asked.method}&${encode(url)}&${encode(list)}`).digest('base64'), signature),
  )
    ? user
    : null;
}
