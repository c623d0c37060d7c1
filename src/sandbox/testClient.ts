import { createHmac, randomBytes } from 'node:crypto';
import type { Keys } from './oauth1.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // The tests read what X's documents say is there.
  body: Record<string, any>; // eslint-disable-line typescript/no-explicit-any
}
const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** For tests: calls the sandbox signed by RFC 5849, written apart from the sandbox's own check. JSON bodies, or a form with files. */
export async function signed(url: string, keys: Keys, method: string, path: string, body?: unknown): Promise<Answer> {
  const full = new URL(path, url);
  const oauth: Record<string, string> = {
    oauth_consumer_key: keys.appKey, oauth_nonce: randomBytes(8).toString('hex'), oauth_signature_method: 'HMAC-SHA1', oauth_timestamp: String(Math.floor(Date.now() / 1000)), oauth_token: keys.accessToken, oauth_version: '1.0',
  };
  const params = [...Object.entries(oauth), ...full.searchParams.entries()].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort().join('&');
  const base = `${method}&${encode(`https://api.x.com${full.pathname}`)}&${encode(params)}`;
  oauth['oauth_signature'] = createHmac('sha1', `${encode(keys.appSecret)}&${encode(keys.accessSecret)}`).update(base).digest('base64');
  const isForm = body instanceof FormData;
  const response = await fetch(full, {
    method,
    headers: { authorization: `OAuth ${Object.entries(oauth).map(([name, value]) => `${name}="${encode(value)}"`).join(', ')}`, ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
}
export async function controlled(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  return (await fetch(`${url}/__sandbox/${path}`, { method, headers: { 'x-sandbox-control': '1' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).json();
}
export const ALL_FIELDS = 'tweet.fields=attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,entities,in_reply_to_user_id,lang,note_tweet,public_metrics,referenced_tweets,source&expansions=author_id,attachments.media_keys,attachments.poll_ids,referenced_tweets.id,referenced_tweets.id.author_id,referenced_tweets.id.attachments.media_keys,in_reply_to_user_id,entities.mentions.username&user.fields=name,username,profile_image_url,verified,verified_type,description,public_metrics,created_at,protected,subscription_type&media.fields=media_key,type,url,preview_image_url,variants,alt_text,width,height&poll.fields=options,end_datetime,voting_status';

/** The same with an OAuth 2 token. */
export async function borne(url: string, token: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(new URL(path, url), { method, headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, body: (await response.json()) as Answer['body'], headers: response.headers };
}
