import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileLog } from '../../src/main/core/adapters/fileLog.ts';
import { type HostFrame, PROTOCOL_VERSION } from '../../src/shared/contract/frames.ts';
import { type InputOf, type MethodName, methods, type OutputOf } from '../../src/shared/contract/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { until } from '../support/core.ts';
import { type Host, startHost } from '../support/host.ts';
import { tempProfile } from '../support/memoryPorts.ts';

const PASSPHRASE = 'cuatro palabras que nadie adivina';
const WRONG = 'wrong-access-secret-of-somebody-0123456789';
const CLIENT_SECRET = 'client-secret-that-is-kept-0123456789';

/** A text as it may be found in a file or a line: as it is, in base64 at any place, for an address, in hexadecimal, in UTF-16. */
function forms(secret: string): [string, string][] {
  const bytes = Buffer.from(secret);
  // What stands before and behind it moves base64 by up to two bytes and changes the characters at the ends.
  const base64 = [0, 1, 2].map((moved) => Buffer.concat([Buffer.alloc(moved), bytes]).toString('base64').replaceAll('=', '').slice(moved === 0 ? 0 : moved + 1, -2));
  return [
    ['raw', secret], ['url', encodeURIComponent(secret)], ['form', new URLSearchParams({ s: secret }).toString().slice(2)], ['json', JSON.stringify(secret).slice(1, -1)],
    ['hex', bytes.toString('hex')], ['utf16', Buffer.from(secret, 'utf16le').toString('latin1')],
    ...base64.flatMap((text): [string, string][] => [['base64', text], ['base64url', text.replaceAll('+', '-').replaceAll('/', '_')]]),
  ];
}
function found(secrets: ReadonlyMap<string, string>, where: string, text: string): string[] {
  return [...secrets].flatMap(([name, secret]) => forms(secret).filter(([, form]) => text.includes(form)).map(([form]) => `${name} as ${form} in ${where}`));
}

describe('secrets', () => {
  let sandbox: Sandbox;
  let between: Server;
  let host: Host;
  /** By name, every string that lets somebody in. */
  const secrets = new Map<string, string>();
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, pace: 0 });
    const target = new URL(sandbox.url);
    // Stands between the host and the network, and learns every token that passes.
    between = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (data: Buffer) => parts.push(data));
      request.on('end', () => {
        const body = Buffer.concat(parts);
        const isToken = request.url === '/2/oauth2/token';
        if (isToken) {
          const form = new URLSearchParams(body.toString());
          for (const name of ['code', 'code_verifier', 'refresh_token']) if (form.get(name)) secrets.set(`${name} ${secrets.size}`, form.get(name) ?? '');
          secrets.set('basic', (request.headers.authorization ?? '').slice('Basic '.length));
        }
        const up = ask({ host: target.hostname, port: target.port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
          const answered: Buffer[] = [];
          answer.on('data', (data: Buffer) => answered.push(data));
          answer.on('end', () => {
            const given = Buffer.concat(answered);
            if (isToken && answer.statusCode === 200) {
              const tokens = JSON.parse(given.toString()) as { access_token: string; refresh_token: string };
              secrets.set(`access token ${secrets.size}`, tokens.access_token);
              secrets.set(`refresh token ${secrets.size}`, tokens.refresh_token);
            }
            response.writeHead(answer.statusCode ?? 502, answer.headers).end(given);
          });
          answer.on('error', () => request.socket.destroy());
        });
        up.on('error', () => request.socket.resetAndDestroy());
        up.end(body);
      });
    });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    host = await startHost({ args: ['--x-api', `http://127.0.0.1:${(between.address() as AddressInfo).port}`] });
  });
  afterAll(async () => {
    host?.process.kill('SIGKILL');
    between?.closeAllConnections();
    between?.close();
    await sandbox?.close();
  });

  it('do not stand in the log, though an answer repeats them', () => {
    const profile = tempProfile();
    const lines: string[] = [];
    const log = fileLog(profile, (line) => lines.push(line));
    const secret = 'abcDEF-123_456.789~x';
    log.warn('tokens could not be refreshed', { detail: `refresh_token=${secret}&client_id=c was refused`, token: secret });
    log.error('unexpected failure', { cause: `Error: {"access_token":"${secret}"} for Authorization: Bearer ${secret}, OAuth oauth_consumer_key="${secret}", oauth_signature="${secret}%3D"`, method: 'publications.save' });
    const text = readFileSync(join(profile, 'parrilla.log'), 'utf8') + lines.join('');
    expect(text).not.toContain('abcDEF');
    expect(text).toContain('client_id=c was refused');
    expect(text).toContain('"method":"publications.save"');
  });
  it('stand in no file, no line and no frame, whatever was done with them and however it failed', async () => {
    const { origin } = new URL(host.url);
    const cookie = (await fetch(host.url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';
    secrets.set('cookie', cookie.split('=')[1] ?? '');
    const frames: string[] = [];
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, { headers: { cookie, origin } });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const waiting = new Map<string, (frame: HostFrame) => void>();
    socket.on('message', (data) => {
      frames.push(String(data));
      const frame = JSON.parse(String(data)) as HostFrame;
      if (frame.t === 'response' || frame.t === 'failure') waiting.get(frame.id)?.(frame);
    });
    socket.send(JSON.stringify({ t: 'hello', protocol: PROTOCOL_VERSION }));
    const asked = (method: MethodName, input: unknown): Promise<HostFrame> =>
      new Promise((resolve) => {
        const id = randomUUID();
        waiting.set(id, resolve);
        socket.send(JSON.stringify({ t: 'request', id, method, input, ...(methods[method].kind === 'command' ? { commandId: id } : {}) }));
      });
    const call = async <M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>> => {
      const frame = await asked(method, input);
      if (frame.t !== 'response') throw new Error(`${method}: ${JSON.stringify(frame)}`);
      return frame.output as OutputOf<M>;
    };
    const control = async (method: string, path: string, body?: unknown): Promise<unknown> => (await fetch(`${sandbox.url}/__sandbox/${path}`, { method, headers: { 'x-sandbox-control': '1' }, ...(body ? { body: JSON.stringify(body) } : {}) })).json();
    const fault = (path: string, kind: string, more: object = {}): Promise<unknown> => control('POST', 'faults', { match: { path }, kind, ...more });

    secrets.set('passphrase', PASSPHRASE);
    await call('secrets.unlock', { how: 'passphrase', passphrase: PASSPHRASE });
    // One account by four strings, after a try with a wrong one.
    const people = (await control('GET', 'accounts')) as { username: string; oauth1: InputOf<'accounts.connectOAuth1'>; oauth2: { clientId: string } }[];
    const [first, second] = people;
    if (!first || !second) throw new Error('nobody there');
    for (const [name, value] of Object.entries(first.oauth1)) secrets.set(name, value);
    secrets.set('wrong secret', WRONG);
    expect(await asked('accounts.connectOAuth1', { ...first.oauth1, accessSecret: WRONG })).toMatchObject({ t: 'failure', error: { code: 'credentials_wrong' } });
    const one = await call('accounts.connectOAuth1', first.oauth1);
    // One by OAuth 2, after a refusal, rubbish and a code that is none.
    secrets.set('client secret', CLIENT_SECRET);
    const app = { clientId: second.oauth2.clientId, clientSecret: CLIENT_SECRET };
    const backFrom = async (url: string, answer: string): Promise<string> => (await fetch(`${url}&${answer}`, { redirect: 'manual' })).headers.get('location') ?? '';
    const denied = await call('accounts.oauth2Start', app);
    expect(await asked('accounts.oauth2Paste', { flowId: denied.flowId, url: await backFrom(denied.authorizeUrl, 'deny=1') })).toMatchObject({ t: 'failure', error: { code: 'oauth_denied' } });
    const invented = await call('accounts.oauth2Start', app);
    const address = new URL(await backFrom(invented.authorizeUrl, 'approve=1'));
    address.searchParams.set('code', 'a-code-that-nobody-gave-0123456789');
    expect(await asked('accounts.oauth2Paste', { flowId: invented.flowId, url: address.toString() })).toMatchObject({ t: 'failure', error: { code: 'credentials_wrong' } });
    const flow = await call('accounts.oauth2Start', app);
    const two = await call('accounts.oauth2Paste', { flowId: flow.flowId, url: await backFrom(flow.authorizeUrl, `approve=1&as=${second.username}`) });
    expect([one.auth, two.auth]).toEqual(['oauth1', 'oauth2']);

    // Posting: refused, cut off, and well.
    await fault('/2/tweets', 'status', { status: 403 });
    await fault('/2/tweets', 'resetAfter');
    const ids: string[] = [];
    for (const [i, accountId] of [one.id, two.id, two.id].entries()) {
      const saved = await call('publications.save', { accountId, text: `Entrada ${i}`, tier: 'free', tierReason: null, media: [] });
      if (saved.result !== 'placed') throw new Error('refused');
      ids.push(saved.publication.id);
      await call('publications.sendNow', { id: saved.publication.id });
    }
    // Reading meanwhile: a token that has run out and is renewed, then cut, forbidden and broken answers.
    const columnOf = async (accountId: string): Promise<string> => (await call('columns.list', {})).find((column) => column.accountId === accountId && column.source.kind === 'mentions')?.id ?? '';
    const read = async (accountId: string, kind: string, more: object = {}): Promise<void> => {
      const path = `/2/users/${accountId === one.id ? one.remoteId : two.remoteId}/mentions`;
      await fault(path, kind, more);
      const struck = async (): Promise<number> => ((await control('GET', 'requests')) as { path: string }[]).filter((each) => each.path.startsWith(path)).length;
      const before = await struck();
      await call('columns.refresh', { columnId: await columnOf(accountId) });
      await until(async () => (await struck()) > before, 20_000, `a ${kind}`);
    };
    const tokens = secrets.size;
    await read(two.id, 'unauthorised');
    await until(() => secrets.size > tokens, 10_000, 'renewed tokens');
    await until(async () => {
      const states = await Promise.all(ids.map(async (id) => (await call('publications.get', { id })).state));
      return states.every((state) => !['scheduled', 'sending', 'retry_wait'].includes(state));
    }, 40_000, 'three outcomes');
    for (const id of ids) await call('publications.blackBox', { id });
    await read(one.id, 'unauthorised');
    await until(async () => (await call('accounts.list', {})).find((each) => each.id === one.id)?.state === 'needs_reauth', 20_000, 'the question for new keys');
    await call('activity.list', { limit: 500 });
    await call('host.info', {});

    expect([...secrets.values()].every((secret) => secret.length >= 12)).toBe(true);
    const look = (): string[] => readdirSync(host.profile, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => found(secrets, entry.name, readFileSync(join(entry.parentPath, entry.name)).toString('latin1')));
    // The search finds what is there.
    expect(found(secrets, 'a test', `x${Buffer.from(`1${WRONG}`).toString('base64')}`)).toEqual(['wrong secret as base64 in a test', 'wrong secret as base64url in a test']);
    const leaks = look();
    socket.terminate();
    await host.stop();
    leaks.push(...look(), ...found(secrets, 'the terminal', host.output()), ...found(secrets, 'the frames', frames.join('\n')));
    expect(leaks).toEqual([]);
  });
});
