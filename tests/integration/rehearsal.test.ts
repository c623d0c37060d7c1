import { Socket } from 'node:net';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { InputOf } from '../../src/shared/contract/index.ts';
import { startCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';

it('plays the coming week on a copy without secrets, and reaches no other host', async () => {
  // Two days before Europe's clocks go back.
  const clock = new ManualClock(Date.UTC(2026, 9, 23, 8, 0));
  const core = await startCore({ clock, apiOrigin: 'sandbox', start: false });
  const keys = (await core.control<{ oauth1: InputOf<'accounts.connectOAuth1'> }[]>('GET', 'accounts'))[0]!.oauth1;
  const account = await core.call('accounts.connectOAuth1', keys);
  const walls = ['2026-10-23T12:00', '2026-10-25T02:30', '2026-10-26T09:00', '2026-10-26T09:00', '2026-11-20T09:00'];
  for (const [i, wall] of walls.entries()) {
    const saved = await core.call('publications.save', { accountId: account.id, text: `Ensayo ${i}`, tier: 'free', tierReason: null, media: [] });
    if (saved.result !== 'placed') throw new Error('refused');
    await core.call('publications.place', { id: saved.publication.id, at: { wall } });
  }
  // Outside the ratio: it is shown with the others and is in no tier's sum.
  const repost = await core.call('publications.save', { accountId: account.id, kind: 'repost', target: { id: '1234567890123456789', username: 'otra' }, text: '', tier: 'premium', tierReason: null, media: [] });
  if (repost.result !== 'placed') throw new Error('refused');
  await core.call('publications.place', { id: repost.publication.id, at: { wall: '2026-10-24T12:00' } });
  const before = JSON.stringify(await core.call('publications.list', {}));
  const requests = (await core.control<unknown[]>('GET', 'requests')).length;
  // Every connection of this process is written down while the rehearsal runs.
  const ports = new Set<string>();
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (this: Socket, ...args: Parameters<typeof connect>) {
    const target = (Array.isArray(args[0]) ? args[0][0] : args[0]) as { host?: string; port?: number | string; path?: string };
    if (target.path === undefined) ports.add(`${target.host ?? ''}:${target.port ?? ''}`);
    return connect.apply(this, args);
  } as typeof connect;
  // A profile that is thrown away is not copied each day of the week.
  const copies = new Set<string>();
  const { profile } = core.ports.paths;
  core.app.bus.subscribe(({ name }) => {
    if (name === 'rehearsal.progress') for (const folder of readdirSync(profile).filter((each) => each.startsWith('rehearsal-'))) for (const file of readdirSync(join(profile, folder))) if (file.startsWith('backup-')) copies.add(file);
  });
  let result: Awaited<ReturnType<typeof core.call<'rehearsal.run'>>>;
  try {
    result = await core.call('rehearsal.run', { accountId: account.id });
  } finally {
    Socket.prototype.connect = connect;
  }
  expect([...copies]).toEqual([]);
  const counted = result.posts.filter((post) => post.counts);
  expect(counted.map((post) => post.state)).toEqual(['posted', 'posted', 'posted', 'posted']);
  expect(result.posts.filter((post) => !post.counts).map((post) => post.kind)).toEqual(['repost']);
  expect(counted[1]?.sentAt).toBeGreaterThanOrEqual(Date.UTC(2026, 9, 25, 0, 30));
  expect(result.usd).toBeCloseTo(0.06);
  expect(result.tiers).toEqual({ free: 4 });
  expect(result.clockChanges).toEqual([{ day: '2026-10-25', hours: 25 }]);
  expect(result.conflicts.length).toBe(1);
  // One host, this computer, and not the server of the real account.
  expect([...ports].every((each) => each.startsWith('127.0.0.1:'))).toBe(true);
  expect(ports.has(new URL(core.sandbox.url).host)).toBe(false);
  expect((await core.control<unknown[]>('GET', 'requests')).length).toBe(requests);
  expect(JSON.stringify(await core.call('publications.list', {}))).toBe(before);
  expect(readdirSync(core.ports.paths.profile).filter((name) => name.startsWith('rehearsal-'))).toEqual([]);
  await core.stop();
});
