import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Answered, type Asked, Problem } from './http.ts';
import type { WorldUser } from './types.ts';
import type { World } from './world.ts';

export const CLIENT_ID = 'practice-client-id';
const CODE_MS = 30_000;
const ACCESS_MS = 2 * 3_600_000;

const stateSchema = z.object({
  access: z.record(z.string(), z.object({ userId: z.string(), expiresAt: z.number(), chain: z.string() })).default({}),
  refresh: z.record(z.string(), z.object({ userId: z.string(), clientId: z.string(), chain: z.string(), used: z.boolean() })).default({}),
});
interface Code {
  userId: string;
  clientId: string;
  redirectUri: string;
  challenge: string;
  expiresAt: number;
}

/** The accounts of the practice world that are the user's own, the brand's first: each can be connected. */
export const ownAccounts = (world: World): WorldUser[] => world.users.filter((user) => user.role !== 'other');
function approving(query: URLSearchParams, username: string): URLSearchParams {
  const yes = new URLSearchParams(query);
  yes.set('approve', '1');
  yes.set('as', username);
  return yes;
}

/** OAuth 2 with PKCE as X does it: refresh tokens work once, and using an old one ends the whole chain (x-api-facts §1.4). */
export class OAuth2 {
  private readonly world: World;
  private readonly codes = new Map<string, Code>();
  constructor(world: World) {
    this.world = world;
  }
  private state(): z.infer<typeof stateSchema> {
    return stateSchema.parse(this.world.tokens);
  }

  authorize(asked: Asked): Answered {
    const { query } = asked;
    const redirectUri = query.get('redirect_uri') ?? '';
    const user = this.world.byName(query.get('as') ?? '') ?? this.world.users[0];
    const fine = query.get('response_type') === 'code' && /^http:\/\/127\.0\.0\.1:\d+\//.test(redirectUri) && (query.get('code_challenge') ?? '') !== '' && query.get('code_challenge_method')?.toUpperCase() === 'S256' && user;
    if (!fine) return { status: 400, body: { errors: [{ code: 415, message: 'Callback URL not approved for this client application.' }] } };
    const back = new URL(redirectUri);
    back.searchParams.set('state', query.get('state') ?? '');
    if (query.get('deny') === '1') {
      back.searchParams.set('error', 'access_denied');
      return { status: 302, body: null, headers: { location: back.toString() } };
    }
    if (query.get('approve') !== '1') {
      // Whoever has more than one account chooses here, as on X; one that is named is the only one offered.
      const offered = query.has('as') ? [user] : ownAccounts(this.world);
      const no = new URLSearchParams(query);
      no.set('deny', '1');
      const link = (params: URLSearchParams, text: string): string => `<p><a href="/i/oauth2/authorize?${params.toString().replaceAll('&', '&amp;')}">${text}</a></p>`;
      return { status: 200, body: null, raw: { type: 'text/html; charset=utf-8', data: `<!doctype html><meta charset="utf-8"><title>Practice network</title><h1>Practice network</h1>${offered.map(({ username }) => link(approving(query, username), `Authorise @${username}`)).join('')}${link(no, 'Refuse')}` } };
    }
    const code = randomBytes(24).toString('base64url');
    this.codes.set(code, { userId: user.id, clientId: query.get('client_id') ?? '', redirectUri, challenge: query.get('code_challenge') ?? '', expiresAt: this.world.now() + CODE_MS });
    back.searchParams.set('code', code);
    return { status: 302, body: null, headers: { location: back.toString() } };
  }

  token(asked: Asked): Answered {
    const text = asked.body.toString('utf8');
    const form = (asked.headers['content-type'] ?? '').startsWith('application/json')
      ? new URLSearchParams(JSON.parse(text || '{}') as Record<string, string>)
      : new URLSearchParams(text);
    const wrong = (words: string): Answered => ({ status: 400, body: { error: 'invalid_request', error_description: words } });
    if (form.get('grant_type') === 'authorization_code') {
      const code = this.codes.get(form.get('code') ?? '');
      this.codes.delete(form.get('code') ?? '');
      const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
      if (!code || code.expiresAt < this.world.now() || code.challenge !== challenge || code.redirectUri !== form.get('redirect_uri')) return wrong('Value passed for the authorization code was invalid.');
      return this.issue(code.userId, code.clientId, randomBytes(9).toString('base64url'));
    }
    if (form.get('grant_type') === 'refresh_token') {
      const state = this.state();
      const given = form.get('refresh_token') ?? '';
      const known = state.refresh[given];
      if (!known) return wrong('Value passed for the token was invalid.');
      if (known.used) {
        for (const [token, each] of Object.entries(state.refresh)) if (each.chain === known.chain) delete state.refresh[token];
        for (const [token, each] of Object.entries(state.access)) if (each.chain === known.chain) delete state.access[token];
        this.world.tokens = state;
        this.world.save();
        return wrong('Value passed for the token was invalid.');
      }
      known.used = true;
      this.world.tokens = state;
      return this.issue(known.userId, known.clientId, known.chain);
    }
    return wrong('Unsupported grant type.');
  }
  private issue(userId: string, clientId: string, chain: string): Answered {
    const state = this.state();
    const access = randomBytes(24).toString('base64url');
    const refresh = randomBytes(24).toString('base64url');
    state.access[access] = { userId, expiresAt: this.world.now() + ACCESS_MS, chain };
    state.refresh[refresh] = { userId, clientId, chain, used: false };
    this.world.tokens = state;
    this.world.save();
    return { status: 200, body: { token_type: 'bearer', expires_in: ACCESS_MS / 1000, access_token: access, refresh_token: refresh, scope: 'tweet.read users.read tweet.write media.write offline.access bookmark.read bookmark.write tweet.moderate.write' } };
  }
  revoke(asked: Asked): Answered {
    const state = this.state();
    const token = new URLSearchParams(asked.body.toString('utf8')).get('token') ?? '';
    delete state.access[token];
    delete state.refresh[token];
    this.world.tokens = state;
    this.world.save();
    return { status: 200, body: { revoked: true } };
  }
  userOf(asked: Asked): WorldUser | null {
    const bearer = /^Bearer (.+)$/i.exec(asked.headers.authorization ?? '')?.[1];
    if (!bearer) return null;
    const known = this.state().access[bearer];
    return known && known.expiresAt > this.world.now() ? (this.world.user(known.userId) ?? null) : null;
  }
}
export const unauthorised = (): Problem => new Problem(401, { title: 'Unauthorized', detail: 'Unauthorized' });
