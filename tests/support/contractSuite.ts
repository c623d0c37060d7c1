import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostFrame } from '../../src/shared/contract/frames.ts';
import { hostFrameSchema, PROTOCOL_VERSION } from '../../src/shared/contract/frames.ts';
import { methods } from '../../src/shared/contract/index.ts';
import { until } from './core.ts';

/** A client of any transport, as raw as a stranger would write it. */
export interface RawClient {
  send(frame: unknown): Promise<void>;
  frames(): Promise<HostFrame[]>;
  close(): Promise<void>;
}

/** One and the same suite for every transport (ARCHITECTURE §4). */
export function contractSuite(name: string, open: () => Promise<RawClient>): void {
  describe(`contract over ${name}`, () => {
    let client: RawClient;
    let next = 0;
    beforeAll(async () => {
      client = await open();
      await client.send({ t: 'hello', protocol: PROTOCOL_VERSION });
      await until(async () => (await client.frames()).find((frame) => frame.t === 'hello'));
    });
    afterAll(() => client?.close());
    const answerTo = (id: string): Promise<HostFrame> => until(async () => (await client.frames()).find((frame) => (frame.t === 'response' || frame.t === 'failure') && frame.id === id));
    const ask = async (method: string, input: unknown, commandId?: string): Promise<HostFrame> => {
      next += 1;
      const id = `r${next}`;
      await client.send({ t: 'request', id, method, input, ...(commandId ? { commandId } : {}) });
      return answerTo(id);
    };

    it('greets with version, capabilities and sequence', async () => {
      const hello = (await client.frames()).find((frame) => frame.t === 'hello');
      expect(hello).toMatchObject({ protocol: PROTOCOL_VERSION, capabilities: { host: expect.stringMatching(/^(node|electron)$/) as string } });
    });
    it('answers a query with what the contract says', async () => {
      const frame = await ask('settings.get', {});
      expect(frame.t).toBe('response');
      if (frame.t === 'response') expect(methods['settings.get'].output.safeParse(frame.output).success).toBe(true);
    });
    it('refuses an unknown method, a wrong input and a command without id, each by its code', async () => {
      expect(await ask('no.such', {})).toMatchObject({ t: 'failure', error: { code: 'unknown_method' } });
      expect(await ask('__proto__', {})).toMatchObject({ t: 'failure', error: { code: 'unknown_method' } });
      expect(await ask('columns.page', { columnId: 5 })).toMatchObject({ t: 'failure', error: { code: 'bad_input' } });
      expect(await ask('settings.get', { extra: 1 })).toMatchObject({ t: 'failure', error: { code: 'bad_input' } });
      expect(await ask('settings.set', { theme: 'dark' })).toMatchObject({ t: 'failure', error: { code: 'bad_input' } });
    });
    it('carries out a command once however often it is sent', async () => {
      const commandId = randomUUID();
      const input = { theme: 'dark' };
      const before = (await client.frames()).filter((frame) => frame.t === 'event' && frame.name === 'settings.changed').length;
      const [first, second] = await Promise.all([ask('settings.set', input, commandId), ask('settings.set', input, commandId)]);
      const third = await ask('settings.set', input, commandId);
      expect(first).toMatchObject({ t: 'response', output: { theme: 'dark' } });
      for (const each of [second, third]) if (first.t === 'response') expect(each).toMatchObject({ t: 'response', output: first.output });
      await until(async () => (await client.frames()).filter((frame) => frame.t === 'event' && frame.name === 'settings.changed').length > before);
      expect((await client.frames()).filter((frame) => frame.t === 'event' && frame.name === 'settings.changed').length).toBe(before + 1);
      expect(await ask('undo.apply', { undoId: 'x' }, commandId)).toMatchObject({ t: 'failure', error: { code: 'conflict' } });
    });
    it('numbers its events without a gap', async () => {
      await ask('settings.set', { theme: 'light' }, randomUUID());
      await ask('settings.set', { theme: 'auto' }, randomUUID());
      const seqs = (await client.frames()).flatMap((frame) => (frame.t === 'event' ? [frame.seq] : []));
      expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
    });
    it('answers garbage with an error and goes on', async () => {
      const before = (await client.frames()).length;
      await client.send({ t: 'nonsense' });
      await client.send({ t: 'request', id: 7, method: 'x' });
      await client.send([]);
      await until(async () => (await client.frames()).slice(before).filter((frame) => frame.t === 'failure').length >= 3);
      expect(await ask('settings.get', {})).toMatchObject({ t: 'response' });
    });
    it('sends only frames of the protocol', async () => {
      for (const frame of await client.frames()) expect(hostFrameSchema.safeParse(frame).success).toBe(true);
    });
  });
}
