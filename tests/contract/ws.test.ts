import { request } from 'node:http';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostFrame } from '../../src/shared/contract/frames.ts';
import { until } from '../support/core.ts';
import { contractSuite, type RawClient } from '../support/contractSuite.ts';
import { type Host, startHost } from '../support/host.ts';

let host: Host;
let origin: string;
let cookie: string;
beforeAll(async () => {
  host = await startHost();
  origin = new URL(host.url).origin;
  const entered = await fetch(host.url, { redirect: 'manual' });
  cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(async () => {
  await host?.stop();
});

function connect(headers: Record<string, string>): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, { headers });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
    socket.once('unexpected-response', (_, response) => reject(new Error(`status ${response.statusCode ?? 0}`)));
  });
}
async function client(): Promise<RawClient> {
  await until(() => cookie);
  const socket = await connect({ cookie, origin });
  const frames: HostFrame[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data)) as HostFrame));
  return {
    send: (frame) => Promise.resolve(socket.send(JSON.stringify(frame))),
    frames: () => Promise.resolve([...frames]),
    close: () => Promise.resolve(socket.close()),
  };
}
contractSuite('WebSocket', client);

/** A request with any Host header; fetch does not let one be chosen. */
function raw(path: string, headers: Record<string, string>, method = 'GET'): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const url = new URL(origin);
    const call = request({ host: '127.0.0.1', port: url.port, path, method, headers }, (response) => {
      let body = '';
      response.on('data', (data) => (body += String(data)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    call.on('error', reject);
    call.end();
  });
}

describe('who is let in', () => {
  it('a path that is none is refused, for a page and for a socket, and the host goes on', async () => {
    const headers = { cookie, origin, host: new URL(origin).host };
    for (const path of ['//', '///']) expect((await raw(path, headers)).status).toBeLessThan(500);
    expect((await raw('//', { ...headers, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' })).status).toBe(404);
    expect((await raw('/', headers)).status).toBe(200);
  });
  it('a link works once, and sets a strict cookie', async () => {
    const again = await fetch(host.url, { redirect: 'manual' });
    expect(again.status).toBe(403);
    const fresh = await startHost();
    try {
      const first = await fetch(fresh.url, { redirect: 'manual' });
      expect(first.status).toBe(303);
      expect(first.headers.get('location')).toBe('/');
      expect(first.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
    } finally {
      await fresh.stop();
    }
  });
  it('nothing without the cookie, a foreign Host or a foreign Origin', async () => {
    const { host: own } = new URL(origin);
    expect((await raw('/', { host: own })).status).toBe(401);
    expect((await raw('/', { host: 'evil.example', cookie })).status).toBe(421);
    expect((await raw('/', { host: own, cookie })).status).toBe(200);
    expect((await raw('/media', { host: own, cookie, origin: 'http://evil.example' }, 'POST')).status).toBe(403);
    expect((await raw('/media', { host: own, cookie }, 'POST')).status).toBe(403);
    await expect(connect({ origin })).rejects.toThrow('401');
    await expect(connect({ cookie, origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(connect({ cookie })).rejects.toThrow('403');
  });
  it('serves its own files only, with the policy', async () => {
    const { host: own } = new URL(origin);
    const page = await raw('/', { host: own, cookie });
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    for (const path of ['/../package.json', '/%2e%2e/%2e%2e/package.json', '/..%2f..%2fpackage.json', '/assets', '/%00', '/%zz']) expect((await raw(path, { host: own, cookie })).status).toBeGreaterThanOrEqual(400);
  });
  it('closes on a wrong version, on garbage first, and on a flood', async () => {
    const wrong = await connect({ cookie, origin });
    const said: string[] = [];
    wrong.on('message', (data) => said.push(String(data)));
    wrong.send(JSON.stringify({ t: 'hello', protocol: 99 }));
    await until(() => wrong.readyState === WebSocket.CLOSED);
    expect(said.join()).toContain('protocol_mismatch');
    const garbage = await connect({ cookie, origin });
    garbage.send(Buffer.from([0, 255, 3]));
    await until(() => garbage.readyState === WebSocket.CLOSED);
    const flood = await connect({ cookie, origin });
    flood.send(JSON.stringify({ t: 'hello', protocol: 1 }));
    for (let i = 0; i < 1200; i += 1) flood.send('{"t":"cancel","id":"x"}');
    await until(() => flood.readyState === WebSocket.CLOSED);
    const large = await connect({ cookie, origin });
    large.send('x'.repeat(5 * 1024 * 1024));
    await until(() => large.readyState === WebSocket.CLOSED);
    // And the host still answers.
    const fine = await connect({ cookie, origin });
    fine.close();
  });
});
