import { createHash, randomBytes } from 'node:crypto';
import type { Credentials } from '../port.ts';
import { hideSecrets } from './hideSecrets.ts';
import { tokenDto } from './schemas.ts';

/** What Parrilla asks for; likes and follows are not among them: X refuses them to self-serve apps. */
export const SCOPES = ['tweet.read', 'users.read', 'tweet.write', 'media.write', 'offline.access', 'bookmark.read', 'bookmark.write', 'tweet.moderate.write'] as const;
const TOKEN_MS = 15_000;
/** Longest answer to a token request, bytes; a true one has some hundred. */
const MOST_BYTES = 64 * 1024;

export interface Pkce {
  verifier: string;
  challenge: string;
  state: string;
}
export function newPkce(): Pkce {
  const verifier = randomBytes(48).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url'), state: randomBytes(24).toString('base64url') };
}

/** The page on which the user allows the app: X's own site, or the server that stands in for it. */
export function authorizeUrl(apiOrigin: string, options: { clientId: string; redirectUri: string; pkce: Pkce }): string {
  const url = new URL('/i/oauth2/authorize', apiOrigin === 'https://api.x.com' ? 'https://x.com' : apiOrigin);
  url.search = new URLSearchParams({
    response_type: 'code', client_id: options.clientId, redirect_uri: options.redirectUri, scope: SCOPES.join(' '),
    state: options.pkce.state, code_challenge: options.pkce.challenge, code_challenge_method: 'S256',
  }).toString();
  return url.toString();
}

/** The JSON of an answer, or an error where it is none or far too long. */
async function readJson(response: Response): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > MOST_BYTES) throw new Error('the answer is too long');
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

export type TokenResult = { ok: true; credentials: Extract<Credentials, { auth: 'oauth2' }> } | { ok: false; refused: boolean; detail: string };

/** Exchanges a code, or refreshes; sent as a form, as X documents it. `refused` false means the outcome is not known. */
export async function requestTokens(
  apiOrigin: string,
  app: { clientId: string; clientSecret: string | null },
  grant: { code: string; redirectUri: string; verifier: string } | { refreshToken: string },
  now: number,
): Promise<TokenResult> {
  const form: Record<string, string> =
    'code' in grant
      ? { grant_type: 'authorization_code', code: grant.code, redirect_uri: grant.redirectUri, code_verifier: grant.verifier, client_id: app.clientId }
      : { grant_type: 'refresh_token', refresh_token: grant.refreshToken, client_id: app.clientId };
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
  if (app.clientSecret) headers['authorization'] = `Basic ${Buffer.from(`${encodeURIComponent(app.clientId)}:${encodeURIComponent(app.clientSecret)}`).toString('base64')}`;
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(new URL('/2/oauth2/token', apiOrigin), { method: 'POST', headers, body: new URLSearchParams(form), redirect: 'error', signal: AbortSignal.timeout(TOKEN_MS) });
    body = await readJson(response);
  } catch (cause) {
    return { ok: false, refused: false, detail: cause instanceof Error ? cause.message : String(cause) };
  }
  if (!response.ok) {
    const words = typeof body === 'object' && body !== null && 'error_description' in body ? String(body.error_description) : `HTTP ${response.status}`;
    return { ok: false, refused: response.status >= 400 && response.status < 500 && response.status !== 429, detail: hideSecrets(words, [app.clientSecret ?? '', ...('code' in grant ? [grant.code, grant.verifier] : [grant.refreshToken])]).slice(0, 200) };
  }
  const parsed = tokenDto.safeParse(body);
  if (!parsed.success) return { ok: false, refused: false, detail: 'the answer holds no tokens' };
  const old = 'refreshToken' in grant ? grant.refreshToken : null;
  return {
    ok: true,
    credentials: {
      auth: 'oauth2', clientId: app.clientId, clientSecret: app.clientSecret, accessToken: parsed.data.access_token,
      refreshToken: parsed.data.refresh_token ?? old, expiresAt: now + parsed.data.expires_in * 1000,
    },
  };
}
