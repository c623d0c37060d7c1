import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/shared/contract/accounts.ts';
import type { Publication } from '../../src/shared/contract/publications.ts';
import { attachedMediaSchema } from '../../src/shared/contract/publications.ts';
import { instantToWall } from '../../src/shared/domain/time.ts';
import { picturePng } from '../../src/sandbox/png.ts';
import { startCore, type TestCore } from '../support/core.ts';
import { ManualClock } from '../support/manualClock.ts';
import { mp4 } from '../support/mp4.ts';

const MINUTE = 60_000;
let core: TestCore;
let clock: ManualClock;
let account: Account;
const tally = { runs: 0, duplicates: 0, lost: 0 };
afterEach(() => core.stop());
afterAll(() => void process.stdout.write(`duplicates ${tally.duplicates}, lost ${tally.lost}, runs ${tally.runs}\n`));

const KINDS = [
  { kind: 'delay', ms: 50 }, { kind: 'resetBefore' }, { kind: 'resetAfter' }, { kind: 'status', status: 400 }, { kind: 'status', status: 403 }, { kind: 'status', status: 404 }, { kind: 'status', status: 500 }, { kind: 'status', status: 503 },
  { kind: 'statusAfterAccept', status: 500 }, { kind: 'statusAfterAccept', status: 503 }, { kind: 'cutBody' }, { kind: 'hangAfterAccept', ms: 30 }, { kind: 'rateLimit' }, { kind: 'spendCap' }, { kind: 'usageCap' }, { kind: 'noCredits' }, { kind: 'unauthorised' },
] as const;
/** Each step of the way of a thread with a picture and a film. */
const STEPS = [
  ['the first create', { method: 'POST', path: '/2/tweets' }, 0], ['the second part', { method: 'POST', path: '/2/tweets' }, 1], ['the picture', { method: 'POST', path: '/2/media/upload' }, 0],
  ['a chunk', { method: 'POST', path: '/2/media/upload' }, 2], ['the wait for processing', { method: 'GET', path: '/2/media' }, 0], ['the description', { method: 'POST', path: '/2/media/metadata' }, 0], ['looking back', { method: 'GET', path: '/2/users' }, 0],
] as const;
const FINAL: Publication['state'][] = ['posted', 'needs_review', 'failed', 'missed', 'partial'];

async function run(limit: number, done: () => Promise<boolean>): Promise<void> {
  for (let gone = 0; gone < limit && !(await done()); gone += 20_000) {
    await clock.advance(20_000);
    await Promise.race([core.app.idle(), new Promise((resolve) => setTimeout(resolve, 60))]);
  }
}

describe('every fault at every step', () => {
  it.each(STEPS.flatMap(([step, match, skip]) => KINDS.map((fault) => [step, `${fault.kind}${'status' in fault ? ` ${fault.status}` : ''}`, match, skip, fault] as const)))('%s: %s', async (step, _, match, skip, fault) => {
    clock = new ManualClock(Date.UTC(2026, 10, 24, 9, 0));
    core = await startCore({ clock });
    account = await core.call('accounts.addPractice', {});
    // Only publishing is watched here: columns must not take the fault.
    for (const column of await core.call('columns.list', {})) await core.call('columns.remove', { columnId: column.id });
    const file = async (bytes: Uint8Array, type: string): Promise<string> =>
      attachedMediaSchema.parse(JSON.parse(String((await core.app.sidePath.handle({ method: 'POST', path: '/media', headers: { 'content-type': type }, body: (async function* () { await Promise.resolve(); yield bytes; })() })).body))).id;
    const saved = await core.call('publications.save', {
      accountId: account.id, text: 'Parte uno', tier: 'free', tierReason: null, media: [{ id: await file(picturePng(3), 'image/png'), alt: 'Una foto' }],
      parts: [{ text: 'Parte dos', media: [{ id: await file(mp4(20_000, 4000), 'video/mp4'), alt: '' }] }],
    });
    if (saved.result !== 'placed') throw new Error('refused');
    const { id } = saved.publication;
    await core.call('publications.place', { id, at: { wall: instantToWall(clock.now() + 2 * MINUTE, account.zone) } });
    await core.control('POST', 'faults', { match, skip, ...fault });
    // Looking back happens only after doubt.
    if (step === 'looking back') await core.control('POST', 'faults', { match: { method: 'POST', path: '/2/tweets' }, kind: 'statusAfterAccept', status: 503 });
    const state = (): Promise<Publication> => core.call('publications.get', { id });
    await run(200 * MINUTE, async () => FINAL.includes((await state()).state));
    const end = await state();
    const created = await core.control<{ text: string }[]>('GET', 'created');
    tally.runs += 1;
    for (const text of ['Parte uno', 'Parte dos']) if (created.filter((each) => each.text === text).length > 1) tally.duplicates += 1;
    if (!FINAL.includes(end.state)) tally.lost += 1;
    expect(FINAL).toContain(end.state);
    for (const text of ['Parte uno', 'Parte dos']) expect(created.filter((each) => each.text === text).length).toBeLessThanOrEqual(1);
    const out = created.filter((each) => each.text.startsWith('Parte')).length;
    if (end.state === 'posted') expect(out).toBe(2);
    if (end.state === 'failed' || end.state === 'missed') expect(out).toBe(0);
    if (end.state === 'partial') expect(out).toBeGreaterThanOrEqual(1);
    if (end.state !== 'posted') expect(end.reason).not.toBeNull();
  });
});
