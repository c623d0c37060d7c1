import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { afterAll, describe, expect, it } from 'vitest';
import type { HostFrame } from '../../src/shared/contract/frames.ts';
import type { CommandName, InputOf, MethodName, OutputOf } from '../../src/shared/contract/index.ts';
import { methods } from '../../src/shared/contract/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { until } from '../support/core.ts';
import { type Host, startHost } from '../support/host.ts';

interface Client {
  call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  close(): void;
}
async function enter(host: Host): Promise<Client> {
  const origin = new URL(host.url).origin;
  const cookie = (await fetch(host.url, { redirect: 'manual' })).headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, { headers: { cookie, origin } });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('error', () => {});
  socket.send(JSON.stringify({ t: 'hello', protocol: 1 }));
  const waiting = new Map<string, (frame: HostFrame) => void>();
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as HostFrame;
    if (frame.t === 'response' || frame.t === 'failure') waiting.get(frame.id)?.(frame);
  });
  return {
    call: (method, input) =>
      new Promise((resolve, reject) => {
        const id = randomUUID();
        waiting.set(id, (frame) => (frame.t === 'response' ? resolve(frame.output as never) : reject(new Error(JSON.stringify(frame)))));
        socket.send(JSON.stringify({ t: 'request', id, method, input, ...(methods[method as CommandName].kind === 'command' ? { commandId: randomUUID() } : {}) }));
      }),
    close: () => socket.terminate(),
  };
}

const sandboxes: Sandbox[] = [];
const hosts: Host[] = [];
afterAll(async () => {
  for (const host of hosts) host.process.kill('SIGKILL');
  for (const sandbox of sandboxes) await sandbox.close();
});
async function connected(): Promise<{ sandbox: Sandbox; host: Host; client: Client; accountId: string; again: () => Promise<Client>; fault: (body: unknown) => Promise<unknown>; created: (text: string) => Promise<number> }> {
  const sandbox = await startSandbox({ port: 0, pace: 0 });
  sandboxes.push(sandbox);
  const args = ['--x-api', sandbox.url];
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => (await fetch(`${sandbox.url}/__sandbox/${path}`, { method, headers: { 'x-sandbox-control': '1' }, ...(body ? { body: JSON.stringify(body) } : {}) })).json();
  const keys = ((await control('GET', 'accounts')) as { oauth1: InputOf<'accounts.connectOAuth1'> }[])[0]!.oauth1;
  const host = await startHost({ args });
  hosts.push(host);
  const client = await enter(host);
  await client.call('secrets.unlock', { how: 'passphrase', passphrase: 'una contraseña' });
  const account = await client.call('accounts.connectOAuth1', keys);
  return {
    sandbox, host, client, accountId: account.id,
    async again() {
      const next = await startHost({ profile: host.profile, args });
      hosts.push(next);
      const entered = await enter(next);
      await entered.call('secrets.unlock', { how: 'passphrase', passphrase: 'una contraseña' });
      return entered;
    },
    fault: (body) => control('POST', 'faults', body),
    created: async (text) => ((await control('GET', 'created')) as { text: string }[]).filter((each) => each.text === text).length,
  };
}

describe('SIGKILL', () => {
  it('right after an autosave keeps the text', async () => {
    const { host, client, accountId, again } = await connected();
    const saved = await client.call('publications.save', { accountId, text: 'No me pierdas', tier: 'free', tierReason: null, media: [] });
    expect(saved.result).toBe('placed');
    host.process.kill('SIGKILL');
    const next = await again();
    expect((await next.call('publications.list', {})).map((each) => each.text)).toEqual(['No me pierdas']);
  });
  it.each([
    ['while X holds the answer back', { kind: 'hangAfterAccept', ms: 60_000 }, 1],
    ['before X accepted', { kind: 'delay', ms: 60_000 }, 0],
  ])('%s never doubles and never loses a post', async (name, fault, expected) => {
    const { host, client, accountId, again, fault: set, created } = await connected();
    const text = `Muerte ${name}`;
    const saved = await client.call('publications.save', { accountId, text, tier: 'free', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    const { id } = saved.publication;
    await set({ match: { method: 'POST', path: '/2/tweets' }, ...fault });
    await client.call('publications.sendNow', { id });
    await until(async () => (await client.call('publications.get', { id })).state === 'sending', 20_000);
    await until(async () => (await client.call('publications.attempts', { id })).length === 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    host.process.kill('SIGKILL');
    const next = await again();
    const first = await next.call('publications.get', { id });
    expect(['unknown', 'posted']).toContain(first.state);
    const settled = await until(async () => {
      const found = await next.call('publications.get', { id });
      return expected === 1 ? (found.state === 'posted' ? found : null) : (await next.call('publications.attempts', { id }))[0]?.outcome === 'interrupted' ? found : null;
    }, 60_000);
    expect(await created(text)).toBe(expected);
    if (expected === 1) expect(settled.remoteId).toMatch(/^\d+$/);
    else expect(settled.state).toBe('unknown');
  });
  it('leaves a database that opens and is whole', async () => {
    const { host, client, accountId, again } = await connected();
    const saves = Array.from({ length: 40 }, (_, i) => client.call('publications.save', { accountId, text: `Carrera ${i}`, tier: 'free', tierReason: null, media: [] }).then(() => i));
    const answered: number[] = [];
    for (const save of saves) void save.then((i) => answered.push(i), () => {});
    await until(() => answered.length >= 5);
    host.process.kill('SIGKILL');
    const sure = [...answered];
    const next = await again();
    const texts = new Set((await next.call('publications.list', {})).map((each) => each.text));
    for (const i of sure) expect(texts.has(`Carrera ${i}`)).toBe(true);
    expect(readFileSync(join(host.profile, 'parrilla.db')).length).toBeGreaterThan(0);
  });
});
